import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { betaPosteriorBounds } from "../../../electron/statistics/beta-posterior.ts";
import { clopperPearsonBounds } from "../../../electron/statistics/clopper-pearson.ts";
import { clusteredMean } from "../../../electron/statistics/clustered-mean.ts";
import type { CountedAttempt } from "../../../electron/statistics/denominator.ts";
import { pairedDifference } from "../../../electron/statistics/paired-difference.ts";
import { mcnemarExact } from "../../../electron/statistics/mcnemar.ts";
import { passAtK } from "../../../electron/statistics/pass-at-k.ts";
import { passHatK } from "../../../electron/statistics/pass-hat-k.ts";
import { solveRate } from "../../../electron/statistics/solve-rate.ts";
import { wilsonBounds } from "../../../electron/statistics/wilson.ts";
import { attempt, seeded, tallied } from "./attempts.ts";

const folder = new URL("../../../../shared/published/", import.meta.url);
const checksFile = new URL("expected_checks.json", folder);
const cybenchFile = new URL("cybench/unguided_iterations_7models.csv", folder);

const pairSchema = z.tuple([z.number(), z.number()]);
const countSchema = z.object({
  x: z.number(),
  n: z.number(),
  p: z.number(),
  wilson95: pairSchema,
  clopper_pearson95: pairSchema,
  jeffreys95: pairSchema,
  uniform_beta95: pairSchema,
  sample_se: z.number(),
});
const pairedSchema = z.object({
  diff: z.number(),
  se_paired: z.number(),
  corr: z.number(),
  discordant_a0b1: z.number(),
  discordant_a1b0: z.number(),
  mcnemar_exact_p: z.number(),
});
const checksSchema = z.object({
  cybench_unguided: z.record(z.string(), countSchema),
  intervals_edge: z.record(z.string(), countSchema),
  paired: z.record(z.string(), pairedSchema),
  pass_at_k: z.record(z.string(), z.number()),
  pass_hat_k: z.record(z.string(), z.number()),
  inspect_threecb_gpt4o: z.object({ se_ddof0: z.number(), se_ddof1: z.number() }),
});

const trialsOf = (key: string): [number, number, number] => {
  const [n = 0, c = 0, k = 0] = [...key.matchAll(/\d+/g)].map((match) => Number(match[0]));
  return [n, c, k];
};

describe.skipIf(!existsSync(checksFile))("published values (needs ../shared)", () => {
  const checks = existsSync(checksFile) ? checksSchema.parse(JSON.parse(readFileSync(checksFile, "utf8"))) : null;

  const runOf = (model: string): CountedAttempt[] => {
    const rows = z.array(z.record(z.string(), z.string())).parse(parse(readFileSync(cybenchFile), { columns: true }));
    return rows.map((row) => attempt(row.task ?? "", { score: row[model] === "" ? 0 : 1 }));
  };

  it("Wilson, Clopper–Pearson, Jeffreys, uniform and standard error of every count", () => {
    const counts = Object.values({ ...checks?.cybench_unguided, ...checks?.intervals_edge });
    expect(counts).toHaveLength(11);
    for (const { x, n, wilson95, clopper_pearson95, jeffreys95, uniform_beta95, sample_se } of counts) {
      expect(betaPosteriorBounds(x, n, "jeffreys").low).toBeCloseTo(jeffreys95[0], 9);
      expect(betaPosteriorBounds(x, n, "jeffreys").high).toBeCloseTo(jeffreys95[1], 9);
      expect(betaPosteriorBounds(x, n, "uniform").low).toBeCloseTo(uniform_beta95[0], 9);
      expect(betaPosteriorBounds(x, n, "uniform").high).toBeCloseTo(uniform_beta95[1], 9);
      const values = Array.from({ length: n }, (_, i) => ({ value: i < x ? 1 : 0, cluster: String(i) }));
      expect(clusteredMean(values).standardError).toBeCloseTo(sample_se, 12);
      expect(wilsonBounds(x, n).low).toBeCloseTo(wilson95[0], 12);
      expect(wilsonBounds(x, n).high).toBeCloseTo(wilson95[1], 12);
      expect(clopperPearsonBounds(x, n).low).toBeCloseTo(clopper_pearson95[0], 9);
      expect(clopperPearsonBounds(x, n).high).toBeCloseTo(clopper_pearson95[1], 9);
    }
  });

  it("Cybench: seven models' counts and rates from the 40 tasks", () => {
    const models = Object.entries(checks?.cybench_unguided ?? {});
    expect(models).toHaveLength(7);
    for (const [model, published] of models) {
      const result = solveRate(runOf(model));
      expect(result).toMatchObject({ n: 40, solved: published.x, rate: published.p });
      expect(result.interval?.low).toBeCloseTo(published.wilson95[0], 12);
    }
  });

  it("Cybench: GPT-4o against Claude 3.5 Sonnet, paired", () => {
    const published = checks?.paired["cybench GPT-4o (a) vs Claude 3.5 Sonnet (b)"];
    const result = pairedDifference(tallied(runOf("GPT-4o")), tallied(runOf("Claude 3.5 Sonnet")), seeded(1));
    expect(result.difference).toBeCloseTo(published?.diff ?? Number.NaN, 14);
    expect(result.standardError).toBeCloseTo(published?.se_paired ?? Number.NaN, 14);
    expect(result.correlation).toBeCloseTo(published?.corr ?? Number.NaN, 12);
    expect(result.mcnemar).toBeCloseTo(0.625, 14);
    expect(result.p).toBe(0.625);
    expect([result.onlySecond.length, result.onlyFirst.length]).toEqual([3, 1]);
  });

  it("McNemar of every published pair", () => {
    for (const pair of Object.values(checks?.paired ?? {})) {
      const p = mcnemarExact(pair.discordant_a0b1, pair.discordant_a1b0);
      expect(p / pair.mcnemar_exact_p).toBeCloseTo(1, 6);
    }
  });

  it("pass@k and pass^k", () => {
    for (const [key, value] of Object.entries(checks?.pass_at_k ?? {})) {
      expect(passAtK(...trialsOf(key))).toBeCloseTo(value, 12);
    }
    for (const [key, value] of Object.entries(checks?.pass_hat_k ?? {})) {
      expect(passHatK(...trialsOf(key))).toBeCloseTo(value, 12);
    }
  });

  it("standard error of 9 of 11, as inspect_evals' 3CB has it: with n − 1, where the published figure divides by n", () => {
    const { standardError } = clusteredMean(
      Array.from({ length: 11 }, (_, i) => ({ value: i < 9 ? 1 : 0, cluster: String(i) })),
    );
    const published = checks?.inspect_threecb_gpt4o;
    expect(standardError).toBeCloseTo(published?.se_ddof1 ?? Number.NaN, 12);
    expect((standardError ?? 0) * Math.sqrt(10 / 11)).toBeCloseTo(published?.se_ddof0 ?? Number.NaN, 12);
  });

  it("clustered error over the task families of cth-2025: the paper's double sum, and wider than over tasks", () => {
    const runSchema = z.object({
      task_id: z.string(),
      task_family: z.string(),
      alias: z.string(),
      score_binarized: z.number(),
    });
    const runs = readFileSync(new URL("cth-2025/all_runs.jsonl", folder), "utf8")
      .trim()
      .split("\n")
      .map((line) => runSchema.parse(JSON.parse(line)));
    const models = [...new Set(runs.map(({ alias }) => alias))];
    expect(models).toHaveLength(9);
    for (const model of models) {
      const own = runs.filter(({ alias }) => alias === model);
      const values = own.map((one) => ({ value: one.score_binarized, cluster: one.task_family }));
      const { mean, standardError, clusters } = clusteredMean(values);
      // arXiv:2411.00640: (1/n²) (Σ (s_i − m)² + Σ_c Σ_i Σ_{j≠i} (s_ic − m)(s_jc − m)), times C / (C − 1) as in inspect_ai.
      let sum = 0;
      for (const a of values) {
        for (const b of values) if (a.cluster === b.cluster) sum += (a.value - mean) * (b.value - mean);
      }
      const expected = Math.sqrt(((sum / values.length ** 2) * clusters) / (clusters - 1));
      if (sum > 0) expect((standardError ?? 0) / expected).toBeCloseTo(1, 9);
      const alone = clusteredMean(values.map(({ value }, place) => ({ value, cluster: String(place) })));
      if (mean > 0.1) expect(standardError).toBeGreaterThan(2 * (alone.standardError ?? 0));
    }
  });
});
