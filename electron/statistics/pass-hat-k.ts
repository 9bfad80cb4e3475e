import { requireTrials } from "./task-trials.ts";

/**
 * pass^k of one task: the chance that all of `k` attempts drawn without replacement from the `n` made, `c` of them
 * solved, are solved ones. Unbiased. Null where n < k.
 *
 * @source Yao et al. (τ-bench), arXiv:2406.12045: C(c, k)/C(n, k), here as Π_{i=0..k−1} (c − i)/(n − i).
 * @throws StatisticsError `count-out-of-range`
 */
export function passHatK(n: number, c: number, k: number): number | null {
  requireTrials(n, c, k);
  if (n < k) return null;
  if (c < k) return 0;
  let allSolved = 1;
  for (let i = 0; i < k; i += 1) allSolved *= (c - i) / (n - i);
  return allSolved;
}
