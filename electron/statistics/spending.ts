import { clusteredMeanOf, clustersOf, clusterTBounds, hasSpread, numbersOf } from "./clustered-mean.ts";
import { exactSum } from "./exact-sum.ts";
import type { Interval, TaskUnit } from "./interval.ts";
import { ratioBounds, type RatioPart } from "./ratio.ts";
import { compareNames } from "./task-tally.ts";

/** What one attempt that was made used up: dollars, tokens, or milliseconds; null where it is not known. */
export interface SpentAttempt {
  readonly task: string;
  readonly spent: number | null;
}

/** The attempts at one task that were made. */
export interface TaskSpending {
  readonly task: string;
  readonly made: number;
  /** Those of which it is known what they used, and what that was together. */
  readonly known: number;
  readonly spent: number;
}

/** Sums by task, in order of name. Does not depend on the order of the attempts. */
export function spendingByTask(attempts: readonly SpentAttempt[]): TaskSpending[] {
  const byTask = new Map<string, { made: number; known: number[] }>();
  for (const { task, spent } of attempts) {
    const own = byTask.get(task) ?? { made: 0, known: [] };
    own.made += 1;
    if (spent !== null) own.known.push(spent);
    byTask.set(task, own);
  }
  return [...byTask]
    .map(([task, { made, known }]) => ({ task, made, known: known.length, spent: exactSum(known) }))
    .toSorted((a, b) => compareNames(a.task, b.task));
}

/** Totals and means of what was spent. Where `unknown` is above 0, all of them are of the known attempts alone. */
export interface Spending {
  readonly attempts: number;
  /** Attempts of which it is not known what they used. */
  readonly unknown: number;
  /** Sum over the known attempts, failed ones included; null where none is known. */
  readonly total: number | null;
  readonly perAttempt: number | null;
  /** Total divided by the number of tasks with a known attempt. */
  readonly perTask: number | null;
  /** t interval over tasks (or clusters), cut at 0; null where there is no spread. */
  readonly perTaskInterval: Interval | null;
  /** Total of all attempts divided by the number of tasks solved at least once; null where none is, or one is unknown. */
  readonly perSolve: number | null;
  /** Fieller's over tasks (or clusters), cut at 0; null where so few of them were solved that it has no upper end. */
  readonly perSolveInterval: Interval | null;
  readonly solvedTasks: number;
}

export interface SpendingOptions {
  readonly level?: number;
  readonly unit?: TaskUnit;
}

/** What one task brings to a sum: whether it was solved at least once, and what it is grouped by. */
export interface SpendingTask extends TaskSpending {
  readonly cluster: string | null;
  readonly solved: boolean;
}

/**
 * What the attempts that were made used up, against what they solved; each task once. Cost per solve counts what failures
 * cost too; it is not given while some attempt's cost is unknown, because it would come out too low. The order of the
 * tasks does not matter.
 *
 * @source metrics of BountyBench and CAISI reports: total cost of all attempts / number of solved tasks
 * @throws StatisticsError `level-out-of-range`
 */
export function spending(tasks: readonly SpendingTask[], options: SpendingOptions = {}): Spending {
  const counted = tasks.filter(({ known }) => known > 0);
  // What adds up to more than a double holds is not known either.
  const sum = exactSum(counted.map(({ spent }) => spent));
  const known = counted.reduce((count, task) => count + task.known, 0);
  const attempts = tasks.reduce((count, { made }) => count + made, 0);
  const total = known === 0 || !Number.isFinite(sum) ? null : sum;
  const solvedTasks = tasks.filter(({ solved }) => solved).length;
  const over = (count: number): number | null => (total === null || count === 0 ? null : total / count);
  const perSolve = attempts > known ? null : over(solvedTasks);
  return {
    attempts,
    unknown: attempts - known,
    total,
    perAttempt: over(known),
    perTask: over(counted.length),
    perTaskInterval: total === null ? null : perTaskInterval(counted, options),
    perSolve,
    perSolveInterval: perSolve === null ? null : perSolveInterval(counted, options),
    solvedTasks,
  };
}

function perTaskInterval(
  tasks: readonly SpendingTask[],
  { level = 0.95, unit = "task" }: SpendingOptions,
): Interval | null {
  if (tasks.length === 0) return null;
  const spread = clusteredMeanOf(
    numbersOf(tasks, ({ spent }) => spent),
    clustersOf(tasks, unit),
  );
  const bounds = hasSpread(spread) ? clusterTBounds(spread, level) : null;
  if (bounds === null) return null;
  const resampled = spread.clusters === spread.n ? "task" : unit;
  return { low: Math.max(0, bounds.low), high: bounds.high, level, method: "cluster-t", unit: resampled };
}

function perSolveInterval(tasks: readonly SpendingTask[], options: SpendingOptions): Interval | null {
  const { level = 0.95, unit = "task" } = options;
  const units = unitsOf(tasks, unit);
  const bounds = ratioBounds(units, level);
  if (bounds === null) return null;
  const resampled = units.length === tasks.length ? "task" : unit;
  return { low: Math.max(0, bounds.low), high: bounds.high, level, method: "fieller", unit: resampled };
}

/** What each unit spent, and how many of its tasks were solved. */
function unitsOf(tasks: readonly SpendingTask[], unit: TaskUnit): RatioPart[] {
  const { members } = clustersOf(tasks, unit);
  if (members === null) return tasks.map(({ spent, solved }) => ({ above: spent + 0, below: solved ? 1 : 0 }));
  return members.map((places) => {
    const own = places.flatMap((place) => tasks[place] ?? []);
    return { above: exactSum(own.map(({ spent }) => spent)), below: own.filter(({ solved }) => solved).length };
  });
}
