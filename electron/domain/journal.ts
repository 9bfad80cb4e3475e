import { memberName, memberRole } from "./members/queries.ts";
import { memberEvents } from "./members/events.ts";
import { memberTables } from "./members/fold.ts";
import { modelEvents } from "./models/events.ts";
import { modelTables } from "./models/fold.ts";
import { benchmarkEvents } from "./benchmarks/events.ts";
import { benchmarkTables } from "./benchmarks/fold.ts";
import { campaignEvents } from "./campaigns/events.ts";
import { campaignTables } from "./campaigns/fold.ts";
import { runEvents } from "./runs/events.ts";
import { runTables } from "./runs/tables.ts";
import { attemptEvents } from "./attempts/events.ts";
import { attemptTables } from "./attempts/tables.ts";
import { recipientEvents } from "./recipients/events.ts";
import { recipientTables } from "./recipients/fold.ts";
import { reportEvents } from "./reports/events.ts";
import { reportTables } from "./reports/fold.ts";
import {
  batchSchema,
  denied,
  refused,
  type EventSource,
  type EventType,
  type Folded,
  type JournalEvent,
} from "./event.ts";
import { number, text, textOrNull, type ReadModel } from "./read-model.ts";
import type { JournalEventRow } from "../contract/vault.ts";

/** The journal as the domain reads it: every event type there is, and how an entry becomes rows. */

const types = new Map<string, EventType>(
  [
    ...memberEvents,
    ...modelEvents,
    ...benchmarkEvents,
    ...campaignEvents,
    ...runEvents,
    ...attemptEvents,
    ...recipientEvents,
    ...reportEvents,
  ].map((type) => [`${type.type}@${String(type.v)}`, type]),
);

const journalTables = [
  `CREATE TABLE journal (seq INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
     at INTEGER NOT NULL, by TEXT NOT NULL, words TEXT NOT NULL, about TEXT, refused TEXT,
     PRIMARY KEY (seq, place)) STRICT, WITHOUT ROWID`,
  "CREATE UNIQUE INDEX journal_by_id ON journal (id) WHERE refused IS NULL",
  "CREATE INDEX journal_refused ON journal (seq) WHERE refused IS NOT NULL",
];

/** Statements that make the empty read model. */
export const readModelTables: readonly string[] = [
  ...journalTables,
  ...memberTables,
  ...modelTables,
  ...benchmarkTables,
  ...campaignTables,
  ...runTables,
  ...attemptTables,
  ...recipientTables,
  ...reportTables,
];

/** An opened entry of the vault: `author` is the member whose key signed the checkpoint that covers it. */
export interface OpenedEntry {
  readonly seq: number;
  readonly author: string;
  readonly plaintext: Uint8Array;
}

/** Reads the events of an entry; null when the plaintext is no batch of events. */
export function eventsOf(plaintext: Uint8Array): JournalEvent[] | null {
  try {
    const parsed = batchSchema.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plaintext)));
    return parsed.success ? parsed.data.events : null;
  } catch {
    return null;
  }
}

/** Folds one event. An event that may not stand is kept in the journal with the reason, and changes nothing else. */
export function foldEvent(
  model: ReadModel,
  source: EventSource,
  place: { seq: number; index: number; author: string },
  event: JournalEvent,
): Folded {
  const folded = judgeAndApply(model, source, place, event);
  const words = folded.stands ? folded.words : `Refused: ${event.type}`;
  const about = folded.stands ? folded.about : null;
  const reason = folded.stands ? null : folded.reason;
  const { seq, index } = place;
  const { id, type, at, by } = event;
  model.run(
    "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    seq,
    index,
    id,
    type,
    at,
    by,
    words,
    about,
    reason,
  );
  return folded;
}

function judgeAndApply(
  model: ReadModel,
  source: EventSource,
  place: { seq: number; index: number; author: string },
  event: JournalEvent,
): Folded {
  if (event.by !== place.author) return refused(denied("its author did not sign the entry"));
  const known = model.get("SELECT 1 AS n FROM journal WHERE id = ? AND refused IS NULL", event.id) !== undefined;
  if (known) return refused("an event with this id is there already");
  const type = types.get(`${event.type}@${String(event.v)}`);
  if (type === undefined) {
    return refused(`${event.type}, version ${String(event.v)}, is unknown to this EvalVault`);
  }
  return type.apply({ model, source, event, seq: place.seq, index: place.index }, memberRole(model, event.by));
}

/** Folds a whole entry. */
export function foldEntry(model: ReadModel, source: EventSource, entry: OpenedEntry): void {
  const events = eventsOf(entry.plaintext);
  if (events === null) {
    const { seq, author } = entry;
    const unreadable = "it is no batch of events";
    model.run(
      "INSERT INTO journal VALUES (?, 0, ?, 'unreadable', 0, ?, 'Refused: unreadable entry', NULL, ?)",
      seq,
      `unreadable-${String(seq)}`,
      author,
      unreadable,
    );
    return;
  }
  events.forEach((event, index) => {
    foldEvent(model, source, { seq: entry.seq, index, author: entry.author }, event);
  });
}

/** A page of the journal, newest first. */
export function listJournal(
  model: ReadModel,
  page: { offset: number; limit: number; type?: string | undefined; refusedOnly?: boolean | undefined },
): { total: number; events: JournalEventRow[] } {
  const where = [
    "1 = 1",
    ...(page.type === undefined ? [] : ["type = ?"]),
    ...(page.refusedOnly === true ? ["refused IS NOT NULL"] : []),
  ].join(" AND ");
  const values = page.type === undefined ? [] : [page.type];
  const total = model.get(`SELECT count(*) AS n FROM journal WHERE ${where}`, ...values);
  const rows = model.all(
    `SELECT * FROM journal WHERE ${where} ORDER BY seq DESC, place DESC LIMIT ? OFFSET ?`,
    ...values,
    page.limit,
    page.offset,
  );
  const events = rows.map((row) => ({
    seq: number(row, "seq"),
    index: number(row, "place"),
    id: text(row, "id"),
    type: text(row, "type"),
    at: number(row, "at"),
    by: text(row, "by"),
    byName: memberName(model, text(row, "by")),
    words: text(row, "words"),
    refused: textOrNull(row, "refused"),
  }));
  return { total: total === undefined ? 0 : number(total, "n"), events };
}

/** One event's row; null when there is none at that place. */
export function journalEvent(model: ReadModel, seq: number, index: number): JournalEventRow | null {
  const row = model.get("SELECT * FROM journal WHERE seq = ? AND place = ?", seq, index);
  if (row === undefined) return null;
  return {
    seq,
    index,
    id: text(row, "id"),
    type: text(row, "type"),
    at: number(row, "at"),
    by: text(row, "by"),
    byName: memberName(model, text(row, "by")),
    words: text(row, "words"),
    refused: textOrNull(row, "refused"),
  };
}
