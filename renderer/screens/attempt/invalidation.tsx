import { useState, type ReactNode } from "react";
import type { AttemptDetail } from "../../../electron/contract/evaluation.ts";
import { Button, Note, showToast } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { InvalidateDialog } from "../run/invalidate-dialog.tsx";
import { useRights } from "../runs/rights.ts";

/** "Urgent, epoch 2". */
function wordsOf(attempt: AttemptDetail): string {
  return `${attempt.task.title}, epoch ${String(attempt.epoch)}`;
}

/** The proposal to invalidate this attempt that waits for a second person; null where there is none. */
function useWaiting(attempt: AttemptDetail) {
  const acts = useQuery("acts.list", {});
  if (acts.status !== "ready") return null;
  // An act is about its run; its words begin with the attempt.
  const begin = `${attempt.task.id}, epoch ${String(attempt.epoch)} of `;
  return (
    acts.data.find(
      ({ type, state, about, words }) =>
        type === "attempt.invalidated" && state === "waiting" && about === attempt.runId && words.startsWith(begin),
    ) ?? null
  );
}

/** Says that the invalidation of this attempt was proposed and waits for a second person. */
export function WaitingAct({ attempt }: { readonly attempt: AttemptDetail }): ReactNode {
  const act = useWaiting(attempt);
  if (act === null) return null;
  return (
    <Note
      tone="warn"
      title="Its invalidation waits for a second person"
      action={
        <Button
          size="small"
          onPress={() => {
            navigate("members", { view: "acts" });
          }}
        >
          {act.mayDecide ? "Decide" : "Show"}
        </Button>
      }
    >
      {`Proposed by ${act.byName}, ${minuteWords(act.at)}. Until then it counts as it stands.`}
    </Note>
  );
}

export interface Invalidation {
  readonly isPossible: boolean;
  readonly open: () => void;
  /** The dialog while it is open, to be put anywhere in the page. */
  readonly dialog: ReactNode;
}

/** Invalidating this attempt: whether the member may, and the dialog that does it. */
export function useInvalidation(attempt: AttemptDetail): Invalidation {
  const rights = useRights();
  const run = useQuery("runs.get", { runId: attempt.runId });
  const waiting = useWaiting(attempt);
  const [isOpen, setIsOpen] = useState(false);
  const command = useCommand("attempts.invalidate");
  const wasAccepted = run.status === "ready" && run.data.state === "accepted";
  const mayAct = run.status === "ready" && (wasAccepted ? rights.mayDecide : rights.mayLog);
  const canBe = attempt.outcome !== "not-run" && attempt.outcome !== "invalidated" && waiting === null;
  const address = { runId: attempt.runId, task: attempt.task.id, epoch: attempt.epoch };
  return {
    isPossible: mayAct && canBe,
    open: () => {
      setIsOpen(true);
    },
    dialog: isOpen ? (
      <InvalidateDialog
        attempt={wordsOf(attempt)}
        wasAccepted={wasAccepted}
        ask={(reason) => (second) =>
          command.run(second === undefined ? { ...address, reason } : { ...address, reason, second })
        }
        onDone={(outcome) => {
          const words =
            outcome === null ? "Proposed: it waits for a second person." : `${wordsOf(attempt)}: invalidated.`;
          showToast({ words });
        }}
        onClose={() => {
          setIsOpen(false);
        }}
      />
    ) : null,
  };
}
