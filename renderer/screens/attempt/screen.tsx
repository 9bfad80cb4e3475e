import { useEffect, useMemo, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { AttemptDetail } from "../../../electron/contract/evaluation.ts";
import { formatCount, formatDuration } from "../../../electron/contract/number-text.ts";
import { Button, EmptyState, ErrorNote, Loading, OutcomeTag, PageHead, Panel, Tag } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { keepPlace, navigate, replacePlace, useView, type Params } from "../../state/view.ts";
import { isTypedInto, transcriptHint } from "../../transcript/keys.ts";
import { attemptTranscript } from "../../transcript/source.ts";
import { TimelinePanel, TranscriptPanel, useTranscriptKeys } from "../../transcript/transcript-view.tsx";
import { useRights } from "../runs/rights.ts";
import { useTranscript, type TranscriptState } from "../../transcript/use-transcript.ts";
import { AttemptEvidence, AttemptFacts, AttemptHistory } from "./facts.tsx";
import { FindingsPanel, recordFinding } from "./findings-panel.tsx";
import { useInvalidation, WaitingAct } from "./invalidation.tsx";
import { ReviewPanel } from "./review-panel.tsx";
import { startOf } from "./transcript-start.ts";
import "./attempt.css";

function go(attempt: AttemptDetail, place: AttemptDetail["next"]): void {
  if (place !== null) replacePlace("attempt", { run: attempt.runId, task: place.task, epoch: String(place.epoch) });
}

function leadOf(attempt: AttemptDetail): string {
  const size = attempt.totalTokens === null ? [] : [`${formatCount(attempt.totalTokens)} tokens`];
  const time = attempt.totalMs === null ? [] : [formatDuration(attempt.totalMs)];
  return [`${attempt.runCode} · ${attempt.benchmark} · ${attempt.model}`, ...size, ...time].join(" · ");
}

function NoTranscript({ attempt }: { readonly attempt: AttemptDetail }): ReactNode {
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

/** The attempt is come back to at the item that was read when it was left. */
function useKeptItem(transcript: TranscriptState, run: string, task: string, epoch: number): void {
  const reader = transcript.status === "ready" ? transcript.reader : null;
  useEffect(
    () =>
      reader?.frame.subscribe(() => {
        const item = reader.read().rows[reader.frame.read().sight.first] ?? 0;
        keepPlace({ run, task, epoch: String(epoch), item: String(item) });
      }),
    [reader, run, task, epoch],
  );
}

function AttemptView({ attempt, params }: { readonly attempt: AttemptDetail; readonly params: Params }): ReactNode {
  const { runId, epoch, hasTranscript } = attempt;
  const task = attempt.task.id;
  const source = useMemo(
    () => (hasTranscript ? attemptTranscript({ runId, task, epoch }) : null),
    [runId, task, epoch, hasTranscript],
  );
  const transcript = useTranscript(source, startOf(params));
  const invalidation = useInvalidation(attempt);
  const { mayLog } = useRights();
  const keys = useTranscriptKeys(transcript, (key) => key === "x");
  useKeptItem(transcript, runId, task, epoch);
  useScreenCommands([
    {
      id: "attempt.next",
      words: "Next attempt",
      shortcut: "Alt+Down",
      isEnabled: attempt.next !== null,
      run: () => {
        go(attempt, attempt.next);
      },
    },
    {
      id: "attempt.previous",
      words: "Previous attempt",
      shortcut: "Alt+Up",
      isEnabled: attempt.previous !== null,
      run: () => {
        go(attempt, attempt.previous);
      },
    },
    {
      id: "attempt.search",
      words: "Search the transcripts of this run",
      run: () => {
        navigate("search", { run: runId });
      },
    },
    {
      id: "attempt.X",
      words: "Invalidate the attempt",
      shortcut: "X",
      // The letter itself belongs to this page; the sheet and the palette list it.
      get isEnabled() {
        return invalidation.isPossible && useView.getState().overlay !== null;
      },
      run: invalidation.open,
    },
    {
      id: "attempt.finding",
      words: "Record a finding seen in it",
      isEnabled: mayLog && attempt.outcome !== "not-run",
      run: () => {
        recordFinding(attempt);
      },
    },
    {
      id: "attempt.reinstate",
      words: "Reinstate the attempt",
      isEnabled: invalidation.mayReinstate,
      run: invalidation.openReinstate,
    },
  ]);
  useStatusHint(
    hasTranscript
      ? `${transcriptHint} · Alt ↓ next attempt`
      : "Alt ↓ next attempt · Alt ↑ previous · X invalidate · Alt ← back",
  );
  return (
    <>
      <div
        className="page"
        onKeyDown={(event) => {
          const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
          if (event.key.toLowerCase() === "x" && isPlain && invalidation.isPossible && !isTypedInto(event.target)) {
            event.preventDefault();
            invalidation.open();
          } else keys.onKeyDown(event);
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
              {attempt.outcome === "invalidated" ? (
                <Button isDisabled={!invalidation.mayReinstate} onPress={invalidation.openReinstate}>
                  Reinstate…
                </Button>
              ) : (
                <Button shortcut="X" isDisabled={!invalidation.isPossible} onPress={invalidation.open}>
                  Invalidate…
                </Button>
              )}
              <Button
                shortcut="Alt+ArrowUp"
                isDisabled={attempt.previous === null}
                onPress={() => {
                  go(attempt, attempt.previous);
                }}
              >
                Previous
              </Button>
              <Button
                shortcut="Alt+ArrowDown"
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
            {hasTranscript ? (
              <>
                <TimelinePanel state={transcript} />
                <TranscriptPanel state={transcript} keys={keys} />
              </>
            ) : (
              <NoTranscript attempt={attempt} />
            )}
            <div className="attempt-aside">
              <WaitingAct attempt={attempt} />
              <AttemptFacts attempt={attempt} />
              <ReviewPanel attempt={attempt} />
              <FindingsPanel attempt={attempt} />
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
    return <AttemptView key={`${address.task} ${String(address.epoch)}`} attempt={attempt.data} params={params} />;
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
