import { tQuantile } from "./distributions.ts";
import { exactSum } from "./exact-sum.ts";
import { type Bounds, upperTail } from "./interval.ts";
import { StatisticsError } from "./statistics-error.ts";

/** One unit's value (usually a task's mean over its epochs) and the cluster that it belongs to. */
export interface ClusteredValue {
  readonly value: number;
  readonly cluster: string;
}

export interface ClusteredMean {
  readonly mean: number;
  /** Number of values. */
  readonly n: number;
  readonly clusters: number;
  /** Standard error of the mean, null below two clusters: it cannot be estimated from one. */
  readonly standardError: number | null;
}

/**
 * Mean of `values` and its cluster-robust standard error:
 * SE² = C/(C−1) · (1/n²) · Σ_c (Σ_{i∈c} (v_i − m))². With every value a cluster of its own this is sd(v, ddof 1)/√n.
 * The order of `values` does not change the result: sums are correctly rounded.
 *
 * @source E. Miller, "Adding Error Bars to Evals", arXiv:2411.00640, section 2.2; factor C/(C−1) as in inspect_ai.
 * @throws StatisticsError `count-out-of-range` for no values, `value-not-finite`
 */
export function clusteredMean(values: readonly ClusteredValue[]): ClusteredMean {
  if (values.length === 0) {
    throw new StatisticsError("count-out-of-range", "A mean needs at least one value.", { n: 0 });
  }
  const mean = exactSum(values.map((entry) => entry.value)) / values.length;
  if (!Number.isFinite(mean)) {
    throw new StatisticsError("value-not-finite", "A mean needs finite values.", { n: values.length });
  }
  // Most clusters are one task: no list is made for its one residual.
  const byCluster = new Map<string, number | number[]>();
  for (const { value, cluster } of values) {
    const residuals = byCluster.get(cluster);
    if (residuals === undefined) byCluster.set(cluster, value - mean);
    else if (typeof residuals === "number") byCluster.set(cluster, [residuals, value - mean]);
    else residuals.push(value - mean);
  }
  const clusters = byCluster.size;
  if (clusters < 2) return { mean, n: values.length, clusters, standardError: null };
  const squares = exactSum(Array.from(byCluster.values(), (residuals) => sumOf(residuals) ** 2));
  const variance = (squares * clusters) / ((clusters - 1) * values.length ** 2);
  return { mean, n: values.length, clusters, standardError: Math.sqrt(variance) };
}

function sumOf(residuals: number | readonly number[]): number {
  return typeof residuals === "number" ? residuals : exactSum(residuals);
}

/**
 * Whether there is a spread to make an interval from. Units that are all alike leave rounding dust in their standard error,
 * not a spread.
 */
export function hasSpread({ standardError, mean }: ClusteredMean): boolean {
  return standardError !== null && standardError > 1e-12 * Math.max(1, Math.abs(mean));
}

/**
 * t interval of a clustered mean with C − 1 degrees of freedom, null where the standard error is not known.
 * Not clamped to any range.
 */
export function clusterTBounds(estimate: ClusteredMean, level = 0.95): Bounds | null {
  const upper = upperTail(level);
  if (estimate.standardError === null) return null;
  const half = tQuantile(upper, estimate.clusters - 1) * estimate.standardError;
  return { low: estimate.mean - half, high: estimate.mean + half };
}
