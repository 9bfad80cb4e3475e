import { useState, type ReactNode } from "react";
import { endOfDay } from "../../../electron/contract/end-of-day.ts";
import { findingChannelWords } from "../../../electron/contract/finding-states.ts";
import type { Finding } from "../../../electron/contract/findings.ts";
import { ActDialog, Select, TextField, showToast } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { dayFault, dayWords } from "../../state/time-words.ts";
import type { StepDialogProps } from "./step-dialogs.tsx";

/** The moment that stands for a day that something was done on: its end, or now where it is not over. */
function momentOf(day: string): number | null {
  const end = endOfDay(day);
  return end === null ? null : Math.min(end, Date.now());
}

function wrongDay(day: string): string | undefined {
  if (day.trim() === "") return "Say on which day.";
  return dayFault(day);
}

/** Writes down that somebody of its channel was told: when, and by when an answer is due. */
export function NotifyDialog({ finding, onClose }: StepDialogProps): ReactNode {
  const { routes } = finding;
  const [place, setPlace] = useState("0");
  const [day, setDay] = useState(() => dayWords(Date.now()));
  const [due, setDue] = useState("");
  const [note, setNote] = useState("");
  const notify = useCommand("findings.notify");
  const party = routes[Number(place)];
  const submit = async (): Promise<void> => {
    const at = momentOf(day);
    if (party === undefined || at === null || dayFault(due) !== undefined || notify.isRunning) return;
    const { channel, name, recipientId } = party;
    const told = { party: { channel, name, recipientId }, at, answerDueAt: endOfDay(due), note: note.trim() };
    const result = await notify.run({ findingId: finding.id, ...told });
    if (!result.ok) return;
    showToast({ words: `Written down: ${name} was told of ${finding.code}.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Who was told of ${finding.code}`}
      act="Write it down"
      command={notify}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">This writes down what was done. Nothing is sent.</p>
      <Select
        label="Told"
        options={routes.map(({ channel, name }, index) => ({
          id: String(index),
          label: name,
          detail: findingChannelWords[channel].toLowerCase(),
        }))}
        value={place}
        onChange={setPlace}
      />
      <div className="row even finding-top">
        <TextField label="On" value={day} onChange={setDay} placeholder="2026-12-04" error={wrongDay(day)} />
        <TextField
          label="Answer due"
          optional
          value={due}
          onChange={setDue}
          placeholder="2026-12-18"
          error={dayFault(due)}
        />
      </div>
      <TextField label="How" optional value={note} onChange={setNote} placeholder="By courier" maxLength={1_000} />
    </ActDialog>
  );
}

interface AnswerDialogProps extends StepDialogProps {
  readonly notice: Finding["timeline"][number];
}

/** Writes down what somebody who was told answered. */
export function AnswerDialog({ finding, notice, onClose }: AnswerDialogProps): ReactNode {
  const [day, setDay] = useState(() => dayWords(Date.now()));
  const [words, setWords] = useState("");
  const answered = useCommand("findings.answered");
  const submit = async (): Promise<void> => {
    const at = momentOf(day);
    if (at === null || answered.isRunning) return;
    const result = await answered.run({ findingId: finding.id, noticeId: notice.id, at, words: words.trim() });
    if (!result.ok) return;
    showToast({ words: `The answer of ${notice.party.name} was written down.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Answer of ${notice.party.name}`}
      act="Write it down"
      command={answered}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <TextField label="On" value={day} onChange={setDay} placeholder="2026-12-04" error={wrongDay(day)} />
      <TextField
        label="What they said"
        optional
        autoFocus
        lines={4}
        value={words}
        onChange={setWords}
        maxLength={4_000}
      />
    </ActDialog>
  );
}
