import { z } from "zod";
import {
  claimSchema,
  contributorKeySchema,
  handoverKindSchema,
  hex32Schema,
  memberIdSchema,
  originCheckpointSchema,
  originEntrySchema,
} from "../contract/handover-package.ts";
import { markingSchema } from "../contract/marking.ts";
import { invalidPackage } from "./errors.ts";

/** `handover.json`, the first member of a package. See `docs/hand-over.md`. */

export const manifestPath = "handover.json";
export const signaturePath = "handover.sig";
const blobsFolder = "blobs/";
export const blobPath = (sha256: string): string => `${blobsFolder}${sha256}`;

export const handoverForm = "evalvault-handover/1";

const packedEventSchema = z.strictObject({
  event: z.strictObject({
    id: z.string().min(8).max(64),
    type: z.string().max(100),
    v: z.int().min(1),
    at: z.int(),
    by: z.string().max(100),
    body: z.unknown(),
  }),
  claim: claimSchema,
});

export const manifestSchema = z.strictObject({
  form: z.literal(handoverForm),
  /** Of this package, by chance. */
  id: z.string().regex(/^[0-9a-f]{32}$/),
  kind: handoverKindSchema,
  /** Milliseconds since 1970; a whole second, for the archive's headers hold no more. */
  at: z.int().nonnegative().multipleOf(1000),
  marking: markingSchema,
  vault: z.strictObject({ id: hex32Schema, name: z.string().min(1).max(200) }),
  /** Member of that vault; signs the package. */
  sender: memberIdSchema,
  /** To whom it is sealed: somebody else to whom it is passed on takes none of it. */
  recipient: z.strictObject({ vaultId: hex32Schema, memberId: memberIdSchema, key: z.string().max(100) }),
  /** Everyone whose event, or signature of an event or a checkpoint, is in it; the sender too. */
  contributors: z.array(contributorKeySchema).min(1).max(10_000),
  /** The first is the newest of the sender's own vault. */
  checkpoints: z.array(originCheckpointSchema).min(1).max(10_000),
  /** Proofs that the first checkpoint continues the trees of earlier sizes (RFC 6962). */
  consistency: z.array(z.strictObject({ size: z.int().positive(), path: z.array(hex32Schema).max(130) })).max(100),
  entries: z.array(originEntrySchema).max(1_000_000),
  /** In an order in which each can be taken after those before it. */
  events: z.array(packedEventSchema).min(1).max(1_000_000),
  /** Members `blobs/SHA-256`, in this order. */
  blobs: z.array(z.strictObject({ sha256: hex32Schema, size: z.int().nonnegative() })).max(1_000_000),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type PackedEvent = Manifest["events"][number];

/** Largest manifest: an entry of the receiving vault's journal must hold its events. */
export const manifestLimit = 192 * 1024 * 1024;

export function encodeManifest(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(manifestSchema.parse(manifest)));
}

/** @throws HandoverError `package-invalid` */
export function decodeManifest(bytes: Uint8Array): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw invalidPackage("its list of contents is not JSON");
  }
  const header = z.looseObject({ form: z.string() }).safeParse(value);
  if (!header.success) throw invalidPackage("its list of contents is of another kind");
  if (header.data.form !== handoverForm) throw invalidPackage("it is of another form, or of a newer EvalVault");
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) {
    throw invalidPackage(`its fields are wrong (${parsed.error.issues[0]?.path.join(".") ?? "all"})`);
  }
  return parsed.data;
}
