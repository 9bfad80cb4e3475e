import { useState, type ReactNode } from "react";
import { lowersMarking, markingWords, type Marking } from "../../../electron/contract/marking.ts";
import {
  Button,
  ErrorNote,
  MarkingField,
  MarkingTag,
  Panel,
  showToast,
  suffixError,
  TextField,
} from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { useTwoPersons } from "../../two-persons/use-two-persons.tsx";
import { isSameMarking } from "./marking-change.ts";

/** The marking of everything in this vault: raised freely, lowered only with a reason that stays in the journal. */
export function MarkingPanel({ marking }: { readonly marking: Marking }): ReactNode {
  const [next, setNext] = useState(marking);
  const [reason, setReason] = useState("");
  const setMarking = useCommand("vault.setMarking");
  const lowered = lowersMarking(marking, next);
  const canSet =
    !isSameMarking(marking, next) &&
    suffixError(next.suffix) === null &&
    (!lowered || reason.trim() !== "") &&
    !setMarking.isRunning;
  const twoPersons = useTwoPersons();
  const submit = async (): Promise<void> => {
    const outcome = await twoPersons.run(
      (second) => setMarking.run({ marking: next, reason: reason.trim(), ...(second === undefined ? {} : { second }) }),
      { what: `The marking of everything in this vault is lowered to ${markingWords(next)}.`, roles: ["lead"] },
    );
    if (outcome.kind === "done") showToast({ words: `The marking is now ${markingWords(next)}.` });
    if (outcome.kind === "waiting") showToast({ words: "Proposed: it waits in Members for a second person." });
    if (outcome.kind !== "failed") setMarking.reset();
  };
  return (
    <Panel title="Marking" actions={<MarkingTag marking={marking} />}>
      <div className="stack">
        <MarkingField label="Marking" value={next} onChange={setNext} />
        {lowered ? (
          <TextField
            label="Why it is lowered"
            value={reason}
            onChange={setReason}
            description="It is lowered for everyone, and the reason stays in the journal."
            maxLength={1_000}
          />
        ) : null}
        {setMarking.failure === null || twoPersons.dialog !== null ? null : <ErrorNote failure={setMarking.failure} />}
        <div className="row">
          <Button
            variant={lowered ? "danger" : "primary"}
            isDisabled={!canSet}
            isPending={setMarking.isRunning}
            onPress={() => void submit()}
          >
            {lowered ? "Lower the marking" : "Set the marking"}
          </Button>
        </div>
      </div>
      {twoPersons.dialog}
    </Panel>
  );
}
