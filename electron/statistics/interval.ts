import { StatisticsError } from "./statistics-error.ts";

/**
 * How an interval was made; printed beside it. "bootstrap": percentiles of resamples; "hierarchical-bootstrap": the same,
 * resampling clusters, tasks within them and attempts within those.
 */
export const intervalMethods = [
  "wilson",
  "clopper-pearson",
  "cluster-t",
  "fieller",
  "least-squares-t",
  "bootstrap",
  "hierarchical-bootstrap",
] as const;
export type IntervalMethod = (typeof intervalMethods)[number];

/** What a rate over tasks may take to be independent. */
export const taskUnits = ["task", "cluster"] as const;
export type TaskUnit = (typeof taskUnits)[number];

/**
 * What was taken to be independent of one another: what would be drawn anew if the evaluation were repeated.
 * "item" is what reviewers judge.
 */
export const intervalUnits = [...taskUnits, "item"] as const;
export type IntervalUnit = (typeof intervalUnits)[number];

/** A two-sided confidence interval; `level` is e.g. 0.95. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly method: IntervalMethod;
  readonly unit: IntervalUnit;
}

/** The two ends of an interval, before it is said what they are of. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Upper tail probability point of a two-sided level: 0.95 → 0.975. Throws `level-out-of-range` outside (0, 1). */
export function upperTail(level: number): number {
  if (!(level > 0 && level < 1)) {
    throw new StatisticsError("level-out-of-range", "A confidence level lies between 0 and 1; give 0.95 for 95 %.", {
      level,
    });
  }
  return (1 + level) / 2;
}

/** Throws `count-out-of-range` unless 0 ≤ x ≤ n and n > 0. */
export function requireCount(x: number, n: number): void {
  if (!(n > 0 && x >= 0 && x <= n)) {
    throw new StatisticsError("count-out-of-range", "A count of successes lies between 0 and the number of trials.", {
      x,
      n,
    });
  }
}
