import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Run } from "../../../electron/contract/evaluation.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { failureLine } from "../../../electron/contract/words.ts";
import { EmptyState, ErrorNote, Loading, Note, PageHead, classes } from "../../parts/index.ts";
import { useScreenCommands, type ScreenCommand } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, replacePlace, useView, type Params } from "../../state/view.ts";
import { useRights } from "../runs/rights.ts";
import { AttemptGrid } from "./attempt-grid.tsx";
import { rowAt, type GridQuery } from "./attempt-pages.ts";
import { CellEditor } from "./cell-editor.tsx";
import { useNow, useRunningClocks } from "./clocks.ts";
import { act, nextNotRun, tasksFrom, useGridCursor, type GridCursor } from "./grid-acting.ts";
import type { GridIntake } from "./grid-intake.ts";
import { gridKeys, type EditorField, type GridAction, type GridPlace } from "./grid-keys.ts";
import { GridBar } from "./grid-panel.tsx";
import { InvalidateDialog } from "./invalidate-dialog.tsx";
import { attemptWords, useAttemptPages, useLogging, type GridAttempt } from "./logging.ts";
import { MetricsDialog, NumbersDialog } from "./numbers-dialog.tsx";
import { PasteDialog, type Pasted } from "./paste-dialog.tsx";
import { RunHead } from "./run-head.tsx";
import { RunTiles } from "./run-tiles.tsx";
import "./run.css";

const firstQuery: GridQuery = { sort: "task", descending: false, filter: "", outcome: null };

/** How long each clock of the run has run, by task and epoch, in milliseconds. */
function useClocksOf(runId: string): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const since = useRunningClocks();
  const now = useNow(since.size > 0);
  return useMemo(() => {
    const byTask = new Map<string, Map<number, number>>();
    for (const [key, started] of since) {
      const [run = "", epoch = "", ...task] = key.split(" ");
      if (run !== runId) continue;
      const name = task.join(" ");
      byTask.set(name, (byTask.get(name) ?? new Map<number, number>()).set(Number(epoch), Math.max(0, now - started)));
    }
    return byTask;
  }, [since, now, runId]);
}

/** What the grid's keys do, for the shortcut sheet and the palette: the keys themselves belong to the grid alone. */
function gridCommands(onAction: (action: GridAction) => void): readonly ScreenCommand[] {
  return gridKeys.map(({ key, words, action }) => ({
    id: `run.grid.${key}`,
    words: `Attempt: ${words.toLowerCase()}`,
    shortcut: key,
    get isEnabled() {
      return useView.getState().overlay !== null;
    },
    run: () => {
      onAction(action);
    },
  }));
}

function closedWords(run: Run, mayLog: boolean): string | null {
  if (!mayLog) return "Your role reads here; leads and evaluators log attempts.";
  const takesMore = ["planned", "running", "logged", "in-review"].includes(run.state);
  return takesMore ? null : `${run.code} is ${run.state}: it takes no more attempts.`;
}

/** Tasks of the run whose flags can be checked, read before anybody asks for one; null until then. */
function useFlagged(run: Run): readonly string[] | null {
  const flags = useQuery("benchmarks.flags", { benchmarkId: run.benchmark.id });
  if (flags.status === "ready") return flags.data.tasks;
  return flags.status === "loading" ? null : [];
}

/** What the log lost or was told of when it was read. */
function LogNote({ run }: { readonly run: Run }): ReactNode {
  const { log } = run;
  if (log === null || (!log.salvaged && log.lost.length === 0 && log.notes.length === 0)) return null;
  const lost = log.lost.map(({ what, count, reason }) => `${formatCount(count)} ${what}: ${reason}`);
  return (
    <Note
      tone={log.salvaged || log.lost.length > 0 ? "warn" : "info"}
      title={log.salvaged ? "The log was damaged; what could be read of it was kept" : "About the log"}
    >
      {[...lost, ...log.notes].join(" ")}
    </Note>
  );
}

type Over =
  | { readonly kind: "numbers" }
  | { readonly kind: "metrics" }
  | { readonly kind: "invalidate"; readonly attempt: GridAttempt }
  | { readonly kind: "paste"; readonly pasted: Pasted };

function openAttempt(run: Run, cursor: GridCursor, attempt: GridAttempt): void {
  const epoch = String(attempt.cell.epoch);
  replacePlace("run", { id: run.id, task: attempt.row.task, epoch, row: String(cursor.place.row) });
  navigate("attempt", { run: run.id, task: attempt.row.task, epoch });
}

function useRunView(run: Run, params: Params) {
  const rights = useRights();
  const [query, setQuery] = useState(firstQuery);
  const { pages, snapshot } = useAttemptPages(run.id, query);
  const cursor = useGridCursor(pages, snapshot, run.epochs, {
    row: Number(params["row"] ?? 0) || 0,
    epoch: Number(params["epoch"] ?? 1) || 1,
    task: params["task"] ?? null,
  });
  const logging = useLogging(run, pages);
  const [isEditing, setIsEditing] = useState(params["log"] === "yes");
  const [wanted, setWanted] = useState<{ readonly field: EditorField } | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  const closed = closedWords(run, rights.mayLog);
  const mayInvalidate = run.state === "accepted" ? rights.mayDecide : rights.mayLog;
  const perform = (action: GridAction): void => {
    act(
      {
        run,
        pages,
        cursor,
        logging,
        closed,
        mayInvalidate,
        onField: ({ field }) => {
          setIsEditing(true);
          setWanted({ field });
        },
        onInvalidate: (attempt) => {
          setOver({ kind: "invalidate", attempt });
        },
        onOpen: (attempt) => {
          openAttempt(run, cursor, attempt);
        },
      },
      action,
    );
  };
  const latest = useRef(perform);
  useEffect(() => {
    latest.current = perform;
  });
  const onAction = useCallback((action: GridAction) => {
    latest.current(action);
  }, []);
  return {
    rights,
    query,
    setQuery,
    pages,
    snapshot,
    cursor,
    logging,
    isEditing,
    setIsEditing,
    wanted,
    setWanted,
    over,
    setOver,
    closed,
    onAction,
  };
}

type RunViewState = ReturnType<typeof useRunView>;

const mostPasted = 5_000;

/** What comes in at the cursor or at a cell: a block is shown before it is logged, files are attached at once. */
function intakeOf({ closed, cursor, logging, pages, snapshot, setOver }: RunViewState): GridIntake {
  const paste = async (text: string): Promise<void> => {
    const { row, epoch } = cursor.place;
    const tasks = await tasksFrom(pages, row, Math.min(text.split("\n").length, mostPasted));
    setOver({ kind: "paste", pasted: { text, tasks, epoch } });
  };
  const attach = async ({ row, epoch }: GridPlace, files: readonly File[]): Promise<void> => {
    const found = rowAt(snapshot, row);
    const cell = found?.cells.find((candidate) => candidate.epoch === epoch);
    if (found === undefined || cell === undefined) return;
    const dropped = await shell().droppedFiles([...files]);
    if (!dropped.ok) return;
    const attempt = { row: found, cell };
    const failed = await logging.attach(
      attempt,
      dropped.value.files.map((file) => file.handle),
    );
    if (failed !== null) logging.say(`${attemptWords(attempt)}: ${failureLine(failed)}`);
  };
  return {
    onPaste: (text) => {
      if (closed !== null) logging.say(closed);
      else if (text.trim() === "") logging.say("Nothing was copied");
      else void paste(text);
    },
    onFiles: (place, files) => {
      if (closed !== null) logging.say(closed);
      else if (files.length > 0) void attach(place, files);
    },
  };
}

function Overs({ run, view }: { readonly run: Run; readonly view: RunViewState }): ReactNode {
  const { over, setOver, logging } = view;
  const close = (): void => {
    setOver(null);
  };
  if (over === null) return null;
  if (over.kind === "numbers") return <NumbersDialog run={run} onClose={close} />;
  if (over.kind === "metrics") return <MetricsDialog run={run} onClose={close} />;
  if (over.kind === "paste") {
    return <PasteDialog runId={run.id} pasted={over.pasted} onDone={logging.settleBlock} onClose={close} />;
  }
  const { attempt } = over;
  return (
    <InvalidateDialog
      attempt={attemptWords(attempt)}
      wasAccepted={run.state === "accepted"}
      ask={(reason, code) => logging.invalidate(attempt, reason, code)}
      onDone={(outcome) => {
        logging.settleInvalidated(attempt, outcome);
      }}
      onClose={close}
    />
  );
}

function RunView({ run, params }: { readonly run: Run; readonly params: Params }): ReactNode {
  const view = useRunView(run, params);
  const { snapshot, pages, cursor, logging, query, setQuery, isEditing, setIsEditing, setOver, onAction } = view;
  const grid = useRef<{ focus: () => void }>(null);
  const clocks = useClocksOf(run.id);
  const flagged = useFlagged(run);
  const focusGrid = (): void => {
    grid.current?.focus();
  };
  const comesBack = params["task"] !== undefined || params["log"] === "yes";
  useEffect(() => {
    if (comesBack) grid.current?.focus();
  }, [comesBack]);
  const onSight = useCallback(
    (first: number, last: number) => {
      pages.want(first, last);
    },
    [pages],
  );
  const log = async (): Promise<void> => {
    setIsEditing(!isEditing);
    focusGrid();
    if (isEditing || cursor.attempt?.cell.outcome === "not-run") return;
    const place = await nextNotRun(pages, { row: 0, epoch: 0 });
    if (place !== null) cursor.move(place);
  };
  useScreenCommands([
    { id: "run.log", words: "Log attempts", shortcut: "Alt+L", isEnabled: view.closed === null, run: () => void log() },
    {
      id: "run.solved-first",
      words: "Sort tasks by how often they were solved",
      run: () => {
        setQuery({ ...query, sort: "solved", descending: true });
      },
    },
    ...gridCommands(onAction),
  ]);
  const total = snapshot.total ?? 0;
  useStatusHint(
    `${formatCount(total)} rows · S solved · F not solved · T clock · Ctrl V paste · N note · X invalidate · Enter open · Ctrl / every key`,
  );
  const { attempt } = cursor;
  return (
    <div className="page">
      <RunHead
        run={run}
        rights={view.rights}
        isLogging={isEditing}
        canLog={view.closed === null}
        onLog={() => void log()}
        onMetrics={() => {
          setOver({ kind: "metrics" });
        }}
      />
      <div className={classes("page-body", isEditing && "run-logging")}>
        <LogNote run={run} />
        <RunTiles
          run={run}
          onNumbers={() => {
            setOver({ kind: "numbers" });
          }}
          onMetrics={() => {
            setOver({ kind: "metrics" });
          }}
          onSolved={() => {
            setQuery({ ...query, sort: "solved", descending: true });
            focusGrid();
          }}
        />
        {snapshot.failure === null ? null : <ErrorNote failure={snapshot.failure} />}
        <div className="run-work">
          <section className="panel fill" aria-label="Attempts">
            <GridBar
              query={query}
              total={snapshot.total}
              onQuery={setQuery}
              saying={logging.saying}
              isSaving={logging.isSaving}
              onUndo={() => void logging.undo()}
            />
            <AttemptGrid
              ref={grid}
              label={`Attempts of ${run.code}, tasks by epochs`}
              epochs={run.epochs}
              snapshot={snapshot}
              cursor={cursor.place}
              onCursor={cursor.move}
              onAction={onAction}
              onSight={onSight}
              sort={query}
              onSort={(sort) => {
                setQuery({ ...query, ...sort });
              }}
              clocks={clocks}
              intake={intakeOf(view)}
              empty={
                query.filter === "" && query.outcome === null ? (
                  <EmptyState title="No attempts are planned">The benchmark of this run has no tasks.</EmptyState>
                ) : (
                  <EmptyState title="No task is like that">Empty the filter, or choose another outcome.</EmptyState>
                )
              }
            />
          </section>
          {isEditing && attempt !== null ? (
            <CellEditor
              run={run}
              attempt={attempt}
              logging={logging}
              mayLog={view.closed === null}
              clockMs={clocks.get(attempt.row.task)?.get(attempt.cell.epoch) ?? null}
              flagged={flagged}
              wanted={view.wanted}
              onAction={onAction}
              onLeave={focusGrid}
              onClose={() => {
                setIsEditing(false);
                focusGrid();
              }}
            />
          ) : null}
        </div>
      </div>
      <Overs run={run} view={view} />
    </div>
  );
}

/** One run: its numbers, every planned attempt, and the grid in which attempts are logged. */
function RunScreen({ params }: { readonly params: Params }): ReactNode {
  const run = useQuery("runs.get", { runId: params["id"] ?? "" });
  if (run.status === "ready") return <RunView key={run.data.id} run={run.data} params={params} />;
  return (
    <div className="page">
      {run.status === "loading" ? (
        <Loading />
      ) : (
        <>
          <PageHead
            title="Run"
            up={{
              words: "Runs",
              onPress: () => {
                navigate("runs");
              },
            }}
          />
          <div className="page-body">
            <ErrorNote failure={run.failure} />
          </div>
        </>
      )}
    </div>
  );
}

export const screen: Screen = { id: "run", Component: RunScreen };
