import { useEffect, useState, type ReactNode } from "react";
import type { ComparedVersion } from "../../../electron/contract/comparing.ts";
import type { attemptSortKeys, AttemptRow } from "../../../electron/contract/evaluation.ts";
import { formatCount, formatCounted, formatFraction, formatMinutes } from "../../../electron/contract/number-text.ts";
import {
  DataTable,
  Dialog,
  DoorLink,
  EmptyState,
  ErrorNote,
  IconSign,
  Loading,
  Select,
  outcomeLook,
  type TableColumn,
} from "../../parts/index.ts";
import { usePages } from "../../state/pages.ts";
import { navigate } from "../../state/view.ts";

/** What a mark of a chart was made of: attempts of one model version, and which of them. */
export interface Behind {
  /** "k 3 of pass@k". */
  readonly what: string;
  readonly version: ComparedVersion;
  /** Only these rows; null: all. */
  readonly fits: ((row: AttemptRow) => boolean) | null;
  readonly sort: (typeof attemptSortKeys)[number];
}

function openAttempt(runId: string, task: string, epoch: number): void {
  navigate("attempt", { run: runId, task, epoch: String(epoch) });
}

function EpochDoors({ runId, row }: { readonly runId: string; readonly row: AttemptRow }): ReactNode {
  return (
    <span className="compare-doors">
      {row.cells.map(({ epoch, outcome, solved }) => {
        const look = outcomeLook(outcome, solved);
        return (
          <DoorLink
            key={epoch}
            look="quiet"
            label={`${row.title}, epoch ${String(epoch)}: ${look.words}`}
            onPress={() => {
              openAttempt(runId, row.task, epoch);
            }}
          >
            <span className={`compare-door tone-${look.tone}`} title={look.words}>
              <IconSign name={look.sign} size={10} />
              {String(epoch)}
            </span>
          </DoorLink>
        );
      })}
    </span>
  );
}

function columnsOf(runId: string): readonly TableColumn<AttemptRow>[] {
  return [
    {
      id: "task",
      header: "Task",
      width: "2fr",
      minWidth: 150,
      isRowHeader: true,
      cell: (row) => (
        <span className="cut" title={row.title}>
          {row.title}
        </span>
      ),
    },
    {
      id: "category",
      header: "Category",
      width: "1fr",
      minWidth: 84,
      cell: (row) => <span className="cut ink2">{row.category ?? ""}</span>,
    },
    {
      id: "minutes",
      header: "Human min",
      width: 96,
      align: "end",
      cell: (row) => formatMinutes(row.humanMinutes),
    },
    {
      id: "solved",
      header: "Solved",
      width: 76,
      align: "end",
      cell: (row) => formatFraction(row.cells.filter(({ solved }) => solved === true).length, row.cells.length),
    },
    {
      id: "attempts",
      header: "Attempts",
      width: "2fr",
      minWidth: 150,
      cell: (row) => <EpochDoors runId={runId} row={row} />,
    },
  ];
}

function TasksOfRun({ runId, behind }: { readonly runId: string; readonly behind: Behind }): ReactNode {
  const { fits, sort } = behind;
  const pages = usePages(
    "runs.attempts",
    { runId, sort, descending: sort === "solved", filter: "" },
    ({ rows, total }) => ({ rows, total }),
    500,
  );
  const isWhole = pages.total !== null && pages.rows.length >= pages.total;
  // What fits can stand anywhere in the list: it is read to its end.
  useEffect(() => {
    if (fits !== null && !isWhole) pages.more();
  });
  const rows = fits === null ? pages.rows : pages.rows.filter(fits);
  if (pages.failure !== null) return <ErrorNote failure={pages.failure} />;
  if (pages.isLoading && rows.length === 0) return <Loading words="Reading attempts" />;
  const total = fits === null ? (pages.total ?? rows.length) : rows.length;
  return (
    <>
      <p className="ink2">
        {formatCounted(total, "task")}. Enter opens the first attempt; each number is an epoch and opens it.
      </p>
      <DataTable
        label={`Tasks behind ${behind.what}`}
        columns={columnsOf(runId)}
        rows={rows}
        rowKey={({ task }) => task}
        rowText={({ title }) => title}
        onOpen={(task) => {
          const cells = rows.find((row) => row.task === task)?.cells ?? [];
          const first = cells.find(({ solved }) => solved === true) ?? cells[0];
          openAttempt(runId, task, first?.epoch ?? 1);
        }}
        maxRows={11}
        more={fits === null && !isWhole ? { isLoading: pages.isLoading, load: pages.more } : undefined}
        empty="No task of this run fits"
      />
    </>
  );
}

/** The attempts that a number was made of, task by task, each the way to its transcript. */
export function AttemptsBehind({
  behind,
  onClose,
}: {
  readonly behind: Behind | null;
  readonly onClose: () => void;
}): ReactNode {
  const [wantedRun, setRun] = useState<string | null>(null);
  const runs = behind?.version.runs ?? [];
  const run = runs.find(({ id }) => id === wantedRun) ?? runs[0];
  return (
    <Dialog
      title={behind === null ? "" : `Attempts behind ${behind.what}`}
      isOpen={behind !== null}
      onClose={onClose}
      size="large"
    >
      {behind === null ? null : (
        <div className="stack">
          <div className="row wide">
            <strong>{behind.version.words}</strong>
            {runs.length < 2 ? (
              <span className="ink2">{run === undefined ? "" : `Run ${run.code}`}</span>
            ) : (
              <div className="compare-run-choice">
                <Select
                  label={`Run, one of ${formatCount(runs.length)}`}
                  hideLabel
                  low
                  options={runs.map(({ id, code }) => ({ id, label: `Run ${code}` }))}
                  value={run?.id ?? null}
                  onChange={setRun}
                />
              </div>
            )}
          </div>
          {run === undefined ? (
            <EmptyState title="No run">Nothing of this model version counts here.</EmptyState>
          ) : (
            <TasksOfRun key={run.id} runId={run.id} behind={behind} />
          )}
        </div>
      )}
    </Dialog>
  );
}
