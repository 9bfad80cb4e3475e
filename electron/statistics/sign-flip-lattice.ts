import { exactSum } from "./exact-sum.ts";
import { mcnemarExact } from "./mcnemar.ts";

/** Rates of up to this many attempts a task, and most mixtures of fewer, have a common denominator up to here. */
const largestDenominator = 5_040;
/** How far from whole a multiple may be and still be rounding dust. */
const dust = 1e-9;
/** Additions that counting out may take; beyond, drawing is quicker. */
const mostWork = 50_000_000;

/**
 * The numbers as whole multiples of one fraction, e.g. [0.5, −⅓] as [3, −2]; null where there is no such fraction with a
 * denominator up to 5,040. Differences of rates nearly always have one.
 */
export function asWholes(numbers: readonly number[]): number[] | null {
  for (let denominator = 1; denominator <= largestDenominator; denominator += 1) {
    const fits = numbers.every((value) => Math.abs(value * denominator - Math.round(value * denominator)) < dust);
    if (fits) return numbers.map((value) => Math.round(value * denominator));
  }
  return null;
}

/**
 * P(|Σ ±m_i| ≥ |Σ d_i|) with all 2^n signs alike likely, for whole numbers d and m = |d|: the distribution of the sum, one
 * number folded in after the other; by the binomial distribution where they are many and all of one size. Null where it would take
 * too long. The order of the numbers does not matter.
 *
 * @source M. Pagano, D. Tritchler, J. Am. Stat. Assoc. 78 (1983), 435–440 (permutation distributions in polynomial time)
 */
export function signFlipShare(wholes: readonly number[]): number | null {
  const magnitudes = wholes.map(Math.abs).toSorted((a, b) => a - b);
  const total = magnitudes.reduce((sum, value) => sum + value, 0);
  const observed = Math.abs(wholes.reduce((sum, value) => sum + value, 0));
  if (observed === 0) return 1;
  // As extreme as seen: the numbers with a plus sign add up to so little, or by symmetry those with a minus sign do.
  const most = (total - observed) / 2;
  if (most * magnitudes.length > mostWork) return ofOneMagnitude(wholes);
  // Never 0, not even where 2^−n is too small for a double.
  return Math.min(1, Math.max(Number.MIN_VALUE, 2 * exactSum(sumChances(magnitudes, most))));
}

/** For each sum from 0 to `most` the chance that the numbers which get a plus sign add up to it. */
function sumChances(magnitudes: readonly number[], most: number): Float64Array {
  const chance = new Float64Array(most + 1);
  chance[0] = 1;
  let reached = 0;
  for (const magnitude of magnitudes) {
    reached = Math.min(most, reached + magnitude);
    for (let sum = reached; sum >= magnitude; sum -= 1) {
      chance[sum] = ((chance[sum] ?? 0) + (chance[sum - magnitude] ?? 0)) / 2;
    }
    for (let sum = Math.min(reached, magnitude - 1); sum >= 0; sum -= 1) chance[sum] = (chance[sum] ?? 0) / 2;
  }
  return chance;
}

/** All of one size: how many are up is binomial, and the test is McNemar's. */
function ofOneMagnitude(wholes: readonly number[]): number | null {
  const size = Math.abs(wholes[0] ?? 0);
  if (wholes.some((value) => Math.abs(value) !== size)) return null;
  const up = wholes.filter((value) => value > 0).length;
  return Math.max(Number.MIN_VALUE, mcnemarExact(up, wholes.length - up));
}
