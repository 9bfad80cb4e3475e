import { describe, expect, it, vi } from "vitest";
import { evalLog, jsonLog, member, resultRow, solvedLog, type LogToWrite } from "../../fixtures/inspect/generate.ts";
import { attemptOf, content, runOf, runOfBoth } from "../../fixtures/inspect/read-back.ts";

/** The format of Inspect's logs, one fact a test: the fields of a log, of its samples and of their scores. */

const samples = [{ id: "a", scores: { s: "C" } }];

describe("a log", () => {
  it.each(["started", "success", "cancelled", "error"])("has the status %s", async (status) => {
    const run = await runOf(jsonLog({ samples, status }));
    expect([run.status, run.complete]).toEqual([status, status !== "started"]);
  });

  it("of status success may hold errored samples, and one of status error complete ones", async () => {
    const mixed = [...samples, { id: "b", fields: { error: { message: "OSError()", traceback: "" } } }];
    for (const status of ["success", "error"]) {
      const { attempts } = await runOfBoth({ samples: mixed, status });
      expect(attempts.map(({ outcome }) => outcome)).toEqual(["scored", "infrastructure-fault"]);
    }
  });

  it("says why it ended, where it ended with an error", async () => {
    const run = await runOfBoth({ samples, status: "error", fields: { error: { message: "RuntimeError('disk')" } } });
    expect(run.notes).toContain("The run ended with an error: RuntimeError('disk')");
  });

  it("says that it has invalidated samples", async () => {
    expect((await runOfBoth({ samples, fields: { invalidated: true } })).notes).toContain(
      "The log has invalidated attempts.",
    );
  });

  it("copies its tags from its start and every edit since: the copy may be stale, the edits are not", async () => {
    const edit = (add: readonly string[], remove: readonly string[]) => ({
      edits: [{ type: "tags", tags_add: add, tags_remove: remove }],
      provenance: { timestamp: "2026-04-01T00:00:00+00:00", author: "Ingrid" },
    });
    const updates = [edit(["new"], ["old"]), edit(["newer"], [])];
    const run = await runOfBoth({ samples, spec: { tags: ["old"] }, fields: { tags: ["old"], log_updates: updates } });
    expect(run.tags).toEqual(["new", "newer"]);
  });

  it("keeps its reductions beside its samples: only the samples are read", async () => {
    const lies = [{ scorer: "s", samples: [{ sample_id: "a", value: 0 }] }];
    const run = await runOfBoth({ samples, fields: { reductions: lies }, results: [resultRow("s", { accuracy: 1 })] });
    expect(run.metrics[0]?.verdict).toBe("matches");
    const archived = await runOf(evalLog({ samples }, { extra: [member("reductions.json", lies)] }));
    expect(archived.attempts[0]?.score).toBe(1);
  });

  it("may be written without its samples: a note says how many it is of", async () => {
    const results = { total_samples: 3, completed_samples: 3, scores: [resultRow("s", { accuracy: 1 })] };
    const run = await runOfBoth({ samples: [], sampleIds: [1, 2, 3], results: null, fields: { results } });
    expect(run).toMatchObject({ planned: 3, attempts: [], lost: [], metrics: [{ verdict: "no-scores" }] });
    expect(run.notes).toContain("The log's results are of 3 samples; the file holds 0.");
    const stopped = { ...results, early_stopping: { manager: "m", early_stops: [] } };
    const early = await runOfBoth({ samples: [], sampleIds: [1, 2, 3], results: null, fields: { results: stopped } });
    expect(early.notes).toEqual([]);
    expect((await runOfBoth({ samples })).notes).toEqual([]);
  });
});

describe("what was run", () => {
  it.each([
    ["2026-03-02T09:30:00+00:00", Date.UTC(2026, 2, 2, 9, 30)],
    ["2026-03-02T09:30:00", Date.UTC(2026, 2, 2, 9, 30)],
    ["2026-03-02T09:30:00-04:00", Date.UTC(2026, 2, 2, 13, 30)],
    ["2026-03-02T15:00:00+0530", Date.UTC(2026, 2, 2, 9, 30)],
  ])("was created at %s: any offset, and without one it is UTC", async (created, time) => {
    // Where the machine's own time is another.
    vi.stubEnv("TZ", "Asia/Tokyo");
    const { createdAt } = await runOfBoth({ samples, spec: { created } });
    vi.unstubAllEnvs();
    expect(createdAt).toBe(time);
  });

  it.each([
    [3, "3"],
    ["3-B", "3-B"],
  ])("has the task version %j, a number or a text", async (version, text) => {
    expect((await runOfBoth({ samples, spec: { task_version: version } })).taskVersion).toBe(text);
  });

  it("may have no eval_id (old logs), and no model at all (people, solvers)", async () => {
    const run = await runOfBoth({ samples, spec: { eval_id: undefined, model: "none/none" } });
    expect([run.evalId, run.model]).toEqual([null, "none/none"]);
  });

  it("came from a repository whose address may hold a token: that is left out", async () => {
    const revision = { type: "git", origin: "https://me:t0k3n@example.org/x.git", commit: "abc", dirty: true };
    const { settings } = await runOfBoth({ samples, spec: { revision } });
    expect(JSON.stringify(settings)).not.toContain("t0k3n");
    expect(settings).toMatchObject({ revision: { origin: "https://example.org/x.git", commit: "abc", dirty: true } });
  });

  it.each([
    ["a number", 3, 6],
    ["more than there are", 50, 20],
    ["a range", [2, 6], 8],
    ["a range beyond the end", [8, 60], 4],
    ["nothing", null, 20],
  ])("is limited by %s where the log lists no ids", async (_what, limit, planned) => {
    const spec = { dataset: { name: "d", samples: 10 } };
    const run = await runOfBoth({ samples, results: null, spec, config: { epochs: 2, limit } });
    expect(run.planned).toBe(planned);
  });

  it("was planned as the listed ids (those that a limit left) by the epochs", async () => {
    const spec = { dataset: { name: "d", samples: 100, sample_ids: [1, "2", 3] } };
    const run = await runOfBoth({ samples, spec, config: { epochs: 5, limit: 3 } });
    expect([run.planned, run.dataset.sampleIds]).toEqual([15, ["1", "2", "3"]]);
  });

  it("had limits by name, max_messages in old logs", async () => {
    const config = {
      message_limit: 30,
      token_limit: 5,
      turn_limit: 7,
      time_limit: 60,
      working_limit: 50,
      cost_limit: 2,
    };
    const limits = { messages: 30, tokens: 5, turns: 7, seconds: 60, workingSeconds: 50, dollars: 2 };
    expect((await runOfBoth({ samples, config })).limits).toEqual(limits);
    expect((await runOfBoth({ samples, config: { token_limit: null, max_messages: 9 } })).limits).toEqual({
      messages: 9,
    });
  });

  it("was not always run as launched: changes in flight are named with what they were", async () => {
    const changes = [{ config: "eval", name: "message_limit", value: 60, previous: 30 }];
    const run = await runOfBoth({ samples, fields: { config_updates: [{ changes, scope: "task" }] } });
    expect(run.notes).toContain("Settings were changed during the run: message_limit from 30 to 60.");
  });
});

describe("a sample", () => {
  it("is known by its id as text and its epoch; its uuid changes when it is run again", async () => {
    const again = [
      { id: 1, epoch: 1, scores: { s: "I" }, fields: { uuid: "first" } },
      { id: 1, epoch: 1, scores: { s: "C" }, fields: { uuid: "second" } },
      { id: 1, epoch: 2, scores: { s: "I" } },
    ];
    for (const bytes of [jsonLog({ samples: again }), evalLog({ samples: again })]) {
      const { attempts } = await runOf(bytes);
      expect(new Set(attempts.map(({ task, epoch, score }) => `${task} ${String(epoch)} ${String(score)}`))).toEqual(
        new Set(["1 1 1", "1 2 0"]),
      );
    }
  });

  it.each([[null], [{ a: 1 }], [["a"]], [true]])(
    "has no id where %j stands for it: it is counted as lost",
    async (id) => {
      const { attempts, lost } = await runOfBoth({ samples: [{ id: "a", fields: { id } }] });
      expect([attempts, lost]).toMatchObject([[], [{ what: "sample", count: 1, reason: "the sample has no id" }]]);
    },
  );

  it("used what all its models used; true input is input with cache writes and cache reads; roles count nothing twice", async () => {
    const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 48, input_tokens_cache_write: 1 };
    const fields = {
      model_usage: { "a/b": { ...usage, input_tokens_cache_read: 30, total_cost: 0.25 }, "c/d": usage },
      role_usage: { grader: usage },
    };
    expect(await attemptOf({ fields })).toMatchObject({
      inputTokens: 52,
      outputTokens: 10,
      totalTokens: 96,
      cost: 0.25,
    });
  });

  it("took a total time and a working time, which leaves waiting out", async () => {
    expect(await attemptOf({ fields: { total_time: 90.5, working_time: 60.25 } })).toMatchObject({
      totalMs: 90_500,
      workingMs: 60_250,
    });
  });

  it.each(["context", "time", "working", "message", "token", "turn", "cost", "operator", "custom"])(
    "was ended by the limit %s, and is scored all the same where it has a score",
    async (type) => {
      const fields = { limit: { type, limit: 10 } };
      expect(await attemptOf({ fields, scores: { s: "I" } })).toMatchObject({
        outcome: "scored",
        score: 0,
        limit: type,
      });
      expect(await attemptOf({ fields })).toMatchObject({ outcome: "limit-reached", score: null, limit: type });
    },
  );

  it.each(["CancelledError()", "Cancelled('operator')"])(
    "with the error %s was torn down from outside",
    async (message) => {
      const attempt = await attemptOf({ fields: { error: { message, traceback: "inspect_ai/model/_openai.py" } } });
      expect([attempt.outcome, attempt.note]).toEqual([
        "infrastructure-fault",
        "Ended from outside before it was finished.",
      ]);
    },
  );

  it("counts its retries, whatever their errors hold", async () => {
    const retry = { message: "x", traceback: "y", traceback_ansi: "\u001b[31mz", events: [{ event: "info" }] };
    expect((await attemptOf({ fields: { error_retries: [retry, retry] } })).retries).toBe(2);
  });

  it("is invalidated with a reason by somebody, and keeps its score", async () => {
    const invalidation = { timestamp: "2026-04-01T00:00:00Z", author: "Ingrid", reason: "leaked flag", metadata: {} };
    expect(await attemptOf({ scores: { s: "C" }, fields: { invalidation } })).toMatchObject({
      outcome: "invalidated",
      invalidation: "leaked flag (Ingrid)",
      score: 1,
    });
  });

  it("was stopped by a content filter: that is a refusal unless it was solved", async () => {
    const fields = { output: { choices: [{ stop_reason: "content_filter" }] } };
    expect((await attemptOf({ fields, scores: { s: "I" } })).outcome).toBe("refused");
    expect((await attemptOf({ fields, scores: { s: "C" } })).outcome).toBe("scored");
  });
});

describe("a score", () => {
  it.each([
    ["C, correct", "C", "scored", 1],
    ["I, incorrect", "I", "scored", 0],
    ["P, partial", "P", "scored", 0.5],
    ["N, no answer", "N", "refused", 0],
    ["an integer", 7, "scored", 7],
    ["a fraction", 0.25, "scored", 0.25],
    ["true", true, "scored", 1],
    ["false", false, "scored", 0],
    ["a text that is a number", "0.5", "scored", 0.5],
    ["a text that is none", "sandbagging", "scored", null],
    ["NaN: the scorer could not decide", Number.NaN, "unscored", null],
    ["a list", ["C", "I"], "scored", null],
    ["a list of nothing decided", [Number.NaN], "unscored", null],
    ["a dict", { found: 1, fixed: null }, "scored", null],
    ["a dict of nothing decided", { found: null }, "unscored", null],
  ])("may be %s", async (_what, value, outcome, number) => {
    const attempt = await attemptOf({ scores: { s: { value } } });
    expect([attempt.outcome, attempt.score]).toEqual([outcome, number]);
    const kept = typeof value === "number" && Number.isNaN(value) ? null : value;
    if (outcome !== "unscored") expect(attempt.scores[0]?.value).toEqual(kept);
  });

  it("is the sample's, not that of an event, which may have been given on the way", async () => {
    const events = [{ event: "score", intermediate: true, score: { value: "C" }, timestamp: "2026-03-02T09:30:05Z" }];
    expect((await attemptOf({ scores: { s: "I" }, events })).score).toBe(0);
  });

  it("is of each scorer; the log's first leads", async () => {
    const results = [resultRow("second", { accuracy: 0 }), resultRow("first", { accuracy: 1 })];
    const attempt = await attemptOf({ scores: { first: "C", second: "I" } }, { results });
    expect(attempt.scores.map(({ scorer }) => scorer)).toEqual(["second", "first"]);
    expect(attempt.score).toBe(0);
  });

  it("that was edited keeps in its history what the scorer gave", async () => {
    const provenance = { timestamp: "2026-04-01T00:00:00Z", author: "Ingrid", reason: "looked at it" };
    const history = [{ value: "I" }, { value: "P", provenance }, { value: "UNCHANGED", answer: "x", provenance }];
    expect((await attemptOf({ scores: { s: { value: "P", history } } })).scores).toEqual([
      { scorer: "s", value: "P", number: 0.5, original: "I" },
    ]);
  });

  it("that was added by hand has no score of a scorer before it", async () => {
    const provenance = { timestamp: "2026-04-01T00:00:00Z", author: "Ingrid" };
    const added = { value: "C", history: [{ value: "C", provenance }] };
    const edited = { value: "C", history: [...[{ value: "I", provenance }], { value: "C", provenance }] };
    for (const score of [added, edited])
      expect((await attemptOf({ scores: { s: score } })).scores).toEqual([{ scorer: "s", value: "C", number: 1 }]);
  });
});

describe("a log of today's or of another day", () => {
  const solved = solvedLog([[1], [0]]);
  const scored = (value: string) => ({ score: { value } });
  const alone: LogToWrite = {
    samples: [
      { id: 1, fields: scored("C") },
      { id: 2, fields: scored("I") },
    ],
    results: null,
    fields: {
      results: { scorer: { name: "match" }, metrics: { accuracy: { name: "accuracy", value: 0.5, options: {} } } },
      logging: [{ level: "info", message: "x" }],
    },
    spec: { sandbox: ["docker", "compose.yaml"] },
  };

  it.each([1, 2])("one scorer with its metrics beside it is known by its fields, in version %d", async (version) => {
    const run = await runOfBoth({ ...alone, version });
    expect(run.attempts.map(({ scores }) => scores[0])).toMatchObject([
      { scorer: "match", number: 1 },
      { scorer: "match", number: 0 },
    ]);
    expect(run.metrics).toMatchObject([{ scorer: "match", metric: "accuracy", verdict: "matches" }]);
    expect(run.settings).toMatchObject({ sandbox: "docker" });
  });

  it.each([1, 2, 3, null])("the version %j is read alike: what is there decides, not its number", async (version) => {
    const { formatVersion, ...run } = await runOfBoth({ ...solved, version });
    expect(formatVersion).toBe(version);
    const { formatVersion: _two, ...plain } = await runOfBoth(solved);
    expect(content({ ...run, formatVersion })).toEqual(content({ ...plain, formatVersion }));
  });

  it("old samples say no times: the first event's stands in", async () => {
    const fields = { started_at: undefined, total_time: undefined, working_time: undefined, uuid: undefined };
    expect(await attemptOf({ fields })).toMatchObject({
      startedAt: Date.UTC(2026, 2, 2, 9, 30),
      totalMs: null,
      workingMs: null,
    });
  });
});
