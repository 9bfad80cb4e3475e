import type { CountedAttempt } from "./denominator.ts";
import { type SolveRate, solveRate, type SolveRateOptions } from "./solve-rate.ts";
import { compareNames } from "./task-tally.ts";

export interface BreakdownOptions extends SolveRateOptions {
  /**
   * Whether `level` is that of all groups together: each group's interval is then at 1 − (1 − level) / groups
   * (Bonferroni), so that the chance that any of them misses stays within 1 − level.
   */
  readonly together?: boolean;
}

export interface BreakdownGroup {
  /** Null: attempts without a value. */
  readonly name: string | null;
  readonly result: SolveRate;
}

/**
 * Solve rate by category (or difficulty, or anything else that a task has): in order of name, those without a value last.
 * Every attempt is in exactly one group. Several groups are several comparisons: see `together`.
 *
 * @throws StatisticsError `level-out-of-range`
 */
export function breakdown<T extends CountedAttempt>(
  attempts: readonly T[],
  groupOf: (attempt: T) => string | null,
  options: BreakdownOptions = {},
): BreakdownGroup[] {
  const groups = new Map<string | null, T[]>();
  for (const attempt of attempts) {
    const name = groupOf(attempt);
    const members = groups.get(name);
    if (members === undefined) groups.set(name, [attempt]);
    else members.push(attempt);
  }
  const level = options.level ?? 0.95;
  const each = options.together === true && groups.size > 1 ? 1 - (1 - level) / groups.size : level;
  return [...groups]
    .toSorted(([a], [b]) => byNameNullLast(a, b))
    .map(([name, members]) => ({ name, result: solveRate(members, { ...options, level: each }) }));
}

function byNameNullLast(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareNames(a, b);
}
