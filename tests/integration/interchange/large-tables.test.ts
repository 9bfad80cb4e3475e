import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFileSource } from "../../../electron/interchange/byte-source.ts";
import { readLogFile } from "../../../electron/interchange/readers.ts";
import { previewTable, readTable } from "../../../electron/interchange/table/index.ts";

let folder = "";
const rowCount = 1_000_000;
const mebibyte = 1024 * 1024;

async function write(name: string, pieces: Iterable<string>): Promise<string> {
  const path = join(folder, name);
  const stream = createWriteStream(path);
  for (const piece of pieces) if (!stream.write(piece)) await once(stream, "drain");
  stream.end();
  await finished(stream);
  return path;
}

function* rows(): Generator<string> {
  yield "task,epoch,outcome,score,tokens,seconds,note\n";
  for (let row = 0; row < rowCount; row += 1) {
    const bad = row % 1_000 === 999;
    yield `task-${String(row % 50_000)},${String(Math.floor(row / 50_000) + 1)},${bad ? "mystery" : "solved"},,${String(row)},12.5,"a note, with ""quotes"""\n`;
  }
}

/** Runs a job and says how far above the start the memory of the process rose, in MiB. */
async function peakOf(job: () => Promise<void>): Promise<number> {
  globalThis.gc?.();
  const start = process.memoryUsage().rss;
  let most = start;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  try {
    await job();
  } finally {
    clearInterval(timer);
  }
  return (Math.max(most, process.memoryUsage().rss) - start) / mebibyte;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "evalvault-tables-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a table of a million rows", () => {
  it("is tried out whole without being held, and read in columns of the contract", async () => {
    const name = "million.csv";
    const path = await write(name, rows());
    const bytes = await openFileSource(path);
    const source = { name, bytes };
    const peak = await peakOf(async () => {
      const preview = await previewTable(source, null);
      expect(preview.counts).toMatchObject({
        rows: rowCount,
        taken: 999_000,
        refused: 1_000,
        tasks: 49_950,
        epochs: 20,
      });
      expect(preview.counts.byReason).toEqual({ "outcome-unknown": 1_000 });
      expect(preview.refused).toHaveLength(500);
      expect(preview.refused[0]).toEqual({
        line: 1_001,
        reason: "outcome-unknown",
        column: "outcome",
        text: "mystery",
      });
      expect(preview.rows).toHaveLength(50);
    });
    expect(peak).toBeLessThan(300);
    const { mapping } = await previewTable(
      { name, bytes: { size: 10_000, read: (at, length) => bytes.read(at, Math.min(length, 10_000 - at)) } },
      null,
    );
    const { runs, counts } = await readTable(source, mapping);
    await bytes.close();
    expect(counts.taken).toBe(999_000);
    expect(runs[0]?.run.attempts.length).toBe(999_000);
    expect(runs[0]?.run.attempts[7]).toMatchObject({
      task: "task-7",
      epoch: 1,
      totalTokens: 7,
      totalMs: 12_500,
      score: 1,
    });
  });
});

describe("one line of 100 MB", () => {
  const part = "x".repeat(mebibyte);

  it.each([
    ["of CSV", "line.csv", "task,score\n", "a,1\n"],
    ["of CSV in a quote", "quote.csv", 'task,score\n"', ""],
  ])("%s is refused by name in bounded memory", async (_what, name, start, end) => {
    const path = await write(name, [start, ...Array.from({ length: 100 }, () => part), end]);
    const bytes = await openFileSource(path);
    const peak = await peakOf(async () => {
      await expect(previewTable({ name, bytes }, null)).rejects.toMatchObject({ code: "record-too-long" });
    });
    await bytes.close();
    expect(peak).toBeLessThan(300);
  });

  it("of JSON is one refused row in bounded memory; of a prompt it is passed over", async () => {
    const parts = Array.from({ length: 100 }, () => part);
    const path = await write("line.jsonl", [
      '{"task":"a","score":1,"prompt":"p"}\n{"task":"b","score":1,"prompt":"',
      ...parts,
      '"}\n{"score":0,"task":"',
      ...parts,
      '"}\n{"task":"c","score":0}\n',
    ]);
    const bytes = await openFileSource(path);
    const peak = await peakOf(async () => {
      const preview = await previewTable({ name: "line.jsonl", bytes }, null);
      expect(preview.rows.map(({ attempt }) => attempt.task)).toEqual(["a", "b", "c"]);
      expect(preview.refused).toEqual([{ line: 3, reason: "row-too-long", column: null, text: "" }]);
    });
    await bytes.close();
    expect(peak).toBeLessThan(300);
  });

  it("of a promptfoo result is read in bounded memory", async () => {
    const parts = Array.from({ length: 100 }, () => part);
    const path = await write("big.jsonl", [
      '{"testIdx":0,"promptIdx":0,"provider":{"id":"p"},"testCase":{"description":"t"},"success":true,"response":{"output":"',
      ...parts,
      '"}}\n',
    ]);
    const bytes = await openFileSource(path);
    const peak = await peakOf(async () => {
      const result = await readLogFile({ name: "big.jsonl", bytes });
      if (result.kind !== "runs") throw new Error(JSON.stringify(result));
      expect(result.runs[0]?.run.attempts).toMatchObject([{ task: "t", score: 1 }]);
    });
    await bytes.close();
    expect(peak).toBeLessThan(300);
  });
});
