import { useState, type ReactNode } from "react";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { ActDialog, Button, Dialog, IconButton, Note, NumberField, TextField } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";

const most = 16;

interface MakeSharesDialogProps {
  readonly replaces: boolean;
  readonly onClose: () => void;
}

function HolderFields(props: {
  readonly holders: readonly string[];
  readonly onChange: (holders: readonly string[]) => void;
}): ReactNode {
  const { holders, onChange } = props;
  return (
    <div className="stack">
      {holders.map((holder, place) => (
        <div key={place} className="members-holder">
          <TextField
            label={`Share ${String(place + 1)} is kept by`}
            value={holder}
            onChange={(words) => {
              onChange(holders.map((one, at) => (at === place ? words : one)));
            }}
            placeholder={`Custodian ${String.fromCharCode(65 + place)}`}
            maxLength={200}
          />
          <IconButton
            sign="close"
            label={`Leave share ${String(place + 1)} out`}
            isDisabled={holders.length <= 2}
            onPress={() => {
              onChange(holders.filter((_, at) => at !== place));
            }}
          />
        </div>
      ))}
      <div className="row">
        <Button
          size="small"
          isDisabled={holders.length >= most}
          onPress={() => {
            onChange([...holders, ""]);
          }}
        >
          One more share
        </Button>
        <span className="small ink3">Their names stand on the paper: anyone who finds it can read them.</span>
      </div>
    </div>
  );
}

function Made({ files, onClose }: { readonly files: readonly string[]; readonly onClose: () => void }): ReactNode {
  return (
    <Dialog
      title="The shares are made"
      isOpen
      onClose={onClose}
      isReading
      actions={
        <Button variant="primary" onPress={onClose}>
          Done
        </Button>
      }
    >
      <Note tone="warn" title="Hand them out, then delete the folder">
        Whoever has enough of these files can let themselves in as a lead. Give each person theirs, on paper or as a
        file, and keep no copy together.
      </Note>
      <ul className="members-files mono small">
        {files.map((file) => (
          <li key={file}>{file}</li>
        ))}
      </ul>
    </Dialog>
  );
}

/** Makes recovery shares: how many there are, who keeps them, how many open the vault. */
export function MakeSharesDialog({ replaces, onClose }: MakeSharesDialogProps): ReactNode {
  const [holders, setHolders] = useState<readonly string[]>(["", "", ""]);
  const [threshold, setThreshold] = useState(2);
  const [made, setMade] = useState<RequestOutput<"recovery.make"> | null>(null);
  const make = useCommand("recovery.make", { job: "Making recovery shares" });
  const submit = async (): Promise<void> => {
    const place = await shell().chooseSaveLocation({
      title: "A new folder for the shares",
      suggestedName: "recovery-shares",
    });
    if (!place.ok || place.value.file === null) return;
    const named = holders.map((holder, at) =>
      holder.trim() === "" ? `Custodian ${String.fromCharCode(65 + at)}` : holder.trim(),
    );
    const result = await make.run({ threshold, holders: named, destination: place.value.file.handle });
    if (result.ok) setMade(result.value);
  };
  if (made !== null) return <Made files={made.files} onClose={onClose} />;
  return (
    <ActDialog
      title="Make recovery shares"
      act="Choose a folder and make them"
      command={make}
      onAct={() => void submit()}
      onClose={onClose}
    >
      {replaces ? <Note tone="warn">The shares of before open nothing any more once these are made.</Note> : null}
      <NumberField
        label="Shares that open the vault together"
        value={threshold}
        onChange={(value) => {
          setThreshold(Math.min(holders.length, Math.max(2, value ?? 2)));
        }}
        min={2}
        max={holders.length}
      />
      <HolderFields
        holders={holders}
        onChange={(next) => {
          setHolders(next);
          setThreshold(Math.min(threshold, next.length));
        }}
      />
    </ActDialog>
  );
}
