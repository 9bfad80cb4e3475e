import type { ReactNode } from "react";
import { Button, ErrorNote, showToast } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { saveLocation } from "./save-file.ts";

/** Saves the proof that an entry is under the newest checkpoint: whoever holds a checkpoint can check it without the vault. */
export function ProofButton({ seq }: { readonly seq: number }): ReactNode {
  const save = useCommand("journal.saveProof");
  const submit = async (): Promise<void> => {
    const destination = await saveLocation("Save the proof of inclusion", `entry-${String(seq)}.tlog-proof`);
    if (destination === null) return;
    const result = await save.run({ seq, destination });
    if (result.ok) showToast({ words: `Saved as ${result.value.fileName}.` });
  };
  return (
    <>
      {save.failure === null ? null : <ErrorNote failure={save.failure} />}
      <div className="row">
        <Button size="small" isPending={save.isRunning} onPress={() => void submit()}>
          Save its proof of inclusion
        </Button>
      </div>
    </>
  );
}
