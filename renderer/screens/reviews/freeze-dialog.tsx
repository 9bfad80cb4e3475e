import { useState, type ReactNode } from "react";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import type { ReviewRound } from "../../../electron/contract/reviewing.ts";
import { ActDialog, Note, TextField, showToast } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";

/** Freezing cannot be taken back: it says what it means, and asks for a reason where items are not decided. */
export function FreezeDialog({
  round,
  onClose,
}: {
  readonly round: ReviewRound;
  readonly onClose: () => void;
}): ReactNode {
  const [reason, setReason] = useState("");
  const [isLate, setIsLate] = useState(false);
  const freeze = useCommand("reviews.freezeRound");
  const undecided = round.sums.items - round.sums.decided;
  const isMissing = undecided > 0 && reason.trim() === "";
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (isMissing || freeze.isRunning) return;
    const result = await freeze.run({ roundId: round.id, reason: reason.trim() });
    if (!result.ok) return;
    showToast({ words: `${round.name} is frozen.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Freeze ${round.name}`}
      role="alertdialog"
      act="Freeze the round"
      command={freeze}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p>
        From then on no judgement of this round is given, changed or taken back. All of them are hashed together; the
        hash stands in the journal with the time. This cannot be undone.
      </p>
      {round.blind ? (
        <p className="ink2">Everybody who judged is then shown the models, the runs and whose judgement was which.</p>
      ) : null}
      {undecided === 0 ? (
        <p className="ink2">All {formatCounted(round.sums.items, "item")} are decided.</p>
      ) : (
        <Note tone="warn" title={`${formatCounted(undecided, "item")} will stay undecided`}>
          {`${formatCount(round.sums.toDo)} lack a judgement, ${formatCount(round.sums.adjudication)} wait for a third person. For them the scorer’s value stays what counts.`}
        </Note>
      )}
      <TextField
        label="Reason"
        optional={undecided === 0}
        lines={2}
        value={reason}
        onChange={setReason}
        maxLength={1_000}
        error={isLate && isMissing ? "Say why it is frozen with items that are not decided." : null}
      />
    </ActDialog>
  );
}
