import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { DrawnChart } from "../../../renderer/charts/drawn-chart.ts";
import { ChartSheet } from "../../../renderer/charts/chart-sheet.tsx";
import { FlipSquare, flipSquareSummary } from "../../../renderer/charts/flip-square.tsx";
import { groupRows } from "../../../renderer/charts/group-rows.ts";
import { horizonCurves, minuteSpan, missingHorizons } from "../../../renderer/charts/horizon-curves.ts";
import { pairRows, verdictOf } from "../../../renderer/charts/pair-rows.ts";
import { hasCurve, passCurves } from "../../../renderer/charts/pass-curves.ts";
import { doublingPoints } from "../../../renderer/charts/doubling-points.ts";
import { reliabilityRows, uncertaintyRows } from "../../../renderer/charts/reliability-rows.ts";
import { printPalette } from "../../../renderer/charts/palette.ts";
import { PlotChart } from "../../../renderer/charts/plot-chart.tsx";
import { RowChart } from "../../../renderer/charts/row-chart.tsx";
import { budgetCurves, spendingPoints } from "../../../renderer/charts/spending-points.ts";
import { trendPoints } from "../../../renderer/charts/trend-points.ts";
import { horizonWith, pairWith, rateWith, versionWith } from "./comparison-data.ts";
import { elementsOf, textsOf } from "./svg-reading.ts";

const meridian = versionWith("m", "Meridian-2 <reduced>", 0.36, "2026-01-15");
const atlas = versionWith("a", "Atlas-5 cyber", 0.45, "2026-06-15");
const kestrel = versionWith("k", "Kestrel 70B", 0.1, "2026-03-01");
const versions = [meridian, atlas, kestrel];

const pairs = {
  versions,
  level: 0.95,
  pairs: [pairWith("m", "a", 0.092, 0.03), pairWith("m", "k", -0.26, 0.6)],
  tests: 2,
};

const point = (k: number, value: number) => ({
  k,
  value,
  interval: { low: value - 0.1, high: value + 0.1, level: 0.95, method: "cluster-t", unit: "task" },
  tasks: 40,
  tasksLeftOut: 0,
});
const curves = [
  { version: meridian, atLeastOne: [point(1, 0.36), point(2, 0.5)], all: [point(1, 0.36), point(2, 0.2)] },
  { version: atlas, atLeastOne: [point(1, 0.45), point(2, 0.6)], all: [point(1, 0.45), point(2, 0.3)] },
];

const horizons = {
  level: 0.95,
  draws: 1_000,
  seed: 1,
  weighting: "inverse-sqrt-family",
  penalty: 0.000_01,
  fewestTasks: 5,
  horizons: [
    horizonWith(meridian, 26),
    horizonWith(atlas, 54),
    { ...horizonWith(kestrel, 1), reason: "none-solved" as const, fit: null, horizons: [], curve: [] },
  ],
};

const used = { low: 90, high: 160, level: 0.95, method: "cluster-t", unit: "task" };
const spent = {
  attempts: 120,
  unknown: 0,
  total: 4_800,
  perAttempt: 40,
  perTask: 120,
  perTaskInterval: used,
  perSolve: 333,
  perSolveInterval: null,
  solvedTasks: 14,
};
const unknown = {
  ...spent,
  unknown: 120,
  total: null,
  perAttempt: null,
  perTask: null,
  perTaskInterval: null,
  perSolve: null,
};
const spendings = [meridian, atlas].map((version) => ({
  version,
  cost: unknown,
  tokens: spent,
  time: spent,
  curve: {
    measure: "tokens" as const,
    points: [
      { budget: 50, rate: 0.1, interval: { ...used, low: 0.02, high: 0.2 } },
      { budget: 200, rate: version === atlas ? 0.45 : 0.36, interval: null },
    ],
    tasks: 40,
    unknownSolved: 0,
  },
}));

const trendData = {
  order: "release-date" as const,
  versions: [meridian, kestrel, atlas],
  line: {
    perYear: 0.2,
    standardError: 0.1,
    interval: { low: -0.3, high: 0.7, level: 0.95, method: "least-squares-t", unit: "model version" },
    ends: [
      { on: "2026-01-15", value: 0.3 },
      { on: "2026-06-15", value: 0.38 },
    ],
  },
  reason: null,
};
const groups = {
  versions,
  level: 0.95,
  groups: [
    { name: "crypto", tasks: 16, rates: [rateWith(0.5), rateWith(0.6), rateWith(0)] },
    { name: null, tasks: 2, rates: [rateWith(0.2), rateWith(0.3), rateWith(0.1)] },
  ],
};

const parts = { overTasks: 0.0783, theseTasks: 0.031, betweenTasks: 0.2, withinTask: 0.1, tasksForHalfWidth: 1_372 };
const reliable = curves.map((curve) => ({ ...curve, ...parts }));
const doubling = {
  ...horizons,
  doubling: {
    days: 143,
    reason: null,
    modelVersionIds: ["m", "a"],
    interval: { low: 90, high: 400, level: 0.95, method: "hierarchical-bootstrap", unit: "task" },
    used: 990,
    leftOut: 10,
  },
};

const charts: readonly (readonly [string, DrawnChart])[] = [
  ["pairs", pairRows(pairs, "Cybench", "m")],
  ["pass@k", passCurves(curves, ["at-least-one", "all"], "Cybench")],
  ["time horizon", horizonCurves(horizons, "Cybench", "m")],
  ["success against tokens", spendingPoints(spendings, "tokens", "Cybench")],
  ["budget", budgetCurves(spendings, "tokens", "Cybench")],
  ["trend", trendPoints(trendData, "Cybench", ["m", "a", "k"])],
  ["groups", groupRows(groups, "category", "Cybench", false)],
  ["reliability", reliabilityRows(reliable, 2, "Cybench")],
  ["uncertainty", uncertaintyRows(reliable, 0.05, "Cybench")],
  ["doubling time", doublingPoints(doubling, "Cybench", ["m", "a", "k"])],
];

function draw({ body, title, summary, slug }: DrawnChart): string {
  const frame = { id: slug, name: slug, title, summary, width: 900, palette: printPalette };
  return renderToStaticMarkup(
    body.kind === "rows" ? (
      <RowChart {...frame} plan={body.plan} />
    ) : (
      <PlotChart {...frame} plot={body.plot} height={400} />
    ),
  );
}

describe.each(charts)("the chart of %s", (_name, chart) => {
  const svg = draw(chart);

  it("is a well-formed picture that says what it shows, with nothing in it that acts", () => {
    expect(elementsOf(svg)[0]?.name).toBe("svg");
    expect(svg).toContain(`<desc id="${chart.slug}-desc">`);
    expect(svg).not.toMatch(/<style|<script|\sstyle=|\son[a-z]+=|href=|var\(|<reduced>/);
    expect(svg).not.toContain("NaN");
    expect(chart.summary).toMatch(/\.$/);
    expect(chart.method).toMatch(/95 %/);
  });

  it("has a table twin: as many cells as columns, each row under an id of its own", () => {
    const { columns, rows } = chart.twin;
    expect(rows.length).toBeGreaterThan(0);
    for (const { cells } of rows) expect(cells).toHaveLength(columns.length);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length);
  });

  it("has a row of the twin for every mark but single tasks", () => {
    const { body, twin } = chart;
    const marks =
      body.kind === "rows"
        ? body.plan.rows.map(({ id }) => id)
        : body.plot.series.flatMap(({ points }) => points.map(({ id }) => id)).filter((id) => !id.includes(" task "));
    expect(marks.length).toBeGreaterThan(0);
    for (const id of marks) expect(twin.rows.map((row) => row.id)).toContain(id);
  });

  it("is the same each time", () => {
    expect(draw(chart)).toBe(svg);
  });
});

describe("what comparisons say", () => {
  it("a difference is established by its adjusted p alone", () => {
    expect(verdictOf(pairWith("m", "a", 0.092, 0.049), 0.95)).toBe("higher");
    expect(verdictOf(pairWith("m", "a", 0.092, 0.05), 0.95)).toBe("not established");
    expect(verdictOf(pairWith("m", "a", -0.092, 0.01), 0.95)).toBe("lower");
    expect(verdictOf({ ...pairWith("m", "a", 0, 1), difference: null, test: null }, 0.95)).toBe("no shared task");
    expect(pairRows(pairs, "Cybench", "m").summary).toBe(
      "After Holm's correction for 2 tests at 95 %: Atlas-5 cyber solves more than Meridian-2 <reduced>. 1 difference is not established.",
    );
    expect(pairRows(pairs, "Cybench", null).summary).toContain("1 of 2 differences are established");
  });

  it("a verdict is a word beside its sign", () => {
    const words = textsOf(draw(pairRows(pairs, "Cybench", "m")));
    expect(words).toContain("higher");
    expect(words).toContain("not established");
    expect(words).toContain("+0.092");
    expect(words).toContain("0.030");
  });

  it("pass@k rises, pass^k falls; one epoch is no curve", () => {
    expect(passCurves(curves, ["at-least-one"], "Cybench").summary).toBe(
      "pass@k of Atlas-5 cyber rises from 0.450 at k 1 to 0.600 at k 2, the highest of 2.",
    );
    expect(hasCurve(curves)).toBe(true);
    expect(hasCurve([{ version: meridian, atLeastOne: [point(1, 0.3)], all: [point(1, 0.3)] }])).toBe(false);
  });

  it("a horizon without an upper end says so, and who has none says why", () => {
    expect(horizonCurves(horizons, "Cybench", null).summary).toBe(
      "Atlas-5 cyber solves half of the tasks that take a person 54 min, 95 % [27 min, no upper end], the longest of 2. For 1 model version there is no horizon.",
    );
    expect(missingHorizons(horizons.horizons, 5)).toBe("No horizon for Kestrel 70B: no attempt solved its task.");
    expect([0.5, 7.5, 26, 59.7, 95, 120, 1_860, 6_600].map(minuteSpan)).toEqual([
      "30 s",
      "7.5 min",
      "26 min",
      "1 h",
      "1 h 35 min",
      "2 h",
      "31 h",
      "4.6 days",
    ]);
  });

  it("spending names who solves most and who uses least; what is not known is not drawn", () => {
    expect(spendingPoints(spendings, "tokens", "Cybench").summary).toContain(
      "Atlas-5 cyber solves most, 0.450 at 120 tokens per task.",
    );
    expect(spendingPoints(spendings, "cost", "Cybench").summary).toBe(
      "Nothing is known of the cost of these attempts.",
    );
    expect(budgetCurves(spendings, "tokens", "Cybench").summary).toBe(
      "Atlas-5 cyber reaches half of its 0.450 by 200 tokens and all of it by 200 tokens.",
    );
  });

  it("a slope whose interval holds 0 is no trend; a version has its sign wherever it stands", () => {
    expect(trendPoints(trendData, "Cybench", ["m", "a", "k"]).summary).toMatch(/^No trend is established/);
    const { body } = trendPoints(trendData, "Cybench", ["m", "a", "k"]);
    if (body.kind !== "plot") throw new Error("a trend is a plot");
    expect(body.plot.series.find(({ id }) => id === "a")?.look.shape).toBe("square");
    const undated = { ...trendData, order: "as-listed" as const, line: null, reason: "no-dates" as const };
    expect(trendPoints(undated, "Cybench", []).summary).toContain(
      "not all of these model versions have a release date",
    );
  });

  it("groups name the highest and the lowest, and those without a value", () => {
    expect(groupRows(groups, "category", "Cybench", true).summary).toBe(
      "Solve rates of 3 model versions in 2 groups. Highest: Atlas-5 cyber, crypto, 0.600. Lowest: Kestrel 70B, crypto, 0.000.",
    );
    expect(groupRows(groups, "category", "Cybench", true).method).toContain("Bonferroni");
    expect(groupRows(groups, "category", "Cybench", false).twin.rows.at(-1)?.cells[0]?.text).toBe("No category stated");
  });

  it("the square of flips holds its four sums in words", () => {
    const sums = { onlyA: 3, onlyB: 7, both: 20, neither: 10 };
    const words = textsOf(renderToStaticMarkup(<FlipSquare id="f" sums={sums} a="A" b="B" palette={printPalette} />));
    for (const word of ["3", "7", "20", "10", "only 1", "only 2", "both", "neither"]) expect(words).toContain(word);
    expect(flipSquareSummary(sums, "A", "B")).toBe(
      "Of 40 shared tasks 20 were solved by both, 3 only by A, 7 only by B, 10 by neither.",
    );
    expect(flipSquareSummary({ onlyA: 0, onlyB: 0, both: 0, neither: 0 }, "A", "B")).toBe("The two share no task.");
  });

  it("a sheet bears the marking twice, and needs nothing from outside", () => {
    const sheet = renderToStaticMarkup(
      <ChartSheet
        title="T"
        summary="S."
        marking={{ level: "secret", suffix: "NOFORN" }}
        notes={["N"]}
        width={400}
        height={100}
      >
        <rect />
      </ChartSheet>,
    );
    expect(textsOf(sheet).filter((word) => word === "SECRET//NOFORN")).toHaveLength(2);
    expect(sheet).not.toMatch(/url\(|href|@import|var\(/);
  });
});
