/** Where the arrow keys lead on a board: columns of ids, one beside the other. */
export type BoardColumns = readonly (readonly string[])[];

interface Spot {
  readonly column: number;
  readonly row: number;
}

function spotOf(columns: BoardColumns, id: string): Spot | null {
  const column = columns.findIndex((one) => one.includes(id));
  return column === -1 ? null : { column, row: columns[column]?.indexOf(id) ?? 0 };
}

/** The nearest column to one side that has a card: a column without any is stepped over. */
function beside(columns: BoardColumns, { column, row }: Spot, step: 1 | -1): string | null {
  for (let at = column + step; at >= 0 && at < columns.length; at += step) {
    const cards = columns[at] ?? [];
    const card = cards[Math.min(row, cards.length - 1)];
    if (card !== undefined) return card;
  }
  return null;
}

/**
 * The card that a key leads to from one: up and down in its column, left and right to the nearest column that has any,
 * Home and End to the column's ends. Null where the key leads nowhere.
 */
export function cardAfter(columns: BoardColumns, id: string, key: string): string | null {
  const spot = spotOf(columns, id);
  if (spot === null) return null;
  if (key === "ArrowRight") return beside(columns, spot, 1);
  if (key === "ArrowLeft") return beside(columns, spot, -1);
  const cards = columns[spot.column] ?? [];
  const rows: Readonly<Record<string, number>> = {
    ArrowDown: spot.row + 1,
    ArrowUp: spot.row - 1,
    Home: 0,
    End: cards.length - 1,
  };
  const row = rows[key];
  return row === undefined ? null : (cards[row] ?? null);
}
