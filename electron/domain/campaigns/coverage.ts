import { headlinePolicy, type Ledger } from "../../contract/values.ts";
import { taskIds } from "../benchmarks/queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { RunFacts } from "../runs/state.ts";
import { storedTallies } from "../runs/summary.ts";
import { runSummary } from "../runs/unfold.ts";

/** The tasks that a run planned or holds, whatever became of its attempts. */
export function tasksOfRun(context: QueryContext, run: RunFacts): string[] {
  runSummary(context, run);
  return storedTallies(context.model, run.number, headlinePolicy).map(({ task }) => task);
}

/**
 * Attempts of a cell's plan that no run of it covers: for every task of the benchmark, the planned epochs less those of
 * the runs that hold the task. A run that covers half of the tasks twice does not make up for the other half.
 */
export function uncovered(
  context: QueryContext,
  plan: { readonly benchmarkId: string; readonly epochs: number },
  runs: readonly RunFacts[],
): number {
  const tasks = taskIds(context.model, plan.benchmarkId);
  if (runs.length === 0) return tasks.size * plan.epochs;
  const covered = new Map<string, number>();
  for (const run of runs) {
    for (const task of tasksOfRun(context, run)) covered.set(task, (covered.get(task) ?? 0) + run.epochs);
  }
  return [...tasks].reduce((sum, task) => sum + Math.max(0, plan.epochs - (covered.get(task) ?? 0)), 0);
}

/** What was planned and is in no run yet is "not run". */
export function withUncovered(ledger: Ledger, missing: number): Ledger {
  return { ...ledger, planned: ledger.planned + missing, notRun: ledger.notRun + missing };
}
