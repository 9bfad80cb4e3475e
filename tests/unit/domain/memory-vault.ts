import type { ContributorKey, OriginCheckpoint, OriginEntry } from "../../../electron/contract/handover-package.ts";
import type { Draft, EventSource, JournalEvent, Proofs } from "../../../electron/domain/event.ts";
import type { Packable } from "../../../electron/domain/handovers/closure.ts";
import { handoverReceived } from "../../../electron/domain/handovers/events.ts";
import { byCompartment } from "../../../electron/domain/handovers/homes.ts";
import { readModelTables } from "../../../electron/domain/event-types.ts";
import { foldBatch } from "../../../electron/domain/journal.ts";
import { memberAdded } from "../../../electron/domain/members/events.ts";
import type { QueryContext } from "../../../electron/domain/query-context.ts";
import type { ReadModel, Row, SqlValue } from "../../../electron/domain/read-model.ts";
import { openMemoryDatabase } from "../../../electron/vault/sqlite.ts";

/** Vaults in memory that hand work over to each other: the fold without files and without cryptography. */

const signature = Buffer.alloc(64).toString("base64");

/** What a package brings, as far as the fold cares. */
export interface Bundle {
  readonly from: MemoryVault;
  readonly size: number;
  readonly events: readonly Packable[];
}

export class MemoryVault implements QueryContext {
  readonly model: ReadModel;
  readonly name: string;
  readonly id: string;
  readonly memberId: string;
  readonly key: string;
  readonly batches: (readonly JournalEvent[])[] = [];
  readonly source: EventSource;
  readonly #clock: () => number;
  #ids = 0;

  /** `letter`: one hex digit, of which its ids are made. */
  constructor(name: string, letter: string, clock: () => number, proofs: Partial<Proofs> = {}) {
    this.name = name;
    this.id = letter.repeat(64);
    this.memberId = letter.repeat(32);
    this.key = `${letter}0`.repeat(32);
    this.#clock = clock;
    const database = openMemoryDatabase();
    for (const statement of readModelTables) database.exec(statement);
    this.model = {
      run: (sql, ...values) => void database.prepare(sql).run(...values),
      get: (sql, ...values) => database.prepare<SqlValue[], Row>(sql).get(...values),
      all: (sql, ...values) => database.prepare<SqlValue[], Row>(sql).all(...values),
    };
    const batch = (seq: number): readonly JournalEvent[] => this.batches[seq] ?? [];
    this.source = {
      batch,
      event: (seq, index) => {
        const event = batch(seq)[index];
        if (event === undefined) throw new Error(`no event ${String(seq)}/${String(index)}`);
        return event;
      },
      // What signatures prove is tested where they are made.
      proofs: {
        claimHolds: () => true,
        entriesHold: () => true,
        keyOf: (id) => (id === this.memberId ? this.key : null),
        ...proofs,
      },
    };
    this.add(memberAdded.draft({ id: this.memberId, name, label: "Lead A", role: "lead" }));
  }

  newId(): string {
    this.#ids += 1;
    return `${this.id.slice(0, 1)}${String(this.#ids).padStart(7, "0")}`;
  }

  /** Makes a draft happen; null when it stands, else why not (nothing is kept of it then). */
  add(draft: Draft): string | null {
    const event = { id: `event${this.newId()}`, ...draft, at: this.#clock(), by: this.memberId };
    return this.#fold([event])[0] ?? null;
  }

  /** Writes an entry whatever the fold makes of it, as a changed program would; answers with why what was refused. */
  write(head: Draft, events: readonly JournalEvent[]): string[] {
    const first = { id: `event${this.newId()}`, ...head, at: this.#clock(), by: this.memberId };
    return this.#fold([first, ...events]);
  }

  /** Takes what is new of a bundle; answers with the reasons of what did not stand. */
  take({ from, size, events }: Bundle): string[] {
    const known = new Set(this.batches.flat().map((event) => event.id));
    const fresh = events.filter(({ event }) => !known.has(event.id));
    if (fresh.length === 0) return [];
    return byCompartment(this.model, fresh, undefined).flatMap((group) => {
      const draft = headOf(from, size, group.events);
      const head = { id: `event${this.newId()}`, ...draft, at: this.#clock(), by: this.memberId };
      return this.#fold([head, ...group.events.map(({ event }) => event)]);
    });
  }

  #fold(events: readonly JournalEvent[]): string[] {
    const seq = this.batches.length;
    this.batches.push(events);
    const folded = foldBatch(this.model, this.source, { seq, author: this.memberId, compartment: 1 }, events);
    const reasons = folded.flatMap((one) => (one.stands ? [] : [one.reason]));
    if (events.length === 1 && reasons.length === 1) {
      // As a vault does: what a person may not do is not written.
      this.batches.pop();
      this.model.run("DELETE FROM journal WHERE seq = ?", seq);
    }
    return reasons;
  }
}

function noteOf(vaultId: string, size: number): string {
  const root = Buffer.from(`${vaultId.slice(0, 1)}${String(size)}`.padEnd(32, ".")).toString("base64");
  return `evalvault/${vaultId}\n${String(size)}\n${root}\n`;
}

/** The event that a hand-over of these events begins with. */
export function headOf(from: MemoryVault, size: number, events: readonly Packable[]): Draft {
  const own = { vaultId: from.id, vaultName: from.name, memberId: from.memberId, name: from.name, key: from.key };
  const contributors = new Map<string, ContributorKey>([[from.key, own]]);
  const checkpoints: OriginCheckpoint[] = [{ vaultId: from.id, note: noteOf(from.id, size) }];
  const entries: OriginEntry[] = [];
  const claims = events.map(({ seq, index, stamp, provenance }) => {
    for (const one of provenance?.contributors ?? []) contributors.set(one.key, one);
    const entry = entries.length;
    if (provenance === null) {
      entries.push({ checkpoint: 0, seq, leaf: "0".repeat(64), path: [] });
      return { entry, index, stamp, author: from.key, signer: from.key, signature };
    }
    checkpoints.push({ vaultId: provenance.origin.vaultId, note: provenance.note });
    entries.push({ ...provenance.origin.entry, checkpoint: checkpoints.length - 1 });
    return { ...provenance.origin.claim, entry };
  });
  return handoverReceived.draft({
    packageId: "0".repeat(32),
    kind: "runs",
    packedAt: 0,
    vault: { id: from.id, name: from.name },
    sender: from.memberId,
    accepted: [...contributors.keys()],
    contributors: [...contributors.values()],
    checkpoints,
    entries,
    claims,
    blobs: [],
  });
}
