import { memo, type CSSProperties, type ReactNode } from "react";
import type { AttemptCell, AttemptRow } from "../../../electron/contract/evaluation.ts";
import { formatCount, formatDuration, formatMinutes } from "../../../electron/contract/number-text.ts";
import { IconSign, OutcomeTag, Tag, classes } from "../../parts/index.ts";
import { factHeaders, type FactColumn, type GridLayout, type GridWindow } from "./grid-layout.ts";

/** The id by which the grid names the cell that has the cursor. */
export function cellId(index: number, epoch: number): string {
  return `run-cell-${String(index)}-${String(epoch)}`;
}

function factText(row: AttemptRow, column: FactColumn): string {
  switch (column) {
    case "category":
      return row.category ?? "–";
    case "humanMinutes":
      return formatMinutes(row.humanMinutes);
    case "difficulty":
      return row.difficulty ?? "–";
    case "tokens":
      return formatCount(row.totalTokens);
    case "time":
      return formatDuration(row.totalMs);
    case "note":
      return [...new Set(row.cells.flatMap((cell) => (cell.note === "" ? [] : [cell.note])))].join(" · ");
  }
}

function Fact({
  row,
  column,
  place,
}: {
  readonly row: AttemptRow;
  readonly column: FactColumn;
  readonly place: number;
}) {
  return (
    <div
      role="gridcell"
      aria-colindex={place}
      className={classes("run-fact", factHeaders[column].isNumber ? "end" : "ink2")}
      style={{ gridColumn: place }}
    >
      <span className="cut">{factText(row, column)}</span>
    </div>
  );
}

interface CellMarksProps {
  readonly cell: AttemptCell;
  /** How long the attempt's clock has run, null where none runs. */
  readonly clockMs: number | null;
  /** Whether the note stands in a column of its own. */
  readonly isNoteShown: boolean;
}

function CellMarks({ cell, clockMs, isNoteShown }: CellMarksProps): ReactNode {
  return (
    <span className="run-marks ink3">
      {clockMs === null ? null : (
        <Tag tone="accent" sign="limit">
          {formatDuration(clockMs)}
        </Tag>
      )}
      {cell.evidence === 0 ? null : (
        <span className="run-mark">
          <IconSign name="file" size={11} />
          <span className="small">{cell.evidence}</span>
          <span className="visually-hidden"> evidence {cell.evidence === 1 ? "file" : "files"}</span>
        </span>
      )}
      {cell.note === "" || isNoteShown ? null : (
        <span className="run-mark">
          <IconSign name="info" size={11} />
          <span className="visually-hidden"> has a note</span>
        </span>
      )}
    </span>
  );
}

/** The kind of limit as it stands in a tag; a score that is neither 0 nor 1. */
function detailOf(cell: AttemptCell): string | undefined {
  if (cell.outcome === "limit-reached") return cell.limit ?? undefined;
  if (cell.outcome === "scored" && cell.score !== null && cell.score !== 0 && cell.score !== 1)
    return String(Number(cell.score.toFixed(3)));
  return undefined;
}

export interface GridRowProps {
  readonly index: number;
  readonly row: AttemptRow | undefined;
  readonly layout: GridLayout;
  readonly window: GridWindow;
  readonly top: number;
  readonly height: number;
  /** The epoch under the cursor, null where the cursor is in another row. */
  readonly cursor: number | null;
  /** How long the clocks of this row have run, by epoch. */
  readonly clocks: ReadonlyMap<number, number> | null;
  readonly onPick: (row: number, epoch: number) => void;
  readonly onOpen: () => void;
}

/** One task of the grid with its attempts; drawn only while it is in sight. */
export const GridRow = memo(function GridRow(props: GridRowProps): ReactNode {
  const { index, row, layout, window, cursor } = props;
  const style: CSSProperties = { top: props.top, height: props.height, gridTemplateColumns: layout.template };
  const firstEpochColumn = 2 + layout.before.length;
  const isNoteShown = layout.after.includes("note");
  if (row === undefined) {
    return (
      <div role="row" aria-rowindex={index + 2} className="run-row" style={style}>
        <div role="gridcell" className="run-fact ink3">
          Reading
        </div>
      </div>
    );
  }
  const lastColumn = firstEpochColumn + row.cells.length;
  return (
    <div role="row" aria-rowindex={index + 2} className={classes("run-row", cursor !== null && "marked")} style={style}>
      <div role="rowheader" aria-colindex={1} className="run-task">
        <span className="cut">{row.title}</span>
      </div>
      {layout.before.map((column, place) => (
        <Fact key={column} row={row} column={column} place={place + 2} />
      ))}
      {row.cells
        .filter((cell) => cell.epoch >= window.firstEpoch && cell.epoch <= window.lastEpoch)
        .map((cell) => (
          <div
            key={cell.epoch}
            id={cellId(index, cell.epoch)}
            role="gridcell"
            tabIndex={-1}
            aria-colindex={firstEpochColumn + cell.epoch - 1}
            aria-selected={cursor === cell.epoch}
            className={classes("run-cell", cursor === cell.epoch && "cursor")}
            style={{ gridColumn: firstEpochColumn + cell.epoch - 1 }}
            onPointerDown={() => {
              props.onPick(index, cell.epoch);
            }}
            onDoubleClick={props.onOpen}
          >
            <OutcomeTag state={cell.outcome} solved={cell.solved} detail={detailOf(cell)} />
            <CellMarks cell={cell} clockMs={props.clocks?.get(cell.epoch) ?? null} isNoteShown={isNoteShown} />
          </div>
        ))}
      {layout.after.map((column, place) => (
        <Fact key={column} row={row} column={column} place={lastColumn + place} />
      ))}
    </div>
  );
});
