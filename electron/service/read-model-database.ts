import type { Database, Statement } from "better-sqlite3";
import { createHash } from "node:crypto";
import { readModelTables } from "../domain/journal.ts";
import type { ReadModel, Row, SqlValue } from "../domain/read-model.ts";
import { openMemoryDatabase } from "../vault/index.ts";

/** Names the shape of the read model: a snapshot of another shape is left aside. */
export const readModelShape = createHash("sha256").update(readModelTables.join("\n")).digest("hex");

type AnyStatement = Statement<SqlValue[], Row>;

/** The read model: an in-memory SQLite database that is never on disk in the clear. */
export class ReadModelDatabase implements ReadModel {
  readonly #database: Database;
  readonly #statements = new Map<string, AnyStatement>();

  private constructor(database: Database) {
    this.#database = database;
  }

  /** An empty one. */
  static empty(): ReadModelDatabase {
    const database = openMemoryDatabase();
    for (const statement of readModelTables) database.exec(statement);
    return new ReadModelDatabase(database);
  }

  /** One from the bytes that `serialize` gave. */
  static from(bytes: Uint8Array): ReadModelDatabase {
    return new ReadModelDatabase(openMemoryDatabase(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
  }

  serialize(): Uint8Array {
    return this.#database.serialize();
  }

  run(sql: string, ...values: SqlValue[]): void {
    this.#statement(sql).run(...values);
  }

  get(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#statement(sql).get(...values);
  }

  all(sql: string, ...values: SqlValue[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  /** Does all of `work` or, when it throws, none of it. */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)();
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #statement(sql: string): AnyStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#database.prepare<SqlValue[], Row>(sql);
    this.#statements.set(sql, made);
    return made;
  }
}
