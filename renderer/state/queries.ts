import type { RequestInput, RequestName, RequestOutput } from "../../electron/contract/index.ts";
import type { Failure, Result } from "../../electron/contract/result.ts";

/** What is known of the answer to one request. While it is asked for again, the last answer stays in sight. */
export type QueryState<T> =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly data: T; readonly isRefreshing: boolean }
  | { readonly status: "failed"; readonly failure: Failure };

interface Entry {
  state: QueryState<unknown>;
  readonly ask: () => Promise<Result<unknown>>;
  readonly listeners: Set<() => void>;
  asking: boolean;
  /** Changed while it was being asked: to be asked once more. */
  again: boolean;
}

type Ask = <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<Result<RequestOutput<N>>>;

const loading: QueryState<never> = { status: "loading" };

/** A key for a request and its input. */
export function queryKey<N extends RequestName>(name: N, input: RequestInput<N>): string {
  return `${name} ${JSON.stringify(input)}`;
}

/**
 * The answers that screens show, by request and input. One entry is asked for once however many show it; `invalidate`
 * asks again for what is shown and forgets the rest; `clear` forgets everything.
 */
export class QueryCache {
  private readonly entries = new Map<string, Entry>();
  private readonly ask: Ask;

  constructor(ask: Ask) {
    this.ask = ask;
  }

  /** What is known now. The same object until something changes. */
  read(key: string): QueryState<unknown> {
    return this.entries.get(key)?.state ?? loading;
  }

  /** Shows an answer: asks for it if nobody did, and calls back when it changes. */
  subscribe<N extends RequestName>(name: N, input: RequestInput<N>, listener: () => void): () => void {
    const key = queryKey(name, input);
    let entry = this.entries.get(key);
    if (entry === undefined) {
      entry = { state: loading, ask: () => this.ask(name, input), listeners: new Set(), asking: false, again: false };
      this.entries.set(key, entry);
      void this.refresh(key, entry);
    }
    const { listeners } = entry;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  /** Puts an answer in that came by another way, e.g. from a command. */
  put<N extends RequestName>(name: N, input: RequestInput<N>, data: RequestOutput<N>): void {
    const key = queryKey(name, input);
    const entry = this.entries.get(key);
    if (entry) this.settle(key, entry, { ok: true, value: data });
  }

  /** Something changed in the vault. */
  invalidate(): void {
    for (const [key, entry] of this.entries) {
      if (entry.listeners.size === 0) this.entries.delete(key);
      else void this.refresh(key, entry);
    }
  }

  /** At lock: no answer stays in memory. */
  clear(): void {
    const shown = [...this.entries.values()];
    this.entries.clear();
    for (const entry of shown) for (const listener of entry.listeners) listener();
  }

  /** Asks again for one answer. */
  async refresh(key: string, entry = this.entries.get(key)): Promise<void> {
    if (entry === undefined) return;
    if (entry.asking) {
      entry.again = true;
      return;
    }
    entry.asking = true;
    entry.again = false;
    const result = await entry.ask();
    entry.asking = false;
    if (this.entries.get(key) !== entry) return;
    this.settle(key, entry, result);
    if (this.isStale(entry)) await this.refresh(key, entry);
  }

  private isStale(entry: Entry): boolean {
    return entry.again;
  }

  private settle(key: string, entry: Entry, result: Result<unknown>): void {
    if (this.entries.get(key) !== entry) return;
    entry.state = result.ok
      ? { status: "ready", data: result.value, isRefreshing: false }
      : { status: "failed", failure: result.error };
    for (const listener of entry.listeners) listener();
  }
}
