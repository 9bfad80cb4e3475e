import {
  type ClusteredMean,
  clusteredMeanOf,
  clustersNamed,
  clusterTBounds,
  hasSpread,
  numbersOf,
} from "./clustered-mean.ts";
import { correlation } from "./correlation.ts";
import { exactSum } from "./exact-sum.ts";
import type { Interval, TaskUnit } from "./interval.ts";
import { mcnemarExact } from "./mcnemar.ts";
import { signFlipTest } from "./sign-flip.ts";
import { compareNames, firstByName, type TaskTally, unitOf } from "./task-tally.ts";

export interface PairOptions {
  /** Two-sided level of the interval, default 0.95. */
  readonly level?: number;
  /** What is taken to be independent: tasks (default), or the clusters that they name. */
  readonly unit?: TaskUnit;
}

/** A task that one of the two solved at least once and the other never did. */
export interface Flip {
  readonly task: string;
  readonly first: { readonly n: number; readonly solved: number };
  readonly second: { readonly n: number; readonly solved: number };
}

export interface PairedDifference {
  /** Tasks that both have in the denominator; nothing else is compared. */
  readonly tasks: number;
  /** Tasks that only one of the two has: left out, and counted. */
  readonly tasksLeftOut: number;
  readonly onlyTasksOfFirst: number;
  readonly onlyTasksOfSecond: number;
  /** Mean over shared tasks of (second's rate − first's rate); null where there is no shared task. */
  readonly difference: number | null;
  readonly standardError: number | null;
  /**
   * Pearson's correlation of the two rates over the shared tasks: what pairing gains, SE² = SE_A² + SE_B² − 2 r SE_A SE_B.
   * Null where one of the two has the same rate on all of them.
   */
  readonly correlation: number | null;
  /** Null below two units, or where all differences are equal: then there is nothing to estimate a spread from. */
  readonly interval: Interval | null;
  /** Sign-flip test on the units' differences; null where there is no shared task. */
  readonly p: number | null;
  readonly pKind: "exact" | "sampled" | null;
  /** Sign patterns drawn; null where all were counted. */
  readonly pDraws: number | null;
  /** Exact McNemar, where both have one attempt a task and tasks are the units; otherwise null. */
  readonly mcnemar: number | null;
  readonly units: number;
  /** What was compared, in the order of their names. */
  readonly shared: readonly SharedTask[];
  readonly onlyFirst: readonly Flip[];
  readonly onlySecond: readonly Flip[];
}

/** A task that both have in the denominator. */
export interface SharedTask {
  readonly task: string;
  readonly cluster: string;
  readonly first: TaskTally;
  readonly second: TaskTally;
  /** Second's rate − first's rate. */
  readonly difference: number;
}

const nothingShared = {
  difference: null,
  standardError: null,
  correlation: null,
  interval: null,
  p: null,
  pKind: null,
  pDraws: null,
  mcnemar: null,
  units: 0,
};

/**
 * Second minus first on the tasks that both attempted, from tallies by task: paired by task, clustered by task or cluster key.
 * SE is that of the mean difference (so sd(d)/√n without clusters), the interval a t interval with units − 1 degrees.
 * Swapping the two changes the signs and nothing else.
 *
 * @param random - uniform numbers in [0, 1) for the permutation test when it is too large to count out
 * @source arXiv:2411.00640, section 4 (paired differences)
 */
export function pairedDifference(
  first: readonly TaskTally[],
  second: readonly TaskTally[],
  random: () => number,
  options: PairOptions = {},
): PairedDifference {
  const shared = sharedTasks(first, second, options.unit);
  const flips = {
    onlyFirst: shared.filter((task) => task.first.solved > 0 && task.second.solved === 0).map(flipOf),
    onlySecond: shared.filter((task) => task.second.solved > 0 && task.first.solved === 0).map(flipOf),
  };
  const onlyTasksOfFirst = countedTasks(first) - shared.length;
  const onlyTasksOfSecond = countedTasks(second) - shared.length;
  const tasksLeftOut = onlyTasksOfFirst + onlyTasksOfSecond;
  const counts = { shared, tasks: shared.length, tasksLeftOut, onlyTasksOfFirst, onlyTasksOfSecond };
  if (shared.length === 0) {
    return { ...counts, ...nothingShared, ...flips };
  }
  const estimate = meanDifference(shared);
  const byTask = estimate.clusters === shared.length;
  const test = signFlipTest(byTask ? shared.map(({ difference }) => difference + 0) : unitSums(shared), random);
  const single = shared.every((task) => task.first.n === 1 && task.second.n === 1);
  return {
    ...counts,
    difference: estimate.mean,
    standardError: estimate.standardError,
    correlation: correlation(
      shared.map(({ first: tally }) => tally.solved / tally.n),
      shared.map(({ second: tally }) => tally.solved / tally.n),
    ),
    interval: differenceInterval(estimate, options.level ?? 0.95, byTask),
    p: test.p,
    pKind: test.kind,
    pDraws: test.draws,
    mcnemar: single && byTask ? mcnemarExact(flips.onlyFirst.length, flips.onlySecond.length) : null,
    units: estimate.clusters,
    ...flips,
  };
}

/** The shared tasks, and the standard error of the mean difference over them: what a comparison is planned with. */
export function pairedError(
  first: readonly TaskTally[],
  second: readonly TaskTally[],
  unit: TaskUnit = "task",
): { readonly tasks: number; readonly standardError: number | null } {
  const shared = sharedTasks(first, second, unit);
  if (shared.length === 0) return { tasks: 0, standardError: null };
  return { tasks: shared.length, standardError: meanDifference(shared).standardError };
}

function meanDifference(shared: readonly SharedTask[]): ClusteredMean {
  const alone = shared.every(({ first, second }) => first.cluster === null && second.cluster === null);
  const clusters = alone
    ? { count: shared.length, members: null }
    : clustersNamed(shared.map(({ cluster }) => cluster));
  return clusteredMeanOf(
    numbersOf(shared, ({ difference }) => difference),
    clusters,
  );
}

function differenceInterval(estimate: ClusteredMean, level: number, byTask: boolean): Interval | null {
  const bounds = hasSpread(estimate) ? clusterTBounds(estimate, level) : null;
  if (bounds === null) return null;
  return {
    low: Math.max(-1, bounds.low),
    high: Math.min(1, bounds.high),
    level,
    method: "cluster-t",
    unit: byTask ? "task" : "cluster",
  };
}

/** The tasks of which both have an attempt in the denominator, in the order of their names. */
export function sharedTasks(
  first: readonly TaskTally[],
  second: readonly TaskTally[],
  unit: TaskUnit = "task",
): SharedTask[] {
  const secondTasks = byName(second);
  return first
    .flatMap((a): SharedTask[] => {
      const b = secondTasks.get(a.task);
      if (b === undefined || a.n === 0 || b.n === 0) return [];
      const cluster = unitOf({ task: a.task, cluster: firstByName(a.cluster, b.cluster) }, unit);
      return [{ task: a.task, cluster, first: a, second: b, difference: b.solved / b.n - a.solved / a.n }];
    })
    .toSorted((a, b) => compareNames(a.task, b.task));
}

const named = new WeakMap<readonly TaskTally[], ReadonlyMap<string, TaskTally>>();

/** Made once for each list, because each version is compared with every other. */
function byName(tallies: readonly TaskTally[]): ReadonlyMap<string, TaskTally> {
  const known = named.get(tallies) ?? new Map(tallies.map((tally) => [tally.task, tally]));
  named.set(tallies, known);
  return known;
}

function countedTasks(tallies: readonly TaskTally[]): number {
  return tallies.filter(({ n }) => n > 0).length;
}

function unitSums(shared: readonly SharedTask[]): number[] {
  const units = new Map<string, number[]>();
  for (const { cluster, difference } of shared) units.set(cluster, [...(units.get(cluster) ?? []), difference]);
  return [...units.values()].map(exactSum);
}

function flipOf(task: SharedTask): Flip {
  return {
    task: task.task,
    first: { n: task.first.n, solved: task.first.solved },
    second: { n: task.second.n, solved: task.second.solved },
  };
}
