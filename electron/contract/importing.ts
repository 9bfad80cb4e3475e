import { z } from "zod";
import { attemptRecordSchema, outcomeStateSchema, recomputedMetricSchema } from "./attempt.ts";
import { countSchema, fileHandleSchema, idSchema, timeSchema } from "./values.ts";

/** Taking results in from files, undoing that, and writing attempts out again. */

/**
 * What became of a file: taken in whole; taken in with something lost; known already; put into the run of another file of
 * the same evaluation; read together with another file; a table, whose columns a person maps; no log; refused.
 */
export const importStatuses = [
  "imported",
  "salvaged",
  "duplicate",
  "merged",
  "part-of",
  "table",
  "not-a-log",
  "refused",
] as const;
export type ImportStatus = (typeof importStatuses)[number];

/** One file of an import; a file of several runs stands once for each, told apart by `part`. */
export const importedFileSchema = z.strictObject({
  file: z.string(),
  /** Folder below the one that was chosen, "" for none. */
  folder: z.string(),
  sha256: z.string(),
  status: z.enum(importStatuses),
  /** Which run of the file, as its reader calls it; "" where it holds one. */
  part: z.string(),
  run: idSchema.nullable(),
  task: z.string().nullable(),
  model: z.string().nullable(),
  /** Attempts that came from this file. */
  attempts: countSchema,
  lost: z.array(z.strictObject({ what: z.string(), count: countSchema, reason: z.string() })),
  reason: z.string().nullable(),
  metrics: z.array(recomputedMetricSchema),
  /** For `merged` and `part-of`: the file that it went together with. */
  into: z.string().nullable(),
  /** For `table`: the file, for a preview and for taking it in once its columns are mapped. */
  handle: fileHandleSchema.nullable(),
});
export type ImportedFile = z.infer<typeof importedFileSchema>;

/** Files by what became of them (a file of several runs counts once), the runs that were made, and their attempts. */
export const importSumsSchema = z.strictObject({
  files: countSchema,
  byStatus: z.record(z.enum(importStatuses), countSchema),
  runs: countSchema,
  attempts: countSchema,
});
export type ImportSums = z.infer<typeof importSumsSchema>;

export const importReportSchema = z.strictObject({
  /** Names the import, so that it can be undone as one; null where nothing was taken in. */
  id: idSchema.nullable(),
  at: timeSchema,
  /** What came before a cancellation stays, and is listed. */
  cancelled: z.boolean(),
  files: z.array(importedFileSchema),
  sums: importSumsSchema,
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** An import as the vault remembers it: the files that became runs. */
export const recentImportSchema = z.strictObject({
  id: idSchema,
  at: timeSchema,
  byName: z.string(),
  files: z.array(importedFileSchema),
  sums: importSumsSchema,
  undone: z.boolean(),
  /** Why it cannot be undone (any more); null: it can. */
  keptBecause: z.string().nullable(),
});
export type RecentImport = z.infer<typeof recentImportSchema>;

/** What a column of somebody's table can be. `metadata` may stand at several columns, every other field at one. */
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
  "metadata",
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
  /** Null: the column is left out. */
  field: tableFieldSchema.nullable(),
  /** For durations only. */
  unit: timeUnitSchema.nullable(),
  /** For metadata only: the name that the value is kept under (metadata.NAME); absent: that of the column. */
  key: z.string().min(1).max(100).optional(),
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
export const tableColumnSchema = z.strictObject({
  index: countSchema,
  name: z.string(),
  /** The first few cells that are not empty, cut. */
  examples: z.array(z.string()),
  /** How sure the proposed field is, 0 to 1; 0 where none is proposed. */
  confidence: z.number(),
});
export type TableColumn = z.infer<typeof tableColumnSchema>;

export const rowRefusalReasons = [
  "row-malformed",
  "row-too-long",
  "row-not-an-object",
  "too-many-cells",
  "task-missing",
  "task-too-long",
  "epoch-invalid",
  "duplicate-attempt",
  "outcome-unknown",
  "score-invalid",
  "scores-invalid",
  "number-invalid",
  "duration-invalid",
  "date-invalid",
] as const;
export const rowRefusalReasonSchema = z.enum(rowRefusalReasons);
export type RowRefusalReason = z.infer<typeof rowRefusalReasonSchema>;

export const refusedRowSchema = z.strictObject({
  /** Where the row begins, from 1. */
  line: countSchema,
  reason: rowRefusalReasonSchema,
  /** The column that it is about, null where it is about the row. */
  column: z.string().nullable(),
  /** The cell, cut; "" where the row has none. */
  text: z.string(),
});
export type RefusedRow = z.infer<typeof refusedRowSchema>;

export const takenRowSchema = z.strictObject({
  line: countSchema,
  model: z.string(),
  benchmark: z.string(),
  attempt: attemptRecordSchema,
  /** What the row says of its task, as against the attempt. */
  task: z.strictObject({
    category: z.string().nullable(),
    difficulty: z.string().nullable(),
    humanMinutes: z.number().nullable(),
  }),
  /** Texts that were longer than an attempt keeps. */
  cut: countSchema,
});
export type TakenRow = z.infer<typeof takenRowSchema>;

export const tableCountsSchema = z.strictObject({
  /** Rows of the file without its header and empty lines. */
  rows: countSchema,
  taken: countSchema,
  refused: countSchema,
  byReason: z.partialRecord(rowRefusalReasonSchema, countSchema),
  /** Texts that were longer than an attempt keeps, and were cut. */
  cut: countSchema,
  tasks: countSchema,
  epochs: countSchema,
});
export type TableCounts = z.infer<typeof tableCountsSchema>;

/** A dry run over the whole table. */
export const tablePreviewSchema = z.strictObject({
  columns: z.array(tableColumnSchema),
  /** As it was given, or as proposed. */
  mapping: tableMappingSchema,
  /** Why nothing can be taken in with this mapping (no column names the tasks …); null: it can. */
  unfit: z.string().nullable(),
  /** The first rows that would be refused, and why: at most 500. */
  refused: z.array(refusedRowSchema),
  /** The first rows as they would be taken: at most 50. */
  rows: z.array(takenRowSchema),
  counts: tableCountsSchema,
  /** Words of the columns that say what came of an attempt, and what each means; null: nobody knows, its rows are refused. */
  words: z.array(
    z.strictObject({
      text: z.string(),
      rows: countSchema,
      meaning: z.strictObject({ outcome: outcomeStateSchema, score: z.number().nullable() }).nullable(),
    }),
  ),
  /** One entry a run that the table would become. */
  runs: z.array(z.strictObject({ model: z.string(), benchmark: z.string(), attempts: countSchema })),
  /** The run that this very file was taken in as before; null: it was not. */
  known: idSchema.nullable(),
});
export type TablePreview = z.infer<typeof tablePreviewSchema>;

export const exportFormats = ["csv", "jsonl", "parquet", "precomputed-scores"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const importingRequests = {
  /** Logs of any harness that a reader knows, files and folders. Each file is taken in whole or not at all. */
  "imports.logs": {
    input: z.strictObject({ files: z.array(fileHandleSchema).min(1).max(10_000), campaignId: idSchema.nullable() }),
    output: importReportSchema,
  },
  "imports.previewTable": {
    input: z.strictObject({ file: fileHandleSchema, mapping: tableMappingSchema.nullable() }),
    output: tablePreviewSchema,
  },
  /** Takes a table in by its mapping. Refused rows are left out and counted: the preview showed them. */
  "imports.table": {
    input: z.strictObject({ file: fileHandleSchema, mapping: tableMappingSchema, campaignId: idSchema.nullable() }),
    output: importReportSchema,
  },
  /** Withdraws all runs of an import that nobody has looked into or changed since; its files can be taken in again. */
  "imports.undo": {
    input: z.strictObject({ importId: idSchema }),
    output: z.strictObject({ withdrawn: z.array(z.strictObject({ id: idSchema, code: z.string() })) }),
  },
  /** The newest 50 imports, the newest first. */
  "imports.recent": { input: z.strictObject({}), output: z.array(recentImportSchema) },
  /** Of one run, of a campaign, or of all; `precomputed-scores` is of one run. */
  "exports.attempts": {
    input: z.strictObject({
      format: z.enum(exportFormats),
      runId: idSchema.nullable(),
      campaignId: idSchema.nullable(),
      destination: fileHandleSchema,
    }),
    output: z.strictObject({
      attempts: countSchema,
      bytes: countSchema,
      /** Attempts that the format has no place for, by their state. */
      leftOut: z.array(z.strictObject({ outcome: outcomeStateSchema, count: countSchema })),
    }),
  },
} as const;
