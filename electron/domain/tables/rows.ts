import type { TableId, TableRow, TableScope, TableView } from "../../contract/tables.ts";
import { text, type ReadModel, type Row, type SqlValue } from "../read-model.ts";
import { fromOf, joined, sql, type Column, type Sql, type Table } from "./definition.ts";
import { tableSums, type TableSums } from "./queries.ts";
import { tables } from "./tables.ts";
import { groupOf, inGroup, orderOf, whereOf } from "./view-sql.ts";

/** Windows of tables under a view, by SQL. What is read of runs lazily must be in the read model before. */

interface Window {
  readonly scope: TableScope;
  readonly view: TableView;
  readonly offset: number;
  readonly limit: number;
}

/** Names a row of a table, with the group that it stands in. */
export interface RowKey {
  readonly group: string | null;
  readonly key: readonly SqlValue[];
}

/**
 * The names of a window of the rows that a view leaves, in its order: group after group where it groups, those of `sums`.
 * They stay so until the read model changes.
 */
export function tableKeys(model: ReadModel, id: TableId, asked: Window, sums: TableSums): RowKey[] {
  const { scope, view, offset, limit } = asked;
  const table = tables[id];
  const where = whereOf(table, scope, view);
  const group = groupOf(table, view);
  if (group === null) return keysOf(model, table, { where, view, offset, limit, group: null });
  const keys: RowKey[] = [];
  let start = 0;
  for (const { value, count: size } of sums.groups) {
    const from = Math.max(offset - start, 0);
    const to = Math.min(offset + limit - start, size);
    start += size;
    if (from >= to) continue;
    const own = joined([where, inGroup(table, group, value)], " AND ");
    keys.push(...keysOf(model, table, { where: own, view, offset: from, limit: to - from, group: value }));
  }
  return keys;
}

/** The rows of these names with their cells, by a look at each: finding them took as few columns as that takes. */
export function rowsOfKeys(model: ReadModel, id: TableId, view: TableView, keys: readonly RowKey[]): TableRow[] {
  const cells = cellsOf(tables[id], view);
  return keys.map(({ group, key }) => row(model, cells, group, key));
}

/** A window of the rows that a view leaves. */
export function tableRows(
  model: ReadModel,
  id: TableId,
  asked: Window,
  sums: TableSums = tableSums(model, id, asked.scope, asked.view),
): TableRow[] {
  return rowsOfKeys(model, id, asked.view, tableKeys(model, id, asked, sums));
}

interface KeysAsked extends Omit<Window, "scope"> {
  readonly where: Sql;
  readonly group: string | null;
}

function keysOf(model: ReadModel, table: Table, { where, view, offset, limit, group }: KeysAsked): RowKey[] {
  const order = orderOf(table, view);
  const keys = table.key.map((column, place) => `${column} AS k${String(place)}`).join(", ");
  const from = fromOf(table, [sql(keys), where, order]);
  return model
    .all(
      `SELECT ${keys} ${from} WHERE ${where.sql} ORDER BY ${order.sql} LIMIT ? OFFSET ?`,
      ...where.values,
      ...order.values,
      limit,
      offset,
    )
    .map((found) => ({ group, key: table.key.map((_, place) => found[`k${String(place)}`] ?? null) }));
}

interface Cells {
  readonly statement: Sql;
  readonly columns: readonly Column[];
}

function cellsOf(table: Table, view: TableView): Cells {
  const named = view.filters.map(({ column }) => column).concat(view.sort.map(({ column }) => column));
  const own = new Set(table.columns.map(({ id }) => id));
  const more = [...new Set(named)].filter((id) => !own.has(id)).flatMap((id) => table.named?.(id) ?? []);
  const columns = [...table.columns, ...more];
  const values = columns.map((column, place) =>
    sql(`${column.value.sql} AS c${String(place)}`, ...column.value.values),
  );
  const selected = joined([sql(`${table.rowId} AS id`), ...values], ", ");
  // A bare "?" SQLite would carry over into the joins, and make the whole plan anew for each value: 50 µs a row, not 3.
  const key = table.key.map((column) => `${column} = +?`).join(" AND ");
  return {
    columns,
    statement: sql(`SELECT ${selected.sql} ${fromOf(table, [selected])} WHERE ${key}`, ...selected.values),
  };
}

function row(
  model: ReadModel,
  { statement, columns }: Cells,
  group: string | null,
  key: readonly SqlValue[],
): TableRow {
  const found = model.get(statement.sql, ...statement.values, ...key);
  if (found === undefined) throw new Error("a row of a table went away while it was read");
  const cells = columns.map((column, place) => [column.id, cell(found, `c${String(place)}`)] as const);
  return { id: text(found, "id"), group, cells: Object.fromEntries(cells) };
}

function cell(found: Row, name: string): string | number | null {
  const value = found[name];
  return typeof value === "string" || typeof value === "number" ? value : null;
}
