import { describe, expect, it } from "vitest";
import type { RecomputedMetric } from "../../../electron/contract/attempt.ts";
import { evalLog, jsonLog, type LogToWrite, type SampleToWrite } from "../../fixtures/inspect/generate.ts";
import { runOf } from "../../fixtures/inspect/read-back.ts";

/** Numbers here were written by Inspect 0.3.285 for the same scores, or are worked out by hand. */

async function metricsOf(log: LogToWrite): Promise<RecomputedMetric[]> {
  return (await runOf(jsonLog(log))).metrics;
}

interface LoggedMetric {
  readonly name: string;
  readonly value: number;
  readonly group?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

function row(metrics: Readonly<Record<string, LoggedMetric>>, more: Readonly<Record<string, unknown>> = {}) {
  const withParams = Object.entries(metrics).map(([key, metric]) => [key, { params: {}, ...metric }]);
  return { name: "s", scorer: "s", metrics: Object.fromEntries(withParams) as unknown, ...more };
}

const one = (id: string, value: unknown, metadata: Readonly<Record<string, unknown>> = {}): SampleToWrite => ({
  id,
  scores: { s: value },
  fields: { metadata },
});

async function expectMatches(log: LogToWrite, count: number): Promise<void> {
  const metrics = await metricsOf(log);
  expect(metrics).toHaveLength(count);
  for (const metric of metrics) expect(metric).toMatchObject({ verdict: "matches", reason: null });
}

const families = [
  one("a", 1, { family: "web", level: 1 }),
  one("b", 1, { family: "web", level: 2 }),
  one("c", 0, { family: "pwn", level: 2 }),
  one("d", 0, { family: "pwn", level: 2 }),
];

describe("metrics of one name or label", () => {
  it("are told apart by the parameters of the result", async () => {
    const scorers = [
      {
        name: "s",
        metrics: [
          { name: "stderr", params: {} },
          { name: "stderr", params: { cluster: "family" } },
        ],
      },
    ];
    const metrics = {
      stderr: { name: "stderr", value: Math.sqrt(1 / 12) },
      stderr2: { name: "stderr", value: 0.5, params: { cluster: "family" } },
    };
    await expectMatches({ samples: families, scorers, results: [row(metrics)] }, 2);
  });

  it("are found under a numbered key, a template, and a number that Python writes with a point", async () => {
    const inner = { name: "mean", params: {} };
    const level = { metric: inner, group_key: "level", all: "groups" };
    const family = { metric: inner, group_key: "family", all: false, name_template: "family {group_name}" };
    const metrics = {
      "1": { name: "1", group: "grouped", value: 1, params: level },
      "2.0": { name: "2.0", group: "grouped", value: 1 / 3, params: level },
      all2: { name: "all", group: "grouped", value: 2 / 3, params: level },
      "family web": { name: "family web", group: "grouped", value: 1, params: family },
    };
    await expectMatches({ samples: families, results: [row(metrics)] }, 4);
  });
});

describe("metrics and reducers of today's Inspect", () => {
  it("Wilson's interval, plain and clustered", async () => {
    // One of one: the lower end is 1 / (1 + z²).
    const sure = { lower: { name: "lower", group: "ci_wilson", value: 0.20654931437723745 } };
    await expectMatches({ samples: [one("a", "C")], results: [row(sure)] }, 1);
    // Two clusters, p 0.5, clustered error 0.5: n 1, t with one degree of freedom 12.706204736432095.
    const t = 12.706204736432095;
    const half = (t * Math.sqrt(0.25 + (t * t) / 4)) / (1 + t * t);
    const params = { cluster: "family" };
    const metrics = {
      lower: { name: "lower", group: "ci_wilson", value: 0.5 - half, params },
      upper: { name: "upper", group: "ci_wilson", value: 0.5 + half, params },
    };
    await expectMatches({ samples: families, results: [row(metrics)] }, 2);
  });

  it("aggregate over a key, missing ones as told", async () => {
    const samples = [one("a", { x: 1 }), one("b", { x: 4 }), one("c", { y: 2 }), one("d", { x: Number.NaN })];
    const params = (on_missing: string) => ({ key: "x", agg: { name: "mean", params: {} }, on_missing });
    const metrics = {
      aggregate: { name: "aggregate", value: 2.5, params: params("skip") },
      aggregate2: { name: "aggregate", value: 5 / 3, params: params("zero") },
    };
    await expectMatches({ samples, results: [row(metrics)] }, 2);
  });

  it("a majority is of all epochs, unscored ones counted", async () => {
    const epochs = (id: string, values: readonly unknown[]): SampleToWrite[] =>
      values.map((value, place) => ({ id, epoch: place + 1, scores: { s: value } }));
    const samples = [...epochs("a", [1, true, 0]), ...epochs("b", [1, Number.NaN, 0]), ...epochs("c", [0, 0, 0])];
    const config = { epochs: 3, epochs_reducer: ["majority"] };
    const results = [row({ mean: { name: "mean", value: 0.5 } }, { reducer: "majority" })];
    await expectMatches({ samples, config, results }, 1);
  });

  it("a deviation that is all rounding", async () => {
    const samples = Array.from({ length: 23 }, (_unused, id) => one(String(id), 0.1));
    const rounding = { stderr: { name: "stderr", value: 5.917508604114397e-18 } };
    await expectMatches({ samples, results: [row(rounding)] }, 1);
    const [metric] = await metricsOf({ samples, results: [row({ stderr: { name: "stderr", value: 1e-9 } })] });
    expect(metric?.verdict).toBe("differs");
  });

  it("NaN of nothing is not recomputed as 0", async () => {
    const results = [row({ mean: { name: "mean", value: Number.NaN } })];
    const [metric] = await metricsOf({ samples: [one("a", Number.NaN)], results });
    expect(metric).toMatchObject({ verdict: "matches", logged: null, recomputed: null });
  });
});

it("an id beyond 2^53 is not lost though the journal's own number is rounded", async () => {
  const journal = new TextEncoder().encode('[{"id":9007199254740995,"epoch":1}]');
  const extra = [{ name: "_journal/summaries/2.json", bytes: journal, method: "deflate" as const }];
  const log = evalLog({ samples: [{ id: "9007199254740995", scores: { s: "C" } }] }, { extra });
  expect(await runOf(log)).toMatchObject({ lost: [], attempts: [{ task: "9007199254740995" }] });
});
