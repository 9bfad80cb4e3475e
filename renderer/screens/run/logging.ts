import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type {
  AttemptCell,
  AttemptDetail,
  AttemptRow,
  LoggedAttempt,
  Run,
} from "../../../electron/contract/evaluation.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import type { InvalidationCode } from "../../../electron/contract/invalidation.ts";
import type { Failure } from "../../../electron/contract/result.ts";
import { failureLine } from "../../../electron/contract/words.ts";
import { outcomeLook } from "../../parts/index.ts";
import { connection } from "../../state/service.ts";
import type { Ask } from "../../two-persons/use-two-persons.tsx";
import { AttemptPages, pageSize, type GridQuery, type GridSnapshot } from "./attempt-pages.ts";

/** One attempt of the grid: its task's row and its cell. */
export interface GridAttempt {
  readonly row: AttemptRow;
  readonly cell: AttemptCell;
}

/** What was done last, for the line under the grid's head. */
export interface Saying {
  readonly words: string;
  readonly isBad: boolean;
  readonly canUndo: boolean;
}

export type AttemptChange = Partial<Pick<LoggedAttempt, "outcome" | "score" | "minutes" | "tokens" | "note">>;

export interface Logging {
  readonly saying: Saying | null;
  readonly isSaving: boolean;
  readonly log: (attempt: GridAttempt, change: AttemptChange) => Promise<boolean>;
  /** Asks for it, with a second person where one was named; `settleInvalidated` then says what became of it. */
  readonly invalidate: (attempt: GridAttempt, reason: string, code: InvalidationCode) => Ask<AttemptDetail>;
  readonly settleInvalidated: (attempt: GridAttempt, outcome: AttemptDetail | null) => void;
  readonly attach: (attempt: GridAttempt, files: readonly string[]) => Promise<Failure | null>;
  /** Says that a block was logged; what stood before is the undo. */
  readonly settleBlock: (before: readonly LoggedAttempt[], count: number) => void;
  readonly undo: () => Promise<void>;
  readonly say: (words: string) => void;
}

function pastedWords(count: number): string {
  return `${formatCounted(count, "attempt")} pasted`;
}

/** "Urgent, epoch 2". */
export function attemptWords({ row, cell }: GridAttempt): string {
  return `${row.title}, epoch ${String(cell.epoch)}`;
}

function loggedOf({ row, cell }: GridAttempt): LoggedAttempt {
  return {
    task: row.task,
    epoch: cell.epoch,
    outcome: cell.outcome,
    score: cell.score,
    minutes: cell.totalMs === null ? null : cell.totalMs / 60_000,
    tokens: cell.totalTokens,
    note: cell.note,
  };
}

/** The cell as it will stand: solved is what the score says until the service has applied the benchmark's rule. */
function cellOf(attempt: LoggedAttempt, before: AttemptCell): AttemptCell {
  const isScored = attempt.outcome === "scored";
  return {
    ...before,
    outcome: attempt.outcome,
    score: attempt.score,
    solved:
      isScored && attempt.score !== null ? (before.score === attempt.score ? before.solved : attempt.score >= 1) : null,
    limit: attempt.outcome === "limit-reached" ? before.limit : null,
    totalMs: attempt.minutes === null ? null : Math.round(attempt.minutes * 60_000),
    totalTokens: attempt.tokens,
    note: attempt.note,
  };
}

function isSame(a: LoggedAttempt, b: LoggedAttempt): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The rows of a run's grid under a query, kept up to date with the vault. */
export function useAttemptPages(runId: string, query: GridQuery): { pages: AttemptPages; snapshot: GridSnapshot } {
  const key = `${runId} ${JSON.stringify(query)}`;
  const make = (): { key: string; pages: AttemptPages } => ({
    key,
    pages: new AttemptPages((offset) => {
      const { outcome, ...rest } = query;
      const input = { runId, ...rest, offset, limit: pageSize };
      return connection.request("runs.attempts", outcome === null ? input : { ...input, outcome });
    }),
  });
  const [held, setHeld] = useState(make);
  const current = held.key === key ? held : make();
  if (current !== held) setHeld(current);
  const { pages } = current;
  useEffect(
    () =>
      connection.on("changed", () => {
        pages.refresh();
      }),
    [pages],
  );
  return { pages, snapshot: useSyncExternalStore(pages.subscribe, pages.read) };
}

interface Undo {
  readonly words: string;
  readonly before: readonly LoggedAttempt[];
}

/** What is being sent and what was said last, with the changes that can be undone, newest last. */
function useSending(pages: AttemptPages) {
  const [saying, setSaying] = useState<Saying | null>(null);
  const [sending, setSending] = useState(0);
  const undos = useRef<Undo[]>([]);
  const say = (words: string, isBad: boolean): void => {
    setSaying({ words, isBad, canUndo: undos.current.length > 0 });
  };
  return {
    saying,
    isSaving: sending > 0,
    fail: (failure: Failure): void => {
      pages.refresh();
      say(failureLine(failure), true);
    },
    done: (words: string, undo: Undo | null): void => {
      if (undo !== null) undos.current.push(undo);
      say(words, false);
    },
    send: async <T>(ask: () => Promise<T>): Promise<T> => {
      setSending((count) => count + 1);
      const result = await ask();
      setSending((count) => count - 1);
      return result;
    },
    takeUndo: (): Undo | undefined => undos.current.pop(),
  };
}

/** Logs attempts by hand: shown at once, one request a change, each with its undo. */
export function useLogging(run: Run, pages: AttemptPages): Logging {
  const { saying, isSaving, fail, done, send, takeUndo } = useSending(pages);
  return {
    saying,
    isSaving,
    say: (words) => {
      done(words, null);
    },
    log: async (attempt, change) => {
      const before = loggedOf(attempt);
      const logged = { ...before, ...change };
      const next = cellOf(logged, attempt.cell);
      const look = outcomeLook(next.outcome, next.solved).words;
      const words = `${attemptWords(attempt)}: ${look}`;
      if (isSame(before, logged)) {
        done(`${words} already`, null);
        return true;
      }
      // What a log says of an attempt is the service's to refuse: it is not shown before it is sure.
      if (run.origin === "hand" || attempt.cell.outcome === "not-run") pages.patch(attempt.row.task, next);
      const result = await send(() => connection.request("attempts.log", { runId: run.id, attempts: [logged] }));
      if (result.ok) done(words, result.value.before.length === 0 ? null : { words, before: result.value.before });
      else fail(result.error);
      return result.ok;
    },
    invalidate: ({ row, cell }, reason, code) => {
      const input = { runId: run.id, task: row.task, epoch: cell.epoch, reason, code };
      return (second) =>
        send(() => connection.request("attempts.invalidate", second === undefined ? input : { ...input, second }));
    },
    settleInvalidated: (attempt, outcome) => {
      const words = `${attemptWords(attempt)}: ${outcome === null ? "waits for a second person to confirm" : "invalidated"}`;
      const isUndone = outcome !== null && !outcome.fromLog && run.state !== "accepted";
      done(words, isUndone ? { words, before: [loggedOf(attempt)] } : null);
    },
    attach: async (attempt, files) => {
      const address = { runId: run.id, task: attempt.row.task, epoch: attempt.cell.epoch };
      const result = await send(() => connection.request("attempts.attach", { ...address, files: [...files] }));
      if (!result.ok) return result.error;
      done(`${attemptWords(attempt)}: ${formatCounted(files.length, "file")} attached`, null);
      return null;
    },
    settleBlock: (before, count) => {
      done(pastedWords(count), { words: pastedWords(count), before });
    },
    undo: async () => {
      const last = takeUndo();
      if (last === undefined) {
        done("Nothing to undo here", null);
        return;
      }
      const result = await send(() =>
        connection.request("attempts.log", { runId: run.id, attempts: [...last.before] }),
      );
      if (result.ok) done(`Undone: ${last.words}`, null);
      else fail(result.error);
    },
  };
}
