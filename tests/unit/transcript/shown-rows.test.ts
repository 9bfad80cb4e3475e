import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ItemKind } from "../../../electron/contract/transcripts.ts";
import { countBelow, marksOf, nextOf } from "../../../renderer/transcript/marks.ts";
import { foldsOver, pathOf, rowOfItem, shownRows, spanHeads } from "../../../renderer/transcript/shown-rows.ts";
import { outlineOf, type SampleItem, type SampleSpan } from "./outline-sample.ts";

/** Spans within spans, written as begin and end events with things between. */
const nested = fc
  .array(fc.constantFrom<"open" | "close" | ItemKind>("open", "open", "close", "model", "tool", "error", "score"), {
    maxLength: 120,
  })
  .map((acts) => {
    const items: SampleItem[] = [];
    const spans: { parent: number; first: number; last: number }[] = [];
    const open: number[] = [];
    for (const act of acts) {
      const inner = open.at(-1) ?? -1;
      if (act === "open") {
        spans.push({ parent: inner, first: items.length, last: items.length });
        open.push(spans.length - 1);
        items.push({ kind: "span-begin", span: spans.length - 1 });
      } else if (act === "close") {
        if (inner < 0) continue;
        items.push({ kind: "span-end", span: inner });
        open.pop();
      } else items.push({ kind: act, span: inner });
      for (const span of [inner, ...open]) {
        const entry = spans[span];
        if (entry !== undefined) entry.last = items.length - 1;
      }
    }
    return outlineOf(items, spans);
  });

const family: readonly SampleSpan[] = [
  { parent: -1, first: 1, last: 6 },
  { parent: 0, first: 3, last: 5 },
];
const kinds: readonly ItemKind[] = [
  "sample-init",
  "span-begin",
  "model",
  "span-begin",
  "tool",
  "span-end",
  "span-end",
  "score",
];
const small = outlineOf(
  kinds.map((kind, index) => ({ kind, span: [-1, 0, 0, 1, 1, 1, 0, -1][index] ?? -1 })),
  family,
);

describe("what is shown", () => {
  it("of a folded span is its beginning alone", () => {
    expect([...shownRows(small, "all", new Set())]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...shownRows(small, "all", new Set([1]))]).toEqual([0, 1, 2, 3, 6, 7]);
    expect([...shownRows(small, "all", new Set([0]))]).toEqual([0, 1, 7]);
    expect([...shownRows(small, "all", new Set([0, 1]))]).toEqual([0, 1, 7]);
  });

  it("says which folds are in the way, and the path to an item", () => {
    expect(pathOf(small, 4)).toEqual([0, 1]);
    expect(pathOf(small, 7)).toEqual([]);
    expect(foldsOver(small, new Set([0]), 4)).toEqual([0]);
    expect([...spanHeads(small)]).toEqual([
      [1, 0],
      [3, 1],
    ]);
  });

  it("is what was said, or what happened, where that is asked for", () => {
    const items: SampleItem[] = [
      { kind: "user" },
      { kind: "assistant", calls: true },
      { kind: "tool-output" },
      { kind: "model" },
      { kind: "final-score" },
    ];
    expect([...shownRows(outlineOf(items, [], 3), "text", new Set())]).toEqual([0, 1]);
    expect([...shownRows(outlineOf(items, [], 3), "events", new Set())]).toEqual([3, 4]);
    expect([...shownRows(outlineOf(items.slice(3)), "text", new Set())]).toEqual([0]);
  });

  it("hides exactly what lies in a folded span, whatever is folded", () => {
    fc.assert(
      fc.property(nested, fc.array(fc.nat(60), { maxLength: 8 }), (outline, picks) => {
        const count = outline.spans.first.length;
        const folded = new Set(count === 0 ? [] : picks.map((pick) => pick % count));
        const rows = [...shownRows(outline, "all", folded)];
        const shown = new Set(rows);
        for (let index = 0; index < outline.total; index += 1) {
          const over = foldsOver(outline, folded, index);
          const outermost = over[0];
          const expected = outermost === undefined || outline.spans.first[outermost] === index;
          expect(shown.has(index)).toBe(expected);
          const rest = new Set([...folded].filter((span) => !over.includes(span)));
          expect(shownRows(outline, "all", rest)).toContain(index);
        }
        for (const [row, index] of rows.entries()) expect(rowOfItem(Int32Array.from(rows), index)).toBe(row);
      }),
      { numRuns: 200 },
    );
  });
});

describe("marks", () => {
  it("are tool calls, whatever is or holds an error, limits and scores", () => {
    const marks = marksOf(
      outlineOf([
        { kind: "assistant", calls: true },
        { kind: "tool-output", failed: true },
        { kind: "model", calls: true },
        { kind: "tool", failed: true },
        { kind: "error", failed: true },
        { kind: "sample-limit" },
        { kind: "score-edit" },
      ]),
    );
    expect(Object.fromEntries(Object.entries(marks).map(([name, list]) => [name, [...list]]))).toEqual({
      message: [0, 1, 2],
      tool: [0, 3],
      error: [1, 3, 4],
      limit: [5],
      score: [6],
    });
  });

  it("are found from any place, in either direction", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500)), fc.integer({ min: -5, max: 505 }), (list, from) => {
        const rising = Int32Array.from(list.sort((a, b) => a - b));
        expect(countBelow(rising, from)).toBe(list.filter((one) => one < from).length);
        expect(nextOf(rising, from, 1)).toBe(list.find((one) => one > from) ?? null);
        expect(nextOf(rising, from, -1)).toBe(list.findLast((one) => one < from) ?? null);
      }),
    );
  });
});
