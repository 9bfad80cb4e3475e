import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { HeatMap } from "../../charts/heat-map.tsx";
import { printPalette } from "../../charts/palette.ts";
import type { Matrix } from "../../../electron/contract/evaluation.ts";
import {
  formatDecimal,
  formatInterval,
  formatIntervalMethod,
  formatPolicy,
  formatRate,
  machineNumber,
} from "../../../electron/contract/number-text.ts";

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

/** A cell of a CSV file (RFC 4180); what a spreadsheet would run as a formula is kept as text. */
function csvCell(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The matrix as CSV: one row a model version and benchmark that was run, rates to six decimals. */
export function matrixCsv(matrix: Matrix): string {
  const rate = (value: number | null): string => machineNumber(formatDecimal(value, 6));
  const lines = matrix.modelVersions.flatMap((model) =>
    matrix.benchmarks.flatMap((benchmark) => {
      const cell = matrix.cells.find((one) => one.modelVersionId === model.id && one.benchmarkId === benchmark.id);
      if (cell === undefined) return [];
      const { interval } = cell.rate;
      return [
        [
          model.words,
          benchmark.title,
          String(cell.rate.solved),
          String(cell.rate.n),
          rate(cell.rate.rate),
          rate(interval?.low ?? null),
          rate(interval?.high ?? null),
          interval === null ? "" : String(interval.level),
          interval?.method ?? "",
          interval?.unit ?? "",
          String(cell.ledger.planned),
          formatPolicy(matrix.policy),
          cell.runs.map(({ code }) => code).join(" "),
        ],
      ];
    }),
  );
  return [[...columns], ...lines].map((line) => line.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

/** The heat map as an SVG file: the colours of paper, no style sheet needed. */
export function matrixSvg(matrix: Matrix): string {
  const box = document.createElement("div");
  const root = createRoot(box);
  flushSync(() => {
    root.render(
      <HeatMap
        id="solve-rates"
        title={`Solve rate by model version and benchmark, ${formatPolicy(matrix.policy)}`}
        matrix={matrix}
        palette={printPalette}
      />,
    );
  });
  const svg = box.querySelector("svg");
  const text = svg === null ? "" : new XMLSerializer().serializeToString(svg);
  root.unmount();
  return text;
}

/** One cell in a sentence: "0.361, 43 of 119 solved, [0.241, 0.476], Wilson over attempts, 95 %". */
export function cellSentence(cell: Matrix["cells"][number] | undefined): string {
  if (cell === undefined) return "not run";
  const { rate, solved, n, interval } = cell.rate;
  if (rate === null) return "run, no result yet";
  const numbers = `${formatRate(rate)}, ${String(solved)} of ${String(n)} solved`;
  return `${numbers}, ${formatInterval(interval)} ${formatIntervalMethod(interval)}`;
}
