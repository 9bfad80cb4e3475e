import "../faults/kill/quick-argon2.ts";
import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { headlinePolicy } from "../../electron/contract/values.ts";
import type { Draft } from "../../electron/domain/event.ts";
import {
  attemptsOf,
  cell,
  compared,
  flips,
  runs,
  scope,
  setting,
  strong,
  strongAgain,
  versions,
  weak,
} from "./compared-sample.ts";
import { benchmark, run, version } from "./compared-vault.ts";
import { createVaultFor, ServiceClient, temporaryFolder } from "./service-client.ts";

let folder: ReturnType<typeof temporaryFolder>;
let client: ServiceClient;

beforeEach(() => {
  folder = temporaryFolder();
  client = new ServiceClient(folder.path("profile"));
});
afterEach(async () => {
  await client.close();
  folder.remove();
});

async function vaultWith(...drafts: readonly Draft[]): Promise<void> {
  await createVaultFor(client, folder.path(`${String(drafts.length)}.evault`));
  client.host.session.commit([...setting, ...drafts]);
}

async function measured(): Promise<void> {
  await vaultWith(runs.weak(weak), runs.strong(strong), runs.again(strongAgain));
}

describe("versions compared on a benchmark", () => {
  it("are those with runs, at the very rates of the matrix", async () => {
    await measured();
    const { versions: found } = await client.ask("comparisons.versions", scope);
    const matrix = await client.ask("results.matrix", { campaignId: null, policy: headlinePolicy });
    expect(found.map(({ id, runs: own }) => [id, own.length])).toEqual([
      ["strong", 2],
      ["weak", 1],
    ]);
    for (const { id, rate } of found) {
      expect(rate).toEqual(matrix.cells.find((one) => one.modelVersionId === id)?.rate);
    }
  });

  it("as pairs: shared tasks alone, difference with interval, a test, Holm over the pairs that share a task", async () => {
    await measured();
    const all = { ...scope, modelVersionIds: versions, baselineId: null };
    const answer = await client.ask("comparisons.pairs", all);
    expect(answer.pairs.map(({ a, b }) => `${a}–${b}`)).toEqual(["weak–strong", "weak–idle", "strong–idle"]);
    expect(answer).toMatchObject({ level: 0.95, tests: 1, adjustment: "holm" });
    const [pair, idle] = answer.pairs;
    expect(pair).toMatchObject({ tasks: 24, units: 24, unit: "task", onlyTasksOfA: 0, onlyTasksOfB: 0 });
    expect(pair?.interval).toMatchObject({ method: "cluster-t", unit: "task", level: 0.95 });
    expect(pair?.difference).toBeCloseTo((pair?.rateB.rate ?? 0) - (pair?.rateA.rate ?? 0), 14);
    expect(pair?.test?.method).toBe("sign-flip-exact");
    expect(pair?.test?.p).toBe(pair?.test?.adjustedP);
    expect(idle).toMatchObject({ tasks: 0, onlyTasksOfA: 24, difference: null, test: null, interval: null });
    const { flips: counts } = pair ?? {};
    expect(Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(24);
    const against = await client.ask("comparisons.pairs", { ...all, baselineId: "strong" });
    expect(against.pairs.map(({ a, b }) => `${a}–${b}`)).toEqual(["strong–weak", "strong–idle"]);
    expect(against.pairs[0]?.difference).toBe(-(pair?.difference ?? 0));
  });

  it("as a flip list, each row with attempts that are as it says", async () => {
    await measured();
    const input = { ...scope, a: "weak", b: "strong", ...flips };
    const { rows, total, pair } = await client.ask("comparisons.flips", input);
    expect(total).toBe(24);
    for (const { task, a, b, group, difference } of rows) {
      expect([a.n, b.n]).toEqual([3, 6]);
      expect(difference).toBe(b.solved / 6 - a.solved / 3);
      expect(group).toBe(a.solved > 0 ? (b.solved > 0 ? "both" : "only-a") : b.solved > 0 ? "only-b" : "neither");
      for (const { attempt, solved } of [a, b]) {
        if (attempt === null) throw new Error("every side was attempted");
        expect(attempt.solved).toBe(solved > 0);
        const detail = await client.ask("attempts.get", { runId: attempt.runId, task, epoch: attempt.epoch });
        expect(detail.solved).toBe(attempt.solved);
      }
    }
    const only = await client.ask("comparisons.flips", { ...input, filter: "only-one", sort: "difference" });
    expect(only.total).toBe(pair.flips.onlyA + pair.flips.onlyB);
    const different = await client.ask("comparisons.flips", {
      ...input,
      filter: "different",
      sort: "difference",
      descending: true,
      limit: 3,
    });
    expect(different.rows).toHaveLength(3);
    const sizes = different.rows.map((row) => Math.abs(row.difference));
    expect(sizes).toEqual(sizes.toSorted((x, y) => y - x));
  });

  it("as pass curves that begin at the solve rate", async () => {
    await measured();
    const { curves } = await client.ask("comparisons.passCurves", { ...scope, modelVersionIds: versions });
    expect(curves.map(({ atLeastOne }) => atLeastOne.length)).toEqual([3, 6, 0]);
    for (const { version: own, atLeastOne, all } of curves.slice(0, 2)) {
      expect(atLeastOne[0]).toMatchObject({ k: 1, value: own.rate.rate, interval: own.rate.interval });
      expect(all[0]?.value).toBe(own.rate.rate);
    }
  });

  it("by group, every task in one, and wider where the level is that of all groups together", async () => {
    await measured();
    for (const by of ["category", "difficulty", "human-time"] as const) {
      const { groups } = await client.ask("comparisons.groups", { ...compared, by, together: false });
      expect(groups.reduce((sum, group) => sum + group.tasks, 0)).toBe(24);
      expect(groups.reduce((sum, { rates }) => sum + (rates[1]?.n ?? 0), 0)).toBe(144);
    }
    const alone = await client.ask("comparisons.groups", { ...compared, by: "category", together: false });
    const together = await client.ask("comparisons.groups", { ...compared, by: "category", together: true });
    expect(alone.groups.map(({ name }) => name)).toEqual(["crypto", "web", null]);
    expect(together.groups[0]?.rates[0]?.interval?.level).toBeCloseTo(1 - 0.05 / 3, 14);
    expect(together.groups[0]?.rates[0]?.interval?.low).toBeLessThan(alone.groups[0]?.rates[0]?.interval?.low ?? 0);
  });

  it("with what their attempts used up, the budget curve ending at the solve rate", async () => {
    await measured();
    const answer = await client.ask("comparisons.spending", { ...compared, measure: "tokens" });
    const [first, second] = answer.versions;
    expect(first?.tokens.total).toBe(weak.reduce((sum, one) => sum + (one.totalTokens ?? 0), 0));
    expect(second?.time).toMatchObject({ attempts: 144, unknown: 0, total: 144 * 60_000, perAttempt: 60_000 });
    expect(second?.cost.perSolve).toBe((second?.cost.total ?? 0) / (second?.version.rate.solvedTasks ?? 0));
    expect(second?.cost.perSolveInterval?.method).toBe("fieller");
    for (const { version: own, curve } of answer.versions) {
      expect(curve.points.at(-1)).toMatchObject({ rate: own.rate.rate, interval: own.rate.interval });
      expect(curve.unknownSolved).toBe(0);
    }
  });

  it("says what their uncertainty comes from, and what more tasks would bring", async () => {
    await measured();
    const plan = { halfWidth: 0.05, difference: 0.2, power: 0.8 };
    const answer = await client.ask("comparisons.reliability", { ...compared, ...plan });
    const [own] = answer.versions;
    expect(own?.overTasks).toBeGreaterThan(own?.theseTasks ?? 1);
    expect(own?.tasksForHalfWidth).toBe(Math.ceil(((1.959963984540054 * (own?.overTasks ?? 0)) / 0.05) ** 2 * 24));
    const [pair] = answer.pairs;
    // At the tasks needed for a difference, that difference is what can be found.
    expect(((pair?.detectable ?? 0) / 0.2) ** 2 * 24).toBeLessThanOrEqual(pair?.tasksNeeded ?? 0);
    expect(((pair?.detectable ?? 0) / 0.2) ** 2 * 24).toBeGreaterThan((pair?.tasksNeeded ?? 0) - 1);
  });

  it("refuses what is not there, and a baseline that is not compared", async () => {
    await measured();
    const pairs = { ...compared, baselineId: null };
    expect(await client.refused("comparisons.pairs", { ...pairs, benchmarkId: "none" })).toMatchObject({
      code: "not-found",
    });
    expect(await client.refused("comparisons.pairs", { ...pairs, campaignId: "none" })).toMatchObject({
      code: "not-found",
    });
    const unknown = await client.refused("comparisons.pairs", { ...pairs, modelVersionIds: ["weak", "none"] });
    expect(unknown).toMatchObject({ code: "not-found", subject: "the model version" });
    const baseline = await client.refused("comparisons.pairs", { ...pairs, baselineId: "idle" });
    expect(baseline.code).toBe("invalid-request");
  });
});

describe("time horizons", () => {
  const horizons = { ...scope, modelVersionIds: versions, draws: 0 };

  it("come at once without resamples", async () => {
    await measured();
    const plain = await client.ask("comparisons.horizons", horizons);
    const [first, second, idle] = plain.horizons;
    expect(first).toMatchObject({ tasks: 23, attempts: 69, tasksWithoutTime: 1, reason: null });
    expect(first?.horizons.map(({ share, interval }) => [share, interval])).toEqual([
      [0.5, null],
      [0.8, null],
    ]);
    expect(second?.horizons[0]?.minutes).toBeGreaterThan(first?.horizons[0]?.minutes ?? 0);
    expect(idle).toMatchObject({ reason: "no-human-times", fit: null, horizons: [], curve: [] });
    expect(plain.doubling).toMatchObject({ days: null, reason: "no-dates" });
  });

  it("have intervals from resamples that say how they were made, the same each time", async () => {
    await measured();
    const plain = await client.ask("comparisons.horizons", horizons);
    const drawn = await client.ask("comparisons.horizons", { ...horizons, draws: 200 });
    expect(drawn).toMatchObject({ draws: 200, seed: 1, weighting: "inverse-sqrt-family", penalty: 0.000_01 });
    const [own] = drawn.horizons;
    if (own === undefined) throw new Error("three were asked for");
    expect(own.fit).toEqual(plain.horizons[0]?.fit);
    const [half] = own.horizons;
    expect(half?.interval).toMatchObject({ method: "hierarchical-bootstrap", unit: "task", level: 0.95 });
    expect(half?.interval?.low).toBeLessThan(half?.minutes ?? 0);
    expect(half?.interval?.high).toBeGreaterThan(half?.minutes ?? 0);
    expect(Object.values(own.resamples).reduce((sum, count) => sum + count, 0)).toBe(200);
    expect(own.curve.every(({ band, chance }) => band !== null && chance > 0 && chance < 1)).toBe(true);
    expect(await client.ask("comparisons.horizons", { ...horizons, draws: 200 })).toEqual(drawn);
  });

  it("tell how far they are, and stop when they are told to", async () => {
    await measured();
    const { result, cancel } = client.request("comparisons.horizons", { ...horizons, draws: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 150));
    cancel();
    expect(await result).toMatchObject({ ok: false, error: { code: "cancelled" } });
    const told = client.progress.filter(({ step }) => step === "Resampling time horizons");
    expect(told.length).toBeGreaterThan(0);
    expect(told.every(({ done, total }) => done < 10_000 && total === 10_000)).toBe(true);
  });
});

describe("over release days", () => {
  const released = { weak: "2024-01-01", strong: "2025-01-01", best: "2026-01-01" } as const;
  const three = { ...scope, modelVersionIds: ["best", "weak", "strong"] };
  const best = run({ ...cell, id: "run-best", modelVersionId: "best", attempts: attemptsOf(400, 4) });

  async function dated(): Promise<void> {
    await vaultWith(...version("best"), runs.weak(weak), runs.strong(strong), best);
    for (const [modelVersionId, releasedOn] of Object.entries(released)) {
      await client.ask("models.setReleaseDay", { modelVersionId, releasedOn });
    }
  }

  it("the solve rate has a trend, the time horizon a doubling time with its interval", async () => {
    await dated();
    const { order, versions: found, line, reason } = await client.ask("comparisons.trend", three);
    expect([order, reason]).toEqual(["release-date", null]);
    expect(found.map(({ releasedOn }) => releasedOn)).toEqual(Object.values(released));
    const [first, , last] = found.map(({ rate }) => rate.rate ?? 0);
    // 731 days from the first to the last: the middle one hardly turns the line.
    expect(line?.perYear).toBeCloseTo((((last ?? 0) - (first ?? 0)) / 731) * 365.25, 2);
    expect(line?.interval).toMatchObject({ method: "least-squares-t", unit: "model version", level: 0.95 });
    expect(line?.ends.map(({ on }) => on)).toEqual(["2024-01-01", "2026-01-01"]);
    const { doubling, horizons } = await client.ask("comparisons.horizons", { ...three, draws: 100 });
    expect(doubling.modelVersionIds.toSorted()).toEqual(["best", "strong", "weak"]);
    const halves = horizons.map((one) => Math.log2(one.horizons[0]?.minutes ?? 1));
    expect(doubling.days).toBeCloseTo(731 / ((halves[0] ?? 0) - (halves[1] ?? 0)), 0);
    expect(doubling.interval?.low).toBeLessThan(doubling.days ?? 0);
    expect(doubling.interval?.high).toBeGreaterThan(doubling.days ?? 0);
    expect(doubling.used + doubling.leftOut).toBe(100);
  });

  it("there is neither where one has no day, and a day can be taken back", async () => {
    await dated();
    await client.ask("models.setReleaseDay", { modelVersionId: "weak", releasedOn: null });
    const answer = await client.ask("comparisons.trend", three);
    expect(answer).toMatchObject({ order: "as-listed", reason: "no-dates", line: null });
    expect(answer.versions.map(({ id }) => id)).toEqual(three.modelVersionIds);
    const failure = await client.refused("models.setReleaseDay", { modelVersionId: "none", releasedOn: null });
    expect(failure.detail).toContain("no such model version");
  });
});

describe("tables of comparisons", () => {
  it("hold the numbers of the answers, each with its text", async () => {
    await measured();
    const input = { ...compared, baselineId: null, by: "category", measure: "cost", draws: 50 } as const;
    const pairs = await client.ask("comparisons.pairs", { ...compared, baselineId: null });
    const table = await client.ask("comparisons.table", { ...input, kind: "pairs" });
    expect(table.rows[0]?.difference?.value).toBe(pairs.pairs[0]?.difference);
    expect(table.rows[0]?.interval?.text).toBe("clustered by task, t, 95 %");
    const kinds = ["flips", "pass-at-k", "horizons", "spending", "trend", "groups", "reliability", "doubling"] as const;
    for (const kind of kinds) {
      const one = await client.ask("comparisons.table", { ...input, kind });
      expect(one.rows.length).toBeGreaterThan(1);
      const keys = one.columns.map(({ key }) => key).toSorted();
      for (const row of one.rows) expect(Object.keys(row).toSorted()).toEqual(keys);
    }
  });
});

const cybench = new URL("../../../shared/published/cybench/unguided_iterations_7models.csv", import.meta.url);

describe.skipIf(!existsSync(cybench))("the published table of Cybench, compared (needs ../shared)", () => {
  const rows = existsSync(cybench)
    ? z.array(z.record(z.string(), z.string())).parse(parse(readFileSync(cybench), { columns: true }))
    : [];
  const published = { "gpt-4o": "GPT-4o", "claude-3-5-sonnet": "Claude 3.5 Sonnet" } as const;

  it("GPT-4o against Claude 3.5 Sonnet: 5 and 7 of 40, three flips one way and one the other, p 0.625", async () => {
    const ids = Object.keys(published);
    const logged = Object.entries(published).map(([id, column]) =>
      run({
        id: `run-${id}`,
        modelVersionId: id,
        benchmarkId: "cybench",
        epochs: 1,
        attempts: rows.map((row) => ({ task: row.task ?? "", epoch: 1, score: row[column] === "" ? 0 : 1 })),
      }),
    );
    await vaultWith(
      ...ids.flatMap(version),
      benchmark(
        "cybench",
        rows.map((row) => ({ id: row.task ?? "" })),
      ),
      ...logged,
    );
    const input = { ...scope, benchmarkId: "cybench", modelVersionIds: ids, baselineId: null };
    const { pairs } = await client.ask("comparisons.pairs", input);
    expect(pairs[0]).toMatchObject({
      tasks: 40,
      rateA: { n: 40, solved: 5, interval: { method: "wilson" } },
      rateB: { n: 40, solved: 7 },
      test: { method: "mcnemar-exact", p: 0.625, drawn: null },
      flips: { onlyA: 1, onlyB: 3, both: 4, neither: 32 },
    });
    expect(pairs[0]?.difference).toBeCloseTo(0.05, 14);
    expect(pairs[0]?.rateA.interval?.low).toBeCloseTo(0.05459500250945401, 12);
  });
});
