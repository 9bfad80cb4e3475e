import type { ByteSource } from "../../interchange/byte-source.ts";
// Not by way of its index: a thread needs nothing else of the vault, and starts sooner without.
import { openSealedChunks, type BlobOpening, type SealedChunks } from "../../vault/sealed-blob.ts";

/** Chunks that are asked for at once by who reads on, 256 KiB of plaintext each. */
const readAhead = 8;
/** Chunks that are asked for ahead of a lot of samples. */
const mostPrefetched = 16;
/** Opened chunks that are kept: several samples lie in one, and several are read at the same time. */
const chunksKept = 64;

/** Asks the service for chunks; answers null where they cannot be had any more. */
export type FetchChunks = (first: number, count: number) => Promise<SealedChunks | null>;

/** A stored log in a thread: its chunks come as ciphertext and are opened here. */
export class SealedSource implements ByteSource {
  readonly size: number;
  readonly #opening: BlobOpening;
  readonly #fetch: FetchChunks;
  readonly #chunks = new Map<number, Promise<Uint8Array>>();
  #last = -2;

  constructor(opening: BlobOpening, fetch: FetchChunks) {
    this.#opening = opening;
    this.size = opening.head.size;
    this.#fetch = fetch;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const { chunkSize } = this.#opening.head;
    const end = Math.min(offset + length, this.size);
    if (offset >= end) return new Uint8Array(0);
    const [first, last] = [Math.floor(offset / chunkSize), Math.floor((end - 1) / chunkSize)];
    this.#want(first, last);
    if (first === last) {
      const chunk = await this.#chunk(first);
      return chunk.subarray(offset - first * chunkSize, end - first * chunkSize);
    }
    const whole = Buffer.allocUnsafe(end - offset);
    for (let index = first; index <= last; index += 1) {
      const start = index * chunkSize;
      const chunk = await this.#chunk(index);
      const from = Math.max(offset - start, 0);
      whole.set(chunk.subarray(from, Math.min(end - start, chunk.length)), start + from - offset);
    }
    return whole;
  }

  /** Asks for a part of the log that will be read soon, all at once. */
  prefetch(offset: number, length: number): void {
    const { chunkSize } = this.#opening.head;
    const end = Math.min(offset + length, this.size);
    if (offset >= end) return;
    const first = Math.floor(offset / chunkSize);
    const last = Math.min(Math.floor((end - 1) / chunkSize), first + mostPrefetched - 1);
    for (let index = first; index <= last; index += 1) {
      if (this.#chunks.has(index)) continue;
      let count = 1;
      while (index + count <= last && !this.#chunks.has(index + count)) count += 1;
      this.#request(index, count);
      index += count - 1;
    }
  }

  /** Drops what was opened of a part of the log, but for chunks that reach beyond it: they are its neighbours', too. */
  release(offset: number, length: number): void {
    const { chunkSize } = this.#opening.head;
    const end = Math.floor(Math.min(offset + length, this.size) / chunkSize);
    for (let index = Math.ceil(offset / chunkSize); index < end; index += 1) this.#chunks.delete(index);
  }

  /** Drops what was opened. */
  clear(): void {
    this.#chunks.clear();
  }

  #chunk(index: number): Promise<Uint8Array> {
    const known = this.#chunks.get(index);
    if (known !== undefined) return known;
    this.#request(index, 1);
    return this.#chunks.get(index) ?? Promise.reject(new Error("a chunk was not asked for"));
  }

  /** Asks for what is missing of a range, and for some of what follows where the reader goes on from where it was. */
  #want(first: number, last: number): void {
    const goesOn = first === this.#last || first === this.#last + 1;
    this.#last = last;
    const until = Math.min(goesOn ? last + readAhead : last, this.#opening.row.chunks - 1);
    for (let index = first; index <= until; index += 1) {
      if (this.#chunks.has(index)) continue;
      // Ahead of time only in lots: a message for each chunk would cost more than it saves.
      if (index > last && until - index < readAhead / 2) return;
      let count = 1;
      while (index + count <= until && count < readAhead && !this.#chunks.has(index + count)) count += 1;
      this.#request(index, count);
      index += count - 1;
    }
  }

  #request(first: number, count: number): void {
    const opened = this.#fetch(first, count).then((chunks) => {
      if (chunks === null) throw new Error("The vault was locked.");
      return new Map([...openSealedChunks(this.#opening, chunks)].map(({ index, bytes }) => [index, bytes]));
    });
    for (let index = first; index < first + count; index += 1) {
      const chunk = opened.then((all) => {
        const bytes = all.get(index);
        if (bytes === undefined) throw new Error("A part of the stored log is missing.");
        return bytes;
      });
      // Who waits for it is told; what was read ahead of time nobody may wait for.
      chunk.catch(() => this.#chunks.delete(index));
      this.#chunks.set(index, chunk);
    }
    for (const oldest of this.#chunks.keys()) {
      if (this.#chunks.size <= chunksKept) break;
      this.#chunks.delete(oldest);
    }
  }
}
