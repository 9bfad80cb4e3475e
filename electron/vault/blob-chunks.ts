import { blobChunkPlace, blobHeadPlace } from "./associated-data.ts";
import { toHex } from "./canonical.ts";
import { damaged, noCompartment } from "./errors.ts";
import { unframe } from "./framing.ts";
import type { KeyRing } from "./keys.ts";
import type { BlobRow, ChunkRow } from "./leaves.ts";
import { aeadOpen } from "./sodium.ts";

/** A blob's head and chunks, opened: what every thread needs that reads one. */

/** What a blob's encrypted head says. */
export interface BlobHead {
  readonly size: number;
  readonly sha256: Uint8Array;
  readonly chunkSize: number;
}

/** Bytes of a head's plaintext: u64 size ‖ 32-byte SHA-256 ‖ u32 chunk size. */
export const headLength = 44;

export function encodeHead(head: BlobHead): Uint8Array {
  const bytes = new Uint8Array(headLength);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(head.size));
  bytes.set(head.sha256, 8);
  view.setUint32(40, head.chunkSize);
  return bytes;
}

/** Where the keys of compartments come from. */
export type CompartmentKeys = Pick<KeyRing, "compartment" | "has">;

/** Opens a blob's head. @throws VaultError "damaged", "no-such-compartment" (this member has no key for it) */
export function openHead(row: BlobRow, vaultId: Uint8Array, keys: CompartmentKeys): BlobHead {
  const where = `blob ${toHex(row.id)}`;
  if (!keys.has(row.compartment, row.epoch)) throw noCompartment(row.compartment);
  const key = keys.compartment(row.compartment, row.epoch);
  const plain = aeadOpen(row.head, blobHeadPlace({ vaultId, ...row }, row.id), row.nonce, key);
  if (plain?.length !== headLength) throw damaged(where, "its head is not what was written there");
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const head = { size: Number(view.getBigUint64(0)), sha256: plain.slice(8, 40), chunkSize: view.getUint32(40) };
  if (head.chunkSize === 0 || row.chunks !== Math.ceil(head.size / head.chunkSize)) {
    throw damaged(where, "its chunks do not fit its length");
  }
  return head;
}

/** Opens one chunk of a blob. @throws VaultError "damaged" */
export function openChunk(row: BlobRow, head: BlobHead, chunk: ChunkRow, open: ChunkKey): Uint8Array {
  const { index } = chunk;
  const place = { vaultId: open.vaultId, compartment: row.compartment, epoch: row.epoch };
  const ad = blobChunkPlace(place, row.id, index, index === row.chunks - 1);
  const padded = aeadOpen(chunk.ciphertext, ad, chunk.nonce, open.key);
  const bytes = padded === null ? null : unframe(padded);
  if (bytes?.length !== Math.min(head.chunkSize, head.size - index * head.chunkSize)) {
    throw damaged(`blob ${toHex(row.id)} chunk ${String(index)}`, "it is not what was written there");
  }
  return bytes;
}

/** What a chunk is opened with. */
export interface ChunkKey {
  readonly vaultId: Uint8Array;
  readonly key: Uint8Array;
}
