import { readFileSync } from "node:fs";
import { z } from "zod";
import { scoreValueSchema } from "../../electron/contract/attempt.ts";

/** What read_logs.py says of a log. Null: no value, or a number that JSON has none for. */

const score = z.strictObject({
  value: scoreValueSchema,
  number: z.number().nullable(),
  original: z.strictObject({ value: scoreValueSchema }).nullable(),
});
const sample = z.strictObject({
  id: z.string(),
  epoch: z.int(),
  scores: z.record(z.string(), score),
  error: z.string().nullable(),
  limit: z.string().nullable(),
  invalidated: z.boolean(),
  retries: z.int(),
  messages: z.int(),
  totalTokens: z.number().nullable(),
  totalSeconds: z.number().nullable(),
});
const metric = z.strictObject({
  scorer: z.string(),
  name: z.string(),
  reducer: z.string().nullable(),
  /** The key under which the results have it. */
  metric: z.string(),
  value: z.number().nullable(),
  /** The metric that wrote it. */
  of: z.string(),
});
const log = z.strictObject({
  readSeconds: z.number(),
  status: z.enum(["started", "success", "cancelled", "error"]),
  version: z.int(),
  task: z.string(),
  model: z.string(),
  inspect: z.string(),
  evalId: z.string(),
  epochs: z.int().nullable(),
  reducers: z.array(z.string()).nullable(),
  sampleIds: z.array(z.string()),
  tags: z.array(z.string()),
  samples: z.array(sample),
  metrics: z.array(metric),
  recomputed: z.array(metric).nullable(),
});

export type ExpectedSample = z.infer<typeof sample>;
export type ExpectedMetric = z.infer<typeof metric>;
export type ExpectedLog = z.infer<typeof log>;

/** What Inspect says of each log, by file name. */
export function readExpected(path: string): ReadonlyMap<string, ExpectedLog> {
  return new Map(Object.entries(z.record(z.string(), log).parse(JSON.parse(readFileSync(path, "utf8")))));
}
