/** Uniform numbers in [0, 1). */
export type Random = () => number;

/**
 * A generator that gives the same numbers for the same seed on every machine: xoshiro128** (period 2^128 − 1), its state
 * filled from the seed by SplitMix32; 53 random bits a number. For resampling, never for secrets.
 *
 * @source D. Blackman, S. Vigna, ACM Trans. Math. Softw. 47 (2021), 36, and prng.di.unimi.it/xoshiro128starstar.c
 */
export function seededRandom(seed: number): Random {
  const next = xoshiro128StarStar(splitMix32(seed));
  return () => {
    const high = next() >>> 5;
    const low = next() >>> 6;
    return (high * 67_108_864 + low) / 9_007_199_254_740_992;
  };
}

type State = readonly [number, number, number, number];

/** The bare generator of unsigned 32-bit words. The state must not be all zero. */
export function xoshiro128StarStar(state: State): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function splitMix32(seed: number): State {
  let counter = seed | 0;
  const word = (): number => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = counter;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
  return [word(), word(), word(), word()];
}
