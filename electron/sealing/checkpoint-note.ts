import { noteKeyHash, parseNote, verifyNote, type SignedNote } from "../vault/signed-note.ts";
import { SealingError } from "./errors.ts";

/**
 * A vault checkpoint as it leaves the vault: a C2SP signed note around a tlog-checkpoint (c2sp.org/tlog-checkpoint),
 * read without the vault. Extension lines after the third are kept and not understood here.
 */
export interface CheckpointNote {
  /** The vault's name in its log, the first line. */
  readonly origin: string;
  /** How many entries the vault's journal had. */
  readonly size: number;
  /** RFC 6962 root over them, base64 of 32 bytes. */
  readonly root: string;
  readonly note: SignedNote;
}

const noteLimit = 64 * 1024;

const invalid = (why: string): SealingError =>
  new SealingError("checkpoint-invalid", `The vault checkpoint is no checkpoint: ${why}.`);

function noteText(bytes: Uint8Array): string {
  if (bytes.length > noteLimit) throw invalid("it is too long");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid("it is not text");
  }
}

function isHash(text: string): boolean {
  const bytes = Buffer.from(text, "base64");
  return bytes.length === 32 && bytes.toString("base64") === text;
}

/**
 * Reads a checkpoint note.
 * @throws SealingError `checkpoint-invalid`
 */
export function parseCheckpointNote(bytes: Uint8Array): CheckpointNote {
  const note = parseNote(noteText(bytes));
  if (note === null) throw invalid("it is no signed note");
  const [origin, size, root] = note.text.split("\n");
  if (origin === undefined || origin === "" || size === undefined || root === undefined) {
    throw invalid("a line is missing");
  }
  if (!/^(0|[1-9][0-9]*)$/.test(size) || !Number.isSafeInteger(Number(size))) throw invalid("its size is no number");
  if (!isHash(root)) throw invalid("its root is no hash");
  return { origin, size: Number(size), root, note };
}

/**
 * Whether the note was signed by one of the keys (Ed25519, 32 bytes each): true, false where a signature that names
 * one of them is wrong, null where no signature names any of them.
 */
export function checkNoteSignatures(note: SignedNote, publicKeys: readonly Uint8Array[]): boolean | null {
  let verdict: boolean | null = null;
  for (const one of note.signatures) {
    const publicKey = publicKeys.find(
      (candidate) => Buffer.compare(noteKeyHash({ name: one.name, publicKey: candidate }), one.keyHash) === 0,
    );
    if (publicKey === undefined) continue;
    if (!verifyNote({ text: note.text, signatures: [one] }, { name: one.name, publicKey })) return false;
    verdict = true;
  }
  return verdict;
}
