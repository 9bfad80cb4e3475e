import type { AttemptSort } from "./attempt-pages.ts";

/** The columns beside the epochs. */
export type FactColumn = "category" | "humanMinutes" | "difficulty" | "tokens" | "time" | "note";

export interface GridLayout {
  readonly before: readonly FactColumn[];
  readonly after: readonly FactColumn[];
  /** `grid-template-columns` of the head and of every row. */
  readonly template: string;
  /** At least this wide, in px; more than the frame scrolls sideways. */
  readonly width: number;
}

export const taskWidth = 172;
export const epochWidth = 152;

const widths: Readonly<Record<FactColumn, number>> = {
  category: 96,
  humanMinutes: 92,
  difficulty: 92,
  tokens: 84,
  time: 72,
  note: 128,
};

export const factHeaders: Readonly<
  Record<FactColumn, { readonly words: string; readonly sort: AttemptSort | null; readonly isNumber: boolean }>
> = {
  category: { words: "Category", sort: "category", isNumber: false },
  humanMinutes: { words: "Human min", sort: "humanMinutes", isNumber: true },
  difficulty: { words: "Difficulty", sort: "difficulty", isNumber: false },
  tokens: { words: "Tokens", sort: "tokens", isNumber: true },
  time: { words: "Time", sort: "time", isNumber: true },
  note: { words: "Note", sort: null, isNumber: false },
};

/** The order in which facts are left out where the frame is narrow; the cell's editor shows them all. */
const leftOutFirst: readonly FactColumn[] = ["note", "difficulty", "humanMinutes", "category", "time", "tokens"];
const order: readonly FactColumn[] = ["category", "humanMinutes", "difficulty", "tokens", "time", "note"];

/** Which columns fit into `frame` px beside the task and the epochs, and how wide each is. */
export function layOutGrid(frame: number, epochs: number): GridLayout {
  const fixed = taskWidth + epochWidth * Math.min(epochs, 4);
  const kept = new Set(order);
  const width = (): number => [...kept].reduce((sum, column) => sum + widths[column], fixed);
  for (const column of leftOutFirst) if (width() > frame) kept.delete(column);
  const shown = order.filter((column) => kept.has(column));
  const before = shown.filter((column) => ["category", "humanMinutes", "difficulty"].includes(column));
  const after = shown.filter((column) => !before.includes(column));
  const track = (column: FactColumn): string =>
    column === "note" ? `minmax(${String(widths.note)}px, 1fr)` : `${String(widths[column])}px`;
  const template = [
    `minmax(${String(taskWidth)}px, 1.5fr)`,
    ...before.map(track),
    `repeat(${String(epochs)}, minmax(${String(epochWidth)}px, 1fr))`,
    ...after.map(track),
  ].join(" ");
  const least = taskWidth + epochWidth * epochs + shown.reduce((sum, column) => sum + widths[column], 0);
  return { before, after, template, width: least };
}

export interface GridWindow {
  readonly first: number;
  readonly last: number;
  readonly firstEpoch: number;
  readonly lastEpoch: number;
}

interface Sight {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** The rows and epochs that are drawn: those in sight and some around them. Never fewer than the first. */
export function windowOf(
  sight: Sight,
  rowHeight: number,
  layout: GridLayout,
  size: { rows: number; epochs: number },
): GridWindow {
  const around = 8;
  const first = Math.max(0, Math.floor(sight.top / rowHeight) - around);
  const last = Math.min(size.rows - 1, Math.ceil((sight.top + sight.height) / rowHeight) + around);
  if (layout.width <= sight.width) return { first, last, firstEpoch: 1, lastEpoch: size.epochs };
  const start = taskWidth + layout.before.reduce((sum, column) => sum + widths[column], 0);
  const firstEpoch = Math.max(1, Math.floor((sight.left - start) / epochWidth) - 1);
  const lastEpoch = Math.min(size.epochs, Math.ceil((sight.left + sight.width - start) / epochWidth) + 2);
  return { first, last, firstEpoch, lastEpoch };
}

/** The left edge of an epoch's column, in px, where the grid is wider than its frame. */
export function epochStart(layout: GridLayout, epoch: number): number {
  return taskWidth + layout.before.reduce((sum, column) => sum + widths[column], 0) + (epoch - 1) * epochWidth;
}
