import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainView } from "../../electron/contract/tables.ts";
import { secret, ServiceClient, temporaryFolder } from "./service-client.ts";

/** Logging by hand over the contract: flags that are checked and kept nowhere, blocks, and lists under kept views. */

const folder = temporaryFolder();
const vault = folder.path("hand.evault");
const client = new ServiceClient(folder.path("profile"));
const passphrases = { lead: "ana keeps the first key", evaluator: "dora runs the benchmarks" };
const flag = "EV{a-flag-that-nobody-else-has-7731}";

let benchmarkId = "";
let modelVersionId = "";
let runId = "";
let tasks: readonly { id: string; title: string }[] = [];

beforeAll(async () => {
  await client.ask("vault.create", {
    file: client.destination(vault),
    name: "Hand",
    label: "H-1",
    marking: { level: "secret", suffix: "" },
    founder: { name: "Ana", label: "Lead A", passphrase: secret(passphrases.lead) },
    others: [{ name: "Dora", label: "Evaluator D", role: "evaluator", passphrase: secret(passphrases.evaluator) }],
  });
  const [benchmark] = await client.ask("benchmarks.addFromCatalog", { packs: ["cybench"] });
  benchmarkId = benchmark?.id ?? "";
  tasks = await client.ask("benchmarks.tasks", { benchmarkId });
  const version = { checkpoint: "0914", safeguard: "reduced" as const, access: "", settings: "" };
  const model = await client.ask("models.add", { developer: "Example", name: "Meridian", note: "", version });
  modelVersionId = model.versions[0]?.id ?? "";
  const run = await client.ask("runs.start", { modelVersionId, benchmarkId, campaignId: null, epochs: 2 });
  runId = run.id;
});

afterAll(async () => {
  await client.close();
  folder.remove();
});

const task = (place: number): string => tasks[place]?.id ?? "";
const check = (typed: string, of = task(0)) =>
  client.ask("attempts.checkFlag", { runId, task: of, flag: secret(typed) });

describe("flags", () => {
  it("are loaded as keyed hashes, checked, and are nowhere", async () => {
    const path = folder.path("flags.json");
    writeFileSync(path, JSON.stringify({ [task(0)]: [flag, "second-right-answer"], [task(1)]: "other", nobody: "x" }));
    const loaded = await client.ask("benchmarks.loadFlags", { benchmarkId, file: client.file(path) });
    expect(loaded).toEqual({ flags: 3, tasks: 2, unknown: ["nobody"] });
    expect((await client.ask("benchmarks.flags", { benchmarkId })).tasks).toEqual([task(0), task(1)].sort());
    expect(await check(flag)).toEqual({ verdict: "right" });
    expect(await check(`  ${flag}\n`)).toEqual({ verdict: "right" });
    expect(await check("second-right-answer")).toEqual({ verdict: "right" });
    expect(await check(flag.toLowerCase())).toEqual({ verdict: "wrong" });
    // The right flag of one task is wrong for another.
    expect(await check(flag, task(1))).toEqual({ verdict: "wrong" });
    expect(await check(flag, task(2))).toEqual({ verdict: "no-flag" });
    const { model } = client.host.session;
    const names = model.all("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => String(name));
    const held = names.map((name) => JSON.stringify(model.all(`SELECT * FROM "${name}"`))).join();
    expect(held).not.toContain(flag);
    expect(held).not.toContain("second-right-answer");
    expect(readFileSync(vault).includes(flag)).toBe(false);
  });

  it("come from CSV as well, take the place of those before, and a file without any is refused", async () => {
    const path = folder.path("flags.csv");
    writeFileSync(path, `task,flag\n${task(2)},"with, a comma"\n`);
    expect(await client.ask("benchmarks.loadFlags", { benchmarkId, file: client.file(path) })).toMatchObject({
      flags: 1,
    });
    expect(await check("with, a comma", task(2))).toEqual({ verdict: "right" });
    expect(await check(flag)).toEqual({ verdict: "no-flag" });
    for (const [name, content] of [
      ["empty.json", "{}"],
      ["no-columns.csv", "a,b\n1,2\n"],
      ["strange.csv", "task,flag\nnobody,x\n"],
      ["not-text.csv", "\u0000\uffff"],
    ] as const) {
      writeFileSync(folder.path(name), content);
      const failure = await client.refused("benchmarks.loadFlags", {
        benchmarkId,
        file: client.file(folder.path(name)),
      });
      expect(failure.code).toBe("pack-invalid");
    }
    expect(await check("with, a comma", task(2))).toEqual({ verdict: "right" });
  });
});

describe("a block that was pasted", () => {
  it("is read by what tasks are called, logged at once, and put back by what stood before", async () => {
    const text = `task\tepoch\tresult\tminutes\n${tasks[0]?.title ?? ""}\t1\tsolved\t12\n${task(1)}\t2\tfailed\t\nnobody\t1\tsolved\t\n`;
    const block = await client.ask("attempts.readBlock", { runId, text, tasks: [], epoch: 1 });
    expect(block.attempts.map((attempt) => [attempt.task, attempt.epoch, attempt.score])).toEqual([
      [task(0), 1, 1],
      [task(1), 2, 0],
    ]);
    expect(block.refused).toHaveLength(1);
    const { run, before } = await client.ask("attempts.log", { runId, attempts: block.attempts });
    expect(run.ledger).toMatchObject({ solved: 1, notSolved: 1 });
    const undone = await client.ask("attempts.log", { runId, attempts: before });
    expect(undone.run.ledger).toMatchObject({ solved: 0, notSolved: 0, notRun: run.ledger.planned });
  });
});

describe("views", () => {
  const solvedFirst = { ...plainView, sort: [{ column: "score", descending: true }], group: "state" };

  it("are kept, changed and taken back; others see those that are for everyone and cannot change them", async () => {
    await client.ask("attempts.log", {
      runId,
      attempts: [{ task: task(3), epoch: 1, outcome: "scored", score: 1, minutes: null, tokens: 900, note: "odd" }],
    });
    const page = { table: "attempts" as const, scope: { runId }, view: solvedFirst, offset: 0, limit: 3 };
    const { total, groups, rows } = await client.ask("tables.page", page);
    expect(total).toBe(tasks.length * 2);
    expect(groups.map(({ value, count }) => [value, count])).toEqual([
      ["notRun", total - 1],
      ["solved", 1],
    ]);
    expect(rows).toHaveLength(3);
    const kept = await client.ask("views.save", {
      id: null,
      table: "attempts",
      name: "Solved first",
      view: solvedFirst,
      forEveryone: true,
    });
    const own = { id: null, table: "attempts" as const, name: "Mine", view: plainView, forEveryone: false };
    const mine = await client.ask("views.save", own);
    await client.ask("vault.lock", {});
    await client.ask("vault.unlock", {
      file: client.file(vault),
      member: "Evaluator D",
      passphrase: secret(passphrases.evaluator),
    });
    const seen = await client.ask("views.list", { table: "attempts" });
    expect(seen).toEqual([{ ...kept, mine: false }]);
    const failure = await client.refused("views.save", { ...own, id: kept.id });
    expect(failure.code).toBe("not-allowed");
    expect((await client.refused("views.remove", { id: mine.id })).code).toBe("not-found");
    const flags = folder.path("flags.csv");
    expect((await client.refused("benchmarks.loadFlags", { benchmarkId, file: client.file(flags) })).code).toBe(
      "not-allowed",
    );
    expect(await check("with, a comma", task(2))).toEqual({ verdict: "right" });
  });

  it("find what was logged, by words, state and number", async () => {
    const filters = [
      { test: "any-of" as const, column: "state", values: ["solved"] },
      { test: "between" as const, column: "tokens", low: 500, high: null },
    ];
    const view = { ...plainView, words: "odd", filters };
    const { rows } = await client.ask("tables.page", { table: "attempts", scope: {}, view, offset: 0, limit: 10 });
    expect(rows.map(({ cells }) => [cells["task"], cells["tokens"], cells["run"]])).toEqual([
      [tasks[3]?.title, 900, "R-0001"],
    ]);
    const runs = await client.ask("tables.page", {
      table: "runs",
      scope: {},
      view: { ...plainView, filters: [{ test: "between", column: "ended", low: 1, high: 1 }] },
      offset: 0,
      limit: 10,
    });
    expect(runs.rows.map(({ id }) => id)).toEqual([runId]);
  });
});
