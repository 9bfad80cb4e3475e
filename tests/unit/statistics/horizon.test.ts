import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootstrapHorizons, type HorizonDraw } from "../../../electron/statistics/horizon/bootstrap.ts";
import {
  doublingTime,
  doublingTimeInterval,
  stateOfTheArt,
} from "../../../electron/statistics/horizon/doubling-time.ts";
import type { HorizonAttempt } from "../../../electron/statistics/horizon/horizon-attempt.ts";
import { countDraws, horizonBand, horizonInterval } from "../../../electron/statistics/horizon/horizon-interval.ts";
import { fitLogistic, successAt } from "../../../electron/statistics/horizon/logistic-fit.ts";
import { binnedRates, outcomesByTime } from "../../../electron/statistics/horizon/outcomes.ts";
import { timeHorizon } from "../../../electron/statistics/horizon/time-horizon.ts";
import { horizonWeights } from "../../../electron/statistics/horizon/weights.ts";
import { seededRandom } from "../../../electron/statistics/seeded-random.ts";
import { StatisticsError } from "../../../electron/statistics/statistics-error.ts";

function attempts(minutes: number, scores: readonly number[], given: Partial<HorizonAttempt> = {}): HorizonAttempt[] {
  return scores.map((score, i) => ({
    task: `${String(minutes)}-${String(i)}`,
    family: null,
    minutes,
    score,
    ...given,
  }));
}

const falling = [...attempts(1, [1, 1, 1, 0]), ...attempts(16, [1, 0, 0, 0])];

describe("weights", () => {
  it("share one over the attempts of a task, and a family of F tasks counts √F", () => {
    const rows = [
      ...attempts(5, [1, 0], { task: "a", family: "x" }),
      ...attempts(5, [1], { task: "b", family: "x" }),
      ...attempts(5, [1], { task: "c" }),
    ];
    expect(horizonWeights(rows, "equal-task")).toEqual([1 / 6, 1 / 6, 1 / 3, 1 / 3]);
    const sum = 1 + Math.SQRT2;
    const expected = [0.5 / Math.SQRT2, 0.5 / Math.SQRT2, 1 / Math.SQRT2, 1].map((weight) => weight / sum);
    horizonWeights(rows, "inverse-sqrt-family").forEach((weight, i) => {
      expect(weight).toBeCloseTo(expected[i] ?? Number.NaN, 14);
    });
  });

  it("keep a task without family apart from a family of its name", () => {
    const rows = [...attempts(5, [1], { task: "x" }), ...attempts(5, [1], { task: "b", family: "x" })];
    expect(horizonWeights(rows, "inverse-sqrt-family")).toEqual([0.5, 0.5]);
  });
});

describe("logistic fit", () => {
  it("passes through two points exactly without a penalty: 3 of 4 at 1 min, 1 of 4 at 16 min, so 4 min", () => {
    const fit = fitLogistic(
      outcomesByTime(
        falling,
        falling.map(() => 1),
      ),
      0,
    );
    // logit 3/4 = ln 3 at x = 0, −ln 3 at x = 4
    expect(fit?.slope).toBeCloseTo(-Math.log(3) / 2, 12);
    expect(fit?.intercept).toBeCloseTo(Math.log(3), 12);
  });

  it("has no gradient left at its optimum, for any data and penalty", () => {
    const point = fc.record({
      x: fc.double({ min: -4, max: 12, noNaN: true }),
      success: fc.double({ min: 0.01, max: 1, noNaN: true }),
      failure: fc.double({ min: 0.01, max: 1, noNaN: true }),
    });
    const points = fc.uniqueArray(point, { minLength: 2, maxLength: 12, selector: ({ x }) => Math.round(x * 8) });
    fc.assert(
      fc.property(points, fc.constantFrom(1e-5, 0.1, 1), (outcomes, penalty) => {
        const fit = fitLogistic(outcomes, penalty);
        if (fit === null) throw new Error("no fit");
        const pull = outcomes.map(({ x, success, failure }) => (success + failure) * successAt(fit, x) - success);
        const bySlope = outcomes.reduce((sum, { x }, i) => sum + x * (pull[i] ?? 0), penalty * fit.slope);
        const byIntercept = pull.reduce((sum, value) => sum + value, 0);
        expect(Math.abs(bySlope)).toBeLessThan(1e-7);
        expect(Math.abs(byIntercept)).toBeLessThan(1e-8);
      }),
    );
  });

  it("weighs the penalty against the sum of the weights: twice both is the same fit", () => {
    const once = fitLogistic(
      outcomesByTime(
        falling,
        falling.map(() => 1),
      ),
      0.1,
    );
    const twice = fitLogistic(
      outcomesByTime(
        falling,
        falling.map(() => 2),
      ),
      0.2,
    );
    expect(twice?.slope).toBeCloseTo(once?.slope ?? Number.NaN, 12);
  });

  it("finds the optimum of data that a step would separate, and splits fractions", () => {
    const separated = [...attempts(1, [1, 1]), ...attempts(100, [0, 0])];
    const fit = fitLogistic(outcomesByTime(separated, [0.25, 0.25, 0.25, 0.25]), 1e-5);
    expect(fit?.slope).toBeLessThan(-1);
    const middle = -(fit?.intercept ?? 0) / (fit?.slope ?? 1);
    expect(2 ** middle).toBeCloseTo(10, 6);
    const half = attempts(8, [0.25]);
    expect(outcomesByTime(half, [2])).toEqual([{ x: 3, success: 0.5, failure: 1.5 }]);
  });
});

describe("time horizon", () => {
  it("of 3 in 4 at 1 min and 1 in 4 at 16 min is 4 min, at 80 % below the shortest task", () => {
    const result = timeHorizon(falling, { weighting: "equal-task", penalty: 0 });
    if (!result.estimable) throw new Error(result.reason);
    const [half, most] = result.horizons;
    expect(half?.minutes).toBeCloseTo(4, 10);
    expect(half?.extrapolated).toBe(false);
    // x with 3^(1 − x/2) = 4
    expect(most?.minutes).toBeCloseTo(2 ** (2 * (1 - Math.log(4) / Math.log(3))), 10);
    expect(most?.extrapolated).toBe(true);
    expect(result).toMatchObject({ attempts: 8, tasks: 8, shortest: 1, longest: 16, average: 0.5 });
  });

  it.each([
    ["no-attempts", []],
    ["none-solved", [...attempts(1, [0, 0]), ...attempts(9, [0])]],
    ["all-solved", [...attempts(1, [1, 1]), ...attempts(9, [1])]],
    ["one-length", attempts(5, [1, 0, 1])],
    ["not-decreasing", [...attempts(1, [0, 0, 1]), ...attempts(60, [1, 1, 0])]],
    ["not-decreasing", [...attempts(1, [0, 1]), ...attempts(60, [1, 0])]],
  ] as const)("is not estimable: %s", (reason, rows) => {
    expect(timeHorizon(rows)).toMatchObject({ estimable: false, reason, attempts: rows.length });
  });

  it("refuses times that are not above zero and scores out of range", () => {
    expect(() => timeHorizon(attempts(0, [1]))).toThrow(StatisticsError);
    expect(() => timeHorizon(attempts(5, [2]))).toThrow(StatisticsError);
  });

  it("bins by human time, the upper edge out, empty ones null", () => {
    const bins = binnedRates(
      outcomesByTime(
        [...falling, ...attempts(4, [1])],
        Array.from({ length: 9 }, () => 1),
      ),
    );
    expect(bins.slice(0, 3)).toEqual([
      { from: 1, to: 4, rate: 0.75 },
      { from: 4, to: 16, rate: 1 },
      { from: 16, to: 64, rate: 0.25 },
    ]);
    expect(bins[3]?.rate).toBeNull();
  });
});

describe("interval of a horizon", () => {
  const many = [1, 2, 4, 8, 16, 32, 64, 128].flatMap((minutes, place) =>
    attempts(
      minutes,
      Array.from({ length: 8 }, (_, i) => (i < 8 - place ? 1 : 0)),
    ),
  );

  it("holds the estimate, is the same for the same seed, and says what it resampled", () => {
    const draws = bootstrapHorizons(new Map([["m", many]]), seededRandom(1), { draws: 400 }).get("m") ?? [];
    const interval = horizonInterval(draws, 0.5, many);
    const result = timeHorizon(many);
    if (!result.estimable || interval === null) throw new Error("not estimable");
    expect(interval.low).toBeLessThan(result.horizons[0]?.minutes ?? 0);
    expect(interval.high).toBeGreaterThan(result.horizons[0]?.minutes ?? Number.POSITIVE_INFINITY);
    expect(interval).toMatchObject({ method: "hierarchical-bootstrap", unit: "task" });
    const families = many.map((row) => ({ ...row, family: "f" }));
    expect(horizonInterval(draws, 0.5, families)).toMatchObject({ unit: "cluster" });
    const again = bootstrapHorizons(new Map([["m", many]]), seededRandom(1), { draws: 400 }).get("m");
    expect(again).toEqual(draws);
    expect(countDraws(draws)).toMatchObject({ falling: 400, absent: 0 });
    for (const point of horizonBand(draws, [1, 10, 100])) expect(point.low).toBeLessThan(point.high);
  });

  it("draws whole families: tasks that stand or fall together make it wider", () => {
    const spread = (rows: HorizonAttempt[]): number => {
      const draws = bootstrapHorizons(new Map([["m", rows]]), seededRandom(7), { draws: 300 }).get("m") ?? [];
      const interval = horizonInterval(draws, 0.5, rows);
      return Math.log((interval?.high ?? Number.NaN) / (interval?.low ?? Number.NaN));
    };
    // Half of the families go all the way, half stop after their first task.
    const byFamily = Array.from({ length: 14 }, (_, family) =>
      [2, 8, 32].map((minutes) => ({
        task: `${String(family)}-${String(minutes)}`,
        family: String(family),
        minutes,
        score: family % 2 === 0 || minutes === 2 ? 1 : 0,
      })),
    ).flat();
    const alone = byFamily.map((row) => ({ ...row, family: null }));
    expect(spread(byFamily)).toBeGreaterThan(1.3 * spread(alone));
  });

  it("has no upper end where resamples solved everything, and is null where too many do not fall", () => {
    const fit = { slope: -1, intercept: 3 };
    const mostly = (other: HorizonDraw, count: number): HorizonDraw[] =>
      Array.from({ length: 100 }, (_, i) => (i < count ? other : fit));
    expect(horizonInterval(mostly("all-solved", 10), 0.5, many)).toMatchObject({ low: 8, high: null });
    expect(horizonInterval(mostly("none-solved", 10), 0.5, many)).toMatchObject({ low: 0, high: 8 });
    expect(horizonInterval(mostly("one-length", 2), 0.5, many)).toMatchObject({ low: 8, high: 8 });
    expect(horizonInterval(mostly("one-length", 3), 0.5, many)).toBeNull();
    expect(horizonInterval(mostly({ slope: 0.1, intercept: 0 }, 3), 0.5, many)).toBeNull();
    expect(horizonInterval(mostly("absent", 50), 0.5, many)).toMatchObject({ low: 8 });
    expect(horizonInterval(mostly("absent", 100), 0.5, many)).toBeNull();
  });
});

describe("doubling time", () => {
  const model = (name: string, released: number, minutes: number) => ({ model: name, released, minutes });

  it("of horizons that double every 100 days is 100 days, from the best at their time alone", () => {
    const best = [model("a", 0, 1), model("b", 100, 2), model("c", 300, 8)];
    const all = [...best, model("late and worse", 301, 3), model("same day, worse", 100, 1.5)];
    expect(stateOfTheArt(all)).toEqual(best);
    const result = doublingTime(stateOfTheArt(all));
    expect(result.estimable && result.days).toBeCloseTo(100, 10);
  });

  it.each([
    ["too-few", [model("a", 0, 1), model("b", 9, 2)]],
    ["one-time", [model("a", 5, 1), model("b", 5, 2), model("c", 5, 3)]],
    ["not-growing", [model("a", 0, 3), model("b", 5, 2), model("c", 9, 1)]],
  ] as const)("is not claimed: %s", (reason, models) => {
    expect(doublingTime(models)).toEqual({ estimable: false, reason, models: models.length });
  });

  it("has the interval of its resamples; what did not grow or was not fitted is left out and counted", () => {
    const models = [model("a", 0, 1), model("b", 100, 2), model("c", 200, 4)];
    // A fit of slope −1 has its horizon at 2^intercept minutes.
    const at = (minutes: number): HorizonDraw => ({ slope: -1, intercept: Math.log2(minutes) });
    const draws = new Map<string, HorizonDraw[]>([
      ["a", [at(1), at(1), at(4), "none-solved", at(1)]],
      ["b", [at(2), at(4), at(2), at(2), "absent"]],
      ["c", [at(4), at(16), at(1), at(4), "all-solved"]],
    ]);
    const interval = doublingTimeInterval(models, draws, 0.5);
    // 100 days, 50 days, shrinking, 100 days of two models, one model alone
    expect(interval).toMatchObject({ used: 3, leftOut: 2, level: 0.5 });
    expect(interval?.median).toBeCloseTo(100, 9);
    expect(interval?.low).toBeCloseTo(75, 9);
    expect(interval?.high).toBeCloseTo(100, 9);
    expect(doublingTimeInterval(models, new Map())).toBeNull();
  });
});
