import { nonceLength } from "./sodium.ts";

/** What entries and chunks have in common. */
export interface SealedRow {
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** Rows on their way to another thread: small ciphertexts lie in a row with all nonces, large ones are handed over as they are. */
export interface PackedRows {
  /** Of the ciphertexts, in bytes. */
  readonly lengths: Float64Array;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly large: readonly Uint8Array<ArrayBuffer>[];
}

/** From here on a ciphertext is handed over; copying it costs more. */
const largeLength = 16 * 1024;

export function packRows(rows: readonly SealedRow[]): PackedRows {
  const lengths = Float64Array.from(rows, (row) => row.ciphertext.length);
  const large: Uint8Array<ArrayBuffer>[] = [];
  const small = lengths.reduce((sum, length) => sum + (length < largeLength ? length : 0), 0);
  const bytes = new Uint8Array(small + nonceLength * rows.length);
  let at = 0;
  for (const { nonce, ciphertext } of rows) {
    bytes.set(nonce, at);
    at += nonceLength;
    if (ciphertext.length >= largeLength) {
      large.push(ownBytes(ciphertext));
    } else {
      bytes.set(ciphertext, at);
      at += ciphertext.length;
    }
  }
  return { lengths, bytes, large };
}

/** The rows in their order. */
export function* unpackRows(packed: PackedRows): Generator<SealedRow> {
  const large = packed.large.values();
  let at = 0;
  for (const length of packed.lengths) {
    const nonce = packed.bytes.subarray(at, at + nonceLength);
    at += nonceLength;
    if (length >= largeLength) {
      yield { nonce, ciphertext: large.next().value ?? new Uint8Array() };
    } else {
      yield { nonce, ciphertext: packed.bytes.subarray(at, at + length) };
      at += length;
    }
  }
}

/** What is given to the other thread instead of being copied. */
export function transferList(packed: PackedRows): ArrayBuffer[] {
  return [packed.bytes.buffer, ...packed.large.map((one) => one.buffer)];
}

/** The bytes themselves where their memory holds nothing else, as SQLite gives them; else a copy. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length
    ? new Uint8Array(buffer)
    : Uint8Array.from(bytes);
}
