import type { Matrix, Run } from "../../contract/evaluation.ts";
import type { Provenance } from "../../contract/frozen-report.ts";
import { formatPolicy } from "../../contract/number-text.ts";
import type { Report } from "../../contract/reporting.ts";
import { headlinePolicy } from "../../contract/values.ts";
import type { QueryContext } from "../query-context.ts";
import { resultMatrix, type RunFilter } from "../runs/cells.ts";
import { reportCompartment } from "./state.ts";
import { listRuns } from "../runs/queries.ts";

/** The runs, the matrix and where they came from: what all blocks of one report are made of. */
export interface ReportMaterial {
  readonly runs: readonly Run[];
  readonly matrix: Matrix;
  readonly provenance: Provenance;
}

const scored = new Set<Run["state"]>(["planned", "running", "logged", "in-review", "accepted"]);

/** Everything of a report's scope that is neither rejected nor withdrawn. */
export function material(context: QueryContext, report: Report): ReportMaterial {
  const { scope } = report;
  // A report of the whole vault is read by all evaluators: what is kept apart from them is not in it.
  const filter: RunFilter =
    scope.kind === "campaign"
      ? { campaignId: scope.id }
      : { compartment: reportCompartment(context.model, report.id) ?? undefined };
  const inScope = listRuns(context, filter).filter((run) => scope.kind !== "run" || run.id === scope.id);
  const runs = inScope.filter((run) => scored.has(run.state)).reverse();
  const whole = resultMatrix(context, filter, headlinePolicy);
  const entries = runs.map((run) => run.entry);
  return {
    runs,
    matrix: scope.kind === "run" ? matrixOfRun(whole, runs[0]) : whole,
    provenance: {
      runs: runs.map((run) => run.code),
      entries: { first: entries.length === 0 ? 0 : Math.min(...entries), last: Math.max(...entries, 0) },
      method: `Solve rates: ${formatPolicy(headlinePolicy)}; the method and unit of each interval stand beside it.`,
    },
  };
}

/** One run alone, also where other runs share its cell. */
function matrixOfRun(whole: Matrix, run: Run | undefined): Matrix {
  if (run === undefined) return { ...whole, modelVersions: [], benchmarks: [], cells: [] };
  const { modelVersion, benchmark, rate, ledger } = run;
  return {
    policy: whole.policy,
    modelVersions: [modelVersion],
    benchmarks: [{ id: benchmark.id, title: benchmark.title, tasks: benchmark.tasks }],
    cells: [
      {
        modelVersionId: modelVersion.id,
        benchmarkId: benchmark.id,
        rate,
        ledger,
        runs: [{ id: run.id, code: run.code }],
      },
    ],
  };
}
