import { z } from "zod";
import { runSchema } from "./evaluation.ts";
import { importedFileSchema } from "./importing.ts";
import { countSchema, idSchema, ledgerSchema, timeSchema } from "./values.ts";

export const overviewSchema = z.strictObject({
  campaigns: z.array(
    z.strictObject({ id: idSchema, name: z.string(), dueAt: timeSchema.nullable(), ledger: ledgerSchema }),
  ),
  /** Cells of plans that the member who asks is to run and that have attempts left, the next due first. */
  assignments: z.array(
    z.strictObject({
      campaign: z.strictObject({ id: idSchema, name: z.string() }),
      modelVersionId: idSchema,
      modelVersion: z.string(),
      benchmarkId: idSchema,
      benchmark: z.string(),
      /** Its own, or the campaign's. */
      dueAt: timeSchema.nullable(),
      planned: countSchema,
      notRun: countSchema,
    }),
  ),
  runsUnderWay: z.array(runSchema),
  recentImports: z.array(importedFileSchema.extend({ at: timeSchema })),
  reportsOpen: z.array(
    z.strictObject({ id: idSchema, code: z.string(), title: z.string(), state: z.string(), changedAt: timeSchema }),
  ),
  /** What to do next in a vault that has not got far, in order; empty when all is under way. */
  nextSteps: z.array(
    z.enum(["add-model", "add-benchmark", "plan-campaign", "log-or-import", "write-report", "add-recipient"]),
  ),
  attempts: countSchema,
  refusedEvents: countSchema,
});
export type Overview = z.infer<typeof overviewSchema>;

export const overviewRequests = {
  "overview.get": { input: z.strictObject({}), output: overviewSchema },
} as const;
