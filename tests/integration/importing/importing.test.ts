import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from "vitest";
import type { ImportedFile, TableMapping } from "../../../electron/contract/importing.ts";
import { evalLog, jsonLog, resultRow, type LogToWrite } from "../../fixtures/inspect/generate.ts";
import { callFiles } from "../../fixtures/lm-evaluation-harness/generate.ts";
import { outputObject } from "../../fixtures/promptfoo/generate.ts";
import { createVaultFor, ServiceClient, temporaryFolder } from "../service-client.ts";

/** What the service makes of files of every kind. */

let folder = temporaryFolder();
let client = new ServiceClient(folder.path("profile"));

async function fresh(): Promise<void> {
  folder = temporaryFolder();
  client = new ServiceClient(folder.path("profile"));
  await createVaultFor(client, folder.path("v.evault"));
  mkdirSync(folder.path("in"));
}

async function gone(): Promise<void> {
  await client.close();
  folder.remove();
}

function write(name: string, bytes: string | Uint8Array): string {
  writeFileSync(folder.path("in", name), bytes);
  return client.file(folder.path("in", name));
}

const importFolder = () => client.ask("imports.logs", { files: [client.file(folder.path("in"))], campaignId: null });
const importFile = (handle: string) => client.ask("imports.logs", { files: [handle], campaignId: null });

function brief({ file, part, status, attempts }: ImportedFile): unknown[] {
  return [file, part, status, attempts];
}

const runFacts = async () =>
  (await client.ask("runs.list", {})).map(({ modelVersion, benchmark, ledger, state }) => ({
    model: modelVersion.words,
    benchmark: benchmark.title,
    solved: ledger.solved,
    notSolved: ledger.notSolved,
    state,
  }));

describe("a folder with the files of several harnesses", () => {
  beforeAll(fresh);
  afterAll(gone);

  it("becomes runs, each file with what became of it", async () => {
    const samples = [
      { id: "a", scores: { includes: "C" }, fields: { metadata: { category: "web", level: 2, nested: { x: 1 } } } },
      { id: "b", scores: { includes: "I" } },
    ];
    write("one.eval", evalLog({ samples, spec: { tags: ["nightly"] } }));
    const call = {
      model: "m",
      tasks: [
        { name: "gsm8k", filters: { "strict-match": { exact_match: [1, 0, 1] } } },
        { name: "arc", filters: { none: { acc: [0, 0, 1, 1] } } },
      ],
    };
    for (const [name, text] of callFiles(call)) write(name, text);
    const cells = [[{ success: true }, { success: false }]];
    const suite = { columns: [{ id: "p" }, { id: "q" }], tests: [{ description: "t", vars: {}, cells }] };
    write("suite.json", JSON.stringify(outputObject(suite)));
    write("table.csv", "task,score\na,1\n");
    write("notes.txt", "nothing to read");
    mkdirSync(folder.path("in", ".buffer"));
    writeFileSync(folder.path("in", ".buffer", "manifest.json"), "{}");

    const report = await importFolder();
    expect(report.files.map(brief)).toEqual(
      expect.arrayContaining([
        ["one.eval", "", "imported", 2],
        ["suite.json", "p", "imported", 1],
        ["suite.json", "q", "imported", 1],
        ["table.csv", "", "table", 0],
        ["notes.txt", "", "not-a-log", 0],
      ]),
    );
    expect(report.files.filter(({ status }) => status === "part-of")).toHaveLength(2);
    expect(
      report.files.filter(({ file, status }) => file.startsWith("results") && status === "imported"),
    ).toMatchObject([
      { part: "gsm8k", attempts: 3 },
      { part: "arc", attempts: 4 },
    ]);
    expect(report.sums).toMatchObject({ files: 7, runs: 5, attempts: 11 });
    expect(report.sums.byStatus).toMatchObject({ imported: 3, "part-of": 2, table: 1, "not-a-log": 1 });
    expect(report.cancelled).toBe(false);
    expect(await client.ask("runs.list", {})).toHaveLength(5);
  });

  it("is known again, every part of it", async () => {
    const before = await client.ask("vault.state", {});
    const again = await importFolder();
    expect(again.id).toBeNull();
    expect(again.sums).toMatchObject({ runs: 0, attempts: 0 });
    expect(again.sums.byStatus).toMatchObject({ imported: 0, duplicate: 3, "part-of": 2 });
    expect(await client.ask("vault.state", {})).toEqual(before);
  });

  it("keeps metadata of attempts and tags of runs", () => {
    const { model } = client.host.session;
    expect(model.all("SELECT tag FROM run_tag")).toEqual([{ tag: "nightly" }]);
    const run = model.get("SELECT id FROM run JOIN run_tag ON run_tag.run = run.number")?.id;
    expect(run).toBeTypeOf("string");
  });

  it("has a transcript where its harness writes one, and none elsewhere", async () => {
    for (const { id, log } of await client.ask("runs.list", {})) {
      const page = { runId: id, sort: "task" as const, descending: false, filter: "", offset: 0, limit: 1 };
      const task = (await client.ask("runs.attempts", page)).rows[0]?.task ?? "";
      const attempt = await client.ask("attempts.get", { runId: id, task, epoch: 1 });
      expect(attempt.hasTranscript).toBe(log?.fileName === "one.eval");
    }
  });

  it("is undone as one, and can be taken in again", async () => {
    const [recent] = await client.ask("imports.recent", {});
    expect(recent).toMatchObject({ undone: false, keptBecause: null, sums: { runs: 5 } });
    const before = await client.ask("vault.state", {});
    const { withdrawn } = await client.ask("imports.undo", { importId: recent?.id ?? "" });
    expect(withdrawn).toHaveLength(5);
    const after = await client.ask("vault.state", {});
    expect(after.open && before.open ? after.entries - before.entries : 0).toBe(1);
    expect(new Set((await runFacts()).map(({ state }) => state))).toEqual(new Set(["withdrawn"]));
    expect(
      await client.ask("results.matrix", {
        campaignId: null,
        policy: { errors: "as-failures", invalidated: "left-out" },
      }),
    ).toMatchObject({ cells: [] });
    expect((await client.ask("imports.recent", {}))[0]).toMatchObject({ undone: true });
    const twice = await client.refused("imports.undo", { importId: recent?.id ?? "" });
    expect(twice.code).toBe("conflict");
    expect((await importFolder()).sums).toMatchObject({ runs: 5, attempts: 11 });
    expect(await client.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] });
  });

  it("keeps its runs once somebody looked into one", async () => {
    const [recent] = await client.ask("imports.recent", {});
    const runId = recent?.files.find(({ run }) => run !== null)?.run ?? "";
    await client.ask("runs.setState", { runId, state: "in-review", reason: "" });
    const refused = await client.refused("imports.undo", { importId: recent?.id ?? "" });
    expect(refused).toMatchObject({ code: "conflict" });
    expect((await client.ask("imports.recent", {}))[0]?.keptBecause).toMatch(/in review/);
    expect((await client.refused("imports.undo", { importId: "nothing" })).code).toBe("not-found");
  });
});

describe("logs of one evaluation", () => {
  beforeEach(fresh);
  afterEach(gone);

  const spec = { task_id: "same-task-id", task: "suite/retried" };
  const ids = ["a", "b", "c", "d"];
  const said = (id: string, text: string) => ({ messages: [{ role: "user", content: `${text} ${id}` }], events: [] });
  const cutShort: LogToWrite = {
    status: "cancelled",
    spec: { ...spec, eval_id: "e1", created: "2026-03-01T10:00:00+00:00" },
    sampleIds: ids,
    samples: [
      { id: "a", scores: { includes: "C" }, fields: said("a", "first") },
      { id: "b", fields: { ...said("b", "first"), error: { message: "boom", traceback: "", traceback_ansi: "" } } },
    ],
    results: null,
  };
  const retry: LogToWrite = {
    status: "success",
    spec: { ...spec, eval_id: "e2", created: "2026-03-01T12:00:00+00:00" },
    sampleIds: ids,
    samples: ["b", "c", "d"].map((id) => ({ id, scores: { includes: "I" }, fields: said(id, "second") })),
    results: [resultRow("includes", { accuracy: 0 })],
  };

  async function expectMerged(): Promise<string> {
    const standing = (await client.ask("runs.list", {})).filter(({ state }) => state !== "withdrawn");
    expect(standing).toHaveLength(1);
    const [run] = standing;
    expect(run?.ledger).toMatchObject({ planned: 4, solved: 1, notSolved: 3, notRun: 0 });
    expect(run?.log).toMatchObject({ fileName: "2.eval", status: "success" });
    const runId = run?.id ?? "";
    for (const [task, text] of [
      ["a", "first a"],
      ["b", "second b"],
    ] as const) {
      const page = await client.ask("attempts.transcript", { runId, task, epoch: 1, offset: 0, limit: 10 });
      expect(JSON.stringify(page.items)).toContain(text);
    }
    return runId;
  }

  it("are one run, the later one leading, each attempt from the log that has it", async () => {
    write("1.json", jsonLog(cutShort));
    write("2.eval", evalLog(retry));
    const report = await importFolder();
    expect(report.files.map(({ file, status, attempts, into }) => [file, status, attempts, into])).toEqual([
      ["2.eval", "imported", 3, null],
      ["1.json", "merged", 1, "2.eval"],
    ]);
    expect(report.sums).toMatchObject({ files: 2, runs: 1, attempts: 4 });
    const runId = await expectMerged();
    const { log } = await client.ask("runs.get", { runId });
    expect(log?.notes.join("\n")).toContain("1.json (cancelled): 1 attempt from it, 1 attempt stand in another log.");
    const again = await importFolder();
    expect(again.sums.byStatus).toMatchObject({ duplicate: 2 });
  });

  it("are one run also where the retry comes later: it takes the run up", async () => {
    const first = await importFile(write("1.json", jsonLog(cutShort)));
    const second = await importFile(write("2.eval", evalLog(retry)));
    expect(second.files).toMatchObject([{ file: "2.eval", status: "imported", attempts: 3 }]);
    await expectMerged();
    expect((await importFolder()).sums.byStatus).toMatchObject({ duplicate: 2 });
    expect((await client.refused("imports.undo", { importId: first.id ?? "" })).code).toBe("conflict");
    await client.ask("imports.undo", { importId: second.id ?? "" });
    expect((await importFolder()).sums).toMatchObject({ runs: 1, attempts: 4 });
    await expectMerged();
  });

  it("stay two runs once somebody looked into the first", async () => {
    const first = await importFile(write("1.json", jsonLog(cutShort)));
    const runId = first.files[0]?.run ?? "";
    await client.ask("attempts.invalidate", { runId, task: "a", epoch: 1, reason: "environment" });
    const second = await importFile(write("2.eval", evalLog(retry)));
    const runs = (await client.ask("runs.list", {})).filter(({ state }) => state !== "withdrawn");
    expect(runs).toHaveLength(2);
    const later = await client.ask("runs.get", { runId: second.files[0]?.run ?? "" });
    expect(later.log?.notes.join("\n")).toContain("Both count until one is withdrawn");
  });
});

describe("a table", () => {
  beforeEach(fresh);
  afterEach(gone);

  const csv = "task,score,model,host,category\na,1,m1,n-7,web\nb,0,m1,n-7,pwn\n,1,m1,,\na,0,m2,true,web\n";

  it("is shown as it would be read, and taken in as it was shown", async () => {
    const handle = write("results.csv", csv);
    const [row] = (await importFile(handle)).files;
    expect(row).toMatchObject({ status: "table", run: null });
    const file = row?.handle ?? "";
    const proposed = await client.ask("imports.previewTable", { file, mapping: null });
    expect(proposed).toMatchObject({ unfit: null, known: null, counts: { rows: 4, taken: 3, refused: 1 } });
    expect(proposed.refused).toEqual([{ line: 4, reason: "task-missing", column: "task", text: "" }]);
    const columns = proposed.mapping.columns.map((column) =>
      column.name === "host" ? { ...column, field: "metadata" as const, key: "machine" } : column,
    );
    const mapping: TableMapping = { ...proposed.mapping, columns, benchmark: "Own suite" };
    const shown = await client.ask("imports.previewTable", { file, mapping });
    expect(shown.rows[0]?.attempt.metadata).toEqual({ machine: "n-7" });
    const report = await client.ask("imports.table", { file, mapping, campaignId: null });
    expect(report.files.map(({ status, attempts, part }) => [part, status, attempts])).toEqual([
      ["m1 on Own suite", "salvaged", 2],
      ["m2 on Own suite", "salvaged", 1],
    ]);
    expect(await runFacts()).toMatchObject([
      { benchmark: "Own suite", solved: 0, notSolved: 1 },
      { benchmark: "Own suite", solved: 1, notSolved: 1 },
    ]);
    const [first] = report.files;
    const attempt = await client.ask("attempts.get", { runId: first?.run ?? "", task: "a", epoch: 1 });
    expect(attempt).toMatchObject({ task: { category: "web" }, hasTranscript: false });
    const again = await client.ask("imports.table", { file, mapping, campaignId: null });
    expect(again.sums.byStatus.duplicate).toBe(1);
    expect((await client.ask("imports.previewTable", { file, mapping })).known).toBe(first?.run);
    await client.ask("imports.undo", { importId: report.id ?? "" });
    expect((await client.ask("imports.table", { file, mapping, campaignId: null })).sums.runs).toBe(2);
  });

  it("without a model is not taken in until somebody says which", async () => {
    const file = write("plain.csv", "task,score\na,1\n");
    const { mapping, unfit } = await client.ask("imports.previewTable", { file, mapping: null });
    expect(unfit).toMatch(/model/);
    expect(await client.refused("imports.table", { file, mapping, campaignId: null })).toMatchObject({
      code: "mapping-unfit",
    });
    const named = { ...mapping, model: "vendor/m" };
    expect((await client.ask("imports.previewTable", { file, mapping: named })).unfit).toBeNull();
    expect((await client.ask("imports.table", { file, mapping: named, campaignId: null })).sums.runs).toBe(1);
  });

  it("that is none says what is wrong with it, and changes nothing", async () => {
    const before = await client.ask("vault.state", {});
    const file = write("utf16.csv", Buffer.from("\ufefftask,score\na,1\n", "utf16le"));
    expect((await client.refused("imports.previewTable", { file, mapping: null })).code).toBe("table-invalid");
    const empty = write("empty.csv", "");
    expect((await client.refused("imports.previewTable", { file: empty, mapping: null })).code).toBe("table-invalid");
    const words = write("words.csv", "a,b\n1,2\n");
    const preview = await client.ask("imports.previewTable", { file: words, mapping: null });
    expect(preview.unfit).toMatch(/No column names the tasks/);
    const input = { file: words, mapping: preview.mapping, campaignId: null };
    expect((await client.refused("imports.table", input)).code).toBe("mapping-unfit");
    expect(await client.ask("vault.state", {})).toEqual(before);
  });
});

describe("hostile files of every reader", () => {
  beforeAll(fresh);
  afterAll(gone);

  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  const hostile: readonly [string, string | Uint8Array][] = [
    ["results_2026-03-02T09-30-00.000000.json", `{"results":{"a":${deep}},"configs":{},"versions":{"a":1}}`],
    ["results_2026-03-02T09-31-00.000000.json", '{"results":{"__proto__":{"acc,none":1}},"configs":{},"n-shot":{}}'],
    ["samples_a_2026-03-02T09-32-00.000000.jsonl", '{"doc_id":0,"filter":"none","acc":1}\n'],
    ["promptfoo.json", `{"evalId":"e","results":{"version":3,"results":[${deep}]},"config":{}}`],
    ["promptfoo-cut.json", '{"evalId":"e","results":{"version":3,"prompts":[],"results":[{"success":true,"prov'],
    ["promptfoo.jsonl", '{"promptIdx":0,"testIdx":0,"provider":{"id":"p"},"success":\n{"a":\n'],
    ["deep.json", deep],
    ["deep.jsonl", `${deep}\n${deep}\n`],
    ["bytes.csv", Buffer.from(Array.from({ length: 5_000 }, (_, place) => (place * 7919) % 256))],
    ["lfs.eval", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"],
    ["zip.eval", Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(10_000, 0xff)])],
    [
      "nan.json",
      '{"version":2,"eval":{"task":"t","model":"m","task_id":"x"},"samples":[{"id":NaN,"epoch":-Infinity}]}',
    ],
  ];

  it("are each answered with a row, and leave a vault that is whole", async () => {
    for (const [name, bytes] of hostile) write(name, bytes);
    const report = await importFolder();
    expect(new Set(report.files.map(({ file }) => file))).toEqual(new Set(hostile.map(([name]) => name)));
    for (const row of report.files) {
      if (row.status === "imported" || row.status === "salvaged") expect(row.run).not.toBeNull();
      else expect([row.file, (row.reason ?? "").length > 10]).toEqual([row.file, true]);
      expect(row.reason ?? "").not.toMatch(/internal|unexpected/i);
    }
    for (const { file, handle } of report.files) {
      if (handle === null) continue;
      const { result } = client.request("imports.previewTable", { file: handle, mapping: null });
      const answer = await result;
      if (!answer.ok) expect([file, answer.error.code]).not.toEqual([file, "internal"]);
    }
    expect(await client.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] });
  });
});
