import { createHash, type Hash } from "node:crypto";
import { decryptUnfinished, readFileChunks } from "../sealing/age.ts";
import { ageRecipientOf, type KeyAgreement } from "../sealing/age-agreement.ts";
import { joinBytes } from "../sealing/byte-reader.ts";
import { SealingError, throwIfCancelled } from "../sealing/errors.ts";
import { readTar, type ReadMember } from "../sealing/tar.ts";
import { fromHex, sameBytes } from "../vault/canonical.ts";
import { verifyDetached } from "../vault/sodium.ts";
import { checkManifest, type CheckedManifest } from "./check-manifest.ts";
import { HandoverError, invalidPackage } from "./errors.ts";
import { blobPath, decodeManifest, manifestLimit, manifestPath, type Manifest } from "./manifest.ts";
import { packageBytes, tailBytes, tailOf, withholdEnd } from "./package-bytes.ts";

/** A kept file of a package, while the package is read. */
export interface PackedBlob {
  readonly sha256: string;
  readonly size: number;
  /** Ends with an error where the content is not what the list of contents says. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface ReadOptions {
  readonly path: string;
  /** The receiver's key. */
  readonly agreement: KeyAgreement;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the archive read so far. */
  readonly progress?: ((bytes: number) => void) | undefined;
  /**
   * Called for each kept file, in order. **The package may still prove to be false after it**: keep nothing of it for
   * good before `readPackage` has returned.
   */
  readonly onBlob?: ((blob: PackedBlob, manifest: Manifest) => Promise<void>) | undefined;
}

const memberLimit = 1_000_010;
/** 4 TiB: no archive is larger; what is taken in is bounded by the list of contents. */
const totalLimit = 4 * 2 ** 40;

async function* hashed(
  source: AsyncIterable<Uint8Array>,
  hash: Hash,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    throwIfCancelled(options.signal);
    hash.update(chunk);
    bytes += chunk.length;
    options.progress?.(bytes);
    yield chunk;
  }
}

async function* checkedChunks(member: ReadMember, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const chunk of member.chunks) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest("hex") !== sha256) throw invalidPackage("a file in it is not the one that was packed");
}

async function readManifest(member: ReadMember | undefined, recipient: string): Promise<CheckedManifest> {
  if (member?.path !== manifestPath) throw invalidPackage("it holds no list of contents");
  if (member.size > manifestLimit) throw invalidPackage("its list of contents is too large");
  const parts: Uint8Array[] = [];
  for await (const part of member.chunks) parts.push(part);
  const checked = checkManifest(decodeManifest(joinBytes(parts)));
  if (checked.manifest.recipient.key !== recipient) {
    throw new HandoverError("not-for-you", "It was packed for somebody else, and passed on.");
  }
  return checked;
}

async function readBlob(member: ReadMember, expected: Manifest["blobs"][number] | undefined): Promise<PackedBlob> {
  if (expected === undefined || member.path !== blobPath(expected.sha256) || member.size !== expected.size) {
    throw invalidPackage("its files are not those of its list of contents");
  }
  return Promise.resolve({ ...expected, chunks: checkedChunks(member, expected.sha256) });
}

/** Reads to the end, so that the content is checked. */
async function drain(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

async function readMembers(
  body: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  recipient: string,
): Promise<CheckedManifest> {
  let checked: CheckedManifest | undefined;
  let place = 0;
  const limits = { members: memberLimit, memberBytes: totalLimit, totalBytes: totalLimit };
  for await (const member of readTar(body, limits)) {
    if (checked === undefined) {
      checked = await readManifest(member, recipient);
      continue;
    }
    const blob = await readBlob(member, checked.manifest.blobs[place]);
    place += 1;
    await (options.onBlob?.(blob, checked.manifest) ?? drain(blob.chunks));
  }
  if (checked === undefined) throw invalidPackage("it is empty");
  if (place !== checked.manifest.blobs.length) throw invalidPackage("a file is missing");
  return checked;
}

async function checkTail({ manifest, sender }: CheckedManifest, body: Uint8Array, tail: Uint8Array): Promise<void> {
  const signature = tail.slice(512, 512 + 64);
  if (!sameBytes(tail, await tailOf(signature, manifest.at))) throw invalidPackage("its end is not that of a package");
  if (!verifyDetached(signature, packageBytes(manifest.id, body), fromHex(sender.key))) {
    throw invalidPackage("its sender did not sign it as it is");
  }
}

/** What decryption or the archive's reader said, in the words of packages. */
function asHandoverError(error: unknown): unknown {
  if (!(error instanceof SealingError)) return error;
  switch (error.code) {
    case "no-matching-key":
      return new HandoverError("not-for-you", "It is sealed to another member's key.", error);
    case "not-an-age-file":
      return invalidPackage("it is no encrypted package");
    case "file-damaged":
    case "package-invalid":
    case "work-factor-too-high":
      return invalidPackage("it was changed, cut short or damaged");
    default:
      return error;
  }
}

/**
 * Opens a package and checks all of it: every byte is under its sender's signature, every event under its author's (or
 * of who vouches for them), every entry under a checkpoint of its vault. Whether these people are to be trusted is the
 * caller's question.
 * @throws HandoverError `package-invalid`, `not-for-you`; SealingError `file-unreadable`, `cancelled`; what `onBlob` threw
 */
export async function readPackage(options: ReadOptions): Promise<CheckedManifest> {
  const hash = createHash("sha256");
  const { agreement, path } = options;
  const plain = decryptUnfinished(readFileChunks(path), { agreement });
  const { body, withheld } = withholdEnd(plain, tailBytes);
  try {
    const recipient = ageRecipientOf(agreement.publicKey);
    const checked = await readMembers(hashed(body, hash, options), options, recipient);
    throwIfCancelled(options.signal);
    await checkTail(checked, new Uint8Array(hash.digest()), withheld());
    return checked;
  } catch (error) {
    throw asHandoverError(error);
  } finally {
    await plain.return(undefined);
  }
}
