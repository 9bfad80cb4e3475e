import { Group } from "@visx/group";
import { scaleLinear } from "@visx/scale";
import { Bar, Circle, Line } from "@visx/shape";
import type { ReactElement } from "react";
import {
  formatFraction,
  formatInterval,
  formatIntervalMethod,
  formatRate,
} from "../../electron/contract/number-text.ts";
import type { Rate } from "../../electron/contract/values.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { type ChartTable, px } from "./chart-parts.ts";
import { ChartText } from "./chart-text.tsx";
import { type ChartPalette, screenPalette } from "./palette.ts";
import { fitText, wrapText } from "./text-layout.ts";

export interface RateRow {
  readonly id: string;
  readonly label: string;
  /** Rows of the same group that follow each other stand under one heading; null: no heading. */
  readonly group: string | null;
  readonly rate: Rate;
}

interface RateChartProps {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly RateRow[];
  readonly palette?: ChartPalette;
  readonly width?: number;
}

const labelWidth = 212;
const numbersWidth = 228;
const axisHeight = 30;
const headHeight = 22;
const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];

interface Place {
  readonly top: number;
  readonly height: number;
  readonly heading: string | null;
  readonly row: RateRow;
  readonly label: readonly string[];
}

/** Solve rates as dots with their intervals as whiskers on one scale from 0 to 1, the numbers beside them. */
export function RateChart({ id, title, rows, palette = screenPalette, width = 720 }: RateChartProps): ReactElement {
  const places = layOut(rows);
  const last = places[places.length - 1];
  const bottom = last === undefined ? headHeight : last.top + last.height;
  const right = width - numbersWidth;
  const x = scaleLinear<number>({ domain: [0, 1], range: [labelWidth, right] });
  const head = { y: 12, fill: palette.ink3, size: 11, weight: 600, anchor: "end" } as const;
  return (
    <ChartFrame
      id={id}
      name="rates"
      title={title}
      summary={rateChartSummary(rows)}
      width={width}
      height={bottom + axisHeight}
    >
      <ChartText {...head} x={right + 58} lines="Rate" />
      <ChartText {...head} x={right + 160} lines="Interval" />
      <ChartText {...head} x={width} lines="Solved / n" />
      {ticks.map((tick) => (
        <ChartText
          key={tick}
          x={x(tick)}
          y={bottom + 19}
          fill={palette.ink3}
          size={11}
          anchor="middle"
          lines={String(tick)}
        />
      ))}
      {places.map((place) => (
        <RatePlace key={place.row.id} place={place} x={x} right={right} width={width} palette={palette} />
      ))}
    </ChartFrame>
  );
}

function layOut(rows: readonly RateRow[]): Place[] {
  let top = headHeight;
  let group: string | null = null;
  return rows.map((row): Place => {
    const heading = row.group !== null && row.group !== group ? row.group : null;
    group = row.group;
    const label = wrapText(row.label, labelWidth - 28, 12, 2);
    const height = (heading === null ? 0 : 30) + (label.length > 1 ? 38 : 28);
    const place = { top, height, heading, row, label };
    top += height;
    return place;
  });
}

interface RatePlaceProps {
  readonly place: Place;
  readonly x: (rate: number) => number;
  readonly right: number;
  readonly width: number;
  readonly palette: ChartPalette;
}

function RatePlace({ place, x, right, width, palette }: RatePlaceProps): ReactElement {
  const { row, heading, label } = place;
  const rowHeight = place.height - (heading === null ? 0 : 30);
  const middle = place.height - rowHeight / 2;
  const { rate, interval, solved, n } = row.rate;
  const number = { y: middle + 4, anchor: "end" } as const;
  return (
    <Group top={place.top} className="rate-row">
      {heading === null ? null : (
        <ChartText x={0} y={20} fill={palette.ink} weight={600} lines={fitText(heading, width, 12)} />
      )}
      {ticks.map((tick) => (
        <Line
          key={tick}
          x1={px(x(tick))}
          x2={px(x(tick))}
          y1={place.height - rowHeight}
          y2={place.height}
          stroke={palette.line}
        />
      ))}
      <ChartText
        x={row.group === null ? 0 : 12}
        y={middle + 4 - (label.length - 1) * 7}
        fill={palette.ink2}
        leading={14}
        lines={label}
      />
      {interval === null ? null : (
        <Whisker low={x(interval.low)} high={x(interval.high)} y={middle} palette={palette} />
      )}
      {rate === null ? (
        <ChartText {...number} x={right + 58} fill={palette.ink3} lines="no result" />
      ) : (
        <>
          <Circle cx={px(x(rate))} cy={middle} r={4} fill={palette.accent} stroke={palette.panel} strokeWidth={1.5} />
          <ChartText {...number} x={right + 58} fill={palette.ink} weight={650} lines={formatRate(rate)} />
          <ChartText {...number} x={right + 160} fill={palette.ink2} size={11.5} lines={formatInterval(interval)} />
          <ChartText {...number} x={width} fill={palette.ink2} size={11.5} lines={formatFraction(solved, n)} />
        </>
      )}
    </Group>
  );
}

interface WhiskerProps {
  readonly low: number;
  readonly high: number;
  readonly y: number;
  readonly palette: ChartPalette;
}

function Whisker({ low, high, y, palette }: WhiskerProps): ReactElement {
  const ends = [low, high];
  return (
    <g className="rate-interval">
      <Bar
        x={px(low)}
        y={y - 1}
        width={px(Math.max(1, high - low))}
        height={2}
        fill={palette.accent}
        fillOpacity={0.55}
      />
      {ends.map((end, index) => (
        <Line
          key={index}
          x1={px(end)}
          x2={px(end)}
          y1={y - 4}
          y2={y + 4}
          stroke={palette.accent}
          strokeOpacity={0.55}
          strokeWidth={1.5}
        />
      ))}
    </g>
  );
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
