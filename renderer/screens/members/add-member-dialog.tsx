import { useState, type ReactNode } from "react";
import { Button, Dialog, ErrorNote, passphraseStrength, requiredScore, showToast } from "../../parts/index.ts";
import { roles } from "../../../electron/contract/values.ts";
import { useCommand } from "../../state/service.ts";
import { emptyMember, memberErrors, toNewMember, type MemberErrors } from "./member-draft.ts";
import { MemberFields } from "./member-fields.tsx";

interface AddMemberDialogProps {
  readonly vaultName: string;
  readonly position: number;
  readonly onClose: () => void;
}

/** Adds a member. They type their own passphrase here, at this workstation; the lead never needs to know it. */
export function AddMemberDialog({ vaultName, position, onClose }: AddMemberDialogProps): ReactNode {
  const [draft, setDraft] = useState(() => emptyMember("evaluator"));
  const [errors, setErrors] = useState<MemberErrors>({});
  const add = useCommand("members.add");
  const submit = async (): Promise<void> => {
    const { score } = await passphraseStrength(draft.passphrase, [vaultName, draft.name, draft.label]);
    const found = memberErrors(draft, score >= requiredScore);
    setErrors(found);
    if (Object.keys(found).length > 0 || add.isRunning) return;
    const member = toNewMember(draft, position);
    const result = await add.run({ ...member, role: draft.role });
    member.passphrase.fill(0);
    if (!result.ok) return;
    showToast({ words: `${member.name} was added as ${draft.role}.` });
    onClose();
  };
  return (
    <Dialog
      title="Add a member"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isPending={add.isRunning} onPress={() => void submit()}>
            {add.isRunning ? "Making the keys" : "Add the member"}
          </Button>
        </>
      }
    >
      <p className="ink2">Let them type the passphrase themselves. Nobody can recover it.</p>
      <MemberFields
        value={draft}
        onChange={setDraft}
        errors={errors}
        position={position}
        roles={roles}
        related={[vaultName]}
        autoFocus
      />
      {add.failure === null ? null : <ErrorNote failure={add.failure} />}
    </Dialog>
  );
}
