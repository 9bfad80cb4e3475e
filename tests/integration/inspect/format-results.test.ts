import { describe, expect, it } from "vitest";
import type { RecomputedMetric } from "../../../electron/contract/attempt.ts";
import { resultRow, type LogToWrite, type SampleToWrite } from "../../fixtures/inspect/generate.ts";
import { runOfBoth } from "../../fixtures/inspect/read-back.ts";

/** The format of Inspect's logs, one fact a test: how its results come from its samples, so that they can be computed again. */

type Fields = Readonly<Record<string, unknown>>;

const epochs = (id: string | number, values: readonly unknown[], fields: Fields = {}): SampleToWrite[] =>
  values.map((value, place) => ({ id, epoch: place + 1, scores: { s: value }, fields }));

const flat = (...values: readonly unknown[]): SampleToWrite[] => values.flatMap((value, id) => epochs(id, [value]));

const row = (metrics: Readonly<Record<string, number>>, more: Fields = {}) => resultRow("s", metrics, { ...more });

async function metricsOf(log: LogToWrite): Promise<RecomputedMetric[]> {
  return (await runOfBoth(log)).metrics;
}

async function verdictOf(
  samples: readonly SampleToWrite[],
  result: unknown,
  log: Partial<LogToWrite> = {},
): Promise<string> {
  const metrics = await metricsOf({ ...log, samples, results: [result] });
  return [...new Set(metrics.map(({ verdict }) => verdict))].join();
}

/** What matches, and that the same with another number does not. */
async function expectOnly(
  value: number,
  samples: readonly SampleToWrite[],
  resultOf: (value: number) => unknown,
  log: Partial<LogToWrite> = {},
): Promise<void> {
  expect(await verdictOf(samples, resultOf(value), log)).toBe("matches");
  expect(await verdictOf(samples, resultOf(value + 0.01), log)).toBe("differs");
}

describe("which samples count", () => {
  const error = { message: "OSError()", traceback: "" };

  it("those that have a score: an errored one without vanishes from the denominator", async () => {
    const samples = [...flat("C", "C"), { id: "errored", fields: { error } }];
    await expectOnly(1, samples, (accuracy) => row({ accuracy }));
  });

  it("errored ones that were scored count since 0.3.248, and did not before: either is recognised", async () => {
    const samples = [...flat("C", "C"), ...epochs("errored", ["I"], { error })];
    expect(await verdictOf(samples, row({ accuracy: 2 / 3 }))).toBe("matches");
    expect(await verdictOf(samples, row({ accuracy: 1 }))).toBe("matches-if-excluded");
  });

  it("invalidated ones do: a number without them is recognised as that", async () => {
    const samples = [...flat("C"), ...epochs("bad", ["I"], { invalidation: { author: "x", reason: "y" } })];
    expect(await verdictOf(samples, row({ accuracy: 0.5 }))).toBe("matches");
    expect(await verdictOf(samples, row({ accuracy: 1 }))).toBe("matches-if-excluded");
  });

  it("those that are NaN do not: mean and deviation are of what was scored", async () => {
    const samples = flat("C", "I", Number.NaN, "C", "I");
    await expectOnly(0.5, samples, (accuracy) => row({ accuracy }));
    await expectOnly(Math.sqrt(1 / 3), samples, (std) => row({ std }));
  });

  it("ids, not ids by epochs: epochs are reduced before anything is counted", async () => {
    const samples = [...epochs(1, ["C", "I"]), ...epochs("2", ["C", "C"]), ...epochs(3, ["I", "I"])];
    await expectOnly(0.5 / Math.sqrt(3), samples, (stderr) => row({ stderr }), { config: { epochs: 2 } });
  });

  it("scores as they were edited: results that were not computed again fit the scores before", async () => {
    const provenance = { author: "Ingrid" };
    const edited = { value: "C", history: [{ value: "I" }, { value: "C", provenance }] };
    const [metric] = await metricsOf({ samples: flat(edited, "I"), results: [row({ accuracy: 0 })] });
    expect(metric).toMatchObject({ verdict: "differs", logged: 0, recomputed: 0.5 });
    expect(metric?.reason).toContain("before they were edited");
  });
});

describe("what a score counts as", () => {
  it.each([
    ["C", 1],
    ["P", 0.5],
    ["I", 0],
    ["N", 0],
    ["yes", 1],
    ["True", 1],
    ["NO", 0],
    ["false", 0],
    ["0.25", 0.25],
    [true, 1],
    [false, 0],
    [3, 3],
    ["anything else", 0],
    ["nan", 0],
    ["inf", 0],
    ["1e999", 0],
  ])("%j is %d", async (value, number) => {
    await expectOnly(number, flat(value), (mean) => row({ mean }));
  });
});

describe("how epochs are reduced", () => {
  const three = [...epochs("a", ["C", "I", "I"]), ...epochs("b", ["C", "C", "I"])];
  const values = [...epochs("a", [0.5, 0.5, 0.2]), ...epochs("b", [1, 0, 0.2])];

  it.each([
    ["mean", three, 1 / 2],
    ["median", three, 1 / 2],
    ["mode", values, 0.75],
    ["max", values, 0.75],
    ["at_least_1", three, 1],
    ["at_least_2", three, 1 / 2],
    ["pass_at_1", three, 1 / 2],
    ["pass_at_2", three, 5 / 6],
    ["pass_k_2", three, 1 / 6],
  ])("by %s", async (reducer, samples, value) => {
    const config = { epochs: 3, epochs_reducer: [reducer] };
    await expectOnly(value, samples, (mean) => row({ mean }, { reducer }), { config });
    // A row that names no reducer was made by the log's only one.
    await expectOnly(value, samples, (mean) => row({ mean }), { config });
  });

  it.each([
    ["absent", undefined],
    ["null", null],
  ])("by the mean where the reducer is %s", async (_what, reducer) => {
    const config = { epochs: 3, epochs_reducer: reducer };
    await expectOnly(Math.sqrt(1 / 18), three, (std) => row({ std }), { config });
  });

  it("not at all where the list of reducers is empty", async () => {
    const config = { epochs: 3, epochs_reducer: [] };
    await expectOnly(Math.sqrt(0.3), three, (std) => row({ std }), { config });
  });

  it("of k draws only where there are k scored epochs: else the sample is unscored", async () => {
    const samples = [...epochs("a", ["C", Number.NaN]), ...epochs("b", ["I", "I"])];
    const config = { epochs: 2, epochs_reducer: ["pass_at_2"] };
    await expectOnly(0, samples, (mean) => row({ mean }, { reducer: "pass_at_2" }), { config });
  });

  it("several ways at once, each a row of its own", async () => {
    const config = { epochs: 3, epochs_reducer: ["mean", "at_least_1"] };
    const results = [row({ mean: 0.5 }, { reducer: "mean" }), row({ mean: 1 }, { reducer: "at_least_1" })];
    const metrics = await metricsOf({ samples: three, config, results });
    expect(metrics.map(({ reducer, verdict }) => [reducer, verdict])).toEqual([
      ["mean", "matches"],
      ["at_least_1", "matches"],
    ]);
  });

  it("by somebody's own code, which cannot be repeated", async () => {
    expect(await verdictOf(three, row({ mean: 0.5 }, { reducer: "ours/best" }))).toBe("not-recomputable");
  });
});

describe("metrics", () => {
  const solved = flat(1, 0, 1, 1, 0);
  const [mean, variance] = [0.6, 0.3];
  const families = ["x", "x", "y", "y", "z"].map((family, id) => ({
    id,
    scores: { s: [1, 0, 1, 1, 0][id] },
    fields: { metadata: { family } },
  }));
  const clustered = Math.sqrt(((0.2 ** 2 + 0.8 ** 2 + 0.6 ** 2) * 3) / 2) / 5;
  const grouped = (name: string, value: number, group: string, params: Fields) => ({
    ...{ name: "s", scorer: "s" },
    metrics: { [name]: { name, value, group, params } },
  });

  it.each([
    ["accuracy", mean],
    ["mean", mean],
    ["var", variance],
    ["std", Math.sqrt(variance)],
    ["stderr", Math.sqrt(variance / 5)],
  ])("%s is Inspect's", async (name, value) => {
    await expectOnly(value, solved, (logged) => row({ [name]: logged }));
  });

  it("of a single sample have no spread", async () => {
    await expectOnly(0, flat("C"), (logged) => row({ std: logged, var: logged, stderr: logged }));
  });

  it("of nothing scored are 0 in new versions, NaN in old ones", async () => {
    for (const value of [0, Number.NaN]) {
      expect(await verdictOf(flat(Number.NaN), row({ accuracy: value, mean: value }))).toBe("matches");
    }
    expect(await verdictOf(flat(Number.NaN), row({ accuracy: 0.5, mean: 0.5 }))).toBe("differs");
  });

  it("with a cluster are over its sums, with the factor of finitely many clusters", async () => {
    const params = { cluster: "family" };
    const result = (value: number) => ({
      ...{ name: "s", scorer: "s" },
      metrics: { stderr: { name: "stderr", value, params } },
    });
    await expectOnly(clustered, families, result);
    await expectOnly(0, families.slice(0, 2), result);
  });

  it("with an interval are the mean and t of it; clustered, of the clusters", async () => {
    const [t4, t2] = [2.7764451051977987, 4.302652729911275];
    const plain = t4 * Math.sqrt(variance / 5);
    await expectOnly(mean - plain, solved, (value) => grouped("lower", value, "ci", {}));
    await expectOnly(mean + plain, solved, (value) => grouped("upper", value, "ci", {}));
    const params = { cluster: "family" };
    await expectOnly(mean + t2 * clustered, families, (value) => grouped("upper", value, "ci", params));
    expect(await verdictOf(solved, grouped("lower", 0.2, "ci", { method: "bootstrap" }))).toBe("random");
  });

  it("by groups are over each group's samples; all is over the samples, or over the groups", async () => {
    const by = { metric: { name: "mean" }, group_key: "family" };
    await expectOnly(0.5, families, (value) => grouped("x", value, "grouped", by));
    await expectOnly(mean, families, (value) => grouped("all", value, "grouped", by));
    await expectOnly(0.5, families, (value) => grouped("all", value, "grouped", { ...by, all: "groups" }));
  });

  it("of frequency are over every epoch by itself", async () => {
    const samples = [...epochs("a", ["left", "left"]), ...epochs("b", ["left", "right"])];
    await expectOnly(0.25, samples, (value) => grouped("right", value, "frequency", {}));
  });

  it("of a score with parts are one row a part, under the part's name", async () => {
    const samples = flat({ found: 1, fixed: 0 }, { found: 1, fixed: 1 });
    await expectOnly(0.5, samples, (value) => ({ ...row({ mean: value }), name: "fixed" }));
    await expectOnly(1, samples, (value) => ({ ...row({ mean: value }), name: "found" }));
  });

  it("over a null inside of a dict may have read it as 0, before August 2026: that is said", async () => {
    const samples = flat({ found: 1 }, { found: null });
    const of = (value: number) => ({ samples, results: [{ ...row({ mean: value }), name: "found" }] });
    expect((await metricsOf(of(1)))[0]).toMatchObject({ verdict: "matches", reason: null });
    const [zero] = await metricsOf(of(0.5));
    expect(zero?.verdict).toBe("matches");
    expect(zero?.reason).toContain("null");
  });

  it("have a package before their name where they are declared, and none in the results", async () => {
    const scorers = [{ name: "s", metrics: [{ name: "inspect_ai/accuracy" }, { name: "inspect_ai/stderr" }] }];
    await expectOnly(mean, solved, (accuracy) => row({ accuracy }), { scorers });
  });

  it("of another package are that package's own code, whatever they are called", async () => {
    const scorers = [{ name: "s", metrics: [{ name: "ours/accuracy" }] }];
    expect(await verdictOf(solved, row({ accuracy: 0.9 }), { scorers })).toBe("not-recomputable");
    expect(await verdictOf(solved, row({ own_metric: 0.9 }))).toBe("not-recomputable");
  });

  it.each(["bootstrap_stderr", "bootstrap_std"])("%s draws samples and cannot be repeated", async (name) => {
    expect(await verdictOf(solved, row({ [name]: 0.2 }))).toBe("random");
  });

  it.each(["krippendorff_alpha", "perplexity_per_token", "perplexity_per_seq"])("%s is left alone", async (name) => {
    const [metric] = await metricsOf({ samples: solved, results: [row({ [name]: 0.2 })] });
    expect(metric).toMatchObject({ verdict: "not-recomputable", recomputed: null });
    expect(metric?.reason).toContain("is Inspect's");
  });

  it("agree to a part in a thousand million, not to the last bit", async () => {
    expect(await verdictOf(solved, row({ accuracy: mean * (1 + 5e-10) }))).toBe("matches");
    expect(await verdictOf(solved, row({ accuracy: mean * (1 + 5e-9) }))).toBe("differs");
  });

  it("of a scorer whose scores the log does not hold cannot be checked", async () => {
    expect(await verdictOf(solved, resultRow("other", { accuracy: 1 }))).toBe("no-scores");
  });
});
