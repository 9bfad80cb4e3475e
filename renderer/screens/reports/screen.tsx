import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { reportStates, type Report } from "../../../electron/contract/reporting.ts";
import { Button, EmptyState, ErrorNote, Loading, PageHead } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { useRights } from "../runs/rights.ts";
import { NewReportDialog } from "./new-report-dialog.tsx";
import { ReportList } from "./report-list.tsx";
import "./reports.css";

function leadOf(reports: readonly Report[]): string {
  const count = (state: Report["state"]): number => reports.filter((report) => report.state === state).length;
  const states = reportStates
    .filter((state) => count(state) > 0)
    .map((state) => `${formatCount(count(state))} ${state}`);
  return states.length === 0 ? "Numbers with their words, frozen, signed and sealed" : states.join(" · ");
}

function NoReports({ mayDecide, onNew }: { readonly mayDecide: boolean; readonly onNew: () => void }): ReactNode {
  return (
    <EmptyState
      title="Nothing was reported yet"
      action={
        <>
          <Button variant="primary" isDisabled={!mayDecide} onPress={onNew}>
            Start a report
          </Button>
          <Button
            onPress={() => {
              navigate("open-report");
            }}
          >
            Open a sealed report
          </Button>
        </>
      }
    >
      A report takes its figures and tables from the vault and its words from you. Once frozen it is signed, and sealed
      to those who may read it.
    </EmptyState>
  );
}

/** Every report: how far it is, who signed it, and to whom it was sealed. */
function ReportsScreen({ params }: { readonly params: Params }): ReactNode {
  const reports = useQuery("reports.list", {});
  const { mayDecide } = useRights();
  const [isNew, setIsNew] = useState(params["new"] === "yes");
  const start = (): void => {
    setIsNew(true);
  };
  useScreenCommands([
    { id: "reports.new", words: "Start a report", shortcut: "Alt+N", isEnabled: mayDecide, run: start },
  ]);
  useStatusHint("Enter open · Ctrl F filter · Alt N new report");
  return (
    <div className="page">
      <PageHead
        title="Reports"
        lead={reports.status === "ready" ? leadOf(reports.data) : " "}
        actions={
          <>
            <Button
              onPress={() => {
                navigate("open-report");
              }}
            >
              Open a sealed report
            </Button>
            <Button variant="primary" shortcut="Alt+N" isDisabled={!mayDecide} onPress={start}>
              New report
            </Button>
          </>
        }
      />
      {reports.status === "loading" ? <Loading /> : null}
      <div className="page-body">
        {reports.status === "failed" ? <ErrorNote failure={reports.failure} /> : null}
        {reports.status === "ready" ? (
          <ReportList reports={reports.data} empty={<NoReports mayDecide={mayDecide} onNew={start} />} />
        ) : null}
      </div>
      {isNew ? (
        <NewReportDialog
          campaignId={params["campaign"]}
          runId={params["run"]}
          onClose={() => {
            setIsNew(false);
          }}
        />
      ) : null}
    </div>
  );
}

export const screen: Screen = { id: "reports", Component: ReportsScreen };
