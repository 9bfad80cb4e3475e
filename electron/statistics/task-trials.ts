import { exactMean } from "./exact-sum.ts";
import { StatisticsError } from "./statistics-error.ts";

/** What one task's attempts came to: `n` in the denominator, `solved` of them solved. */
export interface TaskTrials {
  readonly n: number;
  readonly solved: number;
}

/** Throws `count-out-of-range` unless k ≥ 1 and 0 ≤ c ≤ n, all whole numbers. */
export function requireTrials(n: number, c: number, k: number): void {
  const whole = Number.isInteger(n) && Number.isInteger(c) && Number.isInteger(k);
  if (!whole || k < 1 || c < 0 || c > n) {
    throw new StatisticsError(
      "count-out-of-range",
      "pass@k needs whole numbers with k ≥ 1 and 0 ≤ solved ≤ attempts.",
      {
        n,
        c,
        k,
      },
    );
  }
}

/** A mean over tasks, and how many tasks had enough attempts to be in it. */
export interface MeanOverTasks {
  /** Null where no task had k attempts. */
  readonly value: number | null;
  readonly tasks: number;
  /** Tasks with fewer than k attempts: the estimator is undefined on them, so they are out, and counted here. */
  readonly tasksLeftOut: number;
}

/** Mean over tasks of a per-task estimator (`passAtK`, `passHatK`) at `k`; tasks with n < k are left out and counted. */
export function meanOverTasks(
  estimator: (n: number, c: number, k: number) => number | null,
  tasks: readonly TaskTrials[],
  k: number,
): MeanOverTasks {
  const values = tasks
    .map((task) => estimator(task.n, task.solved, k))
    .filter((value): value is number => value !== null);
  return {
    value: values.length === 0 ? null : exactMean(values),
    tasks: values.length,
    tasksLeftOut: tasks.length - values.length,
  };
}
