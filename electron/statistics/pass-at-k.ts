import { requireTrials } from "./task-trials.ts";

/**
 * pass@k of one task: the chance that at least one of `k` attempts drawn without replacement from the `n` made,
 * `c` of them solved, is a solved one. Unbiased. Null where n < k: it is undefined there, never extrapolated.
 *
 * @source Chen et al., arXiv:2107.03374: 1 − C(n−c, k)/C(n, k), in the stable form 1 − Π_{i=n−c+1..n} (1 − k/i).
 * @throws StatisticsError `count-out-of-range`
 */
export function passAtK(n: number, c: number, k: number): number | null {
  requireTrials(n, c, k);
  if (n < k) return null;
  if (n - c < k) return 1;
  // The product would give 1 − (1 − c/n), which rounds twice: pass@1 is the solved share itself.
  if (k === 1) return c / n;
  let allFail = 1;
  for (let i = n - c + 1; i <= n; i += 1) allFail *= 1 - k / i;
  return 1 - allFail;
}
