import type { columnKinds, TableId, TableScope } from "../../contract/tables.ts";
import type { QueryContext } from "../query-context.ts";
import type { SqlValue } from "../read-model.ts";

/** A piece of SQL with what is bound to it. What people type is only ever bound. */
export interface Sql {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export function sql(text: string, ...values: SqlValue[]): Sql {
  return { sql: text, values };
}

/** Pieces one after the other, with something between. */
export function joined(pieces: readonly Sql[], between: string): Sql {
  return { sql: pieces.map((piece) => piece.sql).join(between), values: pieces.flatMap((piece) => piece.values) };
}

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly kind: (typeof columnKinds)[number];
  readonly unit?: string;
  /** Its value in a row. */
  readonly value: Sql;
  /** Of a "set": where its words are, as a column `word`, and which of them are a row's. */
  readonly set?: { readonly source: string; readonly on: string };
  /** What it is sorted by, where that is not its value. */
  readonly order?: string;
  /** How its values are called, where not by themselves; these are also its choices. */
  readonly words?: Readonly<Record<string, string>>;
  /** Whether there are few enough different texts to choose from. */
  readonly isChosen?: boolean;
  /** Numbers and words side by side: chosen by its text. */
  readonly isMixed?: boolean;
  /** What it depends on, where that is less than the row: a name of the table's levels. */
  readonly level?: string;
  /** Whether the table's search looks into it. */
  readonly isSearched?: boolean;
}

export interface Join {
  readonly alias: string;
  readonly sql: string;
}

/**
 * What many rows share (a run, a task of a run): its columns are worked out once for each, not once for each row.
 * `counted` are the rows summed up by `keys`, as k0, k1, …
 */
export interface Level {
  readonly keys: readonly string[];
  /** Joins what the columns need to `counted`. */
  readonly join: string;
  /** SELECT and FROM of the values of the only key, where every row has one: conditions are asked of those. */
  readonly select?: string;
}

/** A table of the app as SQL over the read model. */
export interface Table {
  readonly id: TableId;
  /** "attempt a": its rows. */
  readonly base: string;
  /** LEFT JOINs on keys, each with its alias; one stands behind those that it needs. */
  readonly joins: readonly Join[];
  /** Columns that name a row, in the order that settles ties. */
  readonly key: readonly string[];
  /** The row's id. */
  readonly rowId: string;
  readonly columns: readonly Column[];
  /** How it is sorted where nobody asked for anything. */
  readonly sort: string;
  /** Conditions of a scope. */
  readonly within: (scope: TableScope) => readonly Sql[];
  /** What many rows share, by name. */
  readonly levels?: Readonly<Record<string, Level>>;
  /** Columns that depend on what is there. */
  readonly found?: (context: QueryContext, scope: TableScope) => readonly Column[];
  /** A column that is named by a pattern. */
  readonly named?: (id: string) => Column | null;
}

/** A text column that is its own SQL. */
export function textColumn(id: string, title: string, value: string, more: Partial<Column> = {}): Column {
  return { id, title, kind: "text", value: sql(value), isSearched: true, ...more };
}

/** One of few words; searched like a text. */
export function choiceColumn(id: string, title: string, value: string, more: Partial<Column> = {}): Column {
  return { id, title, kind: "choice", value: sql(value), isChosen: true, ...more };
}

export function numberColumn(id: string, title: string, value: string, unit?: string): Column {
  return { id, title, kind: "number", value: sql(value), ...(unit === undefined ? {} : { unit }) };
}

export function timeColumn(id: string, title: string, value: string): Column {
  return { id, title, kind: "time", value: sql(value) };
}

/** Any number of words a row. `source`: a bracketed SELECT with an alias that gives them as `word`. */
export function setColumn(id: string, title: string, source: string, on: string): Column {
  const value = sql(`(SELECT group_concat(word, ', ') FROM (SELECT word FROM ${source} WHERE ${on} ORDER BY word))`);
  return { id, title, kind: "set", isChosen: true, value, set: { source, on } };
}

/** FROM of a statement, with the joins that its pieces name and no others: counting would run through all of them. */
export function fromOf({ base, joins }: Table, pieces: readonly Sql[]): string {
  let said = pieces.map((piece) => piece.sql).join(" ");
  const needed: string[] = [];
  for (const join of joins.toReversed()) {
    if (!new RegExp(`\\b${join.alias}\\.`).test(said)) continue;
    needed.unshift(join.sql);
    said += join.sql.replace(`${join.alias}.`, "");
  }
  return ["FROM", base, ...needed].join(" ");
}
