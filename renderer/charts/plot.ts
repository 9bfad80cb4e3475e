import type { ChartMark } from "./marks.ts";
import { px } from "./chart-parts.ts";
import { axisScale, type AxisScale, type AxisTick, type PlotAxis } from "./plot-axis.ts";
import type { SeriesLook } from "./series-look.tsx";
import { fitText, spreadLabels, textWidth, thinLabels } from "./text-layout.ts";

/** A point with its intervals: upright on y, lying on x. */
export interface PlotPoint {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly yInterval: { readonly low: number; readonly high: number } | null;
  readonly xInterval: { readonly low: number; readonly high: number } | null;
  /** small: one of many, e.g. a task. */
  readonly size: "regular" | "small";
  /** What is said of it, names in full. */
  readonly label: string;
}

export interface PlotSeries {
  readonly id: string;
  readonly name: string;
  readonly look: SeriesLook;
  /** A line through these; "steps" holds each value until the next. */
  readonly line: readonly (readonly [x: number, y: number])[];
  readonly curve: "straight" | "steps";
  readonly isDashed: boolean;
  readonly band: readonly { readonly x: number; readonly low: number; readonly high: number }[];
  readonly points: readonly PlotPoint[];
}

/** A dashed line from the x axis up to a point of a curve, e.g. where a chance is one half. */
export interface PlotDrop {
  readonly x: number;
  readonly y: number;
  readonly look: SeriesLook;
}

/** A chart of two axes, before it is known how large it will be. */
export interface Plot {
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly series: readonly PlotSeries[];
  readonly drops: readonly PlotDrop[];
}

export interface PlacedTick extends AxisTick {
  readonly at: number;
}

export interface PlotKey {
  readonly series: PlotSeries;
  readonly y: number;
  readonly words: string;
}

export interface PlotLayout {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
  readonly x: AxisScale;
  readonly y: AxisScale;
  readonly xTicks: readonly PlacedTick[];
  readonly yTicks: readonly PlacedTick[];
  /** Names at the right edge, beside the ends of what they name. */
  readonly keys: readonly PlotKey[];
  readonly keyLeft: number;
  readonly marks: readonly ChartMark[];
}

const tickSize = 11;
export const keySize = 11.5;
const keyLine = 16;
/** Room above the plot for what its upright axis measures, and below it for the lying one. */
const top = 28;
const foot = 42;
/** From the plot to the sign of a name, and from the sign to its words. */
const keyGap = 14;
const keySign = 12;

/** Series that can have their bands and intervals drawn at once; of more, only the one that stands out has them. */
const mostBands = 8;

/** Whether a series has its band and intervals drawn, while one stands out or none does. */
export function hasIntervals(plot: Plot, series: PlotSeries, emphasis: string | null): boolean {
  if (emphasis !== null) return series.id === emphasis;
  return plot.series.filter(({ points }) => points.length > 0).length <= mostBands;
}

/**
 * Where everything of a plot stands. All marks and words lie inside of the layout's width and height; it is taller than
 * asked for where there are more names at its right than that has room for, and the plot itself is not.
 */
export function layOutPlot(plot: Plot, width: number, height: number): PlotLayout {
  const names = plot.series.map(({ name }) => name);
  const widest = Math.max(0, ...names.map((name) => textWidth(name, keySize)));
  const keyWidth = Math.min(Math.max(96, width * 0.27), widest + 4);
  const yWords = Math.max(12, ...plot.y.ticks.map(({ words }) => textWidth(words, tickSize)));
  const left = Math.ceil(yWords + 12);
  const keyRoom = names.length === 0 ? 12 : keyGap + keySign + keyWidth;
  const right = Math.max(left + 80, Math.floor(width - keyRoom));
  const bottom = height - foot;
  const whole = top - 8 + names.length * keyLine;
  const x = axisScale(plot.x, left, right);
  const y = axisScale(plot.y, bottom, top);
  const xPlaced = plot.x.ticks.map((tick) => ({ ...tick, at: px(x.at(tick.value)) }));
  return {
    left,
    right,
    top,
    bottom,
    width,
    height: Math.max(height, whole + 4),
    x,
    y,
    xTicks: thinLabels(xPlaced, tickSize, 0, right + keyGap),
    yTicks: plot.y.ticks.map((tick) => ({ ...tick, at: px(y.at(tick.value)) })),
    keys: placeKeys(plot.series, y, { top: top - 8, bottom: Math.max(bottom + 8, whole), width: keyWidth }),
    keyLeft: right + keyGap,
    marks: plot.series.flatMap((series, line) => series.points.map((point) => markOf(point, line, x, y))),
  };
}

function placeKeys(
  series: readonly PlotSeries[],
  y: AxisScale,
  room: { readonly top: number; readonly bottom: number; readonly width: number },
): PlotKey[] {
  const places = spreadLabels(
    series.map((one) => y.at(lastValue(one))),
    keyLine,
    room.top,
    room.bottom,
  );
  return series.flatMap((one, index) => {
    const place = places[index] ?? null;
    return place === null ? [] : [{ series: one, y: px(place), words: fitText(one.name, room.width, keySize) }];
  });
}

/** The height at which a series ends at the right. */
function lastValue({ line, points }: PlotSeries): number {
  const end = line.at(-1);
  if (end !== undefined) return end[1];
  return points.toSorted((a, b) => b.x - a.x)[0]?.y ?? 0;
}

function markOf(point: PlotPoint, line: number, x: AxisScale, y: AxisScale): ChartMark {
  const size = point.size === "small" ? 14 : 20;
  return {
    id: point.id,
    x: px(x.at(point.x)),
    y: px(y.at(point.y)),
    width: size,
    height: size,
    line,
    label: point.label,
  };
}
