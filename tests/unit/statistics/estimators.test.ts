import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cohenKappa } from "../../../electron/statistics/cohen-kappa.ts";
import { holm } from "../../../electron/statistics/holm.ts";
import { mcnemarExact } from "../../../electron/statistics/mcnemar.ts";
import { pairedDifference } from "../../../electron/statistics/paired-difference.ts";
import { passAtK } from "../../../electron/statistics/pass-at-k.ts";
import { passHatK } from "../../../electron/statistics/pass-hat-k.ts";
import { signFlipTest } from "../../../electron/statistics/sign-flip.ts";
import { meanOverTasks } from "../../../electron/statistics/task-trials.ts";
import { attempt, seeded, tallied } from "./attempts.ts";

describe("pass@k", () => {
  it.each([
    [10, 3, 1, 0.3],
    [10, 3, 5, 0.9166667],
    [10, 0, 5, 0],
    [10, 6, 5, 1],
    [200, 7, 10, 0.3055988116177335],
    [5, 2, 2, 0.7],
  ])("n=%i c=%i k=%i", (n, c, k, value) => {
    expect(passAtK(n, c, k)).toBeCloseTo(value, 7);
  });

  it("is undefined below k attempts, and refuses fractions", () => {
    expect(passAtK(2, 1, 3)).toBeNull();
    expect(() => passAtK(10, 2.5, 3)).toThrow();
  });

  it("agrees with counting every draw of k", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(9), fc.integer({ min: 1, max: 9 }), (n, rawC, rawK) => {
        const c = Math.min(rawC, n);
        const k = Math.min(rawK, n);
        let drawn = 0;
        let any = 0;
        let all = 0;
        for (let set = 0; set < 2 ** n; set += 1) {
          const members = Array.from({ length: n }, (_, i) => i).filter((i) => (set >> i) & 1);
          if (members.length !== k) continue;
          drawn += 1;
          if (members.some((i) => i < c)) any += 1;
          if (members.every((i) => i < c)) all += 1;
        }
        expect(passAtK(n, c, k)).toBeCloseTo(any / drawn, 10);
        expect(passHatK(n, c, k)).toBeCloseTo(all / drawn, 10);
      }),
      { numRuns: 60 },
    );
  });
});

describe("pass^k", () => {
  it.each([
    [10, 3, 1, 0.3],
    [10, 6, 5, 0.0238095],
    [5, 2, 2, 0.1],
    [8, 8, 4, 1],
    [4, 1, 2, 0],
  ])("n=%i c=%i k=%i", (n, c, k, value) => {
    expect(passHatK(n, c, k)).toBeCloseTo(value, 7);
  });

  it("over tasks counts those with too few attempts", () => {
    const tasks = [
      { n: 3, solved: 3 },
      { n: 3, solved: 0 },
      { n: 1, solved: 1 },
    ];
    expect(meanOverTasks(passHatK, tasks, 3)).toEqual({ value: 0.5, tasks: 2, tasksLeftOut: 1 });
    expect(meanOverTasks(passAtK, tasks, 9)).toEqual({ value: null, tasks: 0, tasksLeftOut: 3 });
  });
});

describe("exact McNemar", () => {
  it.each([
    [3, 1, 0.625],
    [1, 3, 0.625],
    [0, 0, 1],
    [4, 4, 1],
    [0, 6, 0.03125],
    [262, 254, 0.7579966258335864],
  ])("b=%i c=%i", (b, c, p) => {
    expect(mcnemarExact(b, c)).toBeCloseTo(p, 10);
  });

  it("keeps relative precision far out in the tail", () => {
    expect(mcnemarExact(612, 190) / 1.771438614040854e-52).toBeCloseTo(1, 6);
  });
});

describe("sign-flip test", () => {
  it("equals McNemar on differences of ±1", () => {
    expect(signFlipTest([1, 1, 1, -1], seeded(1))).toEqual({ p: 0.625, kind: "exact", draws: null });
    expect(signFlipTest([0, 0], seeded(1))).toEqual({ p: 1, kind: "exact", draws: null });
  });

  it("equals McNemar for any number of them", () => {
    const flips = (b: number, c: number) => [
      ...Array.from({ length: b }, () => 1),
      ...Array.from({ length: c }, () => -1),
    ];
    for (const [b, c] of [
      [14, 6],
      [262, 254],
      [40, 3],
    ] as const) {
      const { p, kind } = signFlipTest(flips(b, c), seeded(1));
      expect(kind).toBe("exact");
      expect(p / mcnemarExact(b, c)).toBeCloseTo(1, 9);
    }
  });

  it("counts thirds and quarters out as it counts any numbers out", () => {
    const ofRates = [1 / 3, -1 / 4, 2 / 3, 1, -1 / 12, 1 / 2, 0.75, -1 / 3, 0.25];
    const counted = signFlipTest(ofRates, seeded(1));
    // The same numbers off the lattice by far less than their gaps.
    const off = ofRates.map((value, i) => value + Math.sqrt(i + 2) * 1e-7);
    const enumerated = signFlipTest(off, seeded(1));
    expect([counted.kind, enumerated.kind]).toEqual(["exact", "exact"]);
    expect(Math.abs(counted.p - enumerated.p)).toBeLessThan(0.02);
    let extreme = 0;
    const sums = ofRates.reduce<number[]>((all, value) => all.flatMap((sum) => [sum + value, sum - value]), [0]);
    const observed = ofRates.reduce((sum, value) => sum + value, 0);
    for (const sum of sums) if (Math.abs(sum) >= observed - 1e-9) extreme += 1;
    expect(counted.p).toBe(extreme / sums.length);
  });

  it("draws where there is no common fraction and too many to count, the same for the same seed", () => {
    const differences = Array.from({ length: 24 }, (_, i) => Math.sqrt(i + 2) * (i % 4 === 0 ? -1 : 1));
    const drawn = signFlipTest(differences, seeded(5));
    expect(drawn).toMatchObject({ kind: "sampled", draws: 20_000 });
    expect(signFlipTest(differences, seeded(5))).toEqual(drawn);
    expect(signFlipTest(differences.map((value) => -value).toReversed(), seeded(5))).toEqual(drawn);
    // Normal approximation of the same test.
    const z =
      differences.reduce((sum, value) => sum + value, 0) / Math.sqrt(differences.reduce((sum, v) => sum + v * v, 0));
    expect(Math.abs(drawn.p - 2 * (1 - normalCdf(Math.abs(z))))).toBeLessThan(0.01);
  });
});

/** Abramowitz and Stegun 26.2.17, good to 7.5e-8. */
function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * x);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
}

describe("paired difference", () => {
  const run = (scores: Record<string, number[]>, cluster: string | null = null) =>
    tallied(
      Object.entries(scores).flatMap(([task, list]) =>
        list.map((score, i) => attempt(task, { epoch: i + 1, score, cluster })),
      ),
    );

  it("compares only shared tasks, counts the others, and lists the flips", () => {
    const result = pairedDifference(
      run({ a: [1], b: [0], c: [0], onlyFirst: [1] }),
      run({ a: [0], b: [1], c: [1], d: [1] }),
      seeded(1),
    );
    expect(result).toMatchObject({ tasks: 3, tasksLeftOut: 2, onlyTasksOfFirst: 1, onlyTasksOfSecond: 1, units: 3 });
    expect(result.difference).toBeCloseTo(1 / 3, 14);
    expect(result.onlyFirst.map((flip) => flip.task)).toEqual(["a"]);
    expect(result.onlySecond.map((flip) => flip.task)).toEqual(["b", "c"]);
    expect(result.mcnemar).toBe(1);
  });

  it("has no McNemar with several epochs, and no interval where all differences are equal", () => {
    const several = pairedDifference(run({ a: [1, 0], b: [0, 0] }), run({ a: [1, 1], b: [1, 0] }), seeded(1));
    expect(several.mcnemar).toBeNull();
    expect(several).toMatchObject({ difference: 0.5, interval: null, p: 0.5 });
    expect(several.onlySecond[0]).toEqual({ task: "b", first: { n: 2, solved: 0 }, second: { n: 2, solved: 1 } });
  });

  it("knows nothing of two runs without a shared task", () => {
    expect(pairedDifference(run({ a: [1] }), run({ b: [1] }), seeded(1))).toMatchObject({
      difference: null,
      p: null,
      tasksLeftOut: 2,
    });
  });

  it("clusters by key where asked", () => {
    const first = [...run({ a: [0], b: [0] }, "x"), ...run({ c: [0], d: [1] }, "y")];
    const second = [...run({ a: [1], b: [1] }, "x"), ...run({ c: [0], d: [0] }, "y")];
    const clustered = pairedDifference(first, second, seeded(1), { unit: "cluster" });
    expect(clustered).toMatchObject({ units: 2, mcnemar: null, interval: { unit: "cluster", method: "cluster-t" } });
  });
});

describe("Holm", () => {
  it("adjusts in step-down order and keeps the order given", () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((p, i) => {
      expect(adjusted[i]).toBeCloseTo(p, 12);
    });
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

describe("Cohen's kappa", () => {
  it("equals the textbook table 20, 5, 10, 15: 0.4", () => {
    const rows: [string, string, number][] = [
      ["yes", "yes", 20],
      ["yes", "no", 5],
      ["no", "yes", 10],
      ["no", "no", 15],
    ];
    const first = rows.flatMap(([a, , count]) => Array.from({ length: count }, () => a));
    const second = rows.flatMap(([, b, count]) => Array.from({ length: count }, () => b));
    expect(cohenKappa(first, second)).toBeCloseTo(0.4, 12);
  });

  it("is undefined for one label throughout, and refuses lists of two lengths", () => {
    expect(cohenKappa(["a", "a", "a"], ["a", "a", "a"])).toBeNull();
    expect(cohenKappa([], [])).toBeNull();
    expect(() => cohenKappa(["a"], [])).toThrow();
  });
});
