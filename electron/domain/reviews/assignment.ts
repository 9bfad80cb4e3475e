import { seededRandom, type Random } from "../../statistics/seeded-random.ts";

/** Who judges what: samples, orders and assignments that a seed makes again. Pure. */

/** A random order (Fisher–Yates); the input is left as it is. */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const out = [...list];
  for (let last = out.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [out[last], out[other]];
    if (a !== undefined && b !== undefined) [out[last], out[other]] = [b, a];
  }
  return out;
}

export interface Assignment<T> {
  readonly items: readonly { readonly attempt: T; readonly reviewers: readonly number[] }[];
  /** Attempts for which there are too few reviewers. */
  readonly unassigned: readonly T[];
}

/**
 * Takes a sample (all where `size` is null), shuffles it, and gives each attempt to `perAttempt` reviewers: always those
 * of the ones that may judge it who have the fewest so far; among those who have equally many, chance decides.
 *
 * @param attempts in an order that does not depend on chance; the same seed then gives the same round
 * @param mayJudge whether a reviewer, by place, may judge an attempt
 */
export function assign<T>(
  attempts: readonly T[],
  reviewers: number,
  mayJudge: (attempt: T, reviewer: number) => boolean,
  { seed, size, perAttempt }: { seed: number; size: number | null; perAttempt: number },
): Assignment<T> {
  const random = seededRandom(seed);
  const places = Array.from({ length: reviewers }, (_, place) => place);
  const load = places.map(() => 0);
  const items: { attempt: T; reviewers: number[] }[] = [];
  const unassigned: T[] = [];
  for (const attempt of shuffled(attempts, random)) {
    if (size !== null && items.length === size) break;
    const able = shuffled(
      places.filter((place) => mayJudge(attempt, place)),
      random,
    ).sort((a, b) => (load[a] ?? 0) - (load[b] ?? 0));
    const chosen = able.slice(0, perAttempt);
    if (chosen.length < perAttempt) {
      unassigned.push(attempt);
      continue;
    }
    for (const place of chosen) load[place] = (load[place] ?? 0) + 1;
    items.push({ attempt, reviewers: chosen.sort((a, b) => a - b) });
  }
  return { items, unassigned };
}
