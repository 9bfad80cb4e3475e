import type { ComparisonAnswer } from "../../contract/comparison-answer.ts";

/** The figures and tables that every report can place, made from the read model of its scope (see `compose.ts`). */
export const reportBlocks = [
  { kind: "figure", id: "rates", title: "Solve rate with interval, by model version and benchmark" },
  { kind: "figure", id: "ledger", title: "Every planned attempt, by state" },
  { kind: "figure", id: "matrix", title: "Model versions × benchmarks" },
  { kind: "table", id: "results", title: "Results: counts, rates, intervals" },
  { kind: "table", id: "denominators", title: "Solve rates under each denominator" },
  { kind: "table", id: "ledger", title: "Denominator ledger" },
  { kind: "table", id: "deviations", title: "Registered plans, and deviations from them" },
  { kind: "table", id: "runs", title: "Runs" },
  { kind: "table", id: "tasks", title: "Tasks by model version" },
  { kind: "table", id: "metrics", title: "Logged metrics, recomputed" },
] as const;

export type ComparisonName = ComparisonAnswer["of"];

/**
 * What a report can compare, each as a figure and as a table. A block of one is of one benchmark, "pairs-cybench"; a line
 * that names it alone, "pairs", places it for every benchmark on which there is something to show. None is made that no
 * section names. No name is another one's with a "-" after it.
 */
export const comparisonTitles: Readonly<Record<ComparisonName, string>> = {
  pairs: "Paired differences, with Holm",
  "pass-at-k": "pass@k",
  reliability: "Solved every time (pass^k), and where the uncertainty comes from",
  "time-horizon": "Time horizon",
  "doubling-time": "Doubling time of the time horizon",
  cost: "Success against cost",
  tokens: "Success against tokens",
  trend: "Solve rate over releases",
  categories: "Solve rate by category",
};
export const comparisonNames = Object.keys(comparisonTitles).filter((name): name is ComparisonName =>
  Object.hasOwn(comparisonTitles, name),
);
