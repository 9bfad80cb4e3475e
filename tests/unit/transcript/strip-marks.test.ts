import fc from "fast-check";
import { expect, it } from "vitest";
import { stripPath, stripRow, stripRuns, stripThumb } from "../../../renderer/transcript/strip-marks.ts";

it("shows every mark, and never more runs than the strip has room for", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20_000 }),
      fc.integer({ min: 10, max: 900 }),
      fc.array(fc.double({ min: 0, max: 0.999_999, noNaN: true }), { maxLength: 300 }),
      (count, height, shares) => {
        const rows = [...new Set(shares.map((share) => Math.floor(share * count)))].sort((a, b) => a - b);
        const all = Int32Array.from({ length: count }, (_, row) => row);
        const runs = stripRuns(all, Int32Array.from(rows), height);
        expect(runs.length).toBeLessThanOrEqual(Math.ceil(height / 3));
        for (const [index, run] of runs.entries()) {
          expect(run.from).toBeGreaterThanOrEqual(0);
          expect(run.to).toBeLessThanOrEqual(height);
          expect(run.to - run.from).toBeGreaterThanOrEqual(2);
          expect(run.from).toBeGreaterThan(runs[index - 1]?.to ?? -1);
        }
        for (const row of rows) {
          const y = Math.min(height - 2, (row / count) * height);
          expect(runs.some(({ from, to }) => from <= y && y <= to)).toBe(true);
        }
      },
    ),
  );
});

it("leads from a place on the strip to its row and back", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300_000 }),
      fc.integer({ min: 10, max: 900 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (count, height, share) => {
        const row = stripRow(share * height, count, height);
        expect(row).toBeGreaterThanOrEqual(0);
        expect(row).toBeLessThan(count);
        const thumb = stripThumb(row, row, count, height);
        expect(thumb.from).toBeGreaterThanOrEqual(0);
        expect(thumb.to).toBeLessThanOrEqual(height);
        expect(thumb.to - thumb.from).toBeGreaterThanOrEqual(Math.min(24, height) - 1e-9);
      },
    ),
  );
});

it("draws a run as a rectangle, and nothing for a strip without rows", () => {
  expect(stripPath([{ from: 3, to: 5 }], 2, 4)).toBe("M2 3h4v2h-4Z");
  expect(stripRuns(new Int32Array(0), Int32Array.of(0), 100)).toEqual([]);
  expect(stripThumb(0, -1, 0, 80)).toEqual({ from: 0, to: 80 });
});

it("stands for a folded item at its fold, and for one before all that are shown nowhere", () => {
  const rows = Int32Array.of(10, 20, 30, 40);
  expect(stripRuns(rows, Int32Array.of(5, 25), 100)).toEqual([{ from: 25, to: 27 }]);
  expect(stripRuns(rows, Int32Array.of(30, 99), 100)).toEqual([
    { from: 50, to: 52 },
    { from: 75, to: 77 },
  ]);
});
