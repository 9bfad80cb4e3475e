import { Group } from "@visx/group";
import { Line } from "@visx/shape";
import type { ReactElement, ReactNode } from "react";
import { ChartFrame } from "./chart-frame.tsx";
import { px } from "./chart-parts.ts";
import { ChartText } from "./chart-text.tsx";
import type { ChartMark } from "./marks.ts";
import { type ChartPalette, screenPalette } from "./palette.ts";
import { axisScale, type AxisScale, type PlotAxis } from "./plot-axis.ts";
import { Whisker } from "./plot-chart.tsx";
import { SeriesSign, type SeriesLook } from "./series-look.tsx";
import { fitText, thinLabels, wrapText } from "./text-layout.ts";

/** A value with its interval on the common scale, named at the left, its numbers at the right. */
export interface ChartRow {
  readonly id: string;
  readonly label: string;
  /** Rows of the same group that follow each other stand under one heading; null: no heading. */
  readonly group: string | null;
  readonly value: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly look: SeriesLook;
  /** Does not stand out, e.g. because the interval holds 0. */
  readonly isFaint: boolean;
  /** One for each column; where there is no value the first says why. */
  readonly numbers: readonly string[];
  /** All of it in words. */
  readonly spoken: string;
}

export interface RowColumn {
  readonly header: string;
  readonly width: number;
}

export interface RowPlan {
  readonly rows: readonly ChartRow[];
  readonly axis: PlotAxis;
  readonly columns: readonly RowColumn[];
  /** A value of the axis with a stronger line: no difference. */
  readonly origin: number | null;
  readonly labelWidth: number;
  /** Lines that a name may take, where nobody can point at it to read the rest: 2 unless said. */
  readonly labelLines?: number;
}

interface RowPlace {
  readonly row: ChartRow;
  readonly top: number;
  readonly height: number;
  /** Middle of the row below its heading, from `top`. */
  readonly middle: number;
  readonly heading: string | null;
  readonly label: readonly string[];
}

export interface RowLayout {
  readonly places: readonly RowPlace[];
  readonly x: AxisScale;
  readonly left: number;
  readonly right: number;
  /** Right edges of the columns. */
  readonly columnEnds: readonly number[];
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly ChartMark[];
}

const headHeight = 22;
const headingHeight = 30;
const axisHeight = 44;

/** Where the rows stand. Every mark is the whole of its row. */
export function layOutRows(plan: RowPlan, width: number): RowLayout {
  const numbers = plan.columns.reduce((sum, column) => sum + column.width, 0);
  // Names are given more room where there is more.
  const left = Math.max(plan.labelWidth, Math.min(380, Math.floor(width * 0.22)));
  const right = Math.max(left + 80, width - numbers);
  let top = headHeight;
  let group: string | null = null;
  const places = plan.rows.map((row): RowPlace => {
    const heading = row.group !== null && row.group !== group ? row.group : null;
    group = row.group;
    const label = wrapText(row.label, left - 28, 12, plan.labelLines ?? 2);
    const above = heading === null ? 0 : headingHeight;
    const own = Math.max(28, 10 + 14 * label.length);
    const place = { row, top, height: above + own, middle: above + own / 2, heading, label };
    top += above + own;
    return place;
  });
  let end = right;
  const columnEnds = plan.columns.map((column) => (end += column.width));
  return {
    places,
    x: axisScale(plan.axis, left, right),
    left,
    right,
    columnEnds,
    bottom: top,
    width: Math.max(width, end),
    height: top + axisHeight,
    marks: places.map(({ row, top: y, middle, height }, line) => ({
      id: row.id,
      x: Math.max(width, end) / 2,
      y: y + middle,
      width: Math.max(width, end) - 12,
      height: (height - middle) * 2 - 10,
      line,
      label: row.spoken,
    })),
  };
}

interface RowChartProps {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly plan: RowPlan;
  readonly width: number;
  readonly palette?: ChartPalette;
  readonly children?: ReactNode;
}

/** Values as signs with their intervals as whiskers on one scale, the numbers beside them. */
export function RowChart(props: RowChartProps): ReactElement {
  const { id, name, title, summary, plan, palette = screenPalette, children } = props;
  const layout = layOutRows(plan, props.width);
  const { width, height, bottom, left, right, x } = layout;
  const head = { y: 12, fill: palette.ink3, size: 11, weight: 600, anchor: "end" } as const;
  const ticks = plan.axis.ticks.map(({ value, words }) => ({ at: x.at(value), words }));
  const frame = { id, name, title, summary, width, height, isWalked: children !== undefined };
  return (
    <ChartFrame {...frame}>
      {plan.columns.map((column, index) => (
        <ChartText key={column.header} {...head} x={layout.columnEnds[index] ?? right} lines={column.header} />
      ))}
      {thinLabels(ticks, 11, left - 30, right + 30).flatMap(({ at, words }) =>
        [12, bottom + 17].map((y) => (
          <ChartText
            key={`${words} ${String(y)}`}
            x={at}
            y={y}
            fill={palette.ink3}
            size={11}
            anchor="middle"
            lines={words}
          />
        )),
      )}
      <ChartText
        x={(left + right) / 2}
        y={bottom + 35}
        fill={palette.ink3}
        size={11}
        anchor="middle"
        lines={plan.axis.label}
      />
      {layout.places.map((place) => (
        <RowOfChart key={place.row.id} place={place} plan={plan} layout={layout} palette={palette} />
      ))}
      {children}
    </ChartFrame>
  );
}

interface RowOfChartProps {
  readonly place: RowPlace;
  readonly plan: RowPlan;
  readonly layout: RowLayout;
  readonly palette: ChartPalette;
}

function RowOfChart({ place, plan, layout, palette }: RowOfChartProps): ReactElement {
  const { row, heading, label, middle, height, top } = place;
  const { x, columnEnds } = layout;
  return (
    <Group top={top} className="rate-row">
      {heading === null ? null : (
        <ChartText x={0} y={20} fill={palette.ink} weight={600} lines={fitText(heading, layout.width, 12)} />
      )}
      {plan.axis.ticks.map(({ value }) => (
        <Line
          key={value}
          x1={px(x.at(value))}
          x2={px(x.at(value))}
          y1={px(2 * middle - height)}
          y2={height}
          stroke={value === plan.origin ? palette.ink3 : palette.line}
        />
      ))}
      <ChartText
        x={row.group === null ? 0 : 12}
        y={middle + 4 - (label.length - 1) * 7}
        fill={palette.ink2}
        leading={14}
        lines={label}
      />
      {row.interval === null ? null : (
        <Whisker
          from={[px(x.at(row.interval.low)), middle]}
          to={[px(x.at(row.interval.high)), middle]}
          colour={row.isFaint ? palette.ink3 : palette[row.look.colour]}
        />
      )}
      {row.value === null ? null : (
        <SeriesSign look={row.look} x={x.at(row.value)} y={middle} palette={palette} isFaint={row.isFaint} />
      )}
      {row.numbers.map((words, index) => (
        <ChartText
          key={index}
          x={columnEnds[index] ?? layout.width}
          y={middle + 4}
          anchor="end"
          fill={row.value === null ? palette.ink3 : index === 0 ? palette.ink : palette.ink2}
          weight={index === 0 && row.value !== null ? 650 : 400}
          size={index === 0 ? 12 : 11.5}
          lines={words}
        />
      ))}
    </Group>
  );
}
