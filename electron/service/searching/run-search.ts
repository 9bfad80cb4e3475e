import type { ParsedInput } from "../../contract/index.ts";
import type { SearchState } from "../../contract/searching.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { RequestContext } from "../handlers.ts";
import { logBlob, logsInScope, type AttemptInScope, type LogInScope } from "./scope.ts";
import type { Search } from "./searches.ts";
import type { LogForThread, SampleFinding, SamplePlace } from "./thread-messages.ts";
import type { TranscriptThread } from "./transcript-thread.ts";
import { threadsOf, type TranscriptThreads } from "./transcript-threads.ts";

/** Compressed bytes of samples that go to a thread together, and how many lots a thread has at the same time. */
const lotBytes = 2 * 1024 * 1024;
const lotsAThread = 2;
const mostInLot = 500;

type Input = ParsedInput<"search.transcripts">;

/** An attempt with its place in the log. */
interface Target {
  readonly attempt: AttemptInScope;
  readonly place: NonNullable<SamplePlace>;
}

/** Searches a scope from end to end. What was found until it is stopped stays. @throws Refusal "cancelled", "vault-locked" */
export async function runSearch(context: RequestContext, search: Search, input: Input): Promise<SearchState> {
  const { session } = context.host;
  try {
    const { logs, missed } = logsInScope(session, input.scope);
    for (const one of missed) search.missed(one);
    const run = new SearchRun(context, threadsOf(context.host), search, input);
    const total = logs.reduce((sum, log) => sum + log.bytes, 0);
    for (const log of logs) await run.searchLog(log, total);
    search.end("done");
    return search.state;
  } catch (error) {
    search.end("stopped");
    if (context.host.openSession !== session) throw new Refusal("vault-locked", "", "The vault was locked.");
    throw error;
  }
}

class SearchRun {
  readonly #context: RequestContext;
  readonly #threads: TranscriptThreads;
  readonly #search: Search;
  readonly #input: Input;
  /** Bytes of logs that were dealt with, and of those before this one. */
  #done = 0;
  #before = 0;

  constructor(context: RequestContext, threads: TranscriptThreads, search: Search, input: Input) {
    this.#context = context;
    this.#threads = threads;
    this.#search = search;
    this.#input = input;
  }

  async searchLog(log: LogInScope, total: number): Promise<void> {
    const { session } = this.#context.host;
    this.#context.signal.throwIfAborted();
    const blob = logBlob(session, log);
    if (typeof blob === "string") {
      this.#search.missed({ what: "run", name: log.run.code, count: log.attempts.length, reason: blob });
    } else {
      const sealed = this.#threads.logs.get(log.sha256, () => blob.sealed());
      const targets = await this.#targets(sealed, log);
      await this.#searchLots(sealed, lotsOf(targets), { log, total });
    }
    this.#before += log.bytes;
    this.#done = this.#before;
    this.#tell(log, total);
  }

  /** The attempts in the order in which the log holds them, so that it is read from its beginning to its end. */
  async #targets(sealed: LogForThread, log: LogInScope): Promise<Target[]> {
    const members = log.attempts.map(({ member }) => member);
    const places = await this.#thread(0).call("places", { log: sealed, members }, { signal: this.#context.signal });
    const targets: Target[] = [];
    for (const [at, attempt] of log.attempts.entries()) {
      const place = places[at] ?? null;
      const problem = "its transcript is not in the stored log";
      if (place === null) this.#search.take(attempt.facts, { hits: [], total: 0, bytes: 0, problem });
      else targets.push({ attempt, place });
    }
    return targets.sort((a, b) => a.place.start - b.place.start);
  }

  /** Hands lots to the threads; what they find is taken in by the order of the lots. */
  async #searchLots(
    sealed: LogForThread,
    lots: readonly Target[][],
    about: { log: LogInScope; total: number },
  ): Promise<void> {
    const findings = new Map<number, readonly SampleFinding[]>();
    let [next, taken] = [0, 0];
    const one = async (thread: TranscriptThread): Promise<void> => {
      while (next < lots.length) {
        const at = next;
        next += 1;
        const lot = lots[at] ?? [];
        findings.set(at, await this.#searchLot(thread, sealed, lot));
        this.#done += lot.reduce((sum, { place }) => sum + place.bytes, 0);
        for (let ready = findings.get(taken); ready !== undefined; ready = findings.get(taken)) {
          this.#take(lots[taken] ?? [], ready);
          findings.delete(taken);
          taken += 1;
        }
        this.#tell(about.log, about.total);
      }
    };
    const { searchers } = this.#threads;
    const all = await Promise.allSettled(
      searchers.flatMap((thread) => Array.from({ length: lotsAThread }, () => one(thread))),
    );
    for (const result of all) if (result.status === "rejected") throw asError(result.reason);
  }

  #searchLot(thread: TranscriptThread, log: LogForThread, lot: readonly Target[]): Promise<readonly SampleFinding[]> {
    const { text, caseSensitive, wholeWord, kinds } = this.#input;
    const members = lot.map(({ attempt }) => attempt.member);
    const looked = { text, caseSensitive, wholeWord };
    const input = { log, members, text: looked, kinds: kinds ?? null, keep: this.#search.room, range: rangeOf(lot) };
    return thread.call("search", input, { signal: this.#context.signal });
  }

  #take(lot: readonly Target[], findings: readonly SampleFinding[]): void {
    for (const [at, { attempt }] of lot.entries()) {
      const finding = findings[at];
      if (finding !== undefined) this.#search.take(attempt.facts, finding);
    }
  }

  #thread(place: number): TranscriptThread {
    const thread = this.#threads.searchers[place];
    if (thread === undefined) throw new Error("there is no thread to search with");
    return thread;
  }

  #tell({ run, bytes }: LogInScope, total: number): void {
    const { hits } = this.#search.state;
    const step = `Searching ${run.code}: ${String(hits)} found`.slice(0, 200);
    const done = Math.min(this.#before + bytes, this.#done, total);
    this.#context.progress({ step, done, total, unit: "bytes" });
  }
}

/** A sample of a JSON log says its place, not its bytes: it is read from the log's beginning, by whoever reads it. */
function rangeOf(lot: readonly Target[]): { start: number; length: number } {
  const start = lot[0]?.place.start ?? 0;
  const last = lot.at(-1)?.place ?? { start, bytes: 0 };
  return { start, length: last.start + last.bytes - start };
}

function lotsOf(targets: readonly Target[]): Target[][] {
  const lots: Target[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const target of targets) {
    const last = lots.at(-1);
    if (last === undefined || bytes >= lotBytes || last.length >= mostInLot) {
      lots.push([target]);
      bytes = target.place.bytes;
    } else {
      last.push(target);
      bytes += target.place.bytes;
    }
  }
  return lots;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("the search failed");
}
