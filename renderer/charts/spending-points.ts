import type { Spent, VersionSpending } from "../../electron/contract/comparing.ts";
import {
  formatCost,
  formatCount,
  formatCounted,
  formatDuration,
  formatIntervalMethod,
  formatRate,
} from "../../electron/contract/number-text.ts";
import {
  intervalCells,
  intervalColumns,
  intervalWords,
  methodsOf,
  numberCell,
  shortAmount,
  shortCost,
  wordsCell,
  type DrawnChart,
} from "./drawn-chart.ts";
import { amountAxis, rateAxis, type PlotAxis } from "./plot-axis.ts";
import type { PlotSeries } from "./plot.ts";
import { rateWords } from "./rate-chart.tsx";
import { seriesLook } from "./series-look.tsx";

export type Measure = "cost" | "tokens" | "time";

interface MeasureWords {
  readonly noun: string;
  readonly axis: string;
  readonly full: (value: number) => string;
  readonly short: (value: number) => string;
}

/** How each measure is said and written; time is in milliseconds. */
export const measureWords: Readonly<Record<Measure, MeasureWords>> = {
  cost: { noun: "cost", axis: "US dollars", full: formatCost, short: shortCost },
  tokens: { noun: "tokens", axis: "Tokens", full: formatCount, short: shortAmount },
  time: { noun: "time", axis: "Time", full: formatDuration, short: shortTime },
};

function shortTime(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  if (minutes < 1) return `${shortAmount(milliseconds / 1_000)} s`;
  return minutes < 60 ? `${shortAmount(minutes)} min` : `${shortAmount(minutes / 60)} h`;
}

/** Whether anything is known of what attempts used. */
export function hasSpending(versions: readonly VersionSpending[], measure: Measure): boolean {
  return versions.some((one) => one[measure].perTask !== null);
}

export function spendingMarkId(versionId: string): string {
  return `${versionId} spent`;
}

export function budgetMarkId(versionId: string, budget: number): string {
  return `${versionId} budget ${String(budget)}`;
}

function axisOf(values: readonly number[], measure: Measure, label: string): PlotAxis {
  const words = measureWords[measure];
  return amountAxis(values, `${words.axis} ${label}, logarithmic`, words.short);
}

/** Solve rate against what a task used on average, both with their intervals: a point for each version. */
export function spendingPoints(versions: readonly VersionSpending[], measure: Measure, benchmark: string): DrawnChart {
  const words = measureWords[measure];
  const points = versions.flatMap(({ version, ...spent }, place) => {
    const of: Spent = spent[measure];
    return of.perTask === null || version.rate.rate === null
      ? []
      : [{ version, spent: of, x: of.perTask, y: version.rate.rate, place }];
  });
  const ends = points.flatMap(({ x, spent }) => [
    x,
    ...(spent.perTaskInterval === null ? [] : [spent.perTaskInterval.low, spent.perTaskInterval.high]),
  ]);
  const rates = methodsOf(points.map(({ version }) => version.rate.interval));
  const amounts = methodsOf(points.map(({ spent }) => spent.perTaskInterval));
  return {
    slug: `success-against-${measure}`,
    title: `Success against ${words.noun} on ${benchmark}`,
    summary: spendingSummary(points, measure, versions.length),
    method: `Solve rate: ${rates}. ${words.axis} per task, failed attempts included: ${amounts}. Up to ${formatCounted(Math.max(0, ...points.map(({ version }) => version.rate.tasks)), "task")}.`,
    twin: spendingTwin(versions, measure),
    body: {
      kind: "plot",
      plot: {
        x: axisOf(ends, measure, "per task"),
        y: rateAxis("Solve rate"),
        drops: [],
        series: points.map(({ version, spent, x, y, place }) => ({
          id: version.id,
          name: version.words,
          look: seriesLook(place),
          line: [],
          curve: "straight",
          isDashed: false,
          band: [],
          points: [
            {
              id: spendingMarkId(version.id),
              x,
              y,
              yInterval: version.rate.interval,
              xInterval: spent.perTaskInterval,
              size: "regular",
              label: `${version.words}: ${rateWords(version.rate)}; ${spentWords(spent, measure)}`,
            },
          ],
        })),
      },
    },
  };
}

/** "$1.20 per task, [$0.90, $1.62] …, $3.40 per task solved, 2 attempts unknown". */
function spentWords(spent: Spent, measure: Measure): string {
  const { full } = measureWords[measure];
  const { perTask, perTaskInterval: interval, perSolve, unknown } = spent;
  if (perTask === null) return "nothing known";
  const ends =
    interval === null
      ? "no interval"
      : `[${full(interval.low)}, ${full(interval.high)}] ${formatIntervalMethod(interval)}`;
  const solve = perSolve === null ? "" : `, ${full(perSolve)} per task solved`;
  const missing = unknown === 0 ? "" : `, ${formatCounted(unknown, "attempt")} unknown`;
  return `${full(perTask)} ${measure === "tokens" ? "tokens " : ""}per task, ${ends}${solve}${missing}`;
}

interface SpendingPoint {
  readonly version: VersionSpending["version"];
  readonly spent: Spent;
  readonly y: number;
}

function spendingSummary(points: readonly SpendingPoint[], measure: Measure, versions: number): string {
  const { full, noun } = measureWords[measure];
  const [best] = points.toSorted((a, b) => b.y - a.y);
  if (best === undefined) return `Nothing is known of the ${noun} of these attempts.`;
  const [cheapest] = points
    .filter(({ spent }) => spent.perSolve !== null)
    .toSorted((a, b) => (a.spent.perSolve ?? 0) - (b.spent.perSolve ?? 0));
  const unit = measure === "tokens" ? " tokens" : "";
  const first = `${best.version.words} solves most, ${formatRate(best.y)} at ${full(best.spent.perTask ?? 0)}${unit} per task.`;
  const second =
    cheapest === undefined
      ? ""
      : ` ${cheapest.version.words} uses least per task solved: ${full(cheapest.spent.perSolve ?? 0)}${unit}.`;
  const missing = versions - points.length;
  return `${first}${second}${missing === 0 ? "" : ` Of ${formatCounted(missing, "model version")} nothing is known.`}`;
}

/** Solve rate had the attempts been cut off at a budget: steps upwards, with a band. */
export function budgetCurves(versions: readonly VersionSpending[], measure: Measure, benchmark: string): DrawnChart {
  const words = measureWords[measure];
  const curves = versions.map((one, place) => ({ ...one, place })).filter(({ curve }) => curve.points.length > 0);
  const budgets = curves.flatMap(({ curve }) => curve.points.map(({ budget }) => budget));
  const intervals = curves.flatMap(({ curve }) => curve.points.map(({ interval }) => interval));
  const farthest = Math.max(0, ...budgets);
  return {
    slug: `budget-${measure}`,
    title: `Budget curve on ${benchmark}`,
    summary: budgetSummary(curves, measure),
    method: `What the same attempts would have solved had they been cut off at a budget; pointwise interval ${methodsOf(intervals)}.`,
    twin: budgetTwin(curves, measure),
    body: {
      kind: "plot",
      plot: {
        x: axisOf(budgets, measure, "spent by an attempt"),
        y: rateAxis("Solve rate"),
        drops: [],
        series: curves.map((one) => budgetSeries(one, farthest, words)),
      },
    },
  };
}

interface PlacedSpending extends VersionSpending {
  readonly place: number;
}

/** Marks on a step curve: enough to walk it, few enough to see it. */
const marksOnCurve = 12;

function budgetSeries({ version, curve, place }: PlacedSpending, farthest: number, words: MeasureWords): PlotSeries {
  const { points } = curve;
  const last = points.at(-1);
  const every = Math.max(1, Math.ceil(points.length / marksOnCurve));
  const kept = points.filter((_, index) => index % every === 0 || index === points.length - 1);
  const line = points.map(({ budget, rate }) => [budget, rate] as const);
  return {
    id: version.id,
    name: version.words,
    look: seriesLook(place),
    curve: "steps",
    isDashed: false,
    line: last === undefined || last.budget === farthest ? line : [...line, [farthest, last.rate] as const],
    band: points.flatMap(({ budget, interval }) =>
      interval === null ? [] : [{ x: budget, low: interval.low, high: interval.high }],
    ),
    points: kept.map(({ budget, rate, interval }) => ({
      id: budgetMarkId(version.id, budget),
      x: budget,
      y: rate,
      yInterval: null,
      xInterval: null,
      size: "small",
      label: `${version.words}, ${words.full(budget)}: ${formatRate(rate)}, ${intervalWords(interval)}`,
    })),
  };
}

function budgetSummary(curves: readonly PlacedSpending[], measure: Measure): string {
  const { full } = measureWords[measure];
  const halves = curves.flatMap(({ version, curve }) => {
    const end = curve.points.at(-1);
    const half = end === undefined ? undefined : curve.points.find(({ rate }) => rate >= end.rate / 2);
    return end === undefined || half === undefined ? [] : [{ version, end, half }];
  });
  const [best] = halves.toSorted((a, b) => b.end.rate - a.end.rate);
  if (best === undefined) return "Nothing was solved at a known budget.";
  const unit = measure === "tokens" ? " tokens" : "";
  const unknown = curves.reduce((sum, { curve }) => sum + curve.unknownSolved, 0);
  const rest =
    unknown === 0
      ? ""
      : ` ${formatCounted(unknown, "solved attempt")} of unknown ${measureWords[measure].noun} count as solved at no budget.`;
  return `${best.version.words} reaches half of its ${formatRate(best.end.rate)} by ${full(best.half.budget)}${unit} and all of it by ${full(best.end.budget)}${unit}.${rest}`;
}

function spendingTwin(versions: readonly VersionSpending[], measure: Measure): DrawnChart["twin"] {
  const { full } = measureWords[measure];
  return {
    columns: [
      { key: "model_version", label: "Model version", numeric: false },
      { key: "rate", label: "Rate", numeric: true },
      ...intervalColumns,
      { key: `${measure}_per_task`, label: "Per task", numeric: true },
      { key: "per_task_low", label: "Low", numeric: true },
      { key: "per_task_high", label: "High", numeric: true },
      { key: "per_task_method", label: "Interval", numeric: false },
      { key: "per_attempt", label: "Per attempt", numeric: true },
      { key: "per_solve", label: "Per solve", numeric: true },
      { key: "total", label: "Total", numeric: true },
      { key: "attempts", label: "Attempts", numeric: true },
      { key: "unknown", label: "Unknown", numeric: true },
    ],
    rows: versions.map(({ version, ...spent }) => {
      const of: Spent = spent[measure];
      return {
        id: spendingMarkId(version.id),
        cells: [
          wordsCell(version.words),
          numberCell(version.rate.rate, formatRate),
          ...intervalCells(version.rate.interval),
          numberCell(of.perTask, full),
          ...intervalCells(of.perTaskInterval, full),
          numberCell(of.perAttempt, full),
          numberCell(of.perSolve, full),
          numberCell(of.total, full),
          numberCell(of.attempts, formatCount),
          numberCell(of.unknown, formatCount),
        ],
      };
    }),
  };
}

function budgetTwin(curves: readonly PlacedSpending[], measure: Measure): DrawnChart["twin"] {
  return {
    columns: [
      { key: "model_version", label: "Model version", numeric: false },
      { key: "budget", label: "Budget", numeric: true },
      { key: "rate", label: "Rate", numeric: true },
      ...intervalColumns,
    ],
    rows: curves.flatMap(({ version, curve }) =>
      curve.points.map(({ budget, rate, interval }) => ({
        id: budgetMarkId(version.id, budget),
        cells: [
          wordsCell(version.words),
          numberCell(budget, measureWords[measure].full),
          numberCell(rate, formatRate),
          ...intervalCells(interval),
        ],
      })),
    ),
  };
}
