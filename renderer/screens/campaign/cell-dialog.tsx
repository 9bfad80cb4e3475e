import type { ReactNode } from "react";
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
import { Button, DataTable, DescriptionList, Dialog, EmptyState, RunStateTag } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { dayWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import type { Rights } from "../runs/rights.ts";

type Cell = Campaign["cells"][number];

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

/** A cell with what it is called. */
export interface PlannedCell {
  readonly cell: Cell;
  readonly version: Campaign["modelVersions"][number];
  readonly benchmark: Campaign["benchmarks"][number];
}

/** With whom a cell is, until when, and who said so. */
function AssignmentWords({ campaign, cell }: { readonly campaign: Campaign; readonly cell: Cell }): ReactNode {
  const { assignment } = cell;
  if (assignment === null) return <span className="ink3">with nobody yet</span>;
  const { name, dueAt, assignedAt, assignedBy } = assignment;
  const due = dueAt ?? campaign.dueAt;
  return (
    <>
      {name}
      {due === null ? "" : `, due ${dayWords(due)}`}
      <p className="small ink3">
        given {dayWords(assignedAt)} by {assignedBy}
      </p>
    </>
  );
}

interface CellDialogProps {
  readonly campaign: Campaign;
  readonly planned: PlannedCell;
  readonly rights: Rights;
  readonly onStart: () => void;
  readonly onAssign: () => void;
  readonly onClose: () => void;
}

/** One cell: its attempts, its rate, with whom it is, its runs; a run is started from here, or logs are imported. */
export function CellDialog({ campaign, planned, rights, onStart, onAssign, onClose }: CellDialogProps): ReactNode {
  const { cell, version, benchmark } = planned;
  const { mayLog, mayDecide } = rights;
  return (
    <Dialog
      title={`${benchmark.title} · ${version.words}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button isDisabled={!mayDecide} onPress={onAssign}>
            Assign…
          </Button>
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
          { term: "With", value: <AssignmentWords campaign={campaign} cell={cell} /> },
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
