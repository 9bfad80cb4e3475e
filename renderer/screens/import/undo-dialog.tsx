import type { ReactNode } from "react";
import type { ImportSums } from "../../../electron/contract/importing.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { ActDialog, showToast } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";

interface UndoDialogProps {
  readonly importId: string;
  readonly sums: ImportSums;
  readonly onClose: () => void;
  readonly onUndone: () => void;
}

/** Undoes a whole import: all of its runs, or none where one of them was looked into since. */
export function UndoDialog({ importId, sums, onClose, onUndone }: UndoDialogProps): ReactNode {
  const undo = useCommand("imports.undo");
  const submit = async (): Promise<void> => {
    const result = await undo.run({ importId });
    if (!result.ok) return;
    showToast({ words: `The import is undone: ${formatCounted(result.value.withdrawn.length, "run")} withdrawn.` });
    onUndone();
  };
  return (
    <ActDialog
      title="Undo this import"
      role="alertdialog"
      onClose={onClose}
      act={`Withdraw ${formatCounted(sums.runs, "run")}`}
      variant="danger"
      command={undo}
      onAct={() => void submit()}
    >
      <p>
        This withdraws {formatCounted(sums.runs, "run")} with {formatCounted(sums.attempts, "attempt")}: nothing of them
        is in a number any more. Nothing is deleted, the journal keeps that they were here, and the same files can be
        taken in again.
      </p>
      <p className="ink2">
        Where somebody reviewed, changed or reported on one of them since, none is withdrawn, and it is said which.
      </p>
    </ActDialog>
  );
}
