import { pack } from "./canonical.ts";

/** Where a ciphertext belongs: without all of this in its associated data it does not open. */
export interface Place {
  readonly vaultId: Uint8Array;
  readonly compartment: number;
  readonly epoch: number;
}

/** Associated data of an entry. */
export function entryPlace(place: Place, seq: number): Uint8Array {
  return pack("evalvault/1/entry", place.vaultId, place.compartment, place.epoch, seq);
}

/** Associated data of a blob's head (its length and plaintext hash). */
export function blobHeadPlace(place: Place, blobId: Uint8Array): Uint8Array {
  return pack("evalvault/1/blob-head", place.vaultId, place.compartment, place.epoch, blobId);
}

/** Associated data of one chunk of a blob; `last` marks the end, so that no chunk can be cut off. */
export function blobChunkPlace(place: Place, blobId: Uint8Array, index: number, last: boolean): Uint8Array {
  return pack("evalvault/1/blob-chunk", place.vaultId, place.compartment, place.epoch, blobId, index, last ? 1 : 0);
}

/** Which piece of which snapshot. */
export interface SnapshotPlace {
  readonly vaultId: Uint8Array;
  readonly memberId: Uint8Array;
  readonly size: number;
  readonly snapshot: Uint8Array;
  readonly piece: number;
}

/** Associated data of one piece of a snapshot. */
export function snapshotPlace(place: SnapshotPlace): Uint8Array {
  return pack("evalvault/1/snapshot", place.vaultId, place.memberId, place.size, place.snapshot, place.piece);
}
