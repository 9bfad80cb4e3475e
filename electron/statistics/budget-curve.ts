import { clusteredMeanOf, clustersOf, numbersOf } from "./clustered-mean.ts";
import type { Interval, TaskUnit } from "./interval.ts";
import { sortedAmounts } from "./sorted-amounts.ts";
import type { SpentAttempt } from "./spending.ts";
import type { TaskTally } from "./task-tally.ts";
import { unitMeanInterval } from "./unit-mean-interval.ts";

export interface BudgetPoint {
  /** In the unit of `spent`. */
  readonly budget: number;
  /** Mean over tasks of the share of attempts that were solved having spent no more than `budget`. */
  readonly rate: number;
  readonly interval: Interval;
}

export interface BudgetCurve {
  /** At amounts at which something was solved, upwards; between two that stand in it the rate holds until the next. */
  readonly points: readonly BudgetPoint[];
  readonly tasks: number;
  /** Solved attempts of which it is not known what they used: in the denominator, solved at no budget. */
  readonly unknownSolved: number;
}

export interface BudgetCurveOptions {
  readonly unit?: TaskUnit;
  readonly level?: number;
  /** Amounts at most, default all: more are thinned out to as many, evenly by rank, the first and the last among them. */
  readonly mostPoints?: number;
}

/**
 * Solve rate as a function of the budget, read off attempts made under one larger budget. It shows what would have been
 * solved had the same attempts been cut off earlier, not how a model told of a smaller budget would have worked. The last
 * point is the solve rate with its own interval, to the last bit, where every solved attempt's spending is known.
 * Intervals are pointwise, as a solve rate's. Neither order matters.
 *
 * @param tallies - every task of the denominator once
 * @param solved - the attempts that are counted as solved in the tallies
 * @throws StatisticsError `level-out-of-range`
 */
export function budgetCurve(
  tallies: readonly TaskTally[],
  solved: readonly SpentAttempt[],
  options: BudgetCurveOptions = {},
): BudgetCurve {
  const places = new Map(tallies.map(({ task }, place) => [task, place]));
  return budgetCurveOf(
    tallies,
    {
      task: Int32Array.from(solved, ({ task }) => places.get(task) ?? -1),
      spent: numbersOf(solved, ({ spent }) => spent ?? Number.NaN),
    },
    options,
  );
}

/** Attempts that are counted as solved, in two columns. */
export interface SolvedSpending {
  /** The place of the attempt's task among the tallies; another number where it is in no denominator. */
  readonly task: Int32Array;
  /** What it used up; NaN where that is not known. */
  readonly spent: Float64Array;
}

/** {@link budgetCurve} of very many attempts. */
export function budgetCurveOf(
  tallies: readonly TaskTally[],
  solved: SolvedSpending,
  options: BudgetCurveOptions = {},
): BudgetCurve {
  const tasks = tallies.filter(({ n }) => n > 0);
  const known = knownOf(solved.spent);
  const budgets = thinned(distinct(sortedAmounts(known)), options.mostPoints ?? Number.POSITIVE_INFINITY);
  const gained = gainedAt(budgets, solved, placesOfCounted(tallies));
  const { unit = "task", level = 0.95 } = options;
  const clusters = clustersOf(tasks, unit);
  const oneTrialEach = tasks.every(({ n }) => n === 1);
  const within = new Int32Array(tasks.length);
  const rates = new Float64Array(tasks.length);
  const points = budgets.map((budget, at): BudgetPoint => {
    for (const place of gained[at] ?? []) {
      const count = (within[place] ?? 0) + 1;
      within[place] = count;
      rates[place] = count / (tasks[place]?.n ?? 0);
    }
    const spread = clusteredMeanOf(rates, clusters);
    return { budget, rate: spread.mean, interval: unitMeanInterval(spread, { unit, level, oneTrialEach }) };
  });
  return { points, tasks: tasks.length, unknownSolved: solved.spent.length - known.length };
}

/** Where each tally stands among those that have an attempt in the denominator; −1 where it has none. */
function placesOfCounted(tallies: readonly TaskTally[]): Int32Array {
  let count = 0;
  const places = new Int32Array(tallies.length).fill(-1);
  for (const [at, { n }] of tallies.entries()) {
    if (n === 0) continue;
    places[at] = count;
    count += 1;
  }
  return places;
}

/** The tasks (by place, once an attempt) that each budget solves and the one before it does not. */
function gainedAt(
  budgets: readonly number[],
  { task, spent }: SolvedSpending,
  places: Int32Array,
): readonly (readonly number[])[] {
  const gained = budgets.map((): number[] => []);
  for (let at = 0; at < spent.length; at += 1) {
    const place = places[task[at] ?? -1] ?? -1;
    const amount = spent[at] ?? Number.NaN;
    if (place >= 0 && !Number.isNaN(amount)) gained[firstEnough(budgets, amount)]?.push(place);
  }
  return gained;
}

/** The place of the smallest of sorted budgets that is enough; their count where none is. */
function firstEnough(budgets: readonly number[], spent: number): number {
  let [low, high] = [0, budgets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((budgets[middle] ?? 0) < spent) low = middle + 1;
    else high = middle;
  }
  return low;
}

function knownOf(spent: Float64Array): Float64Array {
  const known = new Float64Array(spent.length);
  let count = 0;
  for (const amount of spent) {
    if (Number.isNaN(amount)) continue;
    known[count] = amount;
    count += 1;
  }
  return known.subarray(0, count);
}

function distinct(sorted: Float64Array): Float64Array {
  const amounts = new Float64Array(sorted.length);
  let count = 0;
  for (const amount of sorted) {
    if (count > 0 && amount === amounts[count - 1]) continue;
    amounts[count] = amount;
    count += 1;
  }
  return amounts.subarray(0, count);
}

function thinned(amounts: Float64Array, most: number): readonly number[] {
  if (amounts.length <= most) return [...amounts];
  const last = amounts.length - 1;
  return Array.from({ length: most }, (_, at) => amounts[Math.round((at * last) / (most - 1))] ?? 0);
}
