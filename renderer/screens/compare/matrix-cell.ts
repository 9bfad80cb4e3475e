import type { Matrix } from "../../../electron/contract/evaluation.ts";
import { rateWords } from "../../charts/rate-chart.tsx";
import type { GridPlace } from "./heat-window.ts";

export type MatrixCell = Matrix["cells"][number];

const byMatrix = new WeakMap<Matrix, ReadonlyMap<string, MatrixCell>>();

/** The cell of a model version and a benchmark, undefined where nothing was run. A matrix is looked through once. */
export function cellOf(matrix: Matrix, modelVersionId: string, benchmarkId: string): MatrixCell | undefined {
  let cells = byMatrix.get(matrix);
  if (cells === undefined) {
    cells = new Map(matrix.cells.map((cell) => [`${cell.modelVersionId} ${cell.benchmarkId}`, cell]));
    byMatrix.set(matrix, cells);
  }
  return cells.get(`${modelVersionId} ${benchmarkId}`);
}

/** The cell of a place, undefined where nothing was run. */
export function cellAt(matrix: Matrix, place: GridPlace): MatrixCell | undefined {
  return cellOf(matrix, matrix.modelVersions[place.row]?.id ?? "", matrix.benchmarks[place.column]?.id ?? "");
}

/** What stands in a place, named: "Meridian-2 on Cybench". */
export function placeWords(matrix: Matrix, place: GridPlace): string {
  return `${matrix.modelVersions[place.row]?.words ?? "–"} on ${matrix.benchmarks[place.column]?.title ?? "–"}`;
}

/** One cell in a sentence: "0.361, 43 of 119 solved, [0.241, 0.476] Wilson over attempts, 95 %". */
export function cellSentence(cell: MatrixCell | undefined): string {
  if (cell === undefined) return "not run";
  return cell.rate.rate === null ? "run, no result yet" : rateWords(cell.rate);
}
