import { useState, type ReactNode } from "react";
import type { AttemptDetail } from "../../../electron/contract/evaluation.ts";
import {
  invalidationCodes,
  invalidationWords,
  type InvalidationCode,
} from "../../../electron/contract/invalidation.ts";
import type { Failure } from "../../../electron/contract/result.ts";
import { Select } from "../../parts/index.ts";
import { useTwoPersons, type Ask } from "../../two-persons/use-two-persons.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";

/** What became of it: the attempt as it stands now, or null where it waits for a second person. */
export type Invalidated = AttemptDetail | null;

interface InvalidateDialogProps {
  /** "Urgent, epoch 2". */
  readonly attempt: string;
  /** Of an accepted run it may take two persons. */
  readonly wasAccepted: boolean;
  readonly ask: (reason: string, code: InvalidationCode) => Ask<AttemptDetail>;
  readonly onDone: (outcome: Invalidated) => void;
  readonly onClose: () => void;
}

const codeOptions = invalidationCodes.map((id) => ({ id, label: invalidationWords[id] }));

/** Invalidates an attempt with a kind of reason and a reason, and with a second person where that takes two. */
export function InvalidateDialog(props: InvalidateDialogProps): ReactNode {
  const { attempt, wasAccepted, ask, onDone, onClose } = props;
  const twoPersons = useTwoPersons();
  const [isAsking, setIsAsking] = useState(false);
  const [code, setCode] = useState<InvalidationCode>("environment-fault");
  const give = async (reason: string): Promise<Failure | "stay" | null> => {
    setIsAsking(true);
    const outcome = await twoPersons.run(ask(reason, code), {
      what: `${attempt} is invalidated (${invalidationWords[code].toLowerCase()}): ${reason}`,
      roles: ["lead"],
    });
    setIsAsking(false);
    if (outcome.kind === "failed") return outcome.failure;
    if (outcome.kind === "cancelled") return "stay";
    onDone(outcome.kind === "done" ? outcome.value : null);
    return null;
  };
  return (
    <>
      <ReasonDialog
        title={`Invalidate ${attempt}`}
        action="Invalidate"
        isRequired
        variant="danger"
        fields={<Select label="Kind" options={codeOptions} value={code} onChange={setCode} />}
        onClose={() => {
          if (!isAsking) onClose();
        }}
        onGive={give}
      >
        {`It leaves the headline rates. What was logged of it stays in the journal, beside your reason.${wasAccepted ? " The run was accepted, so this may take a second person." : ""}`}
      </ReasonDialog>
      {twoPersons.dialog}
    </>
  );
}
