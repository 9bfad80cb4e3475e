import type { ComparedVersion, Horizon, noHorizonReasons } from "../../electron/contract/comparing.ts";
import {
  formatCount,
  formatCounted,
  formatDecimal,
  formatFraction,
  formatIntervalMethod,
  formatLevel,
  formatMinutes,
  formatRate,
} from "../../electron/contract/number-text.ts";
import { listWords, numberCell, wordsCell, type DrawnChart } from "./drawn-chart.ts";
import { minutesAxis, rateAxis } from "./plot-axis.ts";
import type { PlotDrop, PlotPoint, PlotSeries } from "./plot.ts";
import { seriesLook } from "./series-look.tsx";

export interface HorizonsData {
  readonly level: number;
  readonly draws: number;
  readonly seed: number;
  readonly weighting: string;
  readonly penalty: number;
  readonly fewestTasks: number;
  readonly horizons: readonly Horizon[];
}

export type HorizonAt = Horizon["horizons"][number];

/** Why there is no horizon, and what would give one. */
export const noHorizonWords: Readonly<Record<(typeof noHorizonReasons)[number], string>> = {
  "no-human-times": "none of the tasks attempted says how long a person takes",
  "too-few-tasks": "too few of the tasks attempted say how long a person takes",
  "none-solved": "no attempt solved its task",
  "all-solved": "every attempt solved its task",
  "one-length": "all tasks take a person the same time",
  "not-decreasing": "longer tasks were not solved less often",
};

export function horizonMarkId(versionId: string, share: number): string {
  return `${versionId} ${String(share)}`;
}

export function taskMarkId(versionId: string, task: string): string {
  return `${versionId} task ${task}`;
}

/** Minutes as people say them: "45 s", "26 min", "3 h 20 min", "31 h", "4.6 days". */
export function minuteSpan(minutes: number): string {
  if (minutes < 1) return `${formatDecimal(minutes * 60, minutes < 0.1 ? 1 : 0)} s`;
  if (minutes < 59.5) return `${formatMinutes(minutes)} min`;
  const whole = Math.round(minutes);
  if (whole < 600)
    return whole % 60 === 0
      ? `${String(whole / 60)} h`
      : `${String(Math.floor(whole / 60))} h ${String(whole % 60)} min`;
  const hours = minutes / 60;
  if (hours < 72) return `${formatDecimal(hours, 0)} h`;
  return `${hours < 240 ? formatDecimal(hours / 24, 1) : formatCount(hours / 24)} days`;
}

/** "26 min, 95 % [17 min, 41 min]", and whether the curve was extended to get there. */
export function horizonWords({ minutes, interval, extrapolated }: HorizonAt): string {
  const high = interval?.high ?? null;
  const ends =
    interval === null
      ? ""
      : `, ${formatLevel(interval.level)} [${minuteSpan(interval.low)}, ${high === null ? "no upper end" : minuteSpan(high)}]`;
  return `${minuteSpan(minutes)}${ends}${extrapolated ? ", outside the tasks' times" : ""}`;
}

/**
 * Success against human minutes: the fitted curve of each version with its band, the 50 % and 80 % marks with their
 * intervals, and the tasks of the one that stands out (of the only one, where there is one).
 */
export function horizonCurves(data: HorizonsData, benchmark: string, emphasis: string | null): DrawnChart {
  const fitted = data.horizons.filter(({ fit }) => fit !== null);
  const looks = new Map(data.horizons.map(({ version }, place) => [version.id, seriesLook(place)]));
  const shown = emphasis ?? (fitted.length === 1 ? (fitted[0]?.version.id ?? null) : null);
  const series = fitted.map((horizon) =>
    seriesOf(horizon, looks.get(horizon.version.id) ?? seriesLook(0), horizon.version.id === shown),
  );
  const spans = fitted.flatMap(({ shortest, longest, curve }) => [
    ...(shortest === null ? [] : [shortest]),
    ...(longest === null ? [] : [longest]),
    ...curve.map(({ minutes }) => minutes),
  ]);
  const drops = fitted.flatMap(({ version, horizons }): PlotDrop[] =>
    (shown === null ? fitted.length > 3 : version.id !== shown)
      ? []
      : horizons.map(({ minutes, share }) => ({ x: minutes, y: share, look: looks.get(version.id) ?? seriesLook(0) })),
  );
  return {
    slug: "time-horizon",
    title: `Time horizon on ${benchmark}`,
    summary: horizonSummary(data),
    method: horizonMethod(data),
    twin: horizonTwin(data.horizons),
    body: {
      kind: "plot",
      plot: { x: minutesAxis(spans, "Human minutes, logarithmic"), y: rateAxis("Chance of success"), series, drops },
    },
  };
}

function seriesOf(horizon: Horizon, look: PlotSeries["look"], hasTasks: boolean): PlotSeries {
  const { version, curve } = horizon;
  return {
    id: version.id,
    name: version.words,
    look,
    curve: "straight",
    isDashed: false,
    line: curve.map(({ minutes, chance }) => [minutes, chance] as const),
    band: curve.flatMap(({ minutes, band }) => (band === null ? [] : [{ x: minutes, ...band }])),
    points: [...(hasTasks ? taskPoints(horizon) : []), ...horizon.horizons.map((at) => horizonPoint(version, at))],
  };
}

function horizonPoint(version: ComparedVersion, at: HorizonAt): PlotPoint {
  const { interval } = at;
  return {
    id: horizonMarkId(version.id, at.share),
    x: at.minutes,
    y: at.share,
    yInterval: null,
    // Without an upper end the whisker reaches to the edge of the plot.
    xInterval: interval === null ? null : { low: interval.low, high: interval.high ?? Number.MAX_VALUE },
    size: "regular",
    label: `${version.words}: ${formatLevel(at.share)} at ${horizonWords(at)}`,
  };
}

function taskPoints({ version, points }: Horizon): PlotPoint[] {
  return points.map(({ task, minutes, rate, solved, n }) => ({
    id: taskMarkId(version.id, task),
    x: minutes,
    y: rate,
    yInterval: null,
    xInterval: null,
    size: "small",
    label: `${task}, ${minuteSpan(minutes)}: ${formatFraction(solved, n)} solved by ${version.words}`,
  }));
}

function horizonSummary({ horizons }: HorizonsData): string {
  const fitted = horizons.flatMap(({ version, horizons: marks }) => {
    const half = marks.find(({ share }) => share === 0.5);
    return half === undefined ? [] : [{ version, half }];
  });
  const [longest] = fitted.toSorted((a, b) => b.half.minutes - a.half.minutes);
  const missing = horizons.length - fitted.length;
  const rest = missing === 0 ? "" : ` For ${formatCounted(missing, "model version")} there is no horizon.`;
  if (longest === undefined) return `No time horizon can be estimated.${rest}`;
  const what = fitted.length === 1 ? "" : `, the longest of ${String(fitted.length)}`;
  return `${longest.version.words} solves half of the tasks that take a person ${horizonWords(longest.half)}${what}.${rest}`;
}

function horizonMethod(data: HorizonsData): string {
  const intervals = data.horizons.flatMap(({ horizons }) => horizons.map(({ interval }) => interval));
  const first = intervals.find((interval) => interval !== null) ?? null;
  const n = data.horizons.map(({ tasks }) => tasks);
  const most = formatCounted(Math.max(0, ...n), "task");
  const fit = `Logistic fit on log2 of human minutes over up to ${most}, weights ${data.weighting.replaceAll("-", " ")}, penalty ${String(data.penalty)}`;
  if (data.draws === 0 || first === null) return `${fit}; no intervals were drawn.`;
  return `${fit}; ${formatIntervalMethod(first)}, ${formatCounted(data.draws, "draw")}, seed ${String(data.seed)}.`;
}

/** Which model versions have no horizon, and why; null where all have one. */
export function missingHorizons(horizons: readonly Horizon[], fewestTasks: number): string | null {
  const missing = horizons.flatMap(({ version, reason, tasks }) => {
    if (reason === null) return [];
    const few = reason === "too-few-tasks" ? ` (${String(tasks)}, at least ${String(fewestTasks)} are needed)` : "";
    return [`${version.words}: ${noHorizonWords[reason]}${few}`];
  });
  return missing.length === 0 ? null : `No horizon for ${listWords(missing)}.`;
}

function horizonTwin(horizons: readonly Horizon[]): DrawnChart["twin"] {
  return {
    columns: [
      { key: "model_version", label: "Model version", numeric: false },
      { key: "chance", label: "Chance", numeric: true },
      { key: "minutes", label: "Human min", numeric: true },
      { key: "low", label: "Low", numeric: true },
      { key: "high", label: "High", numeric: true },
      { key: "interval_method", label: "Interval", numeric: false },
      { key: "extrapolated", label: "Extended", numeric: false },
      { key: "tasks", label: "Tasks", numeric: true },
      { key: "attempts", label: "Attempts", numeric: true },
      { key: "r2", label: "R²", numeric: true },
    ],
    rows: horizons.flatMap(({ version, horizons: marks, tasks, attempts, fit, reason }) => {
      const counts = [numberCell(tasks, String), numberCell(attempts, String), numberCell(fit?.r2 ?? null, formatRate)];
      if (reason !== null) {
        const none = numberCell(null, String);
        const why = wordsCell(noHorizonWords[reason]);
        return [
          { id: version.id, cells: [wordsCell(version.words), none, none, none, none, why, wordsCell(""), ...counts] },
        ];
      }
      return marks.map((mark) => ({
        id: horizonMarkId(version.id, mark.share),
        cells: [
          wordsCell(version.words),
          numberCell(mark.share, formatLevel),
          numberCell(mark.minutes, formatMinutes),
          numberCell(mark.interval?.low ?? null, formatMinutes),
          numberCell(mark.interval?.high ?? null, formatMinutes),
          wordsCell(mark.interval === null ? "" : formatIntervalMethod(mark.interval)),
          wordsCell(mark.extrapolated ? "yes" : "no"),
          ...counts,
        ],
      }));
    }),
  };
}
