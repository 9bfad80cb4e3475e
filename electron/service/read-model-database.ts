import type { Database, Statement } from "better-sqlite3";
import { createHash } from "node:crypto";
import { readModelTables } from "../domain/event-types.ts";
import type { ReadModel, Row, SqlValue } from "../domain/read-model.ts";
import { openMemoryDatabase } from "../vault/index.ts";

/** Names the shape of the read model: a snapshot of another shape is left aside. */
export const readModelShape = createHash("sha256").update(readModelTables.join("\n")).digest("hex");

type AnyStatement = Statement<SqlValue[], Row>;

/** Rows of the table `journal`, in the order of its columns. */
export type JournalList = readonly (readonly SqlValue[])[];

const journalTable = readModelTables.find((statement) => statement.startsWith("CREATE TABLE journal ")) ?? "";
const namesJournal = /\bjournal\b/;

function listOf(database: Database): JournalList {
  return database.prepare<[], SqlValue[]>("SELECT * FROM journal ORDER BY seq, place").raw().all();
}

function insertList(database: Database, list: JournalList): void {
  const marks = list[0]?.map(() => "?").join(", ") ?? "";
  if (marks === "") return;
  const insert = database.prepare<SqlValue[]>(`INSERT INTO journal VALUES (${marks})`);
  database.transaction(() => {
    for (const row of list) insert.run(...row);
  })();
}

/** The read model: an in-memory SQLite database that is never on disk in the clear. */
export class ReadModelDatabase implements ReadModel {
  readonly #database: Database;
  readonly #statements = new Map<string, AnyStatement>();
  /** Gives the journal's list, which is not in yet; null once it is. */
  #journal: (() => JournalList) | null;

  private constructor(database: Database, journal: (() => JournalList) | null = null) {
    this.#database = database;
    this.#journal = journal;
  }

  /** An empty one. */
  static empty(): ReadModelDatabase {
    const database = openMemoryDatabase();
    for (const statement of readModelTables) database.exec(statement);
    return new ReadModelDatabase(database);
  }

  /** One from the bytes that `serialize` gave; the journal's list is asked for when a statement names it, or anything changes. */
  static from(rest: Uint8Array, journal: () => JournalList): ReadModelDatabase {
    return new ReadModelDatabase(openMemoryDatabase(rest), journal);
  }

  /** The journal's list from the bytes that `serialize` gave. */
  static listFrom(bytes: Uint8Array): JournalList {
    const database = openMemoryDatabase(bytes);
    try {
      return listOf(database);
    } finally {
      database.close();
    }
  }

  /** Whether the journal's list is not in yet: then nothing has changed since it was restored. */
  get awaitsJournal(): boolean {
    return this.#journal !== null;
  }

  journalList(): JournalList {
    return listOf(this.#database);
  }

  /** Takes the journal's list in, where it is not yet. Never within a transaction, which could be undone. */
  settle(): void {
    const journal = this.#journal;
    if (journal === null) return;
    const list = journal();
    this.#journal = null;
    insertList(this.#database, list);
  }

  /** The journal's list and everything else, each as a database. The list is taken out: it ends the use of this one. */
  serialize(): { journal: Uint8Array; rest: Uint8Array } {
    this.settle();
    const list = openMemoryDatabase();
    try {
      list.exec(journalTable);
      insertList(list, this.journalList());
      this.#statements.clear();
      this.#database.exec("DELETE FROM journal");
      this.#database.exec("VACUUM");
      return { journal: list.serialize(), rest: this.#database.serialize() };
    } finally {
      list.close();
    }
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
    this.settle();
    return this.#database.transaction(work)();
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #statement(sql: string): AnyStatement {
    if (this.#journal !== null && namesJournal.test(sql)) this.settle();
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#database.prepare<SqlValue[], Row>(sql);
    this.#statements.set(sql, made);
    return made;
  }
}
