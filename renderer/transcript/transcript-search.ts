import type { Failure } from "../../electron/contract/result.ts";
import type { SearchedAttempt, SearchHit, SearchScope, SearchState } from "../../electron/contract/searching.ts";
import type { ItemKind } from "../../electron/contract/transcripts.ts";
import type { Progress } from "../../electron/contract/wire.ts";
import type { ServiceConnection } from "../state/connection.ts";
import { endJob, startJob, updateJob } from "../state/jobs.ts";
import { connection } from "../state/service.ts";
import { ItemWindows } from "./item-windows.ts";
import type { FindText } from "./source.ts";

/** What is looked for, and where. */
export interface SearchAsked extends FindText {
  readonly scope: SearchScope;
  /** null: in items of every kind. */
  readonly kinds: readonly ItemKind[] | null;
}

export interface SearchView {
  /** The search that the hits are of; null before the first. */
  readonly id: string | null;
  readonly asked: SearchAsked | null;
  readonly isRunning: boolean;
  readonly progress: Progress | null;
  readonly failure: Failure | null;
  readonly found: SearchState | null;
  readonly attempts: readonly SearchedAttempt[];
  /** The line that the reader was at, and how far the list was scrolled. */
  readonly cursor: number;
  readonly scrolled: number;
}

const nothing: SearchView = {
  id: null,
  asked: null,
  isRunning: false,
  progress: null,
  failure: null,
  found: null,
  attempts: [],
  cursor: 0,
  scrolled: 0,
};

const attemptPage = 500;
const lookEveryMs = 400;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

let nextSearch = 1;

/**
 * A search through many transcripts. It outlives its screen, so that one can look at a hit and come back; hits stay in the
 * service, here are only the windows that are looked at. Forgotten at lock.
 */
export class TranscriptSearch {
  private readonly service: Pick<ServiceConnection, "request" | "on">;
  private view: SearchView = nothing;
  private readonly listeners = new Set<() => void>();
  private abort: AbortController | null = null;
  private windows: ItemWindows<SearchHit> = this.windowsOf(null);

  constructor(service: Pick<ServiceConnection, "request" | "on">) {
    this.service = service;
    service.on("locked", () => {
      this.forget();
    });
  }

  readonly read = (): SearchView => this.view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  /** The hit at a place among all, undefined while it is not there. */
  hit(place: number): SearchHit | undefined {
    return this.windows.item(place);
  }

  /** Hits that are in sight, by their places. */
  want(places: readonly number[]): void {
    this.windows.want(places);
  }

  /** What a search looked for; null where it is another than the last. */
  textOf(id: string): FindText | null {
    const { asked } = this.view;
    if (this.view.id !== id || asked === null) return null;
    const { text, caseSensitive, wholeWord } = asked;
    return { text, caseSensitive, wholeWord };
  }

  remember(place: { readonly cursor?: number; readonly scrolled?: number }): void {
    this.view = { ...this.view, ...place };
    if (place.cursor !== undefined) this.tell();
  }

  /** Starts a search in place of the one before. @returns when it has ended. */
  async start(asked: SearchAsked): Promise<void> {
    this.forget();
    const id = `search-${String(Date.now())}-${String(nextSearch++)}`;
    const abort = new AbortController();
    this.abort = abort;
    this.windows = this.windowsOf(id);
    this.put({ ...nothing, id, asked, isRunning: true });
    const job = startJob("Searching transcripts", abort);
    const looking = this.lookWhileRunning(id);
    const { kinds, ...rest } = asked;
    const result = await this.service.request(
      "search.transcripts",
      { searchId: id, ...rest, ...(kinds === null ? {} : { kinds: [...kinds] }) },
      {
        signal: abort.signal,
        onProgress: (progress) => {
          updateJob(job, progress);
          if (this.view.id === id) this.put({ progress });
        },
      },
    );
    endJob(job);
    if (this.view.id !== id) return;
    const isCancelled = !result.ok && result.error.code === "cancelled";
    this.put({ isRunning: false, progress: null, failure: result.ok || isCancelled ? null : result.error });
    await looking;
    // The last look: what was found after the one before, also where the search was stopped.
    await this.look(id);
    if (result.ok && this.view.id === id) this.put({ found: result.value });
  }

  cancel(): void {
    this.abort?.abort();
  }

  /** Nothing is looked for and nothing is kept any more. */
  forget(): void {
    this.abort?.abort();
    this.abort = null;
    const { id } = this.view;
    this.windows.close();
    this.windows = this.windowsOf(null);
    if (id !== null) void this.service.request("search.drop", { searchId: id });
    this.put(nothing);
  }

  private windowsOf(id: string | null): ItemWindows<SearchHit> {
    const windows = new ItemWindows<SearchHit>(
      async (offset, limit) => {
        if (id === null) return { ok: true, value: { items: [] } };
        const result = await this.service.request("search.hits", { searchId: id, offset, limit });
        return result.ok ? { ok: true, value: { items: result.value.hits } } : result;
      },
      ({ before, match, after }) => 200 + before.length + match.length + after.length,
    );
    windows.subscribe(() => {
      this.put({});
    });
    return windows;
  }

  private async lookWhileRunning(id: string): Promise<void> {
    for (;;) {
      await pause(lookEveryMs);
      if (this.view.id !== id || !this.view.isRunning) return;
      await this.look(id);
    }
  }

  /** Asks what was found until now: attempts beyond those that are known, and how many hits there are. */
  private async look(id: string): Promise<void> {
    for (;;) {
      // The last attempt may have got more hits since: it is asked for again.
      const offset = Math.max(0, this.view.attempts.length - 1);
      const result = await this.service.request("search.attempts", { searchId: id, offset, limit: attemptPage });
      if (this.view.id !== id || !result.ok) return;
      const { attempts, total, search } = result.value;
      const before = this.view.found?.kept ?? 0;
      const known = [...this.view.attempts.slice(0, offset), ...attempts];
      this.put({ attempts: known, found: search });
      if (search.kept > before) this.windows.renew();
      if (known.length >= total || attempts.length < 2) return;
    }
  }

  private put(change: Partial<SearchView>): void {
    this.view = { ...this.view, ...change };
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** The search of this window. */
export const transcriptSearch = new TranscriptSearch(connection);
