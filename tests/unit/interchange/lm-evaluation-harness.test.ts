import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptRecordSchema, recomputedMetricSchema } from "../../../electron/contract/attempt.ts";
import { bytesSource } from "../../../electron/interchange/byte-source.ts";
import type { LoggedRun } from "../../../electron/interchange/logged-run.ts";
import type { LogSource, ReadFileResult } from "../../../electron/interchange/reader.ts";
import { readLogFile, readerFor } from "../../../electron/interchange/readers.ts";
import { callFiles, callTime, type CallToWrite, pythonJson } from "../../fixtures/lm-evaluation-harness/generate.ts";

const results = `results_${callTime}.json`;

/** A file of a folder, with the others as its neighbours. */
function sourceOf(files: ReadonlyMap<string, string | Uint8Array>, name: string): LogSource {
  const bytes = (one: string): Uint8Array => {
    const content = files.get(one) ?? "";
    return typeof content === "string" ? new TextEncoder().encode(content) : content;
  };
  return {
    name,
    bytes: bytesSource(bytes(name)),
    neighbours: {
      names: [...files.keys()],
      open: (one) => Promise.resolve({ ...bytesSource(bytes(one)), close: () => Promise.resolve() }),
    },
  };
}

async function runsOf(files: ReadonlyMap<string, string>, name = results): Promise<LoggedRun[]> {
  const result = await readLogFile(sourceOf(files, name));
  if (result.kind !== "runs") throw new Error(JSON.stringify(result));
  return result.runs.map(({ run }) => run);
}

async function onlyRun(files: ReadonlyMap<string, string>, name = results): Promise<LoggedRun> {
  const [run, ...others] = await runsOf(files, name);
  if (run === undefined || others.length > 0) throw new Error("one run was expected");
  return run;
}

const gsm8k = {
  name: "gsm8k",
  version: 3,
  shots: 5,
  filters: {
    "strict-match": { exact_match: [1, 0, 0, 1, 0] },
    "flexible-extract": { exact_match: [1, 1, 0, 1, 0] },
  },
};
const call: CallToWrite = {
  model: "vendor/model-7b",
  tasks: [gsm8k, { name: "arc_easy", filters: { none: { acc: [1, 0, 1], acc_norm: [true, true, false] } } }],
};

describe("results of lm-evaluation-harness with samples", () => {
  it("are one run a task, with an attempt a document", async () => {
    const [first, second, ...others] = await runsOf(callFiles(call));
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      ...{ format: "lm-evaluation-harness", status: "success", complete: true, task: "gsm8k", taskVersion: "3" },
      ...{ model: "vendor/model-7b", planned: 5, epochs: 1, lost: [], createdAt: 1_772_443_800_250 },
      harness: { name: "lm_eval", version: "0.4.9" },
      dataset: { name: "fixtures/gsm8k", samples: 105 },
      settings: { num_fewshot: 5, batch_size: 8 },
    });
    expect(first?.attempts.map(({ task, score, outcome }) => [task, score, outcome])).toEqual([
      ["0", 1, "scored"],
      ["1", 0, "scored"],
      ["2", 0, "scored"],
      ["3", 1, "scored"],
      ["4", 0, "scored"],
    ]);
    expect(first?.attempts[1]?.scores).toEqual([
      { scorer: "exact_match (strict-match)", value: 0, number: 0 },
      { scorer: "exact_match (flexible-extract)", value: 1, number: 1 },
    ]);
    expect(second?.attempts[1]?.scores).toEqual([
      { scorer: "acc", value: 0, number: 0 },
      { scorer: "acc_norm", value: true, number: 1 },
    ]);
    for (const run of [first, second]) {
      for (const attempt of run?.attempts ?? []) expect(attemptRecordSchema.parse(attempt)).toEqual(attempt);
      for (const metric of run?.metrics ?? []) expect(recomputedMetricSchema.parse(metric)).toEqual(metric);
    }
  });

  it("have their numbers computed again: 2/5, 3/5 and s/√n", async () => {
    const [run] = await runsOf(callFiles(call));
    expect(run?.metrics.map(({ metric, verdict, recomputed }) => [metric, verdict, recomputed])).toEqual([
      ["exact_match,strict-match", "matches", 0.4],
      ["exact_match_stderr,strict-match", "matches", expect.closeTo(Math.sqrt(0.3 / 5), 12)],
      ["exact_match,flexible-extract", "matches", 0.6],
      ["exact_match_stderr,flexible-extract", "matches", expect.closeTo(Math.sqrt(0.3 / 5), 12)],
    ]);
  });

  it("say where a stated number is not that of the samples, and what cannot be computed again", async () => {
    const task = {
      name: "mixed",
      filters: { none: { acc: [1, 0], f1: [0.5, 1], ppl: [2, 4], own: [0.25, 0.5] } },
      aggregations: { f1: "f1", ppl: "perplexity" },
      stated: { "acc,none": 0.75, "ppl,none": Math.exp(-3), "f1,none": 0.9 },
    };
    const run = await onlyRun(callFiles({ tasks: [task] }));
    const verdicts = Object.fromEntries(run.metrics.map(({ metric, verdict }) => [metric, verdict]));
    expect(verdicts).toEqual({
      "acc,none": "differs",
      "acc_stderr,none": "matches",
      "f1,none": "not-recomputable",
      "f1_stderr,none": "not-recomputable",
      "ppl,none": "matches",
      "ppl_stderr,none": "random",
      "own,none": "matches",
      "own_stderr,none": "matches",
    });
  });

  it("have perplexities computed again over all words, not over samples: e^(30/20), 30/40/ln 2", async () => {
    const likelihoods = [
      [-10, 5],
      [-20, 15],
    ];
    const bytes = [
      [-10, 10],
      [-20, 30],
    ];
    const task = {
      name: "wiki",
      filters: { none: { word_perplexity: likelihoods, bits_per_byte: bytes } },
      aggregations: { word_perplexity: "weighted_perplexity", bits_per_byte: "bits_per_byte" },
      stated: { "word_perplexity,none": Math.exp(1.5), "bits_per_byte,none": 0.75 / Math.log(2) },
    };
    const run = await onlyRun(callFiles({ tasks: [task] }));
    const verdicts = Object.fromEntries(run.metrics.map(({ metric, verdict }) => [metric, verdict]));
    expect(verdicts).toMatchObject({ "word_perplexity,none": "matches", "bits_per_byte,none": "matches" });
    const wrong = { ...task, stated: { ...task.stated, "bits_per_byte,none": 0.75 } };
    expect((await onlyRun(callFiles({ tasks: [wrong] }))).metrics.map(({ verdict }) => verdict)).toContain("differs");
  });

  it("take the first metric that says what was solved, and none where none does", async () => {
    const perplexity = {
      name: "wiki",
      filters: { none: { word_perplexity: [12, 14] } },
      lowerIsBetter: ["word_perplexity"],
    };
    const [wiki] = await runsOf(callFiles({ tasks: [perplexity] }));
    expect(wiki?.attempts.map(({ outcome, score }) => [outcome, score])).toEqual([
      ["unscored", null],
      ["unscored", null],
    ]);
    expect(wiki?.attempts[0]?.scores).toEqual([{ scorer: "word_perplexity", value: 12, number: 12 }]);
    expect(wiki?.notes.join(" ")).toContain("no attempt is scored");
    const [both] = await runsOf(
      callFiles({ tasks: [{ name: "t", filters: { none: { bleu: [30, 40], acc: [0, 1] } } }] }),
    );
    expect(both?.attempts.map(({ score }) => score)).toEqual([0, 1]);
  });

  it("keep NaN as unscored, and the number that was logged for it", async () => {
    const task = { name: "t", filters: { none: { acc: [1, Number.NaN, 0] } }, stated: { "acc,none": Number.NaN } };
    const run = await onlyRun(callFiles({ tasks: [task] }));
    expect(run.attempts.map(({ outcome, score }) => [outcome, score])).toEqual([
      ["scored", 1],
      ["unscored", null],
      ["scored", 0],
    ]);
    expect(run.metrics[0]).toMatchObject({ logged: null, recomputed: null, verdict: "matches" });
  });

  it("read records of files from before they named their filter", async () => {
    const run = await onlyRun(callFiles({ tasks: [gsm8k] }, { named: false }));
    expect(run.metrics.every(({ verdict }) => verdict === "matches")).toBe(true);
    expect(run.attempts[1]?.scores).toHaveLength(2);
  });

  it("read results from before there were filters", async () => {
    const files = new Map([
      [
        results,
        '{"results": {"arc": {"acc": 0.5, "acc_stderr": 0.5}}, "versions": {"arc": 0}, "config": {"model": "gpt2"}}',
      ],
      [
        `samples_arc_${callTime}.jsonl`,
        '{"doc_id": 0, "doc": {}, "resps": [], "acc": 1.0}\n{"doc_id": 1, "resps": [], "acc": 0.0}\n',
      ],
    ]);
    const run = await onlyRun(files);
    expect(run.model).toBe("gpt2");
    expect(run.metrics.map(({ verdict }) => verdict)).toEqual(["matches", "matches"]);
    expect(run.attempts.map(({ score, scores }) => [score, scores.length])).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });

  it("are the same whatever the order of the records", async () => {
    const files = callFiles(call);
    const name = `samples_gsm8k_${callTime}.jsonl`;
    const lines = (files.get(name) ?? "").trimEnd().split("\n");
    const [run] = await runsOf(files);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (shuffled) => {
        const [other] = await runsOf(new Map([...files, [name, shuffled.join("\r\n")]]));
        expect(other).toEqual(run);
      }),
      { numRuns: 30 },
    );
  });

  it("never show a key or a password among the model's arguments", async () => {
    const secrets = {
      base_url: "https://user:hunter2@host",
      api_key: "sk-1",
      auth_token: "t",
      tokenizer: "x",
      max_gen_toks: 9,
    };
    for (const modelArgs of [secrets, "model=m,base_url=https://user:hunter2@host,api_key=sk-1,tokenizer=x"]) {
      const [run] = await runsOf(callFiles({ modelArgs, tasks: [gsm8k] }));
      const text = JSON.stringify(run);
      expect(text).not.toMatch(/hunter2|sk-1/);
      expect(text).toContain('"tokenizer":"x"');
      expect(text).not.toContain("a long prompt");
    }
  });
});

describe("results of lm-evaluation-harness that hold less", () => {
  it("are totals without attempts where samples were not logged", async () => {
    const files = callFiles(call);
    const [run] = await runsOf(new Map([[results, files.get(results) ?? ""]]));
    expect(run).toMatchObject({ attempts: [], complete: false, planned: 5 });
    expect(run?.notes.join(" ")).toContain("only totals");
    expect(run?.lost).toEqual([
      { what: "sample", count: 5, reason: expect.stringContaining("--log_samples") as string },
    ]);
    expect(run?.metrics[0]).toMatchObject({ logged: 0.4, recomputed: null, verdict: "no-scores" });
  });

  it("have groups, which are no runs", async () => {
    const files = callFiles({ ...call, groups: { suite: ["gsm8k", "arc_easy"] } });
    expect((await runsOf(files)).map(({ task }) => task)).toEqual(["gsm8k", "arc_easy"]);
  });

  it("count what is missing, broken or without an id", async () => {
    const files = callFiles(call);
    const name = `samples_gsm8k_${callTime}.jsonl`;
    const lines = (files.get(name) ?? "").split("\n");
    const broken = [
      ...lines.slice(0, 2),
      lines[2]?.slice(0, 50),
      "[1]",
      '{"resps": [], "acc": 1}',
      ...lines.slice(5, 7),
    ];
    const [run] = await runsOf(new Map([...files, [name, broken.join("\n")]]));
    expect(run?.attempts).toHaveLength(2);
    expect(run?.complete).toBe(false);
    expect(run?.lost).toEqual([
      { what: "sample", count: 1, reason: expect.stringMatching(/ends in the middle|no JSON/) as string },
      { what: "sample", count: 2, reason: "the record has no doc_id" },
    ]);
    const [short] = await runsOf(new Map([...files, [name, lines.slice(0, 2).join("\n")]]));
    expect(short?.lost).toEqual([
      { what: "sample", count: 3, reason: "it was evaluated and is not in the file of samples" },
    ]);
  });

  it("are one file with the samples where a program wrote them so", async () => {
    const object = JSON.parse(callFiles({ tasks: [gsm8k] }).get(results) ?? "") as Record<string, unknown>;
    const samples = {
      gsm8k: [0, 1, 2, 3, 4].map((doc) => ({ doc_id: doc, filter: "strict-match", exact_match: doc % 2 })),
    };
    const run = await onlyRun(new Map([[results, pythonJson({ ...object, samples })]]));
    expect(run.attempts.map(({ score }) => score)).toEqual([0, 1, 0, 1, 0]);
  });
});

describe("a file of samples", () => {
  const files = callFiles(call);
  const name = `samples_arc_easy_${callTime}.jsonl`;

  it("is part of its results where they came with it", async () => {
    expect(await readLogFile(sourceOf(files, name))).toMatchObject({ kind: "part-of", file: results });
  });

  it("is refused alone, because it names no model", async () => {
    const alone = new Map([[name, files.get(name) ?? ""]]);
    expect(await readLogFile(sourceOf(alone, name))).toMatchObject({ kind: "refused", code: "log-unsupported" });
  });
});

describe("hostile results of lm-evaluation-harness", () => {
  const kinds = new Set<ReadFileResult["kind"]>(["runs", "part-of", "table", "not-a-log", "refused"]);

  it("take hostile names as plain names", async () => {
    const text = `{"results": {"__proto__": {"acc,none": 1}, "constructor": {"acc,none": 0}, "a\\u0000\\u202eb": {"acc,none": 1}},
      "n-samples": {"__proto__": {"effective": 1e308}, "constructor": {"effective": -1}}, "lm_eval_version": "1"}`;
    const runs = await runsOf(new Map([[results, text]]));
    expect(runs.map(({ task }) => task)).toEqual(["__proto__", "constructor", "a\0\u202eb"]);
    expect(runs.map(({ planned }) => planned)).toEqual([null, null, null]);
    expect(({} as Record<string, unknown>)["acc,none"]).toBeUndefined();
  });

  it("answer to a cut anywhere, and to any byte changed", async () => {
    const files = callFiles({ tasks: [{ name: "t", filters: { none: { acc: [1, 0] } } }] });
    const whole = new TextEncoder().encode(files.get(results) ?? "");
    const reader = readerFor(whole, results);
    if (reader === null) throw new Error("the results were not recognised");
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(255), fc.boolean(), async (place, byte, cut) => {
        const bytes = cut ? whole.slice(0, place) : whole.with(Math.min(place, whole.length - 1), byte);
        const result = await reader.read({ ...sourceOf(files, results), bytes: bytesSource(bytes) }, {});
        expect(kinds.has(result.kind)).toBe(true);
        if (result.kind !== "runs") return;
        for (const { run } of result.runs) {
          for (const attempt of run.attempts) attemptRecordSchema.parse(attempt);
          for (const metric of run.metrics) recomputedMetricSchema.parse(metric);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("answer to any fields in a record", async () => {
    const files = callFiles({ tasks: [{ name: "t", filters: { none: { acc: [1, 0] } } }] });
    const name = `samples_t_${callTime}.jsonl`;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.constantFrom("doc_id", "filter", "metrics", "acc"), fc.jsonValue())),
        async (records) => {
          const lines = records.map((record) => JSON.stringify(record)).join("\n");
          for (const run of await runsOf(new Map([...files, [name, lines]]))) {
            for (const attempt of run.attempts) attemptRecordSchema.parse(attempt);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("pass over prompts of any size and depth", async () => {
    const files = callFiles({ tasks: [{ name: "t", filters: { none: { acc: [1] } } }] });
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const line = `{"doc_id": 0, "doc": ${deep}, "resps": "${"x".repeat(20_000_000)}", "filter": "none", "acc": 1}\n`;
    const [run] = await runsOf(new Map([...files, [`samples_t_${callTime}.jsonl`, line]]));
    expect(run?.attempts.map(({ score }) => score)).toEqual([1]);
    expect(run?.lost).toEqual([]);
  });
});
