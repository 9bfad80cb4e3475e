import { z } from "zod";

/**
 * The state that a planned attempt ends in: exactly one of these, never none and never two.
 * "not-run" is the state of a planned attempt that nobody has logged yet.
 */
export const outcomeStates = [
  "scored",
  "unscored",
  "refused",
  "limit-reached",
  "model-error",
  "infrastructure-fault",
  "invalidated",
  "withheld",
  "not-run",
] as const;
export const outcomeStateSchema = z.enum(outcomeStates);
export type OutcomeState = z.infer<typeof outcomeStateSchema>;

/** A value that a scorer gave: as given, before anything is made of it. NaN means "unscored" and travels as null. */
export type ScoreValue = string | number | boolean | null | ScoreValue[] | { [key: string]: ScoreValue };
export const scoreValueSchema: z.ZodType<ScoreValue> = z.lazy(() =>
  z.union([
    z.string().max(10_000),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(scoreValueSchema).max(10_000),
    z.record(z.string().max(1_000), scoreValueSchema),
  ]),
);

/** What one scorer said of one attempt. `value` null: the scorer could not decide (NaN in the log). */
export const loggedScoreSchema = z.strictObject({
  scorer: z.string().max(500),
  value: scoreValueSchema,
  /** The value as a number by the harness' own rule (C 1, P 0.5, I 0, N 0 …), null where unscored. */
  number: z.number().nullable(),
  /** Set when the score was edited after the run; the first value stays visible. */
  original: scoreValueSchema.optional(),
});
export type LoggedScore = z.infer<typeof loggedScoreSchema>;

/** What is too much of an attempt's metadata: names, and characters of a name and of a text. */
export const attemptMetadataLimits = { names: 50, name: 100, text: 200 } as const;

/** Facts about an attempt that its harness or table gave names to (category, variant, host …): flat. */
export const attemptMetadataSchema = z
  .record(
    z.string().max(attemptMetadataLimits.name),
    z.union([z.string().max(attemptMetadataLimits.text), z.number(), z.boolean(), z.null()]),
  )
  .refine((values) => Object.keys(values).length <= attemptMetadataLimits.names, "too many names");
export type AttemptMetadata = z.infer<typeof attemptMetadataSchema>;

/**
 * One attempt (task × epoch) as a log or a person gives it.
 * Times are in milliseconds, `startedAt` in milliseconds since 1970-01-01T00:00Z, cost in US dollars.
 */
export const attemptRecordSchema = z.strictObject({
  task: z.string().min(1).max(2_000),
  epoch: z.int().min(1).max(1_000_000),
  outcome: outcomeStateSchema,
  /** The headline score, from the first scorer, as a number; null where there is none. */
  score: z.number().nullable(),
  scores: z.array(loggedScoreSchema).max(200),
  inputTokens: z.number().nonnegative().nullable(),
  outputTokens: z.number().nonnegative().nullable(),
  totalTokens: z.number().nonnegative().nullable(),
  cost: z.number().nonnegative().nullable(),
  totalMs: z.number().nonnegative().nullable(),
  workingMs: z.number().nonnegative().nullable(),
  startedAt: z.number().nullable(),
  /** What limit ended it, e.g. "token" or "time"; a limited attempt is usually scored all the same. */
  limit: z.string().max(100).nullable(),
  error: z.string().max(4_000).nullable(),
  /** Why it was invalidated in the log, null if it was not. */
  invalidation: z.string().max(4_000).nullable(),
  messages: z.int().nonnegative().nullable(),
  retries: z.int().nonnegative(),
  /** Name of the member of the stored log that holds the transcript, null when there is none. */
  member: z.string().max(4_000).nullable(),
  /** Value that groups attempts that are not independent of each other (task family, CVE …). */
  cluster: z.string().max(2_000).nullable(),
  note: z.string().max(20_000),
  metadata: attemptMetadataSchema,
  /** Which of its run's files holds it: 0 for the one that the run is named after, n for its n-th other file. */
  file: z.int().min(0).max(10_000),
});
export type AttemptRecord = z.infer<typeof attemptRecordSchema>;

/** What recomputing one metric of a log from its samples came to. */
export const metricVerdicts = [
  "matches",
  "matches-if-excluded",
  "differs",
  "not-recomputable",
  "random",
  "no-scores",
] as const;
export const metricVerdictSchema = z.enum(metricVerdicts);
export type MetricVerdict = z.infer<typeof metricVerdictSchema>;

export const recomputedMetricSchema = z.strictObject({
  scorer: z.string().max(500),
  reducer: z.string().max(200).nullable(),
  metric: z.string().max(500),
  /** As the log says; null where the log says NaN or nothing. */
  logged: z.number().nullable(),
  recomputed: z.number().nullable(),
  verdict: metricVerdictSchema,
  /** One sentence: which samples were left out, or why it cannot be recomputed. */
  reason: z.string().max(1_000).nullable(),
});
export type RecomputedMetric = z.infer<typeof recomputedMetricSchema>;
