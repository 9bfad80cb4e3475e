import { useState, type ReactNode } from "react";
import type { Deadline, NewDeadline } from "../../../electron/contract/deadlines.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { deadlinePresets } from "../../../electron/contract/process-presets.ts";
import { ActDialog, NumberField, RadioGroup, TextField, showToast } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { dayFault } from "../../state/time-words.ts";

const empty: NewDeadline = { title: "", basis: "", trigger: "", triggerOn: null, days: 30, owner: "" };

interface DeadlineDialogProps {
  /** The one that is changed; null: a new one. */
  readonly deadline: Deadline | null;
  readonly onClose: () => void;
}

function isUnfit(draft: NewDeadline, day: string, reason: string | null): boolean {
  return draft.title.trim() === "" || dayFault(day) !== undefined || reason?.trim() === "";
}

function startOf(deadline: Deadline | null): NewDeadline {
  if (deadline === null) return empty;
  const { title, basis, trigger, triggerOn, days, owner } = deadline;
  return { title, basis, trigger, triggerOn, days, owner };
}

/** A deadline as a row: what it counts from, how many days, and whose it is. */
export function DeadlineDialog({ deadline, onClose }: DeadlineDialogProps): ReactNode {
  const [draft, setDraft] = useState(startOf(deadline));
  const [day, setDay] = useState(deadline?.triggerOn ?? "");
  const [reason, setReason] = useState("");
  const [isLate, setIsLate] = useState(false);
  const add = useCommand("deadlines.add");
  const change = useCommand("deadlines.change");
  const put = (to: Partial<NewDeadline>) => {
    setDraft({ ...draft, ...to });
  };
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (isUnfit(draft, day, deadline === null ? null : reason)) return;
    const made = { ...draft, triggerOn: day.trim() === "" ? null : day.trim() };
    const result =
      deadline === null
        ? await add.run({ deadlines: [made] })
        : await change.run({ deadlineId: deadline.id, deadline: made, reason: reason.trim() });
    if (result.ok) onClose();
  };
  return (
    <ActDialog
      title={deadline === null ? "Add a deadline" : `Change ${deadline.title}`}
      act={deadline === null ? "Add the deadline" : "Change the deadline"}
      command={deadline === null ? add : change}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label="Title"
        autoFocus
        value={draft.title}
        onChange={(title) => {
          put({ title });
        }}
        maxLength={200}
        error={isLate && draft.title.trim() === "" ? "Say what is due." : null}
      />
      <TextField
        label="Basis"
        optional
        value={draft.basis}
        onChange={(basis) => {
          put({ basis });
        }}
        placeholder="The text that it comes from"
        maxLength={1_000}
      />
      <div className="timeline-fields">
        <TextField
          label="Counts from"
          optional
          value={draft.trigger}
          onChange={(trigger) => {
            put({ trigger });
          }}
          placeholder="Order signed"
          maxLength={1_000}
        />
        <TextField label="On" optional value={day} onChange={setDay} placeholder="2026-06-02" error={dayFault(day)} />
        <NumberField
          label="Days after"
          optional
          value={draft.days}
          onChange={(days) => {
            put({ days });
          }}
          min={0}
          max={36_500}
        />
      </div>
      <p className="small ink3">Without a day or a number of days its state is “day unknown”, and it stays in sight.</p>
      <TextField
        label="Owner"
        optional
        value={draft.owner}
        onChange={(owner) => {
          put({ owner });
        }}
        maxLength={1_000}
      />
      {deadline === null ? null : (
        <TextField
          label="Reason"
          value={reason}
          onChange={setReason}
          maxLength={200}
          error={isLate && reason.trim() === "" ? "Say why it is changed: the earlier one stays in the journal." : null}
        />
      )}
    </ActDialog>
  );
}

/** Deadlines of a text, to be written over. */
export function PresetDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [id, setId] = useState(deadlinePresets[0]?.id ?? "");
  const add = useCommand("deadlines.add");
  const preset = deadlinePresets.find((one) => one.id === id);
  const submit = async (): Promise<void> => {
    if (preset === undefined) return;
    const result = await add.run({ deadlines: [...preset.deadlines] });
    if (!result.ok) return;
    showToast({
      words: `${formatCounted(preset.deadlines.length, "deadline")} added. Each can be changed or dropped.`,
    });
    onClose();
  };
  return (
    <ActDialog title="Deadlines of a text" act="Add them" command={add} onAct={() => void submit()} onClose={onClose}>
      <RadioGroup
        label="Text"
        options={deadlinePresets.map((one) => ({ id: one.id, label: one.title, detail: one.note }))}
        value={id}
        onChange={setId}
      />
      <ul className="timeline-preset">
        {preset?.deadlines.map((one) => (
          <li key={one.title}>
            {one.title}
            <span className="small ink3">
              {[...(one.days === null ? [] : [formatCounted(one.days, "day")]), one.owner].join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </ActDialog>
  );
}

interface EndDialogProps {
  readonly deadline: Deadline;
  readonly onClose: () => void;
}

/** When it was met, and what shows it; an empty day takes that back. */
export function MeetDialog({ deadline, onClose }: EndDialogProps): ReactNode {
  const [day, setDay] = useState(deadline.metOn ?? "");
  const [evidence, setEvidence] = useState(deadline.evidence);
  const meet = useCommand("deadlines.meet");
  const fault = dayFault(day);
  const submit = async (): Promise<void> => {
    if (fault !== undefined) return;
    const on = day.trim() === "" ? null : day.trim();
    const result = await meet.run({ deadlineId: deadline.id, on, evidence });
    if (result.ok) onClose();
  };
  return (
    <ActDialog title={deadline.title} act="Write it down" command={meet} onAct={() => void submit()} onClose={onClose}>
      <TextField
        label="Met on"
        autoFocus
        value={day}
        onChange={setDay}
        placeholder="2026-07-02"
        description="Empty: it was not met (yet)."
        error={fault}
      />
      <TextField label="Evidence" optional value={evidence} onChange={setEvidence} maxLength={1_000} />
    </ActDialog>
  );
}

/** A deadline that is no longer counted; it stays in the list with the reason. */
export function DropDialog({ deadline, onClose }: EndDialogProps): ReactNode {
  const [reason, setReason] = useState("");
  const [isLate, setIsLate] = useState(false);
  const drop = useCommand("deadlines.drop");
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (reason.trim() === "") return;
    const result = await drop.run({ deadlineId: deadline.id, reason: reason.trim() });
    if (result.ok) onClose();
  };
  return (
    <ActDialog
      title={`Drop ${deadline.title}`}
      role="alertdialog"
      act="Drop the deadline"
      variant="danger"
      command={drop}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p>It stays in the list as dropped, with the reason. This cannot be undone; add it again instead.</p>
      <TextField
        label="Reason"
        autoFocus
        value={reason}
        onChange={setReason}
        maxLength={200}
        error={isLate && reason.trim() === "" ? "Say why it is dropped." : null}
      />
    </ActDialog>
  );
}
