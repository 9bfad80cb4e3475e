import { z } from "zod";
import {
  benchmarkSessionSchema,
  custodyItemSchema,
  dateChangeSchema,
  needToKnowSchema,
  partnerSchema,
  submissionTermsSchema,
  type SubmissionState,
} from "../../contract/submissions.ts";
import { countSchema, idSchema, timeSchema } from "../../contract/values.ts";
import { text, type ReadModel } from "../read-model.ts";

/** A submission as the journal tells it: what was said and done, and nothing that depends on what time it is. */

const said = { at: timeSchema, by: z.string() };

const sessionRecordSchema = benchmarkSessionSchema.omit({ benchmarks: true });
export type SessionRecord = z.infer<typeof sessionRecordSchema>;

const partnerRecordSchema = partnerSchema.omit({ state: true });
export type PartnerRecord = z.infer<typeof partnerRecordSchema>;

const custodyRecordSchema = custodyItemSchema.omit({ state: true });
export type CustodyRecord = z.infer<typeof custodyRecordSchema>;

export const submissionRecordSchema = z.strictObject({
  id: idSchema,
  /** Which one of its compartment it is, from 1. */
  place: countSchema,
  compartment: z.int(),
  developer: z.string(),
  codename: z.string(),
  programme: z.string(),
  claim: z.string(),
  question: z.string(),
  ...said,
  answer: z.strictObject({ words: z.string(), ...said }).nullable(),
  submitted: z
    .strictObject({
      ...said,
      access: z.string(),
      safeguards: z.string(),
      scaffold: z.string(),
      modelVersionIds: z.array(idSchema),
      terms: submissionTermsSchema,
    })
    .nullable(),
  dates: z.array(dateChangeSchema),
  grantedAt: timeSchema.nullable(),
  closedEarlyAt: timeSchema.nullable(),
  withdrawn: z.strictObject({ ...said, reason: z.string() }).nullable(),
  needToKnow: z.array(needToKnowSchema),
  partners: z.array(partnerRecordSchema),
  sessions: z.array(sessionRecordSchema),
  custody: z.array(custodyRecordSchema),
  history: z.array(z.strictObject({ ...said, words: z.string() })),
});
export type SubmissionRecord = z.infer<typeof submissionRecordSchema>;

export const submissionTables = [
  `CREATE TABLE submission (id TEXT PRIMARY KEY, compartment INTEGER NOT NULL, place INTEGER NOT NULL,
     record TEXT NOT NULL) STRICT`,
];

export function keepSubmission(model: ReadModel, record: SubmissionRecord): void {
  const { id, compartment, place } = record;
  model.run("INSERT OR REPLACE INTO submission VALUES (?, ?, ?, ?)", id, compartment, place, JSON.stringify(record));
}

/** A submission by its id; null where there is none. */
export function submissionRecord(model: ReadModel, id: string): SubmissionRecord | null {
  const row = model.get("SELECT record FROM submission WHERE id = ?", id);
  return row === undefined ? null : submissionRecordSchema.parse(JSON.parse(text(row, "record")));
}

/** All of them, in the order in which they were asked about. */
export function submissionRecords(model: ReadModel): SubmissionRecord[] {
  return model
    .all("SELECT record FROM submission ORDER BY compartment, place")
    .map((row) => submissionRecordSchema.parse(JSON.parse(text(row, "record"))));
}

/** How far it is, but for a window that has ended, which takes a clock. */
export function writtenState(record: SubmissionRecord): Exclude<SubmissionState, "closed"> {
  if (record.withdrawn !== null) return "withdrawn";
  if (record.submitted === null) return "inquiry";
  return record.grantedAt === null ? "submitted" : "access-open";
}
