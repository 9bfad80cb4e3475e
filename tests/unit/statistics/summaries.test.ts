import { describe, expect, it } from "vitest";
import { denominatorPolicies } from "../../../electron/contract/values.ts";
import { betaPosteriorBounds } from "../../../electron/statistics/beta-posterior.ts";
import { breakdown } from "../../../electron/statistics/breakdown.ts";
import { correlation } from "../../../electron/statistics/correlation.ts";
import { defaultSolveRule } from "../../../electron/statistics/denominator.ts";
import { longestSolved } from "../../../electron/statistics/first-solve-time.ts";
import { meanScore } from "../../../electron/statistics/mean-score.ts";
import { adjusted, pairwise } from "../../../electron/statistics/pairwise.ts";
import { passCurve, passCurveSteps } from "../../../electron/statistics/pass-curve.ts";
import { detectableDifference, tasksNeeded } from "../../../electron/statistics/sample-size.ts";
import { seededRandom } from "../../../electron/statistics/seeded-random.ts";
import { rateOfTallies } from "../../../electron/statistics/solve-rate.ts";
import { budgetCurve } from "../../../electron/statistics/budget-curve.ts";
import { spending } from "../../../electron/statistics/spending.ts";
import { tallyTasks } from "../../../electron/statistics/task-tally.ts";
import { trend } from "../../../electron/statistics/trend.ts";
import { varianceParts } from "../../../electron/statistics/variance-parts.ts";
import { attempt, curveOf, ended, solvedOf, spentTasks, tallied } from "./attempts.ts";

const start = () => seededRandom(1);
const tally = (task: string, n: number, solved: number, cluster: string | null = null) => ({
  task,
  n,
  solved,
  cluster,
});

describe("pass@k curve", () => {
  const tallies = [tally("a", 5, 5, "x"), tally("b", 5, 0, "x"), tally("c", 5, 2, "y"), tally("d", 6, 3)];

  it("at k = 1 is the solve rate with its interval, to the last bit, by task and by cluster", () => {
    for (const unit of ["task", "cluster"] as const) {
      const [first] = passCurve(tallies, { unit });
      const rate = rateOfTallies(tallies, { unit });
      expect(first?.value).toBe(rate.rate);
      expect(first?.interval).toEqual(rate.interval);
    }
    const single = [tally("a", 1, 1), tally("b", 1, 0)];
    expect(passCurve(single)[0]?.interval).toEqual(rateOfTallies(single).interval);
  });

  it("is the mean of the tasks' estimates with a t interval over tasks", () => {
    const point = passCurve(tallies, { ks: [2], level: 0.8 })[0];
    // pass@2: 1, 0, 1 − C(3,2)/C(5,2) = 0.7, 1 − C(3,2)/C(6,2) = 0.8; sd 0.43493; t(0.9, 3) = 1.63774
    expect(point?.value).toBeCloseTo(0.625, 14);
    expect(point?.interval?.low).toBeCloseTo(0.625 - (1.6377443536962102 * 0.43493294502332963) / 2, 10);
    expect(point).toMatchObject({ k: 2, tasks: 4, tasksLeftOut: 0, interval: { method: "cluster-t", unit: "task" } });
  });

  it("counts the tasks that a k leaves out, and is never ± 0", () => {
    const points = passCurve(tallies, { ks: [5, 6, 7] });
    expect(points.map((point) => [point.tasks, point.tasksLeftOut])).toEqual([
      [4, 0],
      [1, 3],
      [0, 4],
    ]);
    expect(points[2]).toMatchObject({ value: null, interval: null });
    expect(points[1]?.interval?.method).toBe("wilson");
    const none = passCurve([tally("a", 3, 0), tally("b", 3, 0)], { ks: [3] })[0];
    expect(none?.interval?.high).toBeGreaterThan(0.5);
  });

  it("rises for at least one, falls for all", () => {
    const values = (kind: "at-least-one" | "all") =>
      passCurve(tallies, { kind }).map(({ value }) => value ?? Number.NaN);
    const [rising, dropping] = [values("at-least-one"), values("all")];
    expect(rising).toHaveLength(5);
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(dropping).toEqual(dropping.toSorted((a, b) => b - a));
  });

  it("goes up to the fewest attempts of any task, thinned out above 20", () => {
    expect(passCurveSteps([{ n: 3 }, { n: 5 }, { n: 0 }])).toEqual([1, 2, 3]);
    expect(passCurveSteps([])).toEqual([]);
    const long = passCurveSteps([{ n: 1_000 }]);
    expect(long.at(-1)).toBe(1_000);
    expect(long.length).toBeLessThan(70);
  });
});

describe("breakdown", () => {
  const rows = [attempt("a", { score: 1 }), attempt("b"), attempt("c", { score: 1 }), ended("d", "not-run")];
  const categoryOf = (task: string): string | null =>
    new Map([
      ["a", "web"],
      ["b", "crypto"],
      ["c", "web"],
    ]).get(task) ?? null;

  it("has every task in one group, in order of name, those without last", () => {
    const groups = breakdown(tallied(rows), categoryOf);
    expect(groups.map(({ name }) => name)).toEqual(["crypto", "web", null]);
    expect(groups.map(({ result }) => result.n)).toEqual([1, 2, 0]);
    expect(groups.map(({ result }) => result.rate)).toEqual([0, 1, null]);
  });

  it("widens each group's interval where the level is that of all together", () => {
    const alone = breakdown(tallied(rows), categoryOf)[1]?.result.interval;
    const together = breakdown(tallied(rows), categoryOf, { together: 3 })[1]?.result.interval;
    expect(alone?.level).toBe(0.95);
    expect(together?.level).toBeCloseTo(1 - 0.05 / 3, 14);
    expect(together?.low).toBeLessThan(alone?.low ?? 0);
  });
});

describe("spending", () => {
  const spent = (task: string, solved: boolean, dollars: number | null) => ({ task, solved, spent: dollars });
  const rows = [spent("a", true, 1), spent("a", true, 3), spent("b", false, 4), spent("c", true, 2)];

  it("charges failures to the solved tasks", () => {
    expect(spending(spentTasks(rows))).toMatchObject({
      attempts: 4,
      unknown: 0,
      total: 10,
      perAttempt: 2.5,
      perTask: 10 / 3,
      perSolve: 5,
      perSolveInterval: null,
      solvedTasks: 2,
    });
  });

  it("gives no cost per solve at no solve, or while a cost is unknown; knows nothing of nothing", () => {
    expect(spending(spentTasks([spent("a", false, 4)]))).toMatchObject({ perSolve: null, total: 4 });
    expect(spending(spentTasks([...rows, spent("d", false, null)]))).toMatchObject({
      unknown: 1,
      perSolve: null,
      perAttempt: 2.5,
    });
    expect(spending(spentTasks([spent("a", true, null)]))).toMatchObject({ total: null, perAttempt: null });
  });

  it("as a curve over budgets steps where something was solved, and ends at the solve rate", () => {
    const steps = (points: readonly { budget: number; rate: number }[]) =>
      points.map(({ budget, rate }) => [budget, rate]);
    const curve = curveOf(rows);
    expect(steps(curve.points)).toEqual([
      [1, 1 / 6],
      [2, 1 / 2],
      [3, 2 / 3],
    ]);
    expect(curve).toMatchObject({ tasks: 3, unknownSolved: 0 });
    const tied = curveOf([spent("a", true, 2), spent("b", true, 2), spent("c", true, null)]);
    expect(steps(tied.points)).toEqual([[2, 2 / 3]]);
    expect(tied).toMatchObject({ tasks: 3, unknownSolved: 1 });
  });

  it("as a curve is thinned out by rank, first and last stay, and every point is as it would be among all", () => {
    const many = Array.from({ length: 90 }, (_, i) => spent(`t${String(i % 30)}`, i % 3 > 0, 1 + ((i * 37) % 90)));
    const tallies = tallied(many.map(({ task, solved }) => attempt(task, { score: solved ? 1 : 0 })));
    const solved = many.filter((one) => one.solved);
    const [all, few] = [budgetCurve(tallies, solved), budgetCurve(tallies, solved, { mostPoints: 7 })];
    expect(all.points).toHaveLength(60);
    expect(few.points).toHaveLength(7);
    expect(few.points[0]).toEqual(all.points[0]);
    expect(few.points.at(-1)).toEqual(all.points.at(-1));
    for (const point of few.points) expect(all.points).toContainEqual(point);
    const { rate, interval } = rateOfTallies(tallies);
    expect(all.points.at(-1)).toEqual({ budget: 90, rate, interval });
  });

  it("has a t interval of the cost of a task, and Fieller's of the cost of a solve", () => {
    const tasks = [spent("a", true, 1), spent("b", true, 2), spent("c", true, 3), spent("d", false, 6)];
    const found = spending(spentTasks(tasks));
    // mean 3, sd 2.1602; t(0.975, 3) = 3.182446
    expect(found.perTaskInterval?.high).toBeCloseTo(3 + (3.182446305284263 * Math.sqrt(14 / 3)) / 2, 9);
    expect(found.perTaskInterval).toMatchObject({ low: 0, method: "cluster-t", unit: "task" });
    expect(found.perSolve).toBe(4);
    // Three of four solved: one resample in four of them could be none, so that there is no upper end.
    expect(found.perSolveInterval).toBeNull();
    const many = Array.from({ length: 12 }, (_, i) => spent(`t${String(i)}`, i % 4 > 0, 1 + (i % 3)));
    const wide = spending(spentTasks(many));
    expect(wide.perSolve).toBe(24 / 9);
    expect(wide.perSolveInterval).toMatchObject({ method: "fieller", unit: "task", level: 0.95 });
    expect(wide.perSolveInterval?.low).toBeLessThan(24 / 9);
    expect(wide.perSolveInterval?.high).toBeGreaterThan(24 / 9);
  });

  it("longest first-solve time is that of a solved task", () => {
    const timed = (minutes: number | null, solved: boolean) => ({ minutes, solved });
    expect(longestSolved([timed(5, true), timed(11, true), timed(90, false), timed(null, true)])).toBe(11);
    expect(longestSolved([timed(90, false)])).toBeNull();
  });
});

describe("mean score", () => {
  const rows = [
    attempt("a", { score: 0.5 }),
    attempt("a", { score: 1, epoch: 2 }),
    attempt("b", { score: 0.25 }),
    ended("c", "model-error"),
    ended("d", "limit-reached"),
    attempt("e", { outcome: "invalidated", score: 1 }),
    ended("f", "not-run"),
  ];

  it("averages within the task first; errors are the worst score, or left out", () => {
    expect(meanScore(rows)).toMatchObject({ n: 5, tasks: 4, units: 4, mean: 0.25 });
    expect(meanScore(rows, { policy: { errors: "left-out", invalidated: "left-out" } })).toMatchObject({
      tasks: 3,
      mean: 1 / 3,
    });
    const lower = meanScore(rows, { range: { worst: 10, best: 0 } });
    expect(lower.mean).toBeCloseTo((0.75 + 0.25 + 10 + 10) / 4, 14);
    expect(lower.interval?.low).toBe(0);
    expect(lower.interval?.high).toBe(10);
  });

  it("gives no interval where there is no spread, and nothing of nothing", () => {
    expect(meanScore([attempt("a", { score: 0.1 }), attempt("b", { score: 0.1 })]).interval).toBeNull();
    expect(meanScore([ended("a", "not-run")])).toEqual({ n: 0, tasks: 0, units: 0, mean: null, interval: null });
  });

  it("of scores 0 and 1 is the solve rate under every policy", () => {
    const binary = rows.map((row) => ({ ...row, score: row.score === null ? null : Math.round(row.score) }));
    for (const policy of denominatorPolicies) {
      const solved = breakdown(tallyTasks(binary, policy, defaultSolveRule), () => "all")[0]?.result;
      expect(meanScore(binary, { policy }).mean).toBeCloseTo(solved?.rate ?? Number.NaN, 14);
    }
  });
});

describe("trend", () => {
  it("equals least squares by hand, with a t interval of n − 2 degrees", () => {
    const line = trend([
      { at: 0, value: 1 },
      { at: 1, value: 3 },
      { at: 2, value: 2 },
      { at: 3, value: 5 },
    ]);
    if (!line.estimable) throw new Error(line.reason);
    // Sxy = 5.5, Sxx = 5; residuals −0.1, 0.8, −1.3, 0.6: 2.7 / 2 / 5
    expect(line.slope).toBeCloseTo(1.1, 12);
    expect(line.intercept).toBeCloseTo(1.1, 12);
    expect(line.standardError).toBeCloseTo(Math.sqrt(0.27), 12);
    // t(0.975, 2) = 4.302653
    expect(line.interval?.low).toBeCloseTo(1.1 - 4.302652729696142 * Math.sqrt(0.27), 8);
  });

  it("claims no slope from two points or from one day, and no interval from points on a line", () => {
    expect(
      trend([
        { at: 0, value: 0 },
        { at: 1, value: 1 },
      ]),
    ).toEqual({ estimable: false, reason: "too-few", points: 2 });
    const oneDay = [0, 1, 2].map((value) => ({ at: 5, value }));
    expect(trend(oneDay)).toMatchObject({ estimable: false, reason: "one-time" });
    const exact = [1, 2, 7].map((at) => ({ at, value: 0.1 * at + 0.3 }));
    expect(trend(exact)).toMatchObject({ estimable: true, standardError: null, interval: null });
    expect(() => trend([{ at: Number.NaN, value: 0 }])).toThrow(/finite/);
  });
});

describe("several versions at once", () => {
  const one = tallied(solvedOf(2, 12));
  const two = tallied(solvedOf(9, 12));
  const three = tallied(solvedOf(10, 12));

  it("adjusts by Holm over all pairs, and a pair's own p does not depend on the others", () => {
    const pairs = adjusted(
      pairwise(
        new Map([
          ["a", one],
          ["b", two],
          ["c", three],
        ]),
        start,
      ),
    );
    expect(pairs.map(({ first, second }) => first + second)).toEqual(["ab", "ac", "bc"]);
    // 7 and 8 flips one way, and 1
    expect(pairs.map(({ result }) => result.p)).toEqual([2 / 2 ** 7, 2 / 2 ** 8, 1]);
    expect(pairs.map(({ adjustedP }) => adjustedP)).toEqual([4 / 2 ** 7, 6 / 2 ** 8, 1]);
    const [only] = pairwise(
      new Map([
        ["a", one],
        ["b", two],
      ]),
      start,
    );
    expect(only?.result).toEqual(pairs[0]?.result);
  });

  it("against a baseline corrects for as many tests as there are others; none where no task is shared", () => {
    const versions = new Map([
      ["a", one],
      ["b", two],
      ["c", three],
      ["d", tallied([attempt("another task")])],
    ]);
    const pairs = adjusted(pairwise(versions, start, { baseline: "a" }));
    expect(pairs.map(({ second, adjustedP }) => [second, adjustedP])).toEqual([
      ["b", 2 / 2 ** 7],
      ["c", 4 / 2 ** 8],
      ["d", null],
    ]);
  });
});

describe("variance and planning", () => {
  it("splits what other tasks would change from what other answers would", () => {
    const parts = varianceParts([tally("a", 4, 2), tally("b", 4, 0), tally("c", 0, 0)]);
    expect(parts.overTasks).toBeCloseTo(0.25, 14);
    expect(parts.theseTasks).toBeCloseTo(Math.sqrt(0.25 / 3) / 2, 14);
    // Var of 0.5 and 0 is 0.125; less the mean of 0.25 / 3 and 0; one attempt: the mean of 4/3 · 0.25 and 0
    expect(parts.betweenTasks).toBeCloseTo(0.125 - 0.25 / 6, 14);
    expect(parts.withinTask).toBeCloseTo(1 / 6, 14);
    const clustered = varianceParts([tally("a", 2, 2, "x"), tally("b", 2, 2, "x"), tally("c", 2, 0, "y")], "cluster");
    // Means 2/3 apart by clusters: 2 · ((2/3)² + (2/3)²) / 3²
    expect(clustered.overTasks).toBeCloseTo(Math.sqrt((2 * (2 * (2 / 3) ** 2)) / 9), 14);
    expect(varianceParts([tally("a", 1, 1), tally("b", 3, 1)]).theseTasks).toBeNull();
    expect(varianceParts([])).toEqual({ overTasks: null, theseTasks: null, betweenTasks: null, withinTask: null });
  });

  it("finds how many tasks a difference needs, and back", () => {
    const plan = { betweenTasks: 1 / 9, withinFirst: 1 / 6, withinSecond: 1 / 6, epochsFirst: 1, epochsSecond: 1 };
    // (1.959964 + 0.841621)² · (1/9 + 1/3) / 0.03² = 3875.97…; with epochs without end 968.99…
    expect(tasksNeeded(0.03, plan)).toBe(3_876);
    expect(tasksNeeded(0.03, { ...plan, epochsFirst: 1e9, epochsSecond: 1e9 })).toBe(969);
    expect(detectableDifference(969, { ...plan, epochsFirst: 1e9, epochsSecond: 1e9 })).toBeCloseTo(0.03, 4);
    expect(() => tasksNeeded(0, plan)).toThrow(/above 0/);
    expect(() => detectableDifference(0, plan)).toThrow(/one task/);
    expect(() => detectableDifference(9, { ...plan, power: 80 })).toThrow(/0.8 for 80 %/);
  });

  it("correlates, and knows when it cannot", () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 14);
    expect(correlation([1, 2, 3], [1, 0, 1])).toBeCloseTo(0, 14);
    expect(correlation([1, 1], [1, 2])).toBeNull();
  });

  it("Bayesian intervals of 5 of 40: Jeffreys and uniform", () => {
    expect(betaPosteriorBounds(5, 40, "jeffreys").low).toBeCloseTo(0.0493370956378567, 9);
    expect(betaPosteriorBounds(5, 40, "uniform").high).toBeCloseTo(0.26204467554830974, 9);
    expect(betaPosteriorBounds(0, 40, "uniform").low).toBeGreaterThan(0);
  });
});
