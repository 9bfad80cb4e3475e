import { copyFileSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import { schemaCookie } from "../../../electron/vault/schema.ts";

/** What somebody with an SQLite shell and no keys can do to a vault. */

/** Changes a copy by SQL and leaves it as tidy as a vault that was closed. `attached`: further files, by their names in SQL. */
export function tamperedCopy(
  from: string,
  to: string,
  attached: Readonly<Record<string, string>>,
  statements: readonly string[],
): string {
  for (const end of ["", "-wal", "-shm"]) rmSync(`${to}${end}`, { force: true });
  copyFileSync(from, to);
  const database = new Database(to);
  database.pragma("secure_delete = ON");
  for (const [name, path] of Object.entries(attached)) database.exec(`ATTACH '${path}' AS ${name}`);
  for (const statement of statements) database.exec(statement);
  for (const name of Object.keys(attached)) database.exec(`DETACH ${name}`);
  database.exec("VACUUM");
  database.unsafeMode(true);
  database.pragma(`schema_version = ${String(schemaCookie)}`);
  database.close();
  return to;
}

/** Statements that swap columns of two rows. */
export const swap = (
  table: string,
  key: string,
  columns: readonly string[],
  one: string,
  two: string,
): readonly string[] => [
  `CREATE TEMP TABLE kept AS SELECT * FROM main.${table} WHERE ${key} = ${one}`,
  ...columns.map((column) => {
    const from = `(SELECT ${column} FROM main.${table} WHERE ${key} = ${two})`;
    return `UPDATE main.${table} SET ${column} = ${from} WHERE ${key} = ${one}`;
  }),
  ...columns.map((column) => `UPDATE main.${table} SET ${column} = (SELECT ${column} FROM kept) WHERE ${key} = ${two}`),
  "DROP TABLE kept",
];
