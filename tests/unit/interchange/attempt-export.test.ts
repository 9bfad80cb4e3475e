import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptExportColumns, type AttemptExportRow } from "../../../electron/interchange/attempt-export.ts";
import { attemptsToCsv } from "../../../electron/interchange/csv/attempts-csv.ts";
import { attemptsToJsonl } from "../../../electron/interchange/jsonl/attempts-jsonl.ts";

const row: AttemptExportRow = {
  ...{ run: "R-0001", campaign: null, model: "M", benchmark: "B", category: "web", difficulty: null },
  ...{ task: "t", epoch: 1, outcome: "scored", score: -0.5, limit: null, error: null, invalidation: null },
  ...{ scorer_score: -0.5, reviewed_score: null, flags: [], invalidation_code: null },
  scores: [{ scorer: "s", value: { a: 1 }, number: null }],
  ...{ inputTokens: 1, outputTokens: 2, totalTokens: 3, cost: 0.25, totalMs: 10, workingMs: null, startedAt: 5 },
  ...{ messages: 2, retries: 0, cluster: null, note: "", metadata: {} },
};

function csvRows(text: string): Record<string, string>[] {
  return parse(text, { columns: true, bom: true });
}

describe("attempts as CSV", () => {
  it("have one row each, under a fixed head", () => {
    const text = attemptsToCsv([row]);
    expect(text.startsWith(`\ufeff${attemptExportColumns.join(",")}\r\n`)).toBe(true);
    expect(csvRows(text)).toMatchObject([
      {
        run: "R-0001",
        campaign: "",
        task: "t",
        score: "-0.5",
        scores: '[{"scorer":"s","value":{"a":1},"number":null}]',
        cost: "0.25",
      },
    ]);
    expect(attemptsToCsv([]).split("\r\n")).toHaveLength(2);
  });

  it("say what the scorer gave beside what a review made of it, and why an attempt does not count", () => {
    const corrected = { score: 0.25, scorer_score: 1, reviewed_score: 0.25, flags: ["cheating", "sandbox-fault"] };
    const invalid = {
      outcome: "invalidated",
      invalidation: "wrong host",
      invalidation_code: "wrong-settings",
    } as const;
    const [one, two] = csvRows(
      attemptsToCsv([
        { ...row, ...corrected },
        { ...row, ...invalid },
      ]),
    );
    const cells = { score: "0.25", scorer_score: "1", reviewed_score: "0.25", flags: '["cheating","sandbox-fault"]' };
    expect(one).toMatchObject({ ...cells, invalidation_code: "" });
    expect(two).toMatchObject({ scorer_score: "-0.5", reviewed_score: "", flags: "[]", ...invalid });
    const line = JSON.parse(attemptsToJsonl([{ ...row, ...corrected, ...invalid }])) as unknown;
    expect(line).toMatchObject({ ...corrected, ...invalid });
  });

  it("quote a line feed, so that no reader takes it for the end of the row", () => {
    expect(attemptsToCsv([{ ...row, task: "\n#" }])).toContain('"\n#"');
    expect(attemptsToCsv([{ ...row, task: "a\rb" }])).toContain('"a\rb"');
  });

  it("come back as they were, whatever is in them, and never as a formula", () => {
    const text = fc.string({ unit: "grapheme-composite" });
    fc.assert(
      fc.property(text, text, fc.constantFrom("=", "+", "-", "@", "'", "'=", "''@", ""), (task, note, start) => {
        const [read] = csvRows(attemptsToCsv([{ ...row, task: `${start}${task}`, note }]));
        const unescaped = (value: string | undefined): string | undefined =>
          value !== undefined && /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(value) ? value.slice(1) : value;
        expect(read?.task).not.toMatch(/^[=+\-@]/);
        expect(unescaped(read?.task)).toBe(`${start}${task}`);
        expect(unescaped(read?.note)).toBe(note);
      }),
    );
  });
});

describe("attempts as JSON Lines", () => {
  it("have every column in every line", () => {
    const lines = attemptsToJsonl([row, { ...row, note: "two\nlines" }])
      .trimEnd()
      .split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(Object.keys(JSON.parse(line) as object)).toEqual([...attemptExportColumns]);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ score: -0.5, campaign: null, scores: row.scores });
    expect(attemptsToJsonl([])).toBe("");
  });
});
