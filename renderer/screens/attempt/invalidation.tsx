import { useState, type ReactNode } from "react";
import type { AttemptDetail } from "../../../electron/contract/evaluation.ts";
import type { Failure } from "../../../electron/contract/result.ts";
import { failureLine } from "../../../electron/contract/words.ts";
import { Button, Note, showToast } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { useTwoPersons } from "../../two-persons/use-two-persons.tsx";
import { InvalidateDialog } from "../run/invalidate-dialog.tsx";
import { ReasonDialog } from "../run/reason-dialog.tsx";
import { useRights } from "../runs/rights.ts";

/** "Urgent, epoch 2". */
function wordsOf(attempt: AttemptDetail): string {
  return `${attempt.task.title}, epoch ${String(attempt.epoch)}`;
}

/** The proposal to invalidate or to reinstate this attempt that waits for a second person; null where there is none. */
function useWaiting(attempt: AttemptDetail) {
  const acts = useQuery("acts.list", {});
  if (acts.status !== "ready") return null;
  // An act is about its run; its words begin with the attempt.
  const begin = `${attempt.task.id}, epoch ${String(attempt.epoch)} of `;
  return (
    acts.data.find(
      ({ type, state, about, words }) =>
        (type === "attempt.invalidated" || type === "attempt.reinstated") &&
        state === "waiting" &&
        about === attempt.runId &&
        words.startsWith(begin),
    ) ?? null
  );
}

/** Says that what was proposed for this attempt waits for a second person. */
export function WaitingAct({ attempt }: { readonly attempt: AttemptDetail }): ReactNode {
  const act = useWaiting(attempt);
  if (act === null) return null;
  return (
    <Note
      tone="warn"
      title={
        act.type === "attempt.reinstated"
          ? "Taking its invalidation back waits for a second person"
          : "Its invalidation waits for a second person"
      }
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
  /** It is invalidated, and the member may take that back. */
  readonly mayReinstate: boolean;
  readonly openReinstate: () => void;
  /** The dialog while one is open, to be put anywhere in the page. */
  readonly dialog: ReactNode;
}

interface ReinstateDialogProps {
  readonly attempt: AttemptDetail;
  readonly wasAccepted: boolean;
  readonly onClose: () => void;
}

/** Takes an invalidation back, with a reason, and with a second person where that takes two. */
function ReinstateDialog({ attempt, wasAccepted, onClose }: ReinstateDialogProps): ReactNode {
  const reinstate = useCommand("attempts.reinstate");
  const twoPersons = useTwoPersons();
  const [isAsking, setIsAsking] = useState(false);
  const address = { runId: attempt.runId, task: attempt.task.id, epoch: attempt.epoch };
  const give = async (reason: string): Promise<Failure | "stay" | null> => {
    setIsAsking(true);
    const outcome = await twoPersons.run(
      (second) => reinstate.run(second === undefined ? { ...address, reason } : { ...address, reason, second }),
      { what: `${wordsOf(attempt)} counts again: ${reason}`, roles: ["lead"] },
    );
    setIsAsking(false);
    if (outcome.kind === "failed") return outcome.failure;
    if (outcome.kind === "cancelled") return "stay";
    const waits = outcome.kind === "waiting";
    showToast({ words: waits ? "Proposed: it waits for a second person." : `${wordsOf(attempt)} counts again.` });
    return null;
  };
  return (
    <>
      <ReasonDialog
        title={`Reinstate ${wordsOf(attempt)}`}
        action="Reinstate"
        isRequired
        onClose={() => {
          if (!isAsking) onClose();
        }}
        onGive={give}
      >
        {`It counts again as it did before. The invalidation stays in the journal, and so does your reason.${wasAccepted ? " The run was accepted, so this may take a second person." : ""}`}
      </ReasonDialog>
      {twoPersons.dialog}
    </>
  );
}

interface Standing {
  readonly wasAccepted: boolean;
  readonly mayAct: boolean;
}

/** Whether the run was accepted: then only leads invalidate and reinstate, and it may take two. */
function useStanding(attempt: AttemptDetail): Standing {
  const rights = useRights();
  const run = useQuery("runs.get", { runId: attempt.runId });
  const wasAccepted = run.status === "ready" && run.data.state === "accepted";
  return { wasAccepted, mayAct: run.status === "ready" && (wasAccepted ? rights.mayDecide : rights.mayLog) };
}

type Over = "invalidate" | "reinstate" | null;

/** Invalidating this attempt and taking that back: whether the member may, and the dialogs that do it. */
export function useInvalidation(attempt: AttemptDetail): Invalidation {
  const { wasAccepted, mayAct } = useStanding(attempt);
  const waiting = useWaiting(attempt);
  const [over, setOver] = useState<Over>(null);
  const command = useCommand("attempts.invalidate");
  const reinstate = useCommand("attempts.reinstate");
  const isInvalidated = attempt.outcome === "invalidated";
  const address = { runId: attempt.runId, task: attempt.task.id, epoch: attempt.epoch };
  const close = (): void => {
    setOver(null);
  };
  const undo = (): void => {
    void reinstate.run({ ...address, reason: "Undone right after" }).then((result) => {
      showToast(
        result.ok ? { words: `${wordsOf(attempt)} counts again.` } : { words: failureLine(result.error), tone: "bad" },
      );
    });
  };
  return {
    isPossible: mayAct && attempt.outcome !== "not-run" && !isInvalidated && waiting === null,
    open: () => {
      setOver("invalidate");
    },
    mayReinstate: mayAct && isInvalidated && waiting === null,
    openReinstate: () => {
      setOver("reinstate");
    },
    dialog:
      over === null ? null : over === "reinstate" ? (
        <ReinstateDialog attempt={attempt} wasAccepted={wasAccepted} onClose={close} />
      ) : (
        <InvalidateDialog
          attempt={wordsOf(attempt)}
          wasAccepted={wasAccepted}
          ask={(reason, code) => (second) =>
            command.run(second === undefined ? { ...address, reason, code } : { ...address, reason, code, second })
          }
          onDone={(outcome) => {
            showToast(
              outcome === null
                ? { words: "Proposed: it waits for a second person." }
                : // Of an accepted run that takes two persons, too: the dialog asks for them.
                  { words: `${wordsOf(attempt)}: invalidated.`, undo: wasAccepted ? undefined : undo },
            );
          }}
          onClose={close}
        />
      ),
  };
}
