import { createHash } from "node:crypto";
import type { SealTo } from "./age.ts";
import { parseRecipients } from "./age-keys.ts";
import { parseCheckpointNote } from "./checkpoint-note.ts";
import { SealingError, throwIfCancelled } from "./errors.ts";
import { checkpointPath, encodeManifest, manifestFormat, manifestPath, manifestVersion } from "./manifest.ts";
import { manifestSchema, signaturePath, trustedComment, type Manifest } from "./manifest.ts";
import { formatKeyId, formatSignature, publicKeyLine, signBytes, toMinisignPublicKey } from "./minisign.ts";
import type { MinisignPublicKey, SignBytes } from "./minisign.ts";
import { checkEntryProof, formatEntryProof, isProofPath, proofPath, type EntryProof } from "./tlog-proof.ts";
import { checkMemberPaths, memberChunks, memberSize, type MemberSource } from "./tar.ts";

/** What goes into a sealed report: the members, their signed manifest, and its signatures. */

export interface ReportSigner {
  readonly memberId: string;
  /** Absent where the release leaves people's names out. */
  readonly name?: string | undefined;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly sign: SignBytes;
}

export interface SealRequest {
  /** The folder `NAME.sealed` to be made (or, for form "tar", the file); its parent must exist. */
  readonly destination: string;
  readonly form?: "folder" | "tar" | undefined;
  readonly members: readonly MemberSource[];
  /** `outerName` is read by anyone who sees the package: letters, digits, dot, dash, underscore. */
  readonly report: { readonly id: string; readonly revision: number; readonly outerName: string };
  /** The banner line of the content. */
  readonly marking: string;
  /** The banner line of README.txt; it must be what the package may be seen under. */
  readonly outerMarking?: string | undefined;
  /** The vault's newest checkpoint, a C2SP signed note. */
  readonly checkpointNote: Uint8Array;
  /** Proofs that entries of the journal are under that checkpoint. */
  readonly proofs?: readonly EntryProof[] | undefined;
  /** Names given here are read by every recipient. */
  readonly recipients:
    readonly { readonly key: string; readonly name?: string | undefined }[] | { readonly passphrase: Uint8Array };
  readonly signers: readonly ReportSigner[];
  /** People who prepared the report; the number of signers unless said. */
  readonly preparedByCount?: number | undefined;
  readonly toolVersion: string;
  /** Sentences for README.txt, which anyone may read. */
  readonly remarks?: readonly string[] | undefined;
  readonly at: Date;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, total: number) => void) | undefined;
  /** log2 of the scrypt cost of a passphrase; age's 18 unless said. */
  readonly scryptWorkFactor?: number | undefined;
}

interface Signer extends ReportSigner {
  readonly minisignKey: MinisignPublicKey;
  readonly signature: string;
}

function checkOuterName(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(name) && !name.endsWith(".")) return;
  const message = "The package's outer name must be at most 80 letters, digits, dots, dashes and underscores.";
  throw new SealingError("outer-name-invalid", message);
}

async function prepareSigners(signers: readonly ReportSigner[]): Promise<Signer[]> {
  if (signers.length === 0) {
    throw new SealingError("signers-empty", "Nobody signs this report. Choose at least one signer.");
  }
  const prepared: Signer[] = [];
  for (const signer of signers) {
    const minisignKey = await toMinisignPublicKey(signer.publicKey);
    const keyId = formatKeyId(minisignKey.keyId);
    if (prepared.some((other) => formatKeyId(other.minisignKey.keyId) === keyId)) {
      throw new SealingError(
        "signer-duplicate",
        "A signer is named twice. Two signatures need two people and two keys.",
      );
    }
    const signature = signaturePath(prepared.length, keyId);
    prepared.push({ ...signer, minisignKey, signature });
  }
  return prepared;
}

function toEncryption(to: SealTo): Manifest["encryption"] {
  if ("passphrase" in to) return { scheme: "scrypt" };
  const recipients = parseRecipients(to.recipients);
  return {
    scheme: recipients[0]?.kind === "post-quantum" ? "mlkem768x25519" : "X25519",
    recipients: recipients.map(({ fingerprint, name }) => ({
      keyId: fingerprint.keyId,
      ...(name === null || name === "" ? {} : { name }),
    })),
  };
}

async function hashMember(member: MemberSource, signal: AbortSignal | undefined): Promise<Manifest["members"][number]> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of memberChunks(member)) {
    throwIfCancelled(signal);
    hash.update(chunk);
    size += chunk.length;
  }
  if (size !== memberSize(member)) throw memberChanged(member.path);
  return { path: member.path, size, sha256: hash.digest("hex") };
}

const memberChanged = (path: string): SealingError =>
  new SealingError("member-changed", `${path} changed while the report was sealed. Seal again.`, { path });

/** The member again, refusing to end with other content than was hashed and signed. */
function pinned(member: MemberSource, expected: Manifest["members"][number]): MemberSource {
  if ("bytes" in member) return member;
  const open = async function* (): AsyncGenerator<Uint8Array> {
    const hash = createHash("sha256");
    for await (const chunk of member.open()) {
      hash.update(chunk);
      yield chunk;
    }
    if (hash.digest("hex") !== expected.sha256) throw memberChanged(member.path);
  };
  return { path: member.path, size: expected.size, open };
}

const byPath = (a: MemberSource, b: MemberSource): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

function contentMembers(request: SealRequest): MemberSource[] {
  const reserved = request.members.find(
    ({ path }) =>
      path === manifestPath || path === checkpointPath || isProofPath(path) || path.toLowerCase().endsWith(".minisig"),
  );
  if (reserved !== undefined) {
    const message = `A member cannot be called ${reserved.path}: the package makes that one itself.`;
    throw new SealingError("member-path-invalid", message, { path: reserved.path });
  }
  const proofs = (request.proofs ?? []).map((proof) => {
    const member = { path: proofPath(proof.name), bytes: formatEntryProof(proof, request.checkpointNote) };
    checkEntryProof(member.path, member.bytes, request.checkpointNote);
    return member;
  });
  const checkpoint = { path: checkpointPath, bytes: request.checkpointNote };
  const members = [...request.members, ...proofs, checkpoint].sort(byPath);
  checkMemberPaths(members.map(({ path }) => path));
  return members;
}

function buildManifest(
  request: SealRequest,
  encryption: Manifest["encryption"],
  signers: readonly Signer[],
  members: Manifest["members"],
): Manifest {
  const { origin, size, root } = parseCheckpointNote(request.checkpointNote);
  const manifest: Manifest = {
    format: manifestFormat,
    version: manifestVersion,
    report: { id: request.report.id, revision: request.report.revision },
    marking: request.marking,
    ...(request.outerMarking === undefined ? {} : { outerMarking: request.outerMarking }),
    createdAt: request.at.toISOString(),
    tool: { name: "evalvault", version: request.toolVersion },
    checkpoint: { origin, size, root, note: checkpointPath },
    encryption,
    preparedByCount: request.preparedByCount ?? signers.length,
    signers: signers.map(({ minisignKey, memberId, name, signature }) => ({
      keyId: formatKeyId(minisignKey.keyId),
      publicKey: publicKeyLine(minisignKey),
      memberId,
      ...(name === undefined || name === "" ? {} : { name }),
      signature,
    })),
    members,
  };
  const checked = manifestSchema.safeParse(manifest);
  if (checked.success) return checked.data;
  const field = checked.error.issues[0]?.path.join(".") ?? "manifest";
  throw new SealingError("package-invalid", `The report cannot be sealed: its ${field} is not acceptable.`, { field });
}

async function signManifest(
  manifest: Manifest,
  bytes: Uint8Array,
  signers: readonly Signer[],
): Promise<MemberSource[]> {
  const members: MemberSource[] = [];
  for (const { minisignKey, sign, signature } of signers) {
    const comments = { trusted: trustedComment(manifest), untrusted: "signature of a sealed report's manifest" };
    const made = await signBytes(bytes, minisignKey, sign, comments);
    members.push({ path: signature, bytes: Buffer.from(formatSignature(made), "utf8") });
  }
  return members;
}

export interface SealedContents {
  readonly manifest: Manifest;
  /** In the archive's order: manifest, signatures, then the other members sorted by path. */
  readonly members: readonly MemberSource[];
}

/** Checks everything that was asked for, hashes the members, and signs their manifest. Writes nothing. */
export async function prepareContents(request: SealRequest, to: SealTo): Promise<SealedContents> {
  checkOuterName(request.report.outerName);
  const encryption = toEncryption(to);
  const signers = await prepareSigners(request.signers);
  const content = contentMembers(request);
  const listed: Manifest["members"] = [];
  const unchanging: MemberSource[] = [];
  for (const member of content) {
    const entry = await hashMember(member, request.signal);
    listed.push(entry);
    unchanging.push(pinned(member, entry));
  }
  const manifest = buildManifest(request, encryption, signers, listed);
  const bytes = encodeManifest(manifest);
  const signatures = await signManifest(manifest, bytes, signers);
  return { manifest, members: [{ path: manifestPath, bytes }, ...signatures, ...unchanging] };
}
