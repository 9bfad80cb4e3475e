import fc from "fast-check";
import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import { describe, expect, it } from "vitest";
import { outcomeStates } from "../../../electron/contract/attempt.ts";
import { invalidationCodes } from "../../../electron/contract/invalidation.ts";
import {
  attemptExportColumns,
  type AttemptExportRow,
  exportCell,
} from "../../../electron/interchange/attempt-export.ts";
import { attemptsToParquet } from "../../../electron/interchange/parquet/attempts-parquet.ts";
import { attemptsToPrecomputedScores } from "../../../electron/interchange/precomputed-scores/precomputed-scores.ts";

const row: AttemptExportRow = {
  ...{ run: "R-0001", campaign: null, model: "M", benchmark: "B", category: "web", difficulty: null },
  ...{ task: "t", epoch: 1, outcome: "scored", score: 1, limit: null, error: null, invalidation: null },
  ...{ scorer_score: 1, reviewed_score: null, flags: [], invalidation_code: null },
  scores: [{ scorer: "includes", value: "C", number: 1 }],
  ...{ inputTokens: 1, outputTokens: 2, totalTokens: 3, cost: 0.1, totalMs: 10, workingMs: null, startedAt: 5 },
  ...{ messages: 2, retries: 0, cluster: null, note: "", metadata: {} },
};

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

async function readParquet(bytes: Uint8Array): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file: bufferOf(bytes) });
}

function textColumn(row: AttemptExportRow, column: (typeof attemptExportColumns)[number]): unknown {
  if (column === "scores" || column === "flags") return exportCell(row[column]);
  if (column !== "metadata") return row[column];
  return Object.keys(row.metadata).length === 0 ? "" : JSON.stringify(row.metadata);
}

/** Each row as the CSV has it, with numbers as numbers. */
function expected(rows: readonly AttemptExportRow[]): Record<string, unknown>[] {
  return rows.map((one) => Object.fromEntries(attemptExportColumns.map((column) => [column, textColumn(one, column)])));
}

describe("attempts as Parquet", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 20 });
  const amount = fc.option(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), { nil: null });
  const amountOfScore = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null });
  const arbitrary: fc.Arbitrary<AttemptExportRow> = fc.record({
    ...{ run: text, campaign: fc.option(text, { nil: null }), model: text, benchmark: text },
    ...{ category: fc.option(text, { nil: null }), difficulty: fc.constant(null), cluster: fc.constant(null) },
    task: text,
    epoch: fc.integer({ min: 1, max: 1_000_000 }),
    outcome: fc.constantFrom(...outcomeStates),
    score: amountOfScore,
    ...{ scorer_score: amountOfScore, reviewed_score: amountOfScore },
    flags: fc.array(fc.constantFrom("cheating", "contamination"), { maxLength: 2 }),
    invalidation_code: fc.constantFrom(null, ...invalidationCodes),
    scores: fc.array(fc.record({ scorer: text, value: text, number: fc.constant(1) }), { maxLength: 2 }),
    ...{ limit: fc.constant(null), error: fc.option(text, { nil: null }), invalidation: fc.constant(null) },
    ...{
      inputTokens: amount,
      outputTokens: amount,
      totalTokens: amount,
      cost: amount,
      totalMs: amount,
      workingMs: amount,
    },
    startedAt: fc.option(fc.integer({ min: 0, max: 8.64e15 }), { nil: null }),
    messages: fc.option(fc.nat(), { nil: null }),
    retries: fc.nat(),
    note: text,
    metadata: fc.dictionary(
      text.filter((one) => one !== "__proto__"),
      fc.oneof(text, fc.boolean()),
      { maxKeys: 2 },
    ),
  });

  it("come back with every column, row and digit", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitrary, { maxLength: 20 }), async (rows) => {
        expect(await readParquet(attemptsToParquet(rows))).toEqual(expected(rows));
      }),
      { numRuns: 100 },
    );
  });

  it("have the columns of the other exports, also without a row", () => {
    for (const rows of [[], [row]]) {
      const metadata = parquetMetadata(bufferOf(attemptsToParquet(rows)));
      expect(parquetSchema(metadata).children.map(({ element }) => element.name)).toEqual([...attemptExportColumns]);
      expect(Number(metadata.num_rows)).toBe(rows.length);
    }
  });

  it("have the scorer's and the reviewed score as numbers, flags as JSON", async () => {
    const changed = { score: 0.25, scorer_score: 1, reviewed_score: 0.25, flags: ["cheating"] };
    const rows = await readParquet(attemptsToParquet([{ ...row, ...changed }, row]));
    const plain = { score: 1, scorer_score: 1, reviewed_score: null, flags: "[]", invalidation_code: null };
    expect(rows).toMatchObject([{ ...changed, flags: '["cheating"]' }, plain]);
  });

  it("are the same bytes for the same rows, over many row groups", async () => {
    const rows = Array.from({ length: 5_000 }, (_, place) => ({
      ...row,
      task: `task-${String(place)}`,
      cost: place / 3,
    }));
    const bytes = attemptsToParquet(rows);
    expect(Buffer.from(attemptsToParquet(rows)).equals(Buffer.from(bytes))).toBe(true);
    expect(await readParquet(bytes)).toEqual(expected(rows));
  });
});

interface ScoreRecord {
  id: string;
  epoch: number;
  value: unknown;
}

function recordsOf(text: string): ScoreRecord[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as ScoreRecord);
}

describe("scores for Inspect", () => {
  it("say beside a corrected score what the scorer gave, and the flags that were decided", () => {
    const reviewed = { score: 0.25, scorer_score: 1, reviewed_score: 0.25, flags: ["cheating"] };
    const { text } = attemptsToPrecomputedScores([{ ...row, ...reviewed }]);
    expect(recordsOf(text)).toEqual([
      {
        ...{ id: "t", epoch: 1, value: 0.25 },
        metadata: {
          ...{ source: "EvalVault", run: "R-0001", outcome: "scored" },
          ...{ scorer_score: 1, reviewed_score: 0.25, flags: ["cheating"] },
        },
      },
    ]);
  });

  it("are one record a scored attempt, with the value as the scorer gave it", () => {
    const { text, written, leftOut } = attemptsToPrecomputedScores([
      { ...row, note: "checked" },
      { ...row, epoch: 2, score: 0, scores: [{ scorer: "includes", value: { a: 1, b: null }, number: 0 }] },
      { ...row, task: "b", score: 0 },
      { ...row, task: "c", outcome: "limit-reached", limit: "token", score: 0.5, scores: [] },
      { ...row, task: "d", outcome: "refused", score: null, scores: [] },
    ]);
    expect(recordsOf(text)).toEqual([
      {
        ...{ id: "t", epoch: 1, value: "C", explanation: "checked" },
        metadata: { source: "EvalVault", run: "R-0001", outcome: "scored" },
      },
      {
        id: "t",
        epoch: 2,
        value: { a: 1, b: null },
        metadata: { source: "EvalVault", run: "R-0001", outcome: "scored" },
      },
      { id: "b", epoch: 1, value: 0, metadata: { source: "EvalVault", run: "R-0001", outcome: "scored" } },
      {
        ...{ id: "c", epoch: 1, value: 0.5 },
        metadata: { source: "EvalVault", run: "R-0001", outcome: "limit-reached", limit: "token" },
      },
      { id: "d", epoch: 1, value: "N", metadata: { source: "EvalVault", run: "R-0001", outcome: "refused" } },
    ]);
    expect({ written, leftOut }).toEqual({ written: 5, leftOut: {} });
  });

  it("leave out, and count, what has no judgement; never a key twice and never null", () => {
    const rows = outcomeStates.flatMap((outcome, place) => [
      { ...row, task: String(place), outcome, score: null, scores: [] },
      { ...row, task: String(place), epoch: 2, outcome },
      { ...row, task: String(place), epoch: 2, outcome },
    ]);
    const { text, written, leftOut } = attemptsToPrecomputedScores(rows);
    const records = recordsOf(text);
    expect(records).toHaveLength(written);
    expect(new Set(records.map(({ id, epoch }) => `${id} ${String(epoch)}`)).size).toBe(written);
    expect(records.every(({ value }) => value !== null)).toBe(true);
    expect(written).toBe(4);
    expect(leftOut).toMatchObject({
      invalidated: 3,
      withheld: 3,
      "not-run": 3,
      "model-error": 3,
      scored: 2,
      refused: 1,
    });
    expect(attemptsToPrecomputedScores([])).toEqual({ text: "", written: 0, leftOut: {} });
  });
});
