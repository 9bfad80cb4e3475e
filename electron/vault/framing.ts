import { constants, deflateRaw, deflateRawSync, inflateRawSync } from "node:zlib";
import { promisify } from "node:util";

const deflateRawInPool = promisify(deflateRaw);

const stored = 0;
const deflated = 1;
const headLength = 9;
const worthCompressing = 512;
/** zlib's default output piece of 16 KiB costs a quarter of the speed. */
const pieceSize = 256 * 1024;
const options = { level: constants.Z_BEST_SPEED, chunkSize: pieceSize } as const;

/** How far a frame is padded: small records to steps of 64 bytes, large ones so that 3 to 12 % hide the exact size. */
export type Padding = "to-64" | "padme";

/**
 * The plaintext under every ciphertext of entries, chunks and snapshots:
 * `flag (0 stored, 1 deflate-raw) ‖ u32 original length ‖ u32 payload length ‖ payload ‖ zeros`, big-endian.
 */
export function frame(content: Uint8Array, padding: Padding): Uint8Array {
  return layFrame(content, content.length < worthCompressing ? null : deflateRawSync(content, options), padding);
}

/** {@link frame} with the compression done in the thread pool. */
export async function frameInPool(content: Uint8Array, padding: Padding): Promise<Uint8Array> {
  return layFrame(
    content,
    content.length < worthCompressing ? null : await deflateRawInPool(content, options),
    padding,
  );
}

/** {@link frame} without compression, for what is read at once when a vault is opened. */
export function frameStored(content: Uint8Array, padding: Padding): Uint8Array {
  return layFrame(content, null, padding);
}

function layFrame(content: Uint8Array, compressed: Uint8Array | null, padding: Padding): Uint8Array {
  const shrunk = compressed !== null && compressed.length < content.length ? compressed : null;
  const payload = shrunk ?? content;
  const length = headLength + payload.length;
  const out = new Uint8Array(padding === "to-64" ? Math.ceil(length / 64) * 64 : padmeLength(length));
  const view = new DataView(out.buffer);
  out[0] = shrunk === null ? stored : deflated;
  view.setUint32(1, content.length);
  view.setUint32(5, payload.length);
  out.set(payload, headLength);
  return out;
}

/** The content of a frame, or null where the bytes are no frame. Never gives out more than the frame's stated length. */
export function unframe(bytes: Uint8Array): Uint8Array | null {
  if (bytes.length < headLength) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const original = view.getUint32(1);
  const length = view.getUint32(5);
  if (length > bytes.length - headLength) return null;
  const payload = bytes.subarray(headLength, headLength + length);
  if (bytes[0] === stored) return original === length ? payload : null;
  if (bytes[0] !== deflated || original === 0) return null;
  try {
    const content = inflateRawSync(payload, {
      maxOutputLength: original,
      // With room for one byte more: where the output is full, zlib makes another piece as large, and copies.
      chunkSize: Math.min(Math.max(original + 1, 64), 16 * pieceSize),
    });
    return content.length === original ? content : null;
  } catch {
    return null;
  }
}

/** Padmé (Nikitin and others, PETS 2019): the next length whose binary form has few significant bits. */
export function padmeLength(length: number): number {
  if (length < 256) return 256;
  const exponent = Math.floor(Math.log2(length));
  const significant = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - significant);
  return Math.ceil(length / step) * step;
}
