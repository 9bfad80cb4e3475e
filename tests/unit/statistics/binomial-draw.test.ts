import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawBinomial } from "../../../electron/statistics/binomial-draw.ts";
import { binomialCdf } from "../../../electron/statistics/distributions.ts";
import { bootstrapHorizons } from "../../../electron/statistics/horizon/bootstrap.ts";
import type { HorizonAttempt } from "../../../electron/statistics/horizon/horizon-attempt.ts";
import { timeHorizon } from "../../../electron/statistics/horizon/time-horizon.ts";
import { seededRandom } from "../../../electron/statistics/seeded-random.ts";

describe("binomial draws", () => {
  it.each([
    [1, 0.3],
    [12, 0.5],
    [40, 0.05],
    [40, 0.9],
    [999, 0.4],
  ])("are where the distribution of %i trials at %f puts them", (n, p) => {
    // The number drawn for u is the least x with P(X ≤ x) > u.
    for (const u of [0, 0.001, 0.1, 0.37, 0.5, 0.77, 0.95, 0.999_999]) {
      const x = p > 0.5 ? n - drawBinomial(n, p, () => u) : drawBinomial(n, p, () => u);
      const chance = Math.min(p, 1 - p);
      expect(binomialCdf(x, n, chance)).toBeGreaterThan(u - 1e-9);
      if (x > 0) expect(binomialCdf(x - 1, n, chance)).toBeLessThanOrEqual(u + 1e-9);
    }
  });

  it("have the mean and the variance of many trials, drawn in parts", () => {
    const random = seededRandom(3);
    const [n, p, rounds] = [5_500, 0.3, 4_000];
    const drawn = Array.from({ length: rounds }, () => drawBinomial(n, p, random));
    const mean = drawn.reduce((sum, x) => sum + x, 0) / rounds;
    const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (rounds - 1);
    expect(Math.abs(mean - n * p)).toBeLessThan(4 * Math.sqrt((n * p * (1 - p)) / rounds));
    expect(variance / (n * p * (1 - p))).toBeGreaterThan(0.9);
    expect(variance / (n * p * (1 - p))).toBeLessThan(1.1);
  });

  it("are certain where the chance is", () => {
    expect(drawBinomial(2_500, 0, () => 0.999_999)).toBe(0);
    expect(drawBinomial(2_500, 1, () => 0.999_999)).toBe(2_500);
    expect(drawBinomial(0, 0.5, () => 0.5)).toBe(0);
  });
});

describe("attempts that ended alike, as one row or each by itself", () => {
  const task = fc.record({
    name: fc.constantFrom("a", "b", "c", "d", "e", "f", "g"),
    solved: fc.nat(6),
    failed: fc.nat(6),
  });
  const minutesOf = (name: string): number => 2 ** (name.charCodeAt(0) - 96);

  it("have the same time horizon and the same resamples", () => {
    fc.assert(
      fc.property(fc.uniqueArray(task, { selector: ({ name }) => name, minLength: 2, maxLength: 7 }), (tasks) => {
        const rows = tasks.flatMap(({ name, solved, failed }): HorizonAttempt[] =>
          [
            { task: name, family: null, minutes: minutesOf(name), score: 1, times: solved },
            { task: name, family: null, minutes: minutesOf(name), score: 0, times: failed },
          ].filter(({ times }) => times > 0),
        );
        const each = rows.flatMap(({ times, ...row }) => Array.from({ length: times ?? 1 }, () => row));
        const [one, other] = [timeHorizon(rows), timeHorizon(each)];
        expect(one.attempts).toBe(other.attempts);
        expect(one.estimable).toBe(other.estimable);
        if (one.estimable && other.estimable) {
          expect(one.fit.slope).toBeCloseTo(other.fit.slope, 6);
          expect(one.fit.intercept).toBeCloseTo(other.fit.intercept, 6);
        }
        const drawsOf = (attempts: HorizonAttempt[]) =>
          bootstrapHorizons(new Map([["m", attempts]]), seededRandom(5), { draws: 10 }).get("m") ?? [];
        const [fromRows, fromEach] = [drawsOf(rows), drawsOf(each)];
        fromRows.forEach((draw, place) => {
          const same = fromEach[place];
          if (typeof draw === "string" || typeof same === "string" || same === undefined) expect(draw).toBe(same);
          else expect(draw.slope).toBeCloseTo(same.slope, 5);
        });
      }),
      { numRuns: 60 },
    );
  });
});
