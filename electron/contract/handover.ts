import { z } from "zod";
import { runStateSchema } from "./evaluation.ts";
import { handoverKindSchema, hex32Schema, memberIdSchema } from "./handover-package.ts";
import { markingSchema } from "./marking.ts";
import { compartmentSchema, countSchema, fileHandleSchema, idSchema, memberRoleSchema, timeSchema } from "./values.ts";

/** Carrying work between workstations: cards, packages, and what a package would change before it is taken. */

/** A key as people compare it: read aloud, by another way than the file came. */
export const keyFingerprintSchema = z.strictObject({
  /** 32 hex digits. */
  id: z.string().regex(/^[0-9a-f]{32}$/),
  /** The same in groups of four. */
  hex: z.string(),
  /** The same as twelve words. */
  words: z.string(),
});
export type KeyFingerprint = z.infer<typeof keyFingerprintSchema>;

/** Whom a package is sealed to, and by what key their packages are known later. */
export const handoverCardSchema = z.strictObject({
  name: z.string(),
  role: memberRoleSchema,
  vaultId: hex32Schema,
  /** What anyone who holds the vault file can read of it: a card is not encrypted. */
  vaultLabel: z.string(),
  memberId: memberIdSchema,
  /** Ed25519, hex. */
  key: hex32Schema,
  /** age public key. */
  recipient: z.string(),
  fingerprint: keyFingerprintSchema,
});
export type HandoverCard = z.infer<typeof handoverCardSchema>;

export const newnessSchema = z.enum(["new", "changed", "known"]);
export type Newness = z.infer<typeof newnessSchema>;

export const contributorSchema = z.strictObject({
  memberId: memberIdSchema,
  name: z.string(),
  vaultName: z.string(),
  key: hex32Schema,
  fingerprint: keyFingerprintSchema,
  /** "member": of this vault; "accepted": by somebody here, from an earlier package; "new": to be compared now. */
  standing: z.enum(["member", "accepted", "new"]),
  /** Whether they signed something themselves. False: somebody of their vault vouches for them. */
  signed: z.boolean(),
  events: countSchema,
});
export type Contributor = z.infer<typeof contributorSchema>;

const namedSchema = z.strictObject({ id: idSchema, words: z.string(), newness: newnessSchema });

export const handedRunSchema = z.strictObject({
  id: idSchema,
  /** Its code in this vault; null where it is not here yet. */
  code: z.string().nullable(),
  model: z.string(),
  benchmark: z.string(),
  campaign: z.string().nullable(),
  newness: newnessSchema,
  /** Events of it that are not here yet. */
  newEvents: countSchema,
  /** Attempts that are planned, and those of them that were run, after receipt. */
  planned: countSchema,
  run: countSchema,
  /** The state that it would have here. */
  state: runStateSchema,
  /** Code of a run of this vault that came from the very same log; both are kept, one is counted. */
  sameLogAs: z.string().nullable(),
});
export type HandedRun = z.infer<typeof handedRunSchema>;

/** What does not go in as things stand here, and why; the rest does. Receiving again later takes it. */
export const heldBackSchema = z.strictObject({
  type: z.string(),
  about: z.string().nullable(),
  by: z.string(),
  at: timeSchema,
  reason: z.string(),
});

export const handoverPreviewSchema = z.strictObject({
  packageId: z.string(),
  kind: handoverKindSchema,
  packedAt: timeSchema,
  marking: markingSchema,
  vault: z.strictObject({ id: hex32Schema, name: z.string() }),
  sender: contributorSchema,
  /** Everyone else whose events or signatures it carries. */
  others: z.array(contributorSchema),
  /** Whether a key must be accepted before it can be received. */
  newContributor: z.boolean(),
  checkpoint: z.strictObject({
    size: countSchema,
    /** 64 hex digits. */
    root: z.string(),
    /** "first": this vault saw none of it before; "continued": proved to continue one seen before; "same": seen before;
     *  "unproved": others were seen before, and the package holds no proof between them. */
    standing: z.enum(["first", "same", "continued", "unproved"]),
  }),
  models: z.array(namedSchema),
  benchmarks: z.array(namedSchema),
  campaigns: z.array(namedSchema),
  runs: z.array(handedRunSchema),
  events: z.strictObject({ total: countSchema, new: countSchema, known: countSchema }),
  heldBack: z.array(heldBackSchema),
  /** Bytes of evidence and logs that would be kept, and how many files they are. */
  evidence: z.strictObject({ files: countSchema, bytes: countSchema }),
});
export type HandoverPreview = z.infer<typeof handoverPreviewSchema>;

export const handoverRecordSchema = z.strictObject({
  direction: z.enum(["sent", "received"]),
  packageId: z.string(),
  kind: handoverKindSchema,
  at: timeSchema,
  byName: z.string(),
  /** To whom, or from whom. */
  peer: z.strictObject({ name: z.string(), vaultName: z.string(), fingerprint: keyFingerprintSchema }),
  runs: countSchema,
  events: countSchema,
  entry: countSchema,
});
export type HandoverRecord = z.infer<typeof handoverRecordSchema>;

export const handoverContentsSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("runs"), runIds: z.array(idSchema).min(1).max(10_000) }),
  z.strictObject({ kind: z.literal("assignment"), campaignId: idSchema }),
]);

export const handoverRequests = {
  /** This member's card; saved where a destination is given. */
  "handover.card": {
    input: z.strictObject({ destination: fileHandleSchema.optional() }),
    output: handoverCardSchema,
  },
  /** Somebody's card, checked: what to compare before anything is sealed to them. */
  "handover.readCard": { input: z.strictObject({ card: fileHandleSchema }), output: handoverCardSchema },
  "handover.pack": {
    input: z.strictObject({
      /** The receiver's card. */
      card: fileHandleSchema,
      contents: handoverContentsSchema,
      destination: fileHandleSchema,
    }),
    output: z.strictObject({
      packageId: z.string(),
      fileName: z.string(),
      bytes: countSchema,
      to: handoverCardSchema,
      runs: countSchema,
      events: countSchema,
      evidence: z.strictObject({ files: countSchema, bytes: countSchema }),
    }),
  },
  /** Opens and verifies the whole package and says what receiving it would do. Writes nothing. */
  "handover.preview": { input: z.strictObject({ file: fileHandleSchema }), output: handoverPreviewSchema },
  /** Takes what is not here yet, in one entry. Twice the same package: nothing is written the second time. */
  "handover.receive": {
    input: z.strictObject({
      file: fileHandleSchema,
      /** Keys (64 hex digits) of signers that a person has compared and accepts. */
      acceptContributors: z.array(hex32Schema).max(1_000),
      /** Where campaigns, and runs of no campaign, are to go; the shared compartment unless said. */
      compartment: compartmentSchema.optional(),
    }),
    output: z.strictObject({
      /** The entries that hold it, one a compartment; none where nothing was new. */
      entries: z.array(countSchema),
      taken: handoverPreviewSchema,
    }),
  },
  "handover.list": {
    input: z.strictObject({}),
    output: z.strictObject({ handovers: z.array(handoverRecordSchema), contributors: z.array(contributorSchema) }),
  },
} as const;
