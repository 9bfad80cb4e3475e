import type { TableColumnFacts, TableId, TablePage, TableScope, TableView } from "../../contract/tables.ts";
import { formatCount } from "../../contract/number-text.ts";
import type { QueryContext } from "../query-context.ts";
import { count, number, type ReadModel, type Row, type SqlValue } from "../read-model.ts";
import { Refusal } from "../refusal.ts";
import { fromOf, joined, sql, type Column, type Sql, type Table } from "./definition.ts";
import { tables } from "./tables.ts";
import { groupOf, groupOrder, whereOf } from "./view-sql.ts";

/** What a table's columns are, and what its rows under a view come to, by SQL. What is read of runs lazily must be in the read model before. */

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
  const { set } = column;
  const where = joined([sql("1 = 1"), ...table.within(scope)], " AND ");
  const limit = `LIMIT ${String(mostChoices)}`;
  const rows =
    set === undefined
      ? counted(model, { table, where, column, order: sql("n DESC, value") }, limit)
      : model.all(
          `SELECT word AS value, count(*) AS n ${fromOf(table, [where, sql(set.on)])} JOIN ${set.source} ON ${set.on}
           WHERE ${where.sql} GROUP BY 1 ORDER BY n DESC, value ${limit}`,
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
  const total = count(model, `SELECT count(*) AS n ${fromOf(table, [where])} WHERE ${where.sql}`, ...where.values);
  return { total, groups: group === null ? [] : groups(model, { table, where, group, view }) };
}

interface Counting {
  readonly table: Table;
  readonly where: Sql;
  readonly column: Column;
  readonly order: Sql;
}

/** How often each value of a column stands in the rows: worked out once for all rows that share what it depends on. */
function counted(model: ReadModel, { table, where, column, order }: Counting, limit: string): Row[] {
  const { value } = column;
  const level = column.level === undefined ? undefined : table.levels?.[column.level];
  const end = `GROUP BY 1 ORDER BY ${order.sql} ${limit}`;
  if (level === undefined) {
    return model.all(
      `SELECT ${value.sql} AS value, count(*) AS n ${fromOf(table, [where, value, order])} WHERE ${where.sql} ${end}`,
      ...value.values,
      ...where.values,
      ...order.values,
    );
  }
  const keys = level.keys.map((key, place) => `${key} AS k${String(place)}`).join(", ");
  return model.all(
    `SELECT ${value.sql} AS value, sum(counted.n) AS n FROM
       (SELECT ${keys}, count(*) AS n ${fromOf(table, [where])} WHERE ${where.sql} GROUP BY ${level.keys.join(", ")}) counted
     ${level.join} ${end}`,
    ...value.values,
    ...where.values,
    ...order.values,
  );
}

interface Grouping {
  readonly table: Table;
  readonly where: Sql;
  readonly group: Column;
  readonly view: TableView;
}

function groups(model: ReadModel, { table, where, group, view }: Grouping): TablePage["groups"] {
  const order = joined(groupOrder(group, view), ", ");
  const rows = counted(model, { table, where, column: group, order }, `LIMIT ${String(mostGroups + 1)}`);
  if (rows.length > mostGroups) {
    const most = formatCount(mostGroups);
    throw new Refusal("conflict", group.title, `It has more than ${most} different values; group by something else.`);
  }
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
