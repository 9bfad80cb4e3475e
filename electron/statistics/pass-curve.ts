import { clusteredMeanOf, type Clusters, clustersOf } from "./clustered-mean.ts";
import type { Interval, TaskUnit } from "./interval.ts";
import { passAtK } from "./pass-at-k.ts";
import { passHatK } from "./pass-hat-k.ts";
import type { TaskTally } from "./task-tally.ts";
import { unitMeanInterval } from "./unit-mean-interval.ts";

/** "at-least-one": pass@k; "all": pass^k. */
export type PassKind = "at-least-one" | "all";

export interface PassPoint {
  readonly k: number;
  /** Mean over tasks of the unbiased estimate; null where no task has k attempts. */
  readonly value: number | null;
  readonly interval: Interval | null;
  /** Tasks with at least k attempts: only these are in the mean. */
  readonly tasks: number;
  /** Tasks with fewer: a point that leaves some out is not of the same tasks as its neighbours. */
  readonly tasksLeftOut: number;
}

export interface PassCurveOptions {
  readonly kind?: PassKind;
  /** Default: `passCurveSteps`. */
  readonly ks?: readonly number[];
  readonly unit?: TaskUnit;
  readonly level?: number;
}

/**
 * pass@k (or pass^k) over k, from tallies by task. Each point's interval is the cluster-robust t interval of the mean over
 * tasks of the per-task estimate: these are unbiased and independent between units, so neither a delta method nor a
 * bootstrap is needed. At k = 1 it is the solve rate with the solve rate's own interval, to the last bit.
 * Intervals are pointwise. The order of the tallies does not matter.
 *
 * @source arXiv:2107.03374 (pass@k), arXiv:2406.12045 (pass^k), arXiv:2411.00640 (clusters)
 * @throws StatisticsError `count-out-of-range`, `level-out-of-range`
 */
export function passCurve(tallies: readonly TaskTally[], options: PassCurveOptions = {}): PassPoint[] {
  const tasks = tallies.filter((tally) => tally.n > 0);
  const ks = options.ks ?? passCurveSteps(tasks);
  const clusters = clustersOf(tasks, options.unit ?? "task");
  return ks.map((k) => passPoint(tasks, clusters, k, options));
}

/**
 * The k of a curve on which every point is of all tasks: 1, 2, 3 … up to the smallest number of attempts that a task has,
 * thinned out above 20 to steps of about a tenth. Empty without attempts.
 */
export function passCurveSteps(tallies: readonly Pick<TaskTally, "n">[]): number[] {
  const counts = tallies.map(({ n }) => n).filter((n) => n > 0);
  const last = counts.reduce((least, n) => Math.min(least, n), counts[0] ?? 0);
  const steps: number[] = [];
  for (let k = 1; k < last; k = k < 20 ? k + 1 : Math.ceil(k * 1.1)) steps.push(k);
  return last > 0 ? [...steps, last] : [];
}

/** @param clusters - of all tasks */
function passPoint(tasks: readonly TaskTally[], clusters: Clusters, k: number, options: PassCurveOptions): PassPoint {
  const { kind = "at-least-one", unit = "task", level = 0.95 } = options;
  const estimator = remembered(kind === "all" ? passHatK : passAtK, k);
  const counted: TaskTally[] = [];
  const values: number[] = [];
  for (const task of tasks) {
    const value = estimator(task.n, task.solved);
    if (value === null) continue;
    counted.push(task);
    values.push(cutToOne(value));
  }
  const counts = { k, tasks: counted.length, tasksLeftOut: tasks.length - counted.length };
  if (counted.length === 0) return { ...counts, value: null, interval: null };
  const spread = clusteredMeanOf(
    Float64Array.from(values),
    counted.length === tasks.length ? clusters : clustersOf(counted, unit),
  );
  const oneTrialEach = counted.every(({ n }) => n === 1);
  return { ...counts, value: spread.mean, interval: unitMeanInterval(spread, { unit, level, oneTrialEach }) };
}

/** Tasks that came out alike are estimated once. */
function remembered(
  estimator: (n: number, c: number, k: number) => number | null,
  k: number,
): (n: number, c: number) => number | null {
  const known = new Map<number, Map<number, number | null>>();
  return (n, c) => {
    const ofN = known.get(n) ?? new Map<number, number | null>();
    known.set(n, ofN);
    const before = ofN.get(c);
    if (before !== undefined) return before;
    const value = estimator(n, c, k);
    ofN.set(c, value);
    return value;
  };
}

/** The products of the estimators can round to a hair beyond their range. */
function cutToOne(value: number): number {
  return Math.min(1, Math.max(0, value));
}
