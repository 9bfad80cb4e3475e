import { type DenominatorPolicy, headlinePolicy, type Rate } from "../contract/values.ts";
import { clopperPearsonBounds } from "./clopper-pearson.ts";
import { type ClusteredMean, clusteredMeanOf, clustersOf, numbersOf } from "./clustered-mean.ts";
import {
  type CountedAttempt,
  countStates,
  defaultSolveRule,
  judge,
  type PerState,
  type SolveRule,
} from "./denominator.ts";
import type { Interval, TaskUnit } from "./interval.ts";
import { type TaskTally, tallyTasks } from "./task-tally.ts";
import { unitMeanInterval } from "./unit-mean-interval.ts";

export interface SolveRateOptions {
  readonly policy?: DenominatorPolicy;
  readonly rule?: SolveRule;
  /** Two-sided level of the interval, default 0.95. */
  readonly level?: number;
  /** What is resampled: tasks (default), or the clusters that the attempts name. */
  readonly unit?: TaskUnit;
  /** Interval where every unit has one attempt, default Wilson. */
  readonly single?: "wilson" | "clopper-pearson";
}

/** A solve rate with everything that is printed beside it. */
export interface SolveRate {
  readonly policy: DenominatorPolicy;
  readonly rule: SolveRule;
  /** Attempts given, in whatever state. */
  readonly planned: number;
  /** Attempts in the denominator. */
  readonly n: number;
  /** Solved attempts among `n`. */
  readonly solved: number;
  /** Mean over tasks of each task's solved share; null where nothing is in the denominator. */
  readonly rate: number | null;
  /** Null where nothing is in the denominator. */
  readonly interval: Interval | null;
  /** Tasks with at least one attempt in the denominator. */
  readonly tasks: number;
  /** Tasks solved at least once. */
  readonly solvedTasks: number;
  /** Tasks given, with or without an attempt in the denominator. */
  readonly plannedTasks: number;
  /** Units that the interval resamples: tasks, or clusters. */
  readonly units: number;
  /** Whether every task has as many attempts in the denominator as every other: only then rate = solved / n. */
  readonly balanced: boolean;
  /** Every planned attempt by state. */
  readonly perState: PerState;
  /** Those of them that are not in the denominator. */
  readonly leftOut: PerState;
}

/**
 * Solve rate under a denominator policy, from every planned attempt. The order of the attempts does not matter.
 *
 * One attempt a task: Wilson (or Clopper–Pearson) on tasks. More, or clusters: cluster-robust t interval of the mean
 * over tasks, cut to [0, 1]. Where that has no standard error (all units alike, or one unit) Wilson on the units stands
 * in, so that 0 of 13 is never "± 0"; the interval's `method` and `unit` say which it was.
 *
 * @source metrics: Wilson 1927; Clopper–Pearson 1934; arXiv:2411.00640 (clusters); arXiv:2503.01747 (why no CLT at small n)
 * @throws StatisticsError `level-out-of-range`
 */
export function solveRate(attempts: readonly CountedAttempt[], options: SolveRateOptions = {}): SolveRate {
  const policy = options.policy ?? headlinePolicy;
  const rule = options.rule ?? defaultSolveRule;
  const tallies = tallyTasks(attempts, policy, rule);
  const left = attempts.filter((attempt) => judge(attempt, policy, rule) === "left-out");
  return {
    policy,
    rule,
    planned: attempts.length,
    plannedTasks: tallies.length,
    ...rateOfTallies(tallies, options),
    perState: countStates(attempts),
    leftOut: countStates(left),
  };
}

/** The part of a solve rate that needs no more than each task's tally: what several runs together are made of. */
export type TalliedRate = Pick<
  SolveRate,
  "n" | "solved" | "rate" | "interval" | "tasks" | "solvedTasks" | "units" | "balanced"
>;

/**
 * Solve rate from tallies by task, each task once, whatever their order; the same as `solveRate` makes of the attempts.
 * @throws StatisticsError `level-out-of-range`
 */
export function rateOfTallies(
  tallies: readonly TaskTally[],
  options: Pick<SolveRateOptions, "unit" | "level" | "single"> = {},
): TalliedRate {
  const unit = options.unit ?? "task";
  const tasks = tallies.filter((task) => task.n > 0);
  const spread = unitsOf(tasks, unit);
  const first = tasks[0];
  return {
    n: tasks.reduce((sum, task) => sum + task.n, 0),
    solved: tasks.reduce((sum, task) => sum + task.solved, 0),
    rate: spread === null ? null : spread.mean,
    interval: spread === null ? null : intervalOf(tasks, spread, { ...options, unit }),
    tasks: tasks.length,
    solvedTasks: tasks.filter((task) => task.solved > 0).length,
    units: spread === null ? 0 : spread.clusters,
    balanced: first === undefined || tasks.every((task) => task.n === first.n),
  };
}

/** The part of a solve rate that is sent to screens. */
export function rateOf(result: TalliedRate): Rate {
  const { n, solved, tasks, solvedTasks, rate, interval } = result;
  return { n, solved, tasks, solvedTasks, rate, interval };
}

function unitsOf(tasks: readonly TaskTally[], unit: TaskUnit): ClusteredMean | null {
  if (tasks.length === 0) return null;
  return clusteredMeanOf(
    numbersOf(tasks, (task) => task.solved / task.n),
    clustersOf(tasks, unit),
  );
}

function intervalOf(
  tasks: readonly TaskTally[],
  spread: ClusteredMean,
  options: SolveRateOptions & { readonly unit: TaskUnit },
): Interval {
  const level = options.level ?? 0.95;
  const oneEach = tasks.every((task) => task.n === 1);
  if (oneEach && spread.clusters === tasks.length && options.single === "clopper-pearson") {
    const solved = tasks.reduce((sum, task) => sum + task.solved, 0);
    return { ...clopperPearsonBounds(solved, tasks.length, level), level, method: "clopper-pearson", unit: "task" };
  }
  return unitMeanInterval(spread, { unit: options.unit, level, oneTrialEach: oneEach });
}
