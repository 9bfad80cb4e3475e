import type { Random } from "./seeded-random.ts";

/** Trials that are inverted at once: ½ to this power is still a normal double. */
const atOnce = 1_000;

/**
 * How many of `n` trials succeed, each with chance `p`: one uniform number for each 1,000 trials, by inversion.
 *
 * @source L. Devroye, Non-Uniform Random Variate Generation (1986), ch. X.4 (sequential search)
 */
export function drawBinomial(n: number, p: number, random: Random): number {
  if (p > 0.5) return n - drawBinomial(n, 1 - p, random);
  let drawn = 0;
  for (let left = n; left > 0; left -= atOnce) drawn += invert(Math.min(left, atOnce), p, random());
  return drawn;
}

function invert(n: number, p: number, u: number): number {
  const odds = p / (1 - p);
  let chance = (1 - p) ** n;
  let reached = chance;
  let x = 0;
  while (u >= reached && x < n) {
    x += 1;
    chance *= ((n - x + 1) / x) * odds;
    reached += chance;
  }
  return x;
}
