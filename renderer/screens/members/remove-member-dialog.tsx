import { useState, type ReactNode } from "react";
import type { Member } from "../../../electron/contract/members.ts";
import { ActDialog, showToast, TextField } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { useTwoPersons } from "../../two-persons/use-two-persons.tsx";

interface RemoveMemberDialogProps {
  readonly member: Member;
  readonly onClose: () => void;
}

/** Removes a member: their slot and keys leave the file, and everything goes on under new keys. */
export function RemoveMemberDialog({ member, onClose }: RemoveMemberDialogProps): ReactNode {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const remove = useCommand("members.remove");
  const twoPersons = useTwoPersons();
  const submit = async (): Promise<void> => {
    if (reason.trim() === "") {
      setError("Say why: it stays in the journal.");
      return;
    }
    const input = { memberId: member.id, reason: reason.trim() };
    const outcome = await twoPersons.run((second) => remove.run(second === undefined ? input : { ...input, second }), {
      what: `${member.name} is removed from this vault.`,
      apart: member.id,
      roles: ["lead", "custodian"],
    });
    if (outcome.kind === "done") showToast({ words: `${member.name} was removed. New keys are in use.` });
    if (outcome.kind === "waiting") showToast({ words: "Proposed: it waits here for a second person." });
    if (outcome.kind === "done" || outcome.kind === "waiting") onClose();
    if (outcome.kind === "cancelled") remove.reset();
  };
  const failure = twoPersons.dialog === null ? remove.failure : null;
  return (
    <>
      <ActDialog
        title={`Remove ${member.name}`}
        act="Remove"
        variant="danger"
        command={{ isRunning: remove.isRunning, failure }}
        onAct={() => void submit()}
        onClose={onClose}
      >
        <p>
          Their way in and their keys are taken out of the file, and what they read goes on under new keys that they do
          not get.
        </p>
        <p className="ink2">
          What was written before, they could read, and may still have: with a copy of the file and their passphrase.
          Their entries stay in the journal.
        </p>
        <TextField label="Reason" value={reason} onChange={setReason} error={error} autoFocus maxLength={200} />
      </ActDialog>
      {twoPersons.dialog}
    </>
  );
}
