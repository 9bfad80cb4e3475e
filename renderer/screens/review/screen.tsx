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
import { draftOf, emptyDraft, toggleFlag, type JudgingMode } from "./judgement-draft.ts";
import { reasonFieldId, scoreFieldId } from "./judgement-form.tsx";
import { isReviewKey, isWriting, letterKeys, reviewActionOf, type ReviewAction } from "./judgement-keys.ts";
import { AdjudicationPanel, JudgePanel, ReadPanel, takeOver } from "./judgement-panels.tsx";
import { itemWords, ownJudgement, useJudging, type Judging } from "./judging.ts";
import { useReviewTranscript } from "./review-transcript.tsx";
import { canUndo, undoGiven } from "./review-undo.ts";
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

const formHint = "1–9 flags · S C U score · R reason · ⇧ 1–5 how sure";

const hints: Readonly<Record<JudgingMode, string>> = {
  judge: `${formHint} · Ctrl ↵ judge · J K message · Alt ↓ next item`,
  revise: `${formHint} · Ctrl ↵ change · J K message`,
  adjudicate: `A B start from · ${formHint} · Ctrl ↵ decide · J K message`,
  read: "J K message · T tool · E error · / find · Alt ↓ next item · Ctrl Z take back · Alt ← back",
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

/** The form's letters: they belong to this page; the sheet and the palette list them. */
function letterCommands(mode: JudgingMode, act: (action: ReviewAction) => void): readonly ScreenCommand[] {
  return letterKeys
    .filter(({ key }) => isReviewKey(key.toLowerCase(), mode))
    .map(({ key, words, action }) => ({
      id: `review.${key}`,
      words,
      shortcut: key,
      get isEnabled() {
        return useView.getState().overlay !== null;
      },
      run: () => {
        act(action);
      },
    }));
}

interface ItemDeeds {
  readonly item: ReviewItem;
  readonly judging: Judging;
  readonly act: (action: ReviewAction) => void;
  readonly undo: (() => void) | null;
}

function useItemCommands({ item, judging, act, undo }: ItemDeeds): void {
  const { mode } = judging;
  const to = (place: number | null) => ({
    isEnabled: place !== null,
    run: () => {
      go(item, place);
    },
  });
  useScreenCommands([
    {
      id: "review.give",
      words: giveWords[mode],
      shortcut: "CmdOrCtrl+Enter",
      isEnabled: mode !== "read",
      run: () => void judging.give(mode !== "revise"),
    },
    { id: "review.next", words: "Next item to judge", shortcut: "Alt+Down", ...to(item.next) },
    { id: "review.previous", words: "Previous item to judge", shortcut: "Alt+Up", ...to(item.previous) },
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
    ...letterCommands(mode, act),
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
            shortcut="Alt+ArrowUp"
            isDisabled={item.previous === null}
            onPress={() => {
              go(item, item.previous);
            }}
          >
            Previous
          </Button>
          <Button
            shortcut="Alt+ArrowDown"
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
  const transcript = useReviewTranscript(item, judging.mode);
  const undo = undoOf(item, judging);
  const act = (action: ReviewAction): boolean => fillIn(action, item, judging);
  useItemCommands({ item, judging, act, undo });
  useStatusHint(hints[judging.mode]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isWriting(event.target)) return;
    const action = reviewActionOf(event);
    if (action !== null && act(action)) event.preventDefault();
    else transcript.keys.onKeyDown(event);
  };
  const leave = (): void => page.current?.focus();
  const panel = { item, judging, onLeave: leave };
  return (
    <div className="page review-page" ref={page} tabIndex={-1} onKeyDown={onKeyDown}>
      <Head item={item} />
      <div className="page-body">
        <div className={classes("review-columns", judging.mode === "adjudicate" && "review-wide")}>
          {transcript.panels}
          <div className="review-aside">
            {judging.mode === "judge" || judging.mode === "revise" ? <JudgePanel {...panel} /> : null}
            {judging.mode === "adjudicate" ? <AdjudicationPanel {...panel} /> : null}
            {judging.mode === "read" ? <ReadPanel item={item} judging={judging} onUndo={() => undo?.()} /> : null}
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
