import type { ReactNode } from "react";
import type { AttemptDetail } from "../../../electron/contract/evaluation.ts";
import type { LoggedScore, ScoreValue } from "../../../electron/contract/attempt.ts";
import { invalidationWords } from "../../../electron/contract/invalidation.ts";
import { formatCost, formatCount, formatDuration, formatMinutes } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DescriptionList,
  DoorLink,
  IconSign,
  Note,
  OutcomeTag,
  Panel,
  Tag,
  showToast,
  type Described,
} from "../../parts/index.ts";
import { byteWords } from "../../state/progress-words.ts";
import { useCommand } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { scoreWords } from "../reviews/review-words.tsx";

function valueText(value: ScoreValue): string {
  if (value === null) return "undecided";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function Score({ score }: { readonly score: LoggedScore }): ReactNode {
  return (
    <>
      <span className="mono">{valueText(score.value)}</span>
      {score.number === null ? null : <span className="ink3"> = {score.number}</span>}
      {score.original === undefined ? null : (
        <span className="small tone-warn"> edited, was {valueText(score.original)}</span>
      )}
    </>
  );
}

/** What a review made of the score, the scorer's value beside it. */
function reviewedFact({ reviewed, score, scorer }: AttemptDetail): readonly Described[] {
  if (reviewed === null) return [];
  const said = <span className="ink3">the scorer said {scoreWords(scorer.score)}</span>;
  const value = reviewed.verdict === "stands" ? "stands" : scoreWords(score ?? reviewed.score);
  return [
    {
      term: "Score",
      value: (
        <>
          {value} {reviewed.verdict === "corrected" ? <Tag tone="review">reviewed</Tag> : null} {said}
        </>
      ),
    },
  ];
}

function factsOf(attempt: AttemptDetail): readonly Described[] {
  const { inputTokens, outputTokens, totalTokens } = attempt;
  const split =
    inputTokens === null && outputTokens === null
      ? ""
      : ` (${formatCount(inputTokens)} in, ${formatCount(outputTokens)} out)`;
  const maybe = (term: string, value: string | null): Described[] => (value === null ? [] : [{ term, value }]);
  return [
    {
      term: "Outcome",
      value: <OutcomeTag state={attempt.outcome} solved={attempt.solved} detail={attempt.limit ?? undefined} />,
    },
    ...reviewedFact(attempt),
    ...attempt.scores.map((score): Described => ({ term: score.scorer, value: <Score score={score} /> })),
    ...(attempt.scores.length === 0 ? maybe("Score", attempt.score === null ? null : String(attempt.score)) : []),
    ...maybe("Limit", attempt.limit),
    { term: "Tokens", value: `${formatCount(totalTokens)}${split}` },
    {
      term: "Time",
      value:
        attempt.workingMs === null || attempt.workingMs === attempt.totalMs
          ? formatDuration(attempt.totalMs)
          : `${formatDuration(attempt.totalMs)} (${formatDuration(attempt.workingMs)} working)`,
    },
    ...maybe("Cost", attempt.cost === null ? null : formatCost(attempt.cost)),
    ...maybe("Started", attempt.startedAt === null ? null : minuteWords(attempt.startedAt)),
    ...(attempt.retries === 0 ? [] : maybe("Retries", String(attempt.retries))),
    ...maybe("Category", attempt.task.category),
    ...maybe("Difficulty", attempt.task.difficulty),
    ...maybe("Human minutes", attempt.task.humanMinutes === null ? null : formatMinutes(attempt.task.humanMinutes)),
    ...maybe("CVE", attempt.task.cve),
    { term: "Task id", value: attempt.task.id, mono: true },
  ];
}

function invalidatedTitle({ invalidationCode }: AttemptDetail): string {
  return invalidationCode === null
    ? "Invalidated"
    : `Invalidated: ${invalidationWords[invalidationCode].toLowerCase()}`;
}

/** What was measured of the attempt, with what stands against it. */
export function AttemptFacts({ attempt }: { readonly attempt: AttemptDetail }): ReactNode {
  return (
    <Panel title="What was measured">
      <div className="stack tight">
        {attempt.invalidation === null ? null : (
          <Note tone="bad" title={invalidatedTitle(attempt)}>
            {attempt.invalidation}
          </Note>
        )}
        {attempt.error === null ? null : (
          <Note tone="warn" title="It ended with an error">
            <span className="mono">{attempt.error}</span>
          </Note>
        )}
        <DescriptionList items={factsOf(attempt)} />
        {attempt.note === "" ? null : <Note title="Note">{attempt.note}</Note>}
      </div>
    </Panel>
  );
}

type Evidence = Pick<AttemptDetail["evidence"][number], "id" | "name" | "bytes" | "sha256" | "addedAt">;

/** One file of evidence, with the way to save a copy of it outside the vault. */
export function EvidenceRow({ file }: { readonly file: Evidence }): ReactNode {
  const save = useCommand("evidence.save", { job: `Saving ${file.name}` });
  const write = async (): Promise<void> => {
    const suggestedName = file.name.replace(/[/\\\p{Cc}]/gu, "_").slice(0, 200) || "evidence";
    const place = await shell().chooseSaveLocation({ title: "Save a copy of the evidence", suggestedName });
    if (!place.ok || place.value.file === null) return;
    const destination = place.value.file;
    const result = await save.run({ evidenceId: file.id, destination: destination.handle });
    if (result.ok) {
      showToast({ words: `Saved as ${destination.name}. That copy is not encrypted.`, tone: "info" });
    } else if (result.error.code !== "cancelled") {
      showToast({ words: `${file.name} could not be saved (${result.error.code}).`, tone: "bad" });
    }
  };
  return (
    <li className="attempt-evidence">
      <IconSign name="file" />
      <div className="attempt-evidence-words">
        <span className="cut">{file.name}</span>
        <span className="small ink3 cut">
          {byteWords(file.bytes)} · {minuteWords(file.addedAt)} ·{" "}
          <span className="mono">{file.sha256.slice(0, 12)}</span>
        </span>
      </div>
      <Button
        size="small"
        isPending={save.isRunning}
        label={`Save a copy of ${file.name}`}
        onPress={() => void write()}
      >
        Save a copy…
      </Button>
    </li>
  );
}

/** Files that were attached to the attempt, each to be saved as a copy outside the vault. */
export function AttemptEvidence({ attempt }: { readonly attempt: AttemptDetail }): ReactNode {
  return (
    <Panel
      title="Evidence"
      hint={attempt.evidence.length === 0 ? undefined : formatCount(attempt.evidence.length)}
      flush
    >
      {attempt.evidence.length === 0 ? (
        <p className="attempt-none ink3">None. In the run’s grid, V attaches files to an attempt.</p>
      ) : (
        <ul>
          {attempt.evidence.map((file) => (
            <EvidenceRow key={file.id} file={file} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Everything that the journal holds of the attempt, oldest first. */
export function AttemptHistory({ attempt }: { readonly attempt: AttemptDetail }): ReactNode {
  return (
    <Panel title="History" hint="from the journal" flush>
      <ol className="attempt-history">
        {attempt.history.map((line, index) => (
          <li key={`${String(line.seq)}-${String(index)}`}>
            <span>{line.words}</span>
            <span className="small ink3">
              {minuteWords(line.at)} · {line.byName}
              {line.seq === 0 ? null : (
                <>
                  {" · "}
                  <DoorLink
                    look="quiet"
                    onPress={() => {
                      navigate("journal", { seq: String(line.seq) });
                    }}
                  >
                    entry {formatCount(line.seq)}
                  </DoorLink>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
