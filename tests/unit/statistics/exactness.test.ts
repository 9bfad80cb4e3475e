import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootstrapBounds } from "../../../electron/statistics/bootstrap.ts";
import { exactSum } from "../../../electron/statistics/exact-sum.ts";
import { quantile } from "../../../electron/statistics/quantile.ts";
import { seededRandom, xoshiro128StarStar } from "../../../electron/statistics/seeded-random.ts";

describe("exact sum", () => {
  it.each([
    [[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 1],
    [[1e100, 1, -1e100], 1],
    [[1e16, 1, 1e-16], 10_000_000_000_000_002],
    [[2 ** 53, -0.5, -(2 ** -54)], 2 ** 53 - 1],
    [[1, 2 ** -53, 2 ** -106], 1 + 2 ** -52],
    [[], 0],
    [[-0], 0],
  ])("of %j", (numbers, sum) => {
    expect(exactSum(numbers)).toBe(sum);
  });

  it("passes on what is not finite", () => {
    expect(exactSum([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
    expect(exactSum([Number.POSITIVE_INFINITY, 3, Number.NEGATIVE_INFINITY])).toBeNaN();
    expect(exactSum([Number.NaN, 1])).toBeNaN();
  });

  it("equals the sum of whole multiples of 2^-40 in BigInt, rounded once", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(2n ** 52n), max: 2n ** 52n }), { maxLength: 60 }), (wholes) => {
        const total = wholes.reduce((sum, whole) => sum + whole, 0n);
        expect(exactSum(wholes.map((whole) => Number(whole) / 2 ** 40))).toBe(Number(total) / 2 ** 40 + 0);
      }),
    );
  });

  it("does not depend on order, to the last bit, whatever the sizes", () => {
    const wide = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e150, max: 1e150 });
    fc.assert(
      fc.property(
        fc.array(wide, { maxLength: 40 }).chain((list) => fc.tuple(fc.constant(list), shuffled(list))),
        ([list, other]) => {
          expect(exactSum(other)).toBe(exactSum(list));
        },
      ),
    );
  });
});

function shuffled<T>(list: T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length });
}

describe("seeded generator", () => {
  it("gives the published sequence of xoshiro128** for the state 1, 2, 3, 4", () => {
    const next = xoshiro128StarStar([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it("is the same for the same seed, another for another, and uniform in [0, 1)", () => {
    const take = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 20_000 }, random);
    };
    const drawn = take(1);
    expect(take(1)).toEqual(drawn);
    expect(take(2).slice(0, 3)).not.toEqual(drawn.slice(0, 3));
    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
    const mean = exactSum(drawn) / drawn.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * drawn.length));
    const inTenths = Array.from({ length: 10 }, (_, tenth) => drawn.filter((v) => Math.floor(v * 10) === tenth).length);
    const chi2 = exactSum(inTenths.map((count) => (count - 2_000) ** 2 / 2_000));
    // 99.9 % quantile of chi² with 9 degrees of freedom
    expect(chi2).toBeLessThan(27.88);
  });
});

describe("quantile and bootstrap", () => {
  it("interpolates as numpy does, and keeps infinite ends", () => {
    expect(quantile([1, 2, 4, 8], 0.5)).toBe(3);
    expect(quantile([1, 2, 4, 8], 0.25)).toBe(1.75);
    expect(quantile([1, 2, Number.POSITIVE_INFINITY], 1)).toBe(Number.POSITIVE_INFINITY);
    expect(quantile([1, 2, Number.POSITIVE_INFINITY], 0.5)).toBe(2);
    expect(quantile([], 0.5)).toBeNull();
  });

  it("of a mean comes close to its normal interval, and is null where it says so", () => {
    // Ten units of each of the values 0 … 9.
    const tens = Array.from({ length: 10 }, () => 10);
    const mean = (times: Int32Array): number => times.reduce((sum, count, value) => sum + value * count, 0) / 100;
    const bounds = bootstrapBounds(tens, mean, seededRandom(3), { draws: 4_000 });
    // sd of 0…9 is 2.872; ± 1.96 · 2.872 / 10
    expect(Math.abs((bounds?.low ?? 0) - 3.937)).toBeLessThan(0.06);
    expect(Math.abs((bounds?.high ?? 0) - 5.063)).toBeLessThan(0.06);
    expect(bootstrapBounds([1], mean, seededRandom(3))).toBeNull();
    let calls = 0;
    const sometimes = (): number | null => (++calls % 20 === 0 ? null : calls);
    expect(bootstrapBounds([1, 1], sometimes, seededRandom(3))).toBeNull();
    expect(() => bootstrapBounds([1, 1], mean, seededRandom(3), { draws: 0 })).toThrow(/at least one draw/);
  });
});
