import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markAt, readingOrder, walkMarks, type ChartMark } from "../../../renderer/charts/marks.ts";
import {
  amountAxis,
  axisScale,
  countAxis,
  dayAxis,
  differenceAxis,
  minutesAxis,
} from "../../../renderer/charts/plot-axis.ts";
import { layOutPlot } from "../../../renderer/charts/plot.ts";
import { layOutRows } from "../../../renderer/charts/row-chart.tsx";
import { ratePlan } from "../../../renderer/charts/rate-chart.tsx";
import { seriesLook } from "../../../renderer/charts/series-look.tsx";
import { shortAmount, shortCost } from "../../../renderer/charts/drawn-chart.ts";
import { spreadLabels, textWidth, thinLabels } from "../../../renderer/charts/text-layout.ts";
import { plotWith, rateWith } from "./comparison-data.ts";

const real = fc.double({ min: -1e4, max: 1e4, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("labels beside each other", () => {
  it("never overlap, stay between the ends, keep their order, and are left out only for want of room", () => {
    fc.assert(
      fc.property(
        fc.array(real, { maxLength: 40 }),
        fc.integer({ min: 8, max: 30 }),
        fc.integer({ min: 0, max: 600 }),
        (wanted, line, room) => {
          const [top, bottom] = [20, 20 + room];
          const places = spreadLabels(wanted, line, top, bottom);
          const placed = places.flatMap((y, index) => (y === null ? [] : [{ y, want: wanted[index] ?? 0 }]));
          expect(placed).toHaveLength(Math.min(wanted.length, Math.floor(room / line)));
          const sorted = placed.toSorted((a, b) => a.y - b.y);
          for (const [index, { y, want }] of sorted.entries()) {
            expect(y - line / 2).toBeGreaterThanOrEqual(top - 1e-6);
            expect(y + line / 2).toBeLessThanOrEqual(bottom + 1e-6);
            const next = sorted[index + 1];
            if (next === undefined) continue;
            expect(next.y - y).toBeGreaterThanOrEqual(line - 1e-6);
            expect(next.want).toBeGreaterThanOrEqual(want);
          }
        },
      ),
    );
  });

  it("stand where they are wanted when nothing is in the way", () => {
    expect(spreadLabels([100, 40], 16, 0, 200)).toEqual([100, 40]);
    expect(spreadLabels([50, 50], 16, 0, 200)).toEqual([50, 66]);
    expect(spreadLabels([199, 198], 16, 0, 200)).toEqual([192, 176]);
  });

  it("along an axis do not touch, and stay inside of it", () => {
    const label = fc.record({ at: real, words: fc.string({ minLength: 1, maxLength: 8 }) });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 30 }), (labels) => {
        const kept = thinLabels(labels, 11, 0, 800).map(({ at, words }) => {
          const half = textWidth(words, 11) / 2;
          return [at - half, at + half] as const;
        });
        for (const [index, [from, to]] of kept.entries()) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(800);
          expect(kept[index + 1]?.[0] ?? Infinity).toBeGreaterThan(to);
        }
      }),
    );
  });
});

describe("axes", () => {
  const amounts = fc.array(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), { maxLength: 20 });
  const makers = [
    ["minutes", (values: readonly number[]) => minutesAxis(values, "")],
    ["amounts", (values: readonly number[]) => amountAxis(values, "", shortAmount)],
    ["days", (values: readonly number[]) => dayAxis(values, "")],
  ] as const;

  it.each(makers)("of %s hold all values and ticks, and place them in order inside their room", (_name, make) => {
    fc.assert(
      fc.property(amounts, (values) => {
        const axis = make(values);
        expect(axis.low).toBeLessThan(axis.high);
        const { at } = axisScale(axis, 40, 700);
        for (const value of [...values, ...axis.ticks.map((tick) => tick.value)]) {
          expect(value).toBeGreaterThanOrEqual(axis.low);
          expect(value).toBeLessThanOrEqual(axis.high);
          expect(at(value)).toBeGreaterThanOrEqual(40 - 1e-6);
          expect(at(value)).toBeLessThanOrEqual(700 + 1e-6);
        }
        const ticks = axis.ticks.map(({ value }) => value);
        expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
      }),
    );
  });

  it("of differences reach as far to one side as to the other, and write 0", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 10 }), (values) => {
        const axis = differenceAxis(values, "");
        expect(axis.low).toBe(-axis.high);
        for (const value of values) expect(Math.abs(value)).toBeLessThanOrEqual(axis.high + 1e-9);
        expect(axis.ticks.some(({ words }) => words === "0")).toBe(true);
      }),
    );
    expect(differenceAxis([0.09, -0.17], "").ticks.map(({ words }) => words)).toEqual([
      "−0.20",
      "−0.15",
      "−0.10",
      "−0.05",
      "0",
      "+0.05",
      "+0.10",
      "+0.15",
      "+0.20",
    ]);
  });

  it("of counts write each once, the first and no more than about ten", () => {
    expect(countAxis(3, "").ticks.map(({ words }) => words)).toEqual(["1", "2", "3"]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (last) => {
        const ticks = countAxis(last, "").ticks.map(({ value }) => value);
        expect(ticks[0]).toBe(1);
        expect(new Set(ticks).size).toBe(ticks.length);
        expect(ticks.length).toBeLessThanOrEqual(12);
      }),
    );
  });

  it("nothing known: there is an axis all the same, and 0 stands at the end of a logarithm", () => {
    expect(minutesAxis([], "").ticks.length).toBeGreaterThan(1);
    const axis = amountAxis([10, 1_000], "", shortAmount);
    expect(axisScale(axis, 0, 100).at(0)).toBe(0);
  });

  it("amounts in few signs", () => {
    expect([950, 12_000, 3_500_000].map(shortAmount)).toEqual(["950", "12k", "3.5M"]);
    expect([0.003, 0.03, 12, 3_500].map(shortCost)).toEqual(["$0.003", "$0.03", "$12", "$3.5k"]);
  });
});

describe("a plot", () => {
  const point = fc.tuple(fc.double({ min: 0.01, max: 1e5, noNaN: true }), share);
  const oneSeries = fc.record({
    name: fc.string({ minLength: 1, maxLength: 90 }),
    points: fc.array(point, { minLength: 1, maxLength: 6 }),
  });

  it("holds all marks and all names inside of its frame, and no name lies over another", () => {
    const size = fc.tuple(fc.integer({ min: 560, max: 1_700 }), fc.integer({ min: 260, max: 620 }));
    fc.assert(
      fc.property(
        fc.array(oneSeries, { maxLength: 20 }),
        fc.constantFrom("minutes", "days"),
        size,
        (series, kind, [width, height]) => {
          const plot = plotWith(series, kind);
          const layout = layOutPlot(plot, width, height);
          expect(layout.marks).toHaveLength(series.reduce((sum, { points }) => sum + points.length, 0));
          for (const { x, y } of layout.marks) {
            expect(x).toBeGreaterThanOrEqual(layout.left - 0.01);
            expect(x).toBeLessThanOrEqual(layout.right + 0.01);
            expect(y).toBeGreaterThanOrEqual(layout.top - 0.01);
            expect(y).toBeLessThanOrEqual(layout.bottom + 0.01);
          }
          expect(layout.keys).toHaveLength(series.length);
          const ys = layout.keys.map(({ y }) => y).toSorted((a, b) => a - b);
          for (const [index, y] of ys.entries()) expect((ys[index + 1] ?? Infinity) - y).toBeGreaterThan(15.9);
          for (const { words, y } of layout.keys) {
            expect(layout.keyLeft + 12 + textWidth(words, 11.5)).toBeLessThanOrEqual(width + 8);
            expect(y).toBeLessThanOrEqual(layout.height);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("of 42 series no two share both colour and shape", () => {
    const looks = Array.from({ length: 42 }, (_, index) => seriesLook(index));
    expect(new Set(looks.map(({ colour, shape }) => `${colour} ${shape}`)).size).toBe(42);
  });
});

describe("rows", () => {
  it("follow each other without touching, under their headings", () => {
    const row = fc.record({
      label: fc.string({ maxLength: 80 }),
      group: fc.constantFrom("web", "pwn", null),
      rate: share,
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.integer({ min: 560, max: 1_700 }), (rows, width) => {
        const plan = ratePlan(
          rows.map(({ label, group, rate }, id) => ({ id: String(id), label, group, rate: rateWith(rate) })),
        );
        const layout = layOutRows(plan, width);
        for (const [index, { top, height }] of layout.places.entries())
          expect(layout.places[index + 1]?.top ?? layout.bottom).toBeCloseTo(top + height, 6);
        for (const mark of layout.marks) expect(mark.y + mark.height / 2).toBeLessThanOrEqual(layout.bottom);
        expect(layout.columnEnds.at(-1)).toBeLessThanOrEqual(layout.width);
      }),
      { numRuns: 60 },
    );
  });
});

describe("walking marks", () => {
  const mark = fc.record({
    x: fc.integer({ min: 0, max: 800 }),
    y: fc.integer({ min: 0, max: 400 }),
    line: fc.integer({ min: 0, max: 5 }),
  });
  const marks = fc
    .array(mark, { maxLength: 40 })
    .map((list) => list.map((one, id): ChartMark => ({ ...one, id: String(id), width: 10, height: 10, label: "" })));

  it("→ comes to each of them once, ← goes all the way back", () => {
    fc.assert(
      fc.property(marks, (all) => {
        const seen: string[] = [];
        for (let at = walkMarks(all, null, "Home"); at !== null; at = walkMarks(all, at.id, "ArrowRight"))
          seen.push(at.id);
        expect(seen.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
        expect(seen).toEqual(readingOrder(all).map(({ id }) => id));
        const back: string[] = [];
        for (let at = walkMarks(all, seen.at(-1) ?? null, "End"); at !== null; at = walkMarks(all, at.id, "ArrowLeft"))
          back.push(at.id);
        expect(back).toEqual(seen.toReversed());
      }),
    );
  });

  it("↓ comes to each line in turn, and nothing else moves", () => {
    fc.assert(
      fc.property(marks, (all) => {
        const lines = [...new Set(all.map(({ line }) => line))].toSorted((a, b) => a - b);
        fc.pre(lines.length > 1);
        const seen: number[] = [];
        for (let at = walkMarks(all, null, "Home"); at !== null; at = walkMarks(all, at.id, "ArrowDown"))
          seen.push(at.line);
        expect(seen).toEqual(lines);
        expect(walkMarks(all, all[0]?.id ?? null, "constructor")).toBeNull();
      }),
    );
  });

  it("a pointer takes the nearest mark within reach", () => {
    const at = (id: string, x: number): ChartMark => ({ id, x, y: 50, width: 10, height: 10, line: 0, label: "" });
    const all = [at("a", 20), at("b", 34)];
    expect(markAt(all, 26, 50)?.id).toBe("a");
    expect(markAt(all, 29, 50)?.id).toBe("b");
    expect(markAt(all, 200, 50)).toBeNull();
  });
});
