import { z } from "zod";
import { outcomeStateSchema } from "../../contract/attempt.ts";

/** What a column of somebody's table can be. */
export const tableFields = [
  "task",
  "epoch",
  "outcome",
  "solved",
  "score",
  "scores",
  "inputTokens",
  "outputTokens",
  "totalTokens",
  "cost",
  "duration",
  "workingTime",
  "startedAt",
  "limit",
  "error",
  "invalidation",
  "messages",
  "retries",
  "category",
  "difficulty",
  "humanMinutes",
  "cluster",
  "note",
  "model",
  "benchmark",
] as const;
export const tableFieldSchema = z.enum(tableFields);
export type TableField = z.infer<typeof tableFieldSchema>;

/** What a duration is counted in; "clock" is 1:04:09 or 4:10. */
export const timeUnits = ["ms", "s", "min", "h", "clock"] as const;
export const timeUnitSchema = z.enum(timeUnits);
export type TimeUnit = z.infer<typeof timeUnitSchema>;

const mappedColumnSchema = z.strictObject({
  /** Place in a record of CSV, from 0; in JSON Lines the place in this list. */
  index: z.int().min(0).max(499),
  /** The head of the column; in JSON Lines the key, "a.b" for b inside a. */
  name: z.string().max(1_000),
  /** Null: the column is left out. Each field at most once. */
  field: tableFieldSchema.nullable(),
  /** For durations only. */
  unit: timeUnitSchema.nullable(),
});
export type MappedColumn = z.infer<typeof mappedColumnSchema>;

/** What a text in the outcome, solved or score column means. */
const outcomeMeaningSchema = z.strictObject({
  text: z.string().max(200),
  outcome: outcomeStateSchema,
  /** The score that goes with it: 1 for solved, 0 for not solved; null: the score column says. */
  score: z.number().nullable(),
});
export type OutcomeMeaning = z.infer<typeof outcomeMeaningSchema>;

/** How a table becomes attempts. Everything that is decided is in here, so that a dry run and the import do the same. */
export const tableMappingSchema = z.strictObject({
  format: z.enum(["csv", "jsonl"]),
  /** Null for JSON Lines. */
  delimiter: z.enum([",", ";", "\t", "|"]).nullable(),
  /** Whether the first record of CSV names the columns. */
  header: z.boolean(),
  decimal: z.enum([".", ","]),
  columns: z.array(mappedColumnSchema).min(1).max(500),
  /** Added to the words that are known anyway (`outcome-words.ts`), and before them. */
  outcomes: z.array(outcomeMeaningSchema).max(500),
  /** What the first epoch is called in the table. Without an epoch column attempts of a task count as they come. */
  firstEpoch: z.union([z.literal(0), z.literal(1)]),
  /** For rows that name no model or benchmark. */
  model: z.string().max(500),
  benchmark: z.string().max(500),
});
export type TableMapping = z.infer<typeof tableMappingSchema>;

/** A column as a person sees it before they map it. */
export interface TableColumn {
  readonly index: number;
  readonly name: string;
  /** The first few cells that are not empty, cut. */
  readonly examples: readonly string[];
  /** How sure the proposed field is, 0 to 1; 0 where none is proposed. */
  readonly confidence: number;
}
