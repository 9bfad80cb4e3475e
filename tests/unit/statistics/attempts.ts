import type { OutcomeState } from "../../../electron/contract/attempt.ts";
import { type BudgetCurve, budgetCurve } from "../../../electron/statistics/budget-curve.ts";
import { headlinePolicy } from "../../../electron/contract/values.ts";
import { type CountedAttempt, defaultSolveRule, type SolveRule } from "../../../electron/statistics/denominator.ts";
import { type SpendingTask, type SpentAttempt, spendingByTask } from "../../../electron/statistics/spending.ts";
import { type TaskTally, tallyTasks } from "../../../electron/statistics/task-tally.ts";

/** A planned attempt for tests: scored 0 in epoch 1 unless said. */
export function attempt(task: string, given: Partial<CountedAttempt> = {}): CountedAttempt {
  return { task, cluster: null, epoch: 1, outcome: "scored", score: 0, ...given };
}

/** One scored epoch of `n` tasks of which the first `x` are solved. */
export function solvedOf(x: number, n: number): CountedAttempt[] {
  return Array.from({ length: n }, (_, i) => attempt(`task-${String(i)}`, { score: i < x ? 1 : 0 }));
}

export function ended(task: string, outcome: OutcomeState, given: Partial<CountedAttempt> = {}): CountedAttempt {
  return attempt(task, { outcome, score: null, ...given });
}

/** mulberry32: a small seeded generator, so that simulated tests say the same thing every time. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Tallies of attempts under the headline's policy. */
export function tallied(attempts: readonly CountedAttempt[], rule: SolveRule = defaultSolveRule): TaskTally[] {
  return tallyTasks(attempts, headlinePolicy, rule);
}

/** Spending by task of attempts of which it is said what they used and whether they solved. */
export function spentTasks(attempts: readonly (SpentAttempt & { readonly solved: boolean })[]): SpendingTask[] {
  const solved = new Set(attempts.filter((one) => one.solved).map(({ task }) => task));
  return spendingByTask(attempts).map((task) => ({ ...task, cluster: null, solved: solved.has(task.task) }));
}

/** The budget curve of such attempts, all of them in the denominator. */
export function curveOf(attempts: readonly (SpentAttempt & { readonly solved: boolean })[]): BudgetCurve {
  const tallies = tallied(attempts.map(({ task, solved }) => attempt(task, { score: solved ? 1 : 0 })));
  return budgetCurve(
    tallies,
    attempts.filter(({ solved }) => solved),
  );
}
