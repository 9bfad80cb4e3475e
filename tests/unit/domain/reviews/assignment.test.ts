import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assign } from "../../../../electron/domain/reviews/assignment.ts";

const attempts = (n: number): number[] => Array.from({ length: n }, (_, place) => place);

describe("who judges what", () => {
  it("is made again by the same seed, and is another with another", () => {
    const options = { seed: 11, size: 20, perAttempt: 2 };
    const first = assign(attempts(50), 4, () => true, options);
    expect(assign(attempts(50), 4, () => true, options)).toEqual(first);
    expect(assign(attempts(50), 4, () => true, { ...options, seed: 12 })).not.toEqual(first);
  });

  it("is balanced, names nobody twice, and gives no attempt twice", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 2, max: 6 }),
        fc.constantFrom(1, 2),
        fc.nat(),
        fc.option(fc.integer({ min: 1, max: 70 })),
        (n, reviewers, perAttempt, seed, size) => {
          const { items, unassigned } = assign(attempts(n), reviewers, () => true, { seed, size, perAttempt });
          expect(unassigned).toEqual([]);
          expect(items).toHaveLength(Math.min(n, size ?? n));
          expect(new Set(items.map((one) => one.attempt)).size).toBe(items.length);
          const load = attempts(reviewers).map((one) => items.filter((item) => item.reviewers.includes(one)).length);
          expect(Math.max(...load) - Math.min(...load)).toBeLessThanOrEqual(1);
          for (const item of items) expect(new Set(item.reviewers).size).toBe(perAttempt);
        },
      ),
    );
  });

  it("gives nobody what they may not judge, and leaves out what too few may", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (n, seed) => {
        const mayJudge = (attempt: number, reviewer: number): boolean => attempt % 3 !== reviewer;
        const { items, unassigned } = assign(attempts(n), 2, mayJudge, { seed, size: null, perAttempt: 2 });
        for (const { attempt, reviewers } of items)
          for (const one of reviewers) expect(mayJudge(attempt, one)).toBe(true);
        expect([...unassigned].sort((a, b) => a - b)).toEqual(attempts(n).filter((one) => one % 3 !== 2));
      }),
    );
  });

  it("draws every attempt about as often", () => {
    const seen = attempts(20).map(() => 0);
    for (let seed = 0; seed < 2_000; seed += 1) {
      for (const { attempt } of assign(attempts(20), 1, () => true, { seed, size: 5, perAttempt: 1 }).items) {
        seen[attempt] = (seen[attempt] ?? 0) + 1;
      }
    }
    // 500 expected each, standard deviation 19.4: five of them.
    for (const count of seen) expect(Math.abs(count - 500)).toBeLessThan(97);
  });
});
