import { z } from "zod";
import { countSchema } from "./values.ts";

/** A table of a report, and what every block of a report carries. */

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

/** What figures and tables have in common. */
export const blockShape = { id: z.string(), title: z.string(), caption: z.string(), provenance: provenanceSchema };

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
