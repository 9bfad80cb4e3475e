import type { Ledger } from "../../electron/contract/values.ts";

export type LedgerState = Exclude<keyof Ledger, "planned">;

/** A chart's table twin: the same numbers, cell by cell. */
export interface ChartTable {
  readonly columns: readonly { readonly key: string; readonly label: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

/** A cell of a table twin: the digits that are shown, and the value behind them for a file; null where there is none. */
export interface TwinCell {
  readonly text: string;
  readonly value: number | string | null;
}

/** The table twin of a chart that is walked: each row stands for the mark of the same id and opens what it opens. */
export interface TwinTable {
  readonly columns: readonly { readonly key: string; readonly label: string; readonly numeric: boolean }[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly TwinCell[] }[];
}

/** Coordinates to hundredths: the same bytes on every machine. */
export function px(value: number): number {
  return Math.round(value * 100) / 100;
}
