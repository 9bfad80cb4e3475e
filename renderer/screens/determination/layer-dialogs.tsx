import { useState, type ReactNode } from "react";
import {
  layerVerdicts,
  layerVerdictWords,
  type DeterminationLayer,
} from "../../../electron/contract/determinations.ts";
import { ActDialog, Note, RadioGroup, TextField, showToast } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { dayWords } from "../../state/time-words.ts";
import { atStart, neededDayFault } from "../determinations/determination-words.tsx";
import { ChoiceField } from "./choice-field.tsx";

type Verdict = (typeof layerVerdicts)[number];

interface LayerDialogProps {
  readonly determinationId: string;
  readonly layer: DeterminationLayer;
  readonly place: number;
  readonly onClose: () => void;
}

const verdictOptions = layerVerdicts.map((id) => ({ id, label: atStart(layerVerdictWords[id]) }));

interface ReasonFieldsProps {
  readonly rationale: string;
  readonly onRationale: (words: string) => void;
  readonly dissent: string;
  readonly onDissent: (words: string) => void;
  readonly error: string | null;
}

function ReasonFields({ rationale, onRationale, dissent, onDissent, error }: ReasonFieldsProps): ReactNode {
  return (
    <>
      <TextField
        label="Rationale"
        value={rationale}
        onChange={onRationale}
        lines={5}
        maxLength={200_000}
        error={error}
      />
      <TextField
        label="Dissent"
        optional
        value={dissent}
        onChange={onDissent}
        lines={2}
        maxLength={200_000}
        description="A view within the layer that differs from it."
      />
    </>
  );
}

/** What a layer said, with its reasons, a view that differs from it, and the day. */
export function ReviewDialog({ determinationId, layer, place, onClose }: LayerDialogProps): ReactNode {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [rationale, setRationale] = useState("");
  const [dissent, setDissent] = useState("");
  const [on, setOn] = useState(() => dayWords(Date.now()));
  const [isLate, setIsLate] = useState(false);
  const review = useCommand("determinations.review");
  const dayFault = neededDayFault(on);
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (verdict === null || rationale.trim() === "" || dayFault !== undefined || review.isRunning) return;
    const said = { verdict, rationale: rationale.trim(), dissent: dissent.trim(), on: on.trim() };
    const result = await review.run({ determinationId, layer: place, ...said });
    if (!result.ok) return;
    showToast({ words: `${layer.name}: written down.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Review by ${layer.name}`}
      act="Write it down"
      command={review}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">
        {layer.reviewer === "" ? "What the layer said." : `What ${layer.reviewer} said.`} It cannot be changed later.
      </p>
      <ChoiceField
        label="The layer"
        options={verdictOptions}
        value={verdict}
        onChange={setVerdict}
        error={isLate && verdict === null ? "Choose what the layer said." : null}
      />
      <ReasonFields
        rationale={rationale}
        onRationale={setRationale}
        dissent={dissent}
        onDissent={setDissent}
        error={isLate && rationale.trim() === "" ? "Write down why." : null}
      />
      <TextField
        label="Reviewed on"
        value={on}
        onChange={setOn}
        placeholder="2026-12-04"
        error={isLate ? dayFault : null}
      />
    </ActDialog>
  );
}

/** Proposes to leave a layer out: it stays in its place, and another lead has to agree. */
export function SkipDialog({ determinationId, layer, place, onClose }: LayerDialogProps): ReactNode {
  const [reason, setReason] = useState("");
  const [isLate, setIsLate] = useState(false);
  const propose = useCommand("determinations.proposeSkip");
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (reason.trim() === "" || propose.isRunning) return;
    const result = await propose.run({ determinationId, layer: place, reason: reason.trim() });
    if (!result.ok) return;
    showToast({ words: "Proposed: another lead has to agree." });
    onClose();
  };
  return (
    <ActDialog
      title={`Leave out ${layer.name}`}
      act="Propose it"
      command={propose}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">
        The layer stays in its place as left out, with the reason and with who agreed. Until another lead agrees, it can
        still be reviewed.
      </p>
      <TextField
        label="Reason"
        value={reason}
        onChange={setReason}
        autoFocus
        maxLength={200}
        error={isLate && reason.trim() === "" ? "Say why it is left out." : null}
      />
    </ActDialog>
  );
}

const answerOptions = [
  { id: "agree", label: "Leave it out", detail: "Takes another lead than the one who proposed it." },
  { id: "keep", label: "Do not leave it out", detail: "It is its turn again." },
] as const;

/** Another lead agrees to leave a layer out, or does not. */
export function AnswerSkipDialog({ determinationId, layer, place, onClose }: LayerDialogProps): ReactNode {
  const [answer, setAnswer] = useState<(typeof answerOptions)[number]["id"]>("keep");
  const send = useCommand("determinations.answerSkip");
  const submit = async (): Promise<void> => {
    if (send.isRunning) return;
    const result = await send.run({ determinationId, layer: place, agrees: answer === "agree" });
    if (!result.ok) return;
    showToast({ words: `${layer.name} ${answer === "agree" ? "is left out" : "is not left out"}.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Leave out ${layer.name}?`}
      act="Write it down"
      command={send}
      onAct={() => void submit()}
      onClose={onClose}
    >
      {layer.skip === null ? null : (
        <Note title={`Proposed by ${layer.skip.proposedBy}, ${dayWords(layer.skip.at)}`}>{layer.skip.reason}</Note>
      )}
      <RadioGroup label="Your answer" options={answerOptions} value={answer} onChange={setAnswer} />
    </ActDialog>
  );
}
