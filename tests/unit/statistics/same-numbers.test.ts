import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { budgetCurve } from "../../../electron/statistics/budget-curve.ts";
import {
  clusteredMean,
  clusteredMeanOf,
  clustersOf,
  type ClusteredMean,
} from "../../../electron/statistics/clustered-mean.ts";
import { exactSum } from "../../../electron/statistics/exact-sum.ts";
import { pairedDifference } from "../../../electron/statistics/paired-difference.ts";
import { passCurve } from "../../../electron/statistics/pass-curve.ts";
import { seededRandom } from "../../../electron/statistics/seeded-random.ts";
import { signFlipTest } from "../../../electron/statistics/sign-flip.ts";
import { rateOfTallies } from "../../../electron/statistics/solve-rate.ts";
import { sortedAmounts } from "../../../electron/statistics/sorted-amounts.ts";
import { unitOf, type TaskTally } from "../../../electron/statistics/task-tally.ts";
import { unitMeanInterval } from "../../../electron/statistics/unit-mean-interval.ts";

/** What is quick is held to the last bit against the same said plainly: sums in whole numbers, a list for each cluster. */

const scale = 2n ** 260n;

/** Exact: every double is a whole multiple of a power of two. */
function plainSum(numbers: readonly number[]): number {
  const total = numbers.reduce((sum, number) => sum + wholeOf(number), 0n);
  return Number(total) / 2 ** 260;
}

function wholeOf(number: number): bigint {
  let exponent = 0;
  let mantissa = number;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent += 1;
  }
  return (BigInt(mantissa) * scale) / 2n ** BigInt(exponent);
}

function plainMean(values: readonly { readonly value: number; readonly cluster: string }[]): ClusteredMean {
  const n = values.length;
  const mean = plainSum(values.map(({ value }) => value)) / n;
  const names = [...new Set(values.map(({ cluster }) => cluster))];
  const sums = names.map((name) =>
    plainSum(values.filter(({ cluster }) => cluster === name).map(({ value }) => value - mean)),
  );
  const squares = plainSum(sums.map((sum) => sum ** 2));
  const clusters = names.length;
  if (clusters < 2) return { mean, n, clusters, standardError: null };
  return { mean, n, clusters, standardError: Math.sqrt((squares * clusters) / ((clusters - 1) * n ** 2)) };
}

const number = fc.oneof(
  fc.double({ min: -1, max: 1, noNaN: true }).filter((value) => value === 0 || Math.abs(value) > 2 ** -100),
  fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: 1, max: 30 })).map(([a, b]) => a / b),
  fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -60, max: 60 })).map(([a, b]) => a * 2 ** b),
);
const cluster = fc.option(fc.constantFrom("a", "b", "c"));
const tallies: fc.Arbitrary<TaskTally[]> = fc
  .array(
    fc.record({ cluster, n: fc.integer({ min: 0, max: 12 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((all) =>
    all.map((one, place) => ({
      task: `t${String(place).padStart(2, "0")}`,
      cluster: one.cluster,
      n: one.n,
      solved: Math.round(one.share * one.n),
    })),
  );
const unit = fc.constantFrom("task" as const, "cluster" as const);
const valuesOf = (tasks: readonly TaskTally[], by: "task" | "cluster", value: (task: TaskTally) => number) =>
  tasks.map((task) => ({ value: value(task), cluster: unitOf(task, by) }));
const isOneEach = (tasks: readonly TaskTally[]): boolean => tasks.every(({ n }) => n === 1);

describe("quick sums and means", () => {
  it("sum up as whole numbers do", () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 60 }), (numbers) => {
        expect(exactSum(numbers)).toBe(plainSum(numbers) + 0);
        expect(exactSum(Float64Array.from(numbers))).toBe(plainSum(numbers) + 0);
      }),
      { numRuns: 1_000 },
    );
  });

  it("have the mean and the error of values and of tasks by cluster", () => {
    fc.assert(
      fc.property(tallies, unit, (all, by) => {
        const tasks = all.filter(({ n }) => n > 0);
        if (tasks.length === 0) return;
        const values = valuesOf(tasks, by, ({ solved, n }) => solved / n);
        const numbers = Float64Array.from(values, ({ value }) => value);
        expect(clusteredMean(values)).toEqual(plainMean(values));
        expect(clusteredMeanOf(numbers, clustersOf(tasks, by))).toEqual(plainMean(values));
      }),
      { numRuns: 300 },
    );
  });
});

describe("sorted amounts", () => {
  const amount = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.double({ noNaN: true, min: 0 }));
  const upwards = fc.array(amount, { maxLength: 12 }).map((list) => list.toSorted((a, b) => a - b));

  it("are those of lists that are sorted already, and of any others", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(upwards, { maxLength: 70 }), fc.array(fc.array(amount), { maxLength: 40 })),
        (lists) => {
          const all = Float64Array.from(lists.flat());
          expect(sortedAmounts(all)).toEqual(all.toSorted());
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("curves and differences", () => {
  const level = 0.95;

  it("have at each budget the rate of what it solves", () => {
    const spent = fc.array(fc.option(fc.integer({ min: 0, max: 20 }), { freq: 8 }), { maxLength: 200 });
    fc.assert(
      fc.property(tallies, unit, spent, (all, by, amounts) => {
        const tasks = all.filter(({ n }) => n > 0);
        const solved = tasks
          .flatMap(({ task, solved: count }) => Array.from({ length: count }, () => task))
          .map((task, place) => ({ task, spent: amounts[place] ?? null }));
        const curve = budgetCurve(all, solved, { unit: by, level });
        for (const { budget, rate, interval } of curve.points) {
          const within = (task: string): number =>
            solved.filter((one) => one.task === task && one.spent !== null && one.spent <= budget).length;
          const spread = plainMean(valuesOf(tasks, by, ({ task, n }) => within(task) / n));
          const oneTrialEach = isOneEach(tasks);
          expect({ rate, interval }).toEqual({
            rate: spread.mean,
            interval: unitMeanInterval(spread, { unit: by, level, oneTrialEach }),
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it("begin at the solve rate", () => {
    fc.assert(
      fc.property(tallies, unit, (all, by) => {
        const tasks = all.filter(({ n }) => n > 0);
        if (tasks.length === 0) return;
        const spread = plainMean(valuesOf(tasks, by, ({ solved, n }) => solved / n));
        const interval = unitMeanInterval(spread, { unit: by, level, oneTrialEach: isOneEach(tasks) });
        expect(rateOfTallies(all, { unit: by, level })).toMatchObject({ rate: spread.mean, interval });
        expect(passCurve(all, { unit: by, level })[0]).toMatchObject({ k: 1, value: spread.mean, interval });
      }),
      { numRuns: 300 },
    );
  });

  it("differ by the mean over shared tasks, tested on their units' sums", () => {
    fc.assert(
      fc.property(tallies, tallies, unit, (first, second, by) => {
        const found = pairedDifference(first, second, seededRandom(1), { unit: by });
        const shared = first.flatMap((a) => {
          const b = second.find(({ task }) => task === a.task);
          if (b === undefined || a.n === 0 || b.n === 0) return [];
          const own = [a.cluster, b.cluster].filter((name) => name !== null).sort()[0] ?? null;
          return [{ value: b.solved / b.n - a.solved / a.n, cluster: unitOf({ task: a.task, cluster: own }, by) }];
        });
        expect(found.tasks).toBe(shared.length);
        if (shared.length === 0) return;
        const spread = plainMean(shared);
        const names = [...new Set(shared.map((one) => one.cluster))];
        const sums = names.map((name) =>
          plainSum(shared.filter((one) => one.cluster === name).map(({ value }) => value)),
        );
        const test = signFlipTest(sums, seededRandom(1));
        expect(found).toMatchObject({
          difference: spread.mean,
          standardError: spread.standardError,
          units: spread.clusters,
          p: test.p,
          pKind: test.kind,
        });
      }),
      { numRuns: 100 },
    );
  });
});
