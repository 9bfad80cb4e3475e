import { useState, type ReactNode } from "react";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import type { ReviewRound } from "../../../electron/contract/reviewing.ts";
import { ActDialog, Select, showToast } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";

interface GiveDialogProps {
  readonly round: ReviewRound;
  /** Items of the round that were chosen. */
  readonly items: readonly number[];
  readonly onClose: (isDone: boolean) => void;
}

/** Gives items that somebody has not judged yet to somebody else: who is away, or has too many. */
export function GiveDialog({ round, items, onClose }: GiveDialogProps): ReactNode {
  const members = useQuery("members.list", {});
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [isLate, setIsLate] = useState(false);
  const assign = useCommand("reviews.assign");
  const people = (members.status === "ready" ? members.data : [])
    .filter(({ role }) => role === "lead" || role === "evaluator")
    .map(({ id, name, role, current }) => ({ id, label: name, detail: current ? role : "removed", current }));
  const isSame = from !== null && from === to;
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (from === null || to === null || isSame || assign.isRunning) return;
    const result = await assign.run({ roundId: round.id, items: [...items], instead: from, member: to });
    if (!result.ok) return;
    showToast({ words: `${formatCounted(items.length, "item")} given to somebody else.` });
    onClose(true);
  };
  return (
    <ActDialog
      title={`Give ${formatCounted(items.length, "item")} to somebody else`}
      act="Give them"
      command={assign}
      onAct={() => void submit()}
      onClose={() => {
        onClose(false);
      }}
    >
      <p className="ink2">
        All of them have to be with the one whom they are taken from, and not judged by them yet. The journal says that
        they changed hands.
      </p>
      <Select
        label="From"
        options={people}
        value={from}
        onChange={setFrom}
        error={isLate && from === null ? "Choose whom they are taken from." : null}
      />
      <Select
        label="To"
        options={people.filter(({ current }) => current)}
        value={to}
        onChange={setTo}
        error={isLate && to === null ? "Choose who judges them." : isSame ? "Choose somebody else." : null}
      />
    </ActDialog>
  );
}
