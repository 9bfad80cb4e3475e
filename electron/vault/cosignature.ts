import { fromBase64, toBase64, toHex } from "./canonical.ts";
import { VaultError } from "./errors.ts";
import type { NoteKey, NoteSignature, SignedNote } from "./signed-note.ts";
import { sha256, verifyDetached } from "./sodium.ts";

/**
 * C2SP tlog-cosignature (c2sp.org/tlog-cosignature), Ed25519, `cosignature/v1`: a second person's timed statement that a
 * checkpoint is what they saw. A {@link NoteKey} here is the cosigner's name and Ed25519 key; its key id is another than in
 * an ordinary signature, so that neither is ever taken for the other.
 */

const utf8 = new TextEncoder();
const cosignatureType = Uint8Array.of(0x04);
const lineFeed = Uint8Array.of(0x0a);
/** u64 time ‖ Ed25519 signature. */
const timedLength = 8 + 64;

/** The 4-byte key id of a cosigner: SHA-256(name ‖ 0x0A ‖ 0x04 ‖ public key), its first 4 bytes. */
export function cosignerKeyHash(key: NoteKey): Uint8Array {
  return sha256(utf8.encode(key.name), lineFeed, cosignatureType, key.publicKey).slice(0, 4);
}

/** The key as a verifier key text: `name+hex(key id)+base64(0x04 ‖ public key)`. */
export function formatCosignerKey(key: NoteKey): string {
  return `${key.name}+${toHex(cosignerKeyHash(key))}+${toBase64(new Uint8Array([0x04, ...key.publicKey]))}`;
}

/** The Ed25519 cosigner key of a verifier key text, or null where the text is not one. */
export function parseCosignerKey(text: string): NoteKey | null {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const tagged = fromBase64(match?.[3] ?? "");
  if (match?.[1] === undefined || tagged?.length !== 33 || tagged[0] !== 0x04) return null;
  const key = { name: match[1], publicKey: tagged.slice(1) };
  return toHex(cosignerKeyHash(key)) === match[2] ? key : null;
}

function cosignedMessage(noteText: string, timeSeconds: number): Uint8Array {
  return utf8.encode(`cosignature/v1\ntime ${String(timeSeconds)}\n${noteText}`);
}

/**
 * Cosigns a checkpoint. What is signed says that the signer saw this checkpoint at that time: call it only for one whose
 * consistency with those seen before was checked.
 * @param noteText the checkpoint's signed text ({@link SignedNote.text}), ending in a line feed, without signature lines
 * @param sign makes the cosigner's 64-byte Ed25519 signature
 * @param timeSeconds seconds since 1970, a whole number
 * @returns the signature line to add to the note
 * @throws VaultError "invalid-argument"
 */
export function cosignCheckpoint(
  noteText: string,
  key: NoteKey,
  sign: (message: Uint8Array) => Uint8Array,
  timeSeconds: number,
): NoteSignature {
  if (!Number.isSafeInteger(timeSeconds) || timeSeconds < 0 || !noteText.endsWith("\n")) {
    throw new VaultError("invalid-argument", "A cosignature needs a checkpoint's text and a time in whole seconds.");
  }
  const signature = new Uint8Array(timedLength);
  new DataView(signature.buffer).setBigUint64(0, BigInt(timeSeconds));
  signature.set(sign(cosignedMessage(noteText, timeSeconds)), 8);
  return { name: key.name, keyHash: cosignerKeyHash(key), signature };
}

/**
 * The time of a cosigner's signature on a note, in seconds since 1970; null where the note bears no good one of that key. Of several
 * good ones the newest counts. Never throws.
 */
export function verifyCosignature(note: SignedNote, key: NoteKey): { readonly time: number } | null {
  const expected = toHex(cosignerKeyHash(key));
  let newest: number | null = null;
  for (const { name, keyHash, signature } of note.signatures) {
    if (name !== key.name || toHex(keyHash) !== expected || signature.length !== timedLength) continue;
    const time = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0));
    if (!Number.isSafeInteger(time) || (newest !== null && time <= newest)) continue;
    if (verifyDetached(signature.subarray(8), cosignedMessage(note.text, time), key.publicKey)) newest = time;
  }
  return newest === null ? null : { time: newest };
}
