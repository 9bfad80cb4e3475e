import type { AttemptCell, AttemptRow, attemptSortKeys } from "../../../electron/contract/evaluation.ts";
import type { OutcomeState } from "../../../electron/contract/attempt.ts";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import type { Failure, Result } from "../../../electron/contract/result.ts";

export type AttemptSort = (typeof attemptSortKeys)[number];

/** What the grid shows of a run: sorted and filtered by the service. */
export interface GridQuery {
  readonly sort: AttemptSort;
  readonly descending: boolean;
  readonly filter: string;
  readonly outcome: OutcomeState | null;
}

type Page = RequestOutput<"runs.attempts">;

export interface GridSnapshot {
  /** Rows in the service under this filter, null before the first answer. */
  readonly total: number | null;
  readonly failure: Failure | null;
  readonly pages: ReadonlyMap<number, readonly AttemptRow[]>;
}

/** Rows asked for at once. */
export const pageSize = 200;

/** The row at a position, undefined while its page is not there. */
export function rowAt(snapshot: GridSnapshot, index: number): AttemptRow | undefined {
  return snapshot.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
}

/** The position of a task among the rows that were read, null where it is not among them. */
export function indexOfTask(snapshot: GridSnapshot, task: string): number | null {
  for (const [page, rows] of snapshot.pages) {
    const place = rows.findIndex((row) => row.task === task);
    if (place >= 0) return page * pageSize + place;
  }
  return null;
}

/**
 * The rows of one run's grid by pages: reads what is in sight, keeps a few pages around it and forgets the rest, so that
 * a grid of 100,000 rows costs what is in sight. A change made here is shown at once (`patch`) and read back after.
 */
export class AttemptPages {
  private snapshot: GridSnapshot = { total: null, failure: null, pages: new Map() };
  private readonly listeners = new Set<() => void>();
  private readonly asking = new Set<number>();
  private wanted: readonly number[] = [0];
  /** Rises with every change: an answer that was asked for before a change is older than what is shown. */
  private generation = 0;
  private readonly ask: (offset: number) => Promise<Result<Page>>;

  constructor(ask: (offset: number) => Promise<Result<Page>>) {
    this.ask = ask;
  }

  readonly read = (): GridSnapshot => this.snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.snapshot.total === null) this.fill();
    return () => {
      this.listeners.delete(listener);
    };
  };

  /** Says which rows are in sight; what is missing of them is read. */
  want(first: number, last: number): void {
    const from = Math.floor(first / pageSize);
    const to = Math.floor(Math.max(first, last) / pageSize);
    this.wanted = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    this.fill();
  }

  /** The row at a position, read if it has to be; undefined past the end or when it cannot be read. */
  async row(index: number): Promise<AttemptRow | undefined> {
    const page = Math.floor(index / pageSize);
    if (!this.snapshot.pages.has(page)) await this.load(page);
    return rowAt(this.snapshot, index);
  }

  /** Shows a change before the service has answered. */
  patch(task: string, cell: AttemptCell): void {
    const pages = new Map(this.snapshot.pages);
    for (const [page, rows] of pages) {
      if (!rows.some((row) => row.task === task)) continue;
      pages.set(
        page,
        rows.map((row) => (row.task === task ? withCell(row, cell) : row)),
      );
    }
    this.generation += 1;
    this.asking.clear();
    this.put({ ...this.snapshot, pages });
    this.fill();
  }

  /** Reads again what is in sight; the rows stay until the new ones are there. */
  refresh(): void {
    this.generation += 1;
    this.asking.clear();
    const kept = [...this.snapshot.pages].filter(([page]) => this.wanted.includes(page));
    this.snapshot = { ...this.snapshot, pages: new Map(kept) };
    for (const page of this.wanted) void this.load(page);
  }

  private fill(): void {
    for (const page of this.wanted) {
      if (!this.snapshot.pages.has(page) && !this.asking.has(page)) void this.load(page);
    }
  }

  private async load(page: number): Promise<void> {
    const { generation } = this;
    this.asking.add(page);
    const result = await this.ask(page * pageSize);
    if (generation !== this.generation) return;
    this.asking.delete(page);
    if (!result.ok) {
      this.put({ ...this.snapshot, failure: result.error });
      return;
    }
    const pages = new Map(this.snapshot.pages).set(page, result.value.rows);
    this.put({ total: result.value.total, failure: null, pages: nearest(pages, page) });
  }

  private put(snapshot: GridSnapshot): void {
    this.snapshot = snapshot;
    for (const listener of this.listeners) listener();
  }
}

/** Pages that are kept around the one in sight. */
const keptPages = 12;

function nearest(pages: Map<number, readonly AttemptRow[]>, page: number): Map<number, readonly AttemptRow[]> {
  if (pages.size <= keptPages) return pages;
  const near = [...pages].sort(([a], [b]) => Math.abs(a - page) - Math.abs(b - page));
  return new Map(near.slice(0, keptPages));
}

function sum(cells: readonly AttemptCell[], figure: (cell: AttemptCell) => number | null): number | null {
  const known = cells.flatMap((cell) => figure(cell) ?? []);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

function withCell(row: AttemptRow, cell: AttemptCell): AttemptRow {
  const cells = row.cells.map((one) => (one.epoch === cell.epoch ? cell : one));
  return {
    ...row,
    cells,
    totalTokens: sum(cells, (one) => one.totalTokens),
    totalMs: sum(cells, (one) => one.totalMs),
  };
}
