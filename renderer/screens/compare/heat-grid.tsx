import { useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import type { Matrix } from "../../../electron/contract/evaluation.ts";
import { formatCount, formatCounted, formatInterval, formatRate } from "../../../electron/contract/number-text.ts";
import { cellSentence } from "./matrix-export.tsx";

export type MatrixCell = Matrix["cells"][number];

/** Where the cursor stands: row of a model version, column of a benchmark. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** The cell of a place, undefined where nothing was run. */
export function cellAt(matrix: Matrix, place: GridPlace): MatrixCell | undefined {
  const model = matrix.modelVersions[place.row];
  const benchmark = matrix.benchmarks[place.column];
  return matrix.cells.find((cell) => cell.modelVersionId === model?.id && cell.benchmarkId === benchmark?.id);
}

/** What stands in a place, named: "Meridian-2 on Cybench". */
export function placeWords(matrix: Matrix, place: GridPlace): string {
  return `${matrix.modelVersions[place.row]?.words ?? "–"} on ${matrix.benchmarks[place.column]?.title ?? "–"}`;
}

const moves: Readonly<Record<string, (place: GridPlace, last: GridPlace, whole: boolean) => GridPlace>> = {
  ArrowUp: (place) => ({ ...place, row: place.row - 1 }),
  ArrowDown: (place) => ({ ...place, row: place.row + 1 }),
  ArrowLeft: (place) => ({ ...place, column: place.column - 1 }),
  ArrowRight: (place) => ({ ...place, column: place.column + 1 }),
  Home: (place, _last, whole) => ({ row: whole ? 0 : place.row, column: 0 }),
  End: (place, last, whole) => ({ row: whole ? last.row : place.row, column: last.column }),
};

/** Where a key moves the cursor, never out of the grid; null where it moves nothing. */
export function moveInGrid(key: string, place: GridPlace, last: GridPlace, whole: boolean): GridPlace | null {
  const next = moves[key]?.(place, last, whole);
  if (next === undefined) return null;
  return {
    row: Math.max(0, Math.min(last.row, next.row)),
    column: Math.max(0, Math.min(last.column, next.column)),
  };
}

/** Share of the heat colour: ink on it keeps 4.5 to 1 in every theme (as in the chart of reports). */
function heatStyle(rate: number | null): CSSProperties {
  if (rate === null) return {};
  const share = Math.round((0.06 + 0.6 * rate) * 1000) / 10;
  return { background: `color-mix(in srgb, rgb(var(--heat)) ${String(share)}%, var(--heat0))` };
}

function CellWords({ cell }: { readonly cell: MatrixCell | undefined }): ReactNode {
  if (cell === undefined) return <span className="compare-none">not run</span>;
  if (cell.rate.rate === null) return <span className="compare-none">no result</span>;
  return (
    <span className="compare-heat" style={heatStyle(cell.rate.rate)}>
      <b>{formatRate(cell.rate.rate)}</b>
      <span>n {formatCount(cell.rate.n)}</span>
      <span className="compare-interval">{formatInterval(cell.rate.interval)}</span>
    </span>
  );
}

interface HeatGridProps {
  readonly matrix: Matrix;
  readonly place: GridPlace;
  readonly onMove: (place: GridPlace) => void;
  /** Enter or a double click. */
  readonly onOpen: () => void;
  /** D. */
  readonly onPolicy: () => void;
}

/** Model versions × benchmarks: a cell is its rate, its n and its interval; the colour only repeats the rate. */
export function HeatGrid({ matrix, place, onMove, onOpen, onPolicy }: HeatGridProps): ReactNode {
  const table = useRef<HTMLTableElement>(null);
  const [pointed, setPointed] = useState<GridPlace | null>(null);
  const last = { row: matrix.modelVersions.length - 1, column: matrix.benchmarks.length - 1 };
  const focus = ({ row, column }: GridPlace): void => {
    table.current?.querySelector<HTMLElement>(`[data-place="${String(row)}-${String(column)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey) return;
    const next = moveInGrid(event.key, place, last, event.ctrlKey || event.metaKey);
    if (next !== null) {
      onMove(next);
      focus(next);
    } else if (event.key === "Enter") onOpen();
    else if (event.key.toLowerCase() === "d" && !event.ctrlKey && !event.metaKey) onPolicy();
    else return;
    event.preventDefault();
  };
  const read = pointed ?? place;
  return (
    <>
      <div className="compare-scroll">
        <table ref={table} className="compare-grid" role="grid" aria-label="Solve rates" onKeyDown={onKeyDown}>
          <thead>
            <tr>
              <th scope="col">Model version</th>
              {matrix.benchmarks.map((benchmark) => (
                <th key={benchmark.id} scope="col" className="num">
                  {benchmark.title}
                  <span className="small ink3">{formatCounted(benchmark.tasks, "task")}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.modelVersions.map((model, row) => (
              <tr key={model.id}>
                <th scope="row">{model.words}</th>
                {matrix.benchmarks.map((benchmark, column) => {
                  const isHere = place.row === row && place.column === column;
                  const cell = cellAt(matrix, { row, column });
                  return (
                    <td
                      key={benchmark.id}
                      role="gridcell"
                      tabIndex={isHere ? 0 : -1}
                      data-place={`${String(row)}-${String(column)}`}
                      aria-selected={isHere}
                      onFocus={() => {
                        onMove({ row, column });
                      }}
                      onDoubleClick={onOpen}
                      onPointerEnter={() => {
                        setPointed({ row, column });
                      }}
                      onPointerLeave={() => {
                        setPointed(null);
                      }}
                    >
                      <span className="visually-hidden">{`${model.words} on ${benchmark.title}: `}</span>
                      <CellWords cell={cell} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="compare-reading">
        <b>{placeWords(matrix, read)}</b> {cellSentence(cellAt(matrix, read))}
      </p>
    </>
  );
}
