import type { ComparisonTable } from "../../contract/comparing.ts";
import {
  formatCount,
  formatDecimal,
  formatDifference,
  formatIntervalMethod,
  formatMinutes,
  formatP,
  formatRate,
  noNumber,
} from "../../contract/number-text.ts";
import type { Interval } from "../../contract/values.ts";

/** Cells and columns of comparison tables: each number with the text that every surface prints. */

export type Row = ComparisonTable["rows"][number];
export type Cell = Row[string];
export type Column = ComparisonTable["columns"][number];

export const words = (value: string | null): Cell => ({ value, text: value ?? noNumber });
export const whole = (value: number | null): Cell => ({ value, text: formatCount(value) });
export const share = (value: number | null): Cell => ({ value, text: formatRate(value) });
export const change = (value: number | null): Cell => ({ value, text: formatDifference(value) });
export const chance = (value: number | null): Cell => ({ value, text: formatP(value) });
export const minutes = (value: number | null): Cell => ({ value, text: formatMinutes(value) });
export const decimal = (value: number | null, decimals: number): Cell => ({
  value,
  text: formatDecimal(value, decimals),
});

export function column(key: string, label: string, unit: string | null = null): Column {
  return { key, label, unit, align: "start" };
}

export function figure(key: string, label: string, unit: string | null = null): Column {
  return { key, label, unit, align: "end" };
}

type Ends = Omit<Interval, "high"> & { readonly high: number | null };

/** Low, high and how they were made; `cell` is the kind of number that they are. */
export function intervalCells(interval: Ends | null, cell: (value: number | null) => Cell, prefix = ""): Row {
  return {
    [named(prefix, "low")]: cell(interval?.low ?? null),
    [named(prefix, "high")]: cell(interval?.high ?? null),
    [named(prefix, "interval")]: words(interval === null ? null : formatIntervalMethod(interval)),
  };
}

export function intervalColumns(label = "", prefix = ""): Column[] {
  const head = (text: string): string => (label === "" ? text : `${label}, ${text.toLowerCase()}`);
  return [
    figure(named(prefix, "low"), head("Low")),
    figure(named(prefix, "high"), head("High")),
    column(named(prefix, "interval"), head("Interval")),
  ];
}

function named(prefix: string, key: string): string {
  return prefix === "" ? key : `${prefix}${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}
