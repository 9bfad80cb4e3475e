/** Puts pieces together in memory of their own (never in Buffer's shared pool). */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Reads a stream of chunks by size, by line, or to its end. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array(0);
  #ended = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const next = await this.#source.next();
    if (next.done === true) {
      this.#ended = true;
      return false;
    }
    this.#held = this.#held.length === 0 ? next.value : joinBytes([this.#held, next.value]);
    return true;
  }

  #take(count: number): Uint8Array {
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }

  /** The next `count` bytes without taking them; fewer only at the end. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#held.length < count && (await this.#more()));
    return this.#held.subarray(0, count);
  }

  /** The next `count` bytes; fewer only at the end. */
  async read(count: number): Promise<Uint8Array> {
    await this.peek(count);
    return this.#take(count);
  }

  /** Bytes through the next `end` byte; null where the stream or `limit` ends first. */
  async readThrough(end: number, limit: number): Promise<Uint8Array | null> {
    let searched = 0;
    for (;;) {
      const found = this.#held.indexOf(end, searched);
      if (found !== -1) return found < limit ? this.#take(found + 1) : null;
      searched = this.#held.length;
      if (searched >= limit || !(await this.#more())) return null;
    }
  }

  /** All that is left; null where it is more than `limit` bytes. */
  async readAll(limit: number): Promise<Uint8Array | null> {
    const parts: Uint8Array[] = [];
    let total = 0;
    for await (const part of this.rest()) {
      total += part.length;
      if (total > limit) return null;
      parts.push(part);
    }
    return joinBytes(parts);
  }

  /** All that is left, in pieces. */
  async *rest(): AsyncGenerator<Uint8Array> {
    do {
      if (this.#held.length > 0) yield this.#take(this.#held.length);
    } while (await this.#more());
  }

  /** Ends the source, so that it can let go of its file. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}

/** A stream of one chunk. */
export async function* singleChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
