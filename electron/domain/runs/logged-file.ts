import { z } from "zod";

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** A further file of a run: an earlier or later log of the same evaluation, or what its harness writes beside the log. */
export const otherFileSchema = z.strictObject({
  fileName: z.string().max(1_000),
  sha256: sha256Schema,
  bytes: z.int().nonnegative(),
  blob: z.string().max(100),
  kind: z.enum(["log", "companion"]),
  format: z.string().max(100),
  status: z.string().max(50),
  /** Attempts of the run that come from this file. */
  attempts: z.int().nonnegative(),
});
export type OtherFile = z.infer<typeof otherFileSchema>;

/** The log that a run was imported from: what its journal entry keeps of it. */
export const loggedFileSchema = z.strictObject({
  fileName: z.string().max(1_000),
  sha256: sha256Schema,
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
  /** Which run of the file it is, as its reader calls it; absent where the file holds one. */
  part: z.string().max(500).optional(),
  /** Which evaluation it is a log of: retries of one evaluation share it. Absent where the log does not say. */
  evaluation: z.string().max(2_000).optional(),
  /** Attempts that come from this file; absent where it is the only one. */
  attempts: z.int().nonnegative().optional(),
  others: z.array(otherFileSchema).max(1_000).optional(),
});
export type LoggedFile = z.infer<typeof loggedFileSchema>;

/** By what a run of a file is known again: the file's content, and which run of it. */
export function logKey(sha256: string, part: string): string {
  return part === "" ? sha256 : `${sha256}/${part}`;
}

/** The keys of everything that the run was made from. */
export function logKeys({ sha256, part, others }: LoggedFile): string[] {
  const logs = (others ?? []).filter(({ kind }) => kind === "log");
  return [...new Set([logKey(sha256, part ?? ""), ...logs.map((log) => logKey(log.sha256, ""))])];
}
