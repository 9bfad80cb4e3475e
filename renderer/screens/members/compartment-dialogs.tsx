import { useState, type ReactNode } from "react";
import type { Compartment, Member } from "../../../electron/contract/members.ts";
import { ActDialog, Checkbox, Select, showToast, TextField } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";

export interface CompartmentChange {
  readonly what: "grant" | "revoke" | "rotate";
  readonly compartment: Compartment;
}

interface ChangeDialogProps {
  readonly compartment: Compartment;
  readonly onClose: () => void;
}

const options = (members: readonly Member[]) =>
  members.map(({ id, name, role }) => ({ id, label: name, detail: role }));

/** Which members are ticked, oneself among them for good. */
function Readers(props: {
  readonly members: readonly Member[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}): ReactNode {
  const { members, chosen, onChange } = props;
  return (
    <fieldset className="members-readers">
      <legend className="field-label">Who else reads it</legend>
      {members.map(({ id, name, role }) => (
        <Checkbox
          key={id}
          isSelected={chosen.has(id)}
          onChange={(selected) => {
            const next = new Set(chosen);
            if (selected) next.add(id);
            else next.delete(id);
            onChange(next);
          }}
        >
          {`${name}, ${role}`}
        </Checkbox>
      ))}
    </fieldset>
  );
}

/** A new compartment: a name inside, a label outside, and who reads it. */
export function AddCompartmentDialog(props: {
  readonly position: number;
  readonly members: readonly Member[];
  readonly self: string;
  readonly onClose: () => void;
}): ReactNode {
  const { position, members, self, onClose } = props;
  const [name, setName] = useState("");
  const [label, setLabel] = useState("");
  const [error, setError] = useState<string | null>(null);
  const others = members.filter(({ id, current, role }) => current && id !== self && role !== "custodian");
  // Who recovers the vault must be able to open all of it.
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(others.filter(({ role }) => role === "recovery").map(({ id }) => id)),
  );
  const add = useCommand("compartments.add");
  const outer = `Compartment ${String(position)}`;
  const submit = async (): Promise<void> => {
    if (name.trim() === "") {
      setError("Enter a name.");
      return;
    }
    const memberIds = [self, ...chosen];
    const result = await add.run({ name: name.trim(), label: label.trim() === "" ? outer : label.trim(), memberIds });
    if (!result.ok) return;
    showToast({ words: `${result.value.name} was made.` });
    onClose();
  };
  return (
    <ActDialog title="Add a compartment" act="Add it" command={add} onAct={() => void submit()} onClose={onClose}>
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={error}
        description="Kept inside: every member can read it."
        autoFocus
        maxLength={200}
      />
      <TextField
        label="Outer label"
        value={label}
        onChange={setLabel}
        placeholder={outer}
        description="Anyone with the file can read it."
        maxLength={200}
      />
      <Readers members={others} chosen={chosen} onChange={setChosen} />
    </ActDialog>
  );
}

/** Lets a member read a compartment, from its beginning. */
export function GrantDialog({
  compartment,
  grantable,
  onClose,
}: ChangeDialogProps & { readonly grantable: readonly Member[] }): ReactNode {
  const [memberId, setMemberId] = useState(grantable[0]?.id ?? "");
  const grant = useCommand("compartments.grant");
  const submit = async (): Promise<void> => {
    const result = await grant.run({ compartment: compartment.id, memberId });
    if (!result.ok) return;
    const name = grantable.find(({ id }) => id === memberId)?.name ?? "";
    showToast({ words: `${name} reads ${compartment.name} from now on.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Let somebody read ${compartment.name}`}
      act="Let them read it"
      command={grant}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">They will read all of it, also what was written before.</p>
      <Select label="Member" options={options(grantable)} value={memberId} onChange={setMemberId} />
    </ActDialog>
  );
}

/** Takes a compartment from a member: it goes on under a new key. */
export function RevokeDialog({
  compartment,
  revocable,
  onClose,
}: ChangeDialogProps & { readonly revocable: readonly Member[] }): ReactNode {
  const [memberId, setMemberId] = useState(revocable[0]?.id ?? "");
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const revoke = useCommand("compartments.revoke");
  const submit = async (): Promise<void> => {
    if (reason.trim() === "") {
      setError("Say why: it stays in the journal.");
      return;
    }
    const result = await revoke.run({ compartment: compartment.id, memberId, reason: reason.trim() });
    if (!result.ok) return;
    showToast({ words: `${compartment.name} goes on under a new key.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Take ${compartment.name} from somebody`}
      act="Take it"
      variant="danger"
      command={revoke}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">
        It goes on under a new key that they do not get. What was written before, they could read, and may still have.
      </p>
      <Select label="Member" options={options(revocable)} value={memberId} onChange={setMemberId} />
      <TextField label="Reason" value={reason} onChange={setReason} error={error} maxLength={200} />
    </ActDialog>
  );
}

/** A new key for the same readers. */
export function RotateDialog({ compartment, onClose }: ChangeDialogProps): ReactNode {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const rotate = useCommand("compartments.rotate");
  const submit = async (): Promise<void> => {
    if (reason.trim() === "") {
      setError("Say why: it stays in the journal.");
      return;
    }
    const result = await rotate.run({ compartment: compartment.id, reason: reason.trim() });
    if (!result.ok) return;
    showToast({ words: `${compartment.name} goes on under key ${String(result.value.epoch)}.` });
    onClose();
  };
  return (
    <ActDialog
      title={`A new key for ${compartment.name}`}
      act="Begin it"
      command={rotate}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">
        For when a key may have leaked. The same members read on; what is written from now on takes the new key.
      </p>
      <TextField label="Reason" value={reason} onChange={setReason} error={error} autoFocus maxLength={200} />
    </ActDialog>
  );
}
