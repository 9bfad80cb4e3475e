import type { Matrix, Run } from "../../contract/evaluation.ts";
import type { Provenance } from "../../contract/frozen-report.ts";
import type { Campaign, Deviation, PooledRates } from "../../contract/planning.ts";
import { formatPolicy } from "../../contract/number-text.ts";
import type { Report } from "../../contract/reporting.ts";
import { headlinePolicy } from "../../contract/values.ts";
import { plannedCells, pooledRates, type PooledCell } from "../campaigns/denominators.ts";
import { campaignDeviations, type DeviationsAt } from "../campaigns/deviations.ts";
import { getCampaign, listCampaigns } from "../campaigns/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { resultMatrix, type RunFilter } from "../runs/cells.ts";
import { runFacts } from "../runs/state.ts";
import { reportCompartment } from "./state.ts";
import { listRuns } from "../runs/queries.ts";

/** A campaign that the report rests on, and where its runs in the report's scope depart from its registered plan. */
export interface PlanMaterial {
  readonly name: string;
  readonly registered: Campaign["registered"];
  readonly deviations: readonly Deviation[];
}

/** The runs, the matrix and where they came from: what all blocks of one report are made of. */
export interface ReportMaterial {
  readonly runs: readonly Run[];
  readonly matrix: Matrix;
  /** Each cell of the scope, and the cells pooled; of a campaign also what was planned and not run. */
  readonly pooled: readonly PooledRates[];
  readonly plans: readonly PlanMaterial[];
  readonly provenance: Provenance;
}

const scored = new Set<Run["state"]>(["planned", "running", "logged", "in-review", "accepted"]);

/** Which runs a report is over. A report of the whole vault is read by all evaluators: nothing of what is kept apart. */
function filterOf({ model }: QueryContext, { id, scope }: Report): RunFilter {
  return scope.kind === "campaign"
    ? { campaignId: scope.id }
    : { compartment: reportCompartment(model, id) ?? undefined };
}

/** Every run of a report's scope, whatever became of it, the newest first. */
export function runsOfReport(context: QueryContext, report: Report): Run[] {
  const { scope } = report;
  return listRuns(context, filterOf(context, report)).filter((run) => scope.kind !== "run" || run.id === scope.id);
}

/** Everything of a report's scope that is neither rejected nor withdrawn. */
export function material(context: QueryContext, report: Report, at: DeviationsAt): ReportMaterial {
  const { scope } = report;
  const filter = filterOf(context, report);
  const runs = runsOfReport(context, report)
    .filter((run) => scored.has(run.state))
    .reverse();
  const whole = resultMatrix(context, filter, headlinePolicy);
  const matrix = scope.kind === "run" ? matrixOfRun(whole, runs[0]) : whole;
  const entries = runs.map((run) => run.entry);
  return {
    runs,
    matrix,
    pooled: pooledRates(context, cellsOf(context, report, matrix)),
    plans: plansOf(context, report, at),
    provenance: {
      runs: runs.map((run) => run.code),
      entries: { first: entries.length === 0 ? 0 : Math.min(...entries), last: Math.max(...entries, 0) },
      method: `Solve rates: ${formatPolicy(headlinePolicy)}; the method and unit of each interval stand beside it.`,
    },
  };
}

/** The cells that have runs, and, of a campaign, all that it planned. */
function cellsOf(context: QueryContext, { scope }: Report, matrix: Matrix): PooledCell[] {
  const campaign = scope.kind === "campaign" ? getCampaign(context, scope.id) : null;
  const planned = campaign === null ? [] : plannedCells(context, campaign);
  const key = (cell: { modelVersionId: string; benchmarkId: string }): string =>
    JSON.stringify([cell.modelVersionId, cell.benchmarkId]);
  const known = new Set(planned.map(key));
  const others = matrix.cells.filter((cell) => !known.has(key(cell)));
  return [
    ...planned,
    ...others.map(({ modelVersionId, benchmarkId, ledger, runs }) => ({
      modelVersionId,
      model: matrix.modelVersions.find(({ id }) => id === modelVersionId)?.words ?? modelVersionId,
      benchmarkId,
      benchmark: matrix.benchmarks.find(({ id }) => id === benchmarkId)?.title ?? benchmarkId,
      ledger,
      runs: runs.flatMap(({ id }) => runFacts(context.model, id) ?? []),
    })),
  ];
}

/** The plans behind the scope: of a report on one run, what that run says against its campaign's. */
function plansOf(context: QueryContext, { id, scope }: Report, at: DeviationsAt): PlanMaterial[] {
  const compartment = reportCompartment(context.model, id);
  const run = scope.kind === "run" ? runFacts(context.model, scope.id) : null;
  const isIn = (campaign: Campaign): boolean => {
    if (scope.kind === "campaign") return campaign.id === scope.id;
    return scope.kind === "run" ? campaign.id === run?.campaignId : campaign.compartment === compartment;
  };
  return listCampaigns(context)
    .filter(isIn)
    .map((campaign) => ({
      name: campaign.name,
      registered: campaign.registered,
      deviations: campaignDeviations(context, campaign.id, at).filter(
        (one) => scope.kind !== "run" || one.run === null || one.run.id === scope.id,
      ),
    }));
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
