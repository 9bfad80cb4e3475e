import { z } from "zod";
import { countSchema, idSchema, nameSchema } from "./values.ts";

/** Every table of the app under one way of sorting, filtering and grouping; and the ways that people kept. */

export const tableIds = [
  "attempts",
  "runs",
  "tasks",
  "models",
  "benchmarks",
  "campaigns",
  "reports",
  "recipients",
  "findings",
  "members",
  "journal",
] as const;
export const tableIdSchema = z.enum(tableIds);
export type TableId = z.infer<typeof tableIdSchema>;

/** What of a table is looked at; a table takes of it what it has (attempts, runs and findings all, tasks a benchmark). */
export const tableScopeSchema = z.strictObject({
  campaignId: idSchema.optional(),
  runId: idSchema.optional(),
  modelVersionId: idSchema.optional(),
  benchmarkId: idSchema.optional(),
});
export type TableScope = z.infer<typeof tableScopeSchema>;

/** "set": any number of words a row (tags); can be filtered by, neither sorted nor grouped. Times in ms since 1970. */
export const columnKinds = ["text", "number", "time", "choice", "set"] as const;

export const tableColumnSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  kind: z.enum(columnKinds),
  /** "tokens", "min", "USD"; null where there is none. */
  unit: z.string().nullable(),
  canSort: z.boolean(),
  canGroup: z.boolean(),
  /** What stands in it, the most frequent first, at most 200; null where it is free text or a number. */
  choices: z.array(z.strictObject({ value: z.string(), words: z.string(), count: countSchema })).nullable(),
});
export type TableColumnFacts = z.infer<typeof tableColumnSchema>;

/** A column's id: one of the table's own, or `metadata.` and a key that samples carry. */
export const columnIdSchema = z.string().min(1).max(220);
const valueSchema = z.string().max(2_000).nullable();

/** One condition; a row stays when all hold. `null` among the values stands for "nothing there". */
export const filterSchema = z.discriminatedUnion("test", [
  z.strictObject({ test: z.literal("any-of"), column: columnIdSchema, values: z.array(valueSchema).min(1).max(200) }),
  z.strictObject({ test: z.literal("none-of"), column: columnIdSchema, values: z.array(valueSchema).min(1).max(200) }),
  z.strictObject({ test: z.literal("contains"), column: columnIdSchema, words: z.string().min(1).max(200) }),
  /** Both ends belong to it; null: no end there. */
  z.strictObject({
    test: z.literal("between"),
    column: columnIdSchema,
    low: z.number().nullable(),
    high: z.number().nullable(),
  }),
  z.strictObject({ test: z.literal("empty"), column: columnIdSchema }),
  z.strictObject({ test: z.literal("filled"), column: columnIdSchema }),
]);
export type TableFilter = z.infer<typeof filterSchema>;

export const tableSortSchema = z.strictObject({ column: columnIdSchema, descending: z.boolean() });

/** How a table is looked at. `words`: each must be found in one of the table's texts. */
export const tableViewSchema = z.strictObject({
  words: z.string().max(200),
  filters: z.array(filterSchema).max(20),
  sort: z.array(tableSortSchema).max(4),
  group: columnIdSchema.nullable(),
});
export type TableView = z.infer<typeof tableViewSchema>;
export const plainView: TableView = { words: "", filters: [], sort: [], group: null };

export const cellValueSchema = z.union([z.string(), z.number(), z.null()]);

export const tableRowSchema = z.strictObject({
  /** Names the row: the id of the thing; of an attempt see `attemptRowId`. */
  id: z.string(),
  /** The group that it is in, as `groups` names it; null where nothing is there or nothing is grouped. */
  group: z.string().nullable(),
  cells: z.record(z.string(), cellValueSchema),
});
export type TableRow = z.infer<typeof tableRowSchema>;

export const tablePageSchema = z.strictObject({
  total: countSchema,
  /** Groups in the order of the rows, at most 1,000; empty where nothing is grouped. */
  groups: z.array(z.strictObject({ value: z.string().nullable(), words: z.string(), count: countSchema })),
  rows: z.array(tableRowSchema),
});
export type TablePage = z.infer<typeof tablePageSchema>;

export const savedViewSchema = z.strictObject({
  id: idSchema,
  table: tableIdSchema,
  name: z.string(),
  view: tableViewSchema,
  /** Whether all who read the vault's evaluations see it, or only who saved it. */
  forEveryone: z.boolean(),
  by: z.string(),
  byName: z.string(),
  mine: z.boolean(),
});
export type SavedView = z.infer<typeof savedViewSchema>;

/** The row id of an attempt: its run, its epoch, and the rest is the task. */
export function attemptRowId(address: { runId: string; task: string; epoch: number }): string {
  return `${address.runId}/${String(address.epoch)}/${address.task}`;
}

/** The attempt that a row id names; null when it is none. */
export function attemptOfRow(id: string): { runId: string; task: string; epoch: number } | null {
  const [, runId, epoch, task] = /^([^/]+)\/(\d{1,7})\/(.+)$/s.exec(id) ?? [];
  return runId === undefined || task === undefined ? null : { runId, task, epoch: Number(epoch) };
}

export const tableRequests = {
  "tables.describe": {
    input: z.strictObject({ table: tableIdSchema, scope: tableScopeSchema }),
    output: z.array(tableColumnSchema),
  },
  /** Long work where the attempts of many runs have to be read first: tells how far it is and can be cancelled. */
  "tables.page": {
    input: z.strictObject({
      table: tableIdSchema,
      scope: tableScopeSchema,
      view: tableViewSchema,
      offset: countSchema,
      limit: z.int().min(1).max(500),
    }),
    output: tablePageSchema,
  },
  "views.list": { input: z.strictObject({ table: tableIdSchema }), output: z.array(savedViewSchema) },
  /** A new one, or, with the id of one's own, that one changed. */
  "views.save": {
    input: z.strictObject({
      id: idSchema.nullable(),
      table: tableIdSchema,
      name: nameSchema,
      view: tableViewSchema,
      forEveryone: z.boolean(),
    }),
    output: savedViewSchema,
  },
  /** Answers with what it was, so that saving that again is the undo. */
  "views.remove": { input: z.strictObject({ id: idSchema }), output: savedViewSchema },
} as const;
