/**
 * Holm's step-down adjusted p-values, in the order given: for many comparisons made at once.
 *
 * @source S. Holm, Scand. J. Statist. 6 (1979), 65–70.
 */
export function holm(pValues: readonly number[]): number[] {
  const ranked = pValues.map((p, index) => ({ p, index })).toSorted((a, b) => a.p - b.p);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  ranked.forEach(({ p, index }, rank) => {
    largest = Math.min(1, Math.max(largest, p * (pValues.length - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}
