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
