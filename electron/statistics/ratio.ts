import { tQuantile } from "./distributions.ts";
import { exactMean, exactSum } from "./exact-sum.ts";
import { type Bounds, upperTail } from "./interval.ts";

/** What one independent unit adds to the two sums of a ratio. */
export interface RatioPart {
  readonly above: number;
  readonly below: number;
}

/**
 * Interval of Σ above / Σ below over independent units, by Fieller's theorem with t quantiles of units − 1 degrees: the
 * ratios r for which the mean of (above − r · below) is not further from 0 than its standard error allows. Null below two
 * units, where nothing varies, and where the sum below could as well be 0: then the ratio has no upper end.
 * The order does not matter.
 *
 * @source E. C. Fieller, J. R. Stat. Soc. B 16 (1954), 175–185
 * @throws StatisticsError `level-out-of-range`
 */
export function ratioBounds(parts: readonly RatioPart[], level = 0.95): Bounds | null {
  const upper = upperTail(level);
  const n = parts.length;
  if (n < 2) return null;
  const above = exactMean(parts.map((part) => part.above));
  const below = exactMean(parts.map((part) => part.below));
  const moment = (of: (part: RatioPart) => number): number => exactSum(parts.map(of)) / (n * (n - 1));
  const reach = tQuantile(upper, n - 1) ** 2;
  const ofAbove = reach * moment((part) => (part.above - above) ** 2);
  const ofBelow = reach * moment((part) => (part.below - below) ** 2);
  const ofBoth = reach * moment((part) => (part.above - above) * (part.below - below));
  // r² (below² − ofBelow) − 2 r (above · below − ofBoth) + (above² − ofAbove) ≤ 0
  const [a, b, c] = [below ** 2 - ofBelow, above * below - ofBoth, above ** 2 - ofAbove];
  const root = b ** 2 - a * c;
  if (!(a > 0) || !(root > 0)) return null;
  return { low: (b - Math.sqrt(root)) / a, high: (b + Math.sqrt(root)) / a };
}
