import type { ReactNode } from "react";
import type { Judgement, ReviewItem } from "../../../electron/contract/reviewing.ts";
import { Button, ErrorNote, Note, Panel } from "../../parts/index.ts";
import { flagWords } from "../reviews/review-words.tsx";
import { differences, draftOf } from "./judgement-draft.ts";
import { DecisionCard, JudgementCard } from "./judgement-card.tsx";
import { JudgementFields } from "./judgement-form.tsx";
import { ScorerSaid } from "./item-facts.tsx";
import type { Judging } from "./judging.ts";

interface PanelProps {
  readonly item: ReviewItem;
  readonly judging: Judging;
  /** Escape in a field: the page's keys work again. */
  readonly onLeave: () => void;
}

function Fields({ item, judging, onLeave }: PanelProps): ReactNode {
  return (
    <JudgementFields
      draft={judging.draft}
      onChange={judging.change}
      form={item.form}
      faults={judging.faults}
      scorerScore={item.scorerScore}
      rule={item.rule}
      reasonNeeded={judging.reasonNeeded}
      onLeave={onLeave}
    />
  );
}

interface GiveButtonsProps {
  readonly judging: Judging;
  readonly act: string;
  readonly goesOn: boolean;
  readonly onCancel?: () => void;
}

function GiveButtons({ judging, act, goesOn, onCancel }: GiveButtonsProps): ReactNode {
  return (
    <div className="stack tight">
      {judging.failure === null ? null : <ErrorNote failure={judging.failure} />}
      <div className="review-give">
        {onCancel === undefined ? null : <Button onPress={onCancel}>Cancel</Button>}
        <Button
          variant="primary"
          shortcut="Ctrl+Enter"
          isPending={judging.isRunning}
          onPress={() => void judging.give(goesOn)}
        >
          {act}
        </Button>
      </div>
    </div>
  );
}

function afterWords(item: ReviewItem): string {
  const other = item.hidden.length > 0 || item.blind ? "The other reviewer’s judgement is shown after yours. " : "";
  return `${other}The scorer’s value is never overwritten.`;
}

/** The form of one's own judgement, new or changed. */
export function JudgePanel({ item, judging, onLeave }: PanelProps): ReactNode {
  const revises = judging.mode === "revise";
  return (
    <Panel title={revises ? "Change your judgement" : "Your judgement"}>
      <div className="stack">
        <ScorerSaid item={item} />
        <Fields item={item} judging={judging} onLeave={onLeave} />
        {revises ? (
          <GiveButtons judging={judging} act="Change it" goesOn={false} onCancel={judging.stopRevising} />
        ) : (
          <GiveButtons judging={judging} act="Judge and go on" goesOn />
        )}
        <p className="small ink3">
          {revises ? "What you said before stays in the history, as replaced." : afterWords(item)}
        </p>
      </div>
    </Panel>
  );
}

/** Judgements that count, oldest first. */
function standing(item: ReviewItem): readonly Judgement[] {
  return item.judgements.filter((judgement) => judgement.standing === "stands");
}

function differWords(item: ReviewItem): string {
  const [a, b] = standing(item);
  if (a === undefined || b === undefined) return "It could not be told from what is there.";
  const parts = differences(a, b, (flag) => flagWords(flag, item.form));
  return parts.length === 0 ? "It could not be told from what is there." : `They differ on ${parts.join(", ")}.`;
}

/** Two judgements side by side, without names, and the decision between them. */
export function AdjudicationPanel({ item, judging, onLeave }: PanelProps): ReactNode {
  const two = standing(item).slice(0, 2);
  return (
    <Panel title="Your decision" hint="between two judgements">
      <div className="stack">
        <Note tone="warn" title={two.length === 2 ? "Two judgements, one decision" : "It needs a decision"}>
          {differWords(item)}
        </Note>
        <div className="review-pair">
          {two.map((judgement, index) => (
            <div key={judgement.id} className="stack tight">
              <JudgementCard
                title={`Judgement ${index === 0 ? "A" : "B"}`}
                judgement={judgement}
                form={item.form}
                scorerScore={item.scorerScore}
                isNameless
              />
              <Button
                size="small"
                shortcut={index === 0 ? "A" : "B"}
                label={`Start from judgement ${index === 0 ? "A" : "B"}`}
                onPress={() => {
                  takeOver(item, judging, index);
                }}
              >
                Start from this
              </Button>
            </div>
          ))}
        </div>
        <ScorerSaid item={item} />
        <Fields item={item} judging={judging} onLeave={onLeave} />
        <GiveButtons judging={judging} act="Decide and go on" goesOn />
        <p className="small ink3">
          Whose judgements these are is shown after your decision. Both stay in the history; so does the scorer’s value.
        </p>
      </div>
    </Panel>
  );
}

/** Fills the form with what one of two judgements says; the reason and how sure stay one's own. */
export function takeOver(item: ReviewItem, judging: Judging, index: number): void {
  const judgement = standing(item)[index];
  if (judgement === undefined || judging.mode !== "adjudicate") return;
  const { flags, verdict, score } = draftOf(judgement);
  judging.change({ ...judging.draft, flags, verdict, score });
}

function Standing({ item }: { readonly item: ReviewItem }): ReactNode {
  if (item.state === "adjudication") {
    return (
      <Note tone="warn" title="It goes to a third person">
        {differWords(item)}
      </Note>
    );
  }
  if (item.state === "decided") return null;
  const others = standing(item).length > 0 ? "the other reviewer" : "a reviewer";
  return <Note title={`It waits for ${others}`}>What they say is shown here once they have judged it.</Note>;
}

function cardTitle(judgement: Judgement, place: number): string {
  return judgement.isMine ? "Your judgement" : `Judgement ${String(place + 1)}`;
}

interface ReadPanelProps {
  readonly item: ReviewItem;
  readonly judging: Judging;
  readonly onUndo: () => void;
}

/** What was judged so far, as far as one may see it, with what came of it. */
export function ReadPanel({ item, judging, onUndo }: ReadPanelProps): ReactNode {
  const { form, scorerScore } = item;
  return (
    <Panel
      title="Judgements"
      actions={
        <>
          {item.mayUndo ? (
            <Button size="small" shortcut="Ctrl+Z" onPress={onUndo}>
              Take back
            </Button>
          ) : null}
          {judging.mayRevise ? (
            <Button size="small" onPress={judging.startRevising}>
              Change…
            </Button>
          ) : null}
        </>
      }
    >
      <div className="stack">
        <ScorerSaid item={item} />
        <Standing item={item} />
        {item.decision === null ? null : <DecisionCard item={item} decision={item.decision} />}
        {item.judgements.map((judgement, index) => (
          <JudgementCard
            key={judgement.id}
            title={cardTitle(judgement, index)}
            judgement={judgement}
            form={form}
            scorerScore={scorerScore}
          />
        ))}
        {item.adjudications.map((judgement) => (
          <JudgementCard
            key={judgement.id}
            title="Adjudication"
            judgement={judgement}
            form={form}
            scorerScore={scorerScore}
          />
        ))}
        {item.judgements.length === 0 && item.adjudications.length === 0 ? (
          <p className="ink2">
            {item.own === "none"
              ? "It is not yours to judge. Judgements are shown here when the round allows it."
              : "Nobody has judged it yet."}
          </p>
        ) : null}
      </div>
    </Panel>
  );
}
