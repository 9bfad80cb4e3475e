import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Reel, longestRunway, type Sight } from "../../../renderer/transcript/reel.ts";
import { RowHeights } from "../../../renderer/transcript/row-heights.ts";

const someHeights = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 200 });

describe("heights of rows", () => {
  it("give the same tops and the same row at a place as adding up does", () => {
    fc.assert(
      fc.property(
        someHeights,
        fc.array(fc.tuple(fc.nat(220), fc.integer({ min: 1, max: 5_000 })), { maxLength: 50 }),
        (given, changes) => {
          const naive = [...given];
          const heights = new RowHeights(given.length, (row) => given[row] ?? 0);
          for (const [row, height] of changes) {
            const before = naive[row];
            expect(heights.set(row, height)).toBe(before === undefined ? 0 : height - before);
            if (before !== undefined) naive[row] = height;
          }
          let top = 0;
          for (const [row, height] of naive.entries()) {
            expect(heights.top(row)).toBe(top);
            expect(heights.rowAt(top)).toBe(row);
            expect(heights.rowAt(top + height - 1)).toBe(row);
            top += height;
          }
          expect(heights.total).toBe(top);
          expect(heights.rowAt(-10)).toBe(0);
          expect(heights.rowAt(top + 10)).toBe(naive.length - 1);
        },
      ),
    );
  });

  it("of no rows are nothing", () => {
    const heights = new RowHeights(0, () => 10);
    expect(heights.total).toBe(0);
    expect(heights.rowAt(5)).toBe(0);
    expect(heights.set(0, 5)).toBe(0);
    expect(new Reel(heights).rowsIn({ top: 0, height: 500 }, 100)).toEqual({ first: 0, last: -1 });
  });
});

function reelOf(count: number, guess: number): Reel {
  return new Reel(new RowHeights(count, () => guess));
}

/** Where the upper edge of a row stands on the screen. */
function onScreen(reel: Reel, row: number, top: number): number {
  return reel.rowTop(row) - top;
}

describe("a reel", () => {
  const frame = 600;

  /** What a person does: scrolls, rows are drawn and measured, scrolling rests, a row is jumped to. */
  const acts = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant("scroll" as const), by: fc.integer({ min: -3_000, max: 3_000 }) }),
      fc.record({ kind: fc.constant("measure" as const), seed: fc.nat(1_000) }),
      fc.record({ kind: fc.constant("settle" as const) }),
      fc.record({ kind: fc.constant("jump" as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    ),
    { maxLength: 60 },
  );

  function clampTop(reel: Reel, top: number): number {
    return Math.max(0, Math.min(reel.runway(frame) - frame, top));
  }

  it("never moves the row that is looked at when heights come in or base is settled", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 3, 50, 5_000, 300_000),
        fc.integer({ min: 20, max: 400 }),
        acts,
        (count, guess, list) => {
          const reel = reelOf(count, guess);
          let top = 0;
          for (const act of list) {
            const sight: Sight = { top, height: frame };
            const range = reel.rowsIn(sight, frame);
            const { row } = reel.spotAt(sight);
            const before = onScreen(reel, row, top);
            if (act.kind === "scroll") {
              top = clampTop(reel, top + act.by);
              if (reel.mustSettle({ top, height: frame })) top = reel.settle({ top, height: frame });
            } else if (act.kind === "jump") {
              const wanted = Math.floor(act.share * (count - 1));
              top = reel.show({ row: wanted, below: 0 }, frame);
              const stands = onScreen(reel, wanted, top);
              // At the upper edge, or below it where the reel ends before.
              expect(stands).toBeGreaterThanOrEqual(-0.001);
              if (stands > 0.001) expect(reel.rowTop(count)).toBeLessThanOrEqual(top + frame + 0.001);
            } else if (act.kind === "measure") {
              const drawn = Array.from({ length: range.last - range.first + 1 }, (_, place) => range.first + place);
              reel.measure(
                drawn.map((one) => [one, 18 + ((one * 7_919 + act.seed) % 900)] as const),
                sight,
              );
              expect(onScreen(reel, row, top)).toBeCloseTo(before, 6);
              // As the browser does where the runway has become shorter.
              top = clampTop(reel, top);
            } else {
              const y = top - reel.base;
              const isWithin = y >= 0 && y <= reel.heights.total - frame;
              const settled = reel.settle(sight);
              if (isWithin) expect(onScreen(reel, row, settled)).toBeCloseTo(before, 6);
              top = settled;
            }
            expect(top).toBeGreaterThanOrEqual(-0.001);
            expect(top).toBeLessThanOrEqual(Math.max(0, reel.runway(frame) - frame) + 0.001);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  /** Scrolls by steps, measuring what is drawn, until the scroll position does not change any more. */
  function scrollToEnd(reel: Reel, step: number, heightOf: (row: number) => number, from: number): number {
    let top = from;
    for (let turn = 0; turn < 100_000; turn += 1) {
      const sight = { top, height: frame };
      const range = reel.rowsIn(sight, 300);
      const drawn = Array.from({ length: range.last - range.first + 1 }, (_, place) => range.first + place);
      reel.measure(
        drawn.map((row) => [row, heightOf(row)] as const),
        sight,
      );
      const clamped = clampTop(reel, top);
      const settled = reel.mustSettle({ top: clamped, height: frame })
        ? reel.settle({ top: clamped, height: frame })
        : clamped;
      const next = clampTop(reel, settled + step);
      if (next === settled) return settled;
      top = next;
    }
    throw new Error("no end");
  }

  it.each([
    { words: "short rows that were guessed long", count: 400, guess: 300, real: (row: number) => 20 + (row % 30) },
    { words: "long rows that were guessed short", count: 400, guess: 30, real: (row: number) => 20 + (row % 7) * 500 },
    { words: "more px than a runway has", count: 30_000, guess: 900, real: (row: number) => 500 + (row % 9) * 100 },
  ])("of $words can be scrolled to both ends", ({ count, guess, real }) => {
    const reel = reelOf(count, guess);
    const bottom = scrollToEnd(reel, 450, real, 0);
    expect(reel.rowTop(count)).toBeCloseTo(bottom + frame, 3);
    expect(reel.runway(frame)).toBeLessThanOrEqual(longestRunway);
    const top = scrollToEnd(reel, -450, real, bottom);
    expect(reel.rowTop(0)).toBe(top);
    expect(top).toBe(0);
  });
});
