import { useState, type ReactNode } from "react";
import { findingKindWords } from "../../../electron/contract/finding-states.ts";
import type { Finding, FindingCard } from "../../../electron/contract/findings.ts";
import { plainView, type TableRow } from "../../../electron/contract/tables.ts";
import {
  ActDialog,
  FileChoiceField,
  Note,
  RadioGroup,
  SearchField,
  TextField,
  showToast,
  type Option,
} from "../../parts/index.ts";
import { useFileChoice } from "../../state/file-choice.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import type { Step } from "./step.ts";

export interface StepDialogProps {
  readonly finding: Finding;
  readonly onClose: () => void;
}

/** A plain move that asks for a reason, or that nothing leads back from. */
export function MoveDialog({ finding, step, onClose }: StepDialogProps & { readonly step: Step }): ReactNode {
  const [reason, setReason] = useState("");
  const [isLate, setIsLate] = useState(false);
  const move = useCommand("findings.move");
  const isClosing = step.to === "closed";
  const isMissing = step.needsReason && reason.trim() === "";
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (isMissing || move.isRunning) return;
    const result = await move.run({ findingId: finding.id, to: step.to, reason: reason.trim() });
    if (!result.ok) return;
    showToast({ words: `${finding.code} is ${step.to}.` });
    onClose();
  };
  return (
    <ActDialog
      title={isClosing ? `Close ${finding.code}` : `${finding.code} is ${step.to}`}
      act={isClosing ? "Close the finding" : "Write it down"}
      command={move}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">{finding.title}</p>
      {isClosing ? (
        <p className="ink2">
          A closed finding is not changed any more, and no deadline of it is counted. It stays in the list and in the
          journal.
        </p>
      ) : null}
      <TextField
        label="Reason"
        optional={!step.needsReason}
        autoFocus
        lines={2}
        value={reason}
        onChange={setReason}
        maxLength={1_000}
        error={isLate && isMissing ? "Say why; it is kept in the journal with your name." : null}
      />
    </ActDialog>
  );
}

const results = [
  { id: "reproduced", label: "Reproduced", detail: "It happens as described." },
  { id: "refuted", label: "Refuted", detail: "It does not happen, or is no weakness." },
  { id: "unvalidated", label: "Could not tell", detail: "It was tried; the state stays as it is." },
] as const satisfies readonly Option[];
type Validated = (typeof results)[number]["id"];

/** Somebody tried to reproduce it: what came of it, the steps, where, and files that show it. */
export function ValidateDialog({ finding, onClose }: StepDialogProps): ReactNode {
  const [result, setResult] = useState<Validated>("reproduced");
  const [steps, setSteps] = useState("");
  const [environment, setEnvironment] = useState("");
  const files = useFileChoice({ title: "Evidence of the validation", multiple: true });
  const [isLate, setIsLate] = useState(false);
  const validate = useCommand("findings.validate", { job: `Validating ${finding.code}` });
  const isMissing = steps.trim() === "";
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (isMissing || validate.isRunning) return;
    const handles = files.files.map(({ handle }) => handle);
    const asked = { findingId: finding.id, result, steps: steps.trim(), environment: environment.trim() };
    const done = await validate.run({ ...asked, files: handles });
    if (!done.ok) return;
    showToast({ words: `The validation of ${finding.code} was recorded.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Validate ${finding.code}`}
      act="Record the validation"
      command={validate}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">
        Recorded by {finding.recordedBy}. Reproduced by anybody else, it has its second look and can be routed without a
        reason.
      </p>
      <RadioGroup label="What came of it" options={results} value={result} onChange={setResult} />
      <TextField
        label="Steps"
        lines={5}
        value={steps}
        onChange={setSteps}
        maxLength={20_000}
        description="So that somebody else can do the same."
        error={isLate && isMissing ? "Write what was done." : null}
      />
      <TextField
        label="Environment"
        optional
        lines={2}
        value={environment}
        onChange={setEnvironment}
        maxLength={4_000}
      />
      <FileChoiceField label="Evidence" optional hint="Logs, inputs, pictures; kept encrypted" choice={files} />
    </ActDialog>
  );
}

const mostFound = 12;

function optionOf({ id, code, title, product }: FindingCard): Option {
  return { id, label: `${code} ${title}`, detail: product === "" ? undefined : product };
}

function textOf(value: TableRow["cells"][string] | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Findings of the same kind that this one could be the same as: those with its key, or those that fit some words. */
function useCandidates({ id, kind, possibleDuplicates }: Finding, words: string): readonly Option[] {
  const view = { ...plainView, words, filters: [{ test: "any-of" as const, column: "kind", values: [kind] }] };
  const page = useQuery("tables.page", { table: "findings", scope: {}, view, offset: 0, limit: mostFound + 1 });
  const alike = words === "" ? possibleDuplicates.map(optionOf) : [];
  const rows = page.status === "ready" ? page.data.rows : [];
  const found = rows
    .filter((row) => row.id !== id && !alike.some((one) => one.id === row.id) && row.cells["state"] !== "duplicate")
    .map(({ id: other, cells }) => ({ id: other, label: `${textOf(cells["code"])} ${textOf(cells["title"])}` }));
  return [...alike, ...found].slice(0, mostFound);
}

/** Says which finding this one is the same as. */
export function DuplicateDialog({ finding, onClose }: StepDialogProps): ReactNode {
  const [words, setWords] = useState("");
  const [of, setOf] = useState<string | null>(finding.possibleDuplicates[0]?.id ?? null);
  const [reason, setReason] = useState("");
  const [isLate, setIsLate] = useState(false);
  const candidates = useCandidates(finding, words.trim());
  const mark = useCommand("findings.markDuplicate");
  const chosen = candidates.find(({ id }) => id === of);
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (chosen === undefined || mark.isRunning) return;
    const result = await mark.run({ findingId: finding.id, of: chosen.id, reason: reason.trim() });
    if (!result.ok) return;
    showToast({ words: `${finding.code} is a duplicate of ${result.value.duplicateOf?.code ?? "another"}.` });
    onClose();
  };
  return (
    <ActDialog
      title={`${finding.code} is a duplicate`}
      act="Mark as a duplicate"
      command={mark}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">
        {finding.possibleDuplicates.length === 0
          ? "No other finding has a key of this one. Look for the one that was recorded first."
          : "Those with the same vendor, product, component and sink stand first."}
      </p>
      <SearchField label="Find a finding" placeholder="Number, title, product" value={words} onChange={setWords} />
      {candidates.length === 0 ? (
        <p className="ink3">No {findingKindWords[finding.kind].toLowerCase()} fits.</p>
      ) : (
        <div className="finding-candidates">
          <RadioGroup label="The same as" options={candidates} value={of} onChange={setOf} />
        </div>
      )}
      {isLate && chosen === undefined ? <Note tone="warn" title="Choose which finding it is the same as." /> : null}
      <TextField label="Reason" optional value={reason} onChange={setReason} maxLength={1_000} />
    </ActDialog>
  );
}

/** Takes back the last move, or the mark as a duplicate. */
export function UndoDialog({ finding, onClose }: StepDialogProps): ReactNode {
  const [reason, setReason] = useState("");
  const undo = useCommand("findings.undo");
  const submit = async (): Promise<void> => {
    if (undo.isRunning) return;
    const result = await undo.run({ findingId: finding.id, reason: reason.trim() });
    if (!result.ok) return;
    showToast({ words: `${finding.code} is ${result.value.state} again.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Take back the last move of ${finding.code}`}
      act="Take it back"
      command={undo}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">The last move: {finding.undo?.words ?? ""}. Both stay in the history.</p>
      <TextField label="Reason" optional autoFocus value={reason} onChange={setReason} maxLength={1_000} />
    </ActDialog>
  );
}
