import { fromBase64, toBase64 } from "./canonical.ts";
import { sha256, signDetached, verifyDetached } from "./sodium.ts";

const utf8 = new TextEncoder();
const ed25519Type = Uint8Array.of(0x0a, 0x01);

/** One signature line of a note. */
export interface NoteSignature {
  readonly name: string;
  /** First 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key) for Ed25519. */
  readonly keyHash: Uint8Array;
  readonly signature: Uint8Array;
}

/** A C2SP signed note: the text (ending in a newline) and its signatures. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A key that may sign notes: its name and its 32-byte Ed25519 public key. */
export interface NoteKey {
  readonly name: string;
  readonly publicKey: Uint8Array;
}

/** The 4-byte key id of an Ed25519 note key (c2sp.org/signed-note). */
export function noteKeyHash(key: NoteKey): Uint8Array {
  return sha256(utf8.encode(key.name), ed25519Type, key.publicKey).slice(0, 4);
}

/** The key as a verifier key text: `name+hex(key hash)+base64(0x01 ‖ public key)`. */
export function formatVerifierKey(key: NoteKey): string {
  const tagged = new Uint8Array([0x01, ...key.publicKey]);
  return `${key.name}+${Buffer.from(noteKeyHash(key)).toString("hex")}+${toBase64(tagged)}`;
}

/** The Ed25519 key of a verifier key text, or null where the text is not one. */
export function parseVerifierKey(text: string): NoteKey | null {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const tagged = fromBase64(match?.[3] ?? "");
  if (match?.[1] === undefined || tagged?.length !== 33 || tagged[0] !== 0x01) return null;
  const key = { name: match[1], publicKey: tagged.slice(1) };
  return Buffer.from(noteKeyHash(key)).toString("hex") === match[2] ? key : null;
}

/** The note as text: the signed text, a blank line, one `— name base64(key hash ‖ signature)` line each. */
export function formatNote(note: SignedNote): string {
  const lines = note.signatures.map(
    (one) => `— ${one.name} ${toBase64(new Uint8Array([...one.keyHash, ...one.signature]))}\n`,
  );
  return `${note.text}\n${lines.join("")}`;
}

/** The note of a text, or null where it is no signed note. Accepts signatures of any type and length. */
export function parseNote(text: string): SignedNote | null {
  if (hasControlCharacter(text)) return null;
  const split = text.lastIndexOf("\n\n");
  if (split < 0 || !text.endsWith("\n")) return null;
  const signatures: NoteSignature[] = [];
  for (const line of text.slice(split + 2, -1).split("\n")) {
    const match = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line);
    const bytes = fromBase64(match?.[2] ?? "");
    if (match?.[1] === undefined || bytes === null || bytes.length < 5) return null;
    signatures.push({ name: match[1], keyHash: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { text: text.slice(0, split + 1), signatures };
}

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if ((code < 0x20 && code !== 0x0a) || code === 0x7f || code === 0xfffd) return true;
  }
  return false;
}

/** Signs a text (which must end in a newline) with one Ed25519 key. `secretKey` is libsodium's 64 bytes. */
export function signNote(text: string, key: NoteKey, secretKey: Uint8Array): SignedNote {
  const signature = signDetached(utf8.encode(text), secretKey);
  return { text, signatures: [{ name: key.name, keyHash: noteKeyHash(key), signature }] };
}

/** Whether the note bears a good signature of the key. */
export function verifyNote(note: SignedNote, key: NoteKey): boolean {
  const expected = Buffer.from(noteKeyHash(key));
  const text = utf8.encode(note.text);
  return note.signatures.some(
    (one) =>
      one.name === key.name && expected.equals(one.keyHash) && verifyDetached(one.signature, text, key.publicKey),
  );
}
