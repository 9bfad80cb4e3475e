import { tQuantile } from "./distributions.ts";
import { exactMean, exactSum } from "./exact-sum.ts";
import { type Bounds, upperTail } from "./interval.ts";
import { StatisticsError } from "./statistics-error.ts";

/** One model version: when it was released (any unit of time, e.g. days) and what it reached. */
export interface TrendPoint {
  readonly at: number;
  readonly value: number;
}

/** "too-few": fewer than three points; "one-time": all at the same time. */
export type NoTrend = "too-few" | "one-time";

export type Trend =
  | { readonly estimable: false; readonly reason: NoTrend; readonly points: number }
  | {
      readonly estimable: true;
      readonly points: number;
      /** Change of the value for one unit of time. */
      readonly slope: number;
      /** The line's value at time 0. */
      readonly intercept: number;
      /** Null where all points lie on the line: then nothing is left to estimate a spread from. */
      readonly standardError: number | null;
      /** t interval of the slope with points − 2 degrees; null with the standard error. */
      readonly interval: Bounds | null;
    };

/** Residuals this small beside the values are rounding. */
const dust = 1e-12;

/**
 * Straight line through points by ordinary least squares. A slope is claimed from three points on, at two times or more;
 * each point counts the same, however sure its value is. Does not depend on the order of the points.
 *
 * @throws StatisticsError `value-not-finite`, `level-out-of-range`
 */
export function trend(points: readonly TrendPoint[], level = 0.95): Trend {
  const upper = upperTail(level);
  if (points.some(({ at, value }) => !Number.isFinite(at) || !Number.isFinite(value))) {
    throw new StatisticsError("value-not-finite", "A trend needs finite times and values.", { n: points.length });
  }
  const n = points.length;
  if (n < 3) return { estimable: false, reason: "too-few", points: n };
  if (points.every(({ at }) => at === points[0]?.at)) return { estimable: false, reason: "one-time", points: n };
  const line = leastSquares(points);
  const errors = points.map(({ at, value }) => value - (line.intercept + line.slope * at));
  const spread = exactSum(points.map(({ value }) => Math.abs(value)));
  const variance = exactSum(errors.map((error) => error ** 2)) / (n - 2) / line.timeSquares;
  const onLine = errors.every((error) => Math.abs(error) <= dust * spread);
  if (onLine) return { estimable: true, points: n, ...lineOf(line), standardError: null, interval: null };
  const standardError = Math.sqrt(variance);
  const half = tQuantile(upper, n - 2) * standardError;
  const interval = { low: line.slope - half, high: line.slope + half };
  return { estimable: true, points: n, ...lineOf(line), standardError, interval };
}

interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** Σ (time − mean time)². */
  readonly timeSquares: number;
}

/** The least-squares line itself; needs two different times. */
export function leastSquares(points: readonly TrendPoint[]): Line {
  const time = exactMean(points.map(({ at }) => at));
  const mean = exactMean(points.map(({ value }) => value));
  const timeSquares = exactSum(points.map(({ at }) => (at - time) ** 2));
  const slope = exactSum(points.map(({ at, value }) => (at - time) * (value - mean))) / timeSquares;
  return { slope, intercept: mean - slope * time, timeSquares };
}

function lineOf({ slope, intercept }: Line): { slope: number; intercept: number } {
  return { slope, intercept };
}
