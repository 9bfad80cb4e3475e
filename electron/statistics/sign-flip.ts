import { exactSum } from "./exact-sum.ts";

/** Above this many non-zero differences, 2^n sign patterns are drawn from instead of all being counted. */
const exactLimit = 16;
const draws = 20_000;
/** Two sums closer than this (relative) are the same sum: adding in another order leaves rounding dust. */
const tolerance = 1e-9;

export interface SignFlipTest {
  readonly p: number;
  /** "exact": every sign pattern was counted; "sampled": 20,000 were drawn. */
  readonly kind: "exact" | "sampled";
}

/**
 * Two-sided sign-flip (paired permutation) test that the differences are as likely up as down.
 * `differences` are the independent units' sums. Exact up to 16 non-zero ones; beyond, Monte Carlo with the (r + 1)/(N + 1)
 * rule, which never gives p = 0. `random` returns numbers in [0, 1); seed it to get the same p again. Neither the order of
 * the differences nor which of the two comes first changes p.
 *
 * @source R. A. Fisher, The Design of Experiments (1935), §21; Phipson & Smyth 2010 for the +1.
 */
export function signFlipTest(differences: readonly number[], random: () => number): SignFlipTest {
  const moving = differences
    .filter((difference) => difference !== 0)
    .map(Math.abs)
    .toSorted((a, b) => a - b);
  const observed = Math.abs(exactSum(differences));
  const scale = exactSum(moving);
  const bar = observed - tolerance * scale;
  if (moving.length <= exactLimit) return { p: exactShare(moving, bar), kind: "exact" };
  let extreme = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    let sum = 0;
    for (const value of moving) sum += random() < 0.5 ? value : -value;
    if (Math.abs(sum) >= bar) extreme += 1;
  }
  return { p: (extreme + 1) / (draws + 1), kind: "sampled" };
}

function exactShare(values: readonly number[], bar: number): number {
  const patterns = 2 ** values.length;
  let extreme = 0;
  for (let pattern = 0; pattern < patterns; pattern += 1) {
    const sum = values.reduce((total, value, i) => total + ((pattern >> i) & 1 ? value : -value), 0);
    if (Math.abs(sum) >= bar) extreme += 1;
  }
  return extreme / patterns;
}
