import { damaged } from "./errors.ts";
import { tables } from "./schema.ts";
import type { SqliteDatabase } from "./sqlite.ts";

/** @throws VaultError "damaged" where the file's tables are not exactly the format's. */
export function checkSchema(database: SqliteDatabase): void {
  const found: unknown[] = database.prepare("SELECT sql FROM sqlite_schema ORDER BY rowid").pluck().all();
  if (found.length !== tables.length || found.some((sql, index) => sql !== tables[index]?.sql)) {
    throw damaged("schema", "the tables are not the format's");
  }
}
