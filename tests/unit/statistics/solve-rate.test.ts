import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outcomeStates } from "../../../electron/contract/attempt.ts";
import { denominatorPolicies, rateSchema } from "../../../electron/contract/values.ts";
import { type CountedAttempt, totalOf } from "../../../electron/statistics/denominator.ts";
import { ledgerOf } from "../../../electron/statistics/ledger.ts";
import { rateOf, solveRate } from "../../../electron/statistics/solve-rate.ts";
import { attempt, ended, solvedOf } from "./attempts.ts";

const anyAttempt: fc.Arbitrary<CountedAttempt> = fc.record({
  task: fc.constantFrom("a", "b", "c", "d", "e"),
  cluster: fc.constantFrom(null, "x", "y"),
  epoch: fc.integer({ min: 1, max: 4 }),
  outcome: fc.constantFrom(...outcomeStates),
  score: fc.constantFrom(null, 0, 0.5, 1, Number.NaN),
});

describe("solve rate of one epoch", () => {
  it("5 of 40 is 0.125 with Wilson over tasks", () => {
    const result = solveRate(solvedOf(5, 40));
    expect(result).toMatchObject({
      n: 40,
      solved: 5,
      rate: 0.125,
      tasks: 40,
      solvedTasks: 5,
      units: 40,
      balanced: true,
    });
    expect(result.interval).toMatchObject({ method: "wilson", unit: "task", level: 0.95 });
    expect(result.interval?.low).toBeCloseTo(0.0546, 4);
    expect(result.interval?.high).toBeCloseTo(0.2611, 4);
  });

  it("gives Clopper–Pearson where asked", () => {
    const { interval } = solveRate(solvedOf(5, 40), { single: "clopper-pearson" });
    expect(interval?.method).toBe("clopper-pearson");
    expect(interval?.high).toBeCloseTo(0.268, 4);
  });

  it("is never ± 0 at 0 of 13 and 13 of 13", () => {
    expect(solveRate(solvedOf(0, 13)).interval).toMatchObject({ low: 0, method: "wilson" });
    expect(solveRate(solvedOf(0, 13)).interval?.high).toBeGreaterThan(0.2);
    expect(solveRate(solvedOf(13, 13)).interval?.low).toBeLessThan(0.8);
  });
});

describe("solve rate of several epochs", () => {
  const threeEpochs = (scores: readonly number[]): CountedAttempt[] =>
    scores.flatMap((solved, i) =>
      [1, 2, 3].map((epoch) => attempt(`t${String(i)}`, { epoch, score: epoch <= solved ? 1 : 0 })),
    );

  it("takes the mean over tasks and resamples tasks, not attempts", () => {
    const result = solveRate(threeEpochs([3, 0, 1, 2]));
    expect(result).toMatchObject({ n: 12, solved: 6, tasks: 4, solvedTasks: 3, rate: 0.5, units: 4 });
    // sd of (1, 0, 1/3, 2/3) is 0.43033; SE 0.215166; t(0.975, 3) = 3.18245: half width 0.684752, cut at 0 and 1
    expect(result.interval).toMatchObject({ low: 0, high: 1, method: "cluster-t", unit: "task" });
    const narrower = solveRate(threeEpochs([3, 0, 1, 2]), { level: 0.8 });
    expect(narrower.interval?.low).toBeCloseTo(0.5 - 1.6377443536962102 * 0.2151657414559676, 8);
  });

  it("falls back to Wilson on tasks where all tasks are alike, also at one half", () => {
    expect(solveRate(threeEpochs([0, 0, 0, 0])).interval).toMatchObject({ low: 0, method: "wilson", unit: "task" });
    const halves = solveRate(threeEpochs([1, 1, 1, 1, 1, 1, 1]));
    expect(halves.interval?.method).toBe("wilson");
    expect((halves.interval?.high ?? 0) - (halves.interval?.low ?? 0)).toBeGreaterThan(0.4);
  });

  it("says when tasks have unequal numbers of attempts", () => {
    const result = solveRate([attempt("a", { score: 1 }), attempt("b"), attempt("b", { epoch: 2 })]);
    expect(result).toMatchObject({ balanced: false, rate: 0.5, solved: 1, n: 3 });
  });

  it("resamples clusters where asked, and one cluster is as wide as one unit", () => {
    const tasks = [1, 2, 3, 4].map((i) => attempt(`t${String(i)}`, { score: i % 2, cluster: i < 3 ? "x" : "y" }));
    expect(solveRate(tasks, { unit: "cluster" })).toMatchObject({ units: 2, interval: { unit: "cluster" } });
    const one = solveRate(
      tasks.map((task) => ({ ...task, cluster: "x" })),
      { unit: "cluster" },
    );
    expect(one.units).toBe(1);
    expect((one.interval?.high ?? 0) - (one.interval?.low ?? 0)).toBeGreaterThan(0.7);
  });

  it("keeps a task without cluster key apart from a cluster that has its name", () => {
    const result = solveRate([attempt("x"), attempt("b", { cluster: "x", score: 1 })], { unit: "cluster" });
    expect(result.units).toBe(2);
  });
});

describe("denominator policies", () => {
  const attempts = [
    attempt("a", { score: 1 }),
    attempt("b"),
    ended("c", "infrastructure-fault"),
    ended("d", "model-error"),
    ended("e", "unscored"),
    attempt("f", { outcome: "invalidated", score: 1 }),
    ended("g", "withheld"),
    ended("h", "not-run"),
    ended("i", "refused"),
    attempt("j", { outcome: "limit-reached", score: 1 }),
    ended("k", "limit-reached"),
  ];

  it.each([
    ["as-failures", "left-out", 8, 2],
    ["left-out", "left-out", 5, 2],
    ["as-failures", "counted", 9, 3],
    ["left-out", "counted", 6, 3],
  ] as const)("errors %s, invalidated %s: n %i, solved %i", (errors, invalidated, n, solved) => {
    const result = solveRate(attempts, { policy: { errors, invalidated } });
    expect(result).toMatchObject({ n, solved, planned: 11, plannedTasks: 11 });
    expect(result.leftOut.withheld).toBe(1);
    expect(result.leftOut["not-run"]).toBe(1);
  });

  it("lists four different policies, the headline first", () => {
    expect(new Set(denominatorPolicies.map((policy) => JSON.stringify(policy))).size).toBe(4);
    expect(denominatorPolicies[0]).toEqual({ errors: "as-failures", invalidated: "left-out" });
  });

  it("calls a scored attempt without a score unscored", () => {
    const result = solveRate([attempt("a", { score: null }), attempt("b", { score: Number.NaN })]);
    expect(result.perState).toMatchObject({ scored: 0, unscored: 2 });
  });

  it("follows the benchmark's direction", () => {
    const rule = { direction: "lower", threshold: 0.2 } as const;
    expect(solveRate([attempt("a", { score: 0.1 }), attempt("b", { score: 0.9 })], { rule }).solved).toBe(1);
  });

  it("gives no rate where nothing can be counted", () => {
    expect(solveRate([ended("a", "not-run")])).toMatchObject({ rate: null, interval: null, n: 0, tasks: 0, units: 0 });
    expect(solveRate([])).toMatchObject({ rate: null, planned: 0 });
  });
});

describe("properties", () => {
  it("does not depend on the order of the attempts, to the last bit", () => {
    fc.assert(
      fc.property(
        fc
          .array(anyAttempt, { maxLength: 40 })
          .chain((list) =>
            fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
          ),
        fc.constantFrom(...denominatorPolicies),
        fc.constantFrom("task" as const, "cluster" as const),
        ([list, shuffled], policy, unit) => {
          expect(solveRate(shuffled, { policy, unit })).toEqual(solveRate(list, { policy, unit }));
          expect(ledgerOf(shuffled)).toEqual(ledgerOf(list));
        },
      ),
    );
  });

  it("lets no planned attempt disappear, and the interval holds the rate", () => {
    fc.assert(
      fc.property(fc.array(anyAttempt, { maxLength: 40 }), fc.constantFrom(...denominatorPolicies), (list, policy) => {
        const result = solveRate(list, { policy });
        expect(totalOf(result.perState)).toBe(list.length);
        expect(totalOf(result.leftOut) + result.n).toBe(list.length);
        const { planned, ...states } = ledgerOf(list);
        expect(planned).toBe(list.length);
        expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(list.length);
        if (result.rate === null || result.interval === null) expect(result.n).toBe(0);
        else {
          expect(result.interval.low).toBeLessThanOrEqual(result.rate + 1e-12);
          expect(result.interval.high).toBeGreaterThanOrEqual(result.rate - 1e-12);
          expect(result.interval.high).toBeGreaterThan(result.interval.low);
        }
      }),
    );
  });
});

describe("ledger", () => {
  it("splits scored by solved, and a solved attempt stays solved at a limit", () => {
    const ledger = ledgerOf([
      attempt("a", { score: 1 }),
      attempt("b", { score: 1, outcome: "limit-reached" }),
      attempt("c"),
      attempt("d", { outcome: "invalidated", score: 1 }),
    ]);
    expect(ledger).toMatchObject({ planned: 4, solved: 2, notSolved: 1, invalidated: 1, limitReached: 0 });
  });
});

describe("what is sent to screens", () => {
  it("is a rate of the contract and nothing more", () => {
    expect(rateSchema.parse(rateOf(solveRate(solvedOf(5, 40))))).toMatchObject({ n: 40, solved: 5, rate: 0.125 });
  });
});
