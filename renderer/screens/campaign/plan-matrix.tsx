import { useState, type ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { LedgerBar } from "../../charts/ledger-bar.tsx";
import { ledgerCounts } from "../../charts/ledger-states.ts";
import type { Campaign } from "../../../electron/contract/planning.ts";
import {
  formatFraction,
  formatInterval,
  formatIntervalMethod,
  formatIntervalMethods,
  formatRate,
} from "../../../electron/contract/number-text.ts";
import {
  Button,
  DataTable,
  DescriptionList,
  Dialog,
  EmptyState,
  RunStateTag,
  type TableColumn,
} from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { navigate } from "../../state/view.ts";
import { StartRunDialog } from "../runs/start-run-dialog.tsx";

type Cell = Campaign["cells"][number];
type Version = Campaign["modelVersions"][number];
type Pack = Campaign["benchmarks"][number];

export interface PlannedCell {
  readonly cell: Cell;
  readonly version: Version;
  readonly benchmark: Pack;
}

function ended(cell: Cell): number {
  return cell.ledger.planned - cell.ledger.notRun;
}

function CellButton({
  planned,
  onOpen,
}: {
  readonly planned: PlannedCell;
  readonly onOpen: (planned: PlannedCell) => void;
}): ReactNode {
  const { cell, version, benchmark } = planned;
  const done = formatFraction(ended(cell), cell.ledger.planned);
  return (
    <AriaButton
      className="campaign-cell"
      onPress={() => {
        onOpen(planned);
      }}
    >
      <span className="visually-hidden">{`${version.words} on ${benchmark.title}: `}</span>
      <span className="campaign-cell-words">
        {cell.rate.rate === null ? (
          <span className="ink3">nothing measured</span>
        ) : (
          <>
            <strong>{formatRate(cell.rate.rate)}</strong>
            <span className="small ink2">{formatInterval(cell.rate.interval)}</span>
          </>
        )}
      </span>
      <LedgerBar
        id={`campaign-${cell.modelVersionId}-${cell.benchmarkId}`}
        title={`Attempts of ${version.words} on ${benchmark.title}`}
        ledger={cell.ledger}
        height={6}
      />
      <span className="small ink3">{done} ended</span>
    </AriaButton>
  );
}

function columnsFor(campaign: Campaign, onOpen: (planned: PlannedCell) => void): readonly TableColumn<Version>[] {
  const byPlace = new Map(campaign.cells.map((cell) => [`${cell.modelVersionId} ${cell.benchmarkId}`, cell]));
  return [
    {
      id: "model",
      header: "Model version",
      cell: (version) => <span className="campaign-model">{version.words}</span>,
      width: "1fr",
      minWidth: 180,
      isRowHeader: true,
    },
    ...campaign.benchmarks.map((benchmark): TableColumn<Version> => ({
      id: benchmark.id,
      header: `${benchmark.title}, ${formatFraction(benchmark.tasks, campaign.epochs).replace("/", "×")}`,
      cell: (version) => {
        const cell = byPlace.get(`${version.id} ${benchmark.id}`);
        return cell === undefined ? null : <CellButton planned={{ cell, version, benchmark }} onOpen={onOpen} />;
      },
      width: "1fr",
      minWidth: 184,
    })),
  ];
}

function RunLinks({ campaignId, cell }: { readonly campaignId: string; readonly cell: Cell }): ReactNode {
  const runs = useQuery("runs.list", {
    campaignId,
    modelVersionId: cell.modelVersionId,
    benchmarkId: cell.benchmarkId,
  });
  const shown = runs.status === "ready" ? runs.data.filter((run) => cell.runs.includes(run.id)) : [];
  if (cell.runs.length === 0) {
    return (
      <EmptyState title="No run yet">Import the log of one, or start one and log its attempts by hand.</EmptyState>
    );
  }
  const ways = formatIntervalMethods(shown.map((run) => run.rate.interval));
  return (
    <>
      <DataTable
        label="Runs of this cell"
        columns={[
          { id: "code", header: "Run", cell: (run) => run.code, width: 90, isRowHeader: true },
          { id: "state", header: "State", cell: (run) => <RunStateTag state={run.state} />, width: 120 },
          {
            id: "ended",
            header: "Ended",
            cell: (run) => formatFraction(run.ledger.planned - run.ledger.notRun, run.ledger.planned),
            align: "end",
            width: 110,
          },
          {
            id: "rate",
            header: "Solve rate",
            cell: (run) =>
              `${formatRate(run.rate.rate)} ${run.rate.interval === null ? "" : formatInterval(run.rate.interval)}`,
            align: "end",
            width: "1fr",
          },
        ]}
        rows={shown}
        rowKey={(run) => run.id}
        rowText={(run) => run.code}
        maxRows={6}
        onOpen={(id) => {
          navigate("run", { id });
        }}
      />
      {ways === "" ? null : <p className="small ink3">Errors as failures; intervals: {ways}.</p>}
    </>
  );
}

interface CellDialogProps {
  readonly campaign: Campaign;
  readonly planned: PlannedCell;
  readonly mayLog: boolean;
  readonly onStart: () => void;
  readonly onClose: () => void;
}

function CellDialog({ campaign, planned, mayLog, onStart, onClose }: CellDialogProps): ReactNode {
  const { cell, version, benchmark } = planned;
  return (
    <Dialog
      title={`${benchmark.title} · ${version.words}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button isDisabled={!mayLog} onPress={onStart}>
            Start a run by hand…
          </Button>
          <Button
            variant="primary"
            isDisabled={!mayLog}
            onPress={() => {
              navigate("import", { campaign: campaign.id });
            }}
          >
            Import logs
          </Button>
        </>
      }
    >
      <LedgerBar id="campaign-cell-ledger" title="Attempts of this cell by state" ledger={cell.ledger} />
      <DescriptionList
        items={[
          { term: "Every attempt", value: ledgerCounts(cell.ledger) || "none planned" },
          {
            term: "Solve rate",
            value:
              cell.rate.rate === null
                ? "nothing measured yet"
                : `${formatRate(cell.rate.rate)} ${formatInterval(cell.rate.interval)}, ${formatFraction(cell.rate.solved, cell.rate.n)}`,
          },
          ...(cell.rate.interval === null
            ? []
            : [{ term: "How", value: `errors as failures; ${formatIntervalMethod(cell.rate.interval)}` }]),
        ]}
      />
      <RunLinks campaignId={campaign.id} cell={cell} />
    </Dialog>
  );
}

/** Model versions × benchmarks: planned, ended, rate. A cell opens to its runs, or starts or imports one. */
export function PlanMatrix({ campaign, mayLog }: { readonly campaign: Campaign; readonly mayLog: boolean }): ReactNode {
  const [open, setOpen] = useState<PlannedCell | null>(null);
  const [starts, setStarts] = useState<PlannedCell | null>(null);
  const close = (): void => {
    setOpen(null);
    setStarts(null);
  };
  return (
    <>
      <DataTable
        label={`Plan of ${campaign.name}: model versions by benchmarks`}
        columns={columnsFor(campaign, setOpen)}
        rows={campaign.modelVersions}
        rowKey={(version) => version.id}
        rowText={(version) => version.words}
        rowHeight={72}
        height="fill"
      />
      {open === null ? null : (
        <CellDialog
          campaign={campaign}
          planned={open}
          mayLog={mayLog}
          onClose={close}
          onStart={() => {
            setStarts(open);
            setOpen(null);
          }}
        />
      )}
      {starts === null ? null : (
        <StartRunDialog
          modelVersionId={starts.version.id}
          benchmarkId={starts.benchmark.id}
          campaignId={campaign.id}
          epochs={campaign.epochs}
          onClose={close}
        />
      )}
    </>
  );
}
