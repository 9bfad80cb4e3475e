import { z } from "zod";
import { safeguardVariantSchema } from "./planning.ts";
import { markingSchema } from "./marking.ts";
import { reportTemplateIdSchema } from "./reporting.ts";
import { countSchema, ledgerSchema, rateSchema, timeSchema } from "./values.ts";

/**
 * A report with every number that it prints: what is frozen, hashed, signed and published. Figures and tables carry
 * their data and where it came from, so that nothing is asked of the vault once it is frozen.
 */

/** Where the numbers of a block came from. */
export const provenanceSchema = z.strictObject({
  /** Codes of the runs, e.g. "R-0017". */
  runs: z.array(z.string()),
  /** First and last journal entry of those runs. */
  entries: z.strictObject({ first: countSchema, last: countSchema }),
  /** How the numbers were made: policy, interval method, unit of resampling. */
  method: z.string(),
});
export type Provenance = z.infer<typeof provenanceSchema>;

const blockShape = { id: z.string(), title: z.string(), caption: z.string(), provenance: provenanceSchema };

export const frozenFigureSchema = z.discriminatedUnion("kind", [
  /** A dot and its interval, a row each. */
  z.strictObject({
    ...blockShape,
    kind: z.literal("rates"),
    rows: z.array(z.strictObject({ label: z.string(), rate: rateSchema })),
  }),
  /** Every planned attempt by state, a bar each. */
  z.strictObject({
    ...blockShape,
    kind: z.literal("ledger"),
    rows: z.array(z.strictObject({ label: z.string(), ledger: ledgerSchema })),
  }),
  /** Model version × benchmark. A cell that was not run is absent. */
  z.strictObject({
    ...blockShape,
    kind: z.literal("matrix"),
    rows: z.array(z.string()),
    columns: z.array(z.string()),
    cells: z.array(z.strictObject({ row: countSchema, column: countSchema, rate: rateSchema })),
  }),
]);
export type FrozenFigure = z.infer<typeof frozenFigureSchema>;

/** A cell: the number itself, and its text as every surface prints it. */
export const frozenCellSchema = z.strictObject({
  value: z.union([z.string(), z.number(), z.null()]),
  text: z.string(),
});
export const frozenTableSchema = z.strictObject({
  ...blockShape,
  columns: z.array(
    z.strictObject({
      key: z.string(),
      label: z.string(),
      unit: z.string().nullable(),
      align: z.enum(["start", "end"]),
    }),
  ),
  rows: z.array(z.record(z.string(), frozenCellSchema)),
});
export type FrozenTable = z.infer<typeof frozenTableSchema>;

export const frozenReportSchema = z.strictObject({
  schema: z.literal("evalvault-report-1"),
  code: z.string(),
  revision: z.int(),
  template: reportTemplateIdSchema,
  title: z.string(),
  marking: markingSchema,
  /** The advisory notice that stands on every page. */
  notice: z.string(),
  scope: z.string(),
  preparedBy: z.string(),
  signaturesRequired: z.int(),
  generatedAt: timeSchema,
  /** Time of the newest journal entry that went into it. */
  dataCutOff: timeSchema,
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  checkpoint: z.strictObject({ size: countSchema, root: z.string(), note: z.string() }),
  models: z.array(
    z.strictObject({
      words: z.string(),
      developer: z.string(),
      name: z.string(),
      checkpoint: z.string(),
      safeguard: safeguardVariantSchema,
      access: z.string(),
      settings: z.string(),
    }),
  ),
  benchmarks: z.array(
    z.strictObject({
      title: z.string(),
      version: z.string(),
      digest: z.string(),
      tasks: countSchema,
      licence: z.string().nullable(),
      source: z.string().nullable(),
      scoring: z.string().nullable(),
    }),
  ),
  /** Markdown; a line `[[figure:ID]]` or `[[table:ID]]` places a block. Blocks that no section places follow at the end. */
  sections: z.array(z.strictObject({ id: z.string(), heading: z.string(), portion: z.string(), markdown: z.string() })),
  figures: z.array(frozenFigureSchema),
  tables: z.array(frozenTableSchema),
});
export type FrozenReport = z.infer<typeof frozenReportSchema>;
