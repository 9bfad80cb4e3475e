import { type ClusteredMean, clusterTBounds, hasSpread } from "./clustered-mean.ts";
import type { Interval, TaskUnit } from "./interval.ts";
import { wilsonBounds } from "./wilson.ts";

export interface UnitMeanOptions {
  readonly unit: TaskUnit;
  readonly level: number;
  /** Whether every task's value is one trial, 0 or 1: then tasks as units get Wilson's interval. */
  readonly oneTrialEach: boolean;
}

/**
 * Interval of a mean over tasks of values from 0 to 1: cluster-robust t, cut to [0, 1]; Wilson on tasks where each is one
 * trial. Where there is no standard error (all units alike, or one unit) Wilson on the units stands in, so that 0 of 13 is
 * never "± 0". The interval's `method` and `unit` say which it was; clusters of one task each are called tasks.
 *
 * @source arXiv:2411.00640 (clusters); arXiv:2503.01747 (why no normal approximation at small n)
 * @throws StatisticsError `level-out-of-range`
 */
export function unitMeanInterval(spread: ClusteredMean, { unit, level, oneTrialEach }: UnitMeanOptions): Interval {
  const resampled = spread.clusters === spread.n ? "task" : unit;
  const binomial = oneTrialEach && resampled === "task";
  const bounds = binomial || !hasSpread(spread) ? null : clusterTBounds(spread, level);
  if (bounds === null) {
    const expected = Math.min(spread.clusters, spread.mean * spread.clusters);
    return { ...wilsonBounds(expected, spread.clusters, level), level, method: "wilson", unit: resampled };
  }
  return {
    low: Math.max(0, bounds.low),
    high: Math.min(1, bounds.high),
    level,
    method: "cluster-t",
    unit: resampled,
  };
}
