import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptRecordSchema, outcomeStates, type AttemptRecord } from "../../../../electron/contract/attempt.ts";
import { checkedColumns, fromColumns, toColumns } from "../../../../electron/domain/attempts/columns.ts";
import { putLoggedColumns } from "../../../../electron/domain/attempts/logged-columns.ts";
import { notRun, putLoggedAttempts } from "../../../../electron/domain/attempts/rows.ts";
import type { Row } from "../../../../electron/domain/read-model.ts";
import type { SolveRule } from "../../../../electron/statistics/denominator.ts";
import { MemoryJournal } from "../memory-journal.ts";

const amount = fc.option(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }));
const word = fc.string({ maxLength: 12, unit: "binary" });
const score = fc.option(fc.constantFrom(0, 0.5, 1, -2));

/** Attempts as a log has them, on few tasks, so that some have the same name. */
const record: fc.Arbitrary<AttemptRecord> = fc
  .record({
    task: fc.constantFrom("t-10", "t-2", "é", "z\u{1F600}", "Z", "\uE000"),
    epoch: fc.integer({ min: 1, max: 40 }),
    outcome: fc.constantFrom(...outcomeStates),
    score,
    scores: fc.array(fc.record({ scorer: word, value: fc.constantFrom("C", null, 0.5), number: score }), {
      maxLength: 2,
    }),
    inputTokens: amount,
    outputTokens: amount,
    totalTokens: amount,
    cost: amount,
    totalMs: amount,
    workingMs: amount,
    startedAt: fc.option(fc.integer()),
    limit: fc.option(word),
    error: fc.option(word),
    invalidation: fc.option(word),
    messages: fc.option(fc.nat()),
    retries: fc.nat(9),
    member: fc.option(word),
    cluster: fc.option(word),
    note: word,
    metadata: fc.dictionary(word, fc.oneof(word, fc.boolean(), fc.integer(), fc.constant(null)), { maxKeys: 3 }),
  })
  .map((some) => ({ ...notRun(some.task, some.epoch, null), ...some }));

/** Logs in which some fields are the same everywhere, and some are not. */
const log = fc
  .tuple(
    fc.array(record, { minLength: 1, maxLength: 90 }),
    fc.subarray(Object.keys(attemptRecordSchema.shape).filter((name) => name !== "task" && name !== "epoch")),
  )
  .map(([attempts, alike]): AttemptRecord[] => {
    const [first] = attempts;
    const shared = Object.fromEntries(Object.entries(first ?? {}).filter(([name]) => alike.includes(name)));
    return attempts.map((attempt) => ({ ...attempt, ...shared }));
  });
const rule: fc.Arbitrary<SolveRule> = fc.record({
  direction: fc.constantFrom("higher" as const, "lower" as const),
  threshold: fc.constantFrom(0, 0.5, 1),
});

function rowsOf(put: (model: MemoryJournal["model"]) => void): Row[] {
  const { model } = new MemoryJournal();
  put(model);
  return model.all("SELECT * FROM attempt ORDER BY run, task, epoch");
}

describe("attempts of a log", () => {
  it("become the same rows by columns as one by one", () => {
    fc.assert(
      fc.property(log, rule, (attempts, solved) => {
        const stored = toColumns(attempts);
        const one = rowsOf((model) => {
          putLoggedAttempts(model, 7, attempts, solved);
        });
        const all = rowsOf((model) => {
          putLoggedColumns(model, 7, checkedColumns(stored), solved);
        });
        expect(all).toEqual(one);
      }),
      { numRuns: 80 },
    );
  });

  it("may be one, or none", () => {
    const solved = { direction: "higher", threshold: 1 } as const;
    for (const attempts of [[], [{ ...notRun("a", 1, "c"), outcome: "scored" as const, score: 1 }]]) {
      const columns = checkedColumns(toColumns(attempts));
      const rows = rowsOf((model) => {
        putLoggedColumns(model, 1, columns, solved);
      });
      expect(rows.map((row) => [row["task"], row["ledger"], row["solved"]])).toEqual(
        attempts.map(() => ["a", "solved", 1]),
      );
    }
  });
});

describe("columns of attempts", () => {
  const long = (length: number): fc.Arbitrary<string> => fc.constant("x".repeat(length));
  const limits = [0, 1, 99, 100, 101, 2_000, 2_001, 4_000, 4_001, 10_000, 10_001, 20_000, 20_001];
  const anything = fc.oneof(
    fc.constantFrom(
      null,
      undefined,
      Number.NaN,
      Infinity,
      -Infinity,
      -0,
      -1,
      0.5,
      2 ** 53,
      1_000_000,
      1_000_001,
      10_001,
    ),
    fc.constantFrom(...outcomeStates),
    fc.constantFrom(...limits).chain(long),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.record({ scorer: word, value: fc.constantFrom("C", Number.NaN, null), number: score }), {
      maxLength: 2,
    }),
    fc.dictionary(word, fc.oneof(word, fc.double()), { maxKeys: 2 }),
  );
  const names = Object.keys(attemptRecordSchema.shape);

  it("hold nothing that an attempt may not, and all that it may", () => {
    const base = toColumns([notRun("a", 1, null), notRun("b", 1, null)]);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.tuple(anything, anything), (name, values) => {
        const columns = { ...base.columns, [name]: [...values] };
        const attempts = values.map((value, place) => ({ ...notRun(["a", "b"][place] ?? "", 1, null), [name]: value }));
        const isRight = attempts.every((attempt) => attemptRecordSchema.safeParse(attempt).success);
        if (isRight) expect(fromColumns({ n: 2, columns })).toEqual(attempts);
        else expect(() => fromColumns({ n: 2, columns })).toThrow();
      }),
      { numRuns: 2_000 },
    );
  });
});
