import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { AttemptDetail } from "../../../electron/contract/evaluation.ts";
import { formatCount, formatDuration } from "../../../electron/contract/number-text.ts";
import { Button, EmptyState, ErrorNote, Loading, Note, OutcomeTag, PageHead, Panel, Tag } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { usePages, type Pages } from "../../state/pages.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, replacePlace, useView, type Params } from "../../state/view.ts";
import type { TranscriptItem } from "../../../electron/contract/transcripts.ts";
import { AttemptEvidence, AttemptFacts, AttemptHistory } from "./facts.tsx";
import { useInvalidation, WaitingAct } from "./invalidation.tsx";
import { Timeline, TranscriptList } from "./transcript-view.tsx";
import "./attempt.css";

function go(attempt: AttemptDetail, place: AttemptDetail["next"]): void {
  if (place !== null) replacePlace("attempt", { run: attempt.runId, task: place.task, epoch: String(place.epoch) });
}

function leadOf(attempt: AttemptDetail): string {
  const size = attempt.totalTokens === null ? [] : [`${formatCount(attempt.totalTokens)} tokens`];
  const time = attempt.totalMs === null ? [] : [formatDuration(attempt.totalMs)];
  return [`${attempt.runCode} · ${attempt.benchmark} · ${attempt.model}`, ...size, ...time].join(" · ");
}

interface TranscriptPanelsProps {
  readonly attempt: AttemptDetail;
  readonly pages: Pages<TranscriptItem>;
  readonly current: number;
  readonly onPick: (index: number) => void;
  readonly notes: readonly string[];
}

function TranscriptPanels({ attempt, pages, current, onPick, notes }: TranscriptPanelsProps): ReactNode {
  const total = pages.total ?? pages.rows.length;
  if (!attempt.hasTranscript) {
    return (
      <Panel title="Transcript" fill>
        <EmptyState title="No transcript">
          {attempt.outcome === "not-run"
            ? "This attempt was not run yet."
            : "It was logged by hand. What there is of it stands under Evidence."}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <>
      <nav className="panel attempt-nav" aria-label="Timeline">
        <header className="panel-head">
          <h2>Timeline</h2>
          <span className="panel-hint">{formatCount(total)}</span>
        </header>
        <Timeline items={pages.rows} current={current} onPick={onPick} />
      </nav>
      <section className="panel fill attempt-transcript" aria-label="Transcript" tabIndex={0}>
        {notes.length === 0 ? null : (
          <div className="attempt-notes">
            <Note tone="warn">{notes.join(" ")}</Note>
          </div>
        )}
        {pages.failure === null ? null : <ErrorNote failure={pages.failure} />}
        {pages.isLoading && pages.rows.length === 0 ? <Loading words="Reading the transcript" /> : null}
        <TranscriptList
          items={pages.rows}
          total={total}
          current={current}
          isLoading={pages.isLoading}
          more={pages.more}
        />
      </section>
    </>
  );
}

/** Keys of the transcript: they work while the focus is on this page and not in a field. */
function keyOf(event: React.KeyboardEvent): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  return event.key.toUpperCase();
}

function AttemptView({ attempt }: { readonly attempt: AttemptDetail }): ReactNode {
  const [current, setCurrent] = useState(0);
  const address = { runId: attempt.runId, task: attempt.task.id, epoch: attempt.epoch };
  const pages = usePages("attempts.transcript", address, ({ items, total }) => ({ rows: items, total }), 200);
  const first = useQuery("attempts.transcript", attempt.hasTranscript ? { ...address, offset: 0, limit: 1 } : null);
  const pick = (index: number): void => {
    const last = (pages.total ?? pages.rows.length) - 1;
    const next = Math.max(0, Math.min(last, index));
    if (next >= pages.rows.length) pages.more();
    setCurrent(next);
    document.getElementById(`attempt-item-${String(next)}`)?.scrollIntoView({ block: "start" });
    document.getElementById(`attempt-jump-${String(next)}`)?.scrollIntoView({ block: "nearest" });
  };
  const invalidation = useInvalidation(attempt);
  const keys: Readonly<Record<string, { words: string; run: () => void; isEnabled: boolean }>> = {
    J: {
      words: "Next message",
      isEnabled: attempt.hasTranscript,
      run: () => {
        pick(current + 1);
      },
    },
    K: {
      words: "Previous message",
      isEnabled: attempt.hasTranscript,
      run: () => {
        pick(current - 1);
      },
    },
    N: {
      words: "Next attempt",
      isEnabled: attempt.next !== null,
      run: () => {
        go(attempt, attempt.next);
      },
    },
    P: {
      words: "Previous attempt",
      isEnabled: attempt.previous !== null,
      run: () => {
        go(attempt, attempt.previous);
      },
    },
    X: { words: "Invalidate the attempt", isEnabled: invalidation.isPossible, run: invalidation.open },
  };
  useScreenCommands(
    Object.entries(keys).map(([key, { words, run, isEnabled }]) => ({
      id: `attempt.${key}`,
      words,
      shortcut: key,
      // The letters themselves belong to this page; the sheet and the palette list them.
      get isEnabled() {
        return isEnabled && useView.getState().overlay !== null;
      },
      run,
    })),
  );
  const onwards = attempt.hasTranscript ? "J next message · K previous · " : "";
  useStatusHint(`${onwards}N next attempt · P previous · X invalidate · Alt ← back`);
  return (
    <>
      <div
        className="page"
        onKeyDown={(event) => {
          const deed = keys[keyOf(event) ?? ""];
          if (deed?.isEnabled !== true) return;
          event.preventDefault();
          deed.run();
        }}
      >
        <PageHead
          title={`${attempt.task.title} · epoch ${String(attempt.epoch)}`}
          lead={leadOf(attempt)}
          up={{
            words: attempt.runCode,
            onPress: () => {
              navigate("run", { id: attempt.runId, task: attempt.task.id, epoch: String(attempt.epoch) });
            },
          }}
          tags={
            <>
              {attempt.evidence.length === 0 ? null : <Tag sign="file">{formatCount(attempt.evidence.length)}</Tag>}
              <OutcomeTag state={attempt.outcome} solved={attempt.solved} detail={attempt.limit ?? undefined} />
            </>
          }
          actions={
            <>
              <Button shortcut="X" isDisabled={!invalidation.isPossible} onPress={invalidation.open}>
                Invalidate…
              </Button>
              <Button
                shortcut="P"
                isDisabled={attempt.previous === null}
                onPress={() => {
                  go(attempt, attempt.previous);
                }}
              >
                Previous
              </Button>
              <Button
                shortcut="N"
                isDisabled={attempt.next === null}
                onPress={() => {
                  go(attempt, attempt.next);
                }}
              >
                Next
              </Button>
            </>
          }
        />
        <div className="page-body">
          <div className="attempt-columns">
            <TranscriptPanels
              attempt={attempt}
              pages={pages}
              current={current}
              onPick={pick}
              notes={first.status === "ready" ? first.data.notes : []}
            />
            <div className="attempt-aside">
              <WaitingAct attempt={attempt} />
              <AttemptFacts attempt={attempt} />
              <AttemptEvidence attempt={attempt} />
              <AttemptHistory attempt={attempt} />
            </div>
          </div>
        </div>
      </div>
      {/* Beside the page, not in it: what is typed into the dialog is not meant for the page's keys. */}
      {invalidation.dialog}
    </>
  );
}

/** One attempt: what was measured, its evidence and history, and its transcript as text. */
function AttemptScreen({ params }: { readonly params: Params }): ReactNode {
  const runId = params["run"] ?? "";
  const address = { runId, task: params["task"] ?? "", epoch: Number(params["epoch"] ?? 1) || 1 };
  const attempt = useQuery("attempts.get", address);
  if (attempt.status === "ready")
    return <AttemptView key={`${address.task} ${String(address.epoch)}`} attempt={attempt.data} />;
  return (
    <div className="page">
      {attempt.status === "loading" ? (
        <Loading />
      ) : (
        <>
          <PageHead
            title="Attempt"
            up={{
              words: "The run",
              onPress: () => {
                navigate("run", { id: runId });
              },
            }}
          />
          <div className="page-body">
            <ErrorNote failure={attempt.failure} />
          </div>
        </>
      )}
    </div>
  );
}

export const screen: Screen = { id: "attempt", Component: AttemptScreen };
