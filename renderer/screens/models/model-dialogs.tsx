import { useState, type ReactNode } from "react";
import type { Model, ModelVersion } from "../../../electron/contract/planning.ts";
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

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** Says when a version was released, so that trends can be drawn over time; an empty day takes it back. */
export function ReleaseDayDialog({
  version,
  onClose,
}: {
  readonly version: ModelVersion;
  readonly onClose: () => void;
}): ReactNode {
  const [day, setDay] = useState(version.releasedOn ?? "");
  const set = useCommand("models.setReleaseDay");
  const isWrong = day.trim() !== "" && !dayPattern.test(day.trim());
  const submit = async (): Promise<void> => {
    if (isWrong || set.isRunning) return;
    const undo = version.releasedOn;
    const releasedOn = day.trim() === "" ? null : day.trim();
    const result = await set.run({ modelVersionId: version.id, releasedOn });
    if (!result.ok) return;
    const words = releasedOn === null ? "Its release day was taken back." : `Released on ${releasedOn}.`;
    showToast({ words, undo: () => void set.run({ modelVersionId: version.id, releasedOn: undo }) });
    onClose();
  };
  return (
    <ActDialog
      title="Release day"
      size="small"
      onClose={onClose}
      act="Keep the day"
      command={set}
      onAct={() => void submit()}
    >
      <p className="ink2">{version.words}</p>
      <TextField
        label="Released on"
        value={day}
        onChange={setDay}
        autoFocus
        placeholder="2026-01-31"
        maxLength={10}
        error={isWrong ? "A day is year-month-day." : null}
        description="Trends and doubling times are drawn over it. Empty: not known."
      />
    </ActDialog>
  );
}
