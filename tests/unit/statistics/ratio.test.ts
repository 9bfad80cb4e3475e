import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusteredMean } from "../../../electron/statistics/clustered-mean.ts";
import { tQuantile } from "../../../electron/statistics/distributions.ts";
import { ratioBounds, type RatioPart } from "../../../electron/statistics/ratio.ts";
import { seededRandom } from "../../../electron/statistics/seeded-random.ts";

const anyPart: fc.Arbitrary<RatioPart> = fc.record({
  above: fc.integer({ min: 0, max: 1_000 }).map((whole) => whole / 10),
  below: fc.constantFrom(0, 1, 1, 1, 2),
});

describe("Fieller's interval of a ratio of sums", () => {
  it("ends where the mean of above − r · below is t standard errors from 0", () => {
    let intervals = 0;
    fc.assert(
      fc.property(fc.array(anyPart, { minLength: 5, maxLength: 40 }), (parts) => {
        const bounds = ratioBounds(parts);
        if (bounds === null) return;
        intervals += 1;
        for (const ratio of [bounds.low, bounds.high]) {
          const values = parts.map(({ above, below }, i) => ({ value: above - ratio * below, cluster: String(i) }));
          const { mean, standardError } = clusteredMean(values);
          const t = tQuantile(0.975, parts.length - 1);
          expect(Math.abs(mean) / (t * (standardError ?? 0))).toBeCloseTo(1, 6);
        }
        const [above, below] = [parts.reduce((sum, p) => sum + p.above, 0), parts.reduce((sum, p) => sum + p.below, 0)];
        expect(bounds.low).toBeLessThanOrEqual(above / below);
        expect(bounds.high).toBeGreaterThanOrEqual(above / below);
      }),
      { numRuns: 200 },
    );
    expect(intervals).toBeGreaterThan(50);
  });

  it("does not depend on order, to the last bit", () => {
    const shuffled = fc
      .array(anyPart, { minLength: 2, maxLength: 30 })
      .chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
      );
    fc.assert(
      fc.property(shuffled, ([parts, other]) => {
        expect(ratioBounds(other)).toEqual(ratioBounds(parts));
      }),
    );
  });

  it("is none of one unit, where nothing varies, or where the sum below could as well be 0", () => {
    expect(ratioBounds([{ above: 1, below: 1 }])).toBeNull();
    expect(ratioBounds([1, 1, 1].map((above) => ({ above, below: 1 })))).toBeNull();
    const once = Array.from({ length: 20 }, (_, i) => ({ above: 5, below: i === 0 ? 1 : 0 }));
    expect(ratioBounds(once)).toBeNull();
    expect(() => ratioBounds([], 95)).toThrow(/0.95 for 95 %/);
  });

  it.each([40, 100, 500])("covers 93 to 97 % over %i tasks of which about half are solved", (tasks) => {
    const random = seededRandom(tasks);
    const rounds = tasks > 200 ? 1_000 : 2_000;
    let held = 0;
    for (let round = 0; round < rounds; round += 1) {
      const parts = Array.from({ length: tasks }, () => {
        const solved = random() < 0.5;
        // What a task costs on average: 1 where it is solved, 3 where it is not.
        return { above: -Math.log(1 - random()) * (solved ? 1 : 3), below: solved ? 1 : 0 };
      });
      const bounds = ratioBounds(parts);
      if (bounds !== null && bounds.low <= 4 && bounds.high >= 4) held += 1;
    }
    expect(held / rounds).toBeGreaterThanOrEqual(0.93);
    expect(held / rounds).toBeLessThanOrEqual(0.97);
  });
});
