import { z } from "zod";
import { comparisonAnswerSchema } from "./comparison-answer.ts";
import { blockShape, frozenTableSchema } from "./frozen-table.ts";
import { markingSchema } from "./marking.ts";
import { safeguardVariantSchema } from "./planning.ts";
import { releaseNoteSchema } from "./release-profile.ts";
import { reportTemplateIdSchema } from "./reporting.ts";
import { countSchema, ledgerSchema, rateSchema, timeSchema } from "./values.ts";

export { frozenTableSchema, type FrozenTable, type Provenance } from "./frozen-table.ts";

/**
 * A report with every number that it prints: what is frozen, hashed, signed and published. Figures and tables carry
 * their data and where it came from, so that nothing is asked of the vault once it is frozen.
 */

/** A figure by its data; whoever shows it draws it. */
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
  /** Model versions compared on one benchmark; null where there is nothing to show, which the caption then says. */
  z.strictObject({
    ...blockShape,
    kind: z.literal("comparison"),
    benchmark: z.string(),
    comparison: comparisonAnswerSchema.nullable(),
  }),
]);
export type FrozenFigure = z.infer<typeof frozenFigureSchema>;

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
  /** Only in a release that leaves something out: never in what is frozen and signed. */
  release: releaseNoteSchema.optional(),
});
export type FrozenReport = z.infer<typeof frozenReportSchema>;

/**
 * What a `[[figure:ID]]` or `[[table:ID]]` line places: the block of that id, or, where there is none, those whose ids
 * begin with it and a "-". "pairs" so places the paired differences on every benchmark, "pairs-cybench" those on one.
 */
export function placedBlocks<T extends { readonly id: string }>(blocks: readonly T[], id: string): readonly T[] {
  const exact = blocks.filter((block) => block.id === id);
  return exact.length > 0 ? exact : blocks.filter((block) => block.id.startsWith(`${id}-`));
}
