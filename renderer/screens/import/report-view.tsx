import { useState, type ReactNode } from "react";
import {
  importStatuses,
  type ImportedFile,
  type ImportReport,
  type ImportStatus,
} from "../../../electron/contract/importing.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DataTable,
  Dialog,
  EmptyState,
  Note,
  PageHead,
  Panel,
  SearchField,
  Select,
  StatTiles,
  type Option,
  type Stat,
  type TableColumn,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { minuteWords } from "../../state/time-words.ts";
import { useRights } from "../runs/rights.ts";
import { FileTable, reported } from "./file-table.tsx";
import {
  agreement,
  errorsFirst,
  filesThatFit,
  metricLines,
  statusWords,
  tablesOf,
  type FileFilter,
  type MetricLine,
} from "./import-files.ts";
import { UndoDialog } from "./undo-dialog.tsx";

/** The statuses that have a tile; the others are in the select above the files. */
const shownStatuses = ["imported", "salvaged", "merged", "duplicate", "refused"] as const;

const tones: Partial<Record<ImportStatus, Stat["tone"]>> = { refused: "bad", salvaged: "warn" };

function tiles(
  { sums, files }: ShownImport,
  act: { onStatus: (status: ImportStatus) => void; onMetrics: () => void },
): readonly Stat[] {
  const lines = metricLines(files);
  const { agreeing, all } = agreement(lines);
  return [
    ...shownStatuses.map((status): Stat => {
      const count = sums.byStatus[status];
      const label = statusWords[status].replace(/^./, (first) => first.toUpperCase());
      const open = (): void => {
        act.onStatus(status);
      };
      return {
        id: status,
        label,
        value: formatCount(count),
        ...(count === 0 ? {} : { tone: tones[status], onOpen: open }),
      };
    }),
    {
      id: "metrics",
      label: "Metrics that match",
      value: all === 0 ? "–" : formatCount(agreeing),
      ...(all === 0 ? {} : { of: formatCount(all), onOpen: act.onMetrics }),
    },
  ];
}

const metricColumns: readonly TableColumn<MetricLine>[] = [
  {
    id: "metric",
    header: "Metric",
    cell: ({ metric }) => <span className="mono cut">{metric}</span>,
    width: "1fr",
    minWidth: 140,
    isRowHeader: true,
  },
  { id: "logs", header: "Stated", cell: ({ logs }) => formatCount(logs), align: "end", width: 76 },
  { id: "matches", header: "Match", cell: ({ verdicts }) => formatCount(verdicts.matches), align: "end", width: 76 },
  {
    id: "excluded",
    header: "If excluded",
    cell: ({ verdicts }) => formatCount(verdicts["matches-if-excluded"]),
    align: "end",
    width: 100,
  },
  { id: "differs", header: "Differ", cell: ({ verdicts }) => formatCount(verdicts.differs), align: "end", width: 76 },
  {
    id: "other",
    header: "Not recomputed",
    cell: ({ verdicts }) => formatCount(verdicts["not-recomputable"] + verdicts.random + verdicts["no-scores"]),
    align: "end",
    width: 130,
  },
];

/** Each metric that the logs state, and in how many of them it came out as logged. */
function MetricsDialog({ files, onClose }: { readonly files: readonly ImportedFile[]; readonly onClose: () => void }) {
  return (
    <Dialog title="Metrics of the logs, recomputed" isOpen onClose={onClose} size="large">
      <DataTable
        label="Recompute verdicts by metric"
        columns={metricColumns}
        rows={metricLines(files)}
        rowKey={({ metric }) => metric}
        rowText={({ metric }) => metric}
        maxRows={14}
      />
      <p className="ink3 small">
        Each metric is computed again from its log’s samples; more than one in a billion of difference is a difference.
        Enter on a file says which of its metrics differ, and why.
      </p>
    </Dialog>
  );
}

function statusOptions({ sums }: ShownImport): readonly Option<ImportStatus | "any">[] {
  const there = importStatuses.filter((status) => sums.byStatus[status] > 0);
  return [
    { id: "any", label: `All files, ${formatCount(sums.files)}` },
    ...there.map((id) => ({ id, label: `${statusWords[id]}, ${formatCount(sums.byStatus[id])}` })),
  ];
}

/** An import as it is shown: just made, or remembered by the vault. */
export interface ShownImport extends ImportReport {
  readonly byName: string | null;
  readonly undone: boolean;
  readonly keptBecause: string | null;
}

interface ReportViewProps {
  readonly shown: ShownImport;
  readonly onMap: ((file: ImportedFile) => void) | null;
  readonly onBack: () => void;
}

function Files({ shown, onMap, filter, onFilter }: ReportViewProps & FilterProps): ReactNode {
  const files = filesThatFit(errorsFirst(reported(shown.files)), filter);
  return (
    <Panel label="Files" flush fill>
      <div className="import-bar">
        <SearchField
          label="Filter files"
          placeholder="File, folder, task, model"
          value={filter.words}
          onChange={(words) => {
            onFilter({ ...filter, words });
          }}
        />
        <div className="import-bar-status">
          <Select
            label="What came of them"
            hideLabel
            low
            options={statusOptions(shown)}
            value={filter.status}
            onChange={(status) => {
              onFilter({ ...filter, status });
            }}
          />
        </div>
        <span className="ink3">
          {files.length === shown.files.length
            ? "errors first"
            : `${formatCount(files.length)} of ${formatCount(shown.files.length)}`}
        </span>
      </div>
      <FileTable
        label="Files of this import, errors first"
        files={files}
        onMap={onMap}
        empty={
          shown.files.length === 0 ? (
            <EmptyState title="No log was found">The folder holds no file that a reader knows.</EmptyState>
          ) : (
            <EmptyState title="No file is like that">Empty the filter, or choose all files.</EmptyState>
          )
        }
      />
    </Panel>
  );
}

interface FilterProps {
  readonly filter: FileFilter;
  readonly onFilter: (filter: FileFilter) => void;
}

function leadOf({ at, byName, cancelled, sums }: ShownImport): string {
  const who = byName === null ? "" : ` by ${byName}`;
  const made = `${formatCounted(sums.runs, "run")} with ${formatCounted(sums.attempts, "attempt")} from ${formatCounted(sums.files, "file")}`;
  return `${made} · ${minuteWords(at)}${who}${cancelled ? " · cancelled: what came before stays" : ""}`;
}

function isUndoable({ id, undone, keptBecause, sums }: ShownImport): boolean {
  return id !== null && !undone && keptBecause === null && sums.runs > 0;
}

/** The tables that wait for a person, said once above the files. */
function Waiting({ shown }: { readonly shown: ShownImport }): ReactNode {
  const tables = tablesOf(shown).length;
  if (tables === 0) return null;
  return (
    <Note tone="info">
      {formatCounted(tables, "table waits for its", "tables wait for their")} columns: Enter on a table, or its Map…
      door, says what each column is before anything of it is taken in.
    </Note>
  );
}

/** The report of one import: sums, what became of each file, and the way to undo all of it. */
export function ReportView({ shown, onMap, onBack }: ReportViewProps): ReactNode {
  const rights = useRights();
  const [filter, setFilter] = useState<FileFilter>({ status: "any", words: "" });
  const [over, setOver] = useState<"undo" | "metrics" | null>(null);
  const close = (): void => {
    setOver(null);
  };
  const canUndo = rights.mayLog && isUndoable(shown);
  const undo = (): void => {
    setOver("undo");
  };
  useScreenCommands([
    { id: "import.undo", words: "Undo this import", shortcut: "Alt+U", isEnabled: canUndo, run: undo },
    { id: "import.more", words: "Import more", shortcut: "Alt+N", run: onBack },
  ]);
  useStatusHint("↑ ↓ files · Enter opens a file’s report · Alt U undo this import · Alt N import more");
  return (
    <div className="page">
      <PageHead
        title={shown.undone ? "Import, undone" : "What was taken in"}
        up={{ words: "Import", onPress: onBack }}
        lead={leadOf(shown)}
        actions={
          <>
            <Button shortcut="Alt+U" isDisabled={!canUndo} onPress={undo}>
              Undo this import…
            </Button>
            <Button variant="primary" shortcut="Alt+N" onPress={onBack}>
              Import more
            </Button>
          </>
        }
      />
      <div className="page-body">
        {shown.keptBecause === null || shown.undone ? null : (
          <Note tone="info" title="It cannot be undone as a whole">
            {shown.keptBecause}
          </Note>
        )}
        <StatTiles
          label="Sums of the import"
          stats={tiles(shown, {
            onStatus: (status) => {
              setFilter({ ...filter, status });
            },
            onMetrics: () => {
              setOver("metrics");
            },
          })}
        />
        {onMap === null ? null : <Waiting shown={shown} />}
        <Files shown={shown} onMap={onMap} onBack={onBack} filter={filter} onFilter={setFilter} />
      </div>
      {over === "metrics" ? <MetricsDialog files={shown.files} onClose={close} /> : null}
      {over === "undo" && shown.id !== null ? (
        <UndoDialog importId={shown.id} sums={shown.sums} onClose={close} onUndone={onBack} />
      ) : null}
    </div>
  );
}
