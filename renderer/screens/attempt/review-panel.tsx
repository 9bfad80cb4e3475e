import type { ReactNode } from "react";
import type { AttemptDetail } from "../../../electron/contract/evaluation.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DescriptionList,
  DoorLink,
  ErrorNote,
  Panel,
  Tag,
  outcomeLook,
  type Described,
} from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { JudgementCard } from "../review/judgement-card.tsx";
import { scoreWords } from "../reviews/review-words.tsx";
import { useRights } from "../runs/rights.ts";
import "../review/review.css";

type Item = AttemptDetail["reviewItems"][number];

/** What the scorer gave beside what counts, and who decided it. */
function standingOf({ reviewed, scorer, score, solved, outcome, flags }: AttemptDetail): readonly Described[] {
  const given = outcomeLook(scorer.outcome, scorer.solved).words;
  const counts = outcomeLook(outcome, solved).words;
  const decided: readonly Described[] =
    reviewed === null
      ? []
      : [
          {
            term: "Reviewed",
            value: reviewed.verdict === "stands" ? "the score stands" : `corrected to ${scoreWords(reviewed.score)}`,
          },
          {
            term: "By",
            value: `${reviewed.by ?? "reviewers, named when the round is frozen"}, ${minuteWords(reviewed.at)}`,
          },
          ...(reviewed.reason === "" ? [] : [{ term: "Reason", value: reviewed.reason }]),
        ];
  return [
    { term: "The scorer said", value: `${scoreWords(scorer.score)}, ${given}` },
    { term: "It counts as", value: `${scoreWords(score)}, ${counts}` },
    ...decided,
    ...(flags.length === 0
      ? []
      : [
          {
            term: "Flags",
            value: (
              <span className="row">
                {flags.map(({ id, words }) => (
                  <Tag key={id} tone="warn">
                    {words}
                  </Tag>
                ))}
              </span>
            ),
          },
        ]),
  ];
}

/** The judgements of one round, in order, each with who and when. */
function ItemJudgements({ roundId, round, item }: Item): ReactNode {
  const answer = useQuery("reviews.item", { roundId, item });
  if (answer.status === "loading") return null;
  if (answer.status === "failed") return <ErrorNote failure={answer.failure} />;
  const { judgements, adjudications, form, scorerScore } = answer.data;
  const said = [
    ...judgements.map((judgement) => ({ judgement, title: "Judgement" })),
    ...adjudications.map((judgement) => ({ judgement, title: "Adjudication" })),
  ].sort((a, b) => a.judgement.at - b.judgement.at);
  return (
    <section className="stack tight" aria-label={`Judgements of ${round}`}>
      <span className="row">
        <DoorLink
          onPress={() => {
            navigate("review", { round: roundId, item: String(item) });
          }}
        >
          {round}
        </DoorLink>
        <span className="small ink3">{formatCounted(judgements.length, "judgement")}</span>
      </span>
      {said.map(({ judgement, title }) => (
        <JudgementCard key={judgement.id} title={title} judgement={judgement} form={form} scorerScore={scorerScore} />
      ))}
    </section>
  );
}

function NotReviewed({ attempt }: { readonly attempt: AttemptDetail }): ReactNode {
  const { mayDecide } = useRights();
  return (
    <div className="stack tight">
      <p className="ink2">
        {attempt.outcome === "not-run" ? "There is nothing to review yet." : "No review has decided on it."}
      </p>
      {mayDecide && attempt.outcome !== "not-run" ? (
        <Button
          size="small"
          onPress={() => {
            navigate("reviews", { new: "yes", run: attempt.runId });
          }}
        >
          Open a round over this run…
        </Button>
      ) : null}
    </div>
  );
}

/** What reviews made of the attempt: the scorer's value beside what counts, and every judgement that may be told. */
export function ReviewPanel({ attempt }: { readonly attempt: AttemptDetail }): ReactNode {
  const { reviewed, reviewItems, flags } = attempt;
  const isReviewed = reviewed !== null || reviewItems.length > 0 || flags.length > 0;
  return (
    <Panel title="Reviews" hint={reviewItems.length === 0 ? undefined : formatCounted(reviewItems.length, "round")}>
      {isReviewed ? (
        <div className="stack">
          <DescriptionList items={standingOf(attempt)} />
          {reviewItems.map((place) => (
            <ItemJudgements key={`${place.roundId} ${String(place.item)}`} {...place} />
          ))}
        </div>
      ) : (
        <NotReviewed attempt={attempt} />
      )}
    </Panel>
  );
}
