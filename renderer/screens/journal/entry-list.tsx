import { useMemo, useState, type ReactNode } from "react";
import { formatCount } from "../../../electron/contract/number-text.ts";
import type { TableRow, TableView } from "../../../electron/contract/tables.ts";
import { EmptyState, ErrorNote, Panel, Tag, type TableColumn } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { minuteWords } from "../../state/time-words.ts";
import { everything, useTableRows, useTableView, ViewBar, ViewedTable } from "../../table-view/index.ts";
import { EntryDetail } from "./entry-detail.tsx";

function textOf(row: TableRow, column: string): string {
  return String(row.cells[column] ?? "");
}

function When({ row }: { readonly row: TableRow }): ReactNode {
  const { at, standing } = row.cells;
  if (standing === "sealed" || typeof at !== "number") return <span className="ink2">not readable</span>;
  return <span className="ink2">{minuteWords(at)}</span>;
}

function What({ row }: { readonly row: TableRow }): ReactNode {
  const { standing, clock } = row.cells;
  return (
    <>
      {standing === "refused" ? (
        <Tag tone="bad" sign="invalid">
          refused
        </Tag>
      ) : null}
      {standing === "sealed" ? <Tag sign="withheld">sealed</Tag> : null}
      {clock === null ? null : (
        <Tag tone="warn" sign="limit">
          clock
        </Tag>
      )}
      <span className="cut">{textOf(row, "words")}</span>
    </>
  );
}

const columns: readonly TableColumn<TableRow>[] = [
  {
    id: "entry",
    header: "Entry",
    cell: ({ cells }) => formatCount(Number(cells["entry"])),
    align: "end",
    width: 78,
    isSortable: true,
  },
  { id: "at", header: "When", cell: (row) => <When row={row} />, width: 150, isSortable: true },
  {
    id: "by",
    header: "Who",
    cell: (row) => <span className="cut">{textOf(row, "by")}</span>,
    width: 128,
    isSortable: true,
  },
  {
    id: "words",
    header: "What happened",
    cell: (row) => <What row={row} />,
    width: "3fr",
    minWidth: 260,
    isRowHeader: true,
  },
  {
    id: "type",
    header: "Type",
    cell: (row) => <span className="mono ink3 cut">{textOf(row, "type")}</span>,
    width: 164,
    isSortable: true,
  },
];

/** The entry and the event in it that a row stands for. */
function placeOf(id: string): { seq: number; index: number } | null {
  const [, seq, index] = /^(\d{1,15})\/(\d{1,9})$/.exec(id) ?? [];
  return seq === undefined ? null : { seq: Number(seq), index: Number(index) };
}

/** All entries, or those that something is the matter with. */
export type EntryFilter = "all" | "refused" | "clock";

const firstViews: Readonly<Record<EntryFilter, Partial<TableView>>> = {
  all: {},
  refused: { filters: [{ test: "any-of", column: "standing", values: ["refused"] }] },
  clock: { filters: [{ test: "filled", column: "clock" }] },
};

const nothing = {
  all: "The journal is empty",
  refused: "Nothing was refused",
  clock: "No clock was put back",
} as const;

const itself = (row: TableRow): TableRow => row;

interface EntryListProps {
  readonly filter: EntryFilter;
  /** Number of the entry that is opened at once, however far down the list it stands; null: none. */
  readonly openAt: number | null;
}

/** Entries that this member may read, newest first, and one of them opened. */
export function EntryList({ filter, openAt }: EntryListProps): ReactNode {
  const control = useTableView("journal", everything, firstViews[filter]);
  const read = useTableRows(control);
  const [openId, setOpenId] = useState<string | null>(openAt === null ? null : `${String(openAt)}/0`);
  const asked = useQuery("journal.event", openId === null ? null : placeOf(openId));
  const open = openId !== null && asked.status === "ready" ? asked.data.event : null;
  const isOpen = open !== null;
  const shown = useMemo(() => (isOpen ? columns.filter(({ id }) => id !== "type" && id !== "at") : columns), [isOpen]);
  if (asked.status === "failed") return <ErrorNote failure={asked.failure} />;
  if (read.total === 0 && filter !== "all" && control.view.filters.length === 1) {
    return <EmptyState title={nothing[filter]} sign="ok" />;
  }
  return (
    <div className="journal-split fill">
      <Panel flush fill label="Entries">
        <ViewBar control={control} total={read.total} noun="entry" nouns="entries" placeholder="What happened, who" />
        <ViewedTable<TableRow>
          control={control}
          read={read}
          label={`Journal entries, ${formatCount(read.total)}`}
          columns={shown}
          pick={itself}
          rowText={(row) => `${textOf(row, "by")} ${textOf(row, "words")}`}
          selected={openId ?? undefined}
          onSelect={setOpenId}
          empty={<EmptyState title={nothing[filter]} />}
        />
      </Panel>
      {open === null ? null : (
        <EntryDetail
          row={open}
          onClose={() => {
            setOpenId(null);
          }}
        />
      )}
    </div>
  );
}
