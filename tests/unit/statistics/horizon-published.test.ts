import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fitLogistic, meanLogLoss } from "../../../electron/statistics/horizon/logistic-fit.ts";
import {
  averageScore,
  binnedRates,
  mcFaddenR2,
  outcomesByTime,
} from "../../../electron/statistics/horizon/outcomes.ts";
import { horizonMinutes } from "../../../electron/statistics/horizon/time-horizon.ts";

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
});
