import type { OutcomeState } from "../../../electron/contract/attempt.ts";

/** What a key on a cell of the grid logs. Scores are the two that a person gives without a scorer: 1 and 0. */
export interface OutcomeKey {
  readonly key: string;
  readonly words: string;
  readonly outcome: OutcomeState;
  readonly score: number | null;
}

export const solvedKey: OutcomeKey = { key: "S", words: "Solved", outcome: "scored", score: 1 };

export const outcomeKeys: readonly OutcomeKey[] = [
  solvedKey,
  { key: "F", words: "Not solved", outcome: "scored", score: 0 },
  { key: "L", words: "Limit reached", outcome: "limit-reached", score: null },
  { key: "R", words: "Refused", outcome: "refused", score: null },
  { key: "E", words: "Infrastructure fault", outcome: "infrastructure-fault", score: null },
  { key: "M", words: "Model error", outcome: "model-error", score: null },
  { key: "U", words: "Unscored", outcome: "unscored", score: null },
  { key: "W", words: "Withheld", outcome: "withheld", score: null },
  { key: "Delete", words: "Not run again", outcome: "not-run", score: null },
];

/** A field of the cell's editor that a key reaches. */
export type EditorField = "note" | "minutes" | "tokens" | "score" | "evidence" | "flag";

export const fieldKeys: readonly { readonly key: string; readonly words: string; readonly field: EditorField }[] = [
  { key: "N", words: "Write a note", field: "note" },
  { key: "D", words: "Minutes it took", field: "minutes" },
  { key: "K", words: "Tokens used", field: "tokens" },
  { key: "C", words: "Score", field: "score" },
  { key: "V", words: "Attach evidence", field: "evidence" },
  { key: "G", words: "Check a flag", field: "flag" },
];

export type GridAction =
  | { readonly kind: "outcome"; readonly outcome: OutcomeKey }
  | { readonly kind: "field"; readonly field: EditorField }
  | { readonly kind: "invalidate" | "clock" | "next" | "open" | "undo" };

export const otherKeys: readonly { readonly key: string; readonly words: string; readonly action: GridAction }[] = [
  { key: "X", words: "Invalidate, with a reason", action: { kind: "invalidate" } },
  { key: "T", words: "Start or stop the clock", action: { kind: "clock" } },
  { key: "J", words: "Next attempt that was not run", action: { kind: "next" } },
  { key: "Enter", words: "Open the attempt", action: { kind: "open" } },
  { key: "CmdOrCtrl+Z", words: "Undo the last change", action: { kind: "undo" } },
];

/** Everything that a key does in the grid, in the order in which people are told. */
export const gridKeys: readonly { readonly key: string; readonly words: string; readonly action: GridAction }[] = [
  ...outcomeKeys.map((outcome): (typeof otherKeys)[number] => ({
    key: outcome.key,
    words: outcome.words,
    action: { kind: "outcome", outcome },
  })),
  ...fieldKeys.map(({ key, words, field }): (typeof otherKeys)[number] => ({
    key,
    words,
    action: { kind: "field", field },
  })),
  ...otherKeys,
];

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a key press on the grid asks for; null where it asks for nothing of the grid's. */
export function actionOf(press: KeyPress): GridAction | null {
  if (press.altKey) return null;
  if (press.ctrlKey || press.metaKey) return press.key.toLowerCase() === "z" ? { kind: "undo" } : null;
  const key = press.key === "Backspace" ? "Delete" : press.key.length === 1 ? press.key.toUpperCase() : press.key;
  return gridKeys.find((candidate) => candidate.key === key)?.action ?? null;
}

export interface GridPlace {
  readonly row: number;
  readonly epoch: number;
}

export interface GridSize {
  readonly rows: number;
  readonly epochs: number;
  /** Rows that Page Up and Page Down move by. */
  readonly page: number;
}

const moves: Readonly<Record<string, (place: GridPlace, size: GridSize, whole: boolean) => GridPlace>> = {
  ArrowUp: (place) => ({ ...place, row: place.row - 1 }),
  ArrowDown: (place) => ({ ...place, row: place.row + 1 }),
  ArrowLeft: (place) => ({ ...place, epoch: place.epoch - 1 }),
  ArrowRight: (place) => ({ ...place, epoch: place.epoch + 1 }),
  PageUp: (place, size) => ({ ...place, row: place.row - size.page }),
  PageDown: (place, size) => ({ ...place, row: place.row + size.page }),
  Home: (place, _size, whole) => ({ row: whole ? 0 : place.row, epoch: 1 }),
  End: (place, size, whole) => ({ row: whole ? size.rows - 1 : place.row, epoch: size.epochs }),
};

/** Where a key moves the cursor, never out of the grid; null where the key moves nothing. */
export function moveOf(press: KeyPress, place: GridPlace, size: GridSize): GridPlace | null {
  const move = press.altKey ? undefined : moves[press.key];
  if (move === undefined || size.rows === 0) return null;
  const next = move(place, size, press.ctrlKey || press.metaKey);
  return {
    row: Math.max(0, Math.min(size.rows - 1, next.row)),
    epoch: Math.max(1, Math.min(size.epochs, next.epoch)),
  };
}
