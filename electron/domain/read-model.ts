/** The in-memory database that events are folded into, as the domain sees it. The service gives it one. */

export type SqlValue = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, SqlValue>>;

export interface ReadModel {
  /** Runs a statement that gives no rows. */
  run(sql: string, ...values: SqlValue[]): void;
  /** The first row, or undefined. */
  get(sql: string, ...values: SqlValue[]): Row | undefined;
  all(sql: string, ...values: SqlValue[]): Row[];
}

function wrong(column: string, expected: string): Error {
  return new Error(`column ${column} of the read model holds no ${expected}`);
}

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw wrong(column, "text");
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw wrong(column, "number");
  return value;
}

export function numberOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : number(row, column);
}

/** One of a closed set of words, as the schema of the column's noun lists them. */
export function oneOf<T extends string>(row: Row, column: string, words: readonly T[]): T {
  const value = text(row, column);
  const found = words.find((word) => word === value);
  if (found === undefined) throw wrong(column, words.join(" or "));
  return found;
}

/** The single number that a `SELECT count(*) …` gives, under the name `n`. */
export function count(model: ReadModel, sql: string, ...values: SqlValue[]): number {
  const row = model.get(sql, ...values);
  return row === undefined ? 0 : number(row, "n");
}
