import type { ReactElement, ReactNode } from "react";
import {
  formatFraction,
  formatInterval,
  formatIntervalMethod,
  formatRate,
} from "../../electron/contract/number-text.ts";
import type { Rate } from "../../electron/contract/values.ts";
import type { ChartTable } from "./chart-parts.ts";
import type { ChartPalette } from "./palette.ts";
import { rateAxis } from "./plot-axis.ts";
import { RowChart, type RowPlan } from "./row-chart.tsx";
import { seriesLook, type SeriesLook } from "./series-look.tsx";

export interface RateRow {
  readonly id: string;
  readonly label: string;
  /** Rows of the same group that follow each other stand under one heading; null: no heading. */
  readonly group: string | null;
  readonly rate: Rate;
  /** The sign of what it belongs to; the first one where it is left out. */
  readonly look?: SeriesLook;
}

interface RateChartProps {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly RateRow[];
  readonly palette?: ChartPalette;
  readonly width?: number;
  readonly children?: ReactNode;
}

/** Solve rates as signs with their intervals as whiskers on one scale from 0 to 1, the numbers beside them. */
export function RateChart({ id, title, rows, width = 720, ...rest }: RateChartProps): ReactElement {
  const frame = { id, name: "rates", title, summary: rateChartSummary(rows), plan: ratePlan(rows), width };
  return <RowChart {...frame} {...rest} />;
}

/** The rows of a rate chart with their numbers, before it is known how wide it will be. */
export function ratePlan(rows: readonly RateRow[]): RowPlan {
  return {
    axis: rateAxis("Solve rate"),
    origin: null,
    labelWidth: 212,
    columns: [
      { header: "Rate", width: 62 },
      { header: "Interval", width: 100 },
      { header: "Solved / n", width: 72 },
    ],
    rows: rows.map(({ id, label, group, rate, look = seriesLook(0) }) => ({
      id,
      label,
      group,
      value: rate.rate,
      interval: rate.interval,
      look,
      isFaint: false,
      numbers:
        rate.rate === null
          ? ["no result"]
          : [formatRate(rate.rate), formatInterval(rate.interval), formatFraction(rate.solved, rate.n)],
      spoken: `${group === null ? label : `${group}, ${label}`}: ${rateWords(rate)}`,
    })),
  };
}

/** A rate in words: "0.361, 43 of 119 solved, [0.241, 0.476] clustered by task, t, 95 %". */
export function rateWords({ rate, solved, n, interval }: Rate): string {
  if (rate === null) return "no result yet";
  const numbers = `${formatRate(rate)}, ${String(solved)} of ${String(n)} solved`;
  return `${numbers}, ${formatInterval(interval)} ${formatIntervalMethod(interval)}`;
}

/** One sentence a row: label, rate, interval and its method. */
export function rateChartSummary(rows: readonly RateRow[]): string {
  if (rows.length === 0) return "There are no results yet.";
  const sentences = rows.map(({ group, label, rate }) => {
    const name = group === null ? label : `${group}, ${label}`;
    if (rate.rate === null) return `${name}: no result.`;
    return `${name}: ${formatRate(rate.rate)} ${formatInterval(rate.interval)}.`;
  });
  const methods = new Set(
    rows.flatMap((row) => (row.rate.interval === null ? [] : [formatIntervalMethod(row.rate.interval)])),
  );
  return `Solve rates with intervals (${[...methods].join("; ")}). ${sentences.join(" ")}`;
}

/** One row a rate. */
export function rateChartTable(rows: readonly RateRow[]): ChartTable {
  const labels = ["Group", "Name", "Rate", "Interval", "Solved / n", "Method"];
  return {
    columns: labels.map((label, index) => ({ key: label.toLowerCase(), label, numeric: index >= 2 && index <= 4 })),
    rows: rows.map(({ group, label, rate }) => [
      group ?? "",
      label,
      formatRate(rate.rate),
      formatInterval(rate.interval),
      formatFraction(rate.solved, rate.n),
      formatIntervalMethod(rate.interval),
    ]),
  };
}
