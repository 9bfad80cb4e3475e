import { randomBytes } from "node:crypto";
import {
  compartmentOf,
  foldBatch,
  foldEntry,
  foldEvent,
  journalCounts,
  noteEntry,
  readBatch,
} from "../domain/journal.ts";
import { waitingActs } from "../domain/acts/state.ts";
import { listCompartments } from "../domain/compartments/queries.ts";
import type { Clock, Draft, EventSource, Folded, JournalEvent } from "../domain/event.ts";
import {
  currentMarking,
  listMembers,
  memberName,
  memberRole,
  personsRequired,
  vaultName,
} from "../domain/members/queries.ts";
import type { QueryContext } from "../domain/query-context.ts";
import { count } from "../domain/read-model.ts";
import { Refusal } from "../domain/refusal.ts";
import { reviewsWaiting } from "../domain/reviews/queries.ts";
import type { VaultState } from "../contract/vault.ts";
import {
  newMemberId,
  VaultError,
  type AppendOptions,
  type NewMember,
  type OpenVault,
  type Receipt,
  type StagedBlob,
} from "../vault/index.ts";
import { proofsOf } from "./handover/proofs.ts";
import type { ReadModelDatabase } from "./read-model-database.ts";
import { restoreSnapshot, saveSnapshot } from "./session-snapshot.ts";

/** The first and last four hex digits of a root, for the eye: "9c41·77ae". */
export function shortRoot(root: string): string {
  return root === "" ? "" : `${root.slice(0, 4)}·${root.slice(-4)}`;
}

/** How long after unlocking the journal's list is taken in, in ms. */
const settleAfter = 1_500;

export interface SessionOptions {
  readonly fileName: string;
  /** Why nothing may be written, null when it may. */
  readonly readOnly: { reason: string } | null;
  readonly now: () => number;
}

/** Who signs what is committed: the member who unlocked, or a second person who is present. */
export interface Author {
  readonly memberId: string;
  append(plaintexts: readonly Uint8Array[], options?: AppendOptions): Receipt;
}

/** Events that are to be one entry. */
interface Entry {
  readonly compartment: number;
  readonly events: JournalEvent[];
}

export interface CommitOptions {
  readonly blobs?: readonly StagedBlob[];
  /** For what may be anywhere (campaigns, runs of no campaign); default: the shared compartment. */
  readonly compartment?: number | undefined;
  readonly author?: Author | undefined;
  /** Puts the entry into the journal together with a change of who reads what; default: `author.append`. */
  readonly write?: (entries: readonly Uint8Array[]) => unknown;
}

/** Events that came from another vault, behind the event that says so; they go into one entry. */
export interface ReceivedBatch {
  readonly compartment: number;
  readonly head: Draft;
  readonly events: readonly JournalEvent[];
  readonly blobs: readonly StagedBlob[];
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
  readonly #clock: SessionClock;
  readonly #model: ReadModelDatabase;
  /** Entries that are in the read model. */
  #folded: number;
  #settling: NodeJS.Timeout | undefined;

  private constructor(vault: OpenVault, model: ReadModelDatabase, options: SessionOptions & { folded: number }) {
    this.vault = vault;
    this.#model = model;
    this.fileName = options.fileName;
    this.readOnly = options.readOnly;
    this.#now = options.now;
    this.#clock = new SessionClock();
    this.source = eventSource(vault);
    this.#folded = options.folded;
  }

  get model(): ReadModelDatabase {
    return this.#model;
  }

  /** Loads the newest snapshot that fits and folds what came after it. */
  static open(vault: OpenVault, options: SessionOptions): OpenSession {
    const { model, folded } = restoreSnapshot(vault, eventSource(vault));
    const session = new OpenSession(vault, model, { ...options, folded });
    session.#catchUp();
    session.#settleSoon();
    return session;
  }

  /**
   * Makes the drafts happen, together with the blobs that they name: one entry for those that follow each other in one
   * compartment. Throws a Refusal when one may not stand.
   */
  commit(drafts: readonly Draft[], options: CommitOptions = {}): void {
    if (drafts.length === 0) return;
    this.#mustBeWritable();
    this.#catchUp();
    const author = options.author ?? this.vault;
    this.#model.transaction(() => {
      const first = this.vault.size;
      const entries: Entry[] = [];
      for (const rest = [...drafts]; rest.length > 0;) {
        entries.push(this.#foldRun(rest, first + entries.length, { author: author.memberId }, options.compartment));
      }
      this.#append(entries, (plaintexts, compartment) => {
        if (options.write === undefined) author.append(plaintexts, { blobs: options.blobs ?? [], compartment });
        else options.write(plaintexts);
      });
    });
    this.#folded = this.vault.size;
  }

  /** Puts folded entries into the journal, all of them in one transaction, and notes what they say beside their events. */
  #append(entries: readonly Entry[], write: (plaintexts: Uint8Array[], compartments: number[]) => void): void {
    const first = this.vault.size;
    const clock = this.#clock.reading();
    write(
      entries.map(({ events }) => encodeBatch(events, clock)),
      entries.map(({ compartment }) => compartment),
    );
    if (this.vault.size !== first + entries.length) throw new Error("the journal grew behind the read model");
    const epochs = new Map(this.vault.compartments().map(({ id, epoch }) => [id, epoch]));
    for (const [place, { compartment, events }] of entries.entries()) {
      const entry = { seq: first + place, compartment, epoch: epochs.get(compartment) ?? 1 };
      noteEntry(this.#model, entry, { clock, events });
    }
  }

  /** Folds drafts off the front of `rest`, as many as belong to one compartment. */
  #foldRun(
    rest: Draft[],
    seq: number,
    who: { readonly author?: string; readonly second?: string },
    wanted: number | undefined,
  ): Entry {
    const { author = this.vault.memberId, ...second } = who;
    const events: JournalEvent[] = [];
    let compartment: number | null = null;
    for (let draft = rest[0]; draft !== undefined; draft = rest[0]) {
      const own = compartmentOf(this.#model, draft, wanted);
      compartment ??= own;
      if (own !== compartment) break;
      const event = this.#event(draft, author);
      const place = { seq, index: events.length, author, compartment, ...second };
      const folded = foldEvent(this.#model, this.source, place, event);
      if (!folded.stands) throw new Refusal(folded.code, event.type, capital(folded.reason));
      events.push(event);
      rest.shift();
    }
    return { compartment: compartment ?? 1, events };
  }

  /** Whether drafts would stand, changing nothing: before something is done that cannot be undone. Throws as `commit` does. */
  rehearse(drafts: readonly Draft[], who: { author?: string; second?: string } = {}): void {
    this.#mustBeWritable();
    this.#catchUp();
    const enough = new Error("rehearsed");
    try {
      this.#model.transaction(() => {
        for (const rest = [...drafts]; rest.length > 0;) this.#foldRun(rest, this.vault.size, who, undefined);
        throw enough;
      });
    } catch (error) {
      if (error !== enough) throw error;
    }
  }

  /** Lets `look` see what would come of received events, and undoes it. `results`: of each batch, its head's first. */
  trial<T>(
    batches: readonly ReceivedBatch[],
    look: (context: QueryContext, results: readonly (readonly Folded[])[]) => T,
  ): T {
    this.#catchUp();
    const enough = new Error("tried");
    const seen: { readonly value: T }[] = [];
    try {
      this.#model.transaction(() => {
        const made = batches.map((batch) => [this.#event(batch.head, this.vault.memberId), ...batch.events]);
        const source = this.#withTried(made);
        const results = made.map((events, place) =>
          this.#foldReceived(events, this.vault.size + place, batches[place]?.compartment ?? 1, source),
        );
        seen.push({ value: look({ model: this.#model, source }, results) });
        throw enough;
      });
    } catch (error) {
      if (error !== enough) throw error;
    }
    const [only] = seen;
    if (only === undefined) throw new Error("a trial came to nothing");
    return only.value;
  }

  /** Takes received events in, one entry a batch, all of them or none. Throws a Refusal where one of them does not stand. */
  receive(batches: readonly ReceivedBatch[]): void {
    this.#mustBeWritable();
    this.#catchUp();
    this.#model.transaction(() => {
      const made = batches.map(({ head, events }) => [this.#event(head, this.vault.memberId), ...events]);
      const source = this.#withTried(made);
      const first = this.vault.size;
      const entries = batches.map(({ compartment }, place): Entry => {
        const events = made[place] ?? [];
        for (const [at, folded] of this.#foldReceived(events, first + place, compartment, source).entries()) {
          if (!folded.stands) throw new Refusal(folded.code, events[at]?.type ?? "", capital(folded.reason));
        }
        return { compartment, events };
      });
      const blobs = batches.flatMap((batch) => batch.blobs);
      this.#append(entries, (plaintexts, compartment) => this.vault.append(plaintexts, { blobs, compartment }));
    });
    this.#folded = this.vault.size;
  }

  #foldReceived(events: readonly JournalEvent[], seq: number, compartment: number, source: EventSource): Folded[] {
    return foldBatch(this.#model, source, { seq, author: this.vault.memberId, compartment }, events);
  }

  /** The journal as it would be with entries that are only tried. */
  #withTried(tried: readonly (readonly JournalEvent[])[]): EventSource {
    const { size } = this.vault;
    const batch = (seq: number): readonly JournalEvent[] => tried[seq - size] ?? this.source.batch(seq);
    return {
      ...this.source,
      batch,
      event: (seq, index) => batch(seq)[index] ?? this.source.event(seq, index),
    };
  }

  /** Makes a slot for somebody and records who they are, in one transaction of the vault. Answers with their id. */
  async addMember(
    member: Omit<NewMember, "id" | "entries">,
    drafts: (id: string) => readonly Draft[],
  ): Promise<string> {
    const id = newMemberId();
    this.rehearse(drafts(id));
    const events = drafts(id).map((draft) => this.#event(draft, this.vault.memberId));
    await this.vault.addMember({ ...member, id, entries: [encodeBatch(events, this.#clock.reading())] });
    this.#catchUp();
    return id;
  }

  state(): VaultState {
    const model = this.#model;
    const { memberId } = this.vault;
    const rows = (table: string): number => count(model, `SELECT count(*) AS n FROM ${table}`);
    const reviews = reviewsWaiting(this, memberId);
    return {
      open: true,
      id: this.vault.id,
      name: vaultName(model),
      label: this.vault.label,
      fileName: this.fileName,
      marking: currentMarking(model),
      member: { id: memberId, name: memberName(model, memberId), role: memberRole(model, memberId) ?? "auditor" },
      persons: personsRequired(model),
      openedWith: this.vault.openedWith,
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
        members: listMembers(model).filter((member) => member.current && member.role !== "recovery").length,
        ...journalCounts(model),
        compartments: listCompartments(model).length,
        waiting: waitingActs(model, memberId),
        reviews: reviews.toDo + reviews.adjudication,
      },
    };
  }

  /** Writes the snapshot, so that the next unlock folds only what is new; wipes the keys and closes the file. */
  close(): void {
    clearTimeout(this.#settling);
    try {
      if (this.readOnly === null) saveSnapshot(this.vault, this.#model, this.#folded);
    } catch (error) {
      // A cache: without it the next unlock takes longer. A full disk or a file that went away is no reason not to lock.
      if (!(error instanceof VaultError)) throw error;
    } finally {
      this.#model.close();
      this.vault.close();
    }
  }

  /** Takes the journal's list in when the first screen has had its time, so that the first change need not wait for it. */
  #settleSoon(): void {
    this.#settling = setTimeout(() => {
      try {
        this.#model.settle();
      } catch {
        // Whoever asks for the list is told what is wrong with it.
      }
    }, settleAfter).unref();
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

  #mustBeWritable(): void {
    if (this.readOnly !== null) throw new Refusal("vault-rolled-back", this.fileName, this.readOnly.reason);
  }

  #event(draft: Draft, by: string): JournalEvent {
    return toEvent(draft, this.#now(), by);
  }
}

/** Counts on while the vault is open, whatever happens to the wall clock. */
class SessionClock {
  readonly #session = randomBytes(8).toString("hex");
  readonly #start = performance.now();

  reading(): Clock {
    return { session: this.#session, mono: Math.max(0, Math.round(performance.now() - this.#start)) };
  }
}

/** A draft with its id, time and author. */
export function toEvent(draft: Draft, at: number, by: string): JournalEvent {
  return { id: randomBytes(12).toString("hex"), ...draft, at, by };
}

/** The plaintext of an entry. */
export function encodeBatch(events: readonly JournalEvent[], clock?: Clock): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ format: 1, ...(clock === undefined ? {} : { clock }), events }));
}

function eventSource(vault: OpenVault): EventSource {
  const batch = (seq: number): readonly JournalEvent[] => {
    const { plaintext } = vault.entry(seq);
    return (plaintext === null ? null : readBatch(plaintext)?.events) ?? [];
  };
  return {
    batch,
    event: (seq, index) => {
      const event = batch(seq)[index];
      if (event === undefined) throw new Error("the journal has no such event");
      return event;
    },
    proofs: proofsOf(vault),
  };
}

function capital(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
