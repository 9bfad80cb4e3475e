import { asList } from "../../json/fields.ts";
import type { KeptPages } from "./kept-pages.ts";
import type { SampleIndex } from "./sample-index.ts";

/** A sample that was read once: where everything in it lies, and its bytes. */
export interface OpenSample {
  readonly index: SampleIndex;
  readonly pages: KeptPages;
  /** Of a chunked sample; null where messages stand in the sample themselves. */
  readonly conversation: Conversation | null;
  readonly notes: readonly string[];
  /** The bytes from the start once more. */
  readonly reread: () => AsyncIterable<Uint8Array>;
}

const longestConversation = 10_000_000;

/** The final conversation of a chunked sample: ranges of the pool's messages, one after the other. */
export class Conversation {
  readonly #ranges: { readonly at: number; readonly start: number; readonly end: number }[] = [];
  readonly length: number;

  constructor(refs: readonly unknown[]) {
    let at = 0;
    for (const range of refs) {
      const [start, end] = asList(range);
      if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) continue;
      if (typeof start !== "number" || typeof end !== "number" || start < 0 || end <= start) continue;
      if (at + end - start > longestConversation) break;
      this.#ranges.push({ at, start, end });
      at += end - start;
    }
    this.length = at;
  }

  /** The pool's index of the message at a place of the conversation. */
  poolIndex(place: number): number {
    let [low, high] = [0, this.#ranges.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#ranges[middle]?.at ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    const range = this.#ranges[low];
    return range === undefined ? -1 : range.start + place - range.at;
  }

  /** The first place of the conversation where a message of the pool stands, null where it does not. */
  placeOf(poolIndex: number): number | null {
    const range = this.#ranges.find(({ start, end }) => start <= poolIndex && poolIndex < end);
    return range === undefined ? null : range.at + poolIndex - range.start;
  }
}
