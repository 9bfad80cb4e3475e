import type { Ledger } from "../../electron/contract/values.ts";

export type LedgerState = Exclude<keyof Ledger, "planned">;

/** A chart's table twin: the same numbers, cell by cell. */
export interface ChartTable {
  readonly columns: readonly { readonly key: string; readonly label: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

/** Coordinates to hundredths: the same bytes on every machine. */
export function px(value: number): number {
  return Math.round(value * 100) / 100;
}
