import { rateOfTallies, type SolveRateOptions, type TalliedRate } from "./solve-rate.ts";
import { compareNames, type TaskTally } from "./task-tally.ts";

export interface BreakdownOptions extends Pick<SolveRateOptions, "unit" | "level" | "single"> {
  /**
   * Of how many groups together `level` is the level: each group's interval is then at 1 − (1 − level) / groups
   * (Bonferroni), so that the chance that any of them misses stays within 1 − level. Default: each by itself.
   */
  readonly together?: number;
}

export interface BreakdownGroup {
  /** Null: tasks without a value. */
  readonly name: string | null;
  readonly result: TalliedRate;
}

/**
 * Solve rate by category (or difficulty, or anything else that a task has): in order of name, those without a value last.
 * Every task is in exactly one group. Several groups are several comparisons: see `together`.
 *
 * @throws StatisticsError `level-out-of-range`
 */
export function breakdown(
  tallies: readonly TaskTally[],
  groupOf: (task: string) => string | null,
  options: BreakdownOptions = {},
): BreakdownGroup[] {
  const groups = new Map<string | null, TaskTally[]>();
  for (const tally of tallies) {
    const name = groupOf(tally.task);
    const members = groups.get(name);
    if (members === undefined) groups.set(name, [tally]);
    else members.push(tally);
  }
  const level = options.level ?? 0.95;
  const each = 1 - (1 - level) / Math.max(1, options.together ?? 1);
  const own = options.together === undefined ? level : each;
  return [...groups]
    .toSorted(([a], [b]) => byNameNullLast(a, b))
    .map(([name, members]) => ({ name, result: rateOfTallies(members, { ...options, level: own }) }));
}

function byNameNullLast(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareNames(a, b);
}
