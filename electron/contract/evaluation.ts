import { z } from "zod";
import { loggedScoreSchema, outcomeStateSchema, recomputedMetricSchema } from "./attempt.ts";
import { invalidationCodeSchema } from "./invalidation.ts";
import { benchmarkTaskSchema } from "./planning.ts";
import { secondSchema } from "./two-persons.ts";
import {
  countSchema,
  denominatorPolicySchema,
  fileHandleSchema,
  idSchema,
  ledgerSchema,
  lineSchema,
  nameSchema,
  policyRatesSchema,
  rateSchema,
  timeSchema,
} from "./values.ts";

/** Runs, attempts and results: what was measured. */

export const runStates = ["planned", "running", "logged", "in-review", "accepted", "rejected", "withdrawn"] as const;
export const runStateSchema = z.enum(runStates);
export type RunState = z.infer<typeof runStateSchema>;

export const evidenceSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  bytes: countSchema,
  sha256: z.string(),
  addedAt: timeSchema,
  task: z.string().nullable(),
  epoch: z.int().nullable(),
});

export const runSchema = z.strictObject({
  id: idSchema,
  /** "R-0017": the run's number in this vault. */
  code: z.string(),
  modelVersion: z.strictObject({ id: idSchema, words: z.string() }),
  benchmark: z.strictObject({ id: idSchema, title: z.string(), version: z.string(), tasks: countSchema }),
  campaign: z.strictObject({ id: idSchema, name: z.string() }).nullable(),
  state: runStateSchema,
  origin: z.enum(["hand", "log"]),
  epochs: z.int(),
  startedAt: timeSchema,
  startedBy: z.string(),
  ledger: ledgerSchema,
  /** The headline: errors as failures, invalidated left out. */
  rate: rateSchema,
  /** The same attempts under each denominator policy, the headline's first. */
  rates: policyRatesSchema,
  /** Unbiased estimate from all epochs, null with one epoch or none. */
  passAtK: z.strictObject({ k: z.int(), value: z.number(), n: z.int() }).nullable(),
  /** Attempts that count with a score that a review corrected. */
  reviewed: countSchema,
  metrics: z.array(recomputedMetricSchema),
  log: z
    .strictObject({
      fileName: z.string(),
      sha256: z.string(),
      harness: z.string(),
      status: z.string(),
      salvaged: z.boolean(),
      lost: z.array(z.strictObject({ what: z.string(), count: countSchema, reason: z.string() })),
      notes: z.array(z.string()),
      /** Which run of the file it is, "" where the file holds one. */
      part: z.string(),
      /** Every file that it was made from, the one that it is named after first, and how many attempts came from each. */
      files: z.array(
        z.strictObject({
          fileName: z.string(),
          sha256: z.string(),
          bytes: countSchema,
          kind: z.enum(["log", "companion"]),
          status: z.string(),
          /** Null for the only log: all of them. */
          attempts: countSchema.nullable(),
        }),
      ),
    })
    .nullable(),
  evidence: countSchema,
  entry: countSchema,
});
export type Run = z.infer<typeof runSchema>;

/** One attempt in a grid. Times in milliseconds. */
export const attemptCellSchema = z.strictObject({
  epoch: z.int(),
  outcome: outcomeStateSchema,
  solved: z.boolean().nullable(),
  score: z.number().nullable(),
  limit: z.string().nullable(),
  totalTokens: z.number().nullable(),
  totalMs: z.number().nullable(),
  note: z.string(),
  evidence: countSchema,
  /** The score is a review's, not the scorer's. */
  reviewed: z.boolean(),
});
export type AttemptCell = z.infer<typeof attemptCellSchema>;

export const attemptRowSchema = z.strictObject({
  task: z.string(),
  title: z.string(),
  category: z.string().nullable(),
  difficulty: z.string().nullable(),
  humanMinutes: z.number().nullable(),
  cells: z.array(attemptCellSchema),
  /** Sums over the epochs that have a figure, null where none has. */
  totalTokens: z.number().nullable(),
  totalMs: z.number().nullable(),
});
export type AttemptRow = z.infer<typeof attemptRowSchema>;

export const attemptSortKeys = ["task", "category", "difficulty", "humanMinutes", "solved", "tokens", "time"] as const;

export const loggedAttemptSchema = z.strictObject({
  task: z.string().min(1).max(2_000),
  epoch: z.int().min(1).max(1_000),
  outcome: outcomeStateSchema,
  score: z.number().nullable(),
  minutes: z.number().nonnegative().max(10_000_000).nullable(),
  tokens: z.int().nonnegative().nullable(),
  note: z.string().max(20_000),
});
export type LoggedAttempt = z.infer<typeof loggedAttemptSchema>;

export const attemptAddressSchema = z.strictObject({
  runId: idSchema,
  task: z.string().min(1).max(2_000),
  epoch: z.int().min(1),
});

export const attemptDetailSchema = z.strictObject({
  runId: idSchema,
  runCode: z.string(),
  model: z.string(),
  benchmark: z.string(),
  task: benchmarkTaskSchema,
  epoch: z.int(),
  epochs: z.int(),
  outcome: outcomeStateSchema,
  solved: z.boolean().nullable(),
  score: z.number().nullable(),
  scores: z.array(loggedScoreSchema),
  limit: z.string().nullable(),
  error: z.string().nullable(),
  invalidation: z.string().nullable(),
  /** Null where it is not invalidated, or was before there were codes, or by its log. */
  invalidationCode: invalidationCodeSchema.nullable(),
  /** What the scorer (or who logged it by hand) gave, whatever reviews and invalidations made of it. */
  scorer: z.strictObject({ outcome: outcomeStateSchema, score: z.number().nullable(), solved: z.boolean().nullable() }),
  /** The decision of a review that counts for its score, the last one. */
  reviewed: z
    .strictObject({
      roundId: idSchema,
      round: z.string(),
      verdict: z.enum(["stands", "corrected"]),
      score: z.number().nullable(),
      how: z.enum(["single", "agreed", "adjudicated"]),
      at: timeSchema,
      /** Null while the round is blind and open. */
      by: z.string().nullable(),
      reason: z.string(),
    })
    .nullable(),
  /** Items of rounds that decided on it, oldest first: where their judgements are. Without rounds that are blind and open. */
  reviewItems: z.array(z.strictObject({ roundId: idSchema, round: z.string(), item: z.int().min(1) })),
  /** Flags that reviews decided on: they change no number by themselves. */
  flags: z.array(z.strictObject({ id: z.string(), words: z.string() })),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  totalTokens: z.number().nullable(),
  cost: z.number().nullable(),
  totalMs: z.number().nullable(),
  workingMs: z.number().nullable(),
  startedAt: z.number().nullable(),
  retries: z.int(),
  note: z.string(),
  evidence: z.array(evidenceSchema),
  /** A harness said it: people annotate and invalidate it, they do not log over it. */
  fromLog: z.boolean(),
  hasTranscript: z.boolean(),
  /** Everything that the journal holds of this attempt, oldest first. */
  history: z.array(z.strictObject({ seq: countSchema, at: timeSchema, byName: z.string(), words: z.string() })),
  previous: z.strictObject({ task: z.string(), epoch: z.int() }).nullable(),
  next: z.strictObject({ task: z.string(), epoch: z.int() }).nullable(),
});
export type AttemptDetail = z.infer<typeof attemptDetailSchema>;

export const matrixSchema = z.strictObject({
  policy: denominatorPolicySchema,
  modelVersions: z.array(z.strictObject({ id: idSchema, words: z.string() })),
  benchmarks: z.array(z.strictObject({ id: idSchema, title: z.string(), tasks: countSchema })),
  /** Absent where nothing was run. */
  cells: z.array(
    z.strictObject({
      modelVersionId: idSchema,
      benchmarkId: idSchema,
      rate: rateSchema,
      ledger: ledgerSchema,
      runs: z.array(z.strictObject({ id: idSchema, code: z.string() })),
    }),
  ),
});
export type Matrix = z.infer<typeof matrixSchema>;

/** One run as `evalvault results --json` prints it. */
export const runResultSchema = z.strictObject({
  run: idSchema,
  code: z.string(),
  model: z.string(),
  benchmark: z.string(),
  planned: countSchema,
  scored: countSchema,
  solved: countSchema,
  rate: z.number().nullable(),
  interval: z
    .strictObject({ low: z.number(), high: z.number(), level: z.number(), method: z.string(), unit: z.string() })
    .nullable(),
  states: z.record(outcomeStateSchema, countSchema),
});
export type RunResult = z.infer<typeof runResultSchema>;

const runFilterSchema = z.strictObject({
  campaignId: idSchema.optional(),
  modelVersionId: idSchema.optional(),
  benchmarkId: idSchema.optional(),
});

export const measuringRequests = {
  "runs.list": { input: runFilterSchema, output: z.array(runSchema) },
  "runs.get": { input: z.strictObject({ runId: idSchema }), output: runSchema },
  "runs.start": {
    input: z.strictObject({
      modelVersionId: idSchema,
      benchmarkId: idSchema,
      campaignId: idSchema.nullable(),
      epochs: z.int().min(1).max(1_000),
    }),
    output: runSchema,
  },
  "runs.setState": {
    input: z.strictObject({ runId: idSchema, state: runStateSchema, reason: lineSchema }),
    output: runSchema,
  },
  "runs.attempts": {
    input: z.strictObject({
      runId: idSchema,
      sort: z.enum(attemptSortKeys),
      descending: z.boolean(),
      filter: z.string().max(200),
      outcome: outcomeStateSchema.optional(),
      offset: countSchema,
      limit: z.int().min(1).max(500),
    }),
    output: z.strictObject({ total: countSchema, epochs: z.int(), rows: z.array(attemptRowSchema) }),
  },
  /** Answers with the attempts as they stood before, so that sending those back is the undo. */
  "attempts.log": {
    input: z.strictObject({ runId: idSchema, attempts: z.array(loggedAttemptSchema).min(1).max(5_000) }),
    output: z.strictObject({ run: runSchema, before: z.array(loggedAttemptSchema) }),
  },
  "attempts.invalidate": {
    /** Of an accepted run it takes two persons; with "later" the attempt stays as it is until somebody confirms. */
    input: attemptAddressSchema.extend({
      reason: nameSchema,
      /** Default: "other". */
      code: invalidationCodeSchema.optional(),
      second: secondSchema.optional(),
    }),
    output: attemptDetailSchema,
  },
  "attempts.attach": {
    input: attemptAddressSchema.extend({ files: z.array(fileHandleSchema).min(1).max(50) }),
    output: attemptDetailSchema,
  },
  "attempts.get": { input: attemptAddressSchema, output: attemptDetailSchema },
  "evidence.save": {
    input: z.strictObject({ evidenceId: z.string().max(100), destination: fileHandleSchema }),
    output: z.strictObject({ bytes: countSchema }),
  },
  "results.matrix": {
    input: z.strictObject({ campaignId: idSchema.nullable(), policy: denominatorPolicySchema }),
    output: matrixSchema,
  },
  "results.runs": { input: runFilterSchema, output: z.array(runResultSchema) },
} as const;
