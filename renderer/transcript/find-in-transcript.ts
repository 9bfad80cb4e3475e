import type { Failure } from "../../electron/contract/result.ts";
import type { SearchHit } from "../../electron/contract/searching.ts";
import type { Progress } from "../../electron/contract/wire.ts";
import { countBelow } from "./marks.ts";
import { placeOfHit, type HitPlace, type TranscriptReader } from "./reader.ts";
import type { FindText } from "./source.ts";

/** Hits that are held of one search within a transcript; the search screen holds the rest. */
export const mostFound = 10_000;
const pageSize = 500;

export interface FindState {
  readonly text: FindText;
  readonly isRunning: boolean;
  readonly progress: Progress | null;
  readonly failure: Failure | null;
  /** All that there are, null before the search has ended. */
  readonly total: number | null;
  /** Those that are held, in the order of the transcript. */
  readonly hits: readonly SearchHit[];
  /** The item of each, rising. */
  readonly items: Int32Array;
  /** Which one was jumped to. */
  readonly at: number | null;
}

const nothing: FindState = {
  text: { text: "", caseSensitive: false, wholeWord: false },
  isRunning: false,
  progress: null,
  failure: null,
  total: null,
  hits: [],
  items: new Int32Array(0),
  at: null,
};

let nextFind = 1;

/** A text looked for within one transcript, by the service: what is in memory here is only where it was found. */
export class FindInTranscript {
  private readonly reader: TranscriptReader;
  private state: FindState = nothing;
  private readonly listeners = new Set<() => void>();
  private id: string | null = null;
  private abort: AbortController | null = null;

  constructor(reader: TranscriptReader) {
    this.reader = reader;
  }

  readonly read = (): FindState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  /**
   * Looks for a text and jumps to the first hit from here on.
   * @param at the hit that is jumped to already: it becomes the current one instead.
   */
  async start(text: FindText, at: HitPlace | null = null): Promise<void> {
    this.clear();
    if (text.text === "") return;
    const id = `find-${String(Date.now())}-${String(nextFind++)}`;
    const abort = new AbortController();
    this.id = id;
    this.abort = abort;
    this.put({ ...nothing, text, isRunning: true });
    const found = await this.reader.source.find(id, text, {
      signal: abort.signal,
      onProgress: (progress) => {
        if (this.id === id) this.put({ progress });
      },
    });
    const read =
      found.ok || found.error.code === "cancelled" ? await this.readHits(id) : { hits: [], failure: found.error };
    if (this.id !== id) return;
    const { hits, failure } = read;
    const total = found.ok ? found.value.hits : hits.length;
    const items = Int32Array.from(hits, ({ index }) => index);
    this.put({ isRunning: false, progress: null, failure, total, hits, items, at: null });
    if (total === 0 && failure === null) this.reader.say("Not found in this transcript.");
    if (at === null) this.go(1);
    else this.stand(at);
  }

  private async readHits(
    id: string,
  ): Promise<{ readonly hits: readonly SearchHit[]; readonly failure: Failure | null }> {
    const hits: SearchHit[] = [];
    while (this.id === id && hits.length < mostFound) {
      const page = await this.reader.source.hits(id, hits.length, pageSize);
      if (!page.ok) return { hits, failure: page.error };
      hits.push(...page.value.hits);
      if (page.value.hits.length === 0 || hits.length >= page.value.total) break;
    }
    return { hits, failure: null };
  }

  /** Takes a hit that was jumped to from elsewhere as the current one. */
  private stand(at: HitPlace): void {
    const place = this.state.hits.findIndex(
      ({ index, field, offset }) => index === at.index && field === at.field && offset === at.offset,
    );
    this.put({ at: place < 0 ? null : place });
    this.reader.setHit(at);
  }

  /** To the next hit, or the one before; round the end. */
  go(step: 1 | -1): void {
    const { hits, items, at } = this.state;
    if (hits.length === 0) return;
    const last = hits.length - 1;
    let next: number;
    if (at !== null && hits[at]?.index === this.reader.here()) next = at + step;
    else next = step === 1 ? countBelow(items, this.reader.here()) : countBelow(items, this.reader.here()) - 1;
    next = next > last ? 0 : next < 0 ? last : next;
    const hit = hits[next];
    if (hit === undefined) return;
    this.put({ at: next });
    this.reader.goTo(hit.index, placeOfHit(hit));
  }

  cancel(): void {
    this.abort?.abort();
  }

  /** Nothing is looked for any more. */
  clear(): void {
    this.abort?.abort();
    this.abort = null;
    if (this.id !== null) this.reader.source.dropFind(this.id);
    this.id = null;
    this.reader.setHit(null);
    this.put(nothing);
  }

  private put(change: Partial<FindState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
