import { normalQuantile } from "./distributions.ts";
import { type Bounds, requireCount, upperTail } from "./interval.ts";

/**
 * Wilson score interval of a proportion: `x` successes of `n` independent trials.
 * `x` may be fractional (a mean of `n` units times `n`). Ends are exactly 0 at x = 0 and 1 at x = n.
 *
 * @source E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209–212: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
 * @throws StatisticsError `count-out-of-range`, `level-out-of-range`
 */
export function wilsonBounds(x: number, n: number, level = 0.95): Bounds {
  requireCount(x, n);
  const z = normalQuantile(upperTail(level));
  const p = x / n;
  const scale = 1 + (z * z) / n;
  const middle = (p + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return {
    low: x === 0 ? 0 : Math.max(0, middle - half),
    high: x === n ? 1 : Math.min(1, middle + half),
  };
}
