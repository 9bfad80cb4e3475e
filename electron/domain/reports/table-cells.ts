import type { FrozenTable } from "../../contract/frozen-report.ts";
import { formatCount, formatIntervalMethod, formatRate, noNumber } from "../../contract/number-text.ts";
import type { Rate } from "../../contract/values.ts";
import { reportBlocks } from "./blocks.ts";
import type { ReportMaterial } from "./material.ts";

/** What the tables of a report are made of: cells with the number and its text, columns with their units. */

export type Row = FrozenTable["rows"][number];
type Cell = Row[string];
type Column = FrozenTable["columns"][number];

export const words = (value: string | null): Cell => ({ value, text: value ?? noNumber });
export const whole = (value: number | null): Cell => ({ value, text: formatCount(value) });
const share = (value: number | null): Cell => ({ value, text: formatRate(value) });
/** Six significant digits: enough to see a difference. */
export const precise = (value: number | null): Cell => ({
  value,
  text: value === null ? noNumber : String(Number(value.toPrecision(6))),
});
/** A moment in UTC, to the minute. */
export const moment = (at: number): Cell => words(`${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`);

export function column(key: string, label: string, unit: string | null = null): Column {
  return { key, label, unit, align: "start" };
}

export function figure(key: string, label: string, unit: string | null = null): Column {
  return { key, label, unit, align: "end" };
}

export function table(
  id: string,
  { provenance }: ReportMaterial,
  content: { caption: string; columns: Column[]; rows: Row[] },
): FrozenTable {
  const title = reportBlocks.find((block) => block.kind === "table" && block.id === id)?.title ?? id;
  return { id, title, provenance, ...content };
}

/** Model version and benchmark; null: all of them together. */
export function over(model: string | null, benchmark: string | null): Row {
  return { model: words(model ?? "All model versions"), benchmark: words(benchmark ?? "All benchmarks") };
}

export const overColumns: readonly Column[] = [column("model", "Model version"), column("benchmark", "Benchmark")];

export function rateCells(rate: Rate): Row {
  return {
    n: whole(rate.n),
    solved: whole(rate.solved),
    rate: share(rate.rate),
    low: share(rate.interval?.low ?? null),
    high: share(rate.interval?.high ?? null),
    method: words(formatIntervalMethod(rate.interval)),
  };
}

export const rateColumns: readonly Column[] = [
  figure("n", "Attempts", "n"),
  figure("solved", "Solved"),
  figure("rate", "Solve rate"),
  figure("low", "Low", "95 %"),
  figure("high", "High", "95 %"),
  column("method", "Interval"),
];
