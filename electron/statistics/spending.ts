import { exactSum } from "./exact-sum.ts";

/** What one attempt that was made used up: dollars, tokens, or milliseconds; null where it is not known. */
export interface SpentAttempt {
  readonly task: string;
  readonly solved: boolean;
  readonly spent: number | null;
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
  /** Total of all attempts divided by the number of tasks solved at least once; null where none is, or one is unknown. */
  readonly perSolve: number | null;
  readonly solvedTasks: number;
}

/**
 * What the attempts that were made used up, against what they solved. Cost per solve counts what failures cost too; it is
 * not given while some attempt's cost is unknown, because it would come out too low. The order does not matter.
 *
 * @source metrics of BountyBench and CAISI reports: total cost of all attempts / number of solved tasks
 */
export function spending(attempts: readonly SpentAttempt[]): Spending {
  const known = attempts.flatMap((attempt) => (attempt.spent === null ? [] : [{ ...attempt, spent: attempt.spent }]));
  const total = known.length === 0 ? null : exactSum(known.map(({ spent }) => spent));
  const solvedTasks = countTasks(attempts.filter(({ solved }) => solved));
  const unknown = attempts.length - known.length;
  const over = (count: number): number | null => (total === null || count === 0 ? null : total / count);
  return {
    attempts: attempts.length,
    unknown,
    total,
    perAttempt: over(known.length),
    perTask: over(countTasks(known)),
    perSolve: unknown > 0 ? null : over(solvedTasks),
    solvedTasks,
  };
}

function countTasks(attempts: readonly Pick<SpentAttempt, "task">[]): number {
  return new Set(attempts.map(({ task }) => task)).size;
}

export interface BudgetPoint {
  /** In the unit of `spent`. */
  readonly budget: number;
  /** Mean over tasks of the share of attempts that were solved having spent no more than `budget`. */
  readonly rate: number;
}

export interface BudgetCurve {
  /** A step at every amount at which something was solved, upwards; the rate holds until the next step. */
  readonly steps: readonly BudgetPoint[];
  readonly tasks: number;
  /** Solved attempts of which it is not known what they used: in the denominator, solved at no budget. */
  readonly unknownSolved: number;
}

/**
 * Solve rate as a function of the budget, read off attempts made under one larger budget. It shows what would have been
 * solved had the same attempts been cut off earlier, not how a model told of a smaller budget would have worked.
 */
export function budgetCurve(attempts: readonly SpentAttempt[]): BudgetCurve {
  const attemptsOf = new Map<string, number>();
  for (const { task } of attempts) attemptsOf.set(task, (attemptsOf.get(task) ?? 0) + 1);
  const solved = attempts.filter((attempt) => attempt.solved);
  const costs = solved.flatMap(({ task, spent }) =>
    spent === null ? [] : [{ spent, epochs: attemptsOf.get(task) ?? 1 }],
  );
  costs.sort((a, b) => a.spent - b.spent);
  const tasks = attemptsOf.size;
  // Solved so far, by the number of attempts that the task has: whole numbers until the division.
  const solvedBy = new Map<number, number>();
  const steps: BudgetPoint[] = [];
  costs.forEach(({ spent, epochs }, place) => {
    solvedBy.set(epochs, (solvedBy.get(epochs) ?? 0) + 1);
    if (costs[place + 1]?.spent === spent) return;
    steps.push({ budget: spent, rate: exactSum([...solvedBy].map(([n, count]) => count / n)) / tasks });
  });
  return { steps, tasks, unknownSolved: solved.length - costs.length };
}
