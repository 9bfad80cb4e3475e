import { tQuantile } from "./distributions.ts";
import { exactSum } from "./exact-sum.ts";
import { type Bounds, type TaskUnit, upperTail } from "./interval.ts";
import { StatisticsError } from "./statistics-error.ts";
import { type TaskTally, unitOf } from "./task-tally.ts";

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

/** How values fall into clusters. */
export interface Clusters {
  readonly count: number;
  /** The places of each cluster's values; null where each value is a cluster of its own. */
  readonly members: readonly (readonly number[])[] | null;
}

/** The clusters of tasks, each task once; those that name none are clusters of their own. */
export function clustersOf(tasks: readonly Pick<TaskTally, "task" | "cluster">[], unit: TaskUnit): Clusters {
  if (unit === "task" || tasks.every(({ cluster }) => cluster === null)) {
    return { count: tasks.length, members: null };
  }
  return clustersNamed(tasks.map((task) => unitOf(task, unit)));
}

/** The clusters of values, each of which names its own. */
export function clustersNamed(names: readonly string[]): Clusters {
  const members = new Map<string, number[]>();
  for (const [place, name] of names.entries()) {
    const own = members.get(name);
    if (own === undefined) members.set(name, [place]);
    else own.push(place);
  }
  return { count: members.size, members: members.size === names.length ? null : [...members.values()] };
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
  return clusteredMeanOf(
    numbersOf(values, ({ value }) => value),
    clustersNamed(values.map(({ cluster }) => cluster)),
  );
}

/** A number of each thing. `Float64Array.from` takes several times as long. */
export function numbersOf<T>(things: readonly T[], numberOf: (thing: T) => number): Float64Array {
  const numbers = new Float64Array(things.length);
  let place = 0;
  for (const thing of things) {
    numbers[place] = numberOf(thing);
    place += 1;
  }
  return numbers;
}

/** {@link clusteredMean} of values whose clusters are known, for means that are made many times over. */
export function clusteredMeanOf(values: Float64Array, { count, members }: Clusters): ClusteredMean {
  const n = values.length;
  if (n === 0) {
    throw new StatisticsError("count-out-of-range", "A mean needs at least one value.", { n: 0 });
  }
  const mean = exactSum(values) / n;
  if (!Number.isFinite(mean)) {
    throw new StatisticsError("value-not-finite", "A mean needs finite values.", { n });
  }
  if (count < 2) return { mean, n, clusters: count, standardError: null };
  const residuals = new Float64Array(n);
  for (let place = 0; place < n; place += 1) residuals[place] = (values[place] ?? 0) - mean;
  const sums = members === null ? residuals : numbersOf(members, (own) => sumOf(residuals, own));
  for (let place = 0; place < count; place += 1) sums[place] = (sums[place] ?? 0) ** 2;
  const variance = (exactSum(sums) * count) / ((count - 1) * n ** 2);
  return { mean, n, clusters: count, standardError: Math.sqrt(variance) };
}

/** Most clusters are one task: no list is made for its one residual. */
function sumOf(residuals: Float64Array, places: readonly number[]): number {
  const [only = 0] = places;
  return places.length === 1 ? (residuals[only] ?? 0) : exactSum(places.map((place) => residuals[place] ?? 0));
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
