import sodium from "libsodium-wrappers-sumo";
import { joinBytes } from "./byte-reader.ts";
import { SealingError } from "./errors.ts";

/**
 * minisign signatures (https://jedisct1.github.io/minisign/, "Signature format"), prehashed form only: Ed25519 over the
 * BLAKE2b-512 of the file, and a second signature over the first one and the trusted comment.
 */

const keyAlgorithm = "Ed";
const prehashed = "ED";
const keyIdBytes = 8;
const publicKeyBytes = 32;
const signatureBytes = 64;
/** minisign's own limits (COMMENTMAXBYTES, TRUSTEDCOMMENTMAXBYTES). */
const commentLimit = 1024;
const trustedCommentLimit = 8192;
const untrustedPrefix = "untrusted comment: ";
const trustedPrefix = "trusted comment: ";

export interface MinisignPublicKey {
  /** 8 bytes. A hint for finding the key, never proof of it. */
  readonly keyId: Uint8Array;
  /** 32 bytes, Ed25519. */
  readonly key: Uint8Array;
}

export interface MinisignSignature {
  readonly untrustedComment: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
  readonly trustedComment: string;
  readonly globalSignature: Uint8Array;
}

/** Signs bytes with an Ed25519 key that stays where it is; 64 bytes come back. */
export type SignBytes = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;

const ascii = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const concat = (...parts: readonly Uint8Array[]): Uint8Array => joinBytes(parts);

/** Strict base64: what is not its own canonical form is refused, so that one signature has one text. */
function fromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? new Uint8Array(bytes) : null;
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

/** The id by which a member's key is found: the first 8 bytes of the BLAKE2b-256 of the public key. */
export async function minisignKeyId(publicKey: Uint8Array): Promise<Uint8Array> {
  await sodium.ready;
  return sodium.crypto_generichash(32, publicKey, null).slice(0, keyIdBytes);
}

/** A member's Ed25519 public key (32 bytes) as a minisign public key. */
export async function toMinisignPublicKey(publicKey: Uint8Array): Promise<MinisignPublicKey> {
  if (publicKey.length !== publicKeyBytes) {
    throw new SealingError("public-key-malformed", "An Ed25519 public key has 32 bytes; this one has not.");
  }
  return { keyId: await minisignKeyId(publicKey), key: publicKey.slice() };
}

/** A key id as minisign prints it, a little-endian number, but always in 16 hexadecimal capitals. */
export function formatKeyId(keyId: Uint8Array): string {
  return Buffer.from(keyId).reverse().toString("hex").toUpperCase();
}

/** The base64 line of a public key, as `minisign -P` takes it. */
export function publicKeyLine({ keyId, key }: MinisignPublicKey): string {
  return toBase64(concat(Buffer.from(keyAlgorithm), keyId, key));
}

/** A public key file, as `minisign -p` takes it. */
export function formatPublicKey(publicKey: MinisignPublicKey): string {
  return `${untrustedPrefix}minisign public key ${formatKeyId(publicKey.keyId)}\n${publicKeyLine(publicKey)}\n`;
}

/**
 * Reads a minisign public key: its file of two lines, or the base64 line alone.
 * @throws SealingError `public-key-malformed`
 */
export function parsePublicKey(text: string): MinisignPublicKey {
  const lines = text.trim().split(/\r?\n/);
  const line = lines.length === 2 && lines[0]?.startsWith(untrustedPrefix) === true ? lines[1] : lines[0];
  const bytes = lines.length <= 2 ? fromBase64((line ?? "").trim()) : null;
  if (bytes?.length !== 2 + keyIdBytes + publicKeyBytes || ascii(bytes.subarray(0, 2)) !== keyAlgorithm) {
    const message = "This is no minisign public key. Use the .pub file or the line in it that begins with RW.";
    throw new SealingError("public-key-malformed", message);
  }
  return { keyId: bytes.slice(2, 2 + keyIdBytes), key: bytes.slice(2 + keyIdBytes) };
}

/** One printable line: minisign refuses others in a trusted comment, and a line break would make another line of it. */
function isPrintableLine(text: string): boolean {
  return !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(text.replaceAll("\t", ""));
}

function checkComment(text: string, prefix: string, limit: number): void {
  if (!isPrintableLine(text) || Buffer.byteLength(prefix + text) > limit) {
    throw new SealingError(
      "signature-malformed",
      "A signature's comment must be one printable line of limited length.",
    );
  }
}

/** The text of a signature file of four lines. */
export function formatSignature(signature: MinisignSignature): string {
  const first = concat(Buffer.from(prehashed), signature.keyId, signature.signature);
  return [
    `${untrustedPrefix}${signature.untrustedComment}`,
    toBase64(first),
    `${trustedPrefix}${signature.trustedComment}`,
    toBase64(signature.globalSignature),
    "",
  ].join("\n");
}

const malformed = (why: string): SealingError =>
  new SealingError("signature-malformed", `This is no minisign signature that can be used: ${why}.`);

function signatureLines(bytes: Uint8Array): [string, string, string, string] {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed("it is not text");
  }
  const [untrusted, first, trusted, second, ...rest] = text.replaceAll("\r\n", "\n").split("\n");
  if (untrusted === undefined || first === undefined || trusted === undefined || second === undefined) {
    throw malformed("it has fewer than four lines");
  }
  if (rest.some((line) => line !== "")) throw malformed("it has more than four lines");
  if (!untrusted.startsWith(untrustedPrefix) || !trusted.startsWith(trustedPrefix)) {
    throw malformed("a comment line is missing");
  }
  return [untrusted.slice(untrustedPrefix.length), first, trusted.slice(trustedPrefix.length), second];
}

/**
 * Reads a signature file.
 * @throws SealingError `signature-malformed`; also for the legacy form ("Ed"), which is not prehashed
 */
export function parseSignature(bytes: Uint8Array): MinisignSignature {
  const [untrustedComment, firstLine, trustedComment, secondLine] = signatureLines(bytes);
  const first = fromBase64(firstLine);
  const globalSignature = fromBase64(secondLine);
  if (first?.length !== 2 + keyIdBytes + signatureBytes || globalSignature?.length !== signatureBytes) {
    throw malformed("a line is not the base64 of a signature");
  }
  const algorithm = ascii(first.subarray(0, 2));
  if (algorithm === keyAlgorithm) throw malformed("it is of the legacy kind; sign again without -l");
  if (algorithm !== prehashed) throw malformed("its algorithm is unknown");
  checkComment(untrustedComment, untrustedPrefix, commentLimit);
  checkComment(trustedComment, trustedPrefix, trustedCommentLimit);
  return {
    untrustedComment,
    keyId: first.slice(2, 2 + keyIdBytes),
    signature: first.slice(2 + keyIdBytes),
    trustedComment,
    globalSignature,
  };
}

async function signatureFrom(sign: SignBytes, bytes: Uint8Array): Promise<Uint8Array> {
  let made: Uint8Array;
  try {
    made = await sign(bytes);
  } catch (error) {
    throw new SealingError(
      "signer-failed",
      "The signing key could not be used. Unlock the vault and sign again.",
      {},
      error,
    );
  }
  if (made.length !== signatureBytes) {
    throw new SealingError("signer-failed", "The signing key gave something that is no Ed25519 signature.");
  }
  return made;
}

/**
 * Signs bytes as `minisign -S` does, with a key reached through `sign`, and checks the result before giving it.
 * @throws SealingError `signer-failed`, `signature-malformed` for a comment that is not one printable line
 */
export async function signBytes(
  bytes: Uint8Array,
  publicKey: MinisignPublicKey,
  sign: SignBytes,
  comments: { readonly trusted: string; readonly untrusted: string },
): Promise<MinisignSignature> {
  await sodium.ready;
  checkComment(comments.untrusted, untrustedPrefix, commentLimit);
  checkComment(comments.trusted, trustedPrefix, trustedCommentLimit);
  const signature = await signatureFrom(sign, sodium.crypto_generichash(64, bytes, null));
  const globalSignature = await signatureFrom(sign, concat(signature, Buffer.from(comments.trusted, "utf8")));
  const made: MinisignSignature = {
    untrustedComment: comments.untrusted,
    keyId: publicKey.keyId,
    signature,
    trustedComment: comments.trusted,
    globalSignature,
  };
  if (!(await verifyBytes(bytes, made, publicKey))) {
    throw new SealingError("signer-failed", "The signing key does not belong to the signer's public key.");
  }
  return made;
}

/** Whether both signatures (over the bytes, and over the trusted comment) are by this key. */
export async function verifyBytes(
  bytes: Uint8Array,
  signature: MinisignSignature,
  publicKey: MinisignPublicKey,
): Promise<boolean> {
  await sodium.ready;
  if (Buffer.compare(signature.keyId, publicKey.keyId) !== 0) return false;
  const hash = sodium.crypto_generichash(64, bytes, null);
  const global = concat(signature.signature, Buffer.from(signature.trustedComment, "utf8"));
  return (
    sodium.crypto_sign_verify_detached(signature.signature, hash, publicKey.key) &&
    sodium.crypto_sign_verify_detached(signature.globalSignature, global, publicKey.key)
  );
}
