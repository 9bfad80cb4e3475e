import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { plainView, type TableView } from "../../../electron/contract/tables.ts";
import type { ReadModel } from "../../../electron/domain/read-model.ts";
import { tableSums } from "../../../electron/domain/tables/queries.ts";
import { tableRows } from "../../../electron/domain/tables/rows.ts";
import { pageOf } from "../../../electron/service/listing/pages.ts";
import { MemoryJournal } from "../domain/memory-journal.ts";

const epochs = 50;
const tasks = 60;

/** 3,000 attempts: more than one look names. */
function modelOfMany(): ReadModel {
  const { model } = new MemoryJournal();
  for (let task = 0; task < tasks; task += 1) {
    for (let epoch = 1; epoch <= epochs; epoch += 1) {
      const state = (task + epoch) % 3 === 0 ? "solved" : "notSolved";
      model.run(
        `INSERT INTO attempt (run, task, epoch, outcome, ledger, score, scores, total_tokens, retries, note, logged, given_outcome)
         VALUES (1, ?, ?, 'scored', ?, 1, '[]', ?, 0, '', 1, 'scored')`,
        `task-${String(task)}`,
        epoch,
        state,
        (task * 7 + epoch * 13) % 101,
      );
    }
  }
  model.run(
    `INSERT INTO run (id, number, model_version_id, benchmark_id, state, origin, epochs, started_at, started_by, seq, place,
       metrics, compartment, code, was_accepted) VALUES ('r', 1, 'v', 'b', 'logged', 'hand', 1, 0, '', 0, 0, '[]', 1, 'R-1', 0)`,
  );
  return model;
}

const views: readonly TableView[] = [
  plainView,
  { ...plainView, sort: [{ column: "tokens", descending: true }] },
  { ...plainView, group: "state", sort: [{ column: "tokens", descending: false }] },
  { ...plainView, filters: [{ test: "between", column: "tokens", low: 5, high: 60 }] },
];

describe("pages of a list", () => {
  let model: ReadModel;
  beforeAll(() => {
    model = modelOfMany();
  });

  it("hold the rows that stand there, whatever was asked for before", () => {
    const page = fc.record({
      view: fc.constantFrom(...views),
      offset: fc.integer({ min: 0, max: 3_100 }),
      limit: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(fc.array(page, { minLength: 1, maxLength: 4 }), (asked) => {
        const session = { model, vault: { size: 1 } };
        for (const { view, offset, limit } of asked) {
          const window = { scope: {}, view, offset, limit };
          const sums = tableSums(model, "attempts", {}, view);
          expect(pageOf(session, "attempts", window)).toEqual({
            ...sums,
            rows: tableRows(model, "attempts", window, sums),
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it("are counted and sorted anew once something was added to the journal", () => {
    const own = modelOfMany();
    const session = { model: own, vault: { size: 1 } };
    const asked = { scope: {}, view: views[1] ?? plainView, offset: 0, limit: 1 };
    expect(pageOf(session, "attempts", asked).rows[0]?.cells["tokens"]).toBe(100);
    own.run("UPDATE attempt SET total_tokens = 5000 WHERE task = 'task-1' AND epoch = 7");
    session.vault.size = 2;
    expect(pageOf(session, "attempts", asked).rows[0]?.cells["tokens"]).toBe(5_000);
  });

  it("leave no words within bounds, and nothing out that has a number where there are none", () => {
    const bounds = (column: string, low: number | null): TableView => ({
      ...plainView,
      filters: [{ test: "between", column, low, high: null }],
    });
    expect(tableSums(model, "attempts", {}, bounds("state", 0)).total).toBe(0);
    expect(tableSums(model, "attempts", {}, bounds("tokens", null)).total).toBe(tasks * epochs);
    expect(tableSums(model, "attempts", {}, bounds("cost", null)).total).toBe(0);
  });
});
