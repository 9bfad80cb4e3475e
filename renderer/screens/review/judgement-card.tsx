import type { ReactNode } from "react";
import type { Decision, Judgement, ReviewForm, ReviewItem } from "../../../electron/contract/reviewing.ts";
import { DescriptionList, Tag, classes, type Described } from "../../parts/index.ts";
import { minuteWords } from "../../state/time-words.ts";
import { FlagTags, confidenceLine, scoreWords, verdictWords } from "../reviews/review-words.tsx";

interface CardProps {
  readonly title: string;
  readonly tags?: ReactNode;
  readonly items: readonly Described[];
  readonly foot?: ReactNode;
  readonly isQuiet?: boolean;
}

function Card({ title, tags, items, foot, isQuiet = false }: CardProps): ReactNode {
  return (
    <article className={classes("review-card", isQuiet && "quiet")} aria-label={title}>
      <header className="review-card-head">
        <h3>{title}</h3>
        {tags}
      </header>
      <DescriptionList look="stack" items={items} />
      {foot === undefined ? null : <p className="small ink3">{foot}</p>}
    </article>
  );
}

function flagsOf(flags: readonly string[], form: ReviewForm): ReactNode {
  if (flags.length === 0) return <span className="ink2">none</span>;
  return (
    <span className="row review-card-flags">
      <FlagTags flags={flags} form={form} />
    </span>
  );
}

/** What was judged, the scorer's value always beside the corrected one. */
export function saidItems(
  said: Pick<Judgement, "flags" | "verdict" | "reason">,
  form: ReviewForm,
  scorerScore: number | null,
): readonly Described[] {
  const score: readonly Described[] = form.asksScore
    ? [
        {
          term: "Score",
          value: (
            <>
              {verdictWords(said.verdict)} <span className="ink3">· the scorer said {scoreWords(scorerScore)}</span>
            </>
          ),
        },
      ]
    : [];
  const reason: readonly Described[] =
    said.reason === "" ? [] : [{ term: "Reason", value: <span className="review-reason">{said.reason}</span> }];
  return [...score, { term: "Flags", value: flagsOf(said.flags, form) }, ...reason];
}

const standings: Readonly<Record<Judgement["standing"], string | null>> = {
  stands: null,
  revised: "replaced by a later one",
  undone: "taken back",
  late: "after the freeze, does not count",
};

interface JudgementCardProps {
  readonly title: string;
  readonly judgement: Judgement;
  readonly form: ReviewForm;
  readonly scorerScore: number | null;
  /** Without a name and a time: while two are compared, neither is to say whose it is. */
  readonly isNameless?: boolean;
}

/** One person's judgement. */
export function JudgementCard(props: JudgementCardProps): ReactNode {
  const { title, judgement, form, scorerScore, isNameless = false } = props;
  const standing = standings[judgement.standing];
  const foot = isNameless ? undefined : `${judgement.by ?? "a reviewer"}, ${minuteWords(judgement.at)}`;
  return (
    <Card
      title={title}
      isQuiet={judgement.standing !== "stands"}
      tags={
        <>
          {standing === null ? null : <Tag>{standing}</Tag>}
          {judgement.afterSight && !isNameless ? <Tag>after seeing the other</Tag> : null}
        </>
      }
      items={[
        ...saidItems(judgement, form, scorerScore),
        { term: "How sure", value: confidenceLine(judgement.confidence) },
      ]}
      foot={foot}
    />
  );
}

const hows: Readonly<Record<Decision["how"], string>> = {
  single: "by one judgement",
  agreed: "both agree",
  adjudicated: "adjudicated",
};

/** What an item came to. */
export function DecisionCard({
  item,
  decision,
}: {
  readonly item: ReviewItem;
  readonly decision: Decision;
}): ReactNode {
  const who = decision.by === null ? "" : `${decision.by}, `;
  return (
    <Card
      title="Decision"
      tags={
        <Tag tone="ok" sign="ok">
          {hows[decision.how]}
        </Tag>
      }
      items={saidItems(decision, item.form, item.scorerScore)}
      foot={`${who}${minuteWords(decision.at)}`}
    />
  );
}
