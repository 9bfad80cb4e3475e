import { z } from "zod";
import { presentSecondSchema } from "./two-persons.ts";
import { compartmentSchema, countSchema, fileHandleSchema, lineSchema, timeSchema } from "./values.ts";

/** The journal as it is shown, the checkpoints over it, and what outside of the file vouches for them. */

export const journalEventSchema = z.strictObject({
  seq: countSchema,
  index: countSchema,
  id: z.string(),
  type: z.string(),
  at: timeSchema,
  by: z.string(),
  byName: z.string(),
  compartment: compartmentSchema,
  /** One sentence: what happened, to what. */
  words: z.string(),
  /** Why the fold refused it; null when it stands. */
  refused: z.string().nullable(),
  /** The member who asks has no key for it: only that it is there, and whole, is known. */
  sealed: z.boolean(),
  /** What is odd about its clock, null when nothing is. */
  clock: z.string().nullable(),
});
export type JournalEventRow = z.infer<typeof journalEventSchema>;

const cosignerSchema = z.strictObject({ id: z.string(), name: z.string(), at: timeSchema });

export const checkpointRowSchema = z.strictObject({
  size: countSchema,
  root: z.string(),
  signer: z.string(),
  signerName: z.string(),
  cosigners: z.array(cosignerSchema),
  note: z.string(),
});

export const anchorKinds = ["workstation", "sealed-report", "cosigned", "checkpoint-file", "hand-over"] as const;

/** Something outside of the order of the file that says how far the journal had got, and with which root. */
export const anchorSchema = z.strictObject({
  kind: z.enum(anchorKinds),
  size: countSchema,
  root: z.string(),
  at: timeSchema,
  /** Which report, file or member. */
  source: z.string(),
  /**
   * "ahead": it saw more than this file has; "parted": the same size with another root; "unsigned": nobody whom this file
   * knows signed it, so it proves nothing.
   */
  verdict: z.enum(["agrees", "ahead", "parted", "unsigned"]),
});
export type Anchor = z.infer<typeof anchorSchema>;

export const journalRequests = {
  "journal.list": {
    input: z.strictObject({
      /** Newest first. */
      offset: countSchema,
      limit: z.int().min(1).max(500),
      type: z.string().max(100).optional(),
      refusedOnly: z.boolean().optional(),
      /** Only what the clock is odd about. */
      clockOnly: z.boolean().optional(),
    }),
    output: z.strictObject({ total: countSchema, events: z.array(journalEventSchema) }),
  },
  "journal.event": {
    input: z.strictObject({ seq: countSchema, index: countSchema }),
    /** The event as stored, pretty-printed JSON, cut at 200,000 characters; empty where it is sealed. */
    output: z.strictObject({ event: journalEventSchema, json: z.string() }),
  },
  "journal.checkpoints": {
    input: z.strictObject({ offset: countSchema, limit: z.int().min(1).max(500) }),
    output: z.strictObject({ total: countSchema, checkpoints: z.array(checkpointRowSchema) }),
  },
  /** A second member vouches for the newest checkpoint: the one who unlocked, or one who is present. */
  "journal.cosign": {
    input: z.strictObject({ second: presentSecondSchema.optional() }),
    output: z.strictObject({ size: countSchema, root: z.string(), cosigners: z.array(cosignerSchema) }),
  },
  /** The newest cosigned checkpoint, or the newest, with all its signatures: a file to keep elsewhere. */
  "journal.saveCheckpoint": {
    input: z.strictObject({ destination: fileHandleSchema }),
    output: z.strictObject({ fileName: z.string(), size: countSchema, root: z.string(), signatures: countSchema }),
  },
  /** Compares a checkpoint kept elsewhere with this vault and remembers it as an anchor. */
  "journal.checkCheckpoint": { input: z.strictObject({ file: fileHandleSchema }), output: anchorSchema },
  "journal.anchors": { input: z.strictObject({}), output: z.array(anchorSchema) },
  /** An entry's proof of inclusion under the newest checkpoint, as a C2SP tlog-proof file. */
  "journal.saveProof": {
    input: z.strictObject({ seq: countSchema, destination: fileHandleSchema }),
    output: z.strictObject({ fileName: z.string(), seq: countSchema, size: countSchema, root: z.string() }),
  },
  /** RFC 6962 proof that the journal of `to` entries continues that of `from`; checked before it is given. */
  "journal.consistency": {
    input: z.strictObject({ from: countSchema, to: countSchema }),
    output: z.strictObject({
      from: z.strictObject({ size: countSchema, root: z.string() }),
      to: z.strictObject({ size: countSchema, root: z.string() }),
      /** SHA-256 hashes, hex. */
      path: z.array(lineSchema),
    }),
  },
} as const;
