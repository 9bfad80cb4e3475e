import type { ReactElement } from "react";
import type { FrozenFigure, FrozenReport } from "../contract/frozen-report.ts";
import { comparisonChart } from "../../renderer/charts/comparison-chart.ts";
import type { ChartTable } from "../../renderer/charts/chart-parts.ts";
import { HeatMap, heatMapSummary, heatMapTable } from "../../renderer/charts/heat-map.tsx";
import { LedgerChart, ledgerChartSummary, ledgerChartTable } from "../../renderer/charts/ledger-chart.tsx";
import { splitLabel, type ChartMatrix } from "../../renderer/charts/matrix-cells.ts";
import { printPalette, type ChartPalette } from "../../renderer/charts/palette.ts";
import { PlotChart } from "../../renderer/charts/plot-chart.tsx";
import { RateChart, rateChartSummary, rateChartTable, type RateRow } from "../../renderer/charts/rate-chart.tsx";
import { layOutRows, RowChart, type ChartRow, type RowPlan } from "../../renderer/charts/row-chart.tsx";

/** A figure as drawings one below the other (paper breaks between them, never inside), its sentence and table twin. */
export interface DrawnFigure {
  readonly drawings: readonly ReactElement[];
  readonly summary: string;
  readonly table: ChartTable;
}

export interface FigurePart {
  /** Rows of a drawing; more make another drawing. */
  readonly rows: number;
  /** Columns of a drawing of a matrix. */
  readonly columns: number;
}

/** Of a chart of two axes, in pixels. */
const plotHeight = 400;

/** What fits on a printed page. */
export const pagePart: FigurePart = { rows: 20, columns: 5 };
/** Everything in one drawing: for a file of its own. */
export const wholePart: FigurePart = { rows: Infinity, columns: Infinity };

/** Draws a frozen figure with the palette for paper. */
export function drawFigure(figure: FrozenFigure, report: FrozenReport, part: FigurePart): DrawnFigure {
  const common = { title: figure.title, palette: printPalette, width: 840 };
  const id = (index: number): string => `figure-${figure.id}-${String(index + 1)}`;
  switch (figure.kind) {
    case "rates": {
      const rows = figure.rows.map(({ label, rate }, index): RateRow => ({
        id: String(index),
        rate,
        ...splitLabel(label),
      }));
      return {
        drawings: inParts(rows, part.rows).map((some, index) => (
          <RateChart key={id(index)} id={id(index)} rows={some} {...common} />
        )),
        summary: rateChartSummary(rows),
        table: rateChartTable(rows),
      };
    }
    case "ledger": {
      const rows = figure.rows.map((row, index) => ({ id: String(index), ...row }));
      return {
        drawings: inParts(rows, part.rows / 2).map((some, index) => (
          <LedgerChart key={id(index)} id={id(index)} rows={some} {...common} />
        )),
        summary: ledgerChartSummary(rows),
        table: ledgerChartTable(rows),
      };
    }
    case "matrix": {
      const matrix = chartMatrix(figure, report);
      return {
        drawings: matrixParts(matrix, part).map((some, index) => (
          <HeatMap key={id(index)} id={id(index)} matrix={some} {...common} />
        )),
        summary: heatMapSummary(matrix),
        table: heatMapTable(matrix),
      };
    }
    case "comparison":
      return drawComparison(figure, part, { ...common, id });
  }
}

interface ComparisonFrame {
  readonly id: (index: number) => string;
  readonly title: string;
  readonly palette: ChartPalette;
  readonly width: number;
}

/** The chart that the page draws of the same answer; nothing where there is nothing to show, which the caption says. */
function drawComparison(
  { benchmark, comparison, caption }: Extract<FrozenFigure, { kind: "comparison" }>,
  part: FigurePart,
  { id, ...common }: ComparisonFrame,
): DrawnFigure {
  const { chart } = comparison === null ? { chart: null } : comparisonChart(comparison, benchmark);
  if (chart === null) return { drawings: [], summary: caption, table: { columns: [], rows: [] } };
  const { body, slug, summary, twin } = chart;
  const frame = { ...common, name: slug, summary };
  const drawings =
    body.kind === "plot"
      ? [<PlotChart key={id(0)} id={id(0)} plot={body.plot} height={plotHeight} {...frame} />]
      : rowParts({ ...body.plan, labelLines: 4 }, common.width, part).map((plan, index) => (
          <RowChart key={id(index)} id={id(index)} plan={plan} {...frame} />
        ));
  const rows = twin.rows.map(({ cells }) => cells.map(({ text }) => text));
  return { drawings, summary, table: { columns: twin.columns, rows } };
}

/** Height that a row is given of a page, in pixels. */
const rowHeight = 40;

/** Rows in parts that are no higher than a page's; a part ends where a group ends, if the group fits at all. */
function rowParts(plan: RowPlan, width: number, part: FigurePart): RowPlan[] {
  const most = part.rows * rowHeight;
  const groups: { rows: ChartRow[]; height: number }[] = [];
  for (const { row, height } of layOutRows(plan, width).places) {
    const last = groups.at(-1);
    const isSame = row.group !== null && last?.rows[0]?.group === row.group;
    if (isSame && last.height + height <= most) {
      last.rows.push(row);
      last.height += height;
    } else groups.push({ rows: [row], height });
  }
  const parts: { rows: ChartRow[]; height: number }[] = [];
  for (const { rows, height } of groups) {
    const last = parts.at(-1);
    if (last !== undefined && last.height + height <= most) {
      last.rows.push(...rows);
      last.height += height;
    } else parts.push({ rows: [...rows], height });
  }
  return parts.length === 0 ? [plan] : parts.map(({ rows }) => ({ ...plan, rows }));
}

function chartMatrix(figure: Extract<FrozenFigure, { kind: "matrix" }>, report: FrozenReport): ChartMatrix {
  return {
    modelVersions: figure.rows.map((words, row) => ({ id: String(row), words })),
    benchmarks: figure.columns.map((title, column) => ({
      id: String(column),
      title,
      tasks: report.benchmarks.find((benchmark) => benchmark.title === title)?.tasks ?? null,
    })),
    cells: figure.cells.map(({ row, column, rate }) => ({
      modelVersionId: String(row),
      benchmarkId: String(column),
      rate,
    })),
  };
}

function matrixParts(matrix: ChartMatrix, part: FigurePart): ChartMatrix[] {
  return inParts(matrix.benchmarks, part.columns).flatMap((benchmarks) =>
    inParts(matrix.modelVersions, part.rows / 2).map((modelVersions) => ({ ...matrix, benchmarks, modelVersions })),
  );
}

/** Consecutive parts of at most `size`; one empty part of an empty list, so that a figure is always drawn. */
function inParts<T>(list: readonly T[], size: number): (readonly T[])[] {
  if (list.length <= size) return [list];
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size));
}
