import { entryPlace } from "./associated-data.ts";
import { pack, packBefore, toHex } from "./canonical.ts";
import { damaged } from "./errors.ts";
import { unframe } from "./framing.ts";
import { leafHash } from "./merkle.ts";
import { Row } from "./row.ts";
import { aeadOpen, nonceLength, sha256 } from "./sodium.ts";

/** A row of `entry`. */
export interface EntryRow {
  readonly seq: number;
  readonly compartment: number;
  readonly epoch: number;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** A row of `blob`. */
export interface BlobRow {
  readonly store: number;
  readonly position: number;
  readonly id: Uint8Array;
  readonly compartment: number;
  readonly epoch: number;
  readonly chunks: number;
  readonly digest: Uint8Array;
  readonly nonce: Uint8Array;
  readonly head: Uint8Array;
}

/** A row of `blob_chunk`, with its place in its blob. */
export interface ChunkRow {
  readonly index: number;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** Bytes of a blob's id: its store number in 6 bytes, then 10 random ones. */
export const blobIdLength = 16;

/** Bytes of a blob's head: 44 under AEAD. */
const sealedHeadLength = 60;
/** Chunks are filed under store × 2^20 + index. */
const mostChunks = 2 ** 20;

/** The name of a blob in a problem. */
export function blobName(id: Uint8Array): string {
  return `blob ${toHex(id)}`;
}

/** Leaf hash of an entry in the tree of entries. */
export function entryLeaf(row: EntryRow): Uint8Array {
  const { seq, compartment, epoch, nonce, ciphertext } = row;
  return leafHash(packBefore(ciphertext.length, "evalvault/1/entry-leaf", seq, compartment, epoch, nonce), ciphertext);
}

/** The plaintext of an entry; null where it is not what was written there, or the key is another. */
export function openEntry(row: EntryRow, vaultId: Uint8Array, key: Uint8Array): Uint8Array | null {
  const place = { vaultId, compartment: row.compartment, epoch: row.epoch };
  const padded = aeadOpen(row.ciphertext, entryPlace(place, row.seq), row.nonce, key);
  return padded === null ? null : unframe(padded);
}

/** Leaf hash of a blob in the tree of blobs. */
export function blobLeaf(row: BlobRow): Uint8Array {
  return leafHash(
    pack(
      "evalvault/1/blob-leaf",
      row.position,
      row.store,
      row.id,
      row.compartment,
      row.epoch,
      row.chunks,
      row.digest,
      row.nonce,
      row.head,
    ),
  );
}

/** Digest of one chunk; a blob's `digest` is SHA-256 over those of its chunks in order. */
export function chunkDigest(chunk: ChunkRow): Uint8Array {
  const { index, nonce, ciphertext } = chunk;
  return sha256(packBefore(ciphertext.length, "evalvault/1/blob-chunk-digest", index, nonce), ciphertext);
}

export function readEntry(raw: unknown, seq: number): EntryRow {
  const row = new Row(raw, `entry ${String(seq)}`);
  return {
    seq: row.integer("seq"),
    compartment: row.integer("compartment"),
    epoch: row.integer("epoch"),
    nonce: row.bytes("nonce", nonceLength),
    ciphertext: row.bytes("ciphertext"),
  };
}

export function readBlob(raw: unknown, where: string): BlobRow {
  const row = new Row(raw, where);
  const store = row.integer("store");
  const id = row.bytes("id", blobIdLength);
  const chunks = row.integer("chunks");
  if (Buffer.from(id).readUIntBE(0, 6) !== store) throw damaged(where, "its id does not begin with its store");
  if (chunks > mostChunks) throw damaged(where, "it has more chunks than there can be");
  return {
    store,
    position: row.integer("position"),
    id,
    compartment: row.integer("compartment"),
    epoch: row.integer("epoch"),
    chunks,
    digest: row.bytes("digest", 32),
    nonce: row.bytes("nonce", nonceLength),
    head: row.bytes("head", sealedHeadLength),
  };
}
