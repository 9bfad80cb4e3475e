import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Run } from "../../../electron/contract/evaluation.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, EmptyState, ErrorNote, Loading, PageHead } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { HandoverView } from "../handover/handover-view.tsx";
import { ReceiveView } from "../handover/receive-view.tsx";
import { ExportDialog } from "./export-dialog.tsx";
import { useRights } from "./rights.ts";
import { RunList } from "./run-list.tsx";
import { StartRunDialog } from "./start-run-dialog.tsx";
import "./runs.css";

/** As on the overview: somebody is still to do something with its attempts. */
function isUnderWay(run: Run): boolean {
  return ["planned", "running", "in-review"].includes(run.state);
}

function leadOf(runs: readonly Run[]): string {
  const attempts = runs.reduce((sum, run) => sum + run.ledger.planned - run.ledger.notRun, 0);
  return `${formatCounted(runs.length, "run")}, ${formatCount(runs.filter(isUnderWay).length)} under way · ${formatCounted(attempts, "attempt")} ended`;
}

function NothingMeasured({ mayLog, onStart }: { readonly mayLog: boolean; readonly onStart: () => void }): ReactNode {
  return (
    <EmptyState
      title="Nothing was measured yet"
      action={
        <>
          <Button
            variant="primary"
            isDisabled={!mayLog}
            onPress={() => {
              navigate("import");
            }}
          >
            Import logs
          </Button>
          <Button isDisabled={!mayLog} onPress={onStart}>
            Start a run by hand
          </Button>
        </>
      }
    >
      A run is one model version on one benchmark. Import what a harness logged, or log attempts by hand.
    </EmptyState>
  );
}

/** Every run: what it measured, how far it is, its headline rate, and whether its log's numbers hold. */
function Runs({ params }: { readonly params: Params }): ReactNode {
  const runs = useQuery("runs.list", {});
  const rights = useRights();
  const [starts, setStarts] = useState(params["new"] === "yes");
  const [exports, setExports] = useState(params["export"] === "yes");
  const start = (): void => {
    setStarts(true);
  };
  const startExport = (): void => {
    setExports(true);
  };
  const handOver = (): void => {
    navigate("runs", { view: "handover" });
  };
  const receive = (): void => {
    navigate("runs", { view: "receive" });
  };
  useScreenCommands([
    { id: "runs.start", words: "Start a run by hand", shortcut: "Alt+N", isEnabled: rights.mayLog, run: start },
    { id: "runs.export", words: "Export attempts", shortcut: "Alt+E", run: startExport },
    { id: "runs.hand-over", words: "Hand over runs between workstations", shortcut: "Alt+H", run: handOver },
    { id: "runs.receive", words: "Receive a package", shortcut: "Alt+R", isEnabled: rights.mayDecide, run: receive },
  ]);
  useStatusHint("Enter open · Ctrl F filter · Alt N start a run · Alt E export · Alt H hand over · Ctrl I import");
  return (
    <div className="page">
      <PageHead
        title="Runs"
        lead={runs.status === "ready" ? leadOf(runs.data) : " "}
        actions={
          <>
            <Button shortcut="Alt+E" onPress={startExport}>
              Export…
            </Button>
            <Button shortcut="Alt+H" onPress={handOver}>
              Hand over…
            </Button>
            <Button shortcut="Alt+N" isDisabled={!rights.mayLog} onPress={start}>
              Start a run by hand
            </Button>
            <Button
              variant="primary"
              shortcut="Ctrl+I"
              isDisabled={!rights.mayLog}
              onPress={() => {
                navigate("import");
              }}
            >
              Import logs
            </Button>
          </>
        }
      />
      {runs.status === "loading" ? <Loading /> : null}
      <div className="page-body">
        {runs.status === "failed" ? <ErrorNote failure={runs.failure} /> : null}
        {runs.status === "ready" ? (
          <RunList runs={runs.data} empty={<NothingMeasured mayLog={rights.mayLog} onStart={start} />} />
        ) : null}
      </div>
      {exports ? (
        <ExportDialog
          run={null}
          campaign={null}
          onClose={() => {
            setExports(false);
          }}
        />
      ) : null}
      {starts ? (
        <StartRunDialog
          modelVersionId={params["version"]}
          benchmarkId={params["benchmark"]}
          onClose={() => {
            setStarts(false);
          }}
        />
      ) : null}
    </div>
  );
}

/** The runs of the vault, and what is carried of them between workstations. */
function RunsScreen({ params }: { readonly params: Params }): ReactNode {
  if (params["view"] === "handover") return <HandoverView />;
  if (params["view"] === "receive") return <ReceiveView />;
  return <Runs params={params} />;
}

export const screen: Screen = { id: "runs", Component: RunsScreen };
