import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptRecordSchema, type AttemptRecord, outcomeStates } from "../../../electron/contract/attempt.ts";
import {
  rowRefusalReasons,
  type TableField,
  type TableMapping,
  tableMappingSchema,
} from "../../../electron/contract/importing.ts";
import { invalidationCodes } from "../../../electron/contract/invalidation.ts";
import type { AttemptExportRow } from "../../../electron/interchange/attempt-export.ts";
import { bytesSource } from "../../../electron/interchange/byte-source.ts";
import { attemptsToCsv } from "../../../electron/interchange/csv/attempts-csv.ts";
import { attemptsToJsonl } from "../../../electron/interchange/jsonl/attempts-jsonl.ts";
import type { LogSource } from "../../../electron/interchange/reader.ts";
import { readLogFile } from "../../../electron/interchange/readers.ts";
import {
  describeTable,
  previewTable,
  readTable,
  TableError,
  tableErrorCodes,
} from "../../../electron/interchange/table/index.ts";

function source(content: string | Uint8Array, name = "attempts.csv"): LogSource {
  return { name, bytes: bytesSource(typeof content === "string" ? new TextEncoder().encode(content) : content) };
}

function fieldsOf(mapping: TableMapping): Record<string, TableField | null> {
  return Object.fromEntries(mapping.columns.map(({ name, field }) => [name, field]));
}

async function attemptsOf(one: LogSource, change: Partial<TableMapping> = {}): Promise<AttemptRecord[]> {
  const { mapping } = await describeTable(one);
  const { runs } = await readTable(one, { ...mapping, ...change });
  for (const { run } of runs) {
    for (const attempt of run.attempts) expect(attemptRecordSchema.parse(attempt)).toEqual(attempt);
  }
  return runs.flatMap(({ run }) => run.attempts);
}

describe("a table's columns", () => {
  it("are found by their names, with a confidence", async () => {
    const head = "Task ID;Attempt;Success?;Total Tokens;Minutes;Remark;Category;Colour;human_minutes";
    const described = await describeTable(source(`\ufeff${head}\r\nweb-1;1;yes;1.234;2,5;fine;web;red;30\r\n`));
    expect(described.mapping).toMatchObject({
      format: "csv",
      delimiter: ";",
      header: true,
      decimal: ",",
      firstEpoch: 1,
    });
    expect(fieldsOf(described.mapping)).toEqual({
      "Task ID": "task",
      Attempt: "epoch",
      "Success?": "solved",
      "Total Tokens": "totalTokens",
      Minutes: "duration",
      Remark: "note",
      Category: "category",
      Colour: null,
      human_minutes: "humanMinutes",
    });
    expect(described.mapping.columns[4]).toMatchObject({ unit: "min" });
    expect(described.columns[0]).toMatchObject({ examples: ["web-1"] });
    expect(described.columns[0]?.confidence).toBeGreaterThan(0.9);
    expect(described.columns[7]?.confidence).toBe(0);
    expect(tableMappingSchema.parse(described.mapping)).toEqual(described.mapping);
    const [attempt] = await attemptsOf(source(`\ufeff${head}\r\nweb-1;1;yes;1.234;2,5;fine;web;red;30\r\n`));
    expect(attempt).toMatchObject({
      task: "web-1",
      epoch: 1,
      score: 1,
      totalTokens: 1234,
      totalMs: 150_000,
      note: "fine",
    });
  });

  it("are mapped once a field, the surest name first", async () => {
    const { mapping } = await describeTable(source("id,name,task_id,status,result\n1,a,t,solved,pass\n"));
    expect(fieldsOf(mapping)).toEqual({ id: null, name: null, task_id: "task", status: "outcome", result: "solved" });
  });

  it("are found without a header, and by tab, bar or comma", async () => {
    for (const delimiter of ["\t", "|", ","]) {
      const { mapping, columns } = await describeTable(
        source(`a${delimiter}1${delimiter}0.5\nb${delimiter}1${delimiter}1\n`),
      );
      expect(mapping).toMatchObject({ delimiter, header: false });
      expect(columns.map(({ name }) => name)).toEqual(["Column 1", "Column 2", "Column 3"]);
    }
  });

  it("are the keys of JSON Lines, three levels deep", async () => {
    const line =
      '{"sample_id": 12345678901234567890, "usage": {"total_tokens": 9, "a": {"b": {"c": 1}}}, "ok": {"x": true}}';
    const one = source(`${line}\n{"sample_id": "b", "extra": [1]}\n`, "x.jsonl");
    const { mapping } = await describeTable(one);
    expect(fieldsOf(mapping)).toEqual({
      ...{ sample_id: "task", "usage.total_tokens": "totalTokens", "usage.a.b": null, "ok.x": null, extra: null },
    });
    expect((await attemptsOf(one)).map(({ task, totalTokens }) => [task, totalTokens])).toEqual([
      ["12345678901234567890", 9],
      ["b", null],
    ]);
  });
});

describe("a table's rows", () => {
  const words = `task,outcome,score,limit,error,invalidation
a,Solved,,,,
b,not_solved,,,,
c,partial,,,,
d,timeout,0,time,,
e,Refused,,,,
f,infrastructure-fault,,,boom,
g,invalidated,1,,,wrong flag
h,scored,0.25,,,
i,,85 %,,,
j,,C,,,
k,,,,it broke,
l,,,token,,
m,scored,,,,
n,,NaN,,,
`;

  it("become attempts in the state that their words mean", async () => {
    const attempts = await attemptsOf(source(words));
    expect(attempts.map(({ task, outcome, score }) => `${task} ${outcome} ${String(score)}`)).toEqual([
      ...["a scored 1", "b scored 0", "c scored 0.5", "d limit-reached 0", "e refused null"],
      ...["f infrastructure-fault null", "g invalidated 1", "h scored 0.25", "i scored 0.85", "j scored 1"],
      ...["k infrastructure-fault null", "l limit-reached null", "m unscored null", "n unscored null"],
    ]);
    expect(attempts[7]?.scores).toEqual([{ scorer: "score", value: 0.25, number: 0.25 }]);
    expect(attempts[9]?.scores).toEqual([{ scorer: "score", value: "C", number: 1 }]);
  });

  it("mean what a person says that they mean, before anything else", async () => {
    const one = source("task,outcome\na,gelöst\nb,Solved\nc,huh\n");
    const { mapping } = await describeTable(one);
    const own: TableMapping = {
      ...mapping,
      outcomes: [
        { text: "Gelöst", outcome: "scored", score: 1 },
        { text: "solved", outcome: "withheld", score: null },
      ],
    };
    const preview = await previewTable(one, own);
    expect(preview.words).toEqual([
      { text: "gelöst", rows: 1, meaning: { outcome: "scored", score: 1 } },
      { text: "solved", rows: 1, meaning: { outcome: "withheld", score: null } },
      { text: "huh", rows: 1, meaning: null },
    ]);
    expect(preview.refused).toEqual([{ line: 4, reason: "outcome-unknown", column: "outcome", text: "huh" }]);
    expect(preview.counts).toMatchObject({ rows: 3, taken: 2, refused: 1, byReason: { "outcome-unknown": 1 } });
  });

  it("say solved by their own column, and keep the score beside it", async () => {
    const [attempt] = await attemptsOf(source("task,score,passed\na,0.7,true\n"));
    expect(attempt).toMatchObject({
      score: 1,
      scores: [
        { scorer: "passed", value: "true", number: 1 },
        { scorer: "score", value: 0.7, number: 0.7 },
      ],
    });
  });

  it("are refused for one named reason, with their line, column and text", async () => {
    const text = `task,epoch,outcome,score,tokens,seconds,started_at,scores,retries
a,1,solved,,,,,,
,1,solved,,,,,,
b,1.5,solved,,,,,,
a,1,failed,,,,,,
c,1,gone,,,,,,
d,1,,many,,,,,
e,1,,1,-3,,,,
f,1,,1,,soon,,,
g,1,,1,,,yesterday,,
h,1,,1,,,,{},
i,1,,1,,,,,0.5
${"x".repeat(2_001)},1,,1,,,,,
j,1,,1,,,,,,spill
k,0,,1,,,,,
"quoted
task",2,solved,,,,,,
`;
    const one = source(text);
    const { mapping } = await describeTable(one);
    const preview = await previewTable(one, { ...mapping, firstEpoch: 1 });
    expect(preview.refused.map(({ line, reason, column }) => [line, reason, column])).toEqual([
      [3, "task-missing", "task"],
      [4, "epoch-invalid", "epoch"],
      [5, "duplicate-attempt", "task"],
      [6, "outcome-unknown", "outcome"],
      [7, "score-invalid", "score"],
      [8, "number-invalid", "tokens"],
      [9, "duration-invalid", "seconds"],
      [10, "date-invalid", "started_at"],
      [11, "scores-invalid", "scores"],
      [12, "number-invalid", "retries"],
      [13, "task-too-long", "task"],
      [14, "too-many-cells", null],
      [15, "epoch-invalid", "epoch"],
    ]);
    expect(preview.refused[4]?.text).toBe("many");
    expect(preview.rows.map(({ line, attempt }) => [line, attempt.task])).toEqual([
      [2, "a"],
      [16, "quoted\ntask"],
    ]);
    expect(preview.counts).toMatchObject({ rows: 15, taken: 2, refused: 13, tasks: 2, epochs: 2 });
  });

  it("are refused in JSON Lines the same way", async () => {
    const big = "x".repeat(5_000_000);
    const text = `{"task":"a","score":1}\n\n[1]\n"b"\n{"task":"c"\n{"task":"${big}","score":1}\n{"score":1}\n{"task":"d","score":0,"prompt":"${big}"}`;
    const one = source(text, "x.jsonl");
    const { mapping } = await describeTable(one);
    const preview = await previewTable(one, mapping);
    expect(preview.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [3, "row-not-an-object"],
      [4, "row-not-an-object"],
      [5, "row-malformed"],
      [6, "row-too-long"],
      [7, "task-missing"],
    ]);
    expect(preview.rows.map(({ attempt }) => attempt.task)).toEqual(["a", "d"]);
  });

  it("number attempts of a task as they come where no column does, and from 0 where the table does", async () => {
    const epochs = async (text: string) =>
      (await attemptsOf(source(text))).map(({ task, epoch }) => `${task}${String(epoch)}`);
    expect(await epochs("task,score\na,1\nb,0\na,0\na,1\n")).toEqual(["a1", "b1", "a2", "a3"]);
    expect(await epochs("task,epoch,score\na,0,1\na,1,0\nb,0,1\n")).toEqual(["a1", "a2", "b1"]);
  });

  it("become one run a model and benchmark, with what they say of the tasks", async () => {
    const text = `task,model,benchmark,score,category,difficulty\na,m1,b1,1,web,\na,m2,b1,0,,hard\nb,m1,b1,1,,\nc,,,1,,\n`;
    const one = source(text);
    const { mapping } = await describeTable(one);
    const chosen = { ...mapping, model: "own model", benchmark: "own benchmark" };
    const { runs, counts } = await readTable(one, chosen);
    expect(runs.map(({ part, run }) => [part, run.model, run.task, run.attempts.length])).toEqual([
      ["m1 on b1", "m1", "b1", 2],
      ["m2 on b1", "m2", "b1", 1],
      ["own model on own benchmark", "own model", "own benchmark", 1],
    ]);
    expect(runs[0]?.tasks.get("a")).toEqual({ category: "web", difficulty: null, humanMinutes: null });
    expect(counts.taken).toBe(4);
    expect((await previewTable(one, chosen)).runs.map(({ attempts }) => attempts)).toEqual([2, 1, 1]);
    expect(runs[0]?.run).toMatchObject({
      format: "table",
      complete: true,
      lost: [],
      settings: { mapping: { task: "task" } },
    });
  });

  it("hold numbers, durations and times as people write them", async () => {
    const text = `task,score,tokens,cost,duration,started_at
a,1,"12,408",$1.50,1:04:09,2026-03-02
b,-0.5,1e3,0,4:10,2026-03-02 09:30
c,.5,7,€ 2,0:30,2026-03-02T09:30:00+02:00
d,1,0,,,1772443800
e,1,,,,1772443800123
`;
    const attempts = await attemptsOf(source(text));
    expect(attempts.map(({ score, totalTokens, cost, totalMs }) => [score, totalTokens, cost, totalMs])).toEqual([
      [1, 12_408, 1.5, 3_849_000],
      [-0.5, 1_000, 0, 250_000],
      [0.5, 7, 2, 30_000],
      [1, 0, null, null],
      [1, null, null, null],
    ]);
    expect(attempts.map(({ startedAt }) => startedAt)).toEqual([
      ...[Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 2, 9, 30), Date.UTC(2026, 2, 2, 7, 30)],
      ...[1_772_443_800_000, 1_772_443_800_123],
    ]);
  });

  it("keep text as text: formulas, markup, control characters; what is too long is cut and counted", async () => {
    const note = `<b>\u202e\u001b[31m`;
    const one = source(
      `task,score,note\n'=cmd|x,1,"=HYPERLINK(""http://x"")"\na\0b,1,${note}\nc,1,${"n".repeat(20_001)}\n`,
    );
    const attempts = await attemptsOf(one);
    expect(attempts.map(({ task }) => task)).toEqual(["=cmd|x", "a\uFFFDb", "c"]);
    expect(attempts.map((attempt) => attempt.note)).toEqual(['=HYPERLINK("http://x")', note, "n".repeat(20_000)]);
    expect((await previewTable(one, null)).counts.cut).toBe(1);
  });
});

describe("a table that was written here", () => {
  const word = fc.string({ unit: "grapheme-composite", maxLength: 12 });
  const text = fc.oneof(
    word,
    fc.tuple(fc.constantFrom("=", "+", "-", "@", "'", "'=", '"', "\n", ",", "\t"), word).map((two) => two.join("")),
  );
  const label = fc.option(
    text.filter((one) => one !== ""),
    { nil: null },
  );
  const amount = fc.option(
    fc.double({ min: 0, max: 2 ** 53 - 1, noNaN: true }).map((value) => value + 0),
    { nil: null },
  );
  const row: fc.Arbitrary<AttemptExportRow> = fc.record({
    ...{
      run: fc.constant("R-0001"),
      campaign: fc.constant(null),
      model: fc.constant("m"),
      benchmark: fc.constant("b"),
    },
    task: text.filter((one) => one.trim() !== ""),
    ...{ category: label, difficulty: label, cluster: label },
    epoch: fc.integer({ min: 1, max: 10_000 }),
    outcome: fc.constantFrom(...outcomeStates.filter((state) => state !== "scored")),
    score: fc.option(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      { nil: null },
    ),
    ...{
      scorer_score: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null }),
      reviewed_score: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null }),
    },
    flags: fc.array(fc.constantFrom("cheating", "contamination"), { maxLength: 2 }),
    invalidation_code: fc.constantFrom(null, ...invalidationCodes),
    scores: fc.array(
      fc.record({ scorer: word, value: fc.oneof(word, fc.boolean(), fc.constant(null)), number: fc.constant(0.5) }),
      { maxLength: 2 },
    ),
    ...{ limit: label, error: label, invalidation: label },
    ...{
      inputTokens: amount,
      outputTokens: amount,
      totalTokens: amount,
      cost: amount,
      totalMs: amount,
      workingMs: amount,
    },
    startedAt: fc.option(fc.integer({ min: 1e11, max: 8.64e15 }), { nil: null }),
    messages: fc.option(fc.nat(), { nil: null }),
    retries: fc.nat(),
    note: text,
    metadata: fc.dictionary(
      word.filter((one) => one !== "" && one !== "__proto__"),
      fc.oneof(word, fc.boolean(), fc.constant(null), fc.integer()),
      { maxKeys: 3 },
    ),
  });
  const rows = fc.uniqueArray(row, {
    selector: ({ task, epoch }) => JSON.stringify([task, epoch]),
    minLength: 1,
    maxLength: 6,
  });

  const expected = (given: readonly AttemptExportRow[]) =>
    given.map(
      ({
        run: _run,
        campaign: _campaign,
        model: _model,
        benchmark: _benchmark,
        category: _category,
        difficulty: _difficulty,
        scorer_score: _scorerScore,
        reviewed_score: _reviewedScore,
        flags: _flags,
        invalidation_code: _invalidationCode,
        ...rest
      }) => ({
        ...rest,
        member: null,
        file: 0,
      }),
    );

  it("comes back from CSV as it was, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        expect(await attemptsOf(source(attemptsToCsv(given)))).toEqual(expected(given));
      }),
      { numRuns: 150 },
    );
  });

  it("comes back from JSON Lines as it was, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        expect(await attemptsOf(source(attemptsToJsonl(given), "x.jsonl"))).toEqual(expected(given));
      }),
      { numRuns: 150 },
    );
  });
});

describe("a hostile table", () => {
  it("is answered with a result or a named error, whatever its bytes are", async () => {
    const bits = fc.constantFrom(
      ...'task,score\n\r\n"";|\t{}[]:0a1\'\\ué\0'.split(""),
      '{"task":"a"}\n',
      "a,1\n",
      "\ufeff",
      "NaN",
      "-",
      '"',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(bits, { maxLength: 60 }).map((parts) => new TextEncoder().encode(`task,score\n${parts.join("")}`)),
      fc
        .array(bits, { maxLength: 60 })
        .map((parts) => new TextEncoder().encode(`{"task":"b","score":1}\n${parts.join("")}`)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom("x.csv", "x.jsonl", "x"), async (content, name) => {
        try {
          const preview = await previewTable(source(content, name), null);
          expect(preview.counts.rows).toBe(preview.counts.taken + preview.counts.refused);
          for (const { reason } of preview.refused) expect(rowRefusalReasons).toContain(reason);
          for (const { attempt } of preview.rows) attemptRecordSchema.parse(attempt);
        } catch (error) {
          if (!(error instanceof TableError)) throw error;
          expect(tableErrorCodes).toContain(error.code);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it.each<[string, string | Uint8Array, string, string]>([
    ["nothing in it", "", "x.csv", "empty"],
    ["white space only", " \n\r\n ", "x.csv", "empty"],
    ["UTF-16", Buffer.from("\ufefftask,score\n", "utf16le"), "x.csv", "encoding-unsupported"],
    [
      "more columns than any table",
      `${Array.from({ length: 501 }, (_, n) => `c${String(n)}`).join(",")}\n`,
      "x.csv",
      "too-many-columns",
    ],
    ["a quote that takes 5 MB", `task,score\na,1\nb,"${"x".repeat(5_000_000)}\n`, "x.csv", "record-too-long"],
    ["a line of 5 MB", `task,score\n${"x".repeat(5_000_000)}`, "x.csv", "record-too-long"],
  ])("with %s has its own error", async (_what, content, name, code) => {
    await expect(previewTable(source(content, name), null)).rejects.toMatchObject({ name: "TableError", code });
  });

  it("with no column of tasks is shown without rows, and says why", async () => {
    const preview = await previewTable(source("a,b\n1,2\n"), null);
    expect(preview).toMatchObject({ unfit: "No column names the tasks: choose one.", rows: [], runs: [] });
    expect(preview.columns.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("keeps what came before a quote that is never closed", async () => {
    const preview = await previewTable(source('task,score\na,1\nb,0\nc,"1\nd,1\n'), null);
    expect(preview.rows.map(({ attempt }) => attempt.task)).toEqual(["a", "b"]);
    expect(preview.refused).toEqual([{ line: 4, reason: "row-malformed", column: null, text: "" }]);
  });

  it("takes bytes that are no UTF-8 as U+FFFD, and stray quotes as text", async () => {
    const bytes = Buffer.concat([Buffer.from("task,score\nx"), Buffer.from([0xff, 0xc0]), Buffer.from(',1\nit"s,0\n')]);
    expect((await attemptsOf(source(bytes))).map(({ task }) => task)).toEqual(["x\uFFFD\uFFFD", 'it"s']);
  });

  it("takes hostile keys as plain keys", async () => {
    const one = source('{"__proto__":{"task":"x"},"constructor":1,"task":"a","score":1}\n', "x.jsonl");
    expect((await attemptsOf(one)).map(({ task }) => task)).toEqual(["a"]);
    expect(({} as Record<string, unknown>).task).toBeUndefined();
  });

  it("is refused where two columns are the same field, or one pair of model and benchmark comes with every row", async () => {
    const one = source("task,score,other\na,1,b\n");
    const { mapping } = await describeTable(one);
    const columns = mapping.columns.map((column) => ({ ...column, field: "task" as const }));
    await expect(readTable(one, { ...mapping, columns })).rejects.toMatchObject({ code: "mapping-unfit" });
    const many = Array.from({ length: 1_001 }, (_, n) => `a,1,m${String(n)}`).join("\n");
    await expect(previewTable(source(`task,score,model\n${many}\n`), null)).rejects.toMatchObject({
      code: "too-many-runs",
    });
  });

  it("stops where it is cancelled", async () => {
    const controller = new AbortController();
    controller.abort(new Error("stopped"));
    await expect(previewTable(source("task,score\na,1\n"), null, { signal: controller.signal })).rejects.toThrow(
      "stopped",
    );
  });
});

describe("a table among logs", () => {
  it("is known as one, and other files as what they are", async () => {
    const kind = async (content: string, name: string) => (await readLogFile(source(content, name))).kind;
    expect(await kind("task,score\na,1\n", "x.csv")).toBe("table");
    expect(await kind('{"task":"a"}\n{"task":"b"}\n', "x.json")).toBe("table");
    expect(await kind('{"task":"a"}', "x.jsonl")).toBe("table");
    expect(await kind('{"a":1}', "x.json")).toBe("not-a-log");
    expect(await kind("hello", "x.txt")).toBe("not-a-log");
    expect(await kind("", "x.csv")).toBe("not-a-log");
  });
});
