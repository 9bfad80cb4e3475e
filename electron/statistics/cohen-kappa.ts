import { StatisticsError } from "./statistics-error.ts";

/**
 * Cohen's kappa of two raters over the same items: (observed − expected agreement) / (1 − expected agreement).
 * Null where it is undefined: no items, or both raters gave one and the same label throughout. Made of whole numbers
 * until the last division, so the order of the items does not matter.
 *
 * @source J. Cohen, Educ. Psychol. Meas. 20 (1960), 37–46.
 * @throws StatisticsError `size-mismatch` where the two lists differ in length
 */
export function cohenKappa(first: readonly string[], second: readonly string[]): number | null {
  if (first.length !== second.length) {
    throw new StatisticsError("size-mismatch", "Agreement needs both raters' labels of the same items.", {
      first: first.length,
      second: second.length,
    });
  }
  return kappaOfCounts(
    first.map((label, item) => [label, second[item] ?? ""] as const),
    first.map(() => 1),
  );
}

/** Kappa of pairs of labels of which each was seen `counts` times, in step: what resampling asks again and again. */
export function kappaOfCounts(pairs: readonly (readonly [string, string])[], counts: ArrayLike<number>): number | null {
  const first = new Map<string, number>();
  const second = new Map<string, number>();
  let items = 0;
  let agreed = 0;
  pairs.forEach(([a, b], pair) => {
    const times = counts[pair] ?? 0;
    items += times;
    if (a === b) agreed += times;
    first.set(a, (first.get(a) ?? 0) + times);
    second.set(b, (second.get(b) ?? 0) + times);
  });
  let chance = 0;
  for (const [label, count] of first) chance += count * (second.get(label) ?? 0);
  const disagreementByChance = items ** 2 - chance;
  return disagreementByChance === 0 ? null : (items * agreed - chance) / disagreementByChance;
}
