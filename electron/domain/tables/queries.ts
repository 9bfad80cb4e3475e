import type { TableColumnFacts, TableId, TablePage, TableRow, TableScope, TableView } from "../../contract/tables.ts";
import type { QueryContext } from "../query-context.ts";
import { count, number, text, type ReadModel, type Row, type SqlValue } from "../read-model.ts";
import { joined, sql, type Column, type Sql, type Table } from "./definition.ts";
import { tables } from "./tables.ts";
import { groupOf, groupOrder, orderOf, whereOf } from "./view-sql.ts";

/** Pages of tables under a view, by SQL. What is read of runs lazily must be in the read model before. */

const mostChoices = 200;
const mostGroups = 1_000;

/** The columns of a table, with what there is to choose from. */
export function describeTable(context: QueryContext, id: TableId, scope: TableScope): TableColumnFacts[] {
  const table = tables[id];
  const columns = [...table.columns, ...(table.found?.(context, scope) ?? [])];
  return columns.map((column) => ({
    id: column.id,
    title: column.title,
    kind: column.kind,
    unit: column.unit ?? null,
    canSort: column.kind !== "set",
    canGroup: column.kind === "choice" || column.kind === "text",
    choices: column.isChosen === true ? choices(context.model, table, scope, column) : null,
  }));
}

function choices(
  model: ReadModel,
  table: Table,
  scope: TableScope,
  column: Column,
): NonNullable<TableColumnFacts["choices"]> {
  const { value, set } = column;
  const where = joined([sql("1 = 1"), ...table.within(scope)], " AND ");
  const asked =
    set === undefined
      ? sql(`SELECT ${value.sql} AS value, count(*) AS n ${table.from}`, ...value.values)
      : sql(`SELECT word AS value, count(*) AS n ${table.from} JOIN ${set.source} ON ${set.on}`);
  const rows = model.all(
    `${asked.sql} WHERE ${where.sql} GROUP BY 1 ORDER BY n DESC, value LIMIT ${String(mostChoices)}`,
    ...asked.values,
    ...where.values,
  );
  const found = rows.flatMap((row) => {
    const value = asText(row["value"]);
    return value === null ? [] : [{ value, words: column.words?.[value] ?? value, count: number(row, "n") }];
  });
  // A state that nothing is in now can be asked for all the same: a saved view waits for it.
  const others = Object.entries(column.words ?? {}).filter(([value]) => !found.some((one) => one.value === value));
  return [...found, ...others.map(([value, words]) => ({ value, words, count: 0 }))];
}

function asText(value: SqlValue | undefined): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

/** What counting a view's rows came to; it stays so until the read model changes. */
export type TableSums = Pick<TablePage, "total" | "groups">;

/** How many rows a view leaves, and in which groups. */
export function tableSums(model: ReadModel, id: TableId, scope: TableScope, view: TableView): TableSums {
  const table = tables[id];
  const where = whereOf(table, scope, view);
  const group = groupOf(table, view);
  const total = count(model, `SELECT count(*) AS n ${table.from} WHERE ${where.sql}`, ...where.values);
  return { total, groups: group === null ? [] : groups(model, { table, where, group, view }) };
}

interface Grouping {
  readonly table: Table;
  readonly where: Sql;
  readonly group: Column;
  readonly view: TableView;
}

function groups(model: ReadModel, { table, where, group, view }: Grouping): TablePage["groups"] {
  const order = joined(groupOrder(group, view), ", ");
  const rows = model.all(
    `SELECT ${group.value.sql} AS value, count(*) AS n ${table.from} WHERE ${where.sql}
     GROUP BY 1 ORDER BY ${order.sql} LIMIT ${String(mostGroups)}`,
    ...group.value.values,
    ...where.values,
    ...order.values,
  );
  // Nothing and an empty text are one group: nothing.
  const found = new Map<string | null, number>();
  for (const row of rows) {
    const value = asText(row["value"]);
    found.set(value, (found.get(value) ?? 0) + number(row, "n"));
  }
  return [...found].map(([value, n]) => ({
    value,
    words: value === null ? "nothing" : (group.words?.[value] ?? value),
    count: n,
  }));
}

/** A window of the rows that a view leaves, in its order. */
export function tableRows(
  model: ReadModel,
  id: TableId,
  asked: { scope: TableScope; view: TableView; offset: number; limit: number },
): TableRow[] {
  const { scope, view } = asked;
  const table = tables[id];
  const where = whereOf(table, scope, view);
  const order = orderOf(table, view);
  const keys = table.key.map((column, place) => `${column} AS k${String(place)}`).join(", ");
  const found = model.all(
    `SELECT ${keys} ${table.from} WHERE ${where.sql} ORDER BY ${order.sql} LIMIT ? OFFSET ?`,
    ...where.values,
    ...order.values,
    asked.limit,
    asked.offset,
  );
  const cells = cellsOf(table, view);
  return found.map((key) =>
    row(
      model,
      cells,
      table.key.map((_, place) => key[`k${String(place)}`] ?? null),
    ),
  );
}

interface Cells {
  readonly statement: Sql;
  readonly columns: readonly Column[];
}

/** Reading the cells of one row by its key: the rows are found first, by as few columns as that takes. */
function cellsOf(table: Table, view: TableView): Cells {
  const group = groupOf(table, view);
  const named = view.filters.map(({ column }) => column).concat(view.sort.map(({ column }) => column));
  const own = new Set(table.columns.map(({ id }) => id));
  const more = [...new Set(named)].filter((id) => !own.has(id)).flatMap((id) => table.named?.(id) ?? []);
  const columns = [...table.columns, ...more];
  const values = columns.map((column, place) =>
    sql(`${column.value.sql} AS c${String(place)}`, ...column.value.values),
  );
  const groupValue =
    group === null ? sql("NULL AS grouped") : sql(`${group.value.sql} AS grouped`, ...group.value.values);
  const selected = joined([sql(`${table.rowId} AS id`), groupValue, ...values], ", ");
  const key = table.key.map((column) => `${column} = ?`).join(" AND ");
  return { columns, statement: sql(`SELECT ${selected.sql} ${table.from} WHERE ${key}`, ...selected.values) };
}

function row(model: ReadModel, { statement, columns }: Cells, key: readonly SqlValue[]): TableRow {
  const found = model.get(statement.sql, ...statement.values, ...key);
  if (found === undefined) throw new Error("a row of a table went away while it was read");
  const cells = columns.map((column, place) => [column.id, cell(found, `c${String(place)}`)] as const);
  return { id: text(found, "id"), group: asText(found["grouped"]), cells: Object.fromEntries(cells) };
}

function cell(found: Row, name: string): string | number | null {
  const value = found[name];
  return typeof value === "string" || typeof value === "number" ? value : null;
}
