import { exactSum } from "../exact-sum.ts";
import { type HorizonAttempt, timesOf } from "./horizon-attempt.ts";
import { type LogisticFit, meanLogLoss, type WeightedOutcome } from "./logistic-fit.ts";

/**
 * Attempts with their weights (of one attempt, by row), gathered by log2 of the human minutes, upwards. A fractional score is split: that share of
 * the weight succeeded. Does not depend on the order of the attempts.
 */
export function outcomesByTime(attempts: readonly HorizonAttempt[], weights: readonly number[]): WeightedOutcome[] {
  const byTime = new Map<number, { success: number[]; failure: number[] }>();
  attempts.forEach((attempt, place) => {
    const { minutes, score } = attempt;
    const weight = (weights[place] ?? 0) * timesOf(attempt);
    const x = Math.log2(minutes);
    const at = byTime.get(x) ?? { success: [], failure: [] };
    at.success.push(weight * score);
    at.failure.push(weight * (1 - score));
    byTime.set(x, at);
  });
  return [...byTime]
    .toSorted(([a], [b]) => a - b)
    .map(([x, { success, failure }]) => ({ x, success: exactSum(success), failure: exactSum(failure) }));
}

/** Weighted share of successes, from 0 to 1; null without weight. */
export function averageScore(outcomes: readonly WeightedOutcome[]): number | null {
  const success = exactSum(outcomes.map((outcome) => outcome.success));
  const weight = exactSum(outcomes.flatMap((outcome) => [outcome.success, outcome.failure]));
  return weight > 0 ? success / weight : null;
}

/** McFadden's R²: 1 − loss of the fit / loss of the average alone; null where all is of one kind. */
export function mcFaddenR2(outcomes: readonly WeightedOutcome[], fit: LogisticFit): number | null {
  const average = averageScore(outcomes);
  if (average === null || average === 0 || average === 1) return null;
  const flat = { slope: 0, intercept: Math.log(average / (1 - average)) };
  return 1 - meanLogLoss(outcomes, fit) / meanLogLoss(outcomes, flat);
}

/** A span of human time and what was solved within it; `rate` null where no attempt lies in it. */
export interface TimeBin {
  /** Minutes, included. */
  readonly from: number;
  /** Minutes, not included. */
  readonly to: number;
  readonly rate: number | null;
}

/** Edges of METR's bins, in minutes. */
export const metrBinEdges: readonly number[] = [1, 4, 16, 64, 256, 960, 2_880];

/** Weighted success rate in each span between neighbouring edges: the dots beside a fitted curve. */
export function binnedRates(outcomes: readonly WeightedOutcome[], edges: readonly number[] = metrBinEdges): TimeBin[] {
  return edges.slice(1).map((to, place) => {
    const from = edges[place] ?? 0;
    const [low, high] = [Math.log2(from), Math.log2(to)];
    return { from, to, rate: averageScore(outcomes.filter(({ x }) => x >= low && x < high)) };
  });
}
