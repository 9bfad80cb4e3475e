/** Harnesses sum pairwise (numpy), this does not: equal means equal to 1e-9 of the larger. */
const tolerance = 1e-9;

/**
 * Whether a number computed again is the one that was logged. `logged` null or NaN: nothing but NaN agrees.
 * `noise`: what differently rounded sums may differ by where all but their rounding cancels out.
 */
export function agrees(logged: number | null, value: number, noise = 0): boolean {
  if (logged === null || Number.isNaN(logged)) return Number.isNaN(value);
  if (logged === value) return true;
  return Math.abs(logged - value) <= Math.max(tolerance * Math.max(Math.abs(logged), Math.abs(value)), noise);
}
