import { z } from "zod";

/**
 * What a hand-over package and the journal entry that received it both hold: who made each event, in which vault, and
 * what proves it. Format: `docs/hand-over.md`.
 */

/** 32 bytes as lower-case hex: a vault id, a hash, an Ed25519 public key. */
export const hex32Schema = z.string().regex(/^[0-9a-f]{64}$/, "32 bytes in hex");
export const memberIdSchema = z.string().regex(/^[0-9a-f]{32}$/, "a member id");
const placeSchema = z.int().nonnegative();

/** Somebody whose act or signature a package carries. Name and vault name are what the sender's vault calls them. */
export const contributorKeySchema = z.strictObject({
  vaultId: hex32Schema,
  vaultName: z.string().min(1).max(200),
  memberId: memberIdSchema,
  name: z.string().min(1).max(200),
  /** Ed25519. */
  key: hex32Schema,
});
export type ContributorKey = z.infer<typeof contributorKeySchema>;

/** A checkpoint of the vault that events come from: the whole C2SP signed note. */
export const originCheckpointSchema = z.strictObject({ vaultId: hex32Schema, note: z.string().max(65_536) });
export type OriginCheckpoint = z.infer<typeof originCheckpointSchema>;

/** An entry of that vault's journal, proved to be under one of the checkpoints (RFC 6962 audit path). */
export const originEntrySchema = z.strictObject({
  /** Place in the list of checkpoints. */
  checkpoint: placeSchema,
  seq: placeSchema,
  leaf: hex32Schema,
  path: z.array(hex32Schema).max(63),
});
export type OriginEntry = z.infer<typeof originEntrySchema>;

/** Latest stamp that is taken: room enough is left above it for every later event. */
export const latestStamp = 2 ** 52;

/** What stands behind one event: where it is in its own vault, whose it is, and who signed that. */
export const claimSchema = z.strictObject({
  /** Place in the list of entries. */
  entry: placeSchema,
  /** Place in the entry's batch. */
  index: placeSchema,
  /** The event's logical time in its vault: what orders changes to one attempt wherever they arrive. */
  stamp: z.int().nonnegative().max(latestStamp),
  /** Key of whoever made the event. */
  author: hex32Schema,
  /** Key of whoever signed: the author, or a member of the same vault who vouches for the author. */
  signer: hex32Schema,
  /** Ed25519, base64. */
  signature: z.base64().length(88),
});
export type Claim = z.infer<typeof claimSchema>;

export const handoverKinds = ["runs", "assignment"] as const;
export const handoverKindSchema = z.enum(handoverKinds);
export type HandoverKind = z.infer<typeof handoverKindSchema>;
