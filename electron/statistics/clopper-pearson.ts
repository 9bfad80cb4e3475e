import { betaQuantile } from "./distributions.ts";
import { type Bounds, requireCount, upperTail } from "./interval.ts";

/**
 * Clopper–Pearson ("exact") interval of a proportion: `x` successes of `n` independent trials.
 * Covers at least at its level for every true rate, so it is wider than Wilson's.
 *
 * @source C. J. Clopper, E. S. Pearson, Biometrika 26 (1934), 404–413; beta form
 * [Beta⁻¹(α/2; x, n−x+1), Beta⁻¹(1−α/2; x+1, n−x)], 0 at x = 0 and 1 at x = n.
 * @throws StatisticsError `count-out-of-range`, `level-out-of-range`
 */
export function clopperPearsonBounds(x: number, n: number, level = 0.95): Bounds {
  requireCount(x, n);
  const upper = upperTail(level);
  return {
    low: x === 0 ? 0 : betaQuantile(1 - upper, x, n - x + 1),
    high: x === n ? 1 : betaQuantile(upper, x + 1, n - x),
  };
}
