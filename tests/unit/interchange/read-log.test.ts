import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { attemptRecordSchema, recomputedMetricSchema } from "../../../electron/contract/attempt.ts";
import { bytesSource, type ByteSource } from "../../../electron/interchange/byte-source.ts";
import { readLog } from "../../../electron/interchange/inspect/index.ts";
import {
  evalLog,
  evalMembers,
  headerJson,
  jsonLog,
  member,
  pythonJson,
  resultRow,
  sampleJson,
  solvedLog,
  type LogToWrite,
} from "../../fixtures/inspect/generate.ts";
import { content, read, runOf } from "../../fixtures/inspect/read-back.ts";
import { writeZip, type Method } from "../../fixtures/inspect/zip-writer.ts";

const log = solvedLog(
  [
    [1, 0],
    [1, 1],
    [0, 0],
    [1, 0],
    [0, 1],
  ],
  [resultRow("includes", { accuracy: 0.5 })],
);

describe("a log in every container", () => {
  let plain: unknown;
  beforeAll(async () => {
    plain = content(await runOf(jsonLog(log)));
  });

  it.each<Method>(["deflate", "zstd", "stored"])("reads the same from .eval with %s as from .json", async (method) => {
    expect(content(await runOf(evalLog(log, { method })))).toEqual(plain);
    expect(content(await runOf(evalLog(log, { method, streamed: true })))).toEqual(plain);
    expect(content(await runOf(evalLog(log, { method, archive: { zip64: true } })))).toEqual(plain);
  });

  it("reads members of all methods side by side, several zstd frames and Zip64 sizes", async () => {
    const methods: Method[] = ["deflate", "zstd", "stored"];
    const members = evalMembers(log).map((one, index) => ({
      ...one,
      method: methods[index % 3] ?? "stored",
      zip64: index % 2 === 0,
      frames: [10, 11, Math.floor(one.bytes.length / 2)],
    }));
    expect(content(await runOf(writeZip({ members })))).toEqual(plain);
  });

  it("answers with values that the contract takes", async () => {
    const run = await runOf(evalLog(log));
    for (const attempt of run.attempts) expect(attemptRecordSchema.parse(attempt)).toEqual(attempt);
    for (const metric of run.metrics) expect(recomputedMetricSchema.parse(metric)).toEqual(metric);
    expect(run).toMatchObject({
      ...{ format: "inspect", formatVersion: 2, status: "success", complete: true, task: "fixtures/agentic" },
      ...{
        taskVersion: "2-A",
        model: "vendor/model",
        epochs: 2,
        reducers: ["mean"],
        limits: { tokens: 5000 },
        planned: 10,
      },
      harness: { name: "inspect_ai", version: "0.3.250" },
    });
    expect(JSON.stringify(run.settings)).not.toContain("token@");
    expect(run.attempts[0]).toMatchObject({
      ...{
        task: "task-1",
        epoch: 1,
        outcome: "scored",
        score: 1,
        inputTokens: 130,
        outputTokens: 20,
        totalTokens: 150,
      },
      ...{ totalMs: 12_500, workingMs: 10_250, messages: 3, retries: 0, startedAt: Date.UTC(2026, 2, 2, 9, 30) },
      scores: [{ scorer: "includes", value: "C", number: 1 }],
    });
  });
});

describe("what a log may look like", () => {
  it("is in progress while it has no header", async () => {
    const bytes = evalLog(log, {
      inProgress: true,
      extra: [member("_journal/summaries/2.json", [{ id: "x", epoch: 9 }])],
    });
    const result = await read(bytes);
    expect(result).toMatchObject({
      kind: "run",
      salvaged: false,
      run: { status: "started", complete: false, planned: 10 },
    });
    if (result.kind === "run") expect(result.run.lost).toMatchObject([{ what: "sample", count: 1 }]);
  });

  it("takes ids and epochs from inside, never from the path", async () => {
    const ids = ["../../etc/passwd", "a/b_epoch_7.json", "<script>alert(1)</script>", "é 😀", "C:\\x", "__proto__"];
    const samples = ids.map((id) => ({ id, epoch: 3, scores: { s: 1 } }));
    const run = await runOf(evalLog({ samples }));
    expect(run.attempts.map((attempt) => [attempt.task, attempt.epoch])).toEqual(ids.map((id) => [id, 3]));
    expect(({} as Record<string, unknown>).task).toBeUndefined();
  });

  it("keeps every digit of large integer ids", async () => {
    const text = new TextDecoder().decode(jsonLog({ samples: [{ id: 4_242, scores: { s: 1 } }] }));
    const run = await runOf(new TextEncoder().encode(text.replaceAll(/\b4242\b/g, "9007199254740993")));
    expect(run.attempts[0]?.task).toBe("9007199254740993");
    expect(run.dataset.sampleIds).toEqual(["9007199254740993"]);
  });

  it("does not believe a plan that nobody can run, or ids that name no task", async () => {
    const samples = [{ id: "a", scores: { s: 1 } }];
    const endless = await runOf(jsonLog({ samples, config: { epochs: 1e12 } }));
    expect([endless.epochs, endless.planned]).toEqual([1, 1]);
    const many = await runOf(
      jsonLog({ samples, config: { epochs: 10_000 }, sampleIds: Array.from({ length: 600 }, (_unused, id) => id) }),
    );
    expect([many.epochs, many.planned, many.dataset.sampleIds]).toEqual([10_000, 1, null]);
    const far = { samples: [{ id: 1, epoch: 10_000 }], sampleIds: Array.from({ length: 600 }, (_unused, id) => id) };
    expect((await runOf(evalLog(far))).dataset.sampleIds).toBeNull();
    const odd = await runOf(jsonLog({ samples, sampleIds: ["a", "a", "", "x".repeat(2_001), 1, "1"] }));
    expect([odd.planned, odd.dataset.sampleIds]).toEqual([2, ["a", "1"]]);
  });

  it("reads a chunked sample by its shell, with metadata from its own member", async () => {
    const folder = "samples/c 1_epoch_1";
    const shell = {
      ...sampleJson({ id: "c 1", scores: { s: "C" } }),
      messages: undefined,
      events: undefined,
      metadata: undefined,
      message_refs: [
        [0, 2],
        [3, 5],
      ],
    };
    const extra = [
      member(`${folder}/sample.json`, shell),
      member(`${folder}/metadata.json`, { eval_name: "family" }),
      member(`${folder}/messages/0.json`, []),
    ];
    const run = await runOf(evalLog({ samples: [] }, { extra }));
    expect(run.attempts).toMatchObject([{ task: "c 1", messages: 4, cluster: "family", score: 1 }]);
  });

  it.each([
    ["an invalidation", { invalidation: { author: "x", reason: "y" } }, "C", "invalidated"],
    ["an infrastructure error", { error: { message: "TimeoutError('docker')" } }, undefined, "infrastructure-fault"],
    ["a cancelled sample", { error: { message: "CancelledError()" } }, undefined, "infrastructure-fault"],
    [
      "a provider's error",
      { error: { message: "x", traceback: "inspect_ai/model/_providers/openai.py" } },
      undefined,
      "model-error",
    ],
    ["a limit without a score", { limit: { type: "token", limit: 5 } }, undefined, "limit-reached"],
    ["a limit with a score", { limit: { type: "token", limit: 5 } }, "I", "scored"],
    ["an error with a score", { error: { message: "boom" } }, "C", "scored"],
    ["no answer", {}, "N", "refused"],
    ["a content filter", { output: { choices: [{ stop_reason: "content_filter" }] } }, "I", "refused"],
    ["a content filter and a success", { output: { choices: [{ stop_reason: "content_filter" }] } }, "C", "scored"],
    ["NaN", {}, Number.NaN, "unscored"],
    ["no score", {}, undefined, "unscored"],
    ["a plain score", {}, "I", "scored"],
  ])("gives a sample with %s its state", async (_name, fields, value, outcome) => {
    const sample = value === undefined ? { id: "a", fields } : { id: "a", fields, scores: { s: value } };
    expect((await runOf(jsonLog({ samples: [sample] }))).attempts[0]?.outcome).toBe(outcome);
  });
});

describe("what is no log, or cannot be read", () => {
  const encoder = new TextEncoder();
  it.each([
    ["nothing", "", "The file is empty."],
    ["text", "hello", "neither"],
    ["other JSON", '{"a":1}', "does not describe an evaluation"],
    ["an eval set's manifest", '{"eval_set_id":"x","tasks":[]}', "manifest of an eval set"],
    ["a listing", '{"2025_x.eval":{"version":2}}', "listing of logs"],
    ["an empty archive", "PK\u0005\u0006".padEnd(22, "\0"), "archive is empty"],
    ["a Git LFS pointer", "version https://git-lfs.github.com/spec/v1", "Git LFS pointer"],
  ])("calls %s not a log", async (_name, text, reason) => {
    const result = await read(encoder.encode(text));
    expect(result.kind).toBe("not-a-log");
    if (result.kind !== "run") expect(result.reason).toContain(reason);
  });

  it("calls an archive of other things not a log", async () => {
    expect(await read(writeZip({ members: [member("word/document.xml", "<x/>")] }))).toMatchObject({
      kind: "not-a-log",
    });
  });

  it.each([0, 4, 99, 2.5, "2"])("refuses format version %j", async (version) => {
    const result = await read(encoder.encode(pythonJson({ ...headerJson(log), version, samples: [] })));
    expect(result).toMatchObject({ kind: "refused", code: "log-unsupported" });
  });

  it("stops when it is told to", async () => {
    const reason = new Error("stop");
    await expect(readLog(bytesSource(evalLog(log)), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const progress = (): void => {
      controller.abort(reason);
    };
    await expect(readLog(bytesSource(jsonLog(log)), { signal: controller.signal, progress })).resolves.toBeDefined();
    await expect(readLog(bytesSource(evalLog(log)), { signal: controller.signal })).rejects.toBe(reason);
  });

  it("passes on what the source throws", async () => {
    const failing: ByteSource = { size: 100, read: () => Promise.reject(new Error("disk gone")) };
    await expect(readLog(failing)).rejects.toThrow("disk gone");
  });
});

describe("a damaged log", () => {
  it("is walked header by header where its directory is gone", async () => {
    for (const streamed of [false, true]) {
      for (const method of ["deflate", "zstd", "stored"] as const) {
        const result = await read(evalLog(log, { method, streamed, archive: { withoutDirectory: true } }));
        expect(result).toMatchObject({ kind: "run", salvaged: true });
        if (result.kind === "run") {
          expect(result.run.attempts).toHaveLength(10);
          expect(result.run.lost.map((loss) => loss.what)).toEqual(["directory of the archive"]);
          expect(result.run.metrics[0]?.verdict).toBe("matches");
        }
      }
    }
  });

  it("falls back to the journal's start where the header is broken", async () => {
    const members = evalMembers(log).map((one) =>
      one.name === "header.json" ? { ...one, bytes: one.bytes.subarray(0, 200) } : one,
    );
    const result = await read(writeZip({ members }));
    expect(result).toMatchObject({
      kind: "run",
      salvaged: true,
      run: { status: "unknown", complete: false, metrics: [] },
    });
    if (result.kind === "run") {
      expect(result.run.attempts).toHaveLength(10);
      expect(result.run.lost).toMatchObject([{ what: "header.json", count: 1 }]);
    }
  });

  it("loses one sample and says so where one member is damaged", async () => {
    const bytes = evalLog(log, { method: "stored" });
    const at = Buffer.from(bytes).indexOf("Solve task task-3");
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const result = await read(bytes);
    if (result.kind !== "run") throw new Error(result.reason);
    expect(result.run.attempts).toHaveLength(9);
    expect(result.run.lost).toEqual([{ what: "sample", count: 1, reason: "The member's checksum does not match." }]);
    expect(result.salvaged).toBe(true);
  });

  it("counts samples without an id and broken ones among the lost", async () => {
    const extra = [
      member("samples/x_epoch_1.json", { epoch: 1 }),
      member("samples/y_epoch_1.json", '{"id": "y", '),
      member("samples/z_epoch_1.json", { id: "z", epoch: -1 }),
      member("samples/w_epoch_1.json", { id: "w".repeat(3000) }),
    ];
    const run = await runOf(evalLog(log, { extra }));
    expect(run.attempts).toHaveLength(10);
    expect(run.lost.filter((loss) => loss.what === "sample").reduce((sum, loss) => sum + loss.count, 0)).toBe(4);
  });

  it("keeps the samples before the cut of a .json", async () => {
    const bytes = jsonLog(log);
    const at = Buffer.from(bytes).indexOf("Solve task task-3");
    const result = await read(bytes.subarray(0, at));
    if (result.kind !== "run") throw new Error(result.reason);
    expect(result.run.attempts.map((attempt) => attempt.task)).toEqual(["task-1", "task-1", "task-2", "task-2"]);
    const lost = result.run.lost.filter((loss) => loss.what === "sample").reduce((sum, loss) => sum + loss.count, 0);
    expect(lost).toBe(6);
    expect(result.salvaged).toBe(true);
  });
});

/** Whatever happened to the bytes, the answer is one of the three kinds and fits the contract. */
async function survives(bytes: Uint8Array): Promise<void> {
  const result = await read(bytes);
  if (result.kind !== "run") {
    expect(result.reason).not.toBe("");
    return;
  }
  for (const attempt of result.run.attempts) attemptRecordSchema.parse(attempt);
  for (const metric of result.run.metrics) recomputedMetricSchema.parse(metric);
  for (const loss of result.run.lost) expect(loss.reason).not.toBe("");
}

describe("hostile bytes", () => {
  const originals: readonly (readonly [string, Uint8Array])[] = [
    ["deflate", evalLog(log)],
    ["zstd", evalLog(log, { method: "zstd" })],
    ["streamed", evalLog(log, { streamed: true })],
    ["stored", evalLog(log, { method: "stored" })],
    ["json", jsonLog(log)],
  ];

  it.each(originals)("%s: any cut gives a named result", async (_name, bytes) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (end) => {
        await survives(bytes.subarray(0, end));
      }),
      { numRuns: 60 },
    );
  });

  it.each(originals)("%s: any changed bytes give a named result", async (_name, bytes) => {
    const change = fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const copy = Uint8Array.from(bytes);
        for (const { at, to } of changes) copy[at] = to;
        await survives(copy);
      }),
      { numRuns: 60 },
    );
  });

  it("any JSON in the place of a sample or of a header gives a named result", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (sample, results) => {
        await survives(evalLog(log, { extra: [member("samples/odd_epoch_1.json", sample)] }));
        const odd: LogToWrite = { ...log, fields: { results } };
        await survives(jsonLog(odd));
      }),
      { numRuns: 60 },
    );
  });

  it("any values in a sample's fields give a named result", async () => {
    const names = [
      "id",
      "epoch",
      "scores",
      "model_usage",
      "error",
      "limit",
      "invalidation",
      "total_time",
      "messages",
      "events",
      "output",
      "metadata",
    ];
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), async (fields) => {
        await survives(jsonLog({ samples: [{ id: "a", fields }] }));
      }),
      { numRuns: 100 },
    );
  });

  it("a member that inflates a thousandfold is read in bounded memory", async () => {
    const filler = Buffer.alloc(300 * 1024 * 1024, 0x61);
    const text = Buffer.concat([
      Buffer.from('{"id":"bomb","epoch":1,"store":{"x":"'),
      filler,
      Buffer.from('"},"scores":{"s":{"value":1}}}'),
    ]);
    const bytes = evalLog(
      { samples: [] },
      { extra: [{ name: "samples/bomb_epoch_1.json", bytes: text, method: "zstd" }] },
    );
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const source = bytesSource(bytes);
    const result = await readLog({
      size: source.size,
      read: (offset, length) => {
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
        return source.read(offset, length);
      },
    });
    expect(result).toMatchObject({ kind: "run", run: { attempts: [{ task: "bomb", score: 1 }] } });
    expect(most).toBeLessThan(100 * 1024 * 1024);
  });
});
