import { useState, type ReactNode } from "react";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import { ActDialog, DoorLink, FileChoiceField, Note, Tag } from "../../parts/index.ts";
import { useFileChoice } from "../../state/file-choice.ts";
import { useCommand } from "../../state/service.ts";
import { navigate } from "../../state/view.ts";
import { FindingStateTag } from "./finding-words.tsx";

type Read = RequestOutput<"findings.importAdvisory">;
type Match = Extract<Read, { kind: "advisory" }>["matches"][number];

function MatchItem({ match }: { readonly match: Match }): ReactNode {
  const { title, vendor, product, cve, versions, findings } = match;
  const names = [cve ?? "", [vendor, product].filter((part) => part !== "").join(" "), versions.slice(0, 4).join(", ")];
  return (
    <li className="advisory-match">
      <strong>{title}</strong>
      <span className="small ink3">{names.filter((part) => part !== "").join(" · ")}</span>
      <ul>
        {findings.map(({ finding, why }) => (
          <li key={finding.id} className="row">
            <DoorLink
              onPress={() => {
                navigate("finding", { id: finding.id });
              }}
            >
              {finding.code}
            </DoorLink>
            <span className="cut advisory-title">{finding.title}</span>
            <Tag tone={why === "name" ? "warn" : "plain"}>{why === "name" ? "same name" : "same product"}</Tag>
            <FindingStateTag state={finding.state} />
          </li>
        ))}
      </ul>
    </li>
  );
}

function Answer({ read }: { readonly read: Read }): ReactNode {
  if (read.kind === "refused") {
    return (
      <Note tone="bad" title="This is no advisory that can be read">
        {read.reason}
      </Note>
    );
  }
  const { id, format, vulnerabilities, matches, passedOver } = read;
  return (
    <div className="stack tight" aria-live="polite">
      <p className="ink2">
        {id} ({format}): {formatCounted(vulnerabilities, "vulnerability", "vulnerabilities")},{" "}
        {matches.length === 0 ? "none that is known here" : `${formatCount(matches.length)} that may be known here`}.
      </p>
      <ul className="advisory-matches">
        {matches.map((match, place) => (
          <MatchItem key={`${match.title} ${String(place)}`} match={match} />
        ))}
      </ul>
      {passedOver.length === 0 ? null : (
        <Note title={`Passed over: ${formatCounted(passedOver.length, "thing")}`}>
          {passedOver.slice(0, 8).join(" ")}
        </Note>
      )}
    </div>
  );
}

/** Holds an advisory of others against the findings: what may be the same is named, nothing is changed. */
export function AdvisoryDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const choice = useFileChoice({ title: "An advisory of others", multiple: false });
  const [read, setRead] = useState<Read | null>(null);
  const [isLate, setIsLate] = useState(false);
  const command = useCommand("findings.importAdvisory", { job: "Reading the advisory" });
  const [file] = choice.files;
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (file === undefined || command.isRunning) return;
    const result = await command.run({ file: file.handle });
    if (result.ok) setRead(result.value);
  };
  return (
    <ActDialog
      title="Compare with an advisory"
      act="Compare"
      command={command}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">
        CSAF or OSV, read here and not kept. Findings that may be one of its vulnerabilities are named.
      </p>
      <FileChoiceField
        label="Advisory"
        hint="CSAF or OSV (.json)"
        choice={choice}
        error={isLate && file === undefined ? "Choose a file." : null}
      />
      {read === null ? null : <Answer read={read} />}
    </ActDialog>
  );
}
