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
  const items = first.length;
  const agreed = first.filter((label, index) => label === second[index]).length;
  const secondCounts = labelCounts(second);
  let chance = 0;
  for (const [label, count] of labelCounts(first)) chance += count * (secondCounts.get(label) ?? 0);
  const disagreementByChance = items ** 2 - chance;
  return disagreementByChance === 0 ? null : (items * agreed - chance) / disagreementByChance;
}

function labelCounts(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
