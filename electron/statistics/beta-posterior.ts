import { betaQuantile } from "./distributions.ts";
import { type Bounds, requireCount, upperTail } from "./interval.ts";

/** What is believed of a rate beforehand: every rate alike, or Jeffreys' Beta(½, ½). */
export type BetaPrior = "uniform" | "jeffreys";

/**
 * Equal-tailed credible interval of a proportion: `x` successes of `n` independent trials, quantiles of
 * Beta(x + a, n − x + a) with a = 1 (uniform) or ½ (Jeffreys). Its ends are never 0 or 1.
 *
 * @source L. D. Brown, T. T. Cai, A. DasGupta, Stat. Sci. 16 (2001), 101–133
 * @throws StatisticsError `count-out-of-range`, `level-out-of-range`
 */
export function betaPosteriorBounds(x: number, n: number, prior: BetaPrior, level = 0.95): Bounds {
  requireCount(x, n);
  const upper = upperTail(level);
  const a = prior === "uniform" ? 1 : 0.5;
  return { low: betaQuantile(1 - upper, x + a, n - x + a), high: betaQuantile(upper, x + a, n - x + a) };
}
