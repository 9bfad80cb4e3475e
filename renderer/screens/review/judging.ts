import { useRef, useState } from "react";
import type { Failure } from "../../../electron/contract/result.ts";
import type { Judgement, ReviewItem } from "../../../electron/contract/reviewing.ts";
import { showToast } from "../../parts/index.ts";
import { connection, useCommand } from "../../state/service.ts";
import { replacePlace } from "../../state/view.ts";
import {
  draftFaults,
  draftOf,
  dropDraft,
  emptyDraft,
  judgementOf,
  keepDraft,
  needsReason,
  readDraft,
  type DraftFaults,
  type ItemPlace,
  type JudgementDraft,
  type JudgingMode,
} from "./judgement-draft.ts";
import { reasonFieldId, scoreFieldId } from "./judgement-form.tsx";
import { rememberGiven, undoGiven } from "./review-undo.ts";

export interface Judging {
  readonly mode: JudgingMode;
  readonly draft: JudgementDraft;
  readonly change: (draft: JudgementDraft) => void;
  readonly faults: DraftFaults;
  readonly reasonNeeded: boolean;
  readonly isRunning: boolean;
  readonly failure: Failure | null;
  /** Gives it, and opens the next item to judge where `goesOn`. */
  readonly give: (goesOn: boolean) => Promise<void>;
  readonly mayRevise: boolean;
  readonly startRevising: () => void;
  readonly stopRevising: () => void;
}

/** "Labyrinth Linguist, epoch 2". */
export function itemWords({ task, epoch }: ReviewItem): string {
  return `${task.title}, epoch ${String(epoch)}`;
}

/** What a person does with an item as it stands. */
export function modeOf(item: ReviewItem, revises: boolean): JudgingMode {
  if (item.frozen) return "read";
  if (item.own === "to-do") return "judge";
  if (item.own === "adjudicate") return "adjudicate";
  return item.own === "done" && revises ? "revise" : "read";
}

/** One's own judgement that counts. */
export function ownJudgement(item: ReviewItem): Judgement | undefined {
  return item.judgements.findLast(({ isMine, standing }) => isMine && standing === "stands");
}

/** The next item that waits for this person: of the round first, then of any. */
async function nextPlace(item: ReviewItem, mode: JudgingMode): Promise<ItemPlace | null> {
  if (mode === "judge" && item.next !== null) return { roundId: item.roundId, item: item.next };
  const wanted =
    mode === "adjudicate"
      ? ({ whose: "adjudication", own: "adjudicate" } as const)
      : ({ whose: "mine", own: "to-do" } as const);
  const result = await connection.request("reviews.queue", { ...wanted, filter: "", offset: 0, limit: 1 });
  const [row] = result.ok ? result.value.rows : [];
  return row === undefined ? null : { roundId: row.roundId, item: row.item };
}

/** What the toast says of a judgement that was given. */
export function givenWords(item: ReviewItem, mode: JudgingMode): string {
  if (mode === "adjudicate") return `Decided: ${itemWords(item)}.`;
  const verb = mode === "revise" ? "Changed" : "Judged";
  const after = item.state === "adjudication" ? " It goes to a third person." : "";
  return `${verb}: ${itemWords(item)}.${after}`;
}

/** A number counts once its field is left: one that is still being typed is taken as it stands. */
function takeTyped(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement) || field.closest(`#${scoreFieldId}`) === null) return;
  field.blur();
  field.focus();
}

function focusFault(faults: DraftFaults): void {
  const id = faults.score === undefined ? (faults.reason === undefined ? null : reasonFieldId) : scoreFieldId;
  if (id !== null) document.querySelector<HTMLElement>(`#${id} :is(input, textarea)`)?.focus();
}

/** The judgement of an item as it is being filled in, and what gives it. */
export function useJudging(item: ReviewItem): Judging {
  const place = { roundId: item.roundId, item: item.item };
  const [revises, setRevises] = useState(false);
  const [draft, setDraft] = useState<JudgementDraft>(() => readDraft(place) ?? emptyDraft);
  const latest = useRef(draft);
  const [isLate, setIsLate] = useState(false);
  const judge = useCommand("reviews.judge");
  const revise = useCommand("reviews.revise");
  const adjudicate = useCommand("reviews.adjudicate");
  const mode = modeOf(item, revises);
  const rules = { form: item.form, scorerScore: item.scorerScore, needsReason: mode === "adjudicate" };
  const command = mode === "adjudicate" ? adjudicate : mode === "revise" ? revise : judge;
  const change = (next: JudgementDraft): void => {
    latest.current = next;
    keepDraft(place, next);
    setDraft(next);
  };
  const give = async (goesOn: boolean): Promise<void> => {
    if (mode === "read" || command.isRunning) return;
    takeTyped();
    const said = latest.current;
    const judgement = judgementOf(said, rules);
    setIsLate(true);
    if (judgement === null) {
      focusFault(draftFaults(said, rules));
      return;
    }
    const result = await command.run({ ...place, ...judgement });
    if (!result.ok) return;
    dropDraft(place);
    setRevises(false);
    setIsLate(false);
    const entry = { ...place, words: itemWords(item), draft: said };
    rememberGiven(entry);
    showToast({ words: givenWords(result.value, mode), undo: () => void undoGiven(entry) });
    const next = goesOn ? await nextPlace(result.value, mode) : null;
    if (next !== null) replacePlace("review", { round: next.roundId, item: String(next.item) });
  };
  return {
    mode,
    draft,
    change,
    faults: isLate ? draftFaults(draft, rules) : {},
    reasonNeeded: rules.needsReason || needsReason(draft),
    isRunning: command.isRunning,
    failure: command.failure,
    give,
    mayRevise: item.own === "done" && !item.frozen && ownJudgement(item) !== undefined,
    startRevising: () => {
      const own = ownJudgement(item);
      if (own !== undefined) change(draftOf(own));
      setRevises(true);
    },
    stopRevising: () => {
      dropDraft(place);
      setRevises(false);
      setIsLate(false);
    },
  };
}
