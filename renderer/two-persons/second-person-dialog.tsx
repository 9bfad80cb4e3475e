import { useState, type ReactNode } from "react";
import type { Failure } from "../../electron/contract/result.ts";
import type { Second } from "../../electron/contract/two-persons.ts";
import { ActDialog, Note, RadioGroup } from "../parts/index.ts";
import {
  PresentSecondFields,
  toPresentSecond,
  usePresentSecond,
  type SecondPersonRule,
} from "./present-second-fields.tsx";

interface SecondPersonDialogProps extends SecondPersonRule {
  readonly what: string;
  /** Null: nothing is done. Answers with why it did not work. */
  readonly decide: (second: Second | null) => Promise<Failure | null>;
}

type When = "now" | "later";

const whens = [
  { id: "now", label: "Now, with somebody here", detail: "They type their own passphrase at this workstation." },
  {
    id: "later",
    label: "Later",
    detail: "It waits in Members until another member unlocks the vault and confirms it.",
  },
] as const;

/** Asks who the second person is: somebody here and now, or whoever confirms it later. */
export function SecondPersonDialog({ what, decide, ...rule }: SecondPersonDialogProps): ReactNode {
  const [when, setWhen] = useState<When>("now");
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const present = usePresentSecond(rule);
  const act = async (): Promise<void> => {
    const second = when === "later" ? ({ kind: "later" } as const) : toPresentSecond(present);
    if (second === null || isRunning) return;
    setRunning(true);
    setFailure(await decide(second));
    setRunning(false);
  };
  return (
    <ActDialog
      title="This takes two persons"
      act={when === "now" ? "Confirm together" : "Propose it"}
      command={{ isRunning, failure }}
      onAct={() => void act()}
      onClose={() => void decide(null)}
    >
      <p>{what}</p>
      <RadioGroup label="The second person confirms" options={whens} value={when} onChange={setWhen} />
      {when === "now" ? (
        <PresentSecondFields state={present} />
      ) : (
        <Note>Nothing changes until somebody confirms it. You can withdraw it until then.</Note>
      )}
    </ActDialog>
  );
}
