import type { ComparisonAnswer } from "../contract/comparison-answer.ts";
import { comparisonChart } from "../../renderer/charts/comparison-chart.ts";

/**
 * What stands with a comparison wherever it is shown: the page's own title, sentence and method. Where there is nothing to
 * show the sentence says why, and the title and the method are empty.
 */
export function describeComparison(
  comparison: ComparisonAnswer,
  benchmark: string,
): { readonly title: string; readonly summary: string; readonly method: string; readonly isEmpty: boolean } {
  const { chart, missing } = comparisonChart(comparison, benchmark);
  if (chart === null) return { title: "", summary: missing, method: "", isEmpty: true };
  return { title: chart.title, summary: chart.summary, method: chart.method, isEmpty: false };
}
