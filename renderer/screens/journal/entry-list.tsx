import { useState, type ReactNode } from "react";
import type { JournalEventRow } from "../../../electron/contract/journal.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { DataTable, EmptyState, ErrorNote, Loading, Panel, Tag, type TableColumn } from "../../parts/index.ts";
import { usePages } from "../../state/pages.ts";
import { useQuery } from "../../state/service.ts";
import { minuteWords } from "../../state/time-words.ts";
import { EntryDetail } from "./entry-detail.tsx";

const columns: readonly TableColumn<JournalEventRow>[] = [
  { id: "seq", header: "Entry", cell: (row) => formatCount(row.seq), align: "end", width: 78 },
  {
    id: "at",
    header: "When",
    cell: (row) => <span className="ink2">{row.sealed ? "not readable" : minuteWords(row.at)}</span>,
    width: 150,
  },
  { id: "by", header: "Who", cell: (row) => <span className="cut">{row.byName}</span>, width: 128 },
  {
    id: "words",
    header: "What happened",
    cell: (row) => (
      <>
        {row.refused === null ? null : (
          <Tag tone="bad" sign="invalid">
            refused
          </Tag>
        )}
        {row.sealed ? <Tag sign="withheld">sealed</Tag> : null}
        {row.clock === null ? null : (
          <Tag tone="warn" sign="limit">
            clock
          </Tag>
        )}
        <span className="cut">{row.words}</span>
      </>
    ),
    width: "3fr",
    minWidth: 260,
    isRowHeader: true,
  },
  { id: "type", header: "Type", cell: (row) => <span className="mono ink3 cut">{row.type}</span>, width: 164 },
];

function rowKey(row: JournalEventRow): string {
  return `${String(row.seq)}.${String(row.index)}`;
}

/** The entry that is open: one of the rows, or the one that was asked for, which may be far below those read so far. */
function useOpenEntry(rows: readonly JournalEventRow[], openAt: number | null) {
  const [openKey, setOpenKey] = useState<string | null>(openAt === null ? null : `${String(openAt)}.0`);
  const asked = useQuery("journal.event", openAt === null ? null : { seq: openAt, index: 0 });
  const known = asked.status === "ready" ? [...rows, asked.data.event] : rows;
  const open = known.find((row) => rowKey(row) === openKey);
  return { open, openKey, setOpenKey, failure: asked.status === "failed" ? asked.failure : null };
}

/** All entries, or those that something is the matter with. */
export type EntryFilter = "all" | "refused" | "clock";

const filters = { all: {}, refused: { refusedOnly: true }, clock: { clockOnly: true } } as const;

const nothing = {
  all: "The journal is empty",
  refused: "Nothing was refused",
  clock: "No clock was put back",
} as const;

interface EntryListProps {
  readonly filter: EntryFilter;
  /** Number of the entry that is opened at once, however far down the list it stands; null: none. */
  readonly openAt: number | null;
}

/** Entries that this member may read, newest first, and one of them opened. */
export function EntryList({ filter, openAt }: EntryListProps): ReactNode {
  const pages = usePages("journal.list", filters[filter], ({ events, total }) => ({
    rows: events,
    total,
  }));
  const { open, openKey, setOpenKey, failure: askedFailure } = useOpenEntry(pages.rows, openAt);
  const failure = pages.failure ?? askedFailure;
  if (failure !== null) return <ErrorNote failure={failure} />;
  if (pages.total === null) return <Loading words="Reading the journal" />;
  if (pages.rows.length === 0) {
    return <EmptyState title={nothing[filter]} sign={filter === "all" ? "open" : "ok"} />;
  }
  return (
    <div className="journal-split fill">
      <Panel flush fill label="Entries">
        <DataTable
          label={`Journal entries, ${formatCount(pages.total)}`}
          columns={open === undefined ? columns : columns.filter(({ id }) => id !== "type" && id !== "at")}
          rows={pages.rows}
          rowKey={rowKey}
          rowText={(row) => `${row.byName} ${row.words}`}
          height="fill"
          selection="single"
          selected={openKey === null ? [] : [openKey]}
          onSelect={(keys) => {
            setOpenKey(keys[0] ?? null);
          }}
          more={{ isLoading: pages.isLoading, load: pages.more }}
        />
      </Panel>
      {open === undefined ? null : (
        <EntryDetail
          row={open}
          onClose={() => {
            setOpenKey(null);
          }}
        />
      )}
    </div>
  );
}
