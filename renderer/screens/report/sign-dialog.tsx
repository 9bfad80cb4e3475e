import { useState, type ReactNode } from "react";
import type { Report } from "../../../electron/contract/reporting.ts";
import { ActDialog, defined, RadioGroup, showToast } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import {
  PresentSecondFields,
  toPresentSecond,
  usePresentSecond,
  type PresentSecondState,
} from "../../two-persons/present-second-fields.tsx";
import { signingWords } from "./signing.ts";

type Who = "self" | "second";

const whos = [
  { id: "self", label: "You", detail: "With your own key." },
  { id: "second", label: "A second lead who is here", detail: "They type their own passphrase at this workstation." },
] as const;

/** Only leads sign, each once. */
function signersAmong(state: PresentSecondState, report: Report): PresentSecondState {
  const candidates = state.candidates.filter(
    ({ id, role }) => role === "lead" && !report.signatures.some(({ by }) => by === id),
  );
  const member = candidates.find(({ id }) => id === state.member?.id) ?? candidates[0] ?? null;
  if (member === state.member) return { ...state, candidates };
  const isFileMissing = member?.slot?.keyFile === true && state.keyFile.files.length === 0;
  const isMissing = member === null || state.passphrase === "" || isFileMissing;
  return { ...state, candidates, member, missing: isMissing ? "Something of theirs is missing." : null };
}

function keyWords(who: Who, present: PresentSecondState): string {
  return who === "second" ? `${present.member?.name ?? "the second lead"}’s key` : "your key";
}

interface SignDialogProps {
  readonly report: Report;
  readonly onClose: () => void;
}

/** Signs the content hash: as the member at the keyboard, or as a second lead who is here. */
export function SignDialog({ report, onClose }: SignDialogProps): ReactNode {
  const vault = useQuery("vault.state", {});
  const self = vault.status === "ready" && vault.data.open ? vault.data.member.id : "";
  const hasSigned = report.signatures.some(({ by }) => by === self);
  const [chosen, setChosen] = useState<Who>("self");
  const [error, setError] = useState<string | null>(null);
  const present = signersAmong(usePresentSecond(), report);
  const sign = useCommand("reports.sign");
  const who: Who = hasSigned ? "second" : chosen;
  const submit = async (): Promise<void> => {
    const second = who === "second" ? toPresentSecond(present) : null;
    const isMissing = who === "second" && second === null;
    setError(isMissing ? (present.missing ?? "") : null);
    if (isMissing || sign.isRunning) return;
    const result = await sign.run({ reportId: report.id, ...defined({ second: second ?? undefined }) });
    second?.passphrase.fill(0);
    if (!result.ok) return;
    showToast({ words: `${report.code} is signed with ${keyWords(who, present)}.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Sign ${report.code}`}
      onClose={onClose}
      act={who === "second" && present.member !== null ? `Sign as ${present.member.name}` : "Sign the report"}
      command={sign}
      onAct={() => void submit()}
    >
      <p>{signingWords(report)}</p>
      <p className="ink2">
        With their own key each states that they read this report and stand by it: revision {report.revision}, with this
        content hash. A signature stays in the journal.
      </p>
      <p className="mono report-hash">{report.contentHash ?? ""}</p>
      {hasSigned ? null : <RadioGroup label="Who signs" options={whos} value={who} onChange={setChosen} />}
      {who === "second" ? <SecondLead state={present} /> : null}
      {error === null ? null : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </ActDialog>
  );
}

function SecondLead({ state }: { readonly state: PresentSecondState }): ReactNode {
  if (state.candidates.length > 0) return <PresentSecondFields state={state} />;
  return <p className="ink2">No other lead of this vault could sign. A lead can be added under Members.</p>;
}
