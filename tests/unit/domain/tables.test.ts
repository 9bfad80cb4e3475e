import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptOfRow, attemptRowId, plainView, tableIds, type TableView } from "../../../electron/contract/tables.ts";
import { describeTable, tableSums } from "../../../electron/domain/tables/queries.ts";
import { tableRows } from "../../../electron/domain/tables/rows.ts";
import type { ReadModel } from "../../../electron/domain/read-model.ts";
import { MemoryJournal } from "./memory-journal.ts";

interface Attempt {
  readonly run: number;
  readonly task: string;
  readonly epoch: number;
  readonly ledger: string;
  readonly score: number | null;
  readonly tokens: number | null;
  readonly note: string;
  readonly level: string | number | boolean | null;
}

const runs = [1, 2];
const tags: Readonly<Record<number, readonly string[]>> = { 1: ["smoke", "autumn"], 2: [] };
const categories: Readonly<Record<string, string | null>> = { "t-a": "crypto", "t-b": "Web", "t-c": null };

/** Values for the named columns of a row; null for the others. */
function insert(model: ReadModel, table: string, values: Readonly<Record<string, string | number | null>>): void {
  const columns = model.all(`SELECT name, "notnull" AS needed, type FROM pragma_table_info('${table}')`);
  const row = columns.map((column) => {
    const given = values[String(column["name"])];
    if (given !== undefined) return given;
    if (column["needed"] === 0) return null;
    return column["type"] === "TEXT" ? "" : 0;
  });
  model.run(`INSERT INTO ${table} VALUES (${row.map(() => "?").join(", ")})`, ...row);
}

function modelOf(attempts: readonly Attempt[]): ReadModel {
  const { model } = new MemoryJournal();
  insert(model, "benchmark", { id: "bench", title: "Bench", notes: "[]", direction: "higher", threshold: 1 });
  insert(model, "model", { id: "m", developer: "Dev", name: "Meridian", origin: "hand" });
  insert(model, "model_version", { id: "v", model_id: "m", checkpoint: "0914", safeguard: "reduced" });
  Object.entries(categories).forEach(([id, category], position) => {
    insert(model, "task", { benchmark_id: "bench", id, position, title: `Task ${id}`, category });
  });
  for (const number of runs) {
    const id = `run-${String(number)}`;
    const code = `R-000${String(number)}`;
    insert(model, "run", {
      id,
      number,
      code,
      model_version_id: "v",
      benchmark_id: "bench",
      state: "logged",
      metrics: "[]",
    });
    for (const tag of tags[number] ?? []) insert(model, "run_tag", { run: number, tag });
  }
  for (const { run, task, epoch, ledger, score, tokens, note, level } of attempts) {
    const metadata = JSON.stringify(level === null ? {} : { level });
    const values = {
      run,
      task,
      epoch,
      ledger,
      score,
      total_tokens: tokens,
      note,
      metadata,
      scores: "[]",
      outcome: "scored",
    };
    insert(model, "attempt", values);
  }
  return model;
}

const attempt = fc.record({
  run: fc.constantFrom(...runs),
  task: fc.constantFrom(...Object.keys(categories)),
  epoch: fc.integer({ min: 1, max: 4 }),
  ledger: fc.constantFrom("solved", "notSolved", "invalidated"),
  score: fc.constantFrom(null, 0, 0.5, 1),
  tokens: fc.option(fc.integer({ min: 0, max: 50 })),
  note: fc.constantFrom("", "odd", "100 %_\\ sure", "Odd one"),
  level: fc.constantFrom(null, "easy", "Hard", 3, 10, true),
});
const attempts = fc.uniqueArray(attempt, {
  selector: ({ run, task, epoch }) => `${String(run)}/${task}/${String(epoch)}`,
});

type Value = string | number | null;
const level = ({ level: value }: Attempt): Value => (typeof value === "boolean" ? String(value) : value);

/** What each column says, computed apart. */
const says: Readonly<Record<string, (attempt: Attempt) => Value>> = {
  task: ({ task }) => `Task ${task}`,
  epoch: ({ epoch }) => epoch,
  state: ({ ledger }) => ledger,
  score: ({ score }) => score,
  tokens: ({ tokens }) => tokens,
  note: ({ note }) => note,
  category: ({ task }) => categories[task] ?? null,
  run: ({ run }) => `R-000${String(run)}`,
  "metadata.level": level,
};
const textColumns = ["task", "state", "note", "category", "run", "metadata.level"];
const numberColumns = ["epoch", "score", "tokens"];
const isNothing = (value: Value): boolean => value === null || value === "";

const filter = fc.oneof(
  fc.record({
    test: fc.constantFrom("any-of" as const, "none-of" as const),
    column: fc.constantFrom("state", "category", "run", "metadata.level"),
    values: fc.array(fc.constantFrom("solved", "invalidated", "crypto", "R-0001", "easy", "3", "true", null), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({
    test: fc.constant("contains" as const),
    column: fc.constantFrom("note", "task", "category"),
    words: fc.constantFrom("ODD", "%", "_\\", "web", "t-a"),
  }),
  fc.record({
    test: fc.constant("between" as const),
    column: fc.constantFrom(...numberColumns, "metadata.level"),
    low: fc.option(fc.integer({ min: 0, max: 20 })),
    high: fc.option(fc.integer({ min: 0, max: 40 })),
  }),
  fc.record({
    test: fc.constantFrom("empty" as const, "filled" as const),
    column: fc.constantFrom(...textColumns, ...numberColumns),
  }),
);
const view: fc.Arbitrary<TableView> = fc.record({
  words: fc.constantFrom("", "odd", "crypto task", "100 %_\\", "nowhere"),
  filters: fc.array(filter, { maxLength: 3 }),
  sort: fc.array(fc.record({ column: fc.constantFrom(...numberColumns, ...textColumns), descending: fc.boolean() }), {
    maxLength: 2,
  }),
  group: fc.constantFrom(null, "state", "category", "run", "note"),
});

function holds(row: Attempt, one: TableView["filters"][number]): boolean {
  const value = says[one.column]?.(row) ?? null;
  switch (one.test) {
    case "any-of":
    case "none-of": {
      const isIn = one.values.some((given) =>
        given === null ? isNothing(value) : String(value) === given && value !== null,
      );
      return one.test === "any-of" ? isIn : !isIn;
    }
    case "contains":
      return String(value ?? "")
        .toLowerCase()
        .includes(one.words.toLowerCase());
    case "between":
      return typeof value === "number" && value >= (one.low ?? -Infinity) && value <= (one.high ?? Infinity);
    case "empty":
      return isNothing(value);
    case "filled":
      return !isNothing(value);
  }
}

function isFound(row: Attempt, words: string): boolean {
  const searched = [
    `Task ${row.task}`,
    "Meridian (0914, safeguards reduced)",
    "Bench",
    categories[row.task] ?? "",
    row.note,
  ];
  return words.split(/\s+/).every((word) => searched.some((text) => text.toLowerCase().includes(word.toLowerCase())));
}

function compare(a: Value, b: Value, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const [left, right] = [a, b].map((value) => (typeof value === "string" ? value.toLowerCase() : value)) as [
    Value,
    Value,
  ];
  // SQLite puts numbers before texts.
  const order =
    typeof left === typeof right
      ? Number((left ?? 0) > (right ?? 0)) - Number((left ?? 0) < (right ?? 0))
      : typeof left === "number"
        ? -1
        : 1;
  return descending ? -order : order;
}

describe("tables under a view", () => {
  it("leave the same rows in the same order as looking at each by itself", () => {
    fc.assert(
      fc.property(attempts, view, (all, asked) => {
        const model = modelOf(all);
        const left = all.filter((row) => isFound(row, asked.words) && asked.filters.every((one) => holds(row, one)));
        const found = tableRows(model, "attempts", { scope: {}, view: asked, offset: 0, limit: 500 });
        const ids = left.map(({ run, task, epoch }) => attemptRowId({ runId: `run-${String(run)}`, task, epoch }));
        expect(found.map(({ id }) => id).sort()).toEqual(ids.sort());
        const sums = tableSums(model, "attempts", {}, asked);
        expect(sums.total).toBe(left.length);
        if (asked.group === null) expect(sums.groups).toEqual([]);
        else expect(sums.groups.reduce((sum, { count }) => sum + count, 0)).toBe(left.length);
        // Groups hang together, in the order that the sums give.
        const order = found
          .map(({ group }) => group)
          .filter((group, place, groups) => place === 0 || groups[place - 1] !== group);
        if (asked.group !== null) expect(order).toEqual(sums.groups.map(({ value }) => value));
        const first = asked.sort[0];
        if (first === undefined || asked.group !== null) return;
        for (const [place, next] of found.entries()) {
          const before = found[place - 1];
          if (before === undefined) continue;
          const value = (row: typeof next): Value => row.cells[first.column] ?? null;
          expect(compare(value(before), value(next), first.descending)).toBeLessThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("say in their cells what the attempts say, window by window", () => {
    fc.assert(
      fc.property(attempts, view, fc.integer({ min: 1, max: 7 }), (all, asked, limit) => {
        const model = modelOf(all);
        const whole = tableRows(model, "attempts", { scope: {}, view: asked, offset: 0, limit: 500 });
        const windows = Array.from({ length: Math.ceil(whole.length / limit) }, (_, place) =>
          tableRows(model, "attempts", { scope: {}, view: asked, offset: place * limit, limit }),
        );
        expect(windows.flat()).toEqual(whole);
        for (const row of whole) {
          const address = attemptOfRow(row.id);
          const own = all.find(
            ({ run, task, epoch }) =>
              `run-${String(run)}` === address?.runId && task === address.task && epoch === address.epoch,
          );
          expect(own).toBeDefined();
          if (own === undefined) continue;
          for (const [column, value] of Object.entries(says)) {
            if (column in row.cells) expect(row.cells[column]).toBe(value(own));
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it("find the keys that samples carry, the tags of runs, and how often each is there", () => {
    const one = { run: 1, task: "t-a", epoch: 1, ledger: "solved", score: 1, tokens: 5, note: "" };
    const model = modelOf([
      { ...one, level: "easy" },
      { ...one, epoch: 2, level: "easy" },
      { ...one, epoch: 3, level: 3 },
      { ...one, run: 2, level: null },
    ]);
    const columns = describeTable({ model, source: new MemoryJournal().source }, "attempts", {});
    const column = (id: string) => columns.find((facts) => facts.id === id);
    expect(column("metadata.level")).toMatchObject({ title: "level", kind: "choice", canSort: true });
    expect(column("metadata.level")?.choices).toEqual([
      { value: "easy", words: "easy", count: 2 },
      { value: "3", words: "3", count: 1 },
    ]);
    expect(column("tag")?.choices).toEqual([
      { value: "autumn", words: "autumn", count: 3 },
      { value: "smoke", words: "smoke", count: 3 },
    ]);
    const tagged = { ...plainView, filters: [{ test: "any-of" as const, column: "tag", values: ["smoke"] }] };
    expect(tableSums(model, "attempts", {}, tagged).total).toBe(3);
    const plain = { ...plainView, filters: [{ test: "none-of" as const, column: "tag", values: ["smoke"] }] };
    expect(tableSums(model, "attempts", {}, plain).total).toBe(1);
    expect(tableSums(model, "attempts", { runId: "run-2" }, plainView).total).toBe(1);
  });

  it("refuse a column that is not there, and to sort by what a row has several of", () => {
    const model = modelOf([]);
    const by = (column: string) => ({ ...plainView, sort: [{ column, descending: false }] });
    expect(() => tableSums(model, "attempts", {}, { ...plainView, group: "constructor" })).toThrow("none of that name");
    expect(() => tableRows(model, "attempts", { scope: {}, view: by("tag"), offset: 0, limit: 5 })).toThrow("several");
  });

  it("are all there: each can be asked for, sorted and grouped by every column that says so", () => {
    const { model, source } = new MemoryJournal();
    for (const id of tableIds) {
      for (const { id: column, canSort, canGroup } of describeTable({ model, source }, id, {})) {
        const asked = {
          ...plainView,
          words: "x",
          sort: canSort ? [{ column, descending: true }] : [],
          group: canGroup ? column : null,
        };
        expect(tableRows(model, id, { scope: {}, view: asked, offset: 0, limit: 5 })).toEqual([]);
        expect(tableSums(model, id, {}, asked)).toEqual({ total: 0, groups: [] });
      }
    }
  });
});
