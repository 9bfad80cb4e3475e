import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attemptRecordSchema } from "../../../electron/contract/attempt.ts";
import { bytesSource, openFileSource } from "../../../electron/interchange/byte-source.ts";
import { readLog, readTranscript } from "../../../electron/interchange/inspect/index.ts";
import { asObject } from "../../../electron/interchange/json/fields.ts";
import type { LoggedRun, ReadLogResult } from "../../../electron/interchange/logged-run.ts";

const folder = join(import.meta.dirname, "../../../../shared/fixtures/inspect/derived");
const missing = !existsSync(folder);

async function read(name: string, signal?: AbortSignal): Promise<ReadLogResult> {
  const file = await openFileSource(join(folder, name));
  try {
    return await readLog(file, { signal });
  } finally {
    await file.close();
  }
}

async function runOf(name: string): Promise<{ run: LoggedRun; salvaged: boolean }> {
  const result = await read(name);
  if (result.kind !== "run") throw new Error(result.reason);
  for (const attempt of result.run.attempts) attemptRecordSchema.parse(attempt);
  return result;
}

function lostSamples(run: LoggedRun): number {
  return run.lost.reduce((sum, loss) => sum + (loss.what === "sample" ? loss.count : 0), 0);
}

describe.skipIf(missing)("damaged and unusual Inspect logs (needs ../shared)", () => {
  it("in progress: started, and the journal is ahead of the samples", async () => {
    const { run, salvaged } = await runOf("in-progress-no-header.eval");
    expect([run.status, run.complete, salvaged, run.attempts.length, lostSamples(run)]).toEqual([
      "started",
      false,
      false,
      23,
      27,
    ]);
    const empty = await runOf("in-progress-start-only.eval");
    expect([empty.run.status, empty.run.attempts.length, empty.run.lost]).toEqual(["started", 0, []]);
  });

  it("cut in half: what stands before the cut is taken, the rest is counted", async () => {
    const { run, salvaged } = await runOf("truncated-half.eval");
    expect(salvaged).toBe(true);
    expect(run.attempts.length).toBeGreaterThan(20);
    expect(run.attempts.length + lostSamples(run)).toBe(run.planned);
    expect(run.planned).toBe(50);
  });

  it("without a directory: every member is found", async () => {
    const { run, salvaged } = await runOf("no-central-directory.eval");
    expect([salvaged, run.attempts.length, lostSamples(run), run.status]).toEqual([true, 4, 0, "success"]);
  });

  it.each([
    ["bad-crc-one-sample.eval", 3],
    ["bitrot-in-sample.eval", 49],
  ])("%s: one sample is lost and named", async (name, attempts) => {
    const { run, salvaged } = await runOf(name);
    expect([salvaged, run.attempts.length, lostSamples(run)]).toEqual([true, attempts, 1]);
  });

  it("with a broken header: the journal's start stands in for it", async () => {
    const { run, salvaged } = await runOf("header-json-broken.eval");
    expect([salvaged, run.attempts.length, run.task]).toEqual([true, 4, "popularity"]);
    expect(run.lost).toEqual([{ what: "header.json", count: 1, reason: "The JSON is malformed." }]);
  });

  it("with duplicate members: the last one wins", async () => {
    const { run } = await runOf("duplicate-members-last-wins.eval");
    expect(run.status).toBe("success");
    expect(run.attempts).toHaveLength(4);
    expect(run.notes).toEqual(["2 members were replaced by newer versions in the same file."]);
    expect(run.metrics.map((metric) => metric.verdict)).toEqual(["matches", "matches"]);
  });

  it.each([
    ["zstd-all.eval", 50],
    ["mixed-stored-deflate-zstd.eval", 4],
  ])("%s: every compression is read", async (name, attempts) => {
    const { run, salvaged } = await runOf(name);
    expect([salvaged, run.attempts.length]).toEqual([false, attempts]);
    expect(run.metrics.map((metric) => metric.verdict)).toEqual(["matches", "matches"]);
  });

  it("errors, limits, invalidation, edits and NaN have states of their own, and the stale results differ", async () => {
    const { run } = await runOf("errors-limits-invalidation-edits-nan.eval");
    const find = (task: string, epoch: number): LoggedRun["attempts"][number] | undefined =>
      run.attempts.find((one) => one.task === task && one.epoch === epoch);
    expect(find("10", 1)).toMatchObject({ outcome: "infrastructure-fault", scores: [] });
    expect(find("10", 2)).toMatchObject({ outcome: "scored", limit: "token" });
    expect(find("10", 3)?.outcome).toBe("invalidated");
    expect(find("10", 4)?.scores[0]?.original).toBeDefined();
    expect(find("10", 5)).toMatchObject({ outcome: "unscored", score: null });
    expect(find("1", 1)?.retries).toBe(1);
    expect(find("1", 2)).toMatchObject({ outcome: "scored", score: 0.5 });
    expect(find("1", 3)).toMatchObject({ outcome: "refused", score: 0 });
    expect(run.metrics.map((metric) => metric.verdict)).toEqual(["differs", "differs"]);
  });

  it("dict, list and bool scores, and ids with slashes", async () => {
    const { run } = await runOf("dict-list-bool-scores-slash-ids.eval");
    expect(new Set(run.attempts.map((one) => one.task))).toEqual(new Set(["arvo:10400", "cve/2024-3408 variant é"]));
    expect(run.attempts.find((one) => one.task === "arvo:10400" && one.epoch === 2)?.scores).toEqual([
      { scorer: "cybergym", value: { vul: 1, fix: null }, number: null },
      { scorer: "judges", value: ["C", "I", "C"], number: null },
      { scorer: "flag", value: true, number: 1 },
      { scorer: "pct", value: "0.25", number: 0.25 },
    ]);
  });

  it("hostile ids and markup stay text", async () => {
    const { run } = await runOf("hostile-id-and-html.eval");
    const attempt = run.attempts.find((one) => one.task.includes(".."));
    if (attempt?.member === undefined || attempt.member === null) throw new Error("no hostile attempt");
    const file = await openFileSource(join(folder, "hostile-id-and-html.eval"));
    const { task, epoch, member } = attempt;
    const transcript = await readTranscript(file, "inspect", { task, epoch, member });
    await file.close();
    expect(JSON.stringify(transcript)).toContain("<script");
  });

  it("a bomb is read in bounded memory, and stops when told to", async () => {
    const { run } = await runOf("bomb-200MB-one-member.eval");
    expect(run.attempts).toHaveLength(5);
    const reason = new Error("stop");
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort(reason);
    }, 20);
    await expect(read("bomb-200MB-one-member.eval", controller.signal)).rejects.toBe(reason);
  });

  it("bare NaN is read", async () => {
    const { run } = await runOf("nan-constants.json");
    expect(run.attempts).toHaveLength(3);
    expect(run.attempts.map((one) => one.outcome)).toContain("unscored");
  });

  it("a document that was cut: the samples before the cut are taken, the rest is counted", async () => {
    // truncated.json is whole, the same bytes as nan-constants.json: so it is cut here, within the second of three samples.
    const bytes = readFileSync(join(folder, "truncated.json"));
    const cut = bytes.subarray(0, bytes.indexOf('"epoch":', bytes.indexOf('"epoch":') + 1));
    const result = await readLog(bytesSource(cut));
    if (result.kind !== "run") throw new Error(result.reason);
    const { run, salvaged } = result;
    expect([salvaged, run.complete, run.status, run.attempts.length]).toEqual([true, false, "cancelled", 1]);
    expect(run.lost.find(({ what }) => what === "sample")).toMatchObject({ reason: "the file ends in the middle" });
  });

  it("every file of the folder is looked at here", () => {
    const tests = readFileSync(import.meta.filename, "utf8");
    const names = readdirSync(folder).filter((name) => !/^(?:EXPECTED|README)/.test(name));
    expect(names.filter((name) => !tests.includes(`"${name}"`))).toEqual([]);
    const expected = Object.keys(asObject(JSON.parse(readFileSync(join(folder, "EXPECTED.json"), "utf8"))));
    expect(expected.sort()).toEqual(names.sort());
  });

  it("an empty archive is no log, and a version of the future is refused", async () => {
    expect(await read("not-a-log.eval")).toMatchObject({ kind: "not-a-log" });
    expect(await read("future-version-99.json")).toMatchObject({ kind: "refused", code: "log-unsupported" });
  });
});
