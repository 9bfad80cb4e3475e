import { useState, type ReactNode } from "react";
import {
  consultationAnswers,
  consultationAnswerWords,
  type Consultation,
  type Determination,
} from "../../../electron/contract/determinations.ts";
import { defaultMarking, markingSchema, type Marking } from "../../../electron/contract/marking.ts";
import { layerPresets } from "../../../electron/contract/process-presets.ts";
import { ActDialog, Button, DueField, MarkingField, TextField, showToast } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { dayWords } from "../../state/time-words.ts";
import { atStart, neededDayFault } from "../determinations/determination-words.tsx";
import { ChoiceField } from "./choice-field.tsx";

type AnswerKind = (typeof consultationAnswers)[number];

interface AskDialogProps {
  readonly determination: Determination;
  readonly onClose: () => void;
}

/** Bodies that are usually consulted and were not asked here. */
function usualBodies({ kind, consultations }: Determination): readonly string[] {
  return layerPresets[kind].consult.filter((body) => !consultations.some((one) => one.body === body));
}

function dueFault(due: string, askedOn: string): string | undefined {
  if (due.trim() === "") return undefined;
  return neededDayFault(due) ?? (due.trim() < askedOn.trim() ? "That is before it is asked for." : undefined);
}

interface UsualProps {
  readonly bodies: readonly string[];
  readonly onChoose: (body: string) => void;
}

function Usual({ bodies, onChoose }: UsualProps): ReactNode {
  if (bodies.length === 0) return null;
  return (
    <div className="row" role="group" aria-label="Usually asked">
      <span className="small ink3">Usually asked</span>
      {bodies.map((body) => (
        <Button
          key={body}
          size="small"
          onPress={() => {
            onChoose(body);
          }}
        >
          {body}
        </Button>
      ))}
    </div>
  );
}

/** Asks a body, and until when it is to answer. */
export function AskDialog({ determination, onClose }: AskDialogProps): ReactNode {
  const [body, setBody] = useState("");
  const [person, setPerson] = useState("");
  const [askedOn, setAskedOn] = useState(() => dayWords(Date.now()));
  const [due, setDue] = useState("");
  const [isLate, setIsLate] = useState(false);
  const consult = useCommand("determinations.consult");
  const faults = { asked: neededDayFault(askedOn), due: dueFault(due, askedOn) };
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (body.trim() === "" || (faults.asked ?? faults.due) !== undefined || consult.isRunning) return;
    const asked = { body: body.trim(), person: person.trim(), askedOn: askedOn.trim() };
    const dueOn = due.trim() === "" ? null : due.trim();
    const result = await consult.run({ determinationId: determination.id, ...asked, dueOn });
    if (!result.ok) return;
    showToast({ words: `${body.trim()} is consulted.` });
    onClose();
  };
  return (
    <ActDialog
      title="Consult a body"
      act="Write it down"
      command={consult}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label="Body"
        value={body}
        onChange={setBody}
        autoFocus
        maxLength={200}
        error={isLate && body.trim() === "" ? "Say who is asked." : null}
      />
      <Usual bodies={usualBodies(determination)} onChoose={setBody} />
      <TextField label="Person" optional value={person} onChange={setPerson} maxLength={1_000} />
      <div className="determination-pair">
        <TextField
          label="Asked on"
          value={askedOn}
          onChange={setAskedOn}
          placeholder="2026-12-04"
          error={isLate ? faults.asked : null}
        />
        <DueField
          value={due}
          onChange={setDue}
          error={isLate ? faults.due : undefined}
          description="After it, an answer is overdue."
        />
      </div>
    </ActDialog>
  );
}

interface AnswerDialogProps {
  readonly determinationId: string;
  readonly consultation: Consultation;
  readonly onClose: () => void;
}

const answerOptions = consultationAnswers.map((id) => ({ id, label: atStart(consultationAnswerWords[id]) }));

/** What is missing or wrong, by field. */
function answerFaults(kind: AnswerKind | null, on: string, words: string) {
  return {
    on: neededDayFault(on),
    words: kind === "concur-with-comment" && words.trim() === "" ? "Write down the comment." : undefined,
  };
}

function useVaultMarking(): Marking {
  const state = useQuery("vault.state", {});
  return state.status === "ready" && state.data.open ? state.data.marking : defaultMarking;
}

/** What a body answered, in its words and under its marking; that it did not by the date is an answer as well. */
export function AnswerDialog({ determinationId, consultation, onClose }: AnswerDialogProps): ReactNode {
  const vaultMarking = useVaultMarking();
  const [kind, setKind] = useState<AnswerKind | null>(null);
  const [on, setOn] = useState(() => dayWords(Date.now()));
  const [words, setWords] = useState("");
  const [chosenMarking, setMarking] = useState<Marking | null>(null);
  const [isLate, setIsLate] = useState(false);
  const answer = useCommand("determinations.answerConsultation");
  const marking = chosenMarking ?? vaultMarking;
  const faults = answerFaults(kind, on, words);
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (kind === null || (faults.on ?? faults.words) !== undefined || answer.isRunning) return;
    if (!markingSchema.safeParse(marking).success) return;
    const said = { kind, on: on.trim(), words: words.trim(), marking };
    const result = await answer.run({ determinationId, consultationId: consultation.id, ...said });
    if (!result.ok) return;
    showToast({ words: `${consultation.body}: ${consultationAnswerWords[kind]}.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Answer of ${consultation.body}`}
      act="Write it down"
      command={answer}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <ChoiceField
        label="The body"
        options={answerOptions}
        value={kind}
        onChange={setKind}
        error={isLate && kind === null ? "Choose what it answered." : null}
      />
      <TextField
        label={kind === "no-response" ? "Noted on" : "Answered on"}
        value={on}
        onChange={setOn}
        placeholder="2026-12-04"
        error={isLate ? faults.on : null}
      />
      <TextField
        label="In its words"
        optional={kind !== "concur-with-comment"}
        value={words}
        onChange={setWords}
        lines={4}
        maxLength={200_000}
        error={isLate ? faults.words : null}
      />
      <MarkingField
        label="Marking of the answer"
        value={marking}
        onChange={setMarking}
        where="beside the answer, wherever it stands"
      />
    </ActDialog>
  );
}
