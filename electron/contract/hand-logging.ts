import { z } from "zod";
import { loggedAttemptSchema } from "./evaluation.ts";
import { countSchema, fileHandleSchema, idSchema, secretSchema } from "./values.ts";

/** Logging by hand at speed: flags that are checked and never shown, blocks that are pasted from a spreadsheet. */

const taskSchema = z.string().min(1).max(2_000);

export const pastedBlockSchema = z.strictObject({
  /** "columns": a first line names what stands in each; "cells": outcomes from a cell of the grid down and to the right. */
  layout: z.enum(["columns", "cells"]),
  attempts: z.array(loggedAttemptSchema),
  /** Lines or cells that say nothing that can be logged; counted from 1. */
  refused: z.array(z.strictObject({ line: countSchema, text: z.string(), reason: z.string() })),
});
export type PastedBlock = z.infer<typeof pastedBlockSchema>;

export const handLoggingRequests = {
  /** Reads what was copied from a spreadsheet; changes nothing. What it answers with goes to `attempts.log`. */
  "attempts.readBlock": {
    input: z.strictObject({
      runId: idSchema,
      text: z.string().min(1).max(1_000_000),
      /** The tasks from the cell of the grid downwards, as they are sorted there. */
      tasks: z.array(taskSchema).max(5_000),
      epoch: z.int().min(1).max(1_000),
    }),
    output: pastedBlockSchema,
  },
  "attempts.checkFlag": {
    input: z.strictObject({ runId: idSchema, task: taskSchema, flag: secretSchema }),
    output: z.strictObject({ verdict: z.enum(["right", "wrong", "no-flag"]) }),
  },
  /** The tasks of a benchmark whose flags can be checked. */
  "benchmarks.flags": {
    input: z.strictObject({ benchmarkId: idSchema }),
    output: z.strictObject({ tasks: z.array(z.string()) }),
  },
  /** Keeps keyed hashes of the flags in a CSV or JSON file, in place of those kept before; the flags themselves are not kept. */
  "benchmarks.loadFlags": {
    input: z.strictObject({ benchmarkId: idSchema, file: fileHandleSchema }),
    output: z.strictObject({
      flags: countSchema,
      tasks: countSchema,
      /** Tasks in the file that the benchmark does not have, at most 100. */
      unknown: z.array(z.string()),
    }),
  },
} as const;
