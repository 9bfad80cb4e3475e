import type { TableFilter, TableScope, TableView } from "../../contract/tables.ts";
import { Refusal } from "../refusal.ts";
import { joined, sql, type Column, type Sql, type Table } from "./definition.ts";

/** How a view of a table is said in SQL. */

/** The column of that id. Throws a Refusal where the table has none, as a view from another version may ask. */
export function columnOf(table: Table, id: string): Column {
  const found = table.columns.find((column) => column.id === id) ?? table.named?.(id) ?? null;
  if (found === null)
    throw new Refusal("not-found", `the column ${id}`, `The table ${table.id} has none of that name.`);
  return found;
}

/** LIKE's own signs in a text stand for themselves. */
function anywhere(words: string): string {
  return `%${words.replace(/[\\%_]/g, "\\$&")}%`;
}

function contains(column: Column, words: string): Sql {
  const { value } = column;
  const like = anywhere(words);
  return sql(`coalesce(${value.sql}, '') LIKE ? ESCAPE '\\'`, ...value.values, like);
}

/** Whether one of a row's words is so. */
function someWord(column: Column, condition: string, ...values: string[]): Sql {
  const { source, on } = setOf(column);
  return sql(`EXISTS (SELECT 1 FROM ${source} WHERE ${on} AND ${condition})`, ...values);
}

function setOf(column: Column): NonNullable<Column["set"]> {
  if (column.set === undefined) throw new Error(`the column ${column.id} does not say where its words are`);
  return column.set;
}

function marks(count: number): string {
  return Array.from({ length: count }, () => "?").join(", ");
}

function anyOf(column: Column, values: readonly (string | null)[]): Sql {
  const given = values.filter((value) => value !== null);
  const hasNothing = given.length < values.length;
  if (column.kind === "set") {
    const pieces = [
      ...(given.length === 0 ? [] : [someWord(column, `word IN (${marks(given.length)})`, ...given)]),
      ...(hasNothing ? [negated(someWord(column, "1 = 1"))] : []),
    ];
    return bracketed(joined(pieces, " OR "));
  }
  const { value } = column;
  const isNumber = column.kind === "number" || column.kind === "time";
  const list = given.map((text) => (isNumber ? Number(text) : text));
  // A text that is how a number is written means that number, where both may stand.
  const numbers = column.isMixed === true ? given.map(Number).filter((one, at) => String(one) === given[at]) : [];
  const all = [...list, ...numbers];
  const pieces = [
    ...(given.length === 0 ? [] : [sql(`${value.sql} IN (${marks(all.length)})`, ...value.values, ...all)]),
    ...(hasNothing ? [isEmpty(column)] : []),
  ];
  return bracketed(joined(pieces, " OR "));
}

function bracketed(piece: Sql): Sql {
  return { ...piece, sql: `(${piece.sql})` };
}

function negated(piece: Sql): Sql {
  // Nothing is not one of the values either.
  return { ...piece, sql: `NOT coalesce(${piece.sql}, 0)` };
}

function isEmpty(column: Column): Sql {
  if (column.kind === "set") return negated(someWord(column, "1 = 1"));
  const { value } = column;
  return sql(`coalesce(${value.sql}, '') = ''`, ...value.values);
}

function between(column: Column, low: number | null, high: number | null): Sql {
  const { value } = column;
  const ends = [
    ...(low === null ? [] : [sql(`${value.sql} >= ?`, ...value.values, low)]),
    ...(high === null ? [] : [sql(`${value.sql} <= ?`, ...value.values, high)]),
  ];
  // Words are within no bounds. Where there are none, a value's type need not be asked for, which would double the time.
  const isNumber = (column.kind === "number" || column.kind === "time") && column.isMixed !== true;
  const type = isNumber ? `${value.sql} IS NOT NULL` : `typeof(${value.sql}) IN ('integer', 'real')`;
  const isThere = isNumber && ends.length > 0 ? [] : [sql(type, ...value.values)];
  return bracketed(joined([...isThere, ...ends], " AND "));
}

/** A condition on a column, asked once for all rows that share what the column depends on, where all have that. */
function condition(table: Table, filter: TableFilter): Sql {
  const column = columnOf(table, filter.column);
  const own = ownCondition(column, filter);
  const level = column.level === undefined ? undefined : table.levels?.[column.level];
  const [key] = level?.keys ?? [];
  if (level?.select === undefined || key === undefined) return own;
  return { ...own, sql: `${key} IN (${level.select} WHERE ${own.sql})` };
}

function ownCondition(column: Column, filter: TableFilter): Sql {
  switch (filter.test) {
    case "any-of":
      return anyOf(column, filter.values);
    case "none-of":
      return negated(anyOf(column, filter.values));
    case "contains":
      return column.kind === "set"
        ? someWord(column, "word LIKE ? ESCAPE '\\'", anywhere(filter.words))
        : contains(column, filter.words);
    case "between":
      if (column.kind === "set")
        throw new Refusal("invalid-request", column.title, "It holds words, which have no order.");
      return between(column, filter.low, filter.high);
    case "empty":
      return isEmpty(column);
    case "filled":
      return negated(isEmpty(column));
  }
}

/** Each word must stand in one of the searched columns. */
function search(table: Table, words: string): Sql[] {
  const searched = table.columns.filter((column) => column.isSearched === true);
  return words
    .split(/\s+/u)
    .filter((word) => word !== "")
    .map((word) =>
      bracketed(
        joined(
          searched.map((column) => contains(column, word)),
          " OR ",
        ),
      ),
    );
}

/** The rows that a view leaves: everything behind WHERE. */
export function whereOf(table: Table, scope: TableScope, view: TableView): Sql {
  const filters = view.filters.map((filter) => condition(table, filter));
  return joined([sql("1 = 1"), ...table.within(scope), ...filters, ...search(table, view.words)], " AND ");
}

function sortable(column: Column): Column {
  if (column.kind === "set") throw new Refusal("invalid-request", column.title, "A row holds several of it.");
  return column;
}

function byColumn(column: Column, descending: boolean): Sql {
  const expression = column.order ?? column.value.sql;
  const collation = column.kind === "text" || column.kind === "choice" ? " COLLATE NOCASE" : "";
  const values = column.order === undefined ? column.value.values : [];
  return sql(`${expression}${collation} ${descending ? "DESC" : "ASC"} NULLS LAST`, ...values);
}

/** The column that a view groups by. */
export function groupOf(table: Table, view: TableView): Column | null {
  return view.group === null ? null : sortable(columnOf(table, view.group));
}

/** The rows of one group. */
export function inGroup(table: Table, group: Column, value: string | null): Sql {
  return condition(table, { test: "any-of", column: group.id, values: [value] });
}

/** What was asked for, then the row's own name, so that the order is always the same. */
export function orderOf(table: Table, view: TableView): Sql {
  const sorts = view.sort.map(({ column, descending }) => byColumn(sortable(columnOf(table, column)), descending));
  const asked = view.sort.length === 0 ? [sql(table.sort)] : sorts;
  return joined([...asked, ...table.key.map((column) => sql(column))], ", ");
}

/** Groups go down where the view sorts by what it groups by, downwards. */
export function groupOrder(group: Column, view: TableView): Sql[] {
  const descending = view.sort.some((sort) => sort.column === group.id && sort.descending);
  const own = byColumn(group, descending);
  // Words that differ in their case only are groups of their own, and stay together.
  return group.kind === "text" || group.kind === "choice" ? [own, group.value] : [own];
}
