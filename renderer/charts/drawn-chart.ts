import {
  formatDecimal,
  formatInterval,
  formatIntervalMethod,
  formatRate,
  noNumber,
} from "../../electron/contract/number-text.ts";
import type { Interval } from "../../electron/contract/values.ts";
import type { TwinCell, TwinTable } from "./chart-parts.ts";
import type { Plot } from "./plot.ts";
import type { RowPlan } from "./row-chart.tsx";

/** A chart with all that stands around it, before it is known how large it will be and in which colours. */
export interface DrawnChart {
  /** Names its file: "pairs", "time-horizon". */
  readonly slug: string;
  readonly title: string;
  /** One or two sentences: what it shows. */
  readonly summary: string;
  /** How its intervals were made, over what, and of how many. */
  readonly method: string;
  readonly twin: TwinTable;
  readonly body: { readonly kind: "rows"; readonly plan: RowPlan } | { readonly kind: "plot"; readonly plot: Plot };
}

/** Words of a cell that is no number. */
export function wordsCell(text: string): TwinCell {
  return { text, value: text };
}

/** A number as it is shown, and as it is. */
export function numberCell(value: number | null, format: (value: number) => string): TwinCell {
  return { text: value === null ? noNumber : format(value), value };
}

/** Low, high and method of an interval: three cells, so that a file holds numbers. */
export function intervalCells(
  interval: (Pick<Interval, "method" | "unit" | "level"> & { low: number; high: number | null }) | null,
  format: (value: number) => string = formatRate,
): readonly TwinCell[] {
  return [
    numberCell(interval?.low ?? null, format),
    numberCell(interval?.high ?? null, format),
    wordsCell(interval === null ? "" : formatIntervalMethod(interval)),
  ];
}

/** Columns of `intervalCells`. */
export const intervalColumns = [
  { key: "low", label: "Low", numeric: true },
  { key: "high", label: "High", numeric: true },
  { key: "interval_method", label: "Interval", numeric: false },
] as const;

/** "[0.241, 0.476] clustered by task, t, 95 %", or why there is none. */
export function intervalWords(interval: Interval | null): string {
  return interval === null ? "no interval" : `${formatInterval(interval)} ${formatIntervalMethod(interval)}`;
}

/** How the intervals of a chart were made, each way once: "clustered by task, t, 95 %". */
export function methodsOf(intervals: readonly (Pick<Interval, "method" | "unit" | "level"> | null)[]): string {
  const words = new Set(intervals.flatMap((one) => (one === null ? [] : [formatIntervalMethod(one)])));
  return words.size === 0 ? "no interval" : [...words].join("; ");
}

/** A sentence's list: "a", "a and b", "a, b and c". */
export function listWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** A large number in few signs, for the ticks of an axis: 950, 12k, 3.5M. */
export function shortAmount(value: number): string {
  const [scaled, unit] =
    value >= 1e9
      ? [value / 1e9, "B"]
      : value >= 1e6
        ? [value / 1e6, "M"]
        : value >= 1e3
          ? [value / 1e3, "k"]
          : [value, ""];
  return `${String(Number(scaled.toPrecision(3)))}${unit}`;
}

/** Dollars in few signs: $0.03, $12, $3.5k. */
export function shortCost(value: number): string {
  return value >= 1 ? `$${shortAmount(value)}` : `$${formatDecimal(value, value < 0.01 ? 3 : 2)}`;
}
