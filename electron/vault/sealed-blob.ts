import { openChunk, type BlobHead } from "./blob-chunks.ts";
import type { BlobRow } from "./leaves.ts";
import { packRows, transferList, unpackRows, type PackedRows } from "./packed-rows.ts";
import { wipe } from "./sodium.ts";

/**
 * A blob's ciphertext on its way to another thread, which opens it there: the thread that has the database only reads rows.
 */

/** What a blob is opened with; can be posted to a thread. `key` lies in shared memory, so that one wipe reaches every thread. */
export interface BlobOpening {
  readonly row: BlobRow;
  readonly head: BlobHead;
  readonly vaultId: Uint8Array;
  readonly key: Uint8Array;
}

/** Consecutive chunks of a blob; `transferList` says what is handed over instead of being copied. */
export interface SealedChunks {
  readonly first: number;
  readonly rows: PackedRows;
}

export interface SealedBlob {
  readonly opening: BlobOpening;
  /** Chunks `first` up to `first + count`, fewer at the end. @throws VaultError "damaged", "closed" */
  chunks(first: number, count: number): SealedChunks;
  /** Overwrites the copy of the key: nothing of the blob can be opened any more. */
  wipe(): void;
}

/** What {@link SealedBlob.chunks} hands over. */
export function sealedTransfers(chunks: SealedChunks): ArrayBuffer[] {
  return transferList(chunks.rows);
}

type ReadChunk = (index: number) => { readonly nonce: Uint8Array; readonly ciphertext: Uint8Array };

/** @param read reads one chunk's row from the database */
export function sealBlob(
  row: BlobRow,
  head: BlobHead,
  place: { vaultId: Uint8Array; key: Uint8Array },
  read: ReadChunk,
): SealedBlob {
  const key = new Uint8Array(new SharedArrayBuffer(place.key.length));
  key.set(place.key);
  const opening = { row: ownBytes(row), head, vaultId: Uint8Array.from(place.vaultId), key };
  return {
    opening,
    chunks: (first, count) => {
      const last = Math.min(first + count, row.chunks);
      const rows = Array.from({ length: Math.max(0, last - first) }, (_, place) => read(first + place));
      return { first, rows: packRows(rows) };
    },
    wipe: () => {
      wipe(key);
    },
  };
}

/** Opens chunks that were sealed; each comes with its index. @throws VaultError "damaged" */
export function* openSealedChunks(
  opening: BlobOpening,
  chunks: SealedChunks,
): Generator<{ index: number; bytes: Uint8Array }> {
  const { row, head, vaultId, key } = opening;
  let index = chunks.first;
  for (const { nonce, ciphertext } of unpackRows(chunks.rows)) {
    yield { index, bytes: openChunk(row, head, { index, nonce, ciphertext }, { vaultId, key }) };
    index += 1;
  }
}

/** A row whose bytes are not part of something larger, which would go to the thread with them. */
function ownBytes(row: BlobRow): BlobRow {
  const { id, digest, nonce, head } = row;
  const copies = { id: Uint8Array.from(id), digest: Uint8Array.from(digest) };
  return { ...row, ...copies, nonce: Uint8Array.from(nonce), head: Uint8Array.from(head) };
}
