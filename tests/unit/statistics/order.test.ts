import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outcomeStates } from "../../../electron/contract/attempt.ts";
import { denominatorPolicies } from "../../../electron/contract/values.ts";
import { alphaAgreement, kappaAgreement } from "../../../electron/statistics/agreement.ts";
import { breakdown } from "../../../electron/statistics/breakdown.ts";
import { clusteredMean } from "../../../electron/statistics/clustered-mean.ts";
import { type CountedAttempt, defaultSolveRule } from "../../../electron/statistics/denominator.ts";
import { holm } from "../../../electron/statistics/holm.ts";
import { bootstrapHorizons } from "../../../electron/statistics/horizon/bootstrap.ts";
import {
  doublingTime,
  doublingTimeInterval,
  stateOfTheArt,
} from "../../../electron/statistics/horizon/doubling-time.ts";
import type { HorizonAttempt } from "../../../electron/statistics/horizon/horizon-attempt.ts";
import { horizonBand, horizonInterval } from "../../../electron/statistics/horizon/horizon-interval.ts";
import { timeHorizon } from "../../../electron/statistics/horizon/time-horizon.ts";
import { ledgerOf } from "../../../electron/statistics/ledger.ts";
import { meanScore } from "../../../electron/statistics/mean-score.ts";
import { pairedDifference } from "../../../electron/statistics/paired-difference.ts";
import { adjusted, pairwise } from "../../../electron/statistics/pairwise.ts";
import { passCurve } from "../../../electron/statistics/pass-curve.ts";
import { seededRandom } from "../../../electron/statistics/seeded-random.ts";
import { rateOfTallies, solveRate } from "../../../electron/statistics/solve-rate.ts";
import { spending } from "../../../electron/statistics/spending.ts";
import { mergeTallies, tallyTasks } from "../../../electron/statistics/task-tally.ts";
import { trend } from "../../../electron/statistics/trend.ts";
import { varianceParts } from "../../../electron/statistics/variance-parts.ts";
import { attempt, curveOf, spentTasks, tallied } from "./attempts.ts";

/** `toEqual` tells 0.1 + 0.2 from 0.3 and 0 from −0: what is equal here is equal to the last bit. */

type Row = CountedAttempt & { readonly spent: number | null };

const anyRow: fc.Arbitrary<Row> = fc.record({
  task: fc.constantFrom("a", "b", "c", "d", "e", "f", "g"),
  cluster: fc.constantFrom(null, "x", "y", "z"),
  epoch: fc.integer({ min: 1, max: 9 }),
  outcome: fc.constantFrom(...outcomeStates, "scored" as const, "scored" as const),
  score: fc.oneof(fc.constantFrom(null, 0, 1, Number.NaN), fc.double({ min: 0, max: 1, noNaN: true })),
  spent: fc.oneof(fc.constant(null), fc.double({ min: 1e-9, max: 1e9, noNaN: true })),
});

/** A list and the same list in another order. */
function twoOrders<T>(one: fc.Arbitrary<T>, maxLength = 40): fc.Arbitrary<[T[], T[]]> {
  return fc
    .array(one, { maxLength })
    .chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
}

const categories = new Map([
  ["a", "web"],
  ["b", "web"],
  ["c", "crypto"],
]);

const everything = (rows: readonly Row[], unit: "task" | "cluster") => {
  const rule = { direction: "higher", threshold: 0.5 } as const;
  const spent = rows.map((row) => ({
    task: row.task,
    solved: row.score !== null && row.score >= 0.5,
    spent: row.spent,
  }));
  return {
    ledger: ledgerOf(rows, rule),
    byPolicy: denominatorPolicies.map((policy) => ({
      rate: solveRate(rows, { policy, rule, unit }),
      score: meanScore(rows, { policy, unit }),
      curve: passCurve(tallyTasks(rows, policy, rule), { unit }),
      all: passCurve(tallyTasks(rows, policy, rule), { unit, kind: "all", ks: [1, 2, 3] }),
      parts: varianceParts(tallyTasks(rows, policy, rule), unit),
    })),
    groups: breakdown(tallied(rows, rule), (task) => categories.get(task) ?? null, { unit, together: 2 }),
    spending: spending(spentTasks(spent), { unit }),
    budget: curveOf(spent),
  };
};

describe("no order changes a number, to the last bit", () => {
  it("of attempts: rates, scores, curves, groups, spending, ledger", () => {
    fc.assert(
      fc.property(twoOrders(anyRow), fc.constantFrom("task" as const, "cluster" as const), ([rows, other], unit) => {
        expect(everything(other, unit)).toEqual(everything(rows, unit));
      }),
      { numRuns: 150 },
    );
  });

  it("of epochs: numbering them otherwise changes nothing", () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 30 }), (rows) => {
        const renumbered = rows.map((row) => ({ ...row, epoch: 10 - row.epoch }));
        expect(everything(renumbered, "task")).toEqual(everything(rows, "task"));
      }),
      { numRuns: 40 },
    );
  });

  it("of imports: runs merged in any order, and merged or counted at once", () => {
    fc.assert(
      fc.property(twoOrders(fc.array(anyRow, { maxLength: 12 }), 5), ([runs, other]) => {
        const tallied = (list: readonly (readonly Row[])[]) =>
          rateOfTallies(
            mergeTallies(
              list.map((run) =>
                tallyTasks(
                  run,
                  denominatorPolicies[0] ?? { errors: "left-out", invalidated: "left-out" },
                  defaultSolveRule,
                ),
              ),
            ),
            { unit: "cluster" },
          );
        expect(tallied(other)).toEqual(tallied(runs));
        expect(solveRate(runs.flat(), { unit: "cluster" })).toMatchObject(tallied(runs));
      }),
      { numRuns: 60 },
    );
  });

  it("of paired differences and of all pairs; swapping the two changes signs alone", () => {
    fc.assert(
      fc.property(
        twoOrders(anyRow, 60),
        twoOrders(anyRow, 60),
        fc.constantFrom("task" as const, "cluster" as const),
        ([a, otherA], [b, otherB], unit) => {
          const options = { unit };
          const rule = { direction: "higher", threshold: 0.5 } as const;
          const [first, second] = [tallied(a, rule), tallied(b, rule)];
          const forward = pairedDifference(first, second, seededRandom(4), options);
          const others = [tallied(otherA, rule).toReversed(), tallied(otherB, rule).toReversed()] as const;
          expect(pairedDifference(...others, seededRandom(4), options)).toEqual(forward);
          const back = pairedDifference(second, first, seededRandom(4), options);
          expect(back).toMatchObject({
            p: forward.p,
            standardError: forward.standardError,
            mcnemar: forward.mcnemar,
            units: forward.units,
          });
          expect((back.difference ?? 0) + (forward.difference ?? 0)).toBe(0);
          const versions = [
            ["a", first],
            ["b", second],
            ["c", others[0]],
          ] as const;
          const start = () => seededRandom(4);
          const pairs = (list: readonly (typeof versions)[number][]) =>
            adjusted(pairwise(new Map(list), start, { ...options, baseline: "a" }));
          const [listed, reversed] = [pairs(versions), pairs([versions[0], versions[2], versions[1]])];
          expect(reversed.toReversed()).toEqual(listed);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("of differences that are drawn from: beyond 16 tasks that moved", () => {
    const rows = (from: number) =>
      tallied(
        Array.from({ length: 60 }, (_, i) =>
          attempt(`t${String(i % 30)}`, { epoch: Math.floor(i / 30), score: (i * i + from) % 3 === 0 ? 1 : 0 }),
        ),
      );
    const forward = pairedDifference(rows(0), rows(1), seededRandom(4));
    expect(forward.units).toBe(30);
    expect(pairedDifference(rows(0).toReversed(), rows(1).toReversed(), seededRandom(4))).toEqual(forward);
    expect(pairedDifference(rows(1), rows(0), seededRandom(4)).p).toBe(forward.p);
  });

  it("of clustered values of any size", () => {
    const value = fc.record({
      value: fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      cluster: fc.constantFrom("a", "b", "c"),
    });
    fc.assert(
      fc.property(twoOrders(value), ([values, other]) => {
        if (values.length > 0) expect(clusteredMean(other)).toEqual(clusteredMean(values));
      }),
    );
  });

  it("of points of a trend, of p-values under Holm", () => {
    const point = fc.record({
      at: fc.integer({ min: 0, max: 4_000 }),
      value: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(twoOrders(point, 12), ([points, other]) => {
        expect(trend(other)).toEqual(trend(points));
      }),
    );
    fc.assert(
      fc.property(twoOrders(fc.constantFrom(0.001, 0.01, 0.01, 0.04, 0.5), 8), ([values, other]) => {
        const byValue = (ps: number[]) =>
          ps.map((p, i) => [p, holm(ps)[i] ?? Number.NaN] as const).toSorted(([p], [q]) => p - q);
        expect(byValue(other)).toEqual(byValue(values));
      }),
    );
  });

  it("of items, of reviewers' judgements of an item: alpha, kappa and their intervals", () => {
    const item = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });
    fc.assert(
      fc.property(
        twoOrders(item, 15),
        fc.constantFrom("nominal" as const, "ordinal" as const, "interval" as const),
        ([items, other], metric) => {
          const agreement = (list: number[][]) => alphaAgreement(list, metric, seededRandom(2), { draws: 40 });
          expect(agreement(other.map((values) => values.toReversed()))).toEqual(agreement(items));
        },
      ),
      { numRuns: 60 },
    );
    const pair = fc.tuple(fc.constantFrom("x", "y", "z"), fc.constantFrom("x", "y", "z"));
    fc.assert(
      fc.property(twoOrders(pair, 15), ([pairs, other]) => {
        const agreement = (list: [string, string][]) => kappaAgreement(list, seededRandom(2), { draws: 40 });
        expect(agreement(other)).toEqual(agreement(pairs));
      }),
      { numRuns: 60 },
    );
  });

  it("of attempts and of models in a time horizon, its interval, band and doubling time", () => {
    const anyAttempt: fc.Arbitrary<HorizonAttempt> = fc.record({
      task: fc.constantFrom("a", "b", "c", "d", "e", "f"),
      family: fc.constantFrom(null, "x", "y"),
      minutes: fc.constantFrom(1, 3, 10, 30, 100),
      score: fc.constantFrom(0, 0, 0.3, 1, 1),
    });
    const numbersOf = (models: ReadonlyMap<string, readonly HorizonAttempt[]>) => {
      const draws = bootstrapHorizons(models, seededRandom(3), { draws: 25 });
      const names = [...models.keys()].toSorted();
      const fits = names.map((name) => timeHorizon(models.get(name) ?? []));
      const dated = names.flatMap((name, i) => {
        const fit = fits[i];
        return fit?.estimable === true
          ? [{ model: name, released: 100 * i, minutes: fit.horizons[0]?.minutes ?? 0 }]
          : [];
      });
      return {
        fits,
        draws: names.map((name) => draws.get(name)),
        intervals: names.map((name) => horizonInterval(draws.get(name) ?? [], 0.5, models.get(name) ?? [])),
        bands: names.map((name) => horizonBand(draws.get(name) ?? [], [1, 10])),
        doubling: [doublingTime(stateOfTheArt(dated)), doublingTimeInterval(dated, draws)],
      };
    };
    fc.assert(
      fc.property(twoOrders(anyAttempt, 25), twoOrders(anyAttempt, 25), ([a, otherA], [b, otherB]) => {
        const inOrder = numbersOf(
          new Map([
            ["a", a],
            ["b", b],
            ["c", [...a, ...b]],
          ]),
        );
        const shuffled = numbersOf(
          new Map([
            ["c", [...otherB, ...otherA]],
            ["b", otherB],
            ["a", otherA],
          ]),
        );
        expect(shuffled).toEqual(inOrder);
      }),
      { numRuns: 40 },
    );
  });
});
