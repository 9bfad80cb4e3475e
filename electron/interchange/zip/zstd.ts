import { ZSTDDecoder } from "zstddec/stream";
import { ZipError } from "./zip-error.ts";

/**
 * Zstandard by zstddec (the reference decoder as WebAssembly): streaming, any number of frames one after the other,
 * and independent of the Node version (zlib has zstd only from 22.15).
 */

let ready: Promise<ZSTDDecoder> | null = null;

/** The decoder frees nothing that breaks off in the middle: after so many broken streams it is not used any more. */
const brokenLimit = 64;
let broken = 0;

async function loadDecoder(): Promise<ZSTDDecoder> {
  const decoder = new ZSTDDecoder();
  // init() would load its own bytes through fetch("data:…"); where fetch is missing it takes them from memory, which
  // also works in a process whose network functions throw. It decides synchronously, so fetch is away for no await.
  const fetchBefore = Object.getOwnPropertyDescriptor(globalThis, "fetch");
  const hidden = Reflect.defineProperty(globalThis, "fetch", { value: undefined, configurable: true, writable: true });
  const loading = decoder.init();
  if (hidden && fetchBefore !== undefined) Reflect.defineProperty(globalThis, "fetch", fetchBefore);
  await loading;
  return decoder;
}

/** Lets a stream without further input run to its end, where the decoder gives its memory back. */
function drained(output: Generator<Uint8Array>): boolean {
  try {
    for (let step = 0; step < 4096; step += 1) if (output.next().done === true) return true;
    return false;
  } catch {
    return true;
  }
}

/**
 * Decompresses zstd data: one or more frames until the input is used up.
 * Memory is bounded by the frame's window (the decoder refuses windows above 128 MiB), not by the output.
 * @throws ZipError `damaged`, `truncated`, `unsupported-method`
 */
export async function* decompressZstd(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (broken >= brokenLimit) {
    throw new ZipError("unsupported-method", "Too many damaged zstd members: lock and unlock the vault to go on.");
  }
  ready ??= loadDecoder();
  const decoder = await ready;
  const waiting: Uint8Array[] = [];
  let pulled = 0;
  const input: Iterator<Uint8Array> = {
    next() {
      const piece = waiting.shift();
      pulled += 1;
      return piece === undefined ? { done: true, value: undefined } : { done: false, value: piece };
    },
  };
  const output = decoder.decodeStreaming({ [Symbol.iterator]: () => input });
  const source = pieces[Symbol.asyncIterator]();
  let stuck = false;
  let exhausted = false;
  try {
    for (;;) {
      // The decoder takes at most one piece for each result, so one waiting piece is always enough.
      while (waiting.length === 0 && !exhausted) {
        const next = await source.next();
        if (next.done === true) exhausted = true;
        else if (next.value.length > 0) waiting.push(next.value);
      }
      const before = pulled;
      const result = output.next();
      if (result.done === true) break;
      // It reports no errors: it repeats itself without taking input or giving output.
      if (result.value.length === 0 && pulled === before) {
        stuck = true;
        throw new ZipError("damaged", "The zstd data is damaged.");
      }
      if (result.value.length > 0) yield result.value;
    }
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("Incomplete")) {
      throw new ZipError("truncated", "The zstd data ends too early.", { cause: error });
    }
    throw error;
  } finally {
    waiting.length = 0;
    if (stuck || !drained(output)) broken += 1;
    await source.return?.();
  }
}
