import { ChartSheet } from "../../charts/chart-sheet.tsx";
import { HeatMap, heatMapSize, heatMapSummary } from "../../charts/heat-map.tsx";
import { printPalette } from "../../charts/palette.ts";
import type { Matrix } from "../../../electron/contract/evaluation.ts";
import type { Marking } from "../../../electron/contract/marking.ts";
import { formatPolicy } from "../../../electron/contract/number-text.ts";
import { svgText } from "../../chart-files/chart-file.tsx";
import { csvNumber, csvText } from "../../chart-files/csv.ts";
import { cellOf } from "./matrix-cell.ts";

const columns = [
  "model_version",
  "benchmark",
  "solved",
  "n",
  "rate",
  "low",
  "high",
  "level",
  "interval_method",
  "interval_unit",
  "planned",
  "denominator",
  "runs",
] as const;

/** A rate to six decimals, so that all rows have as many. */
function rate(value: number | null): string {
  return value === null ? "" : value.toFixed(6);
}

/** The matrix as CSV: one row a model version and benchmark that was run. */
export function matrixCsv(matrix: Matrix): string {
  const lines = matrix.modelVersions.flatMap((model) =>
    matrix.benchmarks.flatMap((benchmark) => {
      const cell = cellOf(matrix, model.id, benchmark.id);
      if (cell === undefined) return [];
      const { interval } = cell.rate;
      return [
        [
          model.words,
          benchmark.title,
          csvNumber(cell.rate.solved),
          csvNumber(cell.rate.n),
          rate(cell.rate.rate),
          rate(interval?.low ?? null),
          rate(interval?.high ?? null),
          interval === null ? "" : String(interval.level),
          interval?.method ?? "",
          interval?.unit ?? "",
          csvNumber(cell.ledger.planned),
          formatPolicy(matrix.policy),
          cell.runs.map(({ code }) => code).join(" "),
        ],
      ];
    }),
  );
  return csvText([columns, ...lines]);
}

/** The heat map as an SVG file: marking, title, the colours of paper, no style sheet needed. */
export function matrixSvg(matrix: Matrix, marking: Marking): string {
  const title = "Solve rate by model version and benchmark";
  const size = heatMapSize(matrix);
  return svgText(
    <ChartSheet
      title={title}
      summary={heatMapSummary(matrix)}
      marking={marking}
      notes={[heatMapSummary(matrix), `Denominator: ${formatPolicy(matrix.policy)}.`]}
      {...size}
    >
      <HeatMap id="solve-rates" title={title} matrix={matrix} palette={printPalette} />
    </ChartSheet>,
  );
}
