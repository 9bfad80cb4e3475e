import {
  searchLimits,
  type NotSearched,
  type SearchedAttempt,
  type SearchHit,
  type SearchState,
} from "../../contract/searching.ts";
import type { ItemHit } from "../../interchange/inspect/index.ts";

/** What a search knows of an attempt before it has looked into it. */
export type AttemptFacts = Omit<SearchedAttempt, "hits" | "firstHit">;

/** What looking into one attempt came to. */
export interface AttemptFinding {
  readonly hits: readonly ItemHit[];
  /** All hits, also those beyond the ones that were kept. */
  readonly total: number;
  /** Bytes of transcript, after decompression. */
  readonly bytes: number;
  /** Why it was not searched, or not to its end; null where it was. */
  readonly problem: string | null;
}

const mostReported = 1_000;

/** One search and what it found so far: in memory alone. */
export class Search {
  readonly hits: SearchHit[] = [];
  readonly attempts: SearchedAttempt[] = [];
  readonly #notSearched: NotSearched[] = [];
  #hits = 0;
  #searched = 0;
  #bytes = 0;
  #state: SearchState["state"] = "running";

  get state(): SearchState {
    return {
      state: this.#state,
      hits: this.#hits,
      kept: this.hits.length,
      attemptsWithHits: this.attempts.length,
      attempts: this.#searched,
      bytes: this.#bytes,
      notSearched: this.#notSearched,
    };
  }

  /** How many more hits are kept. */
  get room(): number {
    return searchLimits.hits - this.hits.length;
  }

  /** The kept hits of one attempt, by its place among those with hits. */
  hitsOf(attempt: number): SearchHit[] {
    const { firstHit, hits } = this.attempts[attempt] ?? { firstHit: null, hits: 0 };
    return firstHit === null ? [] : this.hits.slice(firstHit, firstHit + hits);
  }

  /** Takes an attempt's finding in; attempts come in the order in which they are shown. */
  take(facts: AttemptFacts, finding: AttemptFinding): void {
    const { hits, total, bytes, problem } = finding;
    this.#searched += 1;
    this.#bytes += bytes;
    if (problem !== null) this.missed({ what: "attempt", name: attemptName(facts), count: 1, reason: problem });
    if (total === 0) return;
    this.#hits += total;
    const attempt = this.attempts.length;
    const kept = hits.slice(0, this.room);
    this.attempts.push({ ...facts, hits: total, firstHit: kept.length === 0 ? null : this.hits.length });
    const { runId, runCode, task, epoch } = facts;
    for (const hit of kept) this.hits.push({ place: this.hits.length, attempt, runId, runCode, task, epoch, ...hit });
  }

  /** Notes something that was in the scope and was not searched. */
  missed(what: NotSearched): void {
    if (this.#notSearched.length < mostReported) {
      this.#notSearched.push(what);
      return;
    }
    const last = this.#notSearched.at(-1);
    if (last === undefined) return;
    this.#notSearched[mostReported - 1] = { ...last, name: null, count: last.count + what.count };
  }

  end(state: "done" | "stopped"): void {
    this.#state = state;
  }
}

function attemptName({ runCode, task, epoch }: AttemptFacts): string {
  return `${runCode}, ${task}, epoch ${String(epoch)}`;
}

/** The searches of an open vault, the newest last. */
export class Searches {
  readonly #byId = new Map<string, Search>();

  begin(id: string): Search {
    this.#byId.delete(id);
    const search = new Search();
    this.#byId.set(id, search);
    for (const oldest of this.#byId.keys()) {
      if (this.#byId.size <= searchLimits.searches) break;
      this.#byId.delete(oldest);
    }
    return search;
  }

  get(id: string): Search | null {
    return this.#byId.get(id) ?? null;
  }

  drop(id: string): void {
    this.#byId.delete(id);
  }

  clear(): void {
    this.#byId.clear();
  }
}
