import type { Overview } from "../contract/overview.ts";
import type { Campaign } from "../contract/planning.ts";
import { listCampaigns } from "./campaigns/queries.ts";
import type { QueryContext } from "./query-context.ts";
import { count } from "./read-model.ts";
import { listReports } from "./reports/queries.ts";
import { recentFiles } from "./runs/imports.ts";
import { runsUnderWay } from "./runs/queries.ts";

const steps: readonly [step: Overview["nextSteps"][number], done: string][] = [
  ["add-model", "SELECT count(*) AS n FROM model"],
  ["add-benchmark", "SELECT count(*) AS n FROM benchmark"],
  ["plan-campaign", "SELECT count(*) AS n FROM campaign"],
  ["log-or-import", "SELECT count(*) AS n FROM run"],
  ["write-report", "SELECT count(*) AS n FROM report"],
  ["add-recipient", "SELECT count(*) AS n FROM recipient"],
];

/** What a member is to run and has attempts left: the next due first, what has no day last. */
function assignmentsOf(campaigns: readonly Campaign[], memberId: string): Overview["assignments"] {
  const own = campaigns.flatMap(({ id, name, dueAt, modelVersions, benchmarks, cells }) => {
    const versions = new Map(modelVersions.map((one) => [one.id, one.words]));
    const titles = new Map(benchmarks.map((one) => [one.id, one.title]));
    return cells
      .filter(({ assignment, ledger }) => assignment?.memberId === memberId && ledger.notRun > 0)
      .map(({ modelVersionId, benchmarkId, assignment, ledger }) => ({
        campaign: { id, name },
        modelVersionId,
        modelVersion: versions.get(modelVersionId) ?? modelVersionId,
        benchmarkId,
        benchmark: titles.get(benchmarkId) ?? benchmarkId,
        dueAt: assignment?.dueAt ?? dueAt,
        planned: ledger.planned,
        notRun: ledger.notRun,
      }));
  });
  const never = Number.MAX_SAFE_INTEGER;
  return own.toSorted((a, b) => (a.dueAt ?? never) - (b.dueAt ?? never));
}

/** What needs somebody today, and what to do next in a vault that has not got far. @param memberId who asks */
export function overview(context: QueryContext, memberId: string): Overview {
  const { model } = context;
  const campaigns = listCampaigns(context);
  const reports = listReports(model).filter((report) => report.state !== "sealed");
  return {
    campaigns: campaigns.map(({ id, name, dueAt, ledger }) => ({ id, name, dueAt, ledger })),
    assignments: assignmentsOf(campaigns, memberId),
    runsUnderWay: runsUnderWay(context, 20),
    recentImports: recentFiles(model, 10),
    reportsOpen: reports.map(({ id, code, title, state, changedAt }) => ({ id, code, title, state, changedAt })),
    nextSteps: steps.filter(([, sql]) => count(model, sql) === 0).map(([step]) => step),
    attempts: count(
      model,
      "SELECT coalesce(sum(json_extract(summary, '$.ledger.planned') - json_extract(summary, '$.ledger.notRun')), 0) AS n FROM run_summary",
    ),
    refusedEvents: count(model, "SELECT coalesce(sum(refused), 0) AS n FROM journal_count"),
  };
}
