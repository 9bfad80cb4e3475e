import { z } from "zod";
import canonicalize from "canonicalize";
import { SealingError } from "./errors.ts";

/** The signed list of what is in a sealed report, for whom, and where the vault stood. See `docs/sealed-report.md`. */

export const manifestPath = "manifest.json";
export const checkpointPath = "checkpoint.note";
export const manifestFormat = "evalvault-sealed-report";
export const manifestVersion = 1;

/** Where the signature of the manifest by its signer number `index` (from 0) is. */
export const signaturePath = (index: number, keyId: string): string =>
  index === 0 ? `${manifestPath}.minisig` : `${manifestPath}.${keyId}.minisig`;

const line = (limit: number) =>
  z
    .string()
    .min(1)
    .max(limit)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}]*$/u, "one printable line");
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${String(2 * bytes)}}$`), "hexadecimal");
const count = z.int().nonnegative();

const encryptionSchema = z.discriminatedUnion("scheme", [
  z.strictObject({
    scheme: z.enum(["X25519", "mlkem768x25519"]),
    recipients: z.array(z.strictObject({ keyId: hex(16), name: line(200).optional() })).min(1),
  }),
  z.strictObject({ scheme: z.literal("scrypt") }),
]);

export const manifestSchema = z.strictObject({
  format: z.literal(manifestFormat),
  version: z.literal(manifestVersion),
  report: z.strictObject({ id: line(100), revision: z.int().positive() }),
  marking: line(300),
  outerMarking: line(300).optional(),
  createdAt: z.iso.datetime({ precision: 3 }),
  tool: z.strictObject({ name: z.literal("evalvault"), version: line(50) }),
  /** Where the vault stood: the note is the member `checkpoint.note`, told here as well. `root` is base64. */
  checkpoint: z.strictObject({
    origin: line(300),
    size: count,
    root: z.base64().length(44),
    note: z.literal(checkpointPath),
  }),
  encryption: encryptionSchema,
  /** How many people prepared the report; their names may be left out. */
  preparedByCount: z.int().positive(),
  signers: z
    .array(
      z.strictObject({
        /** See `formatKeyId`. */
        keyId: z.string().regex(/^[0-9A-F]{16}$/),
        /** The base64 line of a minisign public key. */
        publicKey: z.string().length(56),
        memberId: line(100),
        name: line(200).optional(),
        /** The member of this package that is this signer's signature of `manifest.json`. */
        signature: line(100),
      }),
    )
    .min(1),
  /** Every other member, sorted by path; neither the manifest nor its signatures are in it. */
  members: z.array(z.strictObject({ path: line(100), size: count, sha256: hex(32) })).min(1),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The manifest's bytes: RFC 8785 canonical JSON, so that one manifest has one encoding. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const text = canonicalize(manifestSchema.parse(manifest));
  if (text === undefined) throw new SealingError("package-invalid", "The manifest cannot be written as JSON.");
  return new TextEncoder().encode(text);
}

const invalid = (why: string, params: Record<string, string | number> = {}): SealingError =>
  new SealingError("package-invalid", `The manifest of the sealed report cannot be used: ${why}.`, params);

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw invalid("it is not JSON");
  }
}

/**
 * Reads a manifest.
 * @throws SealingError `package-invalid`: no JSON, a later version, another shape, or not in canonical form
 */
export function decodeManifest(bytes: Uint8Array): Manifest {
  const value = parseJson(bytes);
  const header = z.looseObject({ format: z.string(), version: z.number() }).safeParse(value);
  if (!header.success || header.data.format !== manifestFormat) throw invalid("it is of another kind");
  if (header.data.version > manifestVersion) {
    throw invalid("it is of a later version; open it with a newer EvalVault", { version: header.data.version });
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw invalid(`its fields are wrong (${parsed.error.issues[0]?.path.join(".") ?? "all"})`);
  // A second encoding of the same manifest could show other readers other things (repeated names, say).
  if (Buffer.compare(encodeManifest(parsed.data), bytes) !== 0) throw invalid("it is not in canonical form");
  return parsed.data;
}

/** What a signature's trusted comment says: minisign's own fields first, then ours, tab-separated `name:value`. */
export function trustedComment(manifest: Manifest): string {
  const { checkpoint, report } = manifest;
  return [
    `timestamp:${String(Math.floor(Date.parse(manifest.createdAt) / 1000))}`,
    `file:${manifestPath}`,
    "hashed",
    `report:${report.id}`,
    `revision:${String(report.revision)}`,
    `checkpoint:${String(checkpoint.size)}:${checkpoint.root}`,
  ].join("\t");
}
