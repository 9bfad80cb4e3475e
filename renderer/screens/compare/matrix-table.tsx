import { useMemo, useState, type ReactNode } from "react";
import type { Matrix } from "../../../electron/contract/evaluation.ts";
import {
  formatFraction,
  formatInterval,
  formatIntervalMethod,
  formatRate,
} from "../../../electron/contract/number-text.ts";
import { DataTable, type TableColumn, type TableSort } from "../../parts/index.ts";
import type { GridPlace } from "./heat-window.ts";
import { cellAt, type MatrixCell } from "./matrix-cell.ts";

interface Line {
  readonly id: string;
  readonly model: string;
  readonly benchmark: string;
  readonly cell: MatrixCell | undefined;
}

const columns: readonly TableColumn<Line>[] = [
  {
    id: "model",
    header: "Model version",
    cell: (line) => (
      <span className="cut" title={line.model}>
        {line.model}
      </span>
    ),
    width: "1.6fr",
    minWidth: 150,
    isSortable: true,
    isRowHeader: true,
  },
  {
    id: "benchmark",
    header: "Benchmark",
    cell: (line) => <span className="cut">{line.benchmark}</span>,
    width: "1fr",
    minWidth: 100,
    isSortable: true,
  },
  {
    id: "solved",
    header: "Solved / n",
    cell: (line) =>
      line.cell === undefined ? (
        <span className="ink3">not run</span>
      ) : (
        formatFraction(line.cell.rate.solved, line.cell.rate.n)
      ),
    width: 104,
    align: "end",
    isSortable: true,
  },
  {
    id: "rate",
    header: "Rate",
    cell: (line) => formatRate(line.cell?.rate.rate ?? null),
    width: 72,
    align: "end",
    isSortable: true,
  },
  {
    id: "interval",
    header: "Interval",
    cell: (line) => formatInterval(line.cell?.rate.interval ?? null),
    width: 124,
    align: "end",
  },
  {
    id: "method",
    header: "Method",
    cell: (line) => (
      <span className="cut ink2">{line.cell === undefined ? "" : formatIntervalMethod(line.cell.rate.interval)}</span>
    ),
    width: "1fr",
    minWidth: 110,
  },
];

function order(column: string): (a: Line, b: Line) => number {
  switch (column) {
    case "benchmark":
      return (a, b) => a.benchmark.localeCompare(b.benchmark, "en");
    case "solved":
      return (a, b) => (a.cell?.rate.solved ?? -1) - (b.cell?.rate.solved ?? -1);
    case "rate":
      return (a, b) => (a.cell?.rate.rate ?? -1) - (b.cell?.rate.rate ?? -1);
    default:
      return (a, b) => a.model.localeCompare(b.model, "en");
  }
}

interface MatrixTableProps {
  readonly matrix: Matrix;
  readonly place: GridPlace;
  readonly onMove: (place: GridPlace) => void;
  readonly onOpen: (place: GridPlace) => void;
}

function placeOf(id: string): GridPlace {
  const [row, column] = id.split("-").map(Number);
  return { row: row ?? 0, column: column ?? 0 };
}

/** The same numbers as the heat map, a row each. */
export function MatrixTable({ matrix, place, onMove, onOpen }: MatrixTableProps): ReactNode {
  const [sort, setSort] = useState<TableSort | undefined>(undefined);
  const rows = useMemo(() => {
    const lines = matrix.modelVersions.flatMap((model, row) =>
      matrix.benchmarks.map((benchmark, column): Line => ({
        id: `${String(row)}-${String(column)}`,
        model: model.words,
        benchmark: benchmark.title,
        cell: cellAt(matrix, { row, column }),
      })),
    );
    if (sort === undefined) return lines;
    const sorted = lines.toSorted(order(sort.column));
    return sort.descending ? sorted.reverse() : sorted;
  }, [matrix, sort]);
  return (
    <DataTable
      label="Solve rates"
      columns={columns}
      rows={rows}
      rowKey={(line) => line.id}
      rowText={(line) => `${line.model} ${line.benchmark}`}
      sort={sort}
      onSort={setSort}
      selection="single"
      selected={[`${String(place.row)}-${String(place.column)}`]}
      onSelect={(keys) => {
        const [id] = keys;
        if (id !== undefined) onMove(placeOf(id));
      }}
      onOpen={(id) => {
        onOpen(placeOf(id));
      }}
      height="fill"
    />
  );
}
