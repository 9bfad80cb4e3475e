import { describe, expect, it } from "vitest";
import {
  evalLog,
  evalMembers,
  headerJson,
  jsonLog,
  member,
  resultRow,
  sampleJson,
  solvedLog,
  type LogToWrite,
} from "../../fixtures/inspect/generate.ts";
import { content, read, runOf, runOfBoth, transcriptOf } from "../../fixtures/inspect/read-back.ts";
import { writeZip, type Method } from "../../fixtures/inspect/zip-writer.ts";

/** The format of Inspect's logs, one fact a test: the two containers, and what lies where in an archive. */

const log = solvedLog(
  [
    [1, 0],
    [1, 1],
  ],
  [resultRow("includes", { accuracy: 0.75 })],
);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("two containers, one schema", () => {
  it("an archive and a JSON document say the same, and the first bytes tell which one it is", async () => {
    expect(content(await runOf(evalLog(log)))).toEqual(content(await runOf(jsonLog(log))));
    expect((await runOf(bytesOf(`\n ${textOf(jsonLog(log))}`))).attempts).toHaveLength(4);
  });

  it("what is null is not written: a log with its nulls written out says the same as one without", async () => {
    const nulls = (...names: string[]) => Object.fromEntries(names.map((name) => [name, null]));
    const written: LogToWrite = {
      ...log,
      samples: log.samples.map((sample) => ({
        ...sample,
        fields: nulls("error", "limit", "invalidation", "completed_at", "choices", "sandbox", "setup", "timelines"),
      })),
      fields: nulls("error", "tags", "metadata", "log_updates", "config_updates", "reductions", "invalidated"),
      spec: { task_id: "same", ...nulls("eval_set_id", "task_file", "solver", "metadata", "model_roles", "metrics") },
      config: { ...log.config, ...nulls("limit", "message_limit", "time_limit", "fail_on_error", "sample_id") },
    };
    const { settings: _settings, ...run } = await runOfBoth(written);
    const { settings: _other, ...plain } = await runOfBoth({ ...log, spec: { task_id: "same" } });
    expect(run).toEqual(plain);
  });

  it("fields that nobody knows are passed over, at every level", async () => {
    const more = { new_field: { deep: [1, { deeper: null }] } };
    const grown: LogToWrite = {
      ...log,
      samples: log.samples.map((sample) => ({ ...sample, fields: more })),
      fields: more,
      spec: { task_id: "same", ...more },
    };
    const { settings: _settings, ...run } = await runOfBoth(grown);
    const { settings: _other, ...plain } = await runOfBoth({ ...log, spec: { task_id: "same" } });
    expect(run).toEqual(plain);
  });

  it("a document in progress has the status started, and is not complete", async () => {
    const run = await runOf(jsonLog({ ...log, status: "started", results: null, samples: log.samples.slice(0, 1) }));
    expect(run).toMatchObject({ status: "started", complete: false, lost: [], planned: 2 });
    expect(run.attempts).toHaveLength(1);
  });

  it("numbers may be NaN, Infinity and -Infinity, which is no strict JSON", async () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const odd: LogToWrite = {
      samples: values.map((value, index) => ({ id: index + 1, scores: { s: value } })),
      results: [resultRow("s", { mean: Number.NaN })],
    };
    expect(() => JSON.parse(textOf(jsonLog(odd))) as unknown).toThrow(SyntaxError);
    const run = await runOfBoth(odd);
    expect(run.attempts.map(({ outcome, score }) => [outcome, score])).toEqual([
      ["unscored", null],
      ["scored", null],
      ["scored", null],
    ]);
  });

  it("integers beyond 2^53 keep their digits, and half a surrogate pair becomes U+FFFD", async () => {
    const text = textOf(jsonLog({ samples: [{ id: 4_242 }, { id: "half" }] }));
    const changed = text.replaceAll(/\b4242\b/g, "9223372036854775809").replaceAll('"half"', '"half\\ud83d"');
    expect((await runOf(bytesOf(changed))).attempts.map(({ task }) => task)).toEqual([
      "9223372036854775809",
      "half\ufffd",
    ]);
  });

  it("a header may be indented", async () => {
    const indented = JSON.stringify(headerJson(log), null, 2);
    const members = evalMembers(log).map((one) => (one.name === "header.json" ? member(one.name, indented) : one));
    expect(content(await runOf(writeZip({ members })))).toEqual(content(await runOf(evalLog(log))));
  });

  it.each([
    ["an eval set's id", "a1b2c3"],
    ["an eval set's manifest", '{"eval_set_id":"x","tasks":[{"model":"m","sequence":0}]}'],
    ["a listing of logs", '{"2026-03-02T09-30-00-00-00_task_id.eval":{"version":2,"eval":{"task":"t","model":"m"}}}'],
    [
      "a live buffer's manifest",
      '{"metrics":[],"samples":[{"summary":{"id":1,"epoch":1},"segments":[1]}],"segments":[]}',
    ],
    ["the viewer's page", "<!doctype html><html></html>"],
  ])("%s lies beside logs and is none", async (_what, text) => {
    expect(await read(bytesOf(text))).toMatchObject({ kind: "not-a-log" });
  });

  it("a segment of a live buffer lies beside logs and is none", async () => {
    expect(await read(writeZip({ members: [member("1_1.json", { events: [] })] }))).toMatchObject({
      kind: "not-a-log",
    });
  });
});

describe("the layout of an archive", () => {
  it("without header.json it is in progress: the journal's start is its head, and nothing says whether it still runs", async () => {
    const run = await runOf(evalLog(log, { inProgress: true }));
    expect(run).toMatchObject({ status: "started", complete: false, task: "fixtures/agentic", metrics: [] });
    expect(run.attempts).toHaveLength(4);
  });

  it("of two members with one name the last in the directory counts, of samples and of headers", async () => {
    const older = evalMembers({ ...solvedLog([[0, 0]]), status: "error" });
    const run = await runOf(writeZip({ members: [...older, ...evalMembers(log)] }));
    expect(run.status).toBe("success");
    expect(run.attempts.map(({ score }) => score)).toEqual([1, 0, 1, 1]);
  });

  it("what an edit of the header left behind outside of the directory says nothing", async () => {
    const before = { ...member("header.json", headerJson({ ...log, status: "error" })), unlisted: true };
    const gone = { ...member("samples/x_epoch_1.json", sampleJson({ id: "x" })), unlisted: true };
    const run = await runOf(writeZip({ members: [before, gone, ...evalMembers(log)] }));
    expect(content(run)).toEqual(content(await runOf(evalLog(log))));
  });

  it("ids are free text: id and epoch come from inside, whatever the member is called", async () => {
    const id = "pr/human-uplift/../2025-03-31T22:28:26Z é";
    const whole = member("samples/other_epoch_9.json", sampleJson({ id, epoch: 2, scores: { s: 1 } }));
    const run = await runOf(evalLog({ samples: [] }, { extra: [whole] }));
    expect(run.attempts).toMatchObject([{ task: id, epoch: 2 }]);
  });

  it("members of one log mix both shapes of samples and all three methods", async () => {
    const chunked = {
      ...sampleJson({ id: "c", scores: { s: "C" } }),
      ...{ messages: undefined, events: undefined, message_refs: [[0, 1]] },
    };
    const message = { role: "user", content: "from a chunk" };
    const methods: Method[] = ["stored", "deflate", "zstd"];
    const extra = [
      member("samples/c_epoch_1/sample.json", chunked),
      member("samples/c_epoch_1/messages/0.json", [message]),
      // A whole sample whose id begins as the chunked one's folder is called.
      member("samples/c_epoch_1/messages/0_epoch_1.json", sampleJson({ id: "c_epoch_1/messages/0" })),
    ];
    const members = [...evalMembers(log), ...extra].map((one, index) => ({
      ...one,
      method: methods[index % 3] ?? "stored",
    }));
    const bytes = writeZip({ members });
    const { attempts } = await runOf(bytes);
    expect(attempts.map(({ task }) => task).sort()).toEqual(
      ["c", "c_epoch_1/messages/0", "task-1", "task-1", "task-2", "task-2"].sort(),
    );
    expect((await transcriptOf(bytes, "c")).items[0]?.text).toBe("from a chunk");
  });

  it("summaries run ahead of samples and are thinned: what they list is counted, what they score is not", async () => {
    const summaries = [
      { id: "task-1", epoch: 1, completed: true, scores: { includes: { value: "I" } } },
      { id: "ahead", epoch: 1, completed: true, scores: { includes: { value: "C" } } },
    ];
    const extra = [member("_journal/summaries/2.json", summaries)];
    const { attempts, lost } = await runOf(evalLog(log, { inProgress: true, extra }));
    expect(attempts.map(({ task, score }) => [task, score])).toEqual([
      ["task-1", 1],
      ["task-1", 0],
      ["task-2", 1],
      ["task-2", 1],
    ]);
    expect(lost).toMatchObject([{ what: "sample", count: 1 }]);
    // The rest may be in the buffer of the machine that ran it, and nowhere else.
    expect(lost[0]?.reason).toContain("the machine that ran it may still have it");
  });

  it("what looks like a Zip64 locator or an end of the directory inside of data is data", async () => {
    const marks = Buffer.concat([
      Buffer.from("PK\u0006\u0007"),
      Buffer.alloc(16),
      Buffer.from("PK\u0005\u0006"),
      Buffer.alloc(18),
    ]);
    const last = { name: "samples/notes.bin", bytes: marks, method: "stored" as const };
    expect((await runOf(evalLog(log, { extra: [last] }))).attempts).toHaveLength(4);
    // The last entry of the directory ends with the file's name: twenty bytes before the end there is a locator's mark.
    const named = { name: `PK\u0006\u0007${"\0".repeat(16)}`, bytes: marks, method: "stored" as const };
    expect((await runOf(evalLog(log, { extra: [named] }))).attempts).toHaveLength(4);
  });

  it("a member may be several zstd frames, one after the other", async () => {
    const members = evalMembers(log, { method: "zstd" }).map((one) => ({
      ...one,
      frames: [1, 50, one.bytes.length - 1],
    }));
    expect(content(await runOf(writeZip({ members })))).toEqual(content(await runOf(evalLog(log))));
  });

  it("settings that were changed in flight stand in the journal while it is in progress, and are named", async () => {
    const change = { config: "eval", name: "token_limit", value: 9_000, previous: 5_000 };
    const extra = [member("_journal/config_updates/1.json", { changes: [change], scope: "eval" })];
    const run = await runOf(evalLog(log, { inProgress: true, extra }));
    expect(run.limits).toEqual({ tokens: 5_000 });
    expect(run.notes).toContain("Settings were changed during the run: token_limit from 5000 to 9000.");
  });
});
