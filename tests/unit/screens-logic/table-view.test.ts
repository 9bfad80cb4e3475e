import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  plainView,
  type TableColumnFacts,
  type TableFilter,
  type TableRow,
} from "../../../electron/contract/tables.ts";
import { dayOf, draftFor, draftOf, filterOf, testsOf } from "../../../renderer/table-view/filter-draft.ts";
import { filterWords } from "../../../renderer/table-view/filter-words.ts";
import { isNarrowed, isSameView, withFilter, withoutFilter } from "../../../renderer/table-view/view-state.ts";
import { linesOf } from "../../../renderer/table-view/viewed-table.tsx";

const state: TableColumnFacts = {
  id: "state",
  title: "State",
  kind: "choice",
  unit: null,
  canSort: true,
  canGroup: true,
  choices: [
    { value: "solved", words: "solved", count: 3 },
    { value: "notSolved", words: "not solved", count: 2 },
    { value: "modelError", words: "model error", count: 1 },
  ],
};
const tokens: TableColumnFacts = {
  ...state,
  id: "tokens",
  title: "Tokens",
  kind: "number",
  unit: "tokens",
  canGroup: false,
  choices: null,
};
const columns = [state, tokens];

const filter: fc.Arbitrary<TableFilter> = fc.oneof(
  fc.record({
    test: fc.constantFrom("any-of" as const, "none-of" as const),
    column: fc.constant("state"),
    values: fc.uniqueArray(fc.constantFrom("solved", "notSolved", null), { minLength: 1 }),
  }),
  fc.record({
    test: fc.constant("contains" as const),
    column: fc.constant("state"),
    words: fc.stringMatching(/^\w{1,9}$/),
  }),
  fc
    .tuple(fc.option(fc.integer()), fc.option(fc.nat()))
    .filter(([low, width]) => low !== null || width !== null)
    .map(([low, width]) => ({
      test: "between" as const,
      column: "tokens",
      low,
      high: width === null ? null : (low ?? 0) + width,
    })),
  fc.record({ test: fc.constantFrom("empty" as const, "filled" as const), column: fc.constant("tokens") }),
);

describe("a filter that is put together", () => {
  it("comes out of its draft as it went in", () => {
    fc.assert(
      fc.property(filter, (one) => {
        expect(filterOf(draftOf(one))).toEqual(one);
      }),
    );
  });

  it("is none while something is missing, and begins with a test that fits its column", () => {
    for (const column of columns) {
      const draft = draftFor(column);
      expect(testsOf(column)).toContain(draft.test);
      expect(filterOf(draft)).toBeNull();
    }
    expect(filterOf({ ...draftFor(tokens), low: 5, high: 4 })).toBeNull();
    expect(filterOf({ ...draftFor(state), test: "contains", words: "  " })).toBeNull();
  });

  it("says what it does in words", () => {
    const words = (one: TableFilter): string => filterWords(one, columns);
    expect(words({ test: "any-of", column: "state", values: ["solved", null] })).toBe("State is solved or nothing");
    expect(words({ test: "none-of", column: "state", values: ["solved", "notSolved", "modelError"] })).toBe(
      "State is not solved, not solved or 1 more",
    );
    expect(words({ test: "between", column: "tokens", low: 1_000, high: 5_000 })).toBe(
      "Tokens from 1,000 tokens to 5,000 tokens",
    );
    expect(words({ test: "between", column: "tokens", low: null, high: 0.5 })).toBe("Tokens at most 0.500 tokens");
    expect(words({ test: "contains", column: "gone", words: "x" })).toBe("gone contains “x”");
  });

  it("takes days as they are typed, whole ones, also where clocks are put forward or back", () => {
    expect(dayOf("2026-02-30", false)).toBeNull();
    expect(dayOf("26-1-1", false)).toBeNull();
    fc.assert(
      fc.property(fc.date({ min: new Date(2000, 0, 1), max: new Date(2060, 0, 1), noInvalidDate: true }), (at) => {
        const text = [at.getFullYear(), at.getMonth() + 1, at.getDate()]
          .map((part) => String(part).padStart(2, "0"))
          .join("-");
        const [first, last] = [dayOf(text, false), dayOf(text, true)];
        expect(first).not.toBeNull();
        expect(Number(first)).toBeLessThanOrEqual(at.getTime());
        expect(Number(last)).toBeGreaterThanOrEqual(at.getTime());
        expect(new Date(Number(last)).getDate()).toBe(at.getDate());
        expect(new Date(Number(last) + 1).getDate()).not.toBe(at.getDate());
      }),
    );
  });
});

describe("a view", () => {
  it("gains and loses filters at their places", () => {
    fc.assert(
      fc.property(fc.array(filter, { maxLength: 5 }), filter, fc.nat(), (filters, one, at) => {
        const view = { ...plainView, filters };
        const place = at % (filters.length + 1);
        const added = withFilter(view, one);
        expect(added.filters).toEqual([...filters, one]);
        expect(withoutFilter(added, filters.length)).toEqual(view);
        const changed = withFilter(view, one, place);
        expect(changed.filters[place]).toEqual(one);
        expect(isNarrowed(added)).toBe(true);
        expect(isSameView(added, { ...added, words: "  " })).toBe(true);
      }),
    );
    expect(isNarrowed({ ...plainView, words: "  ", group: "state" })).toBe(false);
  });
});

describe("rows under headings", () => {
  const row = (id: number, group: string | null): TableRow => ({ id: String(id), group, cells: {} });

  it("have one heading a group, before its first row, and lose nothing that is at hand", () => {
    const values = fc.array(fc.tuple(fc.constantFrom("a", "b", null), fc.integer({ min: 1, max: 4 })), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(values, (given) => {
        const groups = [...new Map(given).entries()].map(([value, count]) => ({
          value,
          words: value ?? "nothing",
          count,
        }));
        let id = 0;
        const rows = groups.flatMap(({ value, count }) => Array.from({ length: count }, () => row((id += 1), value)));
        const lines = linesOf(rows, groups, (one) => one);
        expect(lines.filter(({ kind }) => kind === "heading")).toHaveLength(groups.length);
        expect(lines.flatMap((line) => (line.kind === "row" ? [line.row] : []))).toEqual(rows);
        expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
        let heading: string | null | undefined;
        for (const line of lines) {
          if (line.kind === "heading") heading = line.group.value;
          else expect(line.row.group).toBe(heading);
        }
      }),
    );
  });

  it("leave out what is not at hand yet", () => {
    const lines = linesOf([row(1, null), row(2, null)], [], (one) => (one.id === "1" ? one : null));
    expect(lines.map(({ key }) => key)).toEqual(["row 1"]);
  });
});
