import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { bootstrapHorizons } from "../../../electron/statistics/horizon/bootstrap.ts";
import { doublingTime, stateOfTheArt } from "../../../electron/statistics/horizon/doubling-time.ts";
import { horizonInterval } from "../../../electron/statistics/horizon/horizon-interval.ts";
import { fitLogistic, meanLogLoss } from "../../../electron/statistics/horizon/logistic-fit.ts";
import {
  averageScore,
  binnedRates,
  mcFaddenR2,
  outcomesByTime,
} from "../../../electron/statistics/horizon/outcomes.ts";
import {
  horizonMinutes,
  metrMethodBefore2026March,
  timeHorizon,
} from "../../../electron/statistics/horizon/time-horizon.ts";
import { horizonWeights } from "../../../electron/statistics/horizon/weights.ts";
import { seededRandom } from "../../../electron/statistics/seeded-random.ts";

const folder = new URL("../../../../shared/published/cth-2025/", import.meta.url);
const runsFile = new URL("all_runs.jsonl", folder);

const runSchema = z.object({
  task_id: z.string(),
  task_family: z.string(),
  alias: z.string(),
  score_binarized: z.number(),
  human_minutes: z.number(),
  weight: z.number(),
  equal_task_weight: z.number(),
  invsqrt_task_weight: z.number(),
});

function tableOf(name: string): Map<string, Record<string, string>> {
  const rows = z
    .array(z.record(z.string(), z.string()))
    .parse(parse(readFileSync(new URL(name, folder)), { columns: true }));
  return new Map(rows.map((row) => [row.agent ?? "", row]));
}

/** Relative to what is expected, or absolute where that is below 1. */
function expectNear(value: number | null, expected: string | undefined, tolerance: number): void {
  const wanted = Number(expected);
  expect(Number.isFinite(wanted)).toBe(true);
  expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)));
}

const metrFolder = new URL("../metr/", folder);

describe.skipIf(!existsSync(runsFile))("published time horizons of nine models, cth-2025 (needs ../shared)", () => {
  const runs = existsSync(runsFile)
    ? readFileSync(runsFile, "utf8")
        .trim()
        .split("\n")
        .map((line) => runSchema.parse(JSON.parse(line)))
    : [];
  const models = [...new Set(runs.map((run) => run.alias))].toSorted();
  const attemptsOf = (model: string) =>
    runs
      .filter((run) => run.alias === model)
      .map((run) => ({
        task: run.task_id,
        family: run.task_family,
        minutes: run.human_minutes,
        score: run.score_binarized,
        run,
      }));

  it("reads 4,721 runs of nine models", () => {
    expect(runs).toHaveLength(4721);
    expect(models).toHaveLength(9);
  });

  it.each(models)("%s", (model) => {
    const attempts = attemptsOf(model);
    const outcomes = outcomesByTime(
      attempts,
      attempts.map(({ run }) => run.weight),
    );
    const fit = fitLogistic(outcomes, 0.1);
    if (fit === null) throw new Error("no fit");
    const exact = tableOf("exact_optimum.csv").get(model);
    expectNear(fit.slope, exact?.exact_coefficient, 1e-9);
    expectNear(fit.intercept, exact?.exact_intercept, 1e-9);
    expectNear(horizonMinutes(fit, 0.5), exact?.exact_p50, 1e-9);
    expectNear(horizonMinutes(fit, 0.8), exact?.exact_p80, 1e-9);
    // scikit-learn stopped early: see the tolerances of the method's notes.
    const published = tableOf("logistic_fits.csv").get(model);
    expectNear(fit.slope, published?.coefficient, 2e-3);
    expectNear(fit.intercept, published?.intercept, 4e-3);
    expectNear(horizonMinutes(fit, 0.5) / Number(published?.p50), "1", 2e-3);
    expectNear(meanLogLoss(outcomes, fit), published?.bce_loss, 5e-5);
    expectNear(mcFaddenR2(outcomes, fit), published?.r_squared, 2e-4);
    expectNear(averageScore(outcomes), published?.average, 1e-6);
    for (const bin of binnedRates(outcomes).slice(0, 5)) {
      const cell = published?.[`${String(bin.from)}-${String(bin.to)} min`];
      expectNear(bin.rate, cell, 1e-6);
    }
  });

  it("weights are those published, where they add up to 1 for the model", () => {
    // The file's weights are of all 525 tasks with one run each; the other models lack some, or have some twice.
    const whole = models.filter((model) => {
      const tasks = attemptsOf(model).map(({ task }) => task);
      return tasks.length === 525 && new Set(tasks).size === 525;
    });
    expect(whole.length).toBeGreaterThan(2);
    for (const model of whole) {
      const attempts = attemptsOf(model);
      const equal = horizonWeights(attempts, "equal-task");
      const byFamily = horizonWeights(attempts, "inverse-sqrt-family");
      // 1 / √F was left as it is: its ratios can be compared.
      const scale = (attempts[0]?.run.invsqrt_task_weight ?? Number.NaN) / (byFamily[0] ?? Number.NaN);
      attempts.forEach(({ run }, i) => {
        expect(equal[i]).toBeCloseTo(run.equal_task_weight, 12);
        expect((byFamily[i] ?? Number.NaN) * scale).toBeCloseTo(run.invsqrt_task_weight, 9);
      });
    }
  });

  it("bootstrap intervals hold the published horizon and are finite, models in step with each other", () => {
    const three = ["GPT 3", "O3", "Gemini 2.5 Pro (June 2025)"];
    const sample = new Map(three.map((model) => [model, attemptsOf(model)]));
    const draws = bootstrapHorizons(sample, seededRandom(1), { draws: 200, method: metrMethodBefore2026March });
    for (const model of three) {
      const attempts = attemptsOf(model);
      const own = timeHorizon(attempts, metrMethodBefore2026March);
      const interval = horizonInterval(draws.get(model) ?? [], 0.5, attempts);
      const minutes = own.estimable ? own.horizons[0]?.minutes : undefined;
      expect(interval?.low).toBeLessThan(minutes ?? Number.NaN);
      expect(interval?.high).toBeGreaterThan(minutes ?? Number.NaN);
      const published = Number(tableOf("logistic_fits.csv").get(model)?.p50);
      expect(interval?.low).toBeLessThan(published);
      expect(interval?.high).toBeGreaterThan(published);
    }
  });
});

describe.skipIf(!existsSync(metrFolder))("METR's published doubling times (needs ../shared)", () => {
  const rowsOf = (name: string) => {
    const file = new URL(name, metrFolder);
    if (!existsSync(file)) return [];
    return z.array(z.record(z.string(), z.string())).parse(parse(readFileSync(file), { columns: true }));
  };
  const horizons = rowsOf("published_horizons.csv").map((row) => ({
    vintage: row.vintage ?? "",
    model: row.model ?? "",
    released: Date.parse(row.release_date ?? "") / 86_400_000,
    minutes: Number(row.p50_min),
    low: Number(row.p50_ci_low),
    high: Number(row.p50_ci_high),
    isBest: row.is_sota === "True",
  }));
  const vintages = [...new Set(horizons.map(({ vintage }) => vintage))];
  const from2023 = Date.parse("2023-01-01") / 86_400_000;

  it("finds the models that were the best at their time in all five vintages", () => {
    expect(vintages).toHaveLength(5);
    expect(horizons).toHaveLength(120);
    for (const vintage of vintages) {
      const models = horizons.filter((row) => row.vintage === vintage);
      expect(stateOfTheArt(models)).toEqual(models.filter(({ isBest }) => isBest));
    }
  });

  it("reproduces every doubling time that its own horizons reproduce, within its published interval", () => {
    const published = rowsOf("published_doubling_times.csv");
    expect(published).toHaveLength(10);
    for (const row of published) {
      const ofVintage = horizons.filter(({ vintage }) => vintage === row.vintage);
      const late = row.quantity?.startsWith("from_2023_on") === true;
      const result = doublingTime(
        stateOfTheArt(late ? ofVintage.filter(({ released }) => released >= from2023) : ofVintage),
      );
      if (!result.estimable) throw new Error(result.reason);
      expect(result.days).toBeCloseTo(Number(row.reproduced_from_published_p50), 3);
      if (row.ci_low === "" || row.ci_low === undefined) continue;
      expect(result.days).toBeGreaterThan(Number(row.ci_low));
      expect(result.days).toBeLessThan(Number(row.ci_high));
      expect(result.days).toBeCloseTo(Number(row.point_days), 3);
    }
  });
});
