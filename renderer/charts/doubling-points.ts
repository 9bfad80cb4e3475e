import type { DoublingTime, Horizon } from "../../electron/contract/comparing.ts";
import {
  formatCount,
  formatCounted,
  formatDays,
  formatIntervalMethod,
  formatLevel,
  formatMinutes,
} from "../../electron/contract/number-text.ts";
import type { TwinCell } from "./chart-parts.ts";
import { intervalCells, intervalColumns, numberCell, wordsCell, type DrawnChart } from "./drawn-chart.ts";
import { horizonWords, type HorizonAt, type HorizonsData } from "./horizon-curves.ts";
import { dayAxis, minutesAxis } from "./plot-axis.ts";
import type { PlotSeries } from "./plot.ts";
import { seriesLook } from "./series-look.tsx";
import { noTrendWords } from "./trend-points.ts";

export interface DoublingData extends HorizonsData {
  readonly doubling: DoublingTime;
}

const dayMs = 86_400_000;
/** As the fit takes them: a shorter horizon has no logarithm to speak of. */
const shortest = 0.001;

/** Why there is no doubling time, in words of its own where the trend's would mislead. */
export const noDoublingWords: Readonly<Record<NonNullable<DoublingTime["reason"]>, string>> = {
  ...noTrendWords,
  "no-dates": "no model version with a time horizon has a release day",
  "too-few": "it takes three model versions that were the best when they came out",
};

export function doublingMarkId(versionId: string): string {
  return `${versionId} doubling`;
}

interface Dated {
  readonly version: Horizon["version"];
  readonly half: HorizonAt;
  readonly released: string;
  readonly at: number;
  readonly isBest: boolean;
}

/** The 50 % horizons that have a release day; those without one are in the table alone. */
export function datedHorizons({ horizons, doubling }: Pick<DoublingData, "horizons" | "doubling">): Dated[] {
  return horizons.flatMap(({ version, horizons: marks }) => {
    const half = marks.find(({ share }) => share === 0.5);
    if (half === undefined || version.releasedOn === null) return [];
    const at = Date.parse(`${version.releasedOn}T00:00:00Z`);
    return [{ version, half, released: version.releasedOn, at, isBest: doubling.modelVersionIds.includes(version.id) }];
  });
}

/** Versions with a horizon and no release day: they are in no line. */
export function undatedHorizons({ horizons }: Pick<DoublingData, "horizons">): Horizon[] {
  return horizons.filter(({ version, fit }) => fit !== null && version.releasedOn === null);
}

/**
 * The 50 % time horizon over release days, with the line through those that were the best when they came out.
 * @param order ids as other charts list them, so that each version has the same sign in all of them
 */
export function doublingPoints(data: DoublingData, benchmark: string, order: readonly string[]): DrawnChart {
  const dated = datedHorizons(data);
  const ends = dated.flatMap(({ half: { minutes, interval } }) => [
    minutes,
    interval?.low ?? minutes,
    interval?.high ?? minutes,
  ]);
  return {
    slug: "doubling-time",
    title: `Doubling time of the 50 % time horizon on ${benchmark}`,
    summary: doublingSummary(data, dated),
    method: doublingMethod(data),
    twin: doublingTwin(data),
    body: {
      kind: "plot",
      plot: {
        x: dayAxis(
          dated.map(({ at }) => at),
          "Release day",
        ),
        y: minutesAxis(ends, "Human time at 50 % success, logarithmic"),
        series: [...dated.map((one) => pointSeries(one, order)), ...lineSeries(data, dated)],
        drops: [],
      },
    },
  };
}

function pointSeries({ version, half, released, at, isBest }: Dated, order: readonly string[]): PlotSeries {
  const { interval, minutes } = half;
  return {
    id: version.id,
    name: version.words,
    look: seriesLook(Math.max(0, order.indexOf(version.id))),
    line: [],
    curve: "straight",
    isDashed: false,
    band: [],
    points: [
      {
        id: doublingMarkId(version.id),
        x: at,
        y: minutes,
        // Without an upper end the whisker reaches to the edge of the plot.
        yInterval: interval === null ? null : { low: interval.low, high: interval.high ?? Number.MAX_VALUE },
        xInterval: null,
        size: "regular",
        label: `${version.words}, released ${released}: 50 % at ${horizonWords(half)}${isBest ? "" : "; an earlier one lasts longer, so it is not in the line"}`,
      },
    ],
  };
}

/** Least squares goes through the middle of its points: with the slope that is the whole line. */
function lineSeries({ doubling: { days } }: DoublingData, dated: readonly Dated[]): PlotSeries[] {
  const best = dated.filter(({ isBest }) => isBest);
  if (days === null || best.length < 2) return [];
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middle, log] = [
    mean(best.map(({ at }) => at)),
    mean(best.map(({ half }) => Math.log2(Math.max(half.minutes, shortest)))),
  ];
  const at = (time: number): readonly [number, number] => [time, 2 ** (log + (time - middle) / dayMs / days)];
  const times = best.map((one) => one.at);
  return [
    {
      id: "line",
      name: `doubles in ${formatDays(days)} days`,
      look: { colour: "series6", shape: "cross", words: "line" },
      line: [at(Math.min(...times)), at(Math.max(...times))],
      curve: "straight",
      isDashed: true,
      band: [],
      points: [],
    },
  ];
}

function doublingSummary({ doubling }: DoublingData, dated: readonly Dated[]): string {
  const { days, interval, modelVersionIds, reason } = doubling;
  if (days === null) return `There is no doubling time: ${noDoublingWords[reason ?? "no-dates"]}.`;
  const ends =
    interval === null
      ? ""
      : `, ${formatLevel(interval.level)} [${formatDays(interval.low)}, ${formatDays(interval.high)}]`;
  return `The 50 % time horizon doubles in ${formatDays(days)} days${ends}, over the ${formatCounted(modelVersionIds.length, "model version")} of ${String(dated.length)} that no earlier one exceeds.`;
}

function doublingMethod({ doubling, draws, seed }: DoublingData): string {
  const { interval, leftOut, modelVersionIds } = doubling;
  const line = `Least squares of the logarithm of the horizon on the release day over ${formatCounted(modelVersionIds.length, "model version")}, each counting the same`;
  if (interval === null) return `${line}; no interval.`;
  const left = leftOut === 0 ? "" : `, of which ${formatCount(leftOut)} without growth are left out`;
  return `${line}; ${formatIntervalMethod(interval)}, ${formatCounted(draws, "draw")}${left}, seed ${String(seed)}.`;
}

function doublingTwin(data: DoublingData): DrawnChart["twin"] {
  const { doubling } = data;
  return {
    columns: [
      { key: "model_version", label: "Model version", numeric: false },
      { key: "released_on", label: "Released", numeric: false },
      { key: "minutes", label: "50 %, human min", numeric: true },
      ...intervalColumns,
      { key: "in_line", label: "In the line", numeric: false },
    ],
    rows: data.horizons.map(({ version, horizons }) => ({
      id: doublingMarkId(version.id),
      cells: [
        wordsCell(version.words),
        wordsCell(version.releasedOn ?? ""),
        ...horizonCells(horizons.find(({ share }) => share === 0.5)),
        wordsCell(doubling.modelVersionIds.includes(version.id) ? "yes" : "no"),
      ],
    })),
  };
}

function horizonCells(half: HorizonAt | undefined): readonly TwinCell[] {
  const interval = half?.interval ?? null;
  return [numberCell(half?.minutes ?? null, formatMinutes), ...intervalCells(interval, formatMinutes)];
}
