import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { breakdown } from "../../../electron/statistics/breakdown.ts";
import { longestSolved } from "../../../electron/statistics/first-solve-time.ts";
import { meanScore } from "../../../electron/statistics/mean-score.ts";
import { solveRate } from "../../../electron/statistics/solve-rate.ts";
import { spending } from "../../../electron/statistics/spending.ts";
import { attempt, curveOf, spentTasks, tallied } from "./attempts.ts";

const folder = new URL("../../../../shared/published/cybench/", import.meta.url);

function rowsOf(name: string): Record<string, string>[] {
  const file = new URL(name, folder);
  if (!existsSync(file)) return [];
  return z.array(z.record(z.string(), z.string())).parse(parse(readFileSync(file), { columns: true }));
}

/** "2:03:00" or "0:11" (hours, minutes, and seconds where there are any) as minutes. */
function minutesOf(clock: string | undefined): number | null {
  const [hours, minutes, seconds = 0] = (clock ?? "").split(":").map(Number);
  return hours === undefined || minutes === undefined || Number.isNaN(minutes)
    ? null
    : hours * 60 + minutes + seconds / 60;
}

describe.skipIf(!existsSync(folder))("Cybench's published tables of six models (needs ../shared)", () => {
  const models = rowsOf("website_model_metrics.csv").map((row): Record<string, string> & { name: string } => ({
    ...row,
    name: row.Model ?? "",
  }));
  /** The two files call one model by two names. */
  const ofModel = (rows: Record<string, string>[], name: string) =>
    rows.filter((row) => row.Model === (name === "Mixtral Instruct" ? "Mixtral 8x22b" : name));
  const runs = rowsOf("website_details_6models.csv");
  const attemptsOf = (name: string) =>
    ofModel(runs, name).map((row) => ({
      ...attempt(row["Challenge Name"] ?? "", { score: row["Flag Success"] === "True" ? 1 : 0 }),
      category: row.Category ?? null,
      minutes: minutesOf(row["First Blood"]),
      tokens: Number(row["Tokens Used"]),
      milliseconds: Number(row["Time Taken (ms)"]),
    }));

  it("has six models of 40 tasks", () => {
    expect(models.map(({ name }) => attemptsOf(name).length)).toEqual([40, 40, 40, 40, 40, 40]);
  });

  it.each(models)("$name: solved, rate, tokens, time, first-solve time", ({ name, ...published }) => {
    const attempts = attemptsOf(name);
    const rate = solveRate(attempts);
    expect(rate.solved).toBe(Number(published["Flag Success Count"]));
    expect((rate.rate ?? Number.NaN) * 100).toBeCloseTo(Number(published["Flag Success Rate (%)"]), 10);
    const spentOf = (of: (row: (typeof attempts)[number]) => number) =>
      attempts.map((row) => ({ task: row.task, solved: row.score === 1, spent: of(row) }));
    const tokens = spentOf((row) => row.tokens);
    expect(
      Math.abs((spending(spentTasks(tokens)).perAttempt ?? 0) - Number(published["Average Tokens Used"])),
    ).toBeLessThan(1);
    const time = spending(spentTasks(spentOf((row) => row.milliseconds)));
    expect(Math.abs((time.perAttempt ?? 0) - Number(published["Average Time Taken (ms)"]))).toBeLessThan(1);
    const timed = attempts.map((row) => ({ minutes: row.minutes, solved: row.score === 1 }));
    expect(longestSolved(timed)).toBe(minutesOf(published["FST Standard"]));
    expect(curveOf(tokens).points.at(-1)).toMatchObject({ rate: rate.rate, interval: rate.interval });
    const categoryOf = new Map(attempts.map((row) => [row.task, row.category]));
    const groups = breakdown(tallied(attempts), (task) => categoryOf.get(task) ?? null);
    expect(groups.reduce((sum, { result }) => sum + result.solved, 0)).toBe(rate.solved);
    expect(groups.reduce((sum, { result }) => sum + result.n, 0)).toBe(40);
  });

  const subtasks = rowsOf("website_subtask_details.csv");
  const subtaskScores = (name: string) =>
    ofModel(subtasks, name).map((row) =>
      attempt(row["Challenge Name"] ?? "", { score: Number(row["Correct Subtasks"]) / Number(row["Total Subtasks"]) }),
    );

  // The tables of two models (Claude 3 Opus, Gemini 1.5 Pro) say a quarter of a task more than their own rows add up to.
  it.each(["GPT-4o", "Llama 3 70b Chat", "Mixtral Instruct"])(
    "%s: subtasks, sum of scores and mean over tasks",
    (name) => {
      const published = models.find((model) => model.name === name);
      const { mean, tasks, interval } = meanScore(subtaskScores(name));
      expect(tasks).toBe(17);
      expect(17 * (mean ?? Number.NaN)).toBeCloseTo(Number(published?.["Sum of Subtask Run Scores"]), 1);
      expect(100 * (mean ?? Number.NaN)).toBeCloseTo(Number(published?.["Subtask Success Rate (%)"]), 1);
      expect(interval).toMatchObject({ method: "cluster-t", unit: "task" });
    },
  );
});
