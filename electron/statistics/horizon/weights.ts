import { exactSum } from "../exact-sum.ts";
import { familyOf, type HorizonAttempt, timesOf } from "./horizon-attempt.ts";

/**
 * How attempts are weighted in the fit. "inverse-sqrt-family" is METR's headline: a family of F tasks weighs √F, not F.
 * "equal-task": every task weighs the same, however many attempts it has.
 */
export type HorizonWeighting = "inverse-sqrt-family" | "equal-task";

/**
 * Weights of one model's attempts, by row in their order, adding up to 1 over all attempts: 1/(R·√F) or 1/R before dividing by their sum, with R the
 * model's attempts at the task and F the number of the family's tasks that it attempted.
 *
 * @source METR, eval-analysis-public, src/horizon/compute_task_weights.py (Time Horizon 1.1); arXiv:2503.14499
 */
export function horizonWeights(attempts: readonly HorizonAttempt[], weighting: HorizonWeighting): number[] {
  const attemptsOf = new Map<string, number>();
  const tasksOf = new Map<string, Set<string>>();
  for (const attempt of attempts) {
    attemptsOf.set(attempt.task, (attemptsOf.get(attempt.task) ?? 0) + timesOf(attempt));
    const family = familyOf(attempt);
    tasksOf.set(family, (tasksOf.get(family) ?? new Set()).add(attempt.task));
  }
  const raw = attempts.map((attempt) => {
    const repeats = attemptsOf.get(attempt.task) ?? 1;
    if (weighting === "equal-task") return 1 / repeats;
    return 1 / (repeats * Math.sqrt(tasksOf.get(familyOf(attempt))?.size ?? 1));
  });
  const sum = exactSum(raw.map((weight, place) => weight * timesOf(attempts[place] ?? {})));
  return raw.map((weight) => weight / sum);
}
