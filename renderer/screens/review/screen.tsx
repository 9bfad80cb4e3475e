import { useRef, type KeyboardEvent, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { formatCount, formatDuration } from "../../../electron/contract/number-text.ts";
import type { ReviewItem } from "../../../electron/contract/reviewing.ts";
import { Button, ErrorNote, Loading, PageHead, Tag, classes, outcomeLook } from "../../parts/index.ts";
import { useScreenCommands, type ScreenCommand } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, replacePlace, useView, type Params } from "../../state/view.ts";
import { BlindTag, ItemStateTag } from "../reviews/review-words.tsx";
import { ShareBar } from "../reviews/share-bar.tsx";
import { ItemFacts } from "./item-facts.tsx";
import { draftOf, emptyDraft, toggleFlag } from "./judgement-draft.ts";
import { reasonFieldId, scoreFieldId } from "./judgement-form.tsx";
import { isWriting, letterKeys, reviewActionOf, type ReviewAction } from "./judgement-keys.ts";
import { AdjudicationPanel, JudgePanel, ReadPanel, takeOver } from "./judgement-panels.tsx";
import { itemWords, ownJudgement, useJudging, type Judging, type JudgingMode } from "./judging.ts";
import { useReviewTranscript, type ReviewTranscript } from "./review-transcript.tsx";
import { canUndo, undoGiven } from "./review-undo.ts";
import "../attempt/attempt.css";
import "../reviews/reviews.css";
import "./review.css";

function leadOf(item: ReviewItem): string {
  const look = outcomeLook(item.outcome, item.solved).words;
  const outcome = item.limit === null ? look : `${look}: ${item.limit}`;
  const tokens = item.totalTokens === null ? [] : [`${formatCount(item.totalTokens)} tokens`];
  const time = item.totalMs === null ? [] : [formatDuration(item.totalMs)];
  const model = item.identity === null ? [] : [item.identity.model];
  return [...model, item.benchmark, outcome, ...tokens, ...time].join(" · ");
}

function go(item: ReviewItem, place: number | null): void {
  if (place !== null) replacePlace("review", { round: item.roundId, item: String(place) });
}

function focusField(id: string): void {
  document.querySelector<HTMLElement>(`#${id} :is(input, textarea)`)?.focus();
}

/** What the form's keys do. */
function fillIn(action: ReviewAction, item: ReviewItem, judging: Judging): boolean {
  const { draft, change, mode } = judging;
  if (mode === "read") return false;
  switch (action.kind) {
    case "flag": {
      const flag = item.form.flags[action.index];
      if (flag !== undefined) change(toggleFlag(draft, flag.id, item.form));
      return flag !== undefined;
    }
    case "confidence":
      change({ ...draft, confidence: action.value });
      return true;
    case "verdict":
      if (!item.form.asksScore) return false;
      change({ ...draft, verdict: action.verdict });
      // The field is there after the next drawing.
      if (action.verdict === "corrected")
        requestAnimationFrame(() => {
          focusField(scoreFieldId);
        });
      return true;
    case "reason":
      focusField(reasonFieldId);
      return true;
    case "take":
      takeOver(item, judging, action.which);
      return mode === "adjudicate";
    default:
      return false;
  }
}

/** What the keys that move do. */
function move(action: ReviewAction, item: ReviewItem, transcript: ReviewTranscript): boolean {
  switch (action.kind) {
    case "next-message":
    case "previous-message":
      if (transcript.hasAny) transcript.step(action.kind === "next-message" ? 1 : -1);
      return transcript.hasAny;
    case "next-item":
      go(item, item.next);
      return item.next !== null;
    case "previous-item":
      go(item, item.previous);
      return item.previous !== null;
    default:
      return false;
  }
}

const hints: Readonly<Record<JudgingMode, string>> = {
  judge:
    "1–9 flags · S stands · C corrected · U cannot tell · R reason · ⇧ 1–5 how sure · Ctrl ↵ judge and go on · J K messages",
  revise: "1–9 flags · S stands · C corrected · U cannot tell · R reason · ⇧ 1–5 how sure · Ctrl ↵ change it",
  adjudicate:
    "A B start from · 1–9 flags · S C U score · R reason · ⇧ 1–5 how sure · Ctrl ↵ decide and go on · J K messages",
  read: "J next message · K previous · N next to judge · Ctrl Z take back · Alt ← back",
};

const giveWords: Readonly<Record<JudgingMode, string>> = {
  judge: "Judge and go on",
  revise: "Change the judgement",
  adjudicate: "Decide and go on",
  read: "Judge and go on",
};

/** Ctrl+Z in a field undoes what was typed: that is the field's. */
function undoIsOurs(): boolean {
  return !isWriting(document.activeElement);
}

function useItemCommands(judging: Judging, act: (action: ReviewAction) => void, undo: (() => void) | null): void {
  const letters = letterKeys.map(({ key, words, action }): ScreenCommand => ({
    id: `review.${key}`,
    words,
    shortcut: key,
    // The letters themselves belong to this page; the sheet and the palette list them.
    get isEnabled() {
      return useView.getState().overlay !== null;
    },
    run: () => {
      act(action);
    },
  }));
  useScreenCommands([
    {
      id: "review.give",
      words: giveWords[judging.mode],
      shortcut: "CmdOrCtrl+Enter",
      isEnabled: judging.mode !== "read",
      run: () => void judging.give(judging.mode !== "revise"),
    },
    {
      id: "review.undo",
      words: "Take back the last judgement",
      shortcut: "CmdOrCtrl+Z",
      get isEnabled() {
        return undo !== null && undoIsOurs();
      },
      run: () => {
        undo?.();
      },
    },
    ...letters,
  ]);
}

/** What Ctrl+Z takes back: this item's judgement where it is one's own, else the last of this sitting. */
function undoOf(item: ReviewItem, judging: Judging): (() => void) | null {
  if (judging.mode === "read" && item.mayUndo) {
    const own = ownJudgement(item) ?? item.adjudications.findLast(({ isMine }) => isMine);
    const draft = own === undefined ? emptyDraft : draftOf(own);
    return () => void undoGiven({ roundId: item.roundId, item: item.item, words: itemWords(item), draft });
  }
  return canUndo() ? () => void undoGiven() : null;
}

function RoundProgress({ roundId }: { readonly roundId: string }): ReactNode {
  const round = useQuery("reviews.round", { roundId });
  if (round.status !== "ready" || round.data.mine.assigned === 0) return null;
  const { done, assigned } = round.data.mine;
  return <ShareBar label="Your part of the round" done={done} total={assigned} words="judged" />;
}

function Head({ item }: { readonly item: ReviewItem }): ReactNode {
  return (
    <PageHead
      title={`${item.task.title} · epoch ${String(item.epoch)}`}
      lead={leadOf(item)}
      up={{
        words: `Review · ${item.round}`,
        onPress: () => {
          navigate("reviews", { round: item.roundId });
        },
      }}
      tags={
        <>
          <RoundProgress roundId={item.roundId} />
          {item.blind ? <BlindTag /> : null}
          {item.frozen ? <Tag sign="withheld">frozen</Tag> : <ItemStateTag state={item.state} />}
        </>
      }
      actions={
        <>
          <Button
            shortcut="P"
            isDisabled={item.previous === null}
            onPress={() => {
              go(item, item.previous);
            }}
          >
            Previous
          </Button>
          <Button
            shortcut="N"
            isDisabled={item.next === null}
            onPress={() => {
              go(item, item.next);
            }}
          >
            Next
          </Button>
        </>
      }
    />
  );
}

function ItemView({ item }: { readonly item: ReviewItem }): ReactNode {
  const page = useRef<HTMLDivElement>(null);
  const judging = useJudging(item);
  const transcript = useReviewTranscript(item);
  const undo = undoOf(item, judging);
  const act = (action: ReviewAction): boolean => fillIn(action, item, judging) || move(action, item, transcript);
  useItemCommands(judging, act, undo);
  useStatusHint(hints[judging.mode]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isWriting(event.target)) return;
    const action = reviewActionOf(event);
    if (action !== null && act(action)) event.preventDefault();
  };
  const leave = (): void => page.current?.focus();
  const panel = { item, judging, onLeave: leave };
  return (
    <div className="page review-page" ref={page} tabIndex={-1} onKeyDown={onKeyDown}>
      <Head item={item} />
      <div className="page-body">
        <div className={classes("attempt-columns", judging.mode === "adjudicate" && "review-wide")}>
          {transcript.panels}
          <div className="attempt-aside review-aside">
            {judging.mode === "judge" || judging.mode === "revise" ? <JudgePanel {...panel} /> : null}
            {judging.mode === "adjudicate" ? <AdjudicationPanel {...panel} /> : null}
            {judging.mode === "read" ? <ReadPanel item={item} judging={judging} onUndo={() => undo?.()} /> : null}
            <ItemFacts item={item} />
          </div>
        </div>
      </div>
    </div>
  );
}

/** One item of a round: the transcript beside the judgement. Its place says the round and a number, nothing of the run. */
function ReviewScreen({ params }: { readonly params: Params }): ReactNode {
  const address = { roundId: params["round"] ?? "", item: Number(params["item"] ?? 0) || 1 };
  const item = useQuery("reviews.item", address);
  // A judgement that was taken back comes with its form filled in: the view starts anew with it.
  if (item.status === "ready") return <ItemView key={item.data.own} item={item.data} />;
  if (item.status === "loading") return <Loading />;
  return (
    <div className="page">
      <PageHead
        title="Review"
        up={{
          words: "Review",
          onPress: () => {
            navigate("reviews");
          },
        }}
      />
      <div className="page-body">
        <ErrorNote failure={item.failure} />
      </div>
    </div>
  );
}

export const screen: Screen = { id: "review", Component: ReviewScreen };
