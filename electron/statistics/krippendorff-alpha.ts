import { exactSum } from "./exact-sum.ts";
import { StatisticsError } from "./statistics-error.ts";

/**
 * How far apart two values are. "nominal": different or not; "ordinal": by the ranks between them; "interval": by their
 * difference.
 */
export type AgreementMetric = "nominal" | "ordinal" | "interval";

/** What the reviewers gave to one item, in any order; who gave no judgement is simply not in the list. */
export type ItemValues = readonly number[];

/**
 * Krippendorff's alpha: 1 − observed / expected disagreement, for any number of reviewers and with judgements missing.
 * Items with fewer than two judgements cannot be paired and are left out. 1 is agreement, 0 is what chance gives,
 * below 0 is disagreement. Null where it is undefined: nothing to pair, or one value throughout. The order of items and of
 * judgements does not matter. Labels of a nominal scale are numbered first (`numberLabels`).
 *
 * @source K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), repository.upenn.edu/asc_papers/43;
 * ordinal distance (Σ_{g=c..k} n_g − (n_c + n_k)/2)², which is the squared difference of midranks.
 * @throws StatisticsError `value-not-finite`
 */
export function krippendorffAlpha(items: readonly ItemValues[], metric: AgreementMetric): number | null {
  return alphaOfCounts(
    items,
    items.map(() => 1),
    metric,
  );
}

/** Alpha of items of which each was seen `counts` times, in step with `items`: what resampling asks again and again. */
export function alphaOfCounts(
  items: readonly ItemValues[],
  counts: ArrayLike<number>,
  metric: AgreementMetric,
): number | null {
  const paired = items.flatMap((values, item) => {
    const times = counts[item] ?? 0;
    return values.length >= 2 && times > 0 ? [{ values, times }] : [];
  });
  if (paired.some(({ values }) => values.some((value) => !Number.isFinite(value)))) {
    throw new StatisticsError("value-not-finite", "Agreement needs finite values; leave missing ones out.", {
      items: items.length,
    });
  }
  const seen = countValues(paired);
  if (seen.size < 2) return null;
  const total = [...seen.values()].reduce((sum, count) => sum + count, 0);
  const place = placesOf(seen, metric);
  const observed = exactSum(
    paired.map(({ values, times }) => (times * disagreement(values, metric, place)) / (values.length - 1)),
  );
  const expected = expectedDisagreement(seen, metric, place) / (total - 1);
  return 1 - observed / expected;
}

/** Labels as numbers, the same label the same number, for the nominal metric. */
export function numberLabels(items: readonly (readonly string[])[]): number[][] {
  const labels = [...new Set(items.flat())].toSorted();
  const numbers = new Map(labels.map((label, index) => [label, index]));
  return items.map((values) => values.map((label) => numbers.get(label) ?? -1));
}

/** How often each value was given, upwards by value. */
function countValues(items: readonly { readonly values: ItemValues; readonly times: number }[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { values, times } of items) {
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + times);
  }
  return new Map([...counts].toSorted(([a], [b]) => a - b));
}

/** Where each value stands on the line on which squared differences are taken. */
function placesOf(counts: ReadonlyMap<number, number>, metric: AgreementMetric): (value: number) => number {
  if (metric !== "ordinal") return (value) => value;
  const ranks = new Map<number, number>();
  let below = 0;
  for (const [value, count] of counts) {
    ranks.set(value, below + count / 2);
    below += count;
  }
  return (value) => ranks.get(value) ?? Number.NaN;
}

function distance(a: number, b: number, metric: AgreementMetric): number {
  if (metric === "nominal") return a === b ? 0 : 1;
  return (a - b) ** 2;
}

/** Sum of the distances of all ordered pairs of one item's values. */
function disagreement(values: ItemValues, metric: AgreementMetric, place: (value: number) => number): number {
  const places = values.map(place);
  return 2 * exactSum(places.flatMap((a, index) => places.slice(index + 1).map((b) => distance(a, b, metric))));
}

function expectedDisagreement(
  counts: ReadonlyMap<number, number>,
  metric: AgreementMetric,
  place: (value: number) => number,
): number {
  const entries = [...counts];
  const pairs = entries.flatMap(([a, countA], index) =>
    entries.slice(index + 1).map(([b, countB]) => countA * countB * distance(place(a), place(b), metric)),
  );
  return 2 * exactSum(pairs);
}
