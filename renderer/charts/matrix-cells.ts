import type { Rate } from "../../electron/contract/values.ts";
import type { RateRow } from "./rate-chart.tsx";

/** The part of a results matrix that charts need; the contract's `Matrix` is one. */
export interface ChartMatrix {
  readonly modelVersions: readonly { readonly id: string; readonly words: string }[];
  readonly benchmarks: readonly { readonly id: string; readonly title: string; readonly tasks: number | null }[];
  readonly cells: readonly { readonly modelVersionId: string; readonly benchmarkId: string; readonly rate: Rate }[];
}

const ratesOf = new WeakMap<ChartMatrix["cells"], ReadonlyMap<string, Rate>>();

/** The rate of a model version on a benchmark; null where nothing was run. A matrix is looked through once. */
export function rateAt({ cells }: ChartMatrix, modelVersionId: string, benchmarkId: string): Rate | null {
  let rates = ratesOf.get(cells);
  if (rates === undefined) {
    rates = new Map(cells.map((cell) => [`${cell.modelVersionId} ${cell.benchmarkId}`, cell.rate]));
    ratesOf.set(cells, rates);
  }
  return rates.get(`${modelVersionId} ${benchmarkId}`) ?? null;
}

/** Rows for a rate chart, a group for each model version or for each benchmark; what was not run has no row. */
export function rateRows(matrix: ChartMatrix, group: "model" | "benchmark"): RateRow[] {
  const rows = matrix.modelVersions.flatMap((model) =>
    matrix.benchmarks.flatMap((benchmark): (RateRow & { readonly benchmarkId: string })[] => {
      const rate = rateAt(matrix, model.id, benchmark.id);
      if (rate === null) return [];
      const [heading, label] = group === "model" ? [model.words, benchmark.title] : [benchmark.title, model.words];
      return [{ id: `${model.id} ${benchmark.id}`, group: heading, label, rate, benchmarkId: benchmark.id }];
    }),
  );
  if (group === "model") return rows;
  return matrix.benchmarks.flatMap((benchmark) => rows.filter((row) => row.benchmarkId === benchmark.id));
}

/** "Meridian-2 · Cybench" → a heading for the model and a row for the benchmark; a label of one part stands alone. */
export function splitLabel(label: string): { readonly group: string | null; readonly label: string } {
  const cut = label.lastIndexOf(" · ");
  return cut < 0 ? { group: null, label } : { group: label.slice(0, cut), label: label.slice(cut + 3) };
}
