import { holm } from "./holm.ts";
import { type PairedDifference, pairedDifference, type PairOptions } from "./paired-difference.ts";
import type { Random } from "./seeded-random.ts";
import type { TaskTally } from "./task-tally.ts";

/** Two of several versions, before it is known how many others are compared. */
export interface Pair {
  readonly first: string;
  readonly second: string;
  /** Second minus first. */
  readonly result: PairedDifference;
}

/** One of several comparisons made at once. */
export interface PairComparison extends Pair {
  /** McNemar's p where there is one, else the sign-flip test's; null where the two share no task. */
  readonly p: number | null;
  /** The same, adjusted by Holm over all pairs that share a task. */
  readonly adjustedP: number | null;
}

export interface PairwiseOptions extends PairOptions {
  /** Every other version against this one: fewer tests, and so less to correct for, than all pairs. */
  readonly baseline?: string | undefined;
}

/**
 * Every pair of model versions in the order in which they are listed, or every other one against the baseline, on the
 * tasks that both attempted. Each pair draws from a generator of its own, so that its p does not depend on which other
 * pairs there are. One pair at a time, so that a caller may stop; `adjusted` makes several comparisons of them.
 *
 * @param startRandom - a new generator that starts at the same place each time, e.g. `() => seededRandom(1)`
 * @throws StatisticsError `level-out-of-range`
 */
export function* pairwise(
  versions: ReadonlyMap<string, readonly TaskTally[]>,
  startRandom: () => Random,
  options: PairwiseOptions = {},
): Generator<Pair, void> {
  const names = [...versions.keys()];
  const { baseline } = options;
  const pairs =
    baseline === undefined
      ? names.flatMap((first, place) => names.slice(place + 1).map((second) => ({ first, second })))
      : names.filter((name) => name !== baseline).map((second) => ({ first: baseline, second }));
  for (const { first, second } of pairs) {
    const [a, b] = [versions.get(first) ?? [], versions.get(second) ?? []];
    yield { first, second, result: pairedDifference(a, b, startRandom(), options) };
  }
}

/** The p-values of comparisons that were made at once, adjusted by Holm; pairs that share no task are no tests. */
export function adjusted(pairs: Iterable<Pair>): PairComparison[] {
  const tested = [...pairs].map((pair) => ({ ...pair, p: pair.result.mcnemar ?? pair.result.p }));
  const adjustedPs = holm(tested.flatMap(({ p }) => (p === null ? [] : [p]))).values();
  return tested.map((pair) => ({ ...pair, adjustedP: pair.p === null ? null : (adjustedPs.next().value ?? null) }));
}
