import { z } from "zod";

/** The log that a run was imported from: what its journal entry keeps of it. */
export const loggedFileSchema = z.strictObject({
  fileName: z.string().max(1_000),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().nonnegative(),
  /** The stored original, from which transcripts are read. */
  blob: z.string().max(100),
  format: z.string().max(100),
  formatVersion: z.number().nullable(),
  harness: z.string().max(200),
  status: z.string().max(50),
  salvaged: z.boolean(),
  task: z.string().max(2_000),
  model: z.string().max(2_000),
  evalId: z.string().max(500),
  createdAt: z.number().nullable(),
  settings: z.string().max(1_000_000),
  lost: z
    .array(z.strictObject({ what: z.string().max(2_000), count: z.int().nonnegative(), reason: z.string().max(2_000) }))
    .max(10_000),
  notes: z.array(z.string().max(2_000)).max(1_000),
});
export type LoggedFile = z.infer<typeof loggedFileSchema>;
