import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { formatFraction, formatRate } from "../../../electron/contract/number-text.ts";
import { rateOf, solveRate } from "../../../electron/statistics/solve-rate.ts";
import type { ChartTable } from "../../../renderer/charts/chart-parts.ts";
import { HeatMap, heatMapSummary, heatMapTable } from "../../../renderer/charts/heat-map.tsx";
import { IntervalBar, intervalBarSummary, intervalBarTable } from "../../../renderer/charts/interval-bar.tsx";
import { LedgerBar, ledgerBarSummary, ledgerBarTable } from "../../../renderer/charts/ledger-bar.tsx";
import { LedgerChart, ledgerChartTable } from "../../../renderer/charts/ledger-chart.tsx";
import { ledgerSegments } from "../../../renderer/charts/ledger-states.ts";
import { rateRows } from "../../../renderer/charts/matrix-cells.ts";
import { printPalette } from "../../../renderer/charts/palette.ts";
import { RateChart, rateChartSummary, rateChartTable } from "../../../renderer/charts/rate-chart.tsx";
import { fitText, textWidth, wrapText } from "../../../renderer/charts/text-layout.ts";
import { solvedOf } from "../statistics/attempts.ts";
import { madeLedger, madeMatrix } from "./chart-data.ts";
import { attributeOf, elementsOf, textsOf } from "./svg-reading.ts";

const rate = rateOf(solveRate(solvedOf(5, 40)));
const ledger = madeLedger(40, 3, 0.4, 1);
const ledgerRows = [
  { id: "r1", label: "R-0001 <b>Cybench</b> & more", ledger },
  { id: "r2", label: "R-0002", ledger: madeLedger(13, 1, 0.2, 2) },
];
const byModel = rateRows(madeMatrix, "model");

const charts: readonly (readonly [string, ReactElement, ChartTable])[] = [
  ["IntervalBar", <IntervalBar key="a" id="a" title="T" rate={rate} palette={printPalette} />, intervalBarTable(rate)],
  ["LedgerBar", <LedgerBar key="b" id="b" title="T" ledger={ledger} palette={printPalette} />, ledgerBarTable(ledger)],
  [
    "LedgerChart",
    <LedgerChart key="c" id="c" title="T" rows={ledgerRows} palette={printPalette} />,
    ledgerChartTable(ledgerRows),
  ],
  [
    "HeatMap",
    <HeatMap key="d" id="d" title="T" matrix={madeMatrix} palette={printPalette} />,
    heatMapTable(madeMatrix),
  ],
  ["RateChart", <RateChart key="e" id="e" title="T" rows={byModel} palette={printPalette} />, rateChartTable(byModel)],
];

describe.each(charts)("%s", (_name, chart, table) => {
  const svg = renderToStaticMarkup(chart);

  it("is one well-formed svg, named and described, that stands alone", () => {
    const elements = elementsOf(svg);
    expect(elements[0]?.name).toBe("svg");
    expect(attributeOf(svg, "xmlns")).toBe("http://www.w3.org/2000/svg");
    const labels = (attributeOf(svg, "aria-labelledby") ?? "").split(" ");
    expect(labels).toHaveLength(2);
    for (const id of labels) expect(svg).toContain(`id="${id}"`);
    expect(svg).not.toMatch(/<style|<script|\sstyle=|\son[a-z]+=|href=|var\(/);
  });

  it("is the same bytes each time", () => {
    expect(renderToStaticMarkup(chart)).toBe(svg);
  });

  it("has a table twin with as many cells in each row as columns", () => {
    expect(table.rows.length).toBeGreaterThan(0);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });
});

describe("what charts say", () => {
  it("interval bar: rate, count, interval, method", () => {
    expect(intervalBarSummary(rate)).toBe("0.125, 5 / 40 solved, [0.055, 0.261] Wilson over tasks, 95 %.");
    expect(intervalBarSummary({ ...rate, rate: null })).toBe("No result yet.");
  });

  it("ledger: every planned attempt, in words and as lengths that fill the bar", () => {
    expect(ledgerBarSummary(ledger)).toMatch(/^120 planned attempts: \d+ solved · \d+ not solved/);
    const segments = ledgerSegments(ledger, printPalette);
    expect(segments.reduce((sum, segment) => sum + segment.count, 0)).toBe(ledger.planned);
    expect(segments.reduce((sum, segment) => sum + segment.length, 0)).toBeCloseTo(1, 12);
  });

  it("ledger: one attempt among a hundred thousand is still drawn", () => {
    const huge = { ...madeLedger(0, 0, 0, 1), planned: 100_000, solved: 99_999, withheld: 1 };
    expect(ledgerSegments(huge, printPalette).map((segment) => segment.state)).toEqual(["solved", "withheld"]);
    expect(ledgerSegments(huge, printPalette)[1]?.length).toBeGreaterThan(0.003);
    expect(ledgerBarSummary({ ...huge, planned: 0 })).toBe("No attempts are planned.");
  });

  it("heat map: every rate with its n is written in its cell, and what was not run says so", () => {
    const words = textsOf(renderToStaticMarkup(<HeatMap id="d" title="T" matrix={madeMatrix} />));
    for (const { rate: cell } of madeMatrix.cells) {
      if (cell.rate === null) continue;
      expect(words).toContain(formatRate(cell.rate));
      expect(words).toContain(formatFraction(cell.solved, cell.n));
    }
    expect(words.filter((word) => word === "not run")).toHaveLength(2);
    expect(words.filter((word) => word === "no result")).toHaveLength(1);
    expect(heatMapSummary(madeMatrix)).toContain("3 combinations without a result");
    expect(heatMapSummary({ ...madeMatrix, cells: [] })).toContain("no results yet");
  });

  it("rate chart: groups by model or by benchmark, same rows", () => {
    const byBenchmark = rateRows(madeMatrix, "benchmark");
    expect(byBenchmark).toHaveLength(byModel.length);
    expect(byModel[0]?.label).toBe("Cybench");
    expect(byBenchmark.slice(0, 4).map((row) => row.group)).toEqual(Array.from({ length: 4 }, () => "Cybench"));
    expect(rateChartSummary(byModel)).toContain("no result");
    expect(rateChartSummary([])).toBe("There are no results yet.");
  });

  it("rate chart: the dot lies where the number says", () => {
    const svg = renderToStaticMarkup(
      <RateChart id="x" title="T" rows={[{ id: "r", label: "R", group: null, rate }]} />,
    );
    const circle = elementsOf(svg).find((element) => element.name === "circle");
    const ticks = elementsOf(svg)
      .filter((element) => element.name === "line")
      .map((line) => Number(line.attributes.x1));
    const [low, high] = [Math.min(...ticks), Math.max(...ticks)];
    expect(Number(circle?.attributes.cx)).toBeCloseTo(low + 0.125 * (high - low), 1);
  });

  it("markup in names stays text", () => {
    const svg = renderToStaticMarkup(<LedgerChart id="c" title="<script>" rows={ledgerRows} />);
    expect(svg).not.toContain("<b>");
    expect(svg).not.toContain("<script");
    expect(svg).toContain("&lt;b&gt;Cybench&lt;/b&gt; &amp; more");
  });
});

describe("text layout", () => {
  it("cuts and wraps to a width", () => {
    expect(fitText("short", 100, 12)).toBe("short");
    expect(textWidth(fitText("a very long label that does not fit", 80, 12), 12)).toBeLessThanOrEqual(80);
    const lines = wrapText("Meridian-2 (checkpoint 0914, safeguards reduced)", 178, 12, 2);
    expect(lines).toHaveLength(2);
    expect(lines.join(" ")).toBe("Meridian-2 (checkpoint 0914, safeguards reduced)");
    expect(wrapText("Donaudampfschifffahrtsgesellschaftskapitän", 60, 12, 2)[0]).toMatch(/…$/);
  });
});
