import { hkdfSync, randomBytes } from "node:crypto";
import sodium from "libsodium-wrappers-sumo";
import { chunkCipher, tagBytes, type ChunkCipher } from "./chunk-cipher.ts";
import { SealingError } from "./errors.ts";

/**
 * The payload of an age v1 file (c2sp.org/age, "Payload"): STREAM of ChaCha20-Poly1305 in 64 KiB chunks. age's header
 * is made and read by the age library; the payload is done here because that library does it in JavaScript alone.
 */

const chunkBytes = 64 * 1024;
const payloadNonceBytes = 16;

function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", fileKey, nonce, "payload", 32));
}

/** The chunk nonce: an 11-byte big-endian counter and one byte that is 1 for the last chunk. */
class ChunkNonce {
  readonly bytes = new Uint8Array(12);

  increment(): void {
    for (let at = 10; at >= 0; at -= 1) {
      const next = ((this.bytes[at] ?? 0) + 1) & 0xff;
      this.bytes[at] = next;
      if (next !== 0) return;
    }
    throw new SealingError("file-too-large", "The file is too large for the age format.");
  }

  markLast(): void {
    this.bytes[11] = 1;
  }
}

/** Cuts a stream into pieces of exactly `size` bytes; only the last one may be shorter (or empty, if it is all). */
async function* pieces(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ bytes: Uint8Array; last: boolean }> {
  let buffer = new Uint8Array(size);
  let used = 0;
  for await (const chunk of source) {
    let offset = 0;
    while (offset < chunk.length) {
      if (used === size) {
        yield { bytes: buffer, last: false };
        buffer = new Uint8Array(size);
        used = 0;
      }
      const taken = Math.min(size - used, chunk.length - offset);
      buffer.set(chunk.subarray(offset, offset + taken), used);
      used += taken;
      offset += taken;
    }
  }
  yield { bytes: buffer.subarray(0, used), last: true };
}

/** The payload (nonce and chunks) that encrypts `source` under a fresh key made from `fileKey` (16 bytes). */
export async function* encryptPayload(
  fileKey: Uint8Array,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  cipher: ChunkCipher = chunkCipher,
): AsyncGenerator<Uint8Array> {
  await sodium.ready;
  const nonce = new Uint8Array(randomBytes(payloadNonceBytes));
  const key = payloadKey(fileKey, nonce);
  const chunkNonce = new ChunkNonce();
  try {
    yield nonce;
    for await (const { bytes, last } of pieces(source, chunkBytes)) {
      if (last) chunkNonce.markLast();
      yield cipher.seal(bytes, chunkNonce.bytes, key);
      if (!last) chunkNonce.increment();
    }
  } finally {
    sodium.memzero(key);
  }
}

const damaged = (): SealingError =>
  new SealingError("file-damaged", "The encrypted file was changed, cut short or damaged. Ask for it again.");

/**
 * The plaintext of a payload, chunk by chunk. Each chunk is authenticated, **the end is not until the generator has
 * returned**: a caller must give nothing away before that.
 * @throws SealingError `file-damaged`
 */
export async function* decryptPayload(
  fileKey: Uint8Array,
  nonce: Uint8Array,
  source: AsyncIterable<Uint8Array>,
  cipher: ChunkCipher = chunkCipher,
): AsyncGenerator<Uint8Array> {
  await sodium.ready;
  if (nonce.length !== payloadNonceBytes) throw damaged();
  const key = payloadKey(fileKey, nonce);
  const chunkNonce = new ChunkNonce();
  let first = true;
  try {
    for await (const { bytes, last } of pieces(source, chunkBytes + tagBytes)) {
      if (last) chunkNonce.markLast();
      const plain = cipher.open(bytes, chunkNonce.bytes, key);
      if (plain === null) throw damaged();
      // Only an empty payload may end in an empty chunk; otherwise one file would have two encodings.
      if (last && !first && plain.length === 0) throw damaged();
      first = false;
      yield plain;
      if (!last) chunkNonce.increment();
    }
  } finally {
    sodium.memzero(key);
  }
}
