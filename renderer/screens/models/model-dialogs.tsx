import { useState, type ReactNode } from "react";
import type { Model } from "../../../electron/contract/planning.ts";
import { ActDialog, TextField, showToast } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { VersionFields, emptyVersion } from "./version-fields.tsx";

function missing(value: string, isLate: boolean, words: string): string | null {
  return isLate && value.trim() === "" ? words : null;
}

/** Adds a model with the version that is measured first. */
export function AddModelDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [developer, setDeveloper] = useState("");
  const [name, setName] = useState("");
  const [note, setNote] = useState("");
  const [version, setVersion] = useState(emptyVersion);
  const [isLate, setIsLate] = useState(false);
  const add = useCommand("models.add");
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if ([developer, name, version.checkpoint].some((value) => value.trim() === "") || add.isRunning) return;
    const result = await add.run({ developer, name, note, version });
    if (!result.ok) return;
    showToast({ words: `${result.value.name} was added.` });
    onClose();
  };
  return (
    <ActDialog title="Add a model" onClose={onClose} act="Add the model" command={add} onAct={() => void submit()}>
      <div className="models-pair">
        <TextField
          label="Developer"
          value={developer}
          onChange={setDeveloper}
          autoFocus
          maxLength={200}
          error={missing(developer, isLate, "Who made it?")}
        />
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          maxLength={200}
          error={missing(name, isLate, "What is it called?")}
        />
      </div>
      <VersionFields
        value={version}
        onChange={setVersion}
        checkpointError={missing(version.checkpoint, isLate, "Say which checkpoint is measured.")}
      />
      <TextField label="Note" optional value={note} onChange={setNote} maxLength={1_000} />
    </ActDialog>
  );
}

/** Adds a version to a model: another checkpoint, or the same with other safeguards. */
export function AddVersionDialog({
  model,
  onClose,
}: {
  readonly model: Model;
  readonly onClose: () => void;
}): ReactNode {
  const [version, setVersion] = useState(emptyVersion);
  const [isLate, setIsLate] = useState(false);
  const add = useCommand("models.addVersion");
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (version.checkpoint.trim() === "" || add.isRunning) return;
    const result = await add.run({ modelId: model.id, version });
    if (!result.ok) return;
    showToast({ words: `A version of ${model.name} was added.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Add a version of ${model.name}`}
      onClose={onClose}
      act="Add the version"
      command={add}
      onAct={() => void submit()}
    >
      <VersionFields
        value={version}
        onChange={setVersion}
        autoFocus
        checkpointError={missing(version.checkpoint, isLate, "Say which checkpoint is measured.")}
      />
    </ActDialog>
  );
}
