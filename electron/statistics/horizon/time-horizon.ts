import { compareNames } from "../task-tally.ts";
import { type HorizonAttempt, requireHorizonAttempts, timesOf } from "./horizon-attempt.ts";
import { fitLogistic, type LogisticFit, meanLogLoss } from "./logistic-fit.ts";
import { averageScore, binnedRates, mcFaddenR2, outcomesByTime, type TimeBin } from "./outcomes.ts";
import { type HorizonWeighting, horizonWeights } from "./weights.ts";

export interface HorizonMethod {
  readonly weighting: HorizonWeighting;
  /** Ridge penalty on the slope, against weights that add up to 1. */
  readonly penalty: number;
}

/** METR's settings since its correction of 2026-03-03. */
export const metrMethod: HorizonMethod = { weighting: "inverse-sqrt-family", penalty: 0.000_01 };
/** METR's settings of Time Horizon 1.0, and of 1.1 until then. */
export const metrMethodBefore2026March: HorizonMethod = { weighting: "inverse-sqrt-family", penalty: 0.1 };

/** The success chances at which horizons are given. */
export const horizonShares = [0.5, 0.8] as const;

/**
 * Why there is no horizon. "one-length": all tasks take a person the same time. "not-decreasing": longer tasks were not
 * solved less often, so no length can be named beyond which they fail.
 */
export type NotEstimable = "no-attempts" | "none-solved" | "all-solved" | "one-length" | "not-decreasing";

export interface HorizonAt {
  /** Chance of success, e.g. 0.5. */
  readonly share: number;
  /** Human minutes at which the fitted chance is `share`. */
  readonly minutes: number;
  /** Whether that lies outside the times of the tasks attempted: then the curve was extended to get there. */
  readonly extrapolated: boolean;
}

/** What a horizon was made from, whether there is one or not. */
export interface HorizonBasis {
  readonly method: HorizonMethod;
  readonly attempts: number;
  readonly tasks: number;
  /** Human minutes of the shortest and the longest task attempted. */
  readonly shortest: number | null;
  readonly longest: number | null;
  /** Weighted share of successes. */
  readonly average: number | null;
  readonly bins: readonly TimeBin[];
}

export type TimeHorizon = HorizonBasis &
  (
    | { readonly estimable: false; readonly reason: NotEstimable }
    | {
        readonly estimable: true;
        /** On log2 of the human minutes. */
        readonly fit: LogisticFit;
        /** Mean log loss in nats. */
        readonly loss: number;
        readonly r2: number | null;
        readonly horizons: readonly HorizonAt[];
      }
  );

/**
 * Time horizon of one model: the human working time of tasks that it solves with a chance of 50 % (and 80 %), by a weighted
 * logistic fit of success on log2 minutes. Does not depend on the order of the attempts. For an interval see
 * `bootstrapHorizons`.
 *
 * @source METR, arXiv:2503.14499 and eval-analysis-public. Here the optimum is exact, and an upward slope, which METR
 * only warns of, gives no horizon.
 * @throws StatisticsError `value-not-finite`
 */
export function timeHorizon(attempts: readonly HorizonAttempt[], method: HorizonMethod = metrMethod): TimeHorizon {
  requireHorizonAttempts(attempts);
  const outcomes = outcomesByTime(attempts, horizonWeights(attempts, method.weighting));
  const times = attempts.map(({ minutes }) => minutes).toSorted((a, b) => a - b);
  const basis: HorizonBasis = {
    method,
    attempts: attempts.reduce((sum, attempt) => sum + timesOf(attempt), 0),
    tasks: new Set(attempts.map(({ task }) => task)).size,
    shortest: times[0] ?? null,
    longest: times.at(-1) ?? null,
    average: averageScore(outcomes),
    bins: binnedRates(outcomes),
  };
  const reason = whyNotFitted(attempts, basis);
  const fit = reason === null ? fitLogistic(outcomes, method.penalty) : null;
  if (fit === null) return { ...basis, estimable: false, reason: reason ?? "no-attempts" };
  if (fit.slope >= 0) return { ...basis, estimable: false, reason: "not-decreasing" };
  const horizons = horizonShares.map((share) => horizonAt(fit, share, basis));
  return {
    ...basis,
    estimable: true,
    fit,
    loss: meanLogLoss(outcomes, fit),
    r2: mcFaddenR2(outcomes, fit),
    horizons,
  };
}

/**
 * Minutes at which the fitted chance is `share`: 2^((ln(share / (1 − share)) − intercept) / slope). Meaningful for a slope
 * below 0 only.
 */
export function horizonMinutes(fit: LogisticFit, share: number): number {
  return 2 ** ((Math.log(share / (1 - share)) - fit.intercept) / fit.slope);
}

/** Attempts in an order that their content alone decides: what makes resampling independent of how they came in. */
export function inContentOrder<T extends HorizonAttempt>(attempts: readonly T[]): T[] {
  return attempts.toSorted(
    (a, b) =>
      compareNames(a.family ?? "", b.family ?? "") ||
      compareNames(a.task, b.task) ||
      a.minutes - b.minutes ||
      a.score - b.score,
  );
}

function whyNotFitted(attempts: readonly HorizonAttempt[], basis: HorizonBasis): NotEstimable | null {
  if (attempts.length === 0) return "no-attempts";
  if (attempts.every(({ score }) => score === 0)) return "none-solved";
  if (attempts.every(({ score }) => score === 1)) return "all-solved";
  return basis.shortest === basis.longest ? "one-length" : null;
}

function horizonAt(fit: LogisticFit, share: number, basis: HorizonBasis): HorizonAt {
  const minutes = horizonMinutes(fit, share);
  const { shortest, longest } = basis;
  const inside = shortest !== null && longest !== null && minutes >= shortest && minutes <= longest;
  return { share, minutes, extrapolated: !inside };
}
