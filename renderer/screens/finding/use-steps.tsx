import { useState, type ReactNode } from "react";
import type { Finding } from "../../../electron/contract/findings.ts";
import { failureLine } from "../../../electron/contract/words.ts";
import { showToast } from "../../parts/index.ts";
import { connection, queries, useCommand, useQuery } from "../../state/service.ts";
import { RouteDialog } from "./route-dialog.tsx";
import { DuplicateDialog, MoveDialog, ValidateDialog } from "./step-dialogs.tsx";
import type { Step } from "./step.ts";

async function takeBack({ id, code }: Finding): Promise<void> {
  const result = await connection.request("findings.undo", { findingId: id, reason: "Undone right after" });
  if (result.ok) queries.invalidate();
  showToast(
    result.ok
      ? { words: `${code} is ${result.value.state} again.` }
      : { words: failureLine(result.error), tone: "bad" },
  );
}

interface StepDialogProps {
  readonly findingId: string;
  readonly step: Step;
  readonly onClose: () => void;
}

/** The dialog of a step, once the finding is at hand. */
function StepDialog({ findingId, step, onClose }: StepDialogProps): ReactNode {
  const finding = useQuery("findings.get", { findingId });
  if (finding.status !== "ready") return null;
  const props = { finding: finding.data, onClose };
  if (step.by === "validate") return <ValidateDialog {...props} />;
  if (step.by === "duplicate") return <DuplicateDialog {...props} />;
  return step.by === "route" ? <RouteDialog {...props} /> : <MoveDialog {...props} step={step} />;
}

export interface Steps {
  readonly start: (findingId: string, step: Step) => void;
  /** The dialog while one is open, to be put anywhere in the page. */
  readonly dialog: ReactNode;
}

/** Moves findings on: at once where there is nothing to say and a way back, through a dialog where there is not. */
export function useSteps(): Steps {
  const [open, setOpen] = useState<Omit<StepDialogProps, "onClose"> | null>(null);
  const move = useCommand("findings.move");
  const moveAtOnce = async (findingId: string, { to }: Step): Promise<void> => {
    const result = await move.run({ findingId, to, reason: "" });
    if (!result.ok) {
      showToast({ words: failureLine(result.error), tone: "bad" });
      return;
    }
    const moved = result.value;
    showToast({
      words: `${moved.code} is ${to}.`,
      undo: moved.undo === null ? undefined : () => void takeBack(moved),
    });
  };
  return {
    start: (findingId, step) => {
      const isPlain = step.by === "move" && !step.needsReason && step.to !== "closed";
      if (isPlain) void moveAtOnce(findingId, step);
      else setOpen({ findingId, step });
    },
    dialog:
      open === null ? null : (
        <StepDialog
          {...open}
          onClose={() => {
            setOpen(null);
          }}
        />
      ),
  };
}
