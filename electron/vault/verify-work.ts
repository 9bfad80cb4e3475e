import { createHash, type Hash } from "node:crypto";

import { openChunk, openHead, type BlobHead } from "./blob-chunks.ts";
import { sameBytes } from "./canonical.ts";
import { damaged, VaultError } from "./errors.ts";
import { blobName, chunkDigest, entryLeaf, openEntry, type BlobRow, type ChunkRow } from "./leaves.ts";
import { unpackRows, type PackedRows } from "./packed-rows.ts";
import { verifyNote, type NoteKey, type SignedNote } from "./signed-note.ts";
import type { VerifyProblem } from "./vault-types.ts";

/** The part of verifying that needs no database: hashing, decrypting, checking signatures. Done here or in a worker thread. */

/** The key of one compartment and epoch. The bytes are in shared memory, so that one wipe reaches every thread. */
export interface WorkKey {
  readonly compartment: number;
  readonly epoch: number;
  readonly key: Uint8Array;
}

/** Notes and the keys that are to have signed them. */
export interface SignatureWork {
  readonly kind: "signatures";
  readonly notes: readonly { readonly note: SignedNote; readonly key: NoteKey }[];
}

/** Rows of `entry`. */
export interface EntryWork {
  readonly kind: "entries";
  readonly vaultId: Uint8Array;
  /** Each row's seq, compartment and epoch. */
  readonly numbers: Float64Array;
  readonly rows: PackedRows;
  /** Of those rows that are to be opened. */
  readonly keys: readonly WorkKey[];
}

/** Rows of `blob_chunk`, from `index` on. */
export interface ChunkWork {
  readonly kind: "chunks";
  readonly vaultId: Uint8Array;
  readonly blob: BlobRow;
  readonly index: number;
  readonly rows: PackedRows;
  /** Null: nothing is opened. */
  readonly key: Uint8Array | null;
  /** Whether these are the blob's last. */
  readonly last: boolean;
}

export type VerifyWork = SignatureWork | EntryWork | ChunkWork;

/** What came out. */
export interface VerifyFindings {
  /** One a note or entry: 1 where it is good, or an entry was not to be opened. */
  readonly good: Uint8Array;
  /** Leaf hashes of entries; after the last chunk the digest over a blob's chunks. 32 bytes each. */
  readonly hashes: Uint8Array<ArrayBuffer>;
  /** After the last chunk: what is wrong with the blob's content. */
  readonly problem: VerifyProblem | null;
}

interface OpenBlob {
  readonly digest: Hash;
  readonly content: Hash;
  head: BlobHead | null;
  problem: VerifyProblem | null;
}

/** Does the work; chunks of a blob must come to the same one, in order. */
export class VerifyWorkbench {
  readonly #blobs = new Map<number, OpenBlob>();

  do(work: VerifyWork): VerifyFindings {
    if (work.kind === "signatures") return checkSignatures(work);
    return work.kind === "entries" ? checkEntries(work) : this.#checkChunks(work);
  }

  #checkChunks(work: ChunkWork): VerifyFindings {
    const { blob } = work;
    const state = this.#blobs.get(blob.store) ?? beginBlob(work);
    this.#blobs.set(blob.store, state);
    let { index } = work;
    for (const row of unpackRows(work.rows)) {
      const chunk = { ...row, index };
      index += 1;
      state.digest.update(chunkDigest(chunk));
      if (state.head !== null && work.key !== null && state.problem === null) openInto(state, chunk, work, work.key);
    }
    if (!work.last) return nothing;
    this.#blobs.delete(blob.store);
    if (state.head !== null && state.problem === null && !sameBytes(state.content.digest(), state.head.sha256)) {
      state.problem = { where: blobName(blob.id), what: "its content does not have the hash that was written" };
    }
    return { good: new Uint8Array(), hashes: new Uint8Array(state.digest.digest()), problem: state.problem };
  }
}

const nothing: VerifyFindings = { good: new Uint8Array(), hashes: new Uint8Array(), problem: null };

function beginBlob(work: ChunkWork): OpenBlob {
  const state: OpenBlob = { digest: createHash("sha256"), content: createHash("sha256"), head: null, problem: null };
  const { key } = work;
  if (key !== null) {
    noteDamage(state, blobName(work.blob.id), () => {
      state.head = openHead(work.blob, work.vaultId, { has: () => true, compartment: () => key });
    });
  }
  return state;
}

function openInto(state: OpenBlob, chunk: ChunkRow, work: ChunkWork, key: Uint8Array): void {
  const { head } = state;
  if (head === null) return;
  noteDamage(state, blobName(work.blob.id), () => {
    state.content.update(openChunk(work.blob, head, chunk, { vaultId: work.vaultId, key }));
  });
}

function noteDamage(state: OpenBlob, where: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    const known = error instanceof VaultError ? error : damaged(where, "it is not what was written there");
    state.problem = { where: String(known.params.where ?? where), what: String(known.params.what ?? known.message) };
  }
}

function checkSignatures(work: SignatureWork): VerifyFindings {
  const good = Uint8Array.from(work.notes, ({ note, key }) => (verifyNote(note, key) ? 1 : 0));
  return { ...nothing, good };
}

function checkEntries(work: EntryWork): VerifyFindings {
  const keys = new Map(work.keys.map((one) => [`${String(one.compartment)}/${String(one.epoch)}`, one.key]));
  const good = new Uint8Array(work.numbers.length / 3).fill(1);
  const hashes = new Uint8Array(32 * good.length);
  let place = 0;
  for (const { nonce, ciphertext } of unpackRows(work.rows)) {
    const [seq = 0, compartment = 0, epoch = 0] = work.numbers.subarray(3 * place, 3 * place + 3);
    const row = { seq, compartment, epoch, nonce, ciphertext };
    hashes.set(entryLeaf(row), 32 * place);
    const key = keys.get(`${String(compartment)}/${String(epoch)}`);
    if (key !== undefined && openEntry(row, work.vaultId, key) === null) good[place] = 0;
    place += 1;
  }
  return { good, hashes, problem: null };
}
