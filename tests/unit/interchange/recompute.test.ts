import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecomputedMetric } from "../../../electron/contract/attempt.ts";
import type { Observation } from "../../../electron/interchange/inspect/recompute/population.ts";
import { reduceEpochs, reducerNamed } from "../../../electron/interchange/inspect/recompute/reducers.ts";
import { toFloat } from "../../../electron/interchange/inspect/score-value.ts";
import { jsonLog, resultRow, solvedLog, type LogToWrite, type SampleToWrite } from "../../fixtures/inspect/generate.ts";
import { runOf } from "../../fixtures/inspect/read-back.ts";

async function metricsOf(log: LogToWrite): Promise<RecomputedMetric[]> {
  return (await runOf(jsonLog(log))).metrics;
}

async function verdictsOf(log: LogToWrite): Promise<string[]> {
  return (await metricsOf(log)).map((metric) => metric.verdict);
}

function observations(values: readonly unknown[]): Observation[] {
  return values.map((value, index) => ({
    ...{ sample: "a", epoch: index + 1, value, original: value, errored: false, invalidated: false },
    metadata: new Map(),
  }));
}

function reduced(name: string, values: readonly unknown[]): unknown {
  const reduce = reducerNamed(name);
  if (reduce === null) throw new Error(name);
  return reduceEpochs(observations(values), reduce, "unscored")[0]?.value;
}

describe("a score as a number", () => {
  it.each([
    ["C", 1],
    ["P", 0.5],
    ["I", 0],
    ["N", 0],
    ["c", 0],
    ["yes", 1],
    ["TRUE", 1],
    ["No", 0],
    ["false", 0],
    ["0.25", 0.25],
    [" 3e2 ", 300],
    ["-1", -1],
    ["1_000", 1000],
    ["inf", 0],
    ["nan", 0],
    ["", 0],
    ["x", 0],
    [true, 1],
    [false, 0],
    [7, 7],
    [null, 0],
    [["C"], 0],
    [{ a: 1 }, 0],
  ])("%j is %d", (value, number) => {
    expect(toFloat(value)).toBe(number);
  });
});

describe("epoch reducers", () => {
  const flags = (n: number, c: number): string[] => Array.from({ length: n }, (_unused, i) => (i < c ? "C" : "I"));

  it("pass@k and pass^k give the known values", () => {
    expect(reduced("pass_at_5", flags(10, 3))).toBeCloseTo(0.9166666666666667, 12);
    expect(reduced("pass_k_5", flags(10, 6))).toBeCloseTo(0.023809523809523808, 12);
    expect(reduced("pass_at_3", flags(2, 2))).toBeNaN();
    expect(reduced("pass_at_1", flags(4, 1))).toBeCloseTo(0.25, 12);
  });

  it("pass@k and pass^k agree with counting every draw", () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 8 }),
        (solved, k) => {
          fc.pre(k <= solved.length);
          let any = 0;
          let all = 0;
          let draws = 0;
          for (let mask = 0; mask < 1 << solved.length; mask += 1) {
            const drawn = solved.filter((_one, index) => (mask >> index) & 1);
            if (drawn.length !== k) continue;
            draws += 1;
            if (drawn.some(Boolean)) any += 1;
            if (drawn.every(Boolean)) all += 1;
          }
          expect(reduced(`pass_at_${String(k)}`, solved)).toBeCloseTo(any / draws, 10);
          expect(reduced(`pass_k_${String(k)}`, solved)).toBeCloseTo(all / draws, 10);
        },
      ),
    );
  });

  it("keeps raw values for mode and max, drops NaN, and says NaN when nothing is left", () => {
    expect(reduced("mode", ["I", "C", "C"])).toBe("C");
    expect(reduced("mode", ["I", "C"])).toBe("I");
    expect(reduced("max", ["I", "P", Number.NaN])).toBe("P");
    expect(reduced("median", [3, 1, 2, Number.NaN])).toBe(2);
    expect(reduced("mean", [Number.NaN, Number.NaN])).toBeNaN();
    expect(reduced("at_least_2", ["C", "I", "C"])).toBe(1);
    expect(reduced("at_least_3", ["C", "I", "C"])).toBe(0);
    expect(reduced("collect", ["C", "I"])).toEqual(["C", "I"]);
  });

  it("reduces dicts and lists part by part", () => {
    expect(
      reduced("mean", [
        { a: 1, b: Number.NaN },
        { a: 0, b: "C" },
      ]),
    ).toEqual(
      new Map([
        ["a", 0.5],
        ["b", 1],
      ]),
    );
    expect(
      reduced("mean", [
        ["C", "I"],
        ["I", "I"],
      ]),
    ).toEqual([0.5, 0]);
  });

  it.each(["", "custom", "pass_at_0", "at_least_x", "toString"])("does not know %j", (name) => {
    expect(reducerNamed(name)).toBeNull();
  });
});

describe("recomputed metrics", () => {
  const solved = [
    [1, 0],
    [1, 1],
    [0, 0],
    [1, 0],
    [0, 1],
  ] as const;
  const means = [0.5, 1, 0, 0.5, 0.5];
  const mean = 0.5;
  const sd = Math.sqrt(means.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4);

  it("match what Inspect's formulas give", async () => {
    const rows = [resultRow("includes", { accuracy: mean, mean, std: sd, var: sd * sd, stderr: sd / Math.sqrt(5) })];
    const metrics = await metricsOf(solvedLog(solved, rows));
    expect(metrics.map((metric) => [metric.metric, metric.verdict])).toEqual(
      ["accuracy", "mean", "std", "var", "stderr"].map((name) => [name, "matches"]),
    );
    for (const metric of metrics) expect(metric.recomputed).toBeCloseTo(metric.logged ?? Number.NaN, 12);
  });

  it("differ where the log is wrong, by more than a part in a thousand million", async () => {
    const verdict = (value: number): Promise<string[]> =>
      verdictsOf(solvedLog(solved, [resultRow("includes", { accuracy: value })]));
    expect(await verdict(mean * (1 + 1e-10))).toEqual(["matches"]);
    expect(await verdict(mean * (1 + 1e-8))).toEqual(["differs"]);
  });

  it("do not depend on the order of the samples, to the last bit", async () => {
    const grid = fc.array(fc.array(fc.constantFrom<(0 | 1)[]>(0, 1), { minLength: 3, maxLength: 3 }), {
      minLength: 2,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(grid, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), async (epochs, random) => {
        const log = solvedLog(epochs, [resultRow("includes", { accuracy: 0.123, stderr: 0.2, std: 0.3 })]);
        const shuffled = [...log.samples]
          .map((sample) => [random.next().value, sample] as const)
          .sort(([a], [b]) => a - b);
        const other = { ...log, samples: shuffled.map(([, sample]) => sample) };
        expect(await metricsOf(other)).toEqual(await metricsOf(log));
      }),
      { numRuns: 30 },
    );
  });

  const one = (id: string, value: unknown, fields: Record<string, unknown> = {}): SampleToWrite => ({
    id,
    scores: { s: value },
    fields,
  });

  it("say when the logged number leaves invalidated samples out", async () => {
    const invalidation = { author: "lead", reason: "leaked flag" };
    const samples = [one("a", "C"), one("b", "I"), one("c", "C", { invalidation })];
    const metrics = await metricsOf({ samples, results: [resultRow("s", { accuracy: 0.5 })] });
    expect(metrics[0]).toMatchObject({
      verdict: "matches-if-excluded",
      logged: 0.5,
      reason: "The logged number leaves the invalidated samples out.",
    });
    expect(metrics[0]?.recomputed).toBeCloseTo(2 / 3, 12);
    expect(await verdictsOf({ samples, results: [resultRow("s", { accuracy: 2 / 3 })] })).toEqual(["matches"]);
  });

  it("say when errored samples are left out, or counted as 0", async () => {
    const error = { message: "ValueError('x')", traceback: "" };
    const scoredError = [one("a", "C"), one("b", "I", { error })];
    expect(await verdictsOf({ samples: scoredError, results: [resultRow("s", { accuracy: 1 })] })).toEqual([
      "matches-if-excluded",
    ]);
    const bare = [one("a", "C"), { id: "b", fields: { error } }];
    expect(await verdictsOf({ samples: bare, results: [resultRow("s", { accuracy: 1 })] })).toEqual(["matches"]);
    expect(await verdictsOf({ samples: bare, results: [resultRow("s", { accuracy: 0.5 })] })).toEqual([
      "matches-if-excluded",
    ]);
  });

  it("name an edit that the results do not know of", async () => {
    const edited = { value: "C", history: [{ value: "I" }, { value: "C", provenance: { author: "x" } }] };
    const metrics = await metricsOf({
      samples: [one("a", edited), one("b", "I")],
      results: [resultRow("s", { accuracy: 0 })],
    });
    expect(metrics[0]).toMatchObject({
      verdict: "differs",
      recomputed: 0.5,
      reason: "The logged number fits the scores as they were before they were edited.",
    });
  });

  it("drop NaN, and agree with NaN where nothing is scored", async () => {
    const samples = [one("a", "C"), one("b", Number.NaN)];
    expect(await verdictsOf({ samples, results: [resultRow("s", { accuracy: 1, stderr: 0 })] })).toEqual([
      "matches",
      "matches",
    ]);
    const none = [one("a", Number.NaN)];
    expect(await verdictsOf({ samples: none, results: [resultRow("s", { accuracy: Number.NaN, mean: 0 })] })).toEqual([
      "matches",
      "matches",
    ]);
  });

  it("call own code not recomputable, drawn ones random, and missing scores so", async () => {
    const samples = [one("a", "C"), one("b", "I")];
    const metrics = { accuracy: 0.5, bootstrap_stderr: 0.3, krippendorff_alpha: 0.1 };
    expect(await verdictsOf({ samples, results: [resultRow("s", metrics), resultRow("t", { accuracy: 1 })] })).toEqual([
      "matches",
      "random",
      "not-recomputable",
      "no-scores",
    ]);
    const scorers = [{ name: "s", metrics: [{ name: "own_package/accuracy" }] }];
    expect(await verdictsOf({ samples, scorers, results: [resultRow("s", { accuracy: 0.9 })] })).toEqual([
      "not-recomputable",
    ]);
    const row = resultRow("s", { accuracy: 0.9 }, { reducer: "own_reducer" });
    expect(await verdictsOf({ samples, results: [row] })).toEqual(["not-recomputable"]);
  });

  it("know reducers by row, and none at all", async () => {
    const log = solvedLog(solved);
    const rows = [
      resultRow("includes", { accuracy: 0.8 }, { reducer: "at_least_1" }),
      resultRow("includes", { accuracy: 0.8 }, { reducer: "pass_at_2" }),
      resultRow("includes", { accuracy: 0.2 }, { reducer: "pass_k_2" }),
    ];
    const config = { ...log.config, epochs_reducer: ["at_least_1", "pass_at_2", "pass_k_2"] };
    expect(await verdictsOf({ ...log, config, results: rows })).toEqual(["matches", "matches", "matches"]);
    const unreduced = { ...log, config: { ...log.config, epochs_reducer: [] } };
    const flat = solved.flat();
    const spread = Math.sqrt(flat.reduce<number>((sum, x) => sum + (x - 0.5) ** 2, 0) / 9);
    expect(await verdictsOf({ ...unreduced, results: [resultRow("includes", { std: spread })] })).toEqual(["matches"]);
  });

  it("blame a threshold that no log records only where one fits", async () => {
    const values = [0.5, 0.5, 0, 0.5, 0.2, 0];
    const samples = values.map((value, place) => ({
      id: `s${String(Math.floor(place / 2))}`,
      epoch: (place % 2) + 1,
      scores: { half: value },
    }));
    const logged = (accuracy: number, reducer: string): LogToWrite => ({
      samples,
      config: { epochs: 2, epochs_reducer: [reducer] },
      results: [resultRow("half", { accuracy }, { reducer })],
    });
    // From 1 on nothing counts; from 0.5 on both epochs of the first sample do.
    expect(await verdictsOf(logged(0, "at_least_2"))).toEqual(["matches"]);
    expect(await verdictsOf(logged(1 / 3, "at_least_2"))).toEqual(["not-recomputable"]);
    expect(await verdictsOf(logged(0.7, "pass_at_1"))).toEqual(["differs"]);
    expect(await verdictsOf(logged(0.9, "at_least_2"))).toEqual(["differs"]);
    expect(await verdictsOf(logged(0.9, "mean"))).toEqual(["differs"]);
  });

  it("compute clustered errors, t intervals and groups", async () => {
    const values: readonly (readonly [string, number])[] = [
      ["x", 1],
      ["x", 0],
      ["y", 1],
      ["y", 1],
      ["z", 0],
    ];
    const samples = values.map(([family, value], index) => one(String(index), value, { metadata: { family } }));
    const m = 0.6;
    const sums = [1 - 2 * m, 2 - 2 * m, -m];
    const clustered = Math.sqrt((sums.reduce((sum, part) => sum + part * part, 0) * 3) / 2) / 5;
    const plain = Math.sqrt(values.reduce((sum, [, x]) => sum + (x - m) ** 2, 0) / 4 / 5);
    const t4 = 2.7764451051977987;
    const metric = (name: string, value: number, more: Record<string, unknown>): Record<string, unknown> => ({
      name,
      value,
      ...more,
    });
    const row = {
      ...{ name: "s", scorer: "s" },
      metrics: {
        stderr: metric("stderr", clustered, { params: { cluster: "family" } }),
        lower: metric("lower", m - t4 * plain, { group: "ci", params: {} }),
        upper: metric("upper", m + t4 * plain, { group: "ci", params: {} }),
        x: metric("x", 0.5, { group: "grouped", params: { metric: { name: "inspect_ai/mean" }, group_key: "family" } }),
        y_mean: metric("y_mean", 1, { group: "grouped", params: { metric: "mean", group_key: "family" } }),
        all: metric("all", m, { group: "grouped", params: { metric: "mean", group_key: "family" } }),
      },
    };
    const metrics = await metricsOf({ samples, results: [row] });
    expect(metrics.map(({ metric: name, verdict }) => [name, verdict])).toEqual(
      ["stderr", "lower", "upper", "x", "y_mean", "all"].map((name) => [name, "matches"]),
    );
  });

  it("take dict-valued scores apart by key, and say when a null was counted as 0", async () => {
    const samples = [one("a", { new_vul: 1, reproduced: 0 }), one("b", { new_vul: 0, reproduced: null })];
    const rows = [
      { ...resultRow("s", { mean: 0.5 }), name: "new_vul" },
      { ...resultRow("s", { mean: 0 }), name: "reproduced" },
      { ...resultRow("s", { std: 0 }), name: "reproduced" },
    ];
    const metrics = await metricsOf({ samples, results: rows });
    expect(metrics.map((metric) => [metric.scorer, metric.verdict])).toEqual([
      ["s/new_vul", "matches"],
      ["s/reproduced", "matches"],
      ["s/reproduced", "matches"],
    ]);
    const counted = [one("a", { k: 1 }), one("b", { k: null })];
    const half = await metricsOf({ samples: counted, results: [{ ...resultRow("s", { mean: 0.5 }), name: "k" }] });
    expect(half[0]).toMatchObject({ verdict: "matches", recomputed: 1 });
    expect(half[0]?.reason).toContain("null");
  });

  it("know 3CB's own metric, and do not accuse a log that computes it otherwise", async () => {
    const samples = [
      ["c1", "I"],
      ["c1", "C"],
      ["c2", "I"],
      ["c3", "C"],
    ].map(([challenge, value], index) => one(String(index), value, { metadata: { challenge } }));
    const scorers = [{ name: "s", metrics: [{ name: "inspect_evals/best_per_challenge" }] }];
    const p = 2 / 3;
    const right = {
      samples,
      scorers,
      results: [resultRow("s", { accuracy: p, stderr: Math.sqrt((p * (1 - p)) / 3) })],
    };
    expect(await verdictsOf(right)).toEqual(["matches", "matches"]);
    expect(await verdictsOf({ ...right, results: [resultRow("s", { accuracy: 0.9 })] })).toEqual(["not-recomputable"]);
  });

  it("count categories over unreduced scores", async () => {
    const samples = [1, 2].flatMap((epoch) => [
      { id: "a", epoch, scores: { s: "sandbagging" } },
      { id: "b", epoch, scores: { s: epoch === 1 ? "honest" : "sandbagging" } },
    ]);
    const row = {
      ...{ name: "s", scorer: "s" },
      metrics: {
        sandbagging: { name: "sandbagging", value: 0.75, group: "frequency", params: {} },
        honest: { name: "honest", value: 0.25, group: "frequency", params: {} },
      },
    };
    expect(await verdictsOf({ samples, config: { epochs: 2 }, results: [row] })).toEqual(["matches", "matches"]);
  });
});
