import { exactSum } from "./exact-sum.ts";
import { asWholes, signFlipShare } from "./sign-flip-lattice.ts";

/** Above this many non-zero differences without a common fraction, sign patterns are drawn instead of all being counted. */
const exactLimit = 16;
const mostDraws = 20_000;
const fewestDraws = 1_000;
/** Signs that are drawn at most, beyond the fewest draws: some seconds' worth. */
const mostSigns = 400_000_000;
/** Two sums closer than this (relative) are the same sum: adding in another order leaves rounding dust. */
const tolerance = 1e-9;

export interface SignFlipTest {
  readonly p: number;
  /** "exact": every sign pattern was counted; "sampled": 20,000 were drawn, fewer above 20,000 units, never below 1,000. */
  readonly kind: "exact" | "sampled";
  /** Sign patterns drawn; null where all were counted. */
  readonly draws: number | null;
}

/**
 * Two-sided sign-flip (paired permutation) test that the differences are as likely up as down.
 * `differences` are the independent units' sums. Exact where they are multiples of one fraction, as differences of rates
 * are, and for any 16 non-zero ones; otherwise Monte Carlo with the (r + 1)/(N + 1) rule, which never gives p = 0.
 * `random` returns numbers in [0, 1); seed it to get the same p again. Neither the order of the differences nor which of
 * the two comes first changes p.
 *
 * @source R. A. Fisher, The Design of Experiments (1935), §21; Phipson & Smyth 2010 for the +1.
 */
export function signFlipTest(differences: readonly number[], random: () => number): SignFlipTest {
  const wholes = asWholes(differences);
  const counted = wholes === null ? null : signFlipShare(wholes.filter((value) => value !== 0));
  if (counted !== null) return { p: counted, kind: "exact", draws: null };
  const moving = differences
    .filter((difference) => difference !== 0)
    .map(Math.abs)
    .toSorted((a, b) => a - b);
  const observed = Math.abs(exactSum(differences));
  const scale = exactSum(moving);
  const bar = observed - tolerance * scale;
  if (moving.length <= exactLimit) return { p: exactShare(moving, bar), kind: "exact", draws: null };
  const draws = Math.max(fewestDraws, Math.min(mostDraws, Math.floor(mostSigns / moving.length)));
  let extreme = 0;
  for (let draw = 0; draw < draws; draw += 1) if (Math.abs(drawnSum(moving, random)) >= bar) extreme += 1;
  return { p: (extreme + 1) / (draws + 1), kind: "sampled", draws };
}

/** The sum with signs drawn at random, 32 of them from one number. */
function drawnSum(magnitudes: readonly number[], random: () => number): number {
  let sum = 0;
  let bits = 0;
  let left = 0;
  for (const magnitude of magnitudes) {
    if (left === 0) {
      bits = Math.floor(random() * 4_294_967_296);
      left = 32;
    }
    sum += bits & 1 ? magnitude : -magnitude;
    bits >>>= 1;
    left -= 1;
  }
  return sum;
}

function exactShare(magnitudes: readonly number[], bar: number): number {
  const sums = new Float64Array(2 ** magnitudes.length);
  let made = 1;
  for (const magnitude of magnitudes) {
    for (let place = 0; place < made; place += 1) {
      const sum = sums[place] ?? 0;
      sums[place] = sum - magnitude;
      sums[made + place] = sum + magnitude;
    }
    made *= 2;
  }
  let extreme = 0;
  for (const sum of sums) if (Math.abs(sum) >= bar) extreme += 1;
  return extreme / made;
}
