import { scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";
import type { ReactElement } from "react";
import {
  formatFraction,
  formatInterval,
  formatIntervalMethod,
  formatRate,
} from "../../electron/contract/number-text.ts";
import type { Rate } from "../../electron/contract/values.ts";
import { type ChartTable, px } from "./chart-parts.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { type ChartPalette, screenPalette } from "./palette.ts";

interface IntervalBarProps {
  readonly id: string;
  readonly title: string;
  readonly rate: Rate;
  readonly palette?: ChartPalette;
  readonly width?: number;
}

/** A rate with its interval on a track from 0 to 1: small enough for a table cell. An empty track: no result. */
export function IntervalBar({ id, title, rate, palette = screenPalette, width = 120 }: IntervalBarProps): ReactElement {
  const height = 14;
  const x = scaleLinear<number>({ domain: [0, 1], range: [1, width - 1] });
  const interval = rate.interval;
  return (
    <ChartFrame
      id={id}
      name="interval-bar"
      title={title}
      summary={intervalBarSummary(rate)}
      width={width}
      height={height}
    >
      <Bar x={0} y={5} width={width} height={4} rx={2} fill={palette.line} />
      {interval === null ? null : (
        <Bar
          className="chart-interval"
          x={px(x(interval.low))}
          y={4}
          width={px(Math.max(1, x(interval.high) - x(interval.low)))}
          height={6}
          rx={3}
          fill={palette.accent}
          fillOpacity={0.35}
        />
      )}
      {rate.rate === null ? null : (
        <Bar className="chart-point" x={px(x(rate.rate) - 1)} y={1} width={2} height={12} fill={palette.accent} />
      )}
    </ChartFrame>
  );
}

/** "0.358, 43 / 120 solved, [0.241, 0.476] clustered by task, t, 95 %." */
export function intervalBarSummary(rate: Rate): string {
  if (rate.rate === null) return "No result yet.";
  const solved = `${formatRate(rate.rate)}, ${formatFraction(rate.solved, rate.n)} solved`;
  return `${solved}, ${formatInterval(rate.interval)} ${formatIntervalMethod(rate.interval)}.`;
}

export function intervalBarTable(rate: Rate): ChartTable {
  return {
    columns: [
      { key: "rate", label: "Rate", numeric: true },
      { key: "interval", label: "Interval", numeric: true },
      { key: "solved", label: "Solved / n", numeric: true },
      { key: "method", label: "Method", numeric: false },
    ],
    rows: [
      [
        formatRate(rate.rate),
        formatInterval(rate.interval),
        formatFraction(rate.solved, rate.n),
        formatIntervalMethod(rate.interval),
      ],
    ],
  };
}
