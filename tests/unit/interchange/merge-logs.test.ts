import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttemptRecord, OutcomeState } from "../../../electron/contract/attempt.ts";
import { notRun } from "../../../electron/domain/attempts/rows.ts";
import { bytesSource } from "../../../electron/interchange/byte-source.ts";
import { evaluationOf } from "../../../electron/interchange/inspect/evaluation-key.ts";
import type { LoggedRun, LogStatus } from "../../../electron/interchange/logged-run.ts";
import { evaluationKey, mergeLogs, type LogOfEvaluation } from "../../../electron/interchange/merge-logs.ts";
import { evalLog, jsonLog, type LogToWrite } from "../../fixtures/inspect/generate.ts";

function attempt(task: string, outcome: OutcomeState, score: number | null = null): AttemptRecord {
  const error = outcome === "infrastructure-fault" || outcome === "model-error" ? "it broke" : null;
  return { ...notRun(task, 1, null), outcome, score, error };
}

function log(name: string, more: Partial<LoggedRun>, salvaged = false): LogOfEvaluation {
  const run: LoggedRun = {
    ...{ format: "inspect", formatVersion: 2, status: "success", complete: true, task: "t", taskVersion: null },
    ...{ taskId: "task-id-1", evalId: null, runId: null, evalSetId: null, model: "m", createdAt: 0 },
    ...{ harness: { name: "inspect_ai", version: null }, dataset: { name: null, samples: null, sampleIds: null } },
    ...{ epochs: 1, reducers: [], limits: {}, settings: null, tags: [], planned: null, attempts: [], metrics: [] },
    ...{ scorers: [], lost: [], notes: [] },
    ...more,
  };
  return { name, sha256: name.repeat(64).slice(0, 64), run, salvaged };
}

const brief = ({ task, outcome, score, file }: AttemptRecord): unknown[] => [task, outcome, score, file];
const ids = { dataset: { name: null, samples: 3, sampleIds: ["x", "y", "z"] }, planned: 3 };

describe("logs of one evaluation as one run", () => {
  it("have the newest lead, and fill in what it lacks", () => {
    const first = log("a", {
      ...ids,
      status: "cancelled",
      createdAt: 1,
      attempts: [attempt("x", "scored", 1)],
      complete: false,
    });
    const second = log("b", { ...ids, createdAt: 2, attempts: [attempt("y", "scored", 0), attempt("z", "scored", 1)] });
    const { run, logs, attempts } = mergeLogs([first, second]);
    expect(logs.map(({ name }) => name)).toEqual(["b", "a"]);
    expect(attempts).toEqual([2, 1]);
    expect(run.attempts.map(brief)).toEqual([
      ["y", "scored", 0, 0],
      ["z", "scored", 1, 0],
      ["x", "scored", 1, 1],
    ]);
    expect(run).toMatchObject({ status: "success", createdAt: 2, planned: 3, complete: true });
    expect(run.notes).toEqual([
      "Made from 2 logs of one evaluation.",
      "b (success): 2 attempts from it.",
      "a (cancelled): 1 attempt from it.",
    ]);
  });

  it("take the newer attempt, unless it failed and the older did not", () => {
    const first = log("a", {
      createdAt: 1,
      attempts: [attempt("x", "scored", 0), attempt("y", "scored", 1), attempt("z", "model-error")],
    });
    const second = log("b", {
      createdAt: 2,
      attempts: [attempt("x", "scored", 1), attempt("y", "infrastructure-fault"), attempt("z", "model-error")],
    });
    const { run } = mergeLogs([first, second]);
    expect(run.attempts.map(brief)).toEqual([
      ["x", "scored", 1, 0],
      ["y", "scored", 1, 1],
      ["z", "model-error", null, 0],
    ]);
  });

  it("lead by what they say of themselves where they are of one time", () => {
    const cut = log("a", { status: "started", attempts: [attempt("x", "scored", 1)] });
    const done = log("b", { status: "success", attempts: [attempt("x", "scored", 1)] });
    expect(mergeLogs([cut, done]).logs[0]?.name).toBe("b");
    const edited = { scorer: "s", value: 0, number: 0, original: 1 };
    const scored = log("a", { attempts: [{ ...attempt("x", "scored", 0), scores: [edited] }] });
    const before = log("b", {
      attempts: [{ ...attempt("x", "scored", 1), scores: [{ scorer: "s", value: 1, number: 1 }] }],
    });
    expect(mergeLogs([before, scored]).run.attempts.map(brief)).toEqual([["x", "scored", 0, 0]]);
  });

  it("count what an older log lost only where attempts are missing", () => {
    const lost = [{ what: "sample", count: 1, reason: "it is damaged" }];
    const first = log("a", { ...ids, createdAt: 1, attempts: [attempt("x", "scored", 1)], lost }, true);
    const whole = log("b", { ...ids, createdAt: 2, attempts: ["x", "y", "z"].map((id) => attempt(id, "scored", 1)) });
    expect(mergeLogs([first, whole])).toMatchObject({ salvaged: false, run: { lost: [] } });
    const part = log("b", { ...ids, createdAt: 2, attempts: [attempt("y", "scored", 1)] });
    expect(mergeLogs([first, part])).toMatchObject({
      salvaged: true,
      run: { lost: [{ what: "sample", count: 1, reason: "it is damaged (a)" }] },
    });
  });

  it("come to the same whatever order they are given in, each attempt once, from a log that has it", () => {
    const outcome = fc.constantFrom<OutcomeState>("scored", "model-error", "unscored", "limit-reached", "invalidated");
    const attempts = fc.uniqueArray(
      fc
        .tuple(fc.constantFrom("x", "y", "z"), outcome)
        .map(([task, state]) => attempt(task, state, state === "scored" ? 1 : null)),
      { selector: ({ task }) => task },
    );
    const logs = fc.array(
      fc.record({
        createdAt: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }),
        status: fc.constantFrom<LogStatus>("started", "success", "cancelled", "error", "unknown"),
        attempts,
        epochs: fc.integer({ min: 1, max: 2 }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(logs, fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (described, order) => {
        const given = described.map((one, place) => log("abcde"[place] ?? "", one));
        const shuffled = order.flatMap((place) => given[place] ?? []);
        const merged = mergeLogs(given);
        expect(mergeLogs(shuffled)).toEqual(merged);
        const tasks = merged.run.attempts.map(({ task }) => task);
        expect(new Set(tasks).size).toBe(tasks.length);
        expect(new Set(tasks)).toEqual(new Set(given.flatMap(({ run }) => run.attempts.map(({ task }) => task))));
        for (const { file, ...rest } of merged.run.attempts) {
          expect(merged.logs[file]?.run.attempts.map((one) => ({ ...one, file }))).toContainEqual({ ...rest, file });
        }
        expect(merged.attempts.reduce((sum, count) => sum + count, 0)).toBe(tasks.length);
      }),
    );
  });
});

describe("which evaluation a log is of", () => {
  const described: LogToWrite = {
    samples: [{ id: "a", scores: { includes: "C" } }],
    spec: { task_id: "task-id-1", eval_set_id: "set", task: "t", model: "m" },
  };
  const key = evaluationKey({ taskId: "task-id-1", evalSetId: "set", task: "t", model: "m" });

  it("is told by the head of either container, in progress too", async () => {
    expect(key).not.toBeNull();
    for (const bytes of [jsonLog(described), evalLog(described), evalLog(described, { inProgress: true })]) {
      expect(await evaluationOf(bytesSource(bytes))).toBe(key);
    }
  });

  it("is nothing where the head has no task_id of its own, or is none", async () => {
    const without = { ...described, spec: { ...described.spec, task_id: "..." } };
    expect(await evaluationOf(bytesSource(jsonLog(without)))).toBeNull();
    for (const text of ["", "{", "[]", '{"samples":[', "PK\u0003\u0004", '{"eval": 1}', '{"eval": {"task": {}}}']) {
      expect(await evaluationOf(bytesSource(new TextEncoder().encode(text)))).toBeNull();
    }
  });

  it("is a text or nothing, wherever the file is cut", async () => {
    const whole = [jsonLog(described), evalLog(described)];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...whole), fc.double({ min: 0, max: 1, noNaN: true }), async (bytes, share) => {
        const found = await evaluationOf(bytesSource(bytes.subarray(0, Math.floor(bytes.length * share))));
        expect([key, null]).toContain(found);
      }),
    );
  });
});
