import { failureLine } from "../../../electron/contract/words.ts";
import { showToast } from "../../parts/index.ts";
import { connection, queries } from "../../state/service.ts";
import { navigate, replacePlace, useView } from "../../state/view.ts";
import { dropDraft, keepDraft, type ItemPlace, type JudgementDraft } from "./judgement-draft.ts";

/** A judgement of this sitting that can be taken back, with what was filled in for it. */
export interface GivenJudgement extends ItemPlace {
  readonly words: string;
  readonly draft: JudgementDraft;
}

const mostKept = 100;
/** Of this sitting, newest last; the page's end is theirs. */
let given: readonly GivenJudgement[] = [];

/** Remembers what was judged, for Ctrl+Z. */
export function rememberGiven(judgement: GivenJudgement): void {
  given = [...given, judgement].slice(-mostKept);
}

/** Whether there is something of this sitting to take back. */
export function canUndo(): boolean {
  return given.length > 0;
}

/** Opens the item, wherever one is. */
function reopen({ roundId, item }: ItemPlace): void {
  const params = { round: roundId, item: String(item) };
  if (useView.getState().place.screen === "review") replacePlace("review", params);
  else navigate("review", params);
}

/** Takes back a judgement, the last of this sitting where none is named, and opens its item with the form filled in. */
export async function undoGiven(judgement: GivenJudgement | undefined = given.at(-1)): Promise<void> {
  if (judgement === undefined) {
    showToast({ words: "Nothing to take back here.", tone: "info" });
    return;
  }
  const { roundId, item, words } = judgement;
  // Before it is asked: the item may be drawn again before the answer is here.
  keepDraft(judgement, judgement.draft);
  const result = await connection.request("reviews.undo", { roundId, item, reason: "" });
  if (!result.ok) {
    dropDraft(judgement);
    showToast({ words: failureLine(result.error), tone: "bad" });
    return;
  }
  given = given.filter((candidate) => candidate !== judgement);
  queries.invalidate();
  showToast({ words: `Taken back: ${words}`, tone: "info" });
  reopen(judgement);
}
