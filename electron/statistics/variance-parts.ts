import { clusteredMean } from "./clustered-mean.ts";
import { exactMean, exactSum } from "./exact-sum.ts";
import type { TaskUnit } from "./interval.ts";
import { type TaskTally, unitOf } from "./task-tally.ts";

/** Where the uncertainty of a solve rate comes from. */
export interface VarianceParts {
  /**
   * Standard error of the mean over tasks as if other such tasks (or clusters) had been chosen: what the solve rate's
   * interval is made of. Null below two units.
   */
  readonly overTasks: number | null;
  /**
   * The same of these very tasks, other answers: √(Σ p_t (1 − p_t) / (n_t − 1)) / T. Null where some task has one attempt
   * only: its spread cannot be known.
   */
  readonly theseTasks: number | null;
  /** Variance of the tasks' true rates: that of the rates seen, less what their attempts explain; never below 0. */
  readonly betweenTasks: number | null;
  /** Mean over tasks of the variance of one attempt, n_t / (n_t − 1) · p_t (1 − p_t). */
  readonly withinTask: number | null;
}

/**
 * Standard errors for the two questions that one number may answer: how the model does on tasks like these (generalised
 * accuracy), or on these (benchmark accuracy); and the variances behind them. More epochs make only the second smaller
 * without end.
 *
 * @source NIST AI 800-3 (the two targets); arXiv:2411.00640, section 3.1: Var(mean) = (Var(x) + E[σ²]/K)/n
 */
export function varianceParts(tasks: readonly TaskTally[], unit: TaskUnit = "task"): VarianceParts {
  const counted = tasks.filter(({ n }) => n > 0);
  if (counted.length === 0) return { overTasks: null, theseTasks: null, betweenTasks: null, withinTask: null };
  const values = counted.map((task) => ({ value: task.solved / task.n, cluster: unitOf(task, unit) }));
  const overTasks = clusteredMean(values).standardError;
  if (counted.some(({ n }) => n < 2)) return { overTasks, theseTasks: null, betweenTasks: null, withinTask: null };
  const ofMean = counted.map(({ n, solved }) => ((solved / n) * (1 - solved / n)) / (n - 1));
  const alone = clusteredMean(values.map(({ value }, place) => ({ value, cluster: String(place) }))).standardError;
  return {
    overTasks,
    theseTasks: Math.sqrt(exactSum(ofMean)) / counted.length,
    betweenTasks: alone === null ? null : Math.max(0, alone ** 2 * counted.length - exactMean(ofMean)),
    withinTask: exactMean(counted.map(({ n }, place) => n * (ofMean[place] ?? 0))),
  };
}
