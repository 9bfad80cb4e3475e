import { useCallback, useState } from "react";
import type { Run } from "../../../electron/contract/evaluation.ts";
import { indexOfTask, rowAt, type AttemptPages, type GridSnapshot } from "./attempt-pages.ts";
import { clockKey, runningSince, startClock, stopClock } from "./clocks.ts";
import type { GridAction, GridPlace, OutcomeKey } from "./grid-keys.ts";
import { attemptWords, type GridAttempt, type Logging } from "./logging.ts";

/** The cursor of the grid: a place, and the task that was there, which it follows when rows move. */
interface Cursor extends GridPlace {
  readonly task: string | null;
}

export interface GridCursor {
  readonly place: GridPlace;
  /** The attempt under the cursor, null while its row is being read. */
  readonly attempt: GridAttempt | null;
  readonly move: (place: GridPlace) => void;
}

/** The cursor over the rows as they stand now: it stays on its task when sorting or a change moves rows. */
export function useGridCursor(pages: AttemptPages, snapshot: GridSnapshot, epochs: number, first: Cursor): GridCursor {
  const [cursor, setCursor] = useState(first);
  const move = useCallback(
    (place: GridPlace) => {
      setCursor({ ...place, task: rowAt(pages.read(), place.row)?.task ?? null });
    },
    [pages],
  );
  const isThere = cursor.task === null || rowAt(snapshot, cursor.row)?.task === cursor.task;
  const wanted = isThere ? cursor.row : (indexOfTask(snapshot, cursor.task) ?? cursor.row);
  const row = Math.max(0, Math.min(wanted, (snapshot.total ?? 1) - 1));
  const epoch = Math.max(1, Math.min(cursor.epoch, epochs));
  const found = rowAt(snapshot, row);
  const cell = found?.cells.find((candidate) => candidate.epoch === epoch);
  return {
    place: { row, epoch },
    attempt: found === undefined || cell === undefined ? null : { row: found, cell },
    move,
  };
}

/** The first attempt after a place that nobody has run, reading pages on the way; null where there is none. */
export async function nextNotRun(pages: AttemptPages, after: GridPlace): Promise<GridPlace | null> {
  const total = pages.read().total ?? 0;
  for (let index = Math.max(0, after.row); index < total; index++) {
    const row = await pages.row(index);
    const least = index === after.row ? after.epoch : 0;
    const cell = row?.cells.find((candidate) => candidate.epoch > least && candidate.outcome === "not-run");
    if (cell !== undefined) return { row: index, epoch: cell.epoch };
  }
  return null;
}

/** The tasks from a row downwards, as the grid is sorted, at most `count`; reads the pages that they are on. */
export async function tasksFrom(pages: AttemptPages, row: number, count: number): Promise<string[]> {
  const last = Math.min(row + count, pages.read().total ?? 0);
  const tasks: string[] = [];
  for (let index = row; index < last; index += 1) {
    const found = await pages.row(index);
    if (found !== undefined) tasks.push(found.task);
  }
  return tasks;
}

interface Acting {
  readonly run: Run;
  readonly pages: AttemptPages;
  readonly cursor: GridCursor;
  readonly logging: Logging;
  /** Why nothing can be logged here, null where it can. */
  readonly closed: string | null;
  /** A lead may invalidate in an accepted run too. */
  readonly mayInvalidate: boolean;
  readonly onField: (action: Extract<GridAction, { kind: "field" }>) => void;
  readonly onInvalidate: (attempt: GridAttempt) => void;
  readonly onOpen: (attempt: GridAttempt) => void;
}

function clockOf(run: Run, attempt: GridAttempt): string {
  return clockKey(run.id, attempt.row.task, attempt.cell.epoch);
}

/** Logs an outcome; a clock that runs is stopped and its minutes go along. */
function logOutcome({ run, logging }: Acting, attempt: GridAttempt, key: OutcomeKey): void {
  const { outcome, score } = key;
  if (outcome === "not-run") {
    stopClock(clockOf(run, attempt), Date.now());
    void logging.log(attempt, { outcome, score: null, minutes: null, tokens: null });
    return;
  }
  const minutes = stopClock(clockOf(run, attempt), Date.now());
  void logging.log(attempt, minutes === null ? { outcome, score } : { outcome, score, minutes });
}

function turnClock({ run, logging }: Acting, attempt: GridAttempt): void {
  const key = clockOf(run, attempt);
  if (runningSince(key) === null) {
    startClock(key, Date.now());
    logging.say(`${attemptWords(attempt)}: the clock runs`);
    return;
  }
  const minutes = stopClock(key, Date.now());
  if (minutes !== null) void logging.log(attempt, { minutes });
}

async function goOn({ pages, cursor, logging }: Acting): Promise<void> {
  const place = await nextNotRun(pages, cursor.place);
  if (place === null) logging.say("Every attempt from here on was run");
  else cursor.move(place);
}

function change(acting: Acting, attempt: GridAttempt, action: GridAction): void {
  if (acting.closed !== null) {
    acting.logging.say(acting.closed);
    return;
  }
  if (action.kind === "outcome") logOutcome(acting, attempt, action.outcome);
  else if (action.kind === "clock") turnClock(acting, attempt);
  else if (action.kind === "field") acting.onField(action);
}

function invalidate({ logging, onInvalidate }: Acting, attempt: GridAttempt): void {
  if (attempt.cell.outcome === "not-run") logging.say(`${attemptWords(attempt)}: it was not run`);
  else if (attempt.cell.outcome === "invalidated") logging.say(`${attemptWords(attempt)}: it is invalidated already`);
  else onInvalidate(attempt);
}

/** Does what a key, a button or the palette asks for at the cursor. */
export function act(acting: Acting, action: GridAction): void {
  if (action.kind === "next") {
    void goOn(acting);
    return;
  }
  if (action.kind === "undo") {
    void acting.logging.undo();
    return;
  }
  const { attempt } = acting.cursor;
  if (attempt === null) return;
  if (action.kind === "open") acting.onOpen(attempt);
  else if (action.kind === "invalidate" && acting.mayInvalidate) invalidate(acting, attempt);
  else change(acting, attempt, action);
}
