import { useMemo, useState, type ReactNode } from "react";
import type { TwinCell, TwinTable } from "../../charts/chart-parts.ts";
import { textWidth } from "../../charts/text-layout.ts";
import { DataTable, type TableColumn, type TableSort } from "../../parts/index.ts";

type TwinRow = TwinTable["rows"][number];

function compareCells(a: TwinCell | undefined, b: TwinCell | undefined): number {
  const [first, second] = [a?.value ?? null, b?.value ?? null];
  if (first === null || second === null) return Number(second === null) - Number(first === null);
  if (typeof first === "number" && typeof second === "number") return first - second;
  return String(first).localeCompare(String(second), "en");
}

/** Rows in the order of one of their columns; what has no value comes last. */
export function sortTwin(twin: TwinTable, sort: TableSort | undefined): readonly TwinRow[] {
  const column = twin.columns.findIndex(({ key }) => key === sort?.column);
  if (sort === undefined || column < 0) return twin.rows;
  const isKnown = (row: TwinRow): boolean => (row.cells[column]?.value ?? null) !== null;
  const known = twin.rows.filter(isKnown).toSorted((a, b) => compareCells(a.cells[column], b.cells[column]));
  return [...(sort.descending ? known.reverse() : known), ...twin.rows.filter((row) => !isKnown(row))];
}

/** As wide as the header and the first rows need, within bounds; words give way to each other. */
function columnsOf(twin: TwinTable): TableColumn<TwinRow>[] {
  return twin.columns.map(({ key, label, numeric }, index) => {
    const texts = twin.rows.slice(0, 60).map(({ cells }) => cells[index]?.text ?? "");
    const widest = Math.max(...[label, ...texts].map((text) => textWidth(text, 13))) + 26;
    return {
      id: key,
      header: label,
      isSortable: true,
      isRowHeader: index === 0,
      align: numeric ? "end" : "start",
      minWidth: Math.min(Math.max(widest, 64), index === 0 ? 200 : 220),
      cell: (row) => (
        <span className="cut" title={row.cells[index]?.text}>
          {row.cells[index]?.text ?? ""}
        </span>
      ),
    };
  });
}

interface TwinViewProps {
  readonly label: string;
  readonly twin: TwinTable;
  readonly onOpen: (id: string) => void;
}

/** The same numbers as a chart, a row for each of its marks: sorted by any column, and a row opens what the mark does. */
export function TwinView({ label, twin, onOpen }: TwinViewProps): ReactNode {
  const [sort, setSort] = useState<TableSort | undefined>(undefined);
  const columns = useMemo(() => columnsOf(twin), [twin]);
  const rows = useMemo(() => sortTwin(twin, sort), [twin, sort]);
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      rowText={({ cells }) => cells[0]?.text ?? ""}
      sort={sort}
      onSort={setSort}
      onOpen={onOpen}
      height="fill"
    />
  );
}
