import { describe, expect, it } from "vitest";
import { changeTexts } from "../../../electron/contract/change-texts.ts";
import { placedBlocks } from "../../../electron/contract/frozen-report.ts";
import { comparisonChart } from "../../../renderer/charts/comparison-chart.ts";
import { doublingPoints, undatedHorizons } from "../../../renderer/charts/doubling-points.ts";
import { reliabilityRows, reliabilitySteps, usualStep } from "../../../renderer/charts/reliability-rows.ts";
import { horizonWith, pairWith, versionWith } from "./comparison-data.ts";

const early = versionWith("e", "Early", 0.3, "2026-01-01");
const middle = versionWith("m", "Middle", 0.4, "2026-04-11");
const late = versionWith("l", "Late", 0.5, "2026-07-20");
const interval = { low: 80, high: 130, level: 0.95, method: "hierarchical-bootstrap", unit: "task" };

const horizons = {
  level: 0.95,
  draws: 1_000,
  seed: 1,
  weighting: "inverse-sqrt-family",
  penalty: 0.000_01,
  fewestTasks: 5,
  horizons: [horizonWith(early, 10), horizonWith(middle, 20), horizonWith(late, 40)],
  doubling: { days: 100, reason: null, modelVersionIds: ["e", "m", "l"], interval, used: 1_000, leftOut: 0 },
};

const point = (k: number, value: number) => ({ k, value, interval: null, tasks: 40, tasksLeftOut: 0 });
const parts = { overTasks: 0.05, theseTasks: 0.02, betweenTasks: 0.1, withinTask: 0.1, tasksForHalfWidth: 200 };
const reliable = [
  { version: early, atLeastOne: [point(1, 0.3), point(2, 0.4)], all: [point(1, 0.3), point(2, 0.2)], ...parts },
  {
    version: late,
    atLeastOne: [point(1, 0.5), point(2, 0.6), point(3, 0.7)],
    all: [point(1, 0.5), point(2, 0.35), point(3, 0.25)],
    ...parts,
  },
];

describe("the line of a doubling time", () => {
  it("goes through versions that double every 100 days, and is as long as they span", () => {
    const { body, summary, method } = doublingPoints(horizons, "Cybench", ["e", "m", "l"]);
    if (body.kind !== "plot") throw new Error("no plot");
    const line = body.plot.series.find(({ id }) => id === "line")?.line ?? [];
    expect(line.map(([at]) => new Date(at).toISOString().slice(0, 10))).toEqual(["2026-01-01", "2026-07-20"]);
    expect(line.map(([, minutes]) => minutes)).toEqual([expect.closeTo(10, 9), expect.closeTo(40, 9)]);
    expect(summary).toBe(
      "The 50 % time horizon doubles in 100 days, 95 % [80, 130], over the 3 model versions of 3 that no earlier one exceeds.",
    );
    expect(method).toMatch(
      /over 3 model versions, .*hierarchical bootstrap, tasks, attempts, percentiles, 95 %, 1,000 draws, seed 1/,
    );
  });

  it("is not there where there is none, and a version without a day is named", () => {
    const undated = { ...horizonWith({ ...middle, releasedOn: null }, 20) };
    const none = { ...horizons.doubling, days: null, reason: "too-few" as const, interval: null };
    const data = { ...horizons, horizons: [horizonWith(early, 10), undated], doubling: none };
    const { body, summary } = doublingPoints(data, "Cybench", []);
    if (body.kind !== "plot") throw new Error("no plot");
    expect(body.plot.series.map(({ id }) => id)).toEqual(["e"]);
    expect(summary).toMatch(/no doubling time: it takes three/);
    expect(undatedHorizons(data).map(({ version }) => version.words)).toEqual(["Middle"]);
  });
});

describe("reliability", () => {
  it("is shown at the most attempts that all versions have, and can be asked at others", () => {
    expect(reliabilitySteps(reliable)).toEqual([2, 3]);
    expect(usualStep(reliable)).toBe(2);
    const { summary, body } = reliabilityRows(reliable, 3, "Cybench");
    expect(summary).toBe(
      "Late solves 0.250 of the tasks in all of 3 attempts; 0.500 in one attempt, 0.700 in at least one of 3.",
    );
    if (body.kind !== "rows") throw new Error("no rows");
    expect(body.plan.rows.map(({ numbers }) => numbers[0])).toEqual([
      "too few attempts",
      "0.300",
      "too few attempts",
      "0.250",
      "0.500",
      "0.700",
    ]);
  });
});

describe("the chart of a kept answer", () => {
  it("is the page's, or says why there is none", () => {
    const answer = {
      versions: [early, late],
      level: 0.95,
      pairs: [pairWith("e", "l", 0.2, 0.01)],
      tests: 1,
      adjustment: "holm" as const,
    };
    expect(comparisonChart({ of: "pairs", answer }, "Cybench").chart?.slug).toBe("pairs");
    const apart = { ...pairWith("e", "l", 0, 1), difference: null, test: null, interval: null };
    const nothing = comparisonChart({ of: "pairs", answer: { ...answer, pairs: [apart] } }, "Cybench");
    expect(nothing).toEqual({ chart: null, missing: "No two model versions attempted the same tasks of Cybench." });
    expect(
      comparisonChart({ of: "reliability", answer: { level: 0.95, versions: reliable, pairs: [] } }, "X").chart?.title,
    ).toBe("Solved every time, of 2 attempts, on X");
    expect(comparisonChart({ of: "doubling-time", answer: horizons }, "X").chart?.slug).toBe("doubling-time");
  });
});

describe("what a line of a report places", () => {
  const blocks = ["pairs-a", "pairs-b", "pass-at-k-a", "cost"].map((id) => ({ id }));
  it("is the block of its id, otherwise one for each benchmark", () => {
    expect(placedBlocks(blocks, "cost")).toEqual([{ id: "cost" }]);
    expect(placedBlocks(blocks, "pairs")).toEqual([{ id: "pairs-a" }, { id: "pairs-b" }]);
    expect(placedBlocks(blocks, "pairs-b")).toEqual([{ id: "pairs-b" }]);
    expect(placedBlocks(blocks, "trend")).toEqual([]);
  });

  it("has its texts changed at every depth, and its numbers left", () => {
    expect(changeTexts({ a: ["x", 1, null], b: { c: "x" } }, (text) => `${text}!`)).toEqual({
      a: ["x!", 1, null],
      b: { c: "x!" },
    });
  });
});
