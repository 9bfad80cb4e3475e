import { useMemo, type ReactNode } from "react";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { attemptOfRow, type TableRow, type TableScope, type TableView } from "../../../electron/contract/tables.ts";
import type { Screen } from "../../app/screen.ts";
import { Button, EmptyState, PageHead, Panel } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { useTableRows, useTableView, ViewBar, ViewedTable } from "../../table-view/index.ts";
import { attemptColumns } from "./columns.tsx";

function scopeOf(params: Params): TableScope {
  const { run, campaign, model, benchmark } = params;
  return {
    ...(run === undefined ? {} : { runId: run }),
    ...(campaign === undefined ? {} : { campaignId: campaign }),
    ...(model === undefined ? {} : { modelVersionId: model }),
    ...(benchmark === undefined ? {} : { benchmarkId: benchmark }),
  };
}

/** What another screen opened this one on: one state of the ledger. */
function firstView({ state }: Params): Partial<TableView> {
  return state === undefined ? {} : { filters: [{ test: "any-of", column: "state", values: [state] }] };
}

function openAttempt(id: string): void {
  const address = attemptOfRow(id);
  if (address === null) return;
  navigate("attempt", { run: address.runId, task: address.task, epoch: String(address.epoch) });
}

const itself = (row: TableRow): TableRow => row;

/** What the attempts shown belong to, in words. */
function useScopeWords(scope: TableScope): string {
  const run = useQuery("runs.get", scope.runId === undefined ? null : { runId: scope.runId });
  const campaign = useQuery("campaigns.get", scope.campaignId === undefined ? null : { campaignId: scope.campaignId });
  if (run.status === "ready")
    return `Attempts of ${run.data.code}, ${run.data.modelVersion.words}, on ${run.data.benchmark.title}`;
  if (campaign.status === "ready") return `Attempts of the campaign ${campaign.data.name}`;
  return "Attempts of all runs, one row a task and epoch";
}

/** Attempts of any number of runs in one list: found, filtered, grouped, and opened. */
function Attempts({ params }: { readonly params: Params }): ReactNode {
  const scope = useMemo(() => scopeOf(params), [params]);
  const control = useTableView("attempts", scope, firstView(params));
  const read = useTableRows(control);
  const described = useQuery("tables.describe", { table: "attempts", scope });
  const facts = described.status === "ready" ? described.data : null;
  const columns = useMemo(() => attemptColumns(control.view, facts ?? []), [control.view, facts]);
  const lead = useScopeWords(scope);
  useStatusHint("Enter open · Ctrl F find · click a heading to sort");
  return (
    <div className="page">
      <PageHead title="Attempts" lead={lead} />
      <div className="page-body">
        <Panel label="Attempts" flush fill>
          <ViewBar
            control={control}
            total={read.total}
            noun="attempt"
            placeholder="Task, model, benchmark, note, error"
          />
          <ViewedTable<TableRow>
            control={control}
            read={read}
            label={read.total === null ? "Attempts" : formatCounted(read.total, "attempt")}
            columns={columns}
            pick={itself}
            rowText={({ cells }) => `${String(cells["task"])} ${String(cells["run"])}`}
            onOpen={openAttempt}
            empty={
              <EmptyState
                title="No attempt was made yet"
                action={
                  <Button
                    variant="primary"
                    onPress={() => {
                      navigate("import");
                    }}
                  >
                    Import logs
                  </Button>
                }
              >
                Import what a harness logged, or start a run and log its attempts by hand.
              </EmptyState>
            }
          />
        </Panel>
      </div>
    </div>
  );
}

export const screen: Screen = { id: "attempts", Component: Attempts };
