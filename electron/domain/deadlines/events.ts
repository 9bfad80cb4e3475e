import { z } from "zod";
import { newDeadlineSchema, type NewDeadline } from "../../contract/deadlines.ts";
import { daySchema, idSchema, lineSchema, nameSchema, timeSchema } from "../../contract/values.ts";
import { defineEvent } from "../event.ts";
import { text, type ReadModel } from "../read-model.ts";

/** Deadlines as rows: what they count from, how many days, whose they are, and when they were met. */

const recordSchema = z.strictObject({
  id: idSchema,
  deadline: newDeadlineSchema,
  metOn: daySchema.nullable(),
  evidence: z.string(),
  dropped: z.strictObject({ reason: z.string(), by: z.string(), at: timeSchema }).nullable(),
  history: z.array(z.strictObject({ at: timeSchema, by: z.string(), words: z.string() })),
});
export type DeadlineRecord = z.infer<typeof recordSchema>;

export const deadlineTables = [
  "CREATE TABLE deadline (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT",
];

export function deadlineRecords(model: ReadModel): DeadlineRecord[] {
  return model
    .all("SELECT record FROM deadline ORDER BY place")
    .map((row) => recordSchema.parse(JSON.parse(text(row, "record"))));
}

function find(model: ReadModel, id: string): DeadlineRecord | null {
  const row = model.get("SELECT record FROM deadline WHERE id = ?", id);
  return row === undefined ? null : recordSchema.parse(JSON.parse(text(row, "record")));
}

function keep(model: ReadModel, record: DeadlineRecord): void {
  model.run(
    "INSERT INTO deadline (id, record) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record",
    record.id,
    JSON.stringify(record),
  );
}

function standing(model: ReadModel, id: string): DeadlineRecord | string {
  const record = find(model, id);
  if (record === null) return "there is no such deadline";
  return record.dropped === null ? record : "it was dropped";
}

function refusalOf(model: ReadModel, id: string): string | null {
  const found = standing(model, id);
  return typeof found === "string" ? found : null;
}

function title(model: ReadModel, id: string): string {
  return find(model, id)?.deadline.title ?? id;
}

interface Said {
  readonly at: number;
  readonly by: string;
}

function change(model: ReadModel, id: string, said: Said, to: Partial<DeadlineRecord>, words: string): void {
  const record = find(model, id);
  if (record !== null) keep(model, { ...record, ...to, history: [...record.history, { ...said, words }] });
}

function words({ trigger, days, triggerOn }: NewDeadline): string {
  const count = days === null ? "no number of days stated" : `${String(days)} days`;
  return `${count} after ${trigger === "" ? "what is not stated" : trigger}${triggerOn === null ? "" : ` (${triggerOn})`}`;
}

export const deadlineAdded = defineEvent({
  type: "deadline.added",
  v: 1,
  body: z.strictObject({ id: idSchema, deadline: newDeadlineSchema }),
  roles: ["lead"],
  home: "shared",
  refusal: ({ model }, { id }) => (find(model, id) === null ? null : "a deadline with this id is there already"),
  fold: ({ model, event }, { id, deadline }) => {
    const history = [{ at: event.at, by: event.by, words: words(deadline) }];
    keep(model, { id, deadline, metOn: null, evidence: "", dropped: null, history });
  },
  words: (_, { deadline }) => `Deadline ${deadline.title}: ${words(deadline)}`,
  about: ({ id }) => id,
});

export const deadlineChanged = defineEvent({
  type: "deadline.changed",
  v: 1,
  body: z.strictObject({ deadlineId: idSchema, deadline: newDeadlineSchema, reason: nameSchema }),
  roles: ["lead"],
  home: "shared",
  refusal: ({ model }, { deadlineId }) => refusalOf(model, deadlineId),
  fold: ({ model, event }, { deadlineId, deadline, reason }) => {
    change(model, deadlineId, { at: event.at, by: event.by }, { deadline }, `${words(deadline)}: ${reason}`);
  },
  words: (_, { deadline, reason }) => `Deadline ${deadline.title} changed, ${words(deadline)}: ${reason}`,
  about: ({ deadlineId }) => deadlineId,
});

export const deadlineMet = defineEvent({
  type: "deadline.met",
  v: 1,
  body: z.strictObject({ deadlineId: idSchema, on: daySchema.nullable(), evidence: lineSchema }),
  roles: ["lead", "evaluator"],
  home: "shared",
  refusal: ({ model }, { deadlineId }) => refusalOf(model, deadlineId),
  fold: ({ model, event }, { deadlineId, on, evidence }) => {
    const said = { at: event.at, by: event.by };
    change(model, deadlineId, said, { metOn: on, evidence }, on === null ? "Not met after all" : `Met on ${on}`);
  },
  words: ({ model }, { deadlineId, on }) =>
    `Deadline ${title(model, deadlineId)} ${on === null ? "not met after all" : `met on ${on}`}`,
  about: ({ deadlineId }) => deadlineId,
});

export const deadlineDropped = defineEvent({
  type: "deadline.dropped",
  v: 1,
  body: z.strictObject({ deadlineId: idSchema, reason: nameSchema }),
  roles: ["lead"],
  home: "shared",
  refusal: ({ model }, { deadlineId }) => refusalOf(model, deadlineId),
  fold: ({ model, event }, { deadlineId, reason }) => {
    const said = { at: event.at, by: event.by };
    change(model, deadlineId, said, { dropped: { reason, ...said } }, `Dropped: ${reason}`);
  },
  words: ({ model }, { deadlineId, reason }) => `Deadline ${title(model, deadlineId)} dropped: ${reason}`,
  about: ({ deadlineId }) => deadlineId,
});

export const deadlineEvents = [deadlineAdded, deadlineChanged, deadlineMet, deadlineDropped];
