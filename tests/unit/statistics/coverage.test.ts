import { describe, expect, it } from "vitest";
import { alphaAgreement, kappaAgreement } from "../../../electron/statistics/agreement.ts";
import { clopperPearsonBounds } from "../../../electron/statistics/clopper-pearson.ts";
import { clusteredMean, clusterTBounds } from "../../../electron/statistics/clustered-mean.ts";
import { bootstrapHorizons } from "../../../electron/statistics/horizon/bootstrap.ts";
import { horizonInterval } from "../../../electron/statistics/horizon/horizon-interval.ts";
import type { Bounds } from "../../../electron/statistics/interval.ts";
import { pairedDifference } from "../../../electron/statistics/paired-difference.ts";
import { passCurve } from "../../../electron/statistics/pass-curve.ts";
import { type Random, seededRandom } from "../../../electron/statistics/seeded-random.ts";
import { signFlipTest } from "../../../electron/statistics/sign-flip.ts";
import { rateOfTallies } from "../../../electron/statistics/solve-rate.ts";
import { wilsonBounds } from "../../../electron/statistics/wilson.ts";
import { attempt, tallied } from "./attempts.ts";

const sizes = [13, 25, 40, 100, 250, 500] as const;

function holds(bounds: Bounds | null | undefined, truth: number): boolean {
  return bounds !== null && bounds !== undefined && bounds.low <= truth && truth <= bounds.high;
}

/** Share of rounds in which something held. */
function share(rounds: number, held: (round: number) => boolean): number {
  let count = 0;
  for (let round = 0; round < rounds; round += 1) if (held(round)) count += 1;
  return count / rounds;
}

function expectNominal(covered: number): void {
  expect(covered).toBeGreaterThanOrEqual(0.93);
  expect(covered).toBeLessThanOrEqual(0.97);
}

function binomial(n: number, p: number, random: Random): number {
  let x = 0;
  for (let i = 0; i < n; i += 1) if (random() < p) x += 1;
  return x;
}

/** P(X = x), x = 0 … n, of a binomial, by its logarithm so that nothing underflows on the way. */
function binomialWeights(n: number, p: number): number[] {
  let log = n * Math.log1p(-p);
  return Array.from({ length: n + 1 }, (_, x) => {
    if (x > 0) log += Math.log((n - x + 1) / x) + Math.log(p / (1 - p));
    return Math.exp(log);
  });
}

/** The exact chance that an interval of n trials holds p. */
function exactCoverage(bounds: readonly Bounds[], p: number): number {
  return binomialWeights(bounds.length - 1, p).reduce((sum, weight, x) => sum + (holds(bounds[x], p) ? weight : 0), 0);
}

const rates = Array.from({ length: 199 }, (_, i) => (i + 1) / 200);

describe.each(sizes)("coverage of intervals at level 0.95, n = %i", (n) => {
  const counts = Array.from({ length: n + 1 }, (_, x) => x);
  const wilson = counts.map((x) => wilsonBounds(x, n));
  const exact = counts.map((x) => clopperPearsonBounds(x, n));

  it("Wilson: 93–97 % averaged over rates, simulated", () => {
    const random = seededRandom(n);
    expectNominal(
      share(4_000, () => {
        const p = random();
        return holds(wilson[binomial(n, p, random)], p);
      }),
    );
  });

  it("Wilson: 94–96 % averaged over rates, counted out", () => {
    const mean = rates.reduce((sum, p) => sum + exactCoverage(wilson, p), 0) / rates.length;
    expect(Math.abs(mean - 0.95)).toBeLessThan(0.01);
  });

  it("Clopper–Pearson: at least 95 % at every rate, counted out, and simulated", () => {
    for (const p of rates) expect(exactCoverage(exact, p)).toBeGreaterThanOrEqual(0.95);
    const random = seededRandom(n + 1);
    const covered = share(4_000, () => {
      const p = random();
      return holds(exact[binomial(n, p, random)], p);
    });
    expect(covered).toBeGreaterThan(0.945);
  });

  it("cluster t of tasks with three epochs: 93–97 %, where attempts as units would not be", () => {
    const random = seededRandom(n + 2);
    const rounds = n > 200 ? 1_000 : 2_000;
    let naive = 0;
    const covered = share(rounds, () => {
      const tallies = Array.from({ length: n }, (_, i) => {
        // A task's true rate is 0.1 or 0.9 or between: the population mean is 0.5.
        const truth = [0.1, 0.9, 0.5][Math.floor(random() * 3)] ?? 0.5;
        return { task: String(i), cluster: null, n: 3, solved: binomial(3, truth, random) };
      });
      const rate = rateOfTallies(tallies);
      if (holds(wilsonBounds(rate.solved, rate.n), 0.5)) naive += 1;
      return holds(rate.interval, 0.5);
    });
    expectNominal(covered);
    expect(naive / rounds).toBeLessThan(0.93);
  });
});

describe("coverage of what is clustered, paired or curved", () => {
  it.each([12, 40, 120])(
    "cluster t over %i families of three tasks: 0.93 to 0.97, and tasks as units cover less",
    (families) => {
      const random = seededRandom(families);
      const rounds = families > 100 ? 800 : 1_500;
      let naive = 0;
      const covered = share(rounds, () => {
        const values = Array.from({ length: families }, (_, family) => {
          const truth = 0.1 + 0.8 * random();
          return [1, 2, 3].map(() => ({ value: binomial(4, truth, random) / 4, cluster: String(family) }));
        }).flat();
        const alone = values.map((value, i) => ({ ...value, cluster: String(i) }));
        if (holds(clusterTBounds(clusteredMean(alone)), 0.5)) naive += 1;
        return holds(clusterTBounds(clusteredMean(values)), 0.5);
      });
      expectNominal(covered);
      expect(naive / rounds).toBeLessThan(0.93);
    },
  );

  it.each([40, 100, 500])("pass@3 of five epochs over %i tasks: 0.93 to 0.97", (tasks) => {
    const random = seededRandom(tasks);
    expectNominal(
      share(tasks > 200 ? 800 : 2_000, () => {
        const tallies = Array.from({ length: tasks }, (_, i) => ({
          task: String(i),
          cluster: null,
          n: 5,
          solved: binomial(5, random(), random),
        }));
        // Rates are uniform on [0, 1]: E[1 − (1 − p)³] = 3/4.
        return holds(passCurve(tallies, { ks: [3] })[0]?.interval, 0.75);
      }),
    );
  });

  it("paired difference on 40 tasks: 93–97 %", () => {
    const random = seededRandom(5);
    expectNominal(
      share(500, () => {
        const hard = Array.from({ length: 40 }, () => random());
        const run = (gain: number) =>
          hard.flatMap((p, i) =>
            [1, 2].map((epoch) => attempt(String(i), { epoch, score: random() < 0.8 * p + gain ? 1 : 0 })),
          );
        const [first, second] = [run(0), run(0.15)];
        return holds(pairedDifference(tallied(first), tallied(second), () => 0.5).interval, 0.15);
      }),
    );
  });

  it("the sign-flip test calls equals different in no more than 5 %", () => {
    const random = seededRandom(6);
    const called = share(3_000, () => {
      const differences = Array.from({ length: 12 }, () => Math.floor(random() * 5) / 2 - 1);
      return signFlipTest(differences, random).p <= 0.05;
    });
    expect(called).toBeLessThan(0.055);
    expect(called).toBeGreaterThan(0.01);
  });

  /** Two reviewers who each see the truth 8 times in 10; both labels as frequent: agreement 0.68, by chance 0.5. */
  function twoReviewers(items: number, random: Random): (readonly [number, number])[] {
    const seen = (truth: number): number => (random() < 0.8 ? truth : 1 - truth);
    return Array.from({ length: items }, () => {
      const truth = random() < 0.5 ? 0 : 1;
      return [seen(truth), seen(truth)] as const;
    });
  }

  it("bootstrap of kappa over 120 items: 92–97 %", () => {
    const random = seededRandom(8);
    const covered = share(1_000, () => {
      const pairs = twoReviewers(120, random).map(([a, b]) => [String(a), String(b)] as const);
      return holds(kappaAgreement(pairs, random, { draws: 250 }).interval, 0.36);
    });
    expect(covered).toBeGreaterThanOrEqual(0.92);
    expect(covered).toBeLessThanOrEqual(0.97);
  });

  it("bootstrap of alpha over 120 items: 92–97 %", () => {
    const random = seededRandom(11);
    const covered = share(600, () =>
      holds(alphaAgreement(twoReviewers(120, random), "nominal", random, { draws: 250 }).interval, 0.36),
    );
    expect(covered).toBeGreaterThanOrEqual(0.92);
    expect(covered).toBeLessThanOrEqual(0.97);
  });

  /** Whether an interval of a horizon that is 32 minutes in truth holds it; `shift` moves a family's tasks in log2 minutes. */
  function horizonHeld(families: number, tasks: number, shift: number, random: Random): boolean {
    const rows = Array.from({ length: families }, (_, family) => {
      const harder = shift * (random() - 0.5);
      return Array.from({ length: tasks }, (__, task) => {
        const x = 10 * random();
        const chance = 1 / (1 + Math.exp(0.6 * (x + harder - 5)));
        return {
          task: `${String(family)}-${String(task)}`,
          family: tasks === 1 ? null : String(family),
          minutes: 2 ** x,
          score: random() < chance ? 1 : 0,
        };
      });
    }).flat();
    const draws = bootstrapHorizons(new Map([["m", rows]]), random, { draws: 150 }).get("m") ?? [];
    const interval = horizonInterval(draws, 0.5, rows);
    return interval !== null && interval.low <= 32 && (interval.high ?? Number.POSITIVE_INFINITY) >= 32;
  }

  it("bootstrap of the time horizon over 80 tasks: 91–99 %", () => {
    const random = seededRandom(9);
    const covered = share(200, () => horizonHeld(80, 1, 0, random));
    expect(covered).toBeGreaterThanOrEqual(0.91);
    expect(covered).toBeLessThanOrEqual(0.99);
  });

  it("bootstrap of the time horizon over 30 families of three tasks that stand and fall together: at least 92 %", () => {
    const random = seededRandom(10);
    expect(share(200, () => horizonHeld(30, 3, 8, random))).toBeGreaterThanOrEqual(0.92);
  });
});
