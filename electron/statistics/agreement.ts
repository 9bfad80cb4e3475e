import { bootstrapBounds, type PercentileOptions } from "./bootstrap.ts";
import { cohenKappa } from "./cohen-kappa.ts";
import type { Interval } from "./interval.ts";
import { type AgreementMetric, type ItemValues, krippendorffAlpha } from "./krippendorff-alpha.ts";
import type { Random } from "./seeded-random.ts";

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
  const ordered = inOrder(pairs, (pair) => JSON.stringify(pair));
  const kappa = (items: readonly (readonly [string, string])[]): number | null =>
    cohenKappa(
      items.map(([label]) => label),
      items.map(([, label]) => label),
    );
  return agreementOf(ordered, kappa, random, options);
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
  const ordered = inOrder(paired, (values) => JSON.stringify(values));
  return agreementOf(ordered, (resample) => krippendorffAlpha(resample, metric), random, options);
}

function agreementOf<T>(
  items: readonly T[],
  coefficient: (items: readonly T[]) => number | null,
  random: Random,
  options: PercentileOptions,
): Agreement {
  const bounds = bootstrapBounds(items, coefficient, random, options);
  const spread = bounds !== null && bounds.high > bounds.low ? bounds : null;
  return {
    value: coefficient(items),
    items: items.length,
    interval:
      spread === null
        ? null
        : { low: spread.low, high: spread.high, level: options.level ?? 0.95, method: "bootstrap", unit: "item" },
  };
}

/** By content, so that the same judgements give the same resamples however they are listed. */
function inOrder<T>(items: readonly T[], key: (item: T) => string): T[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ item }) => item);
}
