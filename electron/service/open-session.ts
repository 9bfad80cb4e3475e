import { randomBytes } from "node:crypto";
import { z } from "zod";
import { eventsOf, foldEntry, foldEvent } from "../domain/journal.ts";
import type { Draft, EventSource, JournalEvent } from "../domain/event.ts";
import { currentMarking, listMembers, memberName, memberRole, vaultName } from "../domain/members/queries.ts";
import type { QueryContext } from "../domain/query-context.ts";
import { count } from "../domain/read-model.ts";
import { Refusal } from "../domain/refusal.ts";
import { foldAllAway } from "../domain/runs/unfold.ts";
import type { VaultState } from "../contract/vault.ts";
import { newMemberId, type NewMember, type OpenVault, type StagedBlob } from "../vault/index.ts";
import { ReadModelDatabase, readModelShape } from "./read-model-database.ts";

const headerSchema = z.strictObject({ shape: z.string(), folded: z.int().nonnegative() });
const snapshotHeader = "header";
const snapshotModel = "model";

/** The first and last four hex digits of a root, for the eye: "9c41·77ae". */
export function shortRoot(root: string): string {
  return root === "" ? "" : `${root.slice(0, 4)}·${root.slice(-4)}`;
}

export interface SessionOptions {
  readonly fileName: string;
  /** Why nothing may be written, null when it may. */
  readonly readOnly: { reason: string } | null;
  readonly now: () => number;
}

/**
 * An unlocked vault with its read model. Everything that changes goes through `commit`: the events are folded, and when
 * all of them stand, appended to the journal; if either fails, neither has happened.
 */
export class OpenSession implements QueryContext {
  readonly vault: OpenVault;
  readonly fileName: string;
  /** Why nothing may be written, null when it may. */
  readonly readOnly: { reason: string } | null;
  readonly source: EventSource;
  readonly #now: () => number;
  readonly #model: ReadModelDatabase;
  /** Entries that are in the read model. */
  #folded: number;

  private constructor(vault: OpenVault, model: ReadModelDatabase, options: SessionOptions & { folded: number }) {
    this.vault = vault;
    this.#model = model;
    this.fileName = options.fileName;
    this.readOnly = options.readOnly;
    this.#now = options.now;
    this.source = eventSource(vault);
    this.#folded = options.folded;
  }

  get model(): ReadModelDatabase {
    return this.#model;
  }

  /** Loads the newest snapshot that fits and folds what came after it. */
  static open(vault: OpenVault, options: SessionOptions): OpenSession {
    const { model, folded } = restore(vault);
    const session = new OpenSession(vault, model, { ...options, folded });
    session.#catchUp();
    return session;
  }

  /** Makes the drafts happen, together with the blobs that they name. Throws a Refusal when one may not stand. */
  commit(drafts: readonly Draft[], blobs: StagedBlob[] = []): void {
    if (drafts.length === 0) return;
    if (this.readOnly !== null) throw new Refusal("vault-rolled-back", this.fileName, this.readOnly.reason);
    this.#catchUp();
    const events = drafts.map((draft) => this.#event(draft));
    this.#model.transaction(() => {
      const seq = this.vault.size;
      events.forEach((event, index) => {
        const folded = foldEvent(this.#model, this.source, { seq, index, author: this.vault.memberId }, event);
        if (!folded.stands) throw new Refusal(folded.code, event.type, capital(folded.reason));
      });
      const receipt = this.vault.append([encodeBatch(events)], { blobs });
      if (receipt.firstSeq !== seq) throw new Error("the journal grew behind the read model");
    });
    this.#folded = this.vault.size;
  }

  /** Makes a slot for somebody and records who they are, in one transaction of the vault. Answers with their id. */
  async addMember(
    member: Omit<NewMember, "id" | "entries">,
    drafts: (id: string) => readonly Draft[],
  ): Promise<string> {
    if (this.readOnly !== null) throw new Refusal("vault-rolled-back", this.fileName, this.readOnly.reason);
    const id = newMemberId();
    const entries = [encodeBatch(drafts(id).map((draft) => this.#event(draft)))];
    await this.vault.addMember({ ...member, id, entries });
    this.#catchUp();
    return id;
  }

  state(): VaultState {
    const model = this.#model;
    const { memberId } = this.vault;
    const rows = (table: string): number => count(model, `SELECT count(*) AS n FROM ${table}`);
    return {
      open: true,
      id: this.vault.id,
      name: vaultName(model),
      label: this.vault.label,
      fileName: this.fileName,
      marking: currentMarking(model),
      member: { id: memberId, name: memberName(model, memberId), role: memberRole(model, memberId) ?? "auditor" },
      entries: this.vault.size,
      checkpoint: shortRoot(this.vault.checkpoint.rootHex),
      readOnly: this.readOnly,
      counts: {
        models: rows("model"),
        benchmarks: rows("benchmark"),
        campaigns: rows("campaign"),
        runs: rows("run"),
        reports: rows("report"),
        recipients: count(model, "SELECT count(*) AS n FROM recipient WHERE retired_at IS NULL"),
        members: listMembers(model).filter((member) => member.current).length,
        refused: count(model, "SELECT count(*) AS n FROM journal WHERE refused IS NOT NULL"),
      },
    };
  }

  /** Writes the snapshot, so that the next unlock folds only what is new; wipes the keys and closes the file. */
  close(): void {
    try {
      if (this.readOnly === null) this.#snapshot();
    } finally {
      this.#model.close();
      this.vault.close();
    }
  }

  /** Folds entries that the vault has and the read model has not. */
  #catchUp(): void {
    const { size } = this.vault;
    if (this.#folded === size) return;
    this.#model.transaction(() => {
      for (const entry of this.vault.entries(this.#folded)) foldEntry(this.#model, this.source, entry);
    });
    this.#folded = size;
  }

  #snapshot(): void {
    foldAllAway(this.#model);
    const header = { shape: readModelShape, folded: this.#folded };
    this.vault.saveSnapshot([
      { name: snapshotHeader, bytes: new TextEncoder().encode(JSON.stringify(header)) },
      { name: snapshotModel, bytes: this.#model.serialize() },
    ]);
  }

  #event(draft: Draft): JournalEvent {
    return toEvent(draft, this.#now(), this.vault.memberId);
  }
}

/** A draft with its id, time and author. */
export function toEvent(draft: Draft, at: number, by: string): JournalEvent {
  return { id: randomBytes(12).toString("hex"), ...draft, at, by };
}

/** The plaintext of an entry. */
export function encodeBatch(events: readonly JournalEvent[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ format: 1, events }));
}

function eventSource(vault: OpenVault): EventSource {
  return {
    event: (seq, index) => {
      const event = eventsOf(vault.entry(seq).plaintext)?.[index];
      if (event === undefined) throw new Error("the journal has no such event");
      return event;
    },
  };
}

/** The read model of the snapshot, and how many entries it holds; an empty one where there is none that fits. */
function restore(vault: OpenVault): { model: ReadModelDatabase; folded: number } {
  const parts = new Map(vault.loadSnapshot()?.parts.map((part) => [part.name, part.bytes]));
  const header = parts.get(snapshotHeader);
  const model = parts.get(snapshotModel);
  if (header === undefined || model === undefined) return { model: ReadModelDatabase.empty(), folded: 0 };
  const { shape, folded } = headerSchema.parse(JSON.parse(new TextDecoder().decode(header)));
  if (shape !== readModelShape || folded > vault.size) return { model: ReadModelDatabase.empty(), folded: 0 };
  return { model: ReadModelDatabase.from(model), folded };
}

function capital(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
