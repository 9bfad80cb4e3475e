/** Where the cursor stands: row of a model version, column of a benchmark. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

/** What of the frame is in sight, in px from the grid's own corner. */
export interface Sight {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

export interface HeatLayout {
  readonly nameWidth: number;
  readonly cellWidth: number;
  /** All of it: wider than the frame, it scrolls sideways. */
  readonly width: number;
}

/** Rows and columns that are drawn, both ends included. */
export interface HeatWindow {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

export const rowHeight = 64;
export const headHeight = 62;
const leastCell = 112;
const around = 2;

/** Columns share the frame where it is wide enough for them, and are as narrow as a cell's words allow where it is not. */
export function layOutHeat(frame: number, columns: number): HeatLayout {
  const nameWidth = frame < 700 ? 150 : 216;
  const cellWidth = Math.max(leastCell, Math.floor((frame - nameWidth) / Math.max(1, columns)));
  return { nameWidth, cellWidth, width: nameWidth + cellWidth * columns };
}

/** The cells in sight and a few around them. */
export function heatWindow(sight: Sight, layout: HeatLayout, size: GridSize): HeatWindow {
  const between = (value: number, last: number): number => Math.max(0, Math.min(last, value));
  const right = sight.left + sight.width - layout.nameWidth;
  return {
    firstRow: between(Math.floor(sight.top / rowHeight) - around, size.rows - 1),
    lastRow: between(Math.ceil((sight.top + sight.height - headHeight) / rowHeight) + around, size.rows - 1),
    firstColumn: between(Math.floor(sight.left / layout.cellWidth) - around, size.columns - 1),
    lastColumn: between(Math.ceil(right / layout.cellWidth) + around, size.columns - 1),
  };
}

/** How far the frame is to be scrolled so that a cell is in sight, beside the names and below the head. */
export function scrollTo(place: GridPlace, sight: Sight, layout: HeatLayout): { top: number; left: number } {
  const [top, left] = [place.row * rowHeight, place.column * layout.cellWidth];
  const [height, width] = [sight.height - headHeight, sight.width - layout.nameWidth];
  const reach = (start: number, size: number, seen: number, room: number): number => {
    if (start < seen) return start;
    return start + size > seen + room ? start + size - room : seen;
  };
  return {
    top: reach(top, rowHeight, sight.top, height),
    left: reach(left, layout.cellWidth, sight.left, width),
  };
}

const moves: Readonly<Record<string, (place: GridPlace, last: GridPlace, whole: boolean, page: number) => GridPlace>> =
  {
    ArrowUp: (place) => ({ ...place, row: place.row - 1 }),
    ArrowDown: (place) => ({ ...place, row: place.row + 1 }),
    ArrowLeft: (place) => ({ ...place, column: place.column - 1 }),
    ArrowRight: (place) => ({ ...place, column: place.column + 1 }),
    PageUp: (place, _last, _whole, page) => ({ ...place, row: place.row - page }),
    PageDown: (place, _last, _whole, page) => ({ ...place, row: place.row + page }),
    Home: (place, _last, whole) => ({ row: whole ? 0 : place.row, column: 0 }),
    End: (place, last, whole) => ({ row: whole ? last.row : place.row, column: last.column }),
  };

/** Where a key moves the cursor, never out of the grid; null where it moves nothing. `page` in rows. */
export function moveInGrid(
  key: string,
  place: GridPlace,
  last: GridPlace,
  whole: boolean,
  page = 10,
): GridPlace | null {
  if (!Object.hasOwn(moves, key)) return null;
  const next = moves[key]?.(place, last, whole, page);
  if (next === undefined) return null;
  return {
    row: Math.max(0, Math.min(last.row, next.row)),
    column: Math.max(0, Math.min(last.column, next.column)),
  };
}
