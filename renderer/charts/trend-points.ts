import type { ComparedVersion, noTrendReasons } from "../../electron/contract/comparing.ts";
import {
  formatCounted,
  formatDifference,
  formatIntervalMethod,
  formatRate,
} from "../../electron/contract/number-text.ts";
import type { Interval } from "../../electron/contract/values.ts";
import { intervalCells, intervalColumns, methodsOf, numberCell, wordsCell, type DrawnChart } from "./drawn-chart.ts";
import { dayAxis, rateAxis, type PlotAxis } from "./plot-axis.ts";
import type { PlotSeries } from "./plot.ts";
import { rateWords } from "./rate-chart.tsx";
import { seriesLook } from "./series-look.tsx";

export interface TrendData {
  readonly order: "release-date" | "as-listed";
  readonly versions: readonly ComparedVersion[];
  readonly line: {
    readonly perYear: number;
    readonly standardError: number | null;
    readonly interval: Interval | null;
    readonly ends: readonly { readonly on: string; readonly value: number }[];
  } | null;
  readonly reason: (typeof noTrendReasons)[number] | null;
}

/** Why there is no line, and what would give one. */
export const noTrendWords: Readonly<Record<(typeof noTrendReasons)[number], string>> = {
  "no-dates": "not all of these model versions have a release date",
  "too-few": "a line takes three model versions",
  "one-time": "all were released on the same day",
  "not-growing": "the horizon does not grow",
};

export function trendMarkId(versionId: string): string {
  return `${versionId} trend`;
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/**
 * Solve rates over model versions: by release date with a straight line where there is one, else as they are listed.
 * @param order ids as other charts list them, so that each version has the same sign in all of them
 */
export function trendPoints(data: TrendData, benchmark: string, order: readonly string[]): DrawnChart {
  const isDated = data.order === "release-date";
  const points = data.versions.flatMap((version, place) => {
    const { rate } = version.rate;
    if (rate === null) return [];
    const x = isDated && version.releasedOn !== null ? dayOf(version.releasedOn) : place + 1;
    return [{ version, x, y: rate }];
  });
  const series = points.map(({ version, x, y }): PlotSeries => ({
    id: version.id,
    name: version.words,
    look: seriesLook(Math.max(0, order.indexOf(version.id))),
    line: [],
    curve: "straight",
    isDashed: false,
    band: [],
    points: [
      {
        id: trendMarkId(version.id),
        x,
        y,
        yInterval: version.rate.interval,
        xInterval: null,
        size: "regular",
        label: `${version.words}${version.releasedOn === null ? "" : `, released ${version.releasedOn}`}: ${rateWords(version.rate)}`,
      },
    ],
  }));
  return {
    slug: "trend",
    title: `Solve rate over model versions on ${benchmark}`,
    summary: trendSummary(data, points),
    method: `Solve rate: ${methodsOf(points.map(({ version }) => version.rate.interval))}, up to ${formatCounted(Math.max(0, ...points.map(({ version }) => version.rate.tasks)), "task")}. ${lineMethod(data)}`,
    twin: trendTwin(data.versions),
    body: {
      kind: "plot",
      plot: {
        x: isDated
          ? dayAxis(
              points.map(({ x }) => x),
              "Release date",
            )
          : placeAxis(data.versions.length),
        y: rateAxis("Solve rate"),
        series: [...series, ...lineSeries(data)],
        drops: [],
      },
    },
  };
}

/** Places in a list, when there are no dates: 1, 2, 3. */
function placeAxis(count: number): PlotAxis {
  const ticks = Array.from({ length: count }, (_, index) => ({ value: index + 1, words: String(index + 1) }));
  return { kind: "linear", low: 0.5, high: count + 0.5, ticks, label: "Model versions, as listed" };
}

function lineSeries({ line }: TrendData): PlotSeries[] {
  if (line === null || line.ends.length < 2) return [];
  return [
    {
      id: "line",
      name: `${formatDifference(line.perYear)} a year`,
      look: { colour: "series6", shape: "cross", words: "line" },
      line: line.ends.map(({ on, value }) => [dayOf(on), value] as const),
      curve: "straight",
      isDashed: true,
      band: [],
      points: [],
    },
  ];
}

function lineMethod({ line, versions }: TrendData): string {
  if (line === null) return "No line.";
  const interval =
    line.interval === null
      ? "no interval"
      : `[${formatDifference(line.interval.low)}, ${formatDifference(line.interval.high)}] ${formatIntervalMethod(line.interval)}`;
  return `Line: least squares over ${formatCounted(versions.length, "model version")}, each counting the same; slope ${formatDifference(line.perYear)} a year, ${interval}.`;
}

interface TrendPoint {
  readonly version: ComparedVersion;
  readonly y: number;
}

function trendSummary(data: TrendData, points: readonly TrendPoint[]): string {
  const [best] = points.toSorted((a, b) => b.y - a.y);
  if (best === undefined) return "There are no results yet.";
  const highest = `${best.version.words} is the highest of ${formatCounted(points.length, "model version")} with ${formatRate(best.y)}.`;
  if (data.line === null) {
    return `${highest} No line is drawn: ${noTrendWords[data.reason ?? "no-dates"]}.`;
  }
  const { interval, perYear } = data.line;
  const isSure = interval !== null && (interval.low > 0 || interval.high < 0);
  const direction = perYear > 0 ? "rises" : "falls";
  return isSure
    ? `The rate ${direction} by ${formatRate(Math.abs(perYear))} a year. ${highest}`
    : `No trend is established: the slope's interval holds 0. ${highest}`;
}

function trendTwin(versions: readonly ComparedVersion[]): DrawnChart["twin"] {
  return {
    columns: [
      { key: "model_version", label: "Model version", numeric: false },
      { key: "released_on", label: "Released", numeric: false },
      { key: "rate", label: "Rate", numeric: true },
      ...intervalColumns,
      { key: "solved", label: "Solved", numeric: true },
      { key: "n", label: "n", numeric: true },
      { key: "tasks", label: "Tasks", numeric: true },
    ],
    rows: versions.map(({ id, words, releasedOn, rate }) => ({
      id: trendMarkId(id),
      cells: [
        wordsCell(words),
        wordsCell(releasedOn ?? ""),
        numberCell(rate.rate, formatRate),
        ...intervalCells(rate.interval),
        numberCell(rate.solved, String),
        numberCell(rate.n, String),
        numberCell(rate.tasks, String),
      ],
    })),
  };
}
