import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptRecordSchema, recomputedMetricSchema } from "../../../electron/contract/attempt.ts";
import { bytesSource } from "../../../electron/interchange/byte-source.ts";
import type { ReadRun } from "../../../electron/interchange/reader.ts";
import { promptfooReader } from "../../../electron/interchange/promptfoo/index.ts";
import { readLogFile } from "../../../electron/interchange/readers.ts";
import { type EvalToWrite, outputObject, resultRows } from "../../fixtures/promptfoo/generate.ts";

const encoder = new TextEncoder();

async function runsOf(text: string, name = "output.json"): Promise<readonly ReadRun[]> {
  const result = await readLogFile({ name, bytes: bytesSource(encoder.encode(text)) });
  if (result.kind !== "runs") throw new Error(JSON.stringify(result));
  for (const { run } of result.runs) {
    for (const attempt of run.attempts) expect(attemptRecordSchema.parse(attempt)).toEqual(attempt);
    for (const metric of run.metrics) expect(recomputedMetricSchema.parse(metric)).toEqual(metric);
  }
  return result.runs;
}

const pass = { success: true };
const fail = { success: false };
const evaluation: EvalToWrite = {
  description: "Web challenges",
  columns: [{ id: "openai:gpt-x" }, { id: "anthropic:y", label: "candidate" }],
  tests: [
    { description: "login", vars: { level: 1 }, cells: [[pass, fail]] },
    { vars: { level: 2 }, cells: [[{ success: true, score: 0.7, namedScores: { tone: 0.5 } }, pass]] },
    {
      description: "upload",
      vars: { level: 3 },
      cells: [
        [fail, pass],
        [pass, { success: false, failureReason: 2, error: "API error: 503 Service Unavailable" }],
      ],
    },
  ],
};

function rowsOf(run: ReadRun | undefined): unknown[] {
  return (run?.run.attempts ?? []).map(({ task, epoch, outcome, score }) => [task, epoch, outcome, score]);
}

describe("an output of promptfoo", () => {
  it("is one run a provider; a repeat is an epoch", async () => {
    const [first, second, ...others] = await runsOf(JSON.stringify(outputObject(evaluation)));
    expect(others).toEqual([]);
    expect(first?.run).toMatchObject({
      ...{
        format: "promptfoo",
        formatVersion: 3,
        task: "Web challenges",
        model: "openai:gpt-x",
        epochs: 2,
        planned: 4,
      },
      ...{ createdAt: Date.UTC(2026, 2, 2, 9, 30), complete: true, lost: [] },
      harness: { name: "promptfoo", version: "0.122.0" },
    });
    const unnamed = first?.run.attempts[1]?.task ?? "";
    expect(unnamed).toMatch(/^test-[0-9a-f]{12}$/);
    expect(rowsOf(first)).toEqual([
      ["login", 1, "scored", 1],
      [unnamed, 1, "scored", 1],
      ["upload", 1, "scored", 0],
      ["upload", 2, "scored", 1],
    ]);
    expect(rowsOf(second)).toEqual([
      ["login", 1, "scored", 0],
      [unnamed, 1, "scored", 1],
      ["upload", 1, "scored", 1],
      ["upload", 2, "model-error", null],
    ]);
    expect(first?.run.attempts[1]).toMatchObject({
      scores: [
        { scorer: "pass", value: true, number: 1 },
        { scorer: "score", value: 0.7, number: 0.7 },
        { scorer: "tone", value: 0.5, number: 0.5 },
      ],
      ...{ inputTokens: 20, outputTokens: 10, totalTokens: 30, cost: 0.25, totalMs: 1_201, member: null },
    });
    expect(second?.run.attempts[3]).toMatchObject({
      error: "API error: 503 Service Unavailable",
      scores: [],
      note: "",
    });
    expect(second?.run.attempts[0]).toMatchObject({ error: null, note: "Expected output to contain flag" });
    expect([first?.part, second?.part]).toEqual(["openai:gpt-x", "anthropic:y (candidate)"]);
    expect(JSON.stringify([first, second])).not.toMatch(/sk-1|a long (?:prompt|answer)/);
  });

  it("has its sums added up again", async () => {
    const output = outputObject(evaluation);
    const [first, second] = await runsOf(JSON.stringify(output));
    const verdicts = (one: ReadRun | undefined): unknown[] =>
      (one?.run.metrics ?? []).map(({ metric, verdict }) => [metric, verdict]);
    for (const one of [first, second]) {
      expect(verdicts(one).slice(0, 6)).toEqual([
        ["testPassCount", "matches"],
        ["testErrorCount", "matches"],
        ["testFailCount", "matches"],
        ["score", "matches"],
        ["totalLatencyMs", "matches"],
        ["cost", "matches"],
      ]);
    }
    expect(verdicts(first)[6]).toEqual(["namedScores.tone", "matches"]);
    const text = JSON.stringify(output).replace('"testPassCount":3', '"testPassCount":4');
    const [wrong] = await runsOf(text);
    expect(verdicts(wrong)[0]).toEqual(["testPassCount", "differs"]);
    expect(wrong?.run.lost).toEqual([{ what: "result", count: 1, reason: "it was counted and is not in the file" }]);
  });

  it("is one run a provider and prompt where there are several prompts", async () => {
    const two: EvalToWrite = {
      columns: [
        { id: "p", prompt: "short" },
        { id: "p", prompt: "long" },
      ],
      tests: [{ description: "t", vars: {}, cells: [[pass, fail]] }],
    };
    const runs = await runsOf(JSON.stringify(outputObject(two)), "my suite.json");
    expect(runs.map(({ part }) => part)).toEqual(["p", "p, prompt 2"]);
    expect(runs.map(({ run }) => run.attempts[0]?.score)).toEqual([1, 0]);
    expect(runs[0]?.run.task).toBe("my suite");
    expect(runs[1]?.run.notes.join(" ")).toContain("Prompt: long");
  });

  it("tells providers of one id apart by their labels", async () => {
    const twins: EvalToWrite = {
      columns: [
        { id: "http", label: "a" },
        { id: "http", label: "b" },
      ],
      tests: [{ vars: {}, cells: [[pass, fail]] }],
    };
    const runs = await runsOf(JSON.stringify(outputObject(twins)));
    expect(runs.map(({ run }) => run.model)).toEqual(["http (a)", "http (b)"]);
  });

  it("names the state of what was not judged", async () => {
    const cell = (error: string) => ({ success: false, failureReason: 2, error });
    const states: EvalToWrite = {
      columns: [{ id: "p" }],
      tests: [
        [cell("Evaluation timed out after 5000ms"), "limit-reached"],
        [cell("Rate limit exceeded"), "model-error"],
        [cell("Cannot find module './assert.js'"), "infrastructure-fault"],
        [{ success: false, response: { isRefusal: true } }, "refused"],
        [{ success: false, response: { guardrails: { flagged: true } } }, "refused"],
        [{ success: true, response: { finishReason: "content_filter" } }, "scored"],
      ].map(([one], place) => ({ description: `t${String(place)}`, vars: {}, cells: [[one as { success: boolean }]] })),
    };
    const [run] = await runsOf(JSON.stringify(outputObject(states)));
    expect(run?.run.attempts.map(({ outcome }) => outcome)).toEqual([
      ...["limit-reached", "model-error", "infrastructure-fault", "refused", "refused", "scored"],
    ]);
    expect(run?.run.attempts[0]).toMatchObject({ limit: "time", score: null });
  });

  it("is the same as JSON Lines, but for what only the whole says", async () => {
    const lines = resultRows(evaluation).map((row) => JSON.stringify(row));
    const [whole] = await runsOf(JSON.stringify(outputObject(evaluation)));
    const [first] = await runsOf(`\ufeff${lines.join("\r\n")}\r\n`, "output.jsonl");
    expect(first?.run.attempts).toEqual(whole?.run.attempts);
    expect(first?.run).toMatchObject({ task: "output", metrics: [], planned: null });
    const [cut] = await runsOf(`${lines.join("\n")}\n${(lines[0] ?? "").slice(0, 60)}`, "output.jsonl");
    expect(cut?.run.lost).toEqual([{ what: "result", count: 1, reason: "the line ends in the middle" }]);
    expect(cut?.salvaged).toBe(true);
  });

  it("does not depend on the order of its rows, and counts a row twice only once", async () => {
    const lines = resultRows(evaluation).map((row) => JSON.stringify(row));
    const attempts = async (some: readonly string[]) =>
      new Map((await runsOf(some.join("\n"), "o.jsonl")).map(({ part, run }) => [part, run.attempts]));
    const expected = await attempts(lines);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (shuffled) => {
        expect(await attempts(shuffled)).toEqual(expected);
        expect(await attempts([...shuffled, ...shuffled.slice(0, 3)])).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});

describe("a hostile output of promptfoo", () => {
  const small: EvalToWrite = { columns: [{ id: "p" }], tests: [{ description: "t", vars: { a: 1 }, cells: [[pass]] }] };
  const whole = encoder.encode(JSON.stringify(outputObject(small)));

  it("answers to a cut anywhere and to any byte changed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(255), fc.boolean(), async (place, byte, cut) => {
        const bytes = cut ? whole.slice(0, place) : whole.with(Math.min(place, whole.length - 1), byte);
        const result = await promptfooReader.read({ name: "x.json", bytes: bytesSource(bytes) }, {});
        if (result.kind !== "runs") expect(["not-a-log", "refused"]).toContain(result.kind);
        else for (const { run } of result.runs) run.attempts.forEach((one) => attemptRecordSchema.parse(one));
      }),
      { numRuns: 300 },
    );
  });

  it("answers to any value of any field", async () => {
    const fields = [...Object.keys(resultRows(small)[0] ?? {}), "__proto__"];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()), { maxLength: 5 }),
        async (rows) => {
          const lines = [
            '{"testIdx":0,"promptIdx":0,"provider":"p","success":true}',
            ...rows.map((row) => JSON.stringify(row)),
          ];
          const runs = await runsOf(lines.join("\n"), "x.jsonl");
          expect(runs.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("keeps what can be read beside what cannot", async () => {
    const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
    const text = JSON.stringify(outputObject(small))
      .replace('"vars":{"a":1}', `"vars":${deep}`)
      .replace('"cost":0.25,"gradingResult"', '"cost":1e999,"gradingResult"');
    const [run] = await runsOf(text);
    expect(run?.run.attempts).toHaveLength(1);
    expect(run?.run.attempts[0]).toMatchObject({ score: 1, cost: null });
    expect(run?.run.lost.map(({ what }) => what)).toContain("“vars” of a result");
  });

  it("is no log where it is empty or something else", async () => {
    const read = (text: string) =>
      promptfooReader.read({ name: "x.json", bytes: bytesSource(encoder.encode(text)) }, {});
    expect(await read('{"evalId":"e","results":{"results":[]}}')).toMatchObject({ kind: "not-a-log" });
    expect(await read('{"a":1}')).toMatchObject({ kind: "not-a-log" });
    expect(await read("")).toMatchObject({ kind: "refused", code: "log-damaged" });
    expect(await read('{"evalId":"e","results":{"results":[{"success":true}]}}')).toMatchObject({ kind: "refused" });
  });
});
