import { useState, type ReactNode } from "react";
import type { Compartment } from "../../../electron/contract/members.ts";
import type { VaultState } from "../../../electron/contract/vault.ts";
import { roles } from "../../../electron/contract/values.ts";
import {
  ActDialog,
  Checkbox,
  FileChoiceField,
  passphraseStrength,
  requiredScore,
  showToast,
} from "../../parts/index.ts";
import { useFileChoice } from "../../state/file-choice.ts";
import { useCommand } from "../../state/service.ts";
import { emptyMember, memberErrors, toNewMember, type MemberErrors } from "./member-draft.ts";
import { MemberFields } from "./member-fields.tsx";

interface AddMemberDialogProps {
  readonly vault: Extract<VaultState, { open: true }>;
  readonly compartments: readonly Compartment[];
  readonly position: number;
  readonly onClose: () => void;
}

/** Adds a member. They type their own passphrase here, at this workstation; the lead never needs to know it. */
export function AddMemberDialog({ vault, compartments, position, onClose }: AddMemberDialogProps): ReactNode {
  const [draft, setDraft] = useState(() => emptyMember("evaluator"));
  const [errors, setErrors] = useState<MemberErrors>({});
  const [apart, setApart] = useState<ReadonlySet<number>>(new Set());
  const keyFile = useFileChoice({ title: "Their key file" });
  const add = useCommand("members.add");
  const separate = compartments.filter(({ kind, readable }) => kind === "separate" && readable);
  const reads = compartments.filter(({ kind, readable }) => readable && kind !== "separate").map(({ id }) => id);
  const addable = vault.member.role === "custodian" ? roles.filter((role) => role !== "lead") : roles;
  const submit = async (): Promise<void> => {
    const { score } = await passphraseStrength(draft.passphrase, [vault.name, draft.name, draft.label]);
    const found = memberErrors(draft, score >= requiredScore);
    setErrors(found);
    if (Object.keys(found).length > 0 || add.isRunning) return;
    const member = toNewMember(draft, position);
    const file = keyFile.files[0]?.handle;
    const result = await add.run({
      ...member,
      role: draft.role,
      compartments: draft.role === "custodian" ? [1] : [...reads, ...apart],
      ...(file === undefined ? {} : { keyFile: file }),
    });
    member.passphrase.fill(0);
    if (!result.ok) return;
    showToast({ words: `${member.name} was added as ${draft.role}.` });
    onClose();
  };
  return (
    <ActDialog
      title="Add a member"
      act={add.isRunning ? "Making the keys" : "Add the member"}
      command={add}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">Let them type the passphrase themselves. Nobody can recover it.</p>
      <MemberFields
        value={draft}
        onChange={setDraft}
        errors={errors}
        position={position}
        roles={addable}
        related={[vault.name]}
        autoFocus
      />
      <FileChoiceField
        optional
        label="Key file, as a second factor"
        hint="Any file that stays the same"
        choice={keyFile}
      />
      {draft.role === "custodian" || separate.length === 0 ? null : (
        <fieldset className="members-readers">
          <legend className="field-label">Reads also</legend>
          {separate.map(({ id, name }) => (
            <Checkbox
              key={id}
              isSelected={apart.has(id)}
              onChange={(selected) => {
                const next = new Set(apart);
                if (selected) next.add(id);
                else next.delete(id);
                setApart(next);
              }}
            >
              {name}
            </Checkbox>
          ))}
        </fieldset>
      )}
    </ActDialog>
  );
}
