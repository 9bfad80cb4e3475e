import { bootstrapBounds, type PercentileOptions } from "./bootstrap.ts";
import { kappaOfCounts } from "./cohen-kappa.ts";
import type { Interval } from "./interval.ts";
import { type AgreementMetric, alphaOfCounts, type ItemValues } from "./krippendorff-alpha.ts";
import type { Random } from "./seeded-random.ts";
import { compareNames } from "./task-tally.ts";

/** A coefficient of agreement with its interval. */
export interface Agreement {
  /** Null where it is undefined, see `cohenKappa` and `krippendorffAlpha`. */
  readonly value: number | null;
  /** Items that the coefficient is made of: judged by both, or by two reviewers at least. */
  readonly items: number;
  /**
   * Percentile bootstrap over items; null where it cannot be made. All resamples alike (e.g. full agreement) is no
   * interval either: it would be ± 0.
   */
  readonly interval: Interval | null;
}

/**
 * Cohen's kappa with an interval. `pairs` holds both reviewers' labels of each item that both judged, in any order.
 * @throws StatisticsError `level-out-of-range`, `count-out-of-range`
 */
export function kappaAgreement(
  pairs: readonly (readonly [string, string])[],
  random: Random,
  options: PercentileOptions = {},
): Agreement {
  return agreementOf(patternsOf(pairs), kappaOfCounts, random, options);
}

/**
 * Krippendorff's alpha with an interval; items with fewer than two judgements are left out.
 * @throws StatisticsError `level-out-of-range`, `count-out-of-range`, `value-not-finite`
 */
export function alphaAgreement(
  items: readonly ItemValues[],
  metric: AgreementMetric,
  random: Random,
  options: PercentileOptions = {},
): Agreement {
  const paired = items.filter((values) => values.length >= 2).map((values) => values.toSorted((a, b) => a - b));
  const alpha = (values: readonly ItemValues[], counts: ArrayLike<number>): number | null =>
    alphaOfCounts(values, counts, metric);
  return agreementOf(patternsOf(paired), alpha, random, options);
}

/** Items that were judged alike, once, in an order that their content decides, and how many there are of each. */
interface Patterns<T> {
  readonly patterns: readonly T[];
  readonly counts: readonly number[];
}

function agreementOf<T>(
  { patterns, counts }: Patterns<T>,
  coefficient: (patterns: readonly T[], counts: ArrayLike<number>) => number | null,
  random: Random,
  options: PercentileOptions,
): Agreement {
  const bounds = bootstrapBounds(counts, (times) => coefficient(patterns, times), random, options);
  const spread = bounds !== null && bounds.high > bounds.low ? bounds : null;
  return {
    value: coefficient(patterns, counts),
    items: counts.reduce((sum, count) => sum + count, 0),
    interval:
      spread === null
        ? null
        : { low: spread.low, high: spread.high, level: options.level ?? 0.95, method: "bootstrap", unit: "item" },
  };
}

function patternsOf<T>(items: readonly T[]): Patterns<T> {
  const byContent = new Map<string, { item: T; count: number }>();
  for (const item of items) {
    const key = JSON.stringify(item);
    byContent.set(key, { item, count: (byContent.get(key)?.count ?? 0) + 1 });
  }
  const ordered = [...byContent].toSorted(([a], [b]) => compareNames(a, b)).map(([, pattern]) => pattern);
  return { patterns: ordered.map(({ item }) => item), counts: ordered.map(({ count }) => count) };
}
