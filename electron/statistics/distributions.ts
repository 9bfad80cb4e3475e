import betaQuantileOf from "@stdlib/stats-base-dists-beta-quantile";
import binomialCdfOf from "@stdlib/stats-base-dists-binomial-cdf";
import normalQuantileOf from "@stdlib/stats-base-dists-normal-quantile";
import tQuantileOf from "@stdlib/stats-base-dists-t-quantile";

/** Quantile of the standard normal distribution at probability `p` in (0, 1). */
export function normalQuantile(p: number): number {
  return normalQuantileOf(p, 0, 1);
}

/** Quantile of Student's t distribution with `degrees` > 0 degrees of freedom at probability `p` in (0, 1). */
export function tQuantile(p: number, degrees: number): number {
  return tQuantileOf(p, degrees);
}

/** Quantile of the beta distribution with shapes `a`, `b` > 0 at probability `p` in [0, 1]. */
export function betaQuantile(p: number, a: number, b: number): number {
  return betaQuantileOf(p, a, b);
}

/** P(X ≤ x) for X ~ Binomial(n, p). */
export function binomialCdf(x: number, n: number, p: number): number {
  return binomialCdfOf(x, n, p);
}
