import { type DenominatorPolicy, headlinePolicy, type Rate } from "../contract/values.ts";
import { clopperPearsonBounds } from "./clopper-pearson.ts";
import { clusteredMean, clusterTBounds } from "./clustered-mean.ts";
import {
  type CountedAttempt,
  countStates,
  defaultSolveRule,
  judge,
  type PerState,
  type SolveRule,
} from "./denominator.ts";
import type { Interval, IntervalUnit } from "./interval.ts";
import { type TaskTally, tallyTasks } from "./task-tally.ts";
import { wilsonBounds } from "./wilson.ts";

export interface SolveRateOptions {
  readonly policy?: DenominatorPolicy;
  readonly rule?: SolveRule;
  /** Two-sided level of the interval, default 0.95. */
  readonly level?: number;
  /** What is resampled: tasks (default), or the clusters that the attempts name. */
  readonly unit?: IntervalUnit;
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

function unitsOf(tasks: readonly TaskTally[], unit: IntervalUnit): ReturnType<typeof clusteredMean> | null {
  if (tasks.length === 0) return null;
  return clusteredMean(
    tasks.map((task) => ({
      value: task.solved / task.n,
      // A task without a cluster key stands alone; the prefix keeps it apart from a cluster of the same name.
      cluster: unit === "cluster" && task.cluster !== null ? `cluster:${task.cluster}` : `task:${task.task}`,
    })),
  );
}

function intervalOf(
  tasks: readonly TaskTally[],
  spread: ReturnType<typeof clusteredMean>,
  options: SolveRateOptions & { readonly unit: IntervalUnit },
): Interval {
  const level = options.level ?? 0.95;
  const unit = spread.clusters === tasks.length ? "task" : options.unit;
  const oneEach = unit === "task" && tasks.every((task) => task.n === 1);
  if (oneEach && options.single === "clopper-pearson") {
    const solved = tasks.reduce((sum, task) => sum + task.solved, 0);
    return { ...clopperPearsonBounds(solved, tasks.length, level), level, method: "clopper-pearson", unit };
  }
  const bounds = oneEach || isZero(spread.standardError) ? null : clusterTBounds(spread, level);
  if (bounds === null) {
    const expected = Math.min(spread.clusters, spread.mean * spread.clusters);
    return { ...wilsonBounds(expected, spread.clusters, level), level, method: "wilson", unit };
  }
  return {
    low: Math.max(0, bounds.low),
    high: Math.min(1, bounds.high),
    level,
    method: "cluster-t",
    unit,
  };
}

/** Equal task means leave rounding dust of the order of 1e-17 in their standard error. */
function isZero(standardError: number | null): boolean {
  return standardError !== null && standardError < 1e-12;
}
