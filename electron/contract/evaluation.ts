import { z } from "zod";
import { loggedScoreSchema, outcomeStateSchema, recomputedMetricSchema } from "./attempt.ts";
import {
  countSchema,
  denominatorPolicySchema,
  fileHandleSchema,
  idSchema,
  ledgerSchema,
  lineSchema,
  nameSchema,
  rateSchema,
  timeSchema,
} from "./values.ts";

/** Models, benchmarks and campaigns: what is planned. */

export const safeguardVariants = ["as-deployed", "reduced", "removed", "not-stated"] as const;
export const safeguardVariantSchema = z.enum(safeguardVariants);
export type SafeguardVariant = z.infer<typeof safeguardVariantSchema>;

export const modelVersionSchema = z.strictObject({
  id: idSchema,
  modelId: idSchema,
  /** Checkpoint id or weights digest. */
  checkpoint: z.string(),
  safeguard: safeguardVariantSchema,
  access: z.string(),
  settings: z.string(),
  runs: countSchema,
  /** "Meridian-2 (checkpoint 0914, safeguards reduced)". */
  words: z.string(),
});
export type ModelVersion = z.infer<typeof modelVersionSchema>;

export const modelSchema = z.strictObject({
  id: idSchema,
  developer: z.string(),
  name: z.string(),
  note: z.string(),
  origin: z.enum(["hand", "log"]),
  versions: z.array(modelVersionSchema),
});
export type Model = z.infer<typeof modelSchema>;

export const newModelVersionSchema = z.strictObject({
  checkpoint: nameSchema,
  safeguard: safeguardVariantSchema,
  access: lineSchema,
  settings: lineSchema,
});

export const benchmarkTaskSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  category: z.string().nullable(),
  difficulty: z.string().nullable(),
  humanMinutes: z.number().nullable(),
  cve: z.string().nullable(),
  points: z.number().nullable(),
  cluster: z.string().nullable(),
});
export type BenchmarkTask = z.infer<typeof benchmarkTaskSchema>;

export const benchmarkSchema = z.strictObject({
  id: idSchema,
  /** The pack's own id, e.g. "cybench". */
  pack: z.string(),
  title: z.string(),
  version: z.string(),
  /** SHA-256 of the pack as taken in, hex. */
  digest: z.string(),
  origin: z.enum(["catalog", "file", "log"]),
  licence: z.string().nullable(),
  source: z.string().nullable(),
  scoring: z.string().nullable(),
  notes: z.array(z.string()),
  tasks: countSchema,
  categories: z.array(z.strictObject({ name: z.string(), tasks: countSchema })),
  withHumanMinutes: countSchema,
  runs: countSchema,
});
export type Benchmark = z.infer<typeof benchmarkSchema>;

export const catalogEntrySchema = z.strictObject({
  pack: z.string(),
  title: z.string(),
  version: z.string(),
  tasks: countSchema,
  licence: z.string().nullable(),
  source: z.string().nullable(),
  /** The benchmark's id in this vault when it was added already. */
  added: idSchema.nullable(),
});

export const campaignCellSchema = z.strictObject({
  modelVersionId: idSchema,
  benchmarkId: idSchema,
  ledger: ledgerSchema,
  rate: rateSchema,
  runs: z.array(idSchema),
});
export const campaignSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  question: z.string(),
  decisionRule: z.string(),
  epochs: z.int(),
  dueAt: timeSchema.nullable(),
  plannedAt: timeSchema,
  plannedBy: z.string(),
  /** SHA-256 of the canonical plan once it was registered, hex. */
  registered: z.strictObject({ hash: z.string(), at: timeSchema, beforeFirstResult: z.boolean() }).nullable(),
  modelVersions: z.array(z.strictObject({ id: idSchema, words: z.string() })),
  benchmarks: z.array(z.strictObject({ id: idSchema, title: z.string(), tasks: countSchema })),
  cells: z.array(campaignCellSchema),
  ledger: ledgerSchema,
});
export type Campaign = z.infer<typeof campaignSchema>;

export const planningRequests = {
  "models.list": { input: z.strictObject({}), output: z.array(modelSchema) },
  "models.add": {
    input: z.strictObject({
      developer: nameSchema,
      name: nameSchema,
      note: lineSchema,
      version: newModelVersionSchema,
    }),
    output: modelSchema,
  },
  "models.addVersion": {
    input: z.strictObject({ modelId: idSchema, version: newModelVersionSchema }),
    output: modelSchema,
  },
  "benchmarks.catalog": { input: z.strictObject({}), output: z.array(catalogEntrySchema) },
  "benchmarks.addFromCatalog": {
    input: z.strictObject({ packs: z.array(z.string().max(100)).min(1).max(50) }),
    output: z.array(benchmarkSchema),
  },
  "benchmarks.importPack": { input: z.strictObject({ file: fileHandleSchema }), output: benchmarkSchema },
  "benchmarks.list": { input: z.strictObject({}), output: z.array(benchmarkSchema) },
  "benchmarks.tasks": { input: z.strictObject({ benchmarkId: idSchema }), output: z.array(benchmarkTaskSchema) },
  "campaigns.list": { input: z.strictObject({}), output: z.array(campaignSchema) },
  "campaigns.get": { input: z.strictObject({ campaignId: idSchema }), output: campaignSchema },
  "campaigns.plan": {
    input: z.strictObject({
      name: nameSchema,
      question: lineSchema,
      decisionRule: lineSchema,
      modelVersionIds: z.array(idSchema).min(1).max(200),
      benchmarkIds: z.array(idSchema).min(1).max(200),
      epochs: z.int().min(1).max(1_000),
      dueAt: timeSchema.nullable(),
    }),
    output: campaignSchema,
  },
  "campaigns.register": { input: z.strictObject({ campaignId: idSchema }), output: campaignSchema },
} as const;

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
  /** The same attempts with errors left out. */
  rateErrorsLeftOut: rateSchema,
  /** Unbiased estimate from all epochs, null with one epoch or none. */
  passAtK: z.strictObject({ k: z.int(), value: z.number(), n: z.int() }).nullable(),
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
  hasTranscript: z.boolean(),
  /** Everything that the journal holds of this attempt, oldest first. */
  history: z.array(z.strictObject({ seq: countSchema, at: timeSchema, byName: z.string(), words: z.string() })),
  previous: z.strictObject({ task: z.string(), epoch: z.int() }).nullable(),
  next: z.strictObject({ task: z.string(), epoch: z.int() }).nullable(),
});
export type AttemptDetail = z.infer<typeof attemptDetailSchema>;

export const transcriptItemSchema = z.strictObject({
  index: countSchema,
  /** Milliseconds since the attempt began, null where the log does not say. */
  at: z.number().nullable(),
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  detail: z.string().nullable(),
});
export type TranscriptItem = z.infer<typeof transcriptItemSchema>;
export const transcriptSchema = z.strictObject({
  total: countSchema,
  items: z.array(transcriptItemSchema),
  notes: z.array(z.string()),
});

export const importedFileSchema = z.strictObject({
  file: z.string(),
  sha256: z.string(),
  status: z.enum(["imported", "duplicate", "salvaged", "refused"]),
  run: idSchema.nullable(),
  task: z.string().nullable(),
  model: z.string().nullable(),
  attempts: countSchema,
  lost: z.array(z.strictObject({ what: z.string(), count: countSchema, reason: z.string() })),
  reason: z.string().nullable(),
  metrics: z.array(recomputedMetricSchema),
});
export type ImportedFile = z.infer<typeof importedFileSchema>;

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
    input: attemptAddressSchema.extend({ reason: nameSchema }),
    output: attemptDetailSchema,
  },
  "attempts.attach": {
    input: attemptAddressSchema.extend({ files: z.array(fileHandleSchema).min(1).max(50) }),
    output: attemptDetailSchema,
  },
  "attempts.get": { input: attemptAddressSchema, output: attemptDetailSchema },
  "attempts.transcript": {
    input: attemptAddressSchema.extend({ offset: countSchema, limit: z.int().min(1).max(1_000) }),
    output: transcriptSchema,
  },
  "evidence.save": {
    input: z.strictObject({ evidenceId: z.string().max(100), destination: fileHandleSchema }),
    output: z.strictObject({ bytes: countSchema }),
  },
  "imports.logs": {
    input: z.strictObject({ files: z.array(fileHandleSchema).min(1).max(10_000), campaignId: idSchema.nullable() }),
    output: z.array(importedFileSchema),
  },
  "imports.recent": { input: z.strictObject({}), output: z.array(importedFileSchema.extend({ at: timeSchema })) },
  "results.matrix": {
    input: z.strictObject({ campaignId: idSchema.nullable(), policy: denominatorPolicySchema }),
    output: matrixSchema,
  },
  "results.runs": { input: runFilterSchema, output: z.array(runResultSchema) },
  "exports.attempts": {
    input: z.strictObject({
      format: z.enum(["csv", "jsonl"]),
      runId: idSchema.nullable(),
      campaignId: idSchema.nullable(),
      destination: fileHandleSchema,
    }),
    output: z.strictObject({ attempts: countSchema, bytes: countSchema }),
  },
} as const;
