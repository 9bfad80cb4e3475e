import type { ReactNode } from "react";
import type { Judgement, ReviewItem } from "../../../electron/contract/reviewing.ts";
import { Button, ErrorNote, Note } from "../../parts/index.ts";
import { flagWords } from "../reviews/review-words.tsx";
import { differences, draftOf } from "./judgement-draft.ts";
import { DecisionCard, JudgementCard } from "./judgement-card.tsx";
import { JudgementFields } from "./judgement-form.tsx";
import { ItemFacts, ScorerSaid } from "./item-facts.tsx";
import type { Judging } from "./judging.ts";

interface PanelProps {
  readonly item: ReviewItem;
  readonly judging: Judging;
  /** Escape in a field: the page's keys work again. */
  readonly onLeave: () => void;
}

interface FrameProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
  /** Stays in sight below what scrolls. */
  readonly foot: ReactNode;
  /** Holds words only: its body takes the focus, so that arrow keys scroll it. */
  readonly isReading?: boolean;
}

/** A panel whose last line is always in sight: what is done with the form. */
function Frame({ title, hint, children, foot, isReading = false }: FrameProps): ReactNode {
  return (
    <section className="panel fill" aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        {hint === undefined ? null : <span className="panel-hint">{hint}</span>}
      </header>
      <div className="panel-body review-scroll" {...(isReading ? { tabIndex: 0 } : {})}>
        {children}
      </div>
      {foot === null ? null : <footer className="review-foot">{foot}</footer>}
    </section>
  );
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
  const foot = revises ? (
    <GiveButtons judging={judging} act="Change it" goesOn={false} onCancel={judging.stopRevising} />
  ) : (
    <GiveButtons judging={judging} act="Judge and go on" goesOn />
  );
  return (
    <Frame title={revises ? "Change your judgement" : "Your judgement"} foot={foot}>
      <div className="review-form">
        <ScorerSaid item={item} />
        <Fields item={item} judging={judging} onLeave={onLeave} />
        <p className="small ink3">
          {revises ? "What you said before stays in the history, as replaced." : afterWords(item)}
        </p>
        <ItemFacts item={item} />
      </div>
    </Frame>
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

/** One of two judgements, and the way to start from it. */
function OneOfTwo({ item, judging, index }: Omit<PanelProps, "onLeave"> & { readonly index: number }): ReactNode {
  const judgement = standing(item)[index];
  const letter = index === 0 ? "A" : "B";
  if (judgement === undefined) return null;
  return (
    <div className="review-one">
      <JudgementCard
        title={`Judgement ${letter}`}
        judgement={judgement}
        form={item.form}
        scorerScore={item.scorerScore}
        isNameless
      />
      <Button
        size="small"
        shortcut={letter}
        label={`Start from judgement ${letter}`}
        onPress={() => {
          takeOver(item, judging, index);
        }}
      >
        Start from this
      </Button>
    </div>
  );
}

/** Two judgements side by side, without names, and the decision between them. */
export function AdjudicationPanel({ item, judging, onLeave }: PanelProps): ReactNode {
  const parts = { item, judging };
  return (
    <Frame
      title="Your decision"
      hint={differWords(item)}
      foot={<GiveButtons judging={judging} act="Decide and go on" goesOn />}
    >
      <div className="review-form">
        <div className="review-pair">
          <OneOfTwo {...parts} index={0} />
          <OneOfTwo {...parts} index={1} />
        </div>
        <ScorerSaid item={item} />
        <Fields item={item} judging={judging} onLeave={onLeave} />
        <p className="small ink3">
          Whose judgements these are is shown when the round is frozen. Both stay in the history; so does the scorer’s
          value.
        </p>
        <ItemFacts item={item} />
      </div>
    </Frame>
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

function ReadButtons({ item, judging, onUndo }: ReadPanelProps): ReactNode {
  return (
    <div className="review-give">
      {item.mayUndo ? (
        <Button shortcut="Ctrl+Z" onPress={onUndo}>
          Take back
        </Button>
      ) : null}
      {judging.mayRevise ? <Button onPress={judging.startRevising}>Change…</Button> : null}
    </div>
  );
}

function nobodyWords({ own }: ReviewItem): string {
  return own === "none"
    ? "It is not yours to judge. Judgements are shown here when the round allows it."
    : "Nobody has judged it yet.";
}

/** What was judged so far, as far as one may see it, with what came of it. */
export function ReadPanel({ item, judging, onUndo }: ReadPanelProps): ReactNode {
  const { form, scorerScore, judgements, adjudications } = item;
  const card = (judgement: Judgement, title: string): ReactNode => (
    <JudgementCard key={judgement.id} title={title} judgement={judgement} form={form} scorerScore={scorerScore} />
  );
  const mayAct = item.mayUndo || judging.mayRevise;
  return (
    <Frame
      title="Judgements"
      isReading
      foot={mayAct ? <ReadButtons item={item} judging={judging} onUndo={onUndo} /> : null}
    >
      <div className="review-form">
        <ScorerSaid item={item} />
        <Standing item={item} />
        {item.decision === null ? null : <DecisionCard item={item} decision={item.decision} />}
        {judgements.map((judgement, index) => card(judgement, cardTitle(judgement, index)))}
        {adjudications.map((judgement) => card(judgement, "Adjudication"))}
        {judgements.length + adjudications.length === 0 ? <p className="ink2">{nobodyWords(item)}</p> : null}
        <ItemFacts item={item} />
      </div>
    </Frame>
  );
}
