import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { AttemptRow } from "../../../electron/contract/evaluation.ts";
import { denominatorPolicies, headlinePolicy } from "../../../electron/contract/values.ts";
import type { TwinTable } from "../../../renderer/charts/chart-parts.ts";
import { benchmarksRun } from "../../../renderer/screens/compare/comparison-view.tsx";
import { csvNumber, csvText, twinCsv } from "../../../renderer/chart-files/csv.ts";
import { fitsGroup } from "../../../renderer/screens/compare/groups-view.tsx";
import {
  heatWindow,
  layOutHeat,
  moveInGrid,
  rowHeight,
  scrollTo,
  headHeight,
} from "../../../renderer/screens/compare/heat-window.ts";
import { paramsOf, scopeOf, views, type Scope } from "../../../renderer/screens/compare/scope.ts";
import { sortTwin } from "../../../renderer/screens/compare/twin-view.tsx";

const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);

describe("the scope of a comparison", () => {
  it("is in its params and comes back from them", () => {
    const scope: fc.Arbitrary<Scope> = fc.record({
      view: fc.constantFrom(...views.map((view) => view.id)),
      campaignId: fc.option(id.filter((one) => one !== "everything")),
      policy: fc.constantFrom(...denominatorPolicies),
      benchmarkId: fc.option(id),
      modelVersionIds: fc.option(fc.array(id, { minLength: 1, maxLength: 20 })),
      isTable: fc.boolean(),
      choices: fc.dictionary(fc.constantFrom("baseline", "a", "b", "measure", "by"), id),
    });
    fc.assert(
      fc.property(scope, (one) => {
        expect(scopeOf(paramsOf(one))).toEqual({ ...one, choices: { ...one.choices } });
      }),
    );
  });

  it("is the matrix of every run at first, and no params name that", () => {
    const first = scopeOf({});
    expect(first).toMatchObject({ view: "matrix", campaignId: null, policy: headlinePolicy, isTable: false });
    expect(paramsOf(first)).toEqual({});
    expect(scopeOf({ view: "no such" }).view).toBe("matrix");
    expect(scopeOf({ view: "table" }).isTable).toBe(true);
  });

  it("takes the benchmark that most model versions were run on, and none that nothing was", () => {
    const cell = (modelVersionId: string, benchmarkId: string) => ({ modelVersionId, benchmarkId });
    const matrix = {
      policy: headlinePolicy,
      modelVersions: [],
      benchmarks: ["a", "b", "c"].map((one) => ({ id: one, title: one.toUpperCase(), tasks: 3 })),
      cells: [cell("m", "a"), cell("m", "b"), cell("n", "b")],
    };
    // Only ids are looked at: the numbers of the cells are left out here.
    expect(benchmarksRun(matrix as never).map((one) => [one.id, one.versions])).toEqual([
      ["b", 2],
      ["a", 1],
    ]);
  });
});

describe("the window of the matrix", () => {
  const size = fc.record({ rows: fc.integer({ min: 1, max: 50 }), columns: fc.integer({ min: 1, max: 100 }) });
  const sight = fc.record({
    top: fc.integer({ min: 0, max: 3_000 }),
    left: fc.integer({ min: 0, max: 11_000 }),
    width: fc.integer({ min: 320, max: 1_700 }),
    height: fc.integer({ min: 200, max: 900 }),
  });

  it("holds every cell in sight, and never more than fit with a few around", () => {
    fc.assert(
      fc.property(size, sight, (grid, seen) => {
        const layout = layOutHeat(seen.width, grid.columns);
        const drawn = heatWindow(seen, layout, grid);
        const isSeen = (row: number, column: number): boolean => {
          const [y, x] = [row * rowHeight - seen.top, column * layout.cellWidth - seen.left];
          return (
            y + rowHeight > 0 &&
            y < seen.height - headHeight &&
            x + layout.cellWidth > 0 &&
            x < seen.width - layout.nameWidth
          );
        };
        for (let row = 0; row < grid.rows; row += 1)
          for (let column = 0; column < grid.columns; column += 1)
            if (isSeen(row, column)) {
              expect(row).toBeGreaterThanOrEqual(drawn.firstRow);
              expect(row).toBeLessThanOrEqual(drawn.lastRow);
              expect(column).toBeGreaterThanOrEqual(drawn.firstColumn);
              expect(column).toBeLessThanOrEqual(drawn.lastColumn);
            }
        const most = (seen.height / rowHeight + 7) * (seen.width / layout.cellWidth + 7);
        expect((drawn.lastRow - drawn.firstRow + 1) * (drawn.lastColumn - drawn.firstColumn + 1)).toBeLessThanOrEqual(
          most,
        );
      }),
      { numRuns: 60 },
    );
  });

  it("is scrolled so that the cursor is in sight, and not at all where it is", () => {
    fc.assert(
      fc.property(size, sight, fc.nat(), fc.nat(), (grid, seen, r, c) => {
        const layout = layOutHeat(seen.width, grid.columns);
        const place = { row: r % grid.rows, column: c % grid.columns };
        const to = scrollTo(place, seen, layout);
        const room = { height: seen.height - headHeight, width: seen.width - layout.nameWidth };
        expect(place.row * rowHeight).toBeGreaterThanOrEqual(to.top - Math.max(0, rowHeight - room.height));
        expect((place.row + 1) * rowHeight).toBeLessThanOrEqual(to.top + Math.max(room.height, rowHeight));
        expect(scrollTo(place, { ...seen, ...to }, layout)).toEqual(to);
      }),
    );
  });

  it("pages go through rows and stop at the ends; a word is no key", () => {
    const last = { row: 49, column: 99 };
    expect(moveInGrid("PageDown", { row: 45, column: 3 }, last, false, 8)).toEqual({ row: 49, column: 3 });
    expect(moveInGrid("PageUp", { row: 3, column: 3 }, last, false, 8)).toEqual({ row: 0, column: 3 });
    expect(moveInGrid("toString", { row: 3, column: 3 }, last, false)).toBeNull();
  });
});

describe("the table twin", () => {
  const twin: TwinTable = {
    columns: [
      { key: "name", label: "Name", numeric: false },
      { key: "rate", label: "Rate", numeric: true },
    ],
    rows: [
      {
        id: "1",
        cells: [
          { text: "=SUM(A1)", value: "=SUM(A1)" },
          { text: "0.333", value: 1 / 3 },
        ],
      },
      {
        id: "2",
        cells: [
          { text: 'b, "c"', value: 'b, "c"' },
          { text: "–", value: null },
        ],
      },
      {
        id: "3",
        cells: [
          { text: "a", value: "a" },
          { text: "−0.200", value: -0.2 },
        ],
      },
      {
        id: "4",
        cells: [
          { text: "d", value: "d" },
          { text: "12", value: 12 },
        ],
      },
    ],
  };

  it("sorts numbers as numbers, and what has none comes last both ways", () => {
    expect(sortTwin(twin, { column: "rate", descending: false }).map((row) => row.id)).toEqual(["3", "1", "4", "2"]);
    expect(sortTwin(twin, { column: "rate", descending: true }).map((row) => row.id)).toEqual(["4", "1", "3", "2"]);
    expect(sortTwin(twin, undefined)).toBe(twin.rows);
  });

  it("as CSV holds the values, runs no formula, and says on every line how they were counted", () => {
    expect(twinCsv(twin, "errors as failures, invalidated left out").split("\r\n")).toEqual([
      "name,rate,denominator",
      `'=SUM(A1),0.333333,"errors as failures, invalidated left out"`,
      `"b, ""c""",,"errors as failures, invalidated left out"`,
      `a,-0.200000,"errors as failures, invalidated left out"`,
      `d,12,"errors as failures, invalidated left out"`,
      "",
    ]);
  });

  it("no text begins a cell that a spreadsheet would run, and none breaks its line", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { minLength: 2, maxLength: 4 }), (cells) => {
        const [read] = z.array(z.array(z.string())).parse(parse(csvText([cells, cells])));
        expect(read).toHaveLength(cells.length);
        for (const [index, text] of (read ?? []).entries()) {
          expect([cells[index], `'${cells[index] ?? ""}`]).toContain(text);
          if (!/^-?\d+(\.\d+)?$/.test(text)) expect(text).not.toMatch(/^[=+\-@\t\r]/);
        }
      }),
    );
    expect(csvNumber(null)).toBe("");
  });
});

describe("rows behind a group", () => {
  const row = (humanMinutes: number | null): AttemptRow => ({
    task: "t",
    title: "T",
    category: "web",
    difficulty: null,
    humanMinutes,
    cells: [],
    totalTokens: null,
    totalMs: null,
  });

  it("of human time are those in its span, its end not included", () => {
    expect([3, 4, 15.9, 16].map((minutes) => fitsGroup("human-time", "4 to 16 min")(row(minutes)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([0.5, 1].map((minutes) => fitsGroup("human-time", "below 1 min")(row(minutes)))).toEqual([true, false]);
    expect([2_879, 2_880].map((minutes) => fitsGroup("human-time", "2880 min and more")(row(minutes)))).toEqual([
      false,
      true,
    ]);
    expect(fitsGroup("human-time", null)(row(null))).toBe(true);
  });

  it("of a category are those that state it", () => {
    expect(fitsGroup("category", "web")(row(1))).toBe(true);
    expect(fitsGroup("category", "pwn")(row(1))).toBe(false);
    expect(fitsGroup("difficulty", null)(row(1))).toBe(true);
  });
});
