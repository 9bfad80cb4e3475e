import { clusteredMean } from "./clustered-mean.ts";
import { exactSum } from "./exact-sum.ts";
import type { TaskTrials } from "./task-trials.ts";

/** Where the uncertainty of a solve rate comes from; all are standard errors of the mean over tasks. */
export interface VarianceParts {
  /** As if other such tasks had been chosen: what the solve rate's interval is made of. Null below two tasks. */
  readonly overTasks: number | null;
  /**
   * These very tasks, other answers: √(Σ p_t (1 − p_t) / (n_t − 1)) / T. Null where some task has one attempt only: its
   * spread cannot be known.
   */
  readonly theseTasks: number | null;
}

/**
 * Standard errors for the two questions that one number may answer: how the model does on tasks like these (generalised
 * accuracy), or on these (benchmark accuracy). More epochs make only the second smaller without end.
 *
 * @source NIST AI 800-3 (the two targets); arXiv:2411.00640, section 3.1: Var(mean) = (Var(x) + E[σ²]/K)/n
 */
export function varianceParts(tasks: readonly TaskTrials[]): VarianceParts {
  const counted = tasks.filter(({ n }) => n > 0);
  if (counted.length === 0) return { overTasks: null, theseTasks: null };
  const values = counted.map(({ n, solved }, place) => ({ value: solved / n, cluster: String(place) }));
  const within = counted.map(({ n, solved }) => ((solved / n) * (1 - solved / n)) / (n - 1));
  return {
    overTasks: clusteredMean(values).standardError,
    theseTasks: counted.every(({ n }) => n > 1) ? Math.sqrt(exactSum(within)) / counted.length : null,
  };
}
