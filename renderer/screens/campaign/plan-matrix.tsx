import { useState, type ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { LedgerBar } from "../../charts/ledger-bar.tsx";
import type { Campaign } from "../../../electron/contract/planning.ts";
import { formatFraction, formatInterval, formatRate } from "../../../electron/contract/number-text.ts";
import { DataTable, type TableColumn } from "../../parts/index.ts";
import { dayWords } from "../../state/time-words.ts";
import type { Rights } from "../runs/rights.ts";
import { StartRunDialog } from "../runs/start-run-dialog.tsx";
import { AssignDialog } from "./assign-dialog.tsx";
import { CellDialog, type PlannedCell } from "./cell-dialog.tsx";

type Cell = Campaign["cells"][number];
type Version = Campaign["modelVersions"][number];

function ended(cell: Cell): number {
  return cell.ledger.planned - cell.ledger.notRun;
}

/** With whom a cell is; until when, where it has a day of its own; marked where that is over and attempts are left. */
function CellAssignment({ cell }: { readonly cell: Cell }): ReactNode {
  const [now] = useState(() => Date.now());
  const { assignment, ledger } = cell;
  if (assignment === null) return <span className="small ink3">with nobody yet</span>;
  const { name, dueAt } = assignment;
  const isLate = dueAt !== null && dueAt < now && ledger.notRun > 0;
  const day = dueAt === null ? "" : `${isLate ? "was due" : "due"} ${dayWords(dueAt)}`;
  return (
    <span className="small ink2 campaign-cell-assignment" title={day === "" ? name : `${name}, ${day}`}>
      <span className="cut">{name}</span>
      {day === "" ? null : <span className={isLate ? "tone-warn" : "ink3"}>{day}</span>}
    </span>
  );
}

function CellButton({
  planned,
  saysWho,
  onOpen,
}: {
  readonly planned: PlannedCell;
  readonly saysWho: boolean;
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
      {saysWho ? <CellAssignment cell={cell} /> : null}
    </AriaButton>
  );
}

/** Whether any cell is with somebody: then each says whether it is. */
function isAssigned({ cells }: Campaign): boolean {
  return cells.some(({ assignment }) => assignment !== null);
}

function columnsFor(campaign: Campaign, onOpen: (planned: PlannedCell) => void): readonly TableColumn<Version>[] {
  const saysWho = isAssigned(campaign);
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
        return cell === undefined ? null : (
          <CellButton planned={{ cell, version, benchmark }} saysWho={saysWho} onOpen={onOpen} />
        );
      },
      width: "1fr",
      minWidth: 184,
    })),
  ];
}

/** What stands over the matrix. */
type Open = { readonly what: "cell" | "assign" | "start"; readonly planned: PlannedCell } | null;

function plannedCell(campaign: Campaign, modelVersionId: string, benchmarkId: string): PlannedCell | null {
  const cell = campaign.cells.find((one) => one.modelVersionId === modelVersionId && one.benchmarkId === benchmarkId);
  const version = campaign.modelVersions.find(({ id }) => id === modelVersionId);
  const benchmark = campaign.benchmarks.find(({ id }) => id === benchmarkId);
  return cell === undefined || version === undefined || benchmark === undefined ? null : { cell, version, benchmark };
}

interface PlanMatrixProps {
  readonly campaign: Campaign;
  readonly rights: Rights;
  /** The cell that stands open to begin with. */
  readonly asked: { readonly modelVersionId: string; readonly benchmarkId: string } | null;
}

/** Model versions × benchmarks: planned, ended, rate, with whom. A cell opens to its runs, or starts or imports one. */
export function PlanMatrix({ campaign, rights, asked }: PlanMatrixProps): ReactNode {
  const [open, setOpen] = useState<Open>(() => {
    const planned = asked === null ? null : plannedCell(campaign, asked.modelVersionId, asked.benchmarkId);
    return planned === null ? null : { what: "cell", planned };
  });
  const close = (): void => {
    setOpen(null);
  };
  const openCell = (planned: PlannedCell): void => {
    setOpen({ what: "cell", planned });
  };
  return (
    <>
      <DataTable
        label={`Plan of ${campaign.name}: model versions by benchmarks`}
        columns={columnsFor(campaign, openCell)}
        rows={campaign.modelVersions}
        rowKey={(version) => version.id}
        rowText={(version) => version.words}
        rowHeight={isAssigned(campaign) ? 92 : 72}
        height="fill"
      />
      {open === null ? null : (
        <Opened campaign={campaign} open={open} rights={rights} onOpen={setOpen} onClose={close} />
      )}
    </>
  );
}

interface OpenedProps {
  readonly campaign: Campaign;
  readonly open: NonNullable<Open>;
  readonly rights: Rights;
  readonly onOpen: (open: Open) => void;
  readonly onClose: () => void;
}

function Opened({ campaign, open, rights, onOpen, onClose }: OpenedProps): ReactNode {
  const { what, planned } = open;
  const { version, benchmark } = planned;
  if (what === "assign") {
    const start = { modelVersionIds: [version.id], benchmarkIds: [benchmark.id] };
    return <AssignDialog campaign={campaign} start={start} onClose={onClose} />;
  }
  if (what === "start") {
    return (
      <StartRunDialog
        modelVersionId={version.id}
        benchmarkId={benchmark.id}
        campaignId={campaign.id}
        epochs={campaign.epochs}
        onClose={onClose}
      />
    );
  }
  return (
    <CellDialog
      campaign={campaign}
      planned={plannedCell(campaign, version.id, benchmark.id) ?? planned}
      rights={rights}
      onClose={onClose}
      onStart={() => {
        onOpen({ what: "start", planned });
      }}
      onAssign={() => {
        onOpen({ what: "assign", planned });
      }}
    />
  );
}
