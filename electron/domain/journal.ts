import { memberName } from "./members/queries.ts";
import { compartmentKind, compartmentName, sharedCompartment } from "./compartments/queries.ts";
import { clockOddity } from "./clock.ts";
import { originsOf, receiptRefusal, type ReceivedPlace } from "./handovers/origins.ts";
import { findType } from "./event-types.ts";
import { nextStamp, passStamp } from "./logical-time.ts";
import {
  batchSchema,
  denied,
  refused,
  type Batch,
  type Draft,
  type EventSource,
  type EventType,
  type Folded,
  type FoldContext,
  type JournalEvent,
} from "./event.ts";
import { count, number, text, textOrNull, type ReadModel, type Row as SqlRow } from "./read-model.ts";
import type { JournalEventRow } from "../contract/journal.ts";
import { rosterCompartment } from "../contract/values.ts";

/** The journal as the domain reads it: how an entry becomes rows, and what of it is listed. */

/** An entry of the vault: `author` is the member whose key signed the checkpoint that covers it. */
export interface OpenedEntry {
  readonly seq: number;
  readonly author: string;
  readonly compartment: number;
  readonly epoch: number;
  /** Null where the member who reads has no key for it. */
  readonly plaintext: Uint8Array | null;
}

/** Reads a batch of events; null when the plaintext is none. */
export function readBatch(plaintext: Uint8Array): Batch | null {
  try {
    const parsed = batchSchema.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plaintext)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Where an event stands: in which entry, at which place of its batch, signed by whom, in which compartment. */
export interface EventPlace {
  readonly seq: number;
  readonly index: number;
  readonly author: string;
  readonly compartment: number;
  /** In a rehearsal: who would confirm it. */
  readonly second?: string;
  /** Where it came from, for what came with a hand-over; absent for what was made in this vault. */
  readonly received?: ReceivedPlace;
}

interface Row {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly by: string;
  readonly words: string;
  readonly about: string | null;
  readonly refused: string | null;
  readonly sealed: boolean;
  readonly stamp: number;
}

function insertRow(model: ReadModel, place: EventPlace, row: Row): void {
  model.run(
    "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
    place.seq,
    place.index,
    row.id,
    row.type,
    row.at,
    row.by,
    row.words,
    row.about,
    row.refused,
    place.compartment,
    row.sealed ? 1 : 0,
    row.stamp,
  );
  model.run(
    `INSERT INTO journal_count VALUES (?, ?, ?, ?) ON CONFLICT (compartment) DO UPDATE SET
       entries = entries + excluded.entries, refused = refused + excluded.refused, sealed = sealed + excluded.sealed`,
    place.compartment,
    place.index === 0 ? 1 : 0,
    row.refused === null ? 0 : 1,
    row.sealed ? 1 : 0,
  );
}

/** How many events were refused, and how many entries are sealed to who reads. */
export function journalCounts(model: ReadModel): { refused: number; sealed: number } {
  const sum = (column: "refused" | "sealed"): number =>
    count(model, `SELECT coalesce(sum(${column}), 0) AS n FROM journal_count`);
  return { refused: sum("refused"), sealed: sum("sealed") };
}

/** Folds one event. An event that may not stand is kept in the journal with the reason, and changes nothing else. */
export function foldEvent(model: ReadModel, source: EventSource, place: EventPlace, event: JournalEvent): Folded {
  const { compartment } = place;
  const stamp = place.received?.origin?.claim.stamp ?? nextStamp(model, compartment, event.at);
  const folded = judgeAndApply({ model, source, event, stamp }, place);
  if (folded.stands) passStamp(model, compartment, stamp);
  insertRow(model, place, {
    ...event,
    stamp: folded.stands ? stamp : 0,
    words: folded.stands ? folded.words : `Refused: ${event.type}`,
    about: folded.stands ? folded.about : null,
    refused: folded.stands ? null : folded.reason,
    sealed: false,
  });
  return folded;
}

function judgeAndApply(made: Pick<FoldContext, "model" | "source" | "event" | "stamp">, place: EventPlace): Folded {
  const { model, event } = made;
  const { received, author } = place;
  const foreign = received === undefined ? null : receiptRefusal(made, received);
  if (foreign !== null) return refused(foreign);
  if (received === undefined && event.by !== author) return refused(denied("its author did not sign the entry"));
  const known = model.get("SELECT 1 AS n FROM journal WHERE id = ? AND refused IS NULL", event.id) !== undefined;
  if (known) return refused("an event with this id is there already");
  const type = findType(event.type, event.v);
  if (type === undefined) {
    return refused(`${event.type}, version ${String(event.v)}, is unknown to this EvalVault`);
  }
  const { seq, index, compartment, second = null } = place;
  const context: FoldContext = {
    ...made,
    ...{ seq, index, compartment, second },
    actor: author,
    received: received !== undefined,
  };
  return misplaced(model, type, context) ?? type.apply(context);
}

/** An event in another compartment than its own would stand for those who read both, and not for the others. */
function misplaced(model: ReadModel, type: EventType, { compartment, event }: FoldContext): Folded | null {
  const homes = homesOf(model, type, event.body);
  if (homes === null) return null;
  return homes(compartment) ? null : refused("it was written into a compartment that it does not belong to");
}

/** Whether a compartment is right for an event; null where its body says nothing that could be looked up. */
function homesOf(model: ReadModel, type: EventType, body: unknown): ((compartment: number) => boolean) | null {
  const home = homeOf(model, type, body);
  if (home === null) return null;
  if (home !== "any") return (compartment) => compartment === home;
  const shared = sharedCompartment(model);
  return (compartment) =>
    compartment === shared || (compartment !== rosterCompartment && compartmentKind(model, compartment) !== null);
}

function homeOf(model: ReadModel, type: EventType, body: unknown): number | "any" | null {
  let home: ReturnType<EventType["home"]>;
  try {
    home = type.home(model, body);
  } catch {
    // The body is not as its schema says: judging it says so in better words.
    return null;
  }
  if (home === "roster") return rosterCompartment;
  return home === "shared" ? sharedCompartment(model) : home;
}

/** The compartment that a draft is to be written into: its own, or `wanted` where it may be anywhere (default: the shared). */
export function compartmentOf(model: ReadModel, draft: Draft, wanted?: number): number {
  const type = findType(draft.type, draft.v);
  const home = type === undefined ? null : homeOf(model, type, draft.body);
  return typeof home === "number" ? home : (wanted ?? sharedCompartment(model));
}

/** Folds a whole entry. */
export function foldEntry(model: ReadModel, source: EventSource, entry: OpenedEntry): void {
  const { seq, author, compartment, plaintext } = entry;
  const place = { seq, index: 0, author, compartment };
  const nothing = { at: 0, by: author, about: null, stamp: 0 };
  if (plaintext === null) {
    const words = `Sealed to you: an entry of ${compartmentName(model, compartment)}`;
    insertRow(model, place, {
      ...nothing,
      id: `sealed-${String(seq)}`,
      type: "sealed",
      words,
      refused: null,
      sealed: true,
    });
    return;
  }
  const batch = readBatch(plaintext);
  const reason = batch === null ? "it is no batch of events" : retired(model, entry);
  if (batch === null || reason !== null) {
    const words = "Refused: unreadable entry";
    const refusal = {
      ...nothing,
      id: `unreadable-${String(seq)}`,
      type: "unreadable",
      words,
      refused: reason,
      sealed: false,
    };
    insertRow(model, place, refusal);
    return;
  }
  foldBatch(model, source, place, batch.events);
  noteEntry(model, entry, batch);
}

/** What an entry says beside its events: which key its compartment is under now, and what its author's clock showed. */
export function noteEntry(
  model: ReadModel,
  { seq, compartment, epoch }: Pick<OpenedEntry, "seq" | "compartment" | "epoch">,
  batch: Pick<Batch, "clock" | "events">,
): void {
  model.run(
    `INSERT INTO compartment_epoch VALUES (?, ?)
     ON CONFLICT (compartment) DO UPDATE SET epoch = max(epoch, excluded.epoch)`,
    compartment,
    epoch,
  );
  const oddity = clockOddity(model, seq, batch);
  if (oddity !== null) model.run("UPDATE journal SET clock = ? WHERE seq = ?", oddity, seq);
}

/** Folds the events of one entry; those behind a hand-over's own event came with it. Answers with what each came to. */
export function foldBatch(
  model: ReadModel,
  source: EventSource,
  place: Omit<EventPlace, "index" | "received">,
  events: readonly JournalEvent[],
): Folded[] {
  const [first, ...others] = events;
  if (first === undefined) return [];
  const head = foldEvent(model, source, { ...place, index: 0 }, first);
  const origins = originsOf(first);
  const rest = others.map((event, before) => {
    const at = { ...place, index: before + 1 };
    if (origins === null) return foldEvent(model, source, at, event);
    const origin = head.stands ? (origins.origins[before] ?? null) : null;
    return foldEvent(model, source, { ...at, received: { kind: origins.kind, origin } }, event);
  });
  return [head, ...rest];
}

/** A key is retired when its compartment went on under a newer one: whoever still has it was meant to lose it. */
function retired(model: ReadModel, { compartment, epoch }: OpenedEntry): string | null {
  const row = model.get("SELECT epoch FROM compartment_epoch WHERE compartment = ?", compartment);
  const newest = row === undefined ? 0 : number(row, "epoch");
  return epoch < newest ? `it was written under key ${String(epoch)}, which was retired` : null;
}

/** A page of the journal, newest first. */
export function listJournal(
  model: ReadModel,
  page: {
    offset: number;
    limit: number;
    type?: string | undefined;
    refusedOnly?: boolean | undefined;
    clockOnly?: boolean | undefined;
  },
): { total: number; events: JournalEventRow[] } {
  const where = [
    "1 = 1",
    ...(page.type === undefined ? [] : ["type = ?"]),
    ...(page.refusedOnly === true ? ["refused IS NOT NULL"] : []),
    ...(page.clockOnly === true ? ["clock IS NOT NULL"] : []),
  ].join(" AND ");
  const values = page.type === undefined ? [] : [page.type];
  const total = model.get(`SELECT count(*) AS n FROM journal WHERE ${where}`, ...values);
  const rows = model.all(
    `SELECT * FROM journal WHERE ${where} ORDER BY seq DESC, place DESC LIMIT ? OFFSET ?`,
    ...values,
    page.limit,
    page.offset,
  );
  return { total: total === undefined ? 0 : number(total, "n"), events: rows.map((row) => eventRow(model, row)) };
}

function eventRow(model: ReadModel, row: SqlRow): JournalEventRow {
  return {
    seq: number(row, "seq"),
    index: number(row, "place"),
    id: text(row, "id"),
    type: text(row, "type"),
    at: number(row, "at"),
    by: text(row, "by"),
    byName: memberName(model, text(row, "by")),
    compartment: number(row, "compartment"),
    words: text(row, "words"),
    refused: textOrNull(row, "refused"),
    sealed: number(row, "sealed") === 1,
    clock: textOrNull(row, "clock"),
  };
}

/** One event's row; null when there is none at that place. */
export function journalEvent(model: ReadModel, seq: number, index: number): JournalEventRow | null {
  const row = model.get("SELECT * FROM journal WHERE seq = ? AND place = ?", seq, index);
  return row === undefined ? null : eventRow(model, row);
}
