import type { ReactElement } from "react";
import type { FrozenFigure, FrozenReport } from "../contract/frozen-report.ts";
import type { ChartTable } from "../../renderer/charts/chart-parts.ts";
import { HeatMap, heatMapSummary, heatMapTable } from "../../renderer/charts/heat-map.tsx";
import { LedgerChart, ledgerChartSummary, ledgerChartTable } from "../../renderer/charts/ledger-chart.tsx";
import { splitLabel, type ChartMatrix } from "../../renderer/charts/matrix-cells.ts";
import { printPalette } from "../../renderer/charts/palette.ts";
import { RateChart, rateChartSummary, rateChartTable, type RateRow } from "../../renderer/charts/rate-chart.tsx";

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
  }
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
