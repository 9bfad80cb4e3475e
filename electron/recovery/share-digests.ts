import { createHash } from "node:crypto";
import { idLength } from "./recovery-share.ts";

/** The form's name: the first line of every share, and the beginning of everything that is hashed here. */
export const shareForm = "evalvault-recovery-share/1";

/** SHA-256 over `evalvault-recovery-share/1 PURPOSE`, a line feed, and the parts one after the other. */
export function formDigest(purpose: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash("sha256").update(`${shareForm} ${purpose}\n`, "ascii");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** Bytes of lower-case hexadecimal text; null for anything else. */
export function fromHex(text: string): Uint8Array | null {
  return /^(?:[0-9a-f]{2})*$/.test(text) ? new Uint8Array(Buffer.from(text, "hex")) : null;
}

/** @throws RangeError where `text` is not an id of a vault or a member: 32 lower-case hex digits. */
export function idBytes(text: string): Uint8Array {
  const bytes = fromHex(text);
  if (bytes?.length !== idLength) throw new RangeError("an id must be 32 lower-case hex digits");
  return bytes;
}

const eightBytes = (digest: Uint8Array): string => toHex(digest.subarray(0, 8));

interface Identities {
  readonly vaultId: string;
  readonly recoveryId: string;
}

/**
 * First 8 bytes of a SHA-256 over one share's 33 bytes. Every share carries those of all, so that a share that was
 * changed together with its own checksums is named by the others. It gives nothing away: a share is 256 random bits.
 */
export function shareFingerprint({ vaultId, recoveryId }: Identities, bytes: Uint8Array): string {
  return eightBytes(formDigest("share", idBytes(vaultId), idBytes(recoveryId), bytes));
}

/**
 * First 8 bytes of a SHA-256 over the secret. Plain and fast on purpose: the secret is 256 random bits, so nobody finds
 * it by guessing, at any speed; and 8 bytes do not determine it. It would be wrong for a secret that a person thought of.
 */
export function secretCheck({ vaultId, recoveryId }: Identities, secret: Uint8Array): string {
  return eightBytes(formDigest("secret", idBytes(vaultId), idBytes(recoveryId), secret));
}

export interface SetFacts extends Identities {
  readonly threshold: number;
  readonly total: number;
  readonly secretCheck: string;
  readonly fingerprints: readonly string[];
}

/** First 8 bytes of a SHA-256 over all that the shares of one set have in common: changing any of it makes another set. */
export function shareSetId(facts: SetFacts): string {
  const fixed = Uint8Array.of(facts.threshold, facts.total);
  const listed = [facts.secretCheck, ...facts.fingerprints].map((hex) => fromHex(hex) ?? new Uint8Array());
  return eightBytes(formDigest("set", idBytes(facts.vaultId), idBytes(facts.recoveryId), fixed, ...listed));
}
