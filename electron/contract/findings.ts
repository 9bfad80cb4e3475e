import { z } from "zod";
import { attemptAddressSchema } from "./evaluation.ts";
import {
  cweIdSchema,
  findingChangeSchema,
  findingFieldsSchema,
  severityScaleSchema,
  severitySchema,
} from "./finding-fields.ts";
import { findingChannels, findingKinds, findingStates } from "./finding-states.ts";
import {
  compartmentSchema,
  countSchema,
  fileHandleSchema,
  idSchema,
  lineSchema,
  nameSchema,
  timeSchema,
} from "./values.ts";

/**
 * Findings: weaknesses of models and vulnerabilities that models found, from the record to the last answer. The list is
 * the table "findings" (`tables.page`).
 */

export const findingKindSchema = z.enum(findingKinds);
export const findingStateSchema = z.enum(findingStates);
export const findingChannelSchema = z.enum(findingChannels);

/** Where a finding comes from: an attempt has a run, a run has a model version. */
export const findingSourceSchema = z.strictObject({
  modelVersionId: idSchema.nullable(),
  runId: idSchema.nullable(),
  attempt: attemptAddressSchema.pick({ task: true, epoch: true }).nullable(),
});
export type FindingSource = z.infer<typeof findingSourceSchema>;

/** Somebody whom a finding goes to, through one of its kind's channels. */
export const findingPartySchema = z.strictObject({
  channel: findingChannelSchema,
  name: nameSchema,
  /** A recipient of sealed reports whose key the vault holds; null where there is none. */
  recipientId: idSchema.nullable(),
});
export type FindingParty = z.infer<typeof findingPartySchema>;

export const validationResults = ["unvalidated", "reproduced", "refuted"] as const;
export const validationResultSchema = z.enum(validationResults);

/** A short line of a finding, for lists and boards. */
export const findingCardSchema = z.strictObject({
  id: idSchema,
  /** "F-0007": the finding's number in this vault. */
  code: z.string(),
  kind: findingKindSchema,
  title: z.string(),
  state: findingStateSchema,
  /** Null where nobody said. */
  severity: severitySchema.nullable(),
  /** The CVSS score, v4.0 before v3.1; null without a vector. */
  score: z.number().nullable(),
  priority: findingFieldsSchema.shape.priority,
  /** Vendor and product of what is affected first. */
  product: z.string(),
  embargoUntil: timeSchema.nullable(),
  changedAt: timeSchema,
});
export type FindingCard = z.infer<typeof findingCardSchema>;

const validationSchema = z.strictObject({
  /** The event. */
  id: z.string(),
  result: validationResultSchema,
  at: timeSchema,
  byName: z.string(),
  /** By somebody else than who recorded it. */
  secondLook: z.boolean(),
  steps: z.string(),
  environment: z.string(),
  evidence: z.array(
    z.strictObject({ id: z.string(), name: z.string(), bytes: countSchema, sha256: z.string(), addedAt: timeSchema }),
  ),
});

const noticeSchema = z.strictObject({
  id: z.string(),
  party: findingPartySchema,
  /** When they were told. */
  at: timeSchema,
  byName: z.string(),
  note: z.string(),
  answerDueAt: timeSchema.nullable(),
  answer: z.strictObject({ at: timeSchema, byName: z.string(), words: z.string() }).nullable(),
});

const historySchema = z.strictObject({
  id: z.string(),
  at: timeSchema,
  byName: z.string(),
  words: z.string(),
  /** Why it changed nothing in the end: it was undone, or what others did before came in later. Null: it counts. */
  without: z.string().nullable(),
});

const nextStepSchema = z.strictObject({
  to: findingStateSchema,
  by: z.enum(["move", "validate", "duplicate", "route"]),
  needsReason: z.boolean(),
  /** Whether the role of the member who asks is enough. */
  mayDo: z.boolean(),
});

export const findingSchema = findingCardSchema.extend({
  compartment: compartmentSchema,
  fields: findingFieldsSchema,
  source: z.strictObject({
    modelVersion: z.strictObject({ id: idSchema, words: z.string(), developer: z.string() }).nullable(),
    run: z.strictObject({ id: idSchema, code: z.string() }).nullable(),
    attempt: attemptAddressSchema.pick({ task: true, epoch: true }).nullable(),
  }),
  recordedAt: timeSchema,
  recordedBy: z.string(),
  /** What the severity comes to, in words; "" where nobody said. */
  severityWords: z.string(),
  scores: z.strictObject({ v4: z.number().nullable(), v3: z.number().nullable() }),
  cwes: z.array(z.strictObject({ id: cweIdSchema, name: z.string() })),
  validation: validationResultSchema,
  /** Oldest first. */
  validations: z.array(validationSchema),
  /** Deconfliction keys, one for each affected product that is named: 64 hex digits. */
  keys: z.array(z.string()),
  duplicateOf: findingCardSchema.nullable(),
  duplicates: z.array(findingCardSchema),
  /** Others with a key of this one that nobody marked. */
  possibleDuplicates: z.array(findingCardSchema),
  routes: z.array(findingPartySchema.extend({ at: timeSchema, byName: z.string() })),
  /** Who was told when and answered when, oldest first. */
  timeline: z.array(noticeSchema),
  /** Everything that was done to it, oldest first. */
  history: z.array(historySchema),
  next: z.array(nextStepSchema),
  /** The last move, where the member who asks may take it back. */
  undo: z.strictObject({ id: z.string(), words: z.string() }).nullable(),
  mayEdit: z.boolean(),
  /** Whether they may say who was told and who answered. */
  mayTell: z.boolean(),
});
export type Finding = z.infer<typeof findingSchema>;

export const findingDeadlineSchema = z.strictObject({
  finding: findingCardSchema,
  what: z.enum(["embargo", "answer"]),
  at: timeSchema,
  overdue: z.boolean(),
  /** Whose answer is due; null for an embargo. */
  party: z.string().nullable(),
});
export type FindingDeadline = z.infer<typeof findingDeadlineSchema>;

export const cvssMetricSchema = z.strictObject({
  /** "AV". */
  id: z.string(),
  /** "Attack Vector". */
  name: z.string(),
  group: z.string(),
  /** "N", and "Network". */
  value: z.string(),
  words: z.string(),
  explanation: z.string(),
});

export const cvssScoreSchema = z.strictObject({
  /** Why it is no vector of CVSS v4.0 or v3.1 that can be scored; null where it is one. */
  problem: z.string().nullable(),
  version: z.enum(["4.0", "3.1"]).nullable(),
  /** As the standard orders it. */
  vector: z.string().nullable(),
  score: z.number().nullable(),
  severity: severitySchema.nullable(),
  /** "CVSS-B", "CVSS-BT" …: which groups of metrics are in the score (v4.0). */
  nomenclature: z.string().nullable(),
  metrics: z.array(cvssMetricSchema),
});
export type CvssScore = z.infer<typeof cvssScoreSchema>;

/** A metric that a vector can hold, with its values, for choosing them. */
export const cvssChoiceSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  group: z.string(),
  explanation: z.string(),
  /** Whether every vector must hold it. */
  isBase: z.boolean(),
  values: z.array(z.strictObject({ value: z.string(), words: z.string(), explanation: z.string() })),
});

const findingId = { findingId: idSchema };
const reason = { reason: lineSchema };

export const findingRequests = {
  "findings.get": { input: z.strictObject(findingId), output: findingSchema },
  /** Of a model weakness the model version must be known. With a run it is in the run's compartment. */
  "findings.record": {
    input: z.strictObject({
      kind: findingKindSchema,
      source: findingSourceSchema,
      fields: findingChangeSchema.extend({ title: nameSchema }),
      /** Absent: where the run is, or all evaluators read. */
      compartment: compartmentSchema.optional(),
    }),
    output: findingSchema,
  },
  /** Answers with the fields as they were too, so that sending those back is the undo. */
  "findings.edit": {
    input: z.strictObject({ ...findingId, fields: findingChangeSchema }),
    output: z.strictObject({ finding: findingSchema, before: findingChangeSchema }),
  },
  /** A plain move: triaged, acknowledged, remediated, distributed, closed. */
  "findings.move": {
    input: z.strictObject({ ...findingId, to: findingStateSchema, ...reason }),
    output: findingSchema,
  },
  /** Out to its channel. Without a second look (validated by another person) it takes a reason. */
  "findings.route": {
    input: z.strictObject({ ...findingId, parties: z.array(findingPartySchema).min(1).max(20), ...reason }),
    output: findingSchema,
  },
  /** Takes back the last move: one's own, or anyone's by a lead; until it is routed. */
  "findings.undo": { input: z.strictObject({ ...findingId, ...reason }), output: findingSchema },
  /** Somebody tried to reproduce it. "unvalidated": could not tell; it stays where it is. */
  "findings.validate": {
    input: z.strictObject({
      ...findingId,
      result: validationResultSchema,
      steps: z.string().max(20_000),
      environment: z.string().max(4_000),
      files: z.array(fileHandleSchema).max(50),
    }),
    output: findingSchema,
  },
  "findings.markDuplicate": {
    input: z.strictObject({ ...findingId, of: idSchema, ...reason }),
    output: findingSchema,
  },
  "findings.unmarkDuplicate": { input: z.strictObject({ ...findingId, ...reason }), output: findingSchema },
  /** Somebody was told: written down, nothing is sent. */
  "findings.notify": {
    input: z.strictObject({
      ...findingId,
      party: findingPartySchema,
      at: timeSchema,
      answerDueAt: timeSchema.nullable(),
      note: lineSchema,
    }),
    output: findingSchema,
  },
  "findings.answered": {
    input: z.strictObject({
      ...findingId,
      noticeId: z.string().max(100),
      at: timeSchema,
      words: z.string().max(4_000),
    }),
    output: findingSchema,
  },
  /** Every state with how many are in it, and the first `limit` of them: the urgent, then the severe, first. */
  "findings.board": {
    input: z.strictObject({ kind: findingKindSchema.optional(), limit: z.int().min(1).max(200) }),
    output: z.array(
      z.strictObject({ state: findingStateSchema, count: countSchema, cards: z.array(findingCardSchema) }),
    ),
  },
  /** Of an attempt, or of all of a run. */
  "findings.forAttempt": {
    input: z.strictObject({
      runId: idSchema,
      attempt: attemptAddressSchema.pick({ task: true, epoch: true }).optional(),
    }),
    output: z.array(
      z.strictObject({
        finding: findingCardSchema,
        attempt: attemptAddressSchema.pick({ task: true, epoch: true }).nullable(),
      }),
    ),
  },
  /** Embargoes and answers of what is not closed, the earliest first. */
  "findings.due": { input: z.strictObject({}), output: z.array(findingDeadlineSchema) },
  /** What a vector comes to. Changes nothing. */
  "findings.score": { input: z.strictObject({ vector: z.string().max(400) }), output: cvssScoreSchema },
  "findings.cvssMetrics": {
    input: z.strictObject({ version: z.enum(["4.0", "3.1"]) }),
    output: z.array(cvssChoiceSchema),
  },
  /** By number or words, offline; the closest first. */
  "findings.cwe": {
    input: z.strictObject({ words: z.string().max(200), limit: z.int().min(1).max(200) }),
    output: z.strictObject({
      /** "4.19.1": the list's version. */
      version: z.string(),
      weaknesses: z.array(z.strictObject({ id: cweIdSchema, name: z.string() })),
    }),
  },
  "findings.scales": { input: z.strictObject({}), output: z.array(severityScaleSchema) },
  /** A new scale, or the one of that id changed. */
  "findings.saveScale": { input: severityScaleSchema, output: z.array(severityScaleSchema) },
} as const;
