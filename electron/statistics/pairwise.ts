import type { CountedAttempt } from "./denominator.ts";
import { holm } from "./holm.ts";
import { type PairedDifference, pairedDifference } from "./paired-difference.ts";
import type { Random } from "./seeded-random.ts";
import type { SolveRateOptions } from "./solve-rate.ts";
import { compareNames } from "./task-tally.ts";

/** One of several comparisons made at once. */
export interface PairComparison {
  readonly first: string;
  readonly second: string;
  /** Second minus first. */
  readonly result: PairedDifference;
  /** The sign-flip test's p, adjusted by Holm over all pairs that share a task; null where the two share none. */
  readonly adjustedP: number | null;
}

/**
 * Every pair of model versions on the tasks that both attempted, first by name against second, p-values adjusted by Holm.
 * Each pair draws from a generator of its own, so that its p does not depend on which other pairs there are.
 *
 * @param startRandom - a new generator that starts at the same place each time, e.g. `() => seededRandom(1)`
 * @throws StatisticsError `level-out-of-range`
 */
export function pairwise(
  versions: ReadonlyMap<string, readonly CountedAttempt[]>,
  startRandom: () => Random,
  options: SolveRateOptions = {},
): PairComparison[] {
  const names = [...versions.keys()].toSorted(compareNames);
  const pairs = names.flatMap((first, place) =>
    names.slice(place + 1).map((second) => ({
      first,
      second,
      result: pairedDifference(versions.get(first) ?? [], versions.get(second) ?? [], startRandom(), options),
    })),
  );
  return withHolm(pairs);
}

/**
 * Every other version against one: as many tests as there are others, which is less to correct for than all pairs.
 * @throws StatisticsError `level-out-of-range`
 */
export function againstBaseline(
  baseline: string,
  versions: ReadonlyMap<string, readonly CountedAttempt[]>,
  startRandom: () => Random,
  options: SolveRateOptions = {},
): PairComparison[] {
  const others = [...versions.keys()].filter((name) => name !== baseline).toSorted(compareNames);
  return withHolm(
    others.map((second) => ({
      first: baseline,
      second,
      result: pairedDifference(versions.get(baseline) ?? [], versions.get(second) ?? [], startRandom(), options),
    })),
  );
}

function withHolm(pairs: readonly Omit<PairComparison, "adjustedP">[]): PairComparison[] {
  const tested = pairs.flatMap(({ result }) => (result.p === null ? [] : [result.p]));
  const adjusted = holm(tested).values();
  return pairs.map((pair) => ({ ...pair, adjustedP: pair.result.p === null ? null : (adjusted.next().value ?? null) }));
}
