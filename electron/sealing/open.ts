import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { decryptToMemory, type OpenWith, type Progress } from "./age.ts";
import { parseIdentities, parseRecipient } from "./age-keys.ts";
import { checkNoteSignatures, parseCheckpointNote } from "./checkpoint-note.ts";
import { SealingError } from "./errors.ts";
import {
  checkpointPath,
  decodeManifest,
  manifestPath,
  signaturePath,
  trustedComment,
  type Manifest,
} from "./manifest.ts";
import { formatKeyId, parsePublicKey, parseSignature, publicKeyLine, verifyBytes } from "./minisign.ts";
import { flushFolder, writeFlushed, writeNewFolder } from "./new-file.ts";
import { defaultLimit, findSealedFile, limitsFor } from "./sealed-source.ts";
import { checkEntryProof, isProofPath, type EntryProof } from "./tlog-proof.ts";
import { unpackTar } from "./tar.ts";

/** What a reader must be told; none of them means that the content was changed. */
export const openWarnings = [
  /** No signer of the manifest has signed it. */
  "unsigned",
  /** A signer whom the manifest names has not signed it: the signature was left out or taken away. */
  "signature-missing",
  /** It is signed, but by nobody whose key the reader trusts already. */
  "signer-unknown",
  /** The key that opened it is not among those it was sealed to: somebody passed it on. */
  "opened-by-unlisted-key",
  /** The checkpoint is signed by a key that is not a signer's. */
  "checkpoint-signer-unknown",
  /** The checkpoint's signature by a signer of the report is wrong. */
  "checkpoint-signature-invalid",
] as const;
export type OpenWarning = (typeof openWarnings)[number];

export interface OpenRequest {
  /** The `.sealed` folder, the one `.tar` of it, or `report.tar.age` itself. */
  readonly path: string;
  /** Key files' bytes, or a passphrase; the caller wipes them. */
  readonly keys: OpenWith;
  /** Keys the reader has from the signers by another way: minisign public keys as text. */
  readonly trustedSigners?: readonly { readonly name: string; readonly publicKey: string }[] | undefined;
  /** The reader's own age public key, where the package was opened with something else. */
  readonly myRecipient?: string | undefined;
  /** Largest content that is opened in memory, in bytes; 512 MiB unless said. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes decrypted so far. */
  readonly progress?: ((bytes: number) => void) | undefined;
}

export interface ReportSignature {
  /** See `formatKeyId`. */
  readonly keyId: string;
  /** The base64 line of the key that was used to check it. */
  readonly publicKey: string;
  /** By what name the reader trusts the key; null where the reader does not. */
  readonly name: string | null;
  /** What the manifest says the signer is called. Anyone can write any name there: show it as a claim. */
  readonly claimedName: string | null;
  readonly memberId: string;
  /** Signed, and the signature is right. False: it is missing (a wrong one is refused). */
  readonly valid: boolean;
  /** Valid, and by a key that the reader trusts already. */
  readonly trusted: boolean;
  readonly trustedComment: string;
}

export interface OpenedReport {
  readonly manifest: Manifest;
  /** Every file of the package, manifest and signatures too. */
  readonly members: ReadonlyMap<string, Uint8Array>;
  readonly signatures: readonly ReportSignature[];
  readonly warnings: readonly OpenWarning[];
  readonly checkpoint: {
    readonly origin: string;
    readonly size: number;
    readonly root: string;
    readonly note: Uint8Array;
    /** By a signer's key; null: its signer is not among them. */
    readonly signatureValid: boolean | null;
  };
  /** Entries of the journal that are proved to be under the checkpoint. */
  readonly proofs: readonly EntryProof[];
}

const altered = (what: string, params: Record<string, string | number> = {}): SealingError =>
  new SealingError("package-altered", `The sealed report was changed after it was signed: ${what}.`, params);

function takeManifest(members: ReadonlyMap<string, Uint8Array>): { manifest: Manifest; bytes: Uint8Array } {
  const bytes = members.get(manifestPath);
  if (bytes === undefined) {
    const message = "What was opened is no sealed report: it holds no manifest. Open it with age and tar.";
    throw new SealingError("not-a-sealed-report", message);
  }
  return { manifest: decodeManifest(bytes), bytes };
}

/** Every listed member is there with its size and hash, and nothing else is. */
function checkMembers(manifest: Manifest, members: ReadonlyMap<string, Uint8Array>): void {
  const expected = new Set([manifestPath, ...manifest.signers.map(({ signature }) => signature)]);
  for (const { path, size, sha256 } of manifest.members) {
    const bytes = members.get(path);
    if (bytes === undefined) throw altered("a file is missing", { path });
    if (expected.has(path)) throw altered("a file is listed twice", { path });
    expected.add(path);
    if (bytes.length !== size || createHash("sha256").update(bytes).digest("hex") !== sha256) {
      throw altered("a file is not the one that was signed", { path });
    }
  }
  for (const path of members.keys()) {
    if (!expected.has(path)) throw altered("there is a file that was not signed", { path });
  }
}

type TrustedSigner = NonNullable<OpenRequest["trustedSigners"]>[number];

async function checkSignature(
  claimed: Manifest["signers"][number],
  signed: { readonly manifest: Manifest; readonly bytes: Uint8Array; readonly file: Uint8Array | undefined },
  trustedSigners: readonly TrustedSigner[],
): Promise<ReportSignature> {
  const publicKey = parsePublicKey(claimed.publicKey);
  const line = publicKeyLine(publicKey);
  if (line !== claimed.publicKey || formatKeyId(publicKey.keyId) !== claimed.keyId) {
    throw altered("a signer's key and its id do not belong together", { keyId: claimed.keyId });
  }
  const trusted = trustedSigners.find(
    (signer) => Buffer.compare(parsePublicKey(signer.publicKey).key, publicKey.key) === 0,
  );
  const facts = {
    keyId: claimed.keyId,
    publicKey: line,
    memberId: claimed.memberId,
    name: trusted?.name ?? null,
    claimedName: claimed.name ?? null,
  };
  if (signed.file === undefined) return { ...facts, valid: false, trusted: false, trustedComment: "" };
  const signature = parseSignature(signed.file);
  const right = await verifyBytes(signed.bytes, signature, publicKey);
  if (!right || signature.trustedComment !== trustedComment(signed.manifest)) {
    const message = `The signature by key ${claimed.keyId} is wrong: the sealed report was changed after it was signed.`;
    throw new SealingError("signature-invalid", message, { keyId: claimed.keyId });
  }
  return { ...facts, valid: true, trusted: trusted !== undefined, trustedComment: signature.trustedComment };
}

async function checkSignatures(
  manifest: Manifest,
  bytes: Uint8Array,
  members: ReadonlyMap<string, Uint8Array>,
  trustedSigners: readonly TrustedSigner[],
): Promise<ReportSignature[]> {
  const keyIds = new Set(manifest.signers.map(({ keyId }) => keyId));
  if (keyIds.size !== manifest.signers.length) throw altered("one signer is named twice");
  const signatures: ReportSignature[] = [];
  for (const [index, signer] of manifest.signers.entries()) {
    if (signer.signature !== signaturePath(index, signer.keyId)) throw altered("a signature is not where it belongs");
    const file = members.get(signer.signature);
    signatures.push(await checkSignature(signer, { manifest, bytes, file }, trustedSigners));
  }
  return signatures;
}

function checkCheckpoint(manifest: Manifest, members: ReadonlyMap<string, Uint8Array>): OpenedReport["checkpoint"] {
  const bytes = members.get(checkpointPath);
  if (bytes === undefined) throw altered("the vault checkpoint is missing", { path: checkpointPath });
  const note = parseCheckpointNote(bytes);
  const { origin, size, root } = manifest.checkpoint;
  if (note.origin !== origin || note.size !== size || note.root !== root) {
    throw altered("the manifest and the vault checkpoint contradict each other", { path: checkpointPath });
  }
  const keys = manifest.signers.map(({ publicKey }) => parsePublicKey(publicKey).key);
  return { origin, size, root, note: bytes, signatureValid: checkNoteSignatures(note.note, keys) };
}

/** Whether the reader is one of those whom the manifest names. */
async function isListed(manifest: Manifest, request: OpenRequest): Promise<boolean> {
  const { encryption } = manifest;
  if (encryption.scheme === "scrypt") return "passphrase" in request.keys;
  const mine: string[] = [];
  if (request.myRecipient !== undefined) mine.push(parseRecipient(request.myRecipient).fingerprint.keyId);
  else if ("identities" in request.keys) {
    const identities = await Promise.all(request.keys.identities.map(parseIdentities));
    mine.push(...identities.flat().map(({ recipient }) => recipient.fingerprint.keyId));
  }
  return encryption.recipients.some(({ keyId }) => mine.includes(keyId));
}

function warningsFor(
  signatures: readonly ReportSignature[],
  listed: boolean,
  checkpoint: OpenedReport["checkpoint"],
): OpenWarning[] {
  const valid = signatures.filter((signature) => signature.valid);
  const found: [boolean, OpenWarning][] = [
    [valid.length === 0, "unsigned"],
    [valid.length < signatures.length, "signature-missing"],
    [valid.length > 0 && !valid.some(({ trusted }) => trusted), "signer-unknown"],
    [!listed, "opened-by-unlisted-key"],
    [checkpoint.signatureValid === null, "checkpoint-signer-unknown"],
    [checkpoint.signatureValid === false, "checkpoint-signature-invalid"],
  ];
  return found.filter(([applies]) => applies).map(([, warning]) => warning);
}

/**
 * Opens a sealed report and checks all of it; needs no vault. Nothing of it is given before the whole was decrypted,
 * every member's hash was checked against the manifest, and every signature that is there was right.
 * @throws SealingError `file-unreadable`, `not-an-age-file`, `not-a-sealed-report`, `no-matching-key`, `file-damaged`,
 * `file-too-large`, `package-invalid`, `package-altered`, `signature-malformed`, `signature-invalid`,
 * `checkpoint-invalid`, `proof-invalid`, `public-key-malformed` (a trusted signer's), `identity…`, `cancelled`
 */
export async function openSealedReport(request: OpenRequest): Promise<OpenedReport> {
  const limit = request.limit ?? defaultLimit;
  const limits = limitsFor(limit);
  const trustedSigners = request.trustedSigners ?? [];
  // A mistyped trusted key must not look like a signer that nobody trusts.
  trustedSigners.forEach(({ publicKey }) => parsePublicKey(publicKey));
  const progress: Progress = { signal: request.signal, onBytes: request.progress };
  const source = await findSealedFile(request.path, limit);
  const archive = await decryptToMemory(source, request.keys, limits.totalBytes, progress);
  const members = await unpackTar(archive, limits);
  const { manifest, bytes } = takeManifest(members);
  const signatures = await checkSignatures(manifest, bytes, members, trustedSigners);
  checkMembers(manifest, members);
  const checkpoint = checkCheckpoint(manifest, members);
  const proofs = [...members]
    .filter(([path]) => isProofPath(path))
    .map(([path, file]) => checkEntryProof(path, file, checkpoint.note));
  const warnings = warningsFor(signatures, await isListed(manifest, request), checkpoint);
  return { manifest, members, signatures, warnings, checkpoint, proofs };
}

/**
 * Writes what was opened to a new folder, manifest and signatures too. All or nothing; never overwrites. This is
 * plaintext on a disk: only at the person's own wish.
 * @throws SealingError `destination…`, `disk-full`, `write-failed`
 */
export async function writeOpenedReport(opened: OpenedReport, destination: string): Promise<void> {
  await writeNewFolder(destination, async (folder) => {
    const folders = new Set([folder]);
    for (const [path, bytes] of opened.members) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      folders.add(dirname(target));
      await writeFlushed(target, [bytes]);
    }
    for (const made of folders) await flushFolder(made);
  });
}
