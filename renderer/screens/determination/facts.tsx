import type { ReactNode } from "react";
import type { Determination } from "../../../electron/contract/determinations.ts";
import { DescriptionList, DoorLink, Note, Panel, type Described } from "../../parts/index.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { decisionLine } from "../determinations/determination-words.tsx";

/** What a reader has to know of how it came about. */
export function Remarks({ remarks }: Pick<Determination, "remarks">): ReactNode {
  if (remarks.length === 0) return null;
  return (
    <Note tone="warn" title="To know when reading it">
      <ul>
        {remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
    </Note>
  );
}

/** What was decided, by whom and why, as it was written down. */
export function DecisionPanel({ decision }: Pick<Determination, "decision">): ReactNode {
  if (decision === null) return null;
  return (
    <Panel title="Decision" hint="as the official said it; not worked out from a score">
      <div className="stack tight">
        <p className="determination-decision">{decisionLine(decision.decision)}</p>
        <p className="ink2">
          {decision.official}, {decision.on}
        </p>
        <p className="determination-words">{decision.rationale}</p>
        <p className="small ink3">
          Written down by {decision.by}, {minuteWords(decision.at)}
        </p>
      </div>
    </Panel>
  );
}

interface LinkedProps {
  readonly link: NonNullable<Determination["supersedes"]>;
}

function Linked({ link }: LinkedProps): ReactNode {
  return (
    <DoorLink
      onPress={() => {
        navigate("determination", { id: link.id });
      }}
    >
      {link.code}
    </DoorLink>
  );
}

/** The one that took the place of this one, and the way to it. */
export function SupersededNote({ supersededBy }: Pick<Determination, "supersededBy">): ReactNode {
  if (supersededBy === null) return null;
  return (
    <Note title={`Superseded by ${supersededBy.code}`} action={<Linked link={supersededBy} />}>
      This one stays as it was.
    </Note>
  );
}

function Evidence({ evidence }: Pick<Determination, "evidence">): ReactNode {
  if (evidence === null) return "no report";
  const { reportId, code, hash } = evidence;
  return (
    <span className="determination-evidence">
      <DoorLink
        onPress={() => {
          navigate("report", { id: reportId });
        }}
      >
        {code}
      </DoorLink>
      {hash === null ? (
        <span className="small ink3">a draft at that time: it had no hash</span>
      ) : (
        <span className="mono small ink3">{hash}</span>
      )}
    </span>
  );
}

function Submission({ submission }: Pick<Determination, "submission">): ReactNode {
  if (submission === null) return "none";
  return (
    <DoorLink
      onPress={() => {
        navigate("submission", { id: submission.id });
      }}
    >
      {submission.code} · {submission.codename}
    </DoorLink>
  );
}

/** Over what, on what evidence, under which profile; never a value of a threshold. */
export function Facts({ determination }: { readonly determination: Determination }): ReactNode {
  const { modelVersion, submission, evidence, thresholdProfile, supersedes, supersededBy } = determination;
  const items: readonly Described[] = [
    { term: "Model version", value: modelVersion.words },
    { term: "Submission", value: <Submission submission={submission} /> },
    { term: "Evidence", value: <Evidence evidence={evidence} /> },
    { term: "Threshold profile", value: thresholdProfile === "" ? "not named" : thresholdProfile },
    ...(supersedes === null ? [] : [{ term: "Supersedes", value: <Linked link={supersedes} /> }]),
    ...(supersededBy === null ? [] : [{ term: "Superseded by", value: <Linked link={supersededBy} /> }]),
    { term: "Opened", value: `${minuteWords(determination.openedAt)} by ${determination.openedBy}` },
  ];
  return (
    <Panel title="What it is over">
      <DescriptionList items={items} look="stack" />
    </Panel>
  );
}

/** What happened to it, the newest first. */
export function History({ history }: Pick<Determination, "history">): ReactNode {
  return (
    <Panel title="History" flush>
      <ol className="determination-history">
        {history.toReversed().map((line, place) => (
          // Lines are only ever added, and the newest stands first.
          <li key={history.length - place}>
            <span>{line.words}</span>
            <span className="small ink3">
              {minuteWords(line.at)} · {line.by}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
