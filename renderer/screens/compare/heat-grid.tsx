import { useEffect, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from "react";
import type { Matrix } from "../../../electron/contract/evaluation.ts";
import { formatCount, formatCounted, formatInterval, formatRate } from "../../../electron/contract/number-text.ts";
import { classes } from "../../parts/index.ts";
import {
  headHeight,
  heatWindow,
  layOutHeat,
  moveInGrid,
  rowHeight,
  scrollTo,
  type GridPlace,
  type HeatLayout,
  type HeatWindow,
  type Sight,
} from "./heat-window.ts";
import { cellAt, cellSentence, placeWords, type MatrixCell } from "./matrix-cell.ts";

/** Share of the heat colour: ink on it keeps 4.5 to 1 in every theme (as in the chart of reports). */
function heatStyle(rate: number): CSSProperties {
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

function cellId({ row, column }: GridPlace): string {
  return `compare-cell-${String(row)}-${String(column)}`;
}

function sightOf(element: HTMLElement): Sight {
  const { scrollTop: top, scrollLeft: left, clientWidth: width, clientHeight: height } = element;
  return { top, left, width, height };
}

/** What of the frame is in sight, kept up to date: by the observer, which also tells the size at first, and by scrolling. */
function useSight(frame: React.RefObject<HTMLDivElement | null>): readonly [Sight, (sight: Sight) => void] {
  const [sight, setSight] = useState<Sight>({ top: 0, left: 0, width: 900, height: 600 });
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setSight(sightOf(element));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [frame]);
  return [sight, setSight];
}

interface HeatGridProps {
  readonly matrix: Matrix;
  readonly place: GridPlace;
  readonly onMove: (place: GridPlace) => void;
  /** Enter or a double click. */
  readonly onOpen: () => void;
}

/**
 * Model versions × benchmarks: a cell is its rate, its n and its interval; the colour only repeats the rate. Cells out of
 * sight are not drawn; the cursor is `aria-activedescendant`, so the focus stays on the grid while it scrolls.
 */
export function HeatGrid({ matrix, place, onMove, onOpen }: HeatGridProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useSight(frame);
  const [pointed, setPointed] = useState<GridPlace | null>(null);
  const size = { rows: matrix.modelVersions.length, columns: matrix.benchmarks.length };
  const layout = useMemo(() => layOutHeat(sight.width, size.columns), [sight.width, size.columns]);
  const drawn = heatWindow(sight, layout, size);
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const page = Math.max(1, Math.floor((sight.height - headHeight) / rowHeight) - 1);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const to = scrollTo({ row: place.row, column: place.column }, sightOf(element), layout);
    if (to.top !== element.scrollTop) element.scrollTop = to.top;
    if (to.left !== element.scrollLeft) element.scrollLeft = to.left;
  }, [place.row, place.column, layout]);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.altKey) return;
    const next = moveInGrid(event.key, place, last, event.ctrlKey || event.metaKey, page);
    if (next !== null) onMove(next);
    else if (event.key === "Enter") onOpen();
    else return;
    event.preventDefault();
  };
  const read = pointed ?? place;
  return (
    <>
      <div
        ref={frame}
        role="grid"
        tabIndex={0}
        aria-label="Solve rates"
        aria-rowcount={size.rows + 1}
        aria-colcount={size.columns + 1}
        aria-activedescendant={cellId(place)}
        data-own-ring
        className="compare-grid"
        onScroll={(event) => {
          setSight(sightOf(event.currentTarget));
        }}
        onKeyDown={onKeyDown}
      >
        <HeatHead matrix={matrix} layout={layout} drawn={drawn} />
        <div role="rowgroup" className="compare-rows" style={{ height: size.rows * rowHeight, width: layout.width }}>
          {range(drawn.firstRow, drawn.lastRow).map((row) => (
            <HeatRow
              key={row}
              matrix={matrix}
              row={row}
              layout={layout}
              drawn={drawn}
              column={place.row === row ? place.column : null}
              onMove={onMove}
              onOpen={onOpen}
              onPoint={setPointed}
            />
          ))}
        </div>
      </div>
      <p className="compare-reading">
        <b>{placeWords(matrix, read)}</b> {cellSentence(cellAt(matrix, read))}
      </p>
    </>
  );
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

interface HeatHeadProps {
  readonly matrix: Matrix;
  readonly layout: HeatLayout;
  readonly drawn: HeatWindow;
}

function HeatHead({ matrix, layout, drawn }: HeatHeadProps): ReactNode {
  return (
    <div role="rowgroup" className="compare-head" style={{ height: headHeight, width: layout.width }}>
      <div role="row" aria-rowindex={1} className="compare-line">
        <div role="columnheader" aria-colindex={1} className="compare-name" style={{ width: layout.nameWidth }}>
          Model version
        </div>
        {range(drawn.firstColumn, drawn.lastColumn).map((column) => {
          const benchmark = matrix.benchmarks[column];
          return (
            <div
              key={column}
              role="columnheader"
              aria-colindex={column + 2}
              className="compare-column"
              title={benchmark?.title}
              style={{ left: layout.nameWidth + column * layout.cellWidth, width: layout.cellWidth }}
            >
              <span className="compare-clamp">{benchmark?.title}</span>
              <span className="small ink3">{formatCounted(benchmark?.tasks ?? 0, "task")}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface HeatRowProps extends HeatHeadProps {
  readonly row: number;
  /** The cursor's column, where it is in this row. */
  readonly column: number | null;
  readonly onMove: (place: GridPlace) => void;
  readonly onOpen: () => void;
  readonly onPoint: (place: GridPlace | null) => void;
}

function HeatRow({ matrix, layout, drawn, row, column: cursor, onMove, onOpen, onPoint }: HeatRowProps): ReactNode {
  const model = matrix.modelVersions[row];
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className="compare-line"
      style={{ top: row * rowHeight, height: rowHeight, width: layout.width }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className={classes("compare-name", cursor !== null && "current")}
        title={model?.words}
        style={{ width: layout.nameWidth }}
      >
        <span className="compare-clamp">{model?.words}</span>
      </div>
      {range(drawn.firstColumn, drawn.lastColumn).map((column) => (
        <div
          key={column}
          id={cellId({ row, column })}
          role="gridcell"
          aria-colindex={column + 2}
          aria-selected={cursor === column}
          data-place={`${String(row)}-${String(column)}`}
          className={classes("compare-cell", cursor === column && "current")}
          style={{ left: layout.nameWidth + column * layout.cellWidth, width: layout.cellWidth }}
          onPointerDown={() => {
            onMove({ row, column });
          }}
          onDoubleClick={onOpen}
          onPointerEnter={() => {
            onPoint({ row, column });
          }}
          onPointerLeave={() => {
            onPoint(null);
          }}
        >
          <span className="visually-hidden">{`${placeWords(matrix, { row, column })}: `}</span>
          <CellWords cell={cellAt(matrix, { row, column })} />
        </div>
      ))}
    </div>
  );
}
