import { describe, expect, it } from "vitest";
import fc from "fast-check";
import {
  epochStart,
  epochWidth,
  factHeaders,
  layOutGrid,
  taskWidth,
  windowOf,
} from "../../../renderer/screens/run/grid-layout.ts";

describe("columns of the grid", () => {
  it("shows every fact where there is room", () => {
    const { before, after, template } = layOutGrid(5_000, 2);
    expect([...before, ...after].sort()).toEqual(Object.keys(factHeaders).sort());
    expect(template).toContain("repeat(2, ");
  });

  it("leaves the note out first and the tokens last", () => {
    const facts = (frame: number): string[] => {
      const { before, after } = layOutGrid(frame, 1);
      return [...before, ...after];
    };
    const least = taskWidth + epochWidth;
    expect(facts(least - 1)).toEqual([]);
    expect(facts(least + 84)).toEqual(["tokens"]);
    expect(facts(layOutGrid(5_000, 1).width - 1)).not.toContain("note");
  });

  it("never leaves out more in a wider frame, and fits a frame that holds the epochs", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 4 }), (frame, epochs) => {
        const [narrow, wide] = [layOutGrid(frame, epochs), layOutGrid(frame + 1, epochs)];
        const shown = (one: typeof narrow): number => one.before.length + one.after.length;
        expect(shown(wide)).toBeGreaterThanOrEqual(shown(narrow));
        if (shown(narrow) > 0) expect(narrow.width).toBeLessThanOrEqual(frame);
      }),
    );
  });
});

describe("what of the grid is drawn", () => {
  const rowHeight = 36;

  it("is every row and epoch in sight, and never anything that is not there", () => {
    const sights = fc.record({
      top: fc.integer({ min: 0, max: 100_000 }),
      left: fc.integer({ min: 0, max: 1_000 }),
      width: fc.integer({ min: 300, max: 2_000 }),
      height: fc.integer({ min: 50, max: 2_000 }),
    });
    fc.assert(
      fc.property(
        sights,
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 1, max: 20 }),
        (sight, rows, epochs) => {
          const layout = layOutGrid(sight.width, epochs);
          const drawn = windowOf(sight, rowHeight, layout, { rows, epochs });
          expect(drawn.first).toBeGreaterThanOrEqual(0);
          expect(drawn.last).toBeLessThan(rows);
          expect(drawn.firstEpoch).toBeGreaterThanOrEqual(1);
          expect(drawn.lastEpoch).toBeLessThanOrEqual(epochs);
          expect(drawn.first * rowHeight).toBeLessThanOrEqual(sight.top);
          const end = Math.min(sight.top + sight.height, rows * rowHeight);
          expect((drawn.last + 1) * rowHeight).toBeGreaterThanOrEqual(end);
        },
      ),
    );
  });

  it("is some epochs only where the grid is wider than its frame", () => {
    const layout = layOutGrid(800, 50);
    const far = { top: 0, left: epochStart(layout, 30), width: 800, height: 400 };
    const drawn = windowOf(far, rowHeight, layout, { rows: 10, epochs: 50 });
    expect(drawn.firstEpoch).toBeLessThanOrEqual(30);
    expect(drawn.firstEpoch).toBeGreaterThan(20);
    expect(drawn.lastEpoch).toBeGreaterThanOrEqual(35);
    expect(drawn.lastEpoch).toBeLessThan(45);
    expect(epochStart(layout, 2) - epochStart(layout, 1)).toBe(epochWidth);
  });
});
