import type { ReactNode } from "react";
import type { LoggedScore, ScoreValue } from "../../../electron/contract/attempt.ts";
import { formatCost, formatCount, formatDuration, formatMinutes } from "../../../electron/contract/number-text.ts";
import type { ReviewItem } from "../../../electron/contract/reviewing.ts";
import { DescriptionList, DoorLink, Note, OutcomeTag, type Described } from "../../parts/index.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { EvidenceRow } from "../attempt/facts.tsx";
import { ruleWords, scoreWords } from "../reviews/review-words.tsx";
import "../attempt/attempt.css";

function valueText(value: ScoreValue): string {
  if (value === null) return "undecided";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function ScorerLine({ score }: { readonly score: LoggedScore }): ReactNode {
  return (
    <li>
      <span className="review-scorer-name cut">{score.scorer}</span>
      <span className="mono">{valueText(score.value)}</span>
      {score.number === null ? null : <span className="ink3">= {scoreWords(score.number)}</span>}
      {score.original === undefined ? null : (
        <span className="small tone-warn">edited, was {valueText(score.original)}</span>
      )}
    </li>
  );
}

/** What the scorer said: in sight while one judges, and after. */
export function ScorerSaid({ item }: { readonly item: ReviewItem }): ReactNode {
  return (
    <div className="review-scorer">
      <div className="review-scorer-head">
        <span className="field-label">The scorer said</span>
        <OutcomeTag state={item.outcome} solved={item.solved} detail={item.limit ?? undefined} />
      </div>
      {item.scores.length === 0 ? (
        <p>
          Score <span className="mono">{scoreWords(item.scorerScore)}</span>
        </p>
      ) : (
        <ul>
          {item.scores.map((score) => (
            <ScorerLine key={score.scorer} score={score} />
          ))}
        </ul>
      )}
    </div>
  );
}

function maybe(term: string, value: string | null): readonly Described[] {
  return value === null || value === "" ? [] : [{ term, value }];
}

function identityOf({ identity, task, epoch }: ReviewItem): readonly Described[] {
  if (identity === null) return [];
  const open = (): void => {
    navigate("attempt", { run: identity.runId, task: task.id, epoch: String(epoch) });
  };
  return [
    { term: "Model", value: identity.model },
    { term: "Run", value: <DoorLink onPress={open}>{identity.runCode}</DoorLink> },
    ...maybe("Campaign", identity.campaign),
    ...maybe("Started", identity.startedAt === null ? null : minuteWords(identity.startedAt)),
    ...maybe("Cost", identity.cost === null ? null : formatCost(identity.cost)),
  ];
}

function factsOf(item: ReviewItem): readonly Described[] {
  const { task } = item;
  return [
    ...identityOf(item),
    { term: "Benchmark", value: item.benchmark },
    { term: "Its rule", value: ruleWords(item.rule) },
    { term: "Task", value: task.id, mono: true },
    ...maybe("Category", task.category),
    ...maybe("Difficulty", task.difficulty),
    ...maybe("Human minutes", task.humanMinutes === null ? null : formatMinutes(task.humanMinutes)),
    ...maybe("CVE", task.cve),
    ...maybe("Tokens", item.totalTokens === null ? null : formatCount(item.totalTokens)),
    ...maybe("Time", item.totalMs === null ? null : formatDuration(item.totalMs)),
    ...maybe("Retries", item.retries === 0 ? null : formatCount(item.retries)),
    ...maybe("Note", item.note),
  ];
}

/** Which attempt it is, as far as one may know it now. */
export function ItemFacts({ item }: { readonly item: ReviewItem }): ReactNode {
  return (
    <section className="stack tight review-attempt" aria-label="The attempt">
      <h3>The attempt</h3>
      {item.hidden.length === 0 ? null : (
        <Note title="Judged blind">{`Hidden for now: ${item.hidden.join(", ")}.`}</Note>
      )}
      {item.invalidation === null ? null : (
        <Note tone="bad" title="Invalidated">
          {item.invalidation}
        </Note>
      )}
      {item.error === null ? null : (
        <Note tone="warn" title="It ended with an error">
          <span className="mono">{item.error}</span>
        </Note>
      )}
      <DescriptionList items={factsOf(item)} />
      {item.evidence.length === 0 ? null : (
        <ul className="review-evidence" aria-label="Evidence">
          {item.evidence.map((file) => (
            <EvidenceRow key={file.id} file={file} />
          ))}
        </ul>
      )}
    </section>
  );
}
