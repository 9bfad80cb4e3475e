import type { Draft, EventSource, JournalEvent } from "../../../electron/domain/event.ts";
import { readModelTables } from "../../../electron/domain/event-types.ts";
import { foldEvent } from "../../../electron/domain/journal.ts";
import type { QueryContext } from "../../../electron/domain/query-context.ts";
import type { ReadModel, Row, SqlValue } from "../../../electron/domain/read-model.ts";
import { openMemoryDatabase } from "../../../electron/vault/sqlite.ts";

/** A journal in memory: the fold without a vault. */
export class MemoryJournal implements QueryContext {
  readonly model: ReadModel;
  readonly events: JournalEvent[] = [];
  readonly source: EventSource = {
    event: (seq) => {
      const event = this.events[seq];
      if (event === undefined) throw new Error(`no entry ${String(seq)}`);
      return event;
    },
    batch: (seq) => this.events.slice(seq, seq + 1),
    // Nothing comes from other vaults here.
    proofs: { claimHolds: () => false, entriesHold: () => false, keyOf: () => null },
  };
  /** The roster's own: as in a vault that has no other. */
  readonly compartment = 1;
  #ids = 0;

  constructor() {
    const database = openMemoryDatabase();
    for (const statement of readModelTables) database.exec(statement);
    this.model = {
      run: (sql, ...values) => void database.prepare(sql).run(...values),
      get: (sql, ...values) => database.prepare<SqlValue[], Row>(sql).get(...values),
      all: (sql, ...values) => database.prepare<SqlValue[], Row>(sql).all(...values),
    };
  }

  newId = (): string => {
    this.#ids += 1;
    return `id${String(this.#ids).padStart(6, "0")}`;
  };

  /** Folds a draft as `by`; null when it stands, else why not. `author` is who signed the entry. */
  add(draft: Draft, by: string, author = by): string | null {
    const seq = this.events.length;
    const event = { id: `event-${String(seq)}`, ...draft, at: 1_700_000_000_000 + seq * 1_000, by };
    this.events.push(event);
    const folded = foldEvent(this.model, this.source, { seq, index: 0, author, compartment: this.compartment }, event);
    return folded.stands ? null : folded.reason;
  }

  /** The same events folded from nothing. */
  replayed(): MemoryJournal {
    const again = new MemoryJournal();
    for (const [seq, event] of this.events.entries()) {
      again.events.push(event);
      foldEvent(again.model, again.source, { seq, index: 0, author: event.by, compartment: this.compartment }, event);
    }
    return again;
  }
}
