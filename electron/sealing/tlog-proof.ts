import { createHash } from "node:crypto";
import { parseCheckpointNote } from "./checkpoint-note.ts";
import { SealingError } from "./errors.ts";

/**
 * Proof that one entry of the vault's journal is under the package's checkpoint (c2sp.org/tlog-proof). The extra line
 * holds the entry's leaf hash: the entry itself stays, encrypted, in the vault.
 */
export interface EntryProof {
  /** The proof's file name without its ending: `entry-` and the index, so that nobody is shown one entry for another. */
  readonly name: string;
  /** The entry's place in the journal, from 0. */
  readonly index: number;
  /** RFC 6962 leaf hash of the entry, 32 bytes. */
  readonly leaf: Uint8Array;
  /** Audit path, 32 bytes each, from the leaf's sibling upwards. */
  readonly path: readonly Uint8Array[];
}

export const proofsFolder = "proofs/";
const firstLine = "c2sp.org/tlog-proof@v1";
const ending = ".tlog-proof";
const hashBytes = 32;
/** A path has one hash for each doubling of the tree; no tree is larger than 2^63 entries. */
const pathLimit = 63;

const invalid = (why: string, name: string): SealingError =>
  new SealingError("proof-invalid", `The proof ${name} cannot be used: ${why}.`, { name });

function hashLine(text: string, name: string): Uint8Array {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== hashBytes || bytes.toString("base64") !== text) throw invalid("a line is no hash", name);
  return new Uint8Array(bytes);
}

/** The name of an entry's proof. */
export const proofName = (index: number): string => `entry-${String(index)}`;

export const proofPath = (name: string): string => `${proofsFolder}${name}${ending}`;
export const isProofPath = (path: string): boolean => path.startsWith(proofsFolder);

/** The proof's file: its lines, an empty one, and the checkpoint word for word. */
export function formatEntryProof(proof: EntryProof, checkpointNote: Uint8Array): Uint8Array {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
  const lines = [
    firstLine,
    `extra ${base64(proof.leaf)}`,
    `index ${String(proof.index)}`,
    ...proof.path.map(base64),
    "",
  ];
  return new Uint8Array(Buffer.concat([Buffer.from(`${lines.join("\n")}\n`), checkpointNote]));
}

/** The lines before the first empty one, and what follows it. */
function splitProof(bytes: Uint8Array, name: string): { lines: string[]; note: Uint8Array } {
  const end = Buffer.from(bytes).indexOf("\n\n");
  if (end === -1) throw invalid("it holds no checkpoint", name);
  return { lines: Buffer.from(bytes.subarray(0, end)).toString("latin1").split("\n"), note: bytes.subarray(end + 2) };
}

const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  new Uint8Array(createHash("sha256").update(Uint8Array.of(0x01)).update(left).update(right).digest());

/**
 * The root that an audit path leads to: RFC 6962 §2.1.1 read from the root down. Null where the path is not as long as
 * the way is. Written anew rather than taken from the vault, so that a package is checked by other code than made it.
 */
function rootFrom(leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[]): Uint8Array | null {
  const sibling = path.at(-1);
  if (size === 1) return sibling === undefined ? leaf : null;
  if (sibling === undefined) return null;
  let left = 1;
  while (left * 2 < size) left *= 2;
  const rest = path.slice(0, -1);
  const isLeft = index < left;
  const below = isLeft ? rootFrom(leaf, index, left, rest) : rootFrom(leaf, index - left, size - left, rest);
  if (below === null) return null;
  return isLeft ? nodeHash(below, sibling) : nodeHash(sibling, below);
}

function parseProofLines(lines: readonly string[], name: string): EntryProof {
  const [first, extra, indexLine, ...hashes] = lines;
  const [, index] = /^index (0|[1-9][0-9]{0,15})$/.exec(indexLine ?? "") ?? [];
  if (first !== firstLine || extra?.startsWith("extra ") !== true || index === undefined || hashes.length > pathLimit) {
    throw invalid("its lines are not those of a proof", name);
  }
  const leaf = hashLine(extra.slice("extra ".length), name);
  return { name, index: Number(index), leaf, path: hashes.map((line) => hashLine(line, name)) };
}

/**
 * Reads a proof and checks it: it is of the entry that its name says, the entry is under the checkpoint, and the checkpoint
 * is the package's own.
 * @throws SealingError `proof-invalid`
 */
export function checkEntryProof(path: string, bytes: Uint8Array, checkpointNote: Uint8Array): EntryProof {
  const name = path.slice(proofsFolder.length, -ending.length);
  if (path !== proofPath(name)) throw invalid("its file name is not that of a proof", path);
  const { lines, note } = splitProof(bytes, name);
  const proof = parseProofLines(lines, name);
  if (name !== proofName(proof.index)) throw invalid(`it is one of entry ${String(proof.index)}`, name);
  if (Buffer.compare(note, checkpointNote) !== 0) throw invalid("it is for another checkpoint than the report's", name);
  const { size, root } = parseCheckpointNote(checkpointNote);
  const reached = proof.index < size ? rootFrom(proof.leaf, proof.index, size, proof.path) : null;
  if (reached === null || Buffer.from(reached).toString("base64") !== root) {
    throw invalid("the entry is not under the checkpoint", name);
  }
  return proof;
}
