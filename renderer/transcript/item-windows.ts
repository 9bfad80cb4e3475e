import type { Failure, Result } from "../../electron/contract/result.ts";

/** What was asked for at once of a long list, by the list's own order. */
export interface WindowAnswer<Item> {
  readonly items: readonly Item[];
}

export interface WindowLimits {
  /** Items asked for at once. */
  readonly pageSize: number;
  /** Pages that are kept at most, besides those in sight. */
  readonly pages: number;
  /** Characters that are kept at most, besides those in sight. */
  readonly characters: number;
  /** Requests under way at once. */
  readonly requests: number;
}

export const usualLimits: WindowLimits = { pageSize: 100, pages: 60, characters: 12_000_000, requests: 2 };

interface Page<Item> {
  readonly items: readonly Item[];
  readonly characters: number;
}

/**
 * The items of a transcript by pages: asks for those in sight, keeps those that were last looked at and forgets the rest,
 * so that 300,000 items cost no more memory than 60 pages. What is no longer in sight when its turn comes is not asked
 * for: dragging through the whole list asks for where it ends, not for all that it passed.
 */
export class ItemWindows<Item> {
  private readonly ask: (offset: number, limit: number) => Promise<Result<WindowAnswer<Item>>>;
  private readonly weigh: (item: Item) => number;
  private readonly limits: WindowLimits;
  /** In the order in which they were last looked at, oldest first. */
  private readonly kept = new Map<number, Page<Item>>();
  private readonly asking = new Set<number>();
  private readonly listeners = new Set<() => void>();
  private wanted: readonly number[] = [];
  private characters = 0;
  private version = 0;
  private lastFailure: Failure | null = null;
  private isClosed = false;

  /** @param weigh characters of an item, by which memory is bounded. */
  constructor(
    ask: (offset: number, limit: number) => Promise<Result<WindowAnswer<Item>>>,
    weigh: (item: Item) => number,
    limits: WindowLimits = usualLimits,
  ) {
    this.ask = ask;
    this.weigh = weigh;
    this.limits = limits;
  }

  /** Rises with every change: what `useSyncExternalStore` compares. */
  readonly read = (): number => this.version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  /** Why the last page could not be read; null after one that could. */
  get failure(): Failure | null {
    return this.lastFailure;
  }

  /** Pages and characters that are in memory. */
  get held(): { readonly pages: number; readonly characters: number } {
    return { pages: this.kept.size, characters: this.characters };
  }

  /** The item, or undefined while its page is not there. */
  item(index: number): Item | undefined {
    return this.kept.get(this.pageOf(index))?.items[index % this.limits.pageSize];
  }

  /** Says which items are in sight. Those of them that are not there are asked for. */
  want(indices: Iterable<number>): void {
    this.wanted = [...new Set([...indices].map((index) => this.pageOf(index)))];
    for (const page of this.wanted) {
      const held = this.kept.get(page);
      if (held === undefined) continue;
      this.kept.delete(page);
      this.kept.set(page, held);
    }
    this.fill();
  }

  /** More items have come after those before: pages that were not full are asked for again. */
  renew(): void {
    for (const [page, { items, characters }] of this.kept) {
      if (items.length === this.limits.pageSize) continue;
      this.kept.delete(page);
      this.characters -= characters;
    }
    this.fill();
  }

  /** Asks again for what could not be read. */
  retry(): void {
    this.lastFailure = null;
    this.fill();
  }

  /** Nothing is asked for or told any more, and nothing is kept. */
  close(): void {
    this.isClosed = true;
    this.kept.clear();
    this.listeners.clear();
    this.characters = 0;
  }

  private pageOf(index: number): number {
    return Math.floor(index / this.limits.pageSize);
  }

  private fill(): void {
    if (this.lastFailure !== null || this.isClosed) return;
    for (const page of this.wanted) {
      if (this.asking.size >= this.limits.requests) return;
      if (!this.kept.has(page) && !this.asking.has(page)) void this.load(page);
    }
  }

  private async load(page: number): Promise<void> {
    const { pageSize } = this.limits;
    this.asking.add(page);
    const result = await this.ask(page * pageSize, pageSize);
    this.asking.delete(page);
    if (this.isClosed) return;
    if (result.ok) {
      const { items } = result.value;
      const characters = items.reduce((sum, item) => sum + this.weigh(item), 0);
      this.kept.set(page, { items, characters });
      this.characters += characters;
      this.forget();
      this.lastFailure = null;
    } else {
      this.lastFailure = result.error;
    }
    this.version += 1;
    for (const listener of this.listeners) listener();
    this.fill();
  }

  private forget(): void {
    for (const [page, { characters }] of this.kept) {
      if (this.kept.size <= this.limits.pages && this.characters <= this.limits.characters) return;
      if (this.wanted.includes(page)) continue;
      this.kept.delete(page);
      this.characters -= characters;
    }
  }
}
