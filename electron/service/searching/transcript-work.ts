import { Needle } from "../../interchange/inspect/transcript/needle.ts";
import { sampleWeight } from "../../interchange/inspect/transcript/open-sample.ts";
import { outlineOf } from "../../interchange/inspect/transcript/outline.ts";
import {
  findSample,
  openContainer,
  TranscriptError,
  type SampleContainer,
} from "../../interchange/inspect/transcript/read-transcript.ts";
import { SampleReader } from "../../interchange/inspect/transcript/sample-reader.ts";
import { searchSample, type SampleSearch } from "../../interchange/inspect/transcript/search-sample.ts";
import { TextMatcher } from "../../interchange/inspect/transcript/text-matcher.ts";
import { itemOf, windowOf } from "../../interchange/inspect/transcript/window.ts";
import { ZipError } from "../../interchange/zip/zip-error.ts";
import { SealedSource, type FetchChunks } from "./sealed-source.ts";
import type {
  ItemPages,
  LogForThread,
  SampleFinding,
  SamplePlace,
  ThreadAnswers,
  ThreadWork,
  WorkKind,
} from "./thread-messages.ts";

/** What a thread that reads transcripts does: decrypts, decompresses, reads, searches. It has no file and no socket. */

export interface WorkContext {
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
  /** Lets messages in, a cancel among them, where the thread heard none for long. */
  readonly pause: () => Promise<void> | void;
}

type Works = { readonly [K in WorkKind]: (input: ThreadWork[K], context: WorkContext) => Promise<ThreadAnswers[K]> };

interface OpenLog {
  readonly source: SealedSource;
  readonly container: Promise<SampleContainer>;
}

/** Logs and samples that are held; of more the longest unused go. */
const logsKept = 8;
const samplesKept = 2;

export class TranscriptWork {
  readonly #fetch: (blob: number) => FetchChunks;
  readonly #logs = new Map<number, OpenLog>();
  readonly #samples = new Map<string, SampleReader>();
  readonly #opening = new Map<string, Promise<SampleReader>>();

  constructor(fetch: (blob: number) => FetchChunks) {
    this.#fetch = fetch;
  }

  readonly works: Works = {
    open: async (input, context) => {
      await this.#sample(input, context);
      return null;
    },
    outline: async (input, context) => outlineOf(await this.#sample(input, context)),
    window: async (input, context) =>
      windowOf(await this.#sample(input, context), { ...input, signal: context.signal }),
    item: async (input, context): Promise<ItemPages | null> =>
      itemOf(await this.#sample(input, context), input.index, input),
    close: (input) => {
      const key = keyOf(input);
      this.#samples.get(key)?.wipe();
      this.#samples.delete(key);
      this.#logs.get(input.log.blob)?.source.clear();
      return Promise.resolve(null);
    },
    places: async ({ log, members }) => {
      const container = await this.#log(log).container;
      return members.map((member): SamplePlace => {
        try {
          return sampleWeight(findSample(container, member));
        } catch (error) {
          if (error instanceof TranscriptError) return null;
          throw error;
        }
      });
    },
    search: async (input, context) => {
      const { log, members, range, text, kinds, keep } = input;
      const { source, container } = this.#log(log);
      source.prefetch(range.start, range.length);
      const search = { needle: new Needle(text), matcher: new TextMatcher(text), keep };
      const { signal, pause } = context;
      const all = { ...search, kinds: kinds === null ? null : new Set(kinds), signal, pause };
      const findings: SampleFinding[] = [];
      for (const member of members) {
        await pause();
        signal.throwIfAborted();
        findings.push(await this.#search(await container, member, all));
      }
      // What was opened is not kept: a search reads it once.
      source.release(range.start, range.length);
      return findings;
    },
  };

  async #search(container: SampleContainer, member: string, search: SampleSearch): Promise<SampleFinding> {
    try {
      return await searchSample(findSample(container, member), search);
    } catch (error) {
      if (error instanceof TranscriptError) return missed("its transcript is not in the stored log");
      if (error instanceof ZipError) return missed(`its transcript cannot be read: ${error.message}`);
      throw error;
    }
  }

  /** A sample that is held, or that is opened now; who asks for it while it is opened waits for the same. */
  async #sample(of: { log: LogForThread; member: string }, context: WorkContext): Promise<SampleReader> {
    const key = keyOf(of);
    const known = this.#samples.get(key);
    if (known !== undefined) {
      this.#samples.delete(key);
      this.#samples.set(key, known);
      return known;
    }
    const begun = this.#opening.get(key);
    if (begun !== undefined) {
      try {
        return await begun;
      } catch (error) {
        // Whoever began it may have left: this one has not.
        if (context.signal.aborted || !isAbort(error)) throw error;
      }
    }
    const opening = this.#open(of, context).finally(() => {
      if (this.#opening.get(key) === opening) this.#opening.delete(key);
    });
    this.#opening.set(key, opening);
    return opening;
  }

  async #open({ log, member }: { log: LogForThread; member: string }, options: WorkContext): Promise<SampleReader> {
    try {
      const container = await this.#log(log).container;
      const reader = await SampleReader.open(findSample(container, member), options);
      this.#samples.set(keyOf({ log, member }), reader);
      for (const [oldest, other] of this.#samples) {
        if (this.#samples.size <= samplesKept) break;
        other.wipe();
        this.#samples.delete(oldest);
      }
      return reader;
    } catch (error) {
      if (!(error instanceof ZipError)) throw error;
      throw new TranscriptError("damaged", "The sample is damaged.", { cause: error });
    }
  }

  #log({ blob, opening }: LogForThread): OpenLog {
    const known = this.#logs.get(blob);
    if (known !== undefined) return known;
    const source = new SealedSource(opening, this.#fetch(blob));
    const log = { source, container: openContainer(source) };
    log.container.catch(() => this.#logs.delete(blob));
    this.#logs.set(blob, log);
    for (const oldest of this.#logs.keys()) {
      if (this.#logs.size <= logsKept) break;
      this.#logs.delete(oldest);
    }
    return log;
  }
}

function keyOf({ log, member }: { log: LogForThread; member: string }): string {
  return `${String(log.blob)}/${member}`;
}

function missed(problem: string): SampleFinding {
  return { hits: [], total: 0, bytes: 0, problem };
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
