import { useState, type ReactNode } from "react";
import type { Submission } from "../../../electron/contract/submissions.ts";
import { ActDialog, Note, RadioGroup, TextField } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { dayFault, minuteAt, minuteWords } from "../../state/time-words.ts";

/** What is done to a submission as a whole, each in a dialog of its own. */
export interface SubmissionDialogProps {
  readonly submission: Submission;
  readonly onClose: () => void;
}

export function AnswerDialog({ submission, onClose }: SubmissionDialogProps): ReactNode {
  const [words, setWords] = useState("");
  const [isLate, setIsLate] = useState(false);
  const answer = useCommand("submissions.answer");
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (words.trim() === "") return;
    const result = await answer.run({ submissionId: submission.id, words: words.trim() });
    if (result.ok) onClose();
  };
  return (
    <ActDialog
      title="Answer the question"
      act="Record the answer"
      command={answer}
      onAct={() => void submit()}
      onClose={onClose}
    >
      {submission.inquiry.question === "" ? null : <p className="ink2">{submission.inquiry.question}</p>}
      <TextField
        label="Answer"
        autoFocus
        lines={4}
        value={words}
        onChange={setWords}
        error={isLate && words.trim() === "" ? "Write what was answered." : null}
      />
    </ActDialog>
  );
}

export function AccessDialog({ submission, onClose }: SubmissionDialogProps): ReactNode {
  const [when, setWhen] = useState(() => minuteWords(Date.now()));
  const grant = useCommand("submissions.grantAccess");
  const at = minuteAt(when);
  const submit = async (): Promise<void> => {
    if (at === null) return;
    const result = await grant.run({ submissionId: submission.id, at });
    if (result.ok) onClose();
  };
  const days = submission.window?.rule.days ?? 0;
  return (
    <ActDialog
      title="Access was given"
      act="Start the window"
      command={grant}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">
        The window counts from the moment at which the model could really be used: at most {String(days)} days. It
        cannot be written down before it happened, and the start cannot be changed.
      </p>
      <TextField
        label="Since when"
        autoFocus
        value={when}
        onChange={setWhen}
        placeholder="2026-06-02 14:05"
        error={at === null ? "Write a moment as 2026-06-02 14:05." : null}
      />
    </ActDialog>
  );
}

const dates = [
  {
    id: "partner-release",
    label: "Release to other trusted partners",
    detail: "The window ends no later than that day.",
  },
  { id: "public-release", label: "Public release" },
] as const;

export function RedateDialog({ submission, onClose }: SubmissionDialogProps): ReactNode {
  const [which, setWhich] = useState<(typeof dates)[number]["id"]>("partner-release");
  const [day, setDay] = useState("");
  const [reason, setReason] = useState("");
  const [isLate, setIsLate] = useState(false);
  const redate = useCommand("submissions.redate");
  const fault = dayFault(day);
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (fault !== undefined || reason.trim() === "") return;
    const on = day.trim() === "" ? null : day.trim();
    const result = await redate.run({ submissionId: submission.id, which, on, reason: reason.trim() });
    if (result.ok) onClose();
  };
  return (
    <ActDialog
      title="Another planned day"
      act="Record the day"
      command={redate}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <RadioGroup label="Of what" options={dates} value={which} onChange={setWhich} />
      <TextField
        label="Planned for"
        optional
        value={day}
        onChange={setDay}
        placeholder="2026-07-20"
        description="Empty: no longer planned. Every day that was said stays in the history."
        error={fault}
      />
      <TextField
        label="Reason"
        value={reason}
        onChange={setReason}
        maxLength={200}
        error={isLate && reason.trim() === "" ? "Say why it moved." : null}
      />
    </ActDialog>
  );
}

export function CloseEarlyDialog({ submission, onClose }: SubmissionDialogProps): ReactNode {
  const [developer, setDeveloper] = useState("");
  const [government, setGovernment] = useState("");
  const [reason, setReason] = useState("");
  const [isLate, setIsLate] = useState(false);
  const close = useCommand("submissions.closeEarly");
  const missing = (value: string): string | null => (isLate && value.trim() === "" ? "This is needed." : null);
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if ([developer, government, reason].some((value) => value.trim() === "")) return;
    const result = await close.run({ submissionId: submission.id, developer, government, reason });
    if (result.ok) onClose();
  };
  return (
    <ActDialog
      title="Close the window early"
      role="alertdialog"
      act="Close the window"
      command={close}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p>Both sides agree to it. The window ends now and cannot be opened again.</p>
      <div className="submission-pair">
        <TextField
          label="Agreed for the developer by"
          autoFocus
          value={developer}
          onChange={setDeveloper}
          maxLength={200}
          error={missing(developer)}
        />
        <TextField
          label="Agreed for the government by"
          value={government}
          onChange={setGovernment}
          maxLength={200}
          error={missing(government)}
        />
      </div>
      <TextField label="Reason" value={reason} onChange={setReason} maxLength={200} error={missing(reason)} />
    </ActDialog>
  );
}

export function WithdrawDialog({ submission, onClose }: SubmissionDialogProps): ReactNode {
  const [reason, setReason] = useState("");
  const withdraw = useCommand("submissions.withdraw");
  const submit = async (): Promise<void> => {
    const result = await withdraw.run({ submissionId: submission.id, reason });
    if (result.ok) onClose();
  };
  const mayTell = submission.submitted?.terms.resultsAfterWithdrawal === true;
  return (
    <ActDialog
      title={`${submission.codename} is withdrawn`}
      role="alertdialog"
      act="Record the withdrawal"
      command={withdraw}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p>
        Its developer may do so at any time, and need not say why. The clock stops, sessions close, partners are no
        longer shown, and what is held becomes overdue until it is destroyed or returned. The journal stays.
      </p>
      <Note tone="warn" title={mayTell ? "Results may still be told" : "No result leaves the vault any more"}>
        {mayTell
          ? "The terms allow it."
          : "Exports and reports with its model versions are refused: the terms do not allow them after a withdrawal."}
      </Note>
      <TextField label="Reason" optional lines={2} value={reason} onChange={setReason} maxLength={1_000} />
    </ActDialog>
  );
}
