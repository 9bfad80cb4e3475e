import type { Interval, Ledger } from "../../electron/contract/values.ts";

export type LedgerState = Exclude<keyof Ledger, "planned">;

/** How numbers become text. A parameter, so that a chart's digits are those of the screen or report that it stands in. */
export interface NumberText {
  readonly rate: (rate: number | null) => string;
  readonly count: (count: number | null) => string;
  readonly fraction: (part: number, whole: number) => string;
  readonly interval: (interval: Interval | null) => string;
  readonly intervalMethod: (interval: Interval | null) => string;
  readonly ledgerWords: Readonly<Record<LedgerState, string>>;
}

/** A chart's table twin: the same numbers, cell by cell. */
export interface ChartTable {
  readonly columns: readonly { readonly key: string; readonly label: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

/** Coordinates to hundredths: the same bytes on every machine. */
export function px(value: number): number {
  return Math.round(value * 100) / 100;
}
