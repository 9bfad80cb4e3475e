import { createHash } from "node:crypto";
import sodium from "libsodium-wrappers-sumo";
import { SealingError } from "./errors.ts";

/** A vault checkpoint as it leaves the vault: a C2SP signed note (c2sp.org/signed-note) around a tlog-checkpoint. */

export interface CheckpointNote {
  /** The vault's name in its log, the first line. */
  readonly origin: string;
  /** How many entries the vault's journal had. */
  readonly size: number;
  /** RFC 6962 root over them, base64 of 32 bytes. */
  readonly root: string;
  /** The signed text, with its final line break. */
  readonly text: string;
  readonly signatures: readonly {
    readonly name: string;
    readonly keyHash: Uint8Array;
    readonly signature: Uint8Array;
  }[];
}

const noteLimit = 64 * 1024;
const ed25519NoteType = 0x01;

const invalid = (why: string): SealingError =>
  new SealingError("checkpoint-invalid", `The vault checkpoint is no checkpoint: ${why}.`);

function canonicalBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? new Uint8Array(bytes) : null;
}

function noteText(bytes: Uint8Array): string {
  if (bytes.length > noteLimit) throw invalid("it is too long");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid("it is not text");
  }
  if (/[^\P{Cc}\n]/u.test(text)) throw invalid("it holds control characters");
  return text;
}

function parseSignatureLine(line: string): CheckpointNote["signatures"][number] {
  const [, name, encoded] = /^\u2014 ([^ +\s]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
  const bytes = encoded === undefined ? null : canonicalBase64(encoded);
  if (name === undefined || bytes === null || bytes.length < 5) throw invalid("a signature line is malformed");
  return { name, keyHash: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/**
 * Reads a checkpoint note.
 * @throws SealingError `checkpoint-invalid`
 */
export function parseCheckpointNote(bytes: Uint8Array): CheckpointNote {
  const note = noteText(bytes);
  const split = note.lastIndexOf("\n\n");
  if (split === -1 || !note.endsWith("\n")) throw invalid("it has no signatures");
  const text = note.slice(0, split + 1);
  const signatures = note
    .slice(split + 2, -1)
    .split("\n")
    .map(parseSignatureLine);
  const [origin, size, root] = text.split("\n");
  if (origin === undefined || origin === "" || size === undefined || root === undefined)
    throw invalid("a line is missing");
  if (!/^(0|[1-9][0-9]*)$/.test(size) || !Number.isSafeInteger(Number(size))) throw invalid("its size is no number");
  if (canonicalBase64(root)?.length !== 32) throw invalid("its root is no hash");
  return { origin, size: Number(size), root, text, signatures };
}

/** The 4 bytes by which a note names a key: SHA-256(name, 0x0A, type 0x01, key), cut. */
export function noteKeyHash(name: string, publicKey: Uint8Array): Uint8Array {
  const hash = createHash("sha256").update(name, "utf8").update(Uint8Array.of(0x0a, ed25519NoteType)).update(publicKey);
  return new Uint8Array(hash.digest().subarray(0, 4));
}

/**
 * Whether the note was signed by one of the keys (Ed25519, 32 bytes each): true, false where a signature that names
 * one of them is wrong, null where no signature names any of them.
 */
export async function checkNoteSignatures(
  note: CheckpointNote,
  publicKeys: readonly Uint8Array[],
): Promise<boolean | null> {
  await sodium.ready;
  let verdict: boolean | null = null;
  for (const { name, keyHash, signature } of note.signatures) {
    const key = publicKeys.find((candidate) => Buffer.compare(noteKeyHash(name, candidate), keyHash) === 0);
    if (key === undefined) continue;
    if (signature.length !== 64 || !sodium.crypto_sign_verify_detached(signature, note.text, key)) return false;
    verdict = true;
  }
  return verdict;
}
