import { useState, type ReactNode } from "react";
import type { Result } from "../../../electron/contract/result.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { ActDialog, Button, ErrorNote, RadioGroup, showToast } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { PresentSecondFields, toPresentSecond, usePresentSecond } from "../../two-persons/present-second-fields.tsx";
import { saveLocation } from "./save-file.ts";

type Who = "self" | "other";

const whos = [
  { id: "self", label: "Me", detail: "The newest checkpoint that somebody else signed." },
  { id: "other", label: "Somebody here", detail: "They type their own passphrase." },
] as const;

function CosignDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [who, setWho] = useState<Who>("self");
  const cosign = useCommand("journal.cosign");
  const present = usePresentSecond();
  const submit = async (): Promise<void> => {
    const second = who === "self" ? undefined : toPresentSecond(present);
    if (second === null || cosign.isRunning) return;
    const result: Result<{ size: number }> = await cosign.run(second === undefined ? {} : { second });
    second?.passphrase.fill(0);
    if (!result.ok) return;
    showToast({ words: `The checkpoint at ${formatCount(result.value.size)} entries was cosigned.` });
    onClose();
  };
  return (
    <ActDialog title="Cosign a checkpoint" act="Cosign" command={cosign} onAct={() => void submit()} onClose={onClose}>
      <p className="ink2">
        A second member says, with their own key and the time, that this is the journal they saw. Keep the cosigned
        checkpoint elsewhere: it shows if the file is ever put back.
      </p>
      <RadioGroup label="Who cosigns" options={whos} value={who} onChange={setWho} />
      {who === "other" ? <PresentSecondFields state={present} /> : null}
    </ActDialog>
  );
}

/** What can be done with checkpoints as a whole: vouch for the newest, and keep it outside of the vault. */
export function CheckpointActions(): ReactNode {
  const [isCosigning, setCosigning] = useState(false);
  const save = useCommand("journal.saveCheckpoint");
  const keep = async (): Promise<void> => {
    const destination = await saveLocation("Keep a checkpoint", "checkpoint.note");
    if (destination === null) return;
    const result = await save.run({ destination });
    if (!result.ok) return;
    const { fileName, size, signatures } = result.value;
    const signed = `${formatCount(signatures)} ${signatures === 1 ? "signature" : "signatures"}`;
    showToast({ words: `${fileName}: ${formatCount(size)} entries, ${signed}.` });
  };
  return (
    <>
      {save.failure === null ? null : <ErrorNote failure={save.failure} />}
      <Button
        size="small"
        onPress={() => {
          setCosigning(true);
        }}
      >
        Cosign
      </Button>
      <Button size="small" isPending={save.isRunning} onPress={() => void keep()}>
        Keep one elsewhere
      </Button>
      {isCosigning ? (
        <CosignDialog
          onClose={() => {
            setCosigning(false);
          }}
        />
      ) : null}
    </>
  );
}
