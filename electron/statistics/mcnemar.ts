import { binomialCdf } from "./distributions.ts";
import { requireTrials } from "./task-trials.ts";

/**
 * Exact two-sided McNemar test on discordant pairs: `b` tasks that only one solved, `c` that only the other solved.
 * p = min(1, 2 · P(X ≤ min(b, c))), X ~ Binomial(b + c, ½); 1 where there are no discordant pairs.
 *
 * @source Q. McNemar, Psychometrika 12 (1947), 153–157, exact binomial form.
 * @throws StatisticsError `count-out-of-range` unless both are whole and not negative
 */
export function mcnemarExact(b: number, c: number): number {
  requireTrials(b + c, b, 1);
  if (b === c) return 1;
  return Math.min(1, 2 * binomialCdf(Math.min(b, c), b + c, 0.5));
}
