import { useState, type ReactNode } from "react";
import {
  decisionsOf,
  decisionWords,
  type Decision,
  type Determination,
} from "../../../electron/contract/determinations.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { layerPresets } from "../../../electron/contract/process-presets.ts";
import { ActDialog, Note, TextField, showToast, type Option } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { dayWords } from "../../state/time-words.ts";
import { decisionLine, neededDayFault } from "../determinations/determination-words.tsx";
import { ChoiceField } from "./choice-field.tsx";

interface DecideDialogProps {
  readonly determination: Determination;
  readonly onClose: () => void;
}

/** While a layer has yet to review it, it can be put off or sent back and nothing else. */
function decisionOptions({ kind, state }: Determination): readonly Option<Decision>[] {
  return decisionsOf(kind)
    .filter((id) => state === "ready" || id === "deferred" || id === "returned")
    .map((id) => ({ id, label: decisionLine(id) }));
}

function Before({ determination }: Pick<DecideDialogProps, "determination">): ReactNode {
  const { layers, consultations, state } = determination;
  const ahead = layers.filter((one) => one.state !== "reviewed" && one.state !== "skipped").length;
  const missing = consultations.filter(({ answer }) => answer === null).length;
  return (
    <>
      {state === "ready" ? null : (
        <Note tone="warn" title={`${formatCounted(ahead, "layer")} yet to review it`}>
          Until then it can be deferred, or returned for more work.
        </Note>
      )}
      {missing === 0 ? null : (
        <Note tone="warn" title={`${formatCounted(missing, "consultation")} without an answer`}>
          The determination says so from then on.
        </Note>
      )}
    </>
  );
}

interface DecisionDraft {
  readonly decision: Decision | null;
  readonly official: string;
  readonly on: string;
  readonly rationale: string;
}

/** What is missing or wrong, by field. */
function decisionFaults({ decision, official, on, rationale }: DecisionDraft) {
  return {
    decision: decision === null ? "Choose what was decided." : null,
    official: official.trim() === "" ? "Name the official." : null,
    on: neededDayFault(on) ?? null,
    rationale: rationale.trim() === "" ? "Write down why, in the official’s words." : null,
  };
}

interface FieldsProps {
  readonly draft: DecisionDraft;
  readonly put: (part: Partial<DecisionDraft>) => void;
  readonly faults: Partial<ReturnType<typeof decisionFaults>>;
}

/** Who decided, when and why. */
function OfficialFields({ draft, put, faults }: FieldsProps): ReactNode {
  return (
    <>
      <div className="determination-pair">
        <TextField
          label="Decided by"
          value={draft.official}
          onChange={(official) => {
            put({ official });
          }}
          placeholder="Name and office"
          maxLength={200}
          error={faults.official}
        />
        <TextField
          label="Decided on"
          value={draft.on}
          onChange={(on) => {
            put({ on });
          }}
          placeholder="2026-12-04"
          error={faults.on}
        />
      </div>
      <TextField
        label="Rationale"
        value={draft.rationale}
        onChange={(rationale) => {
          put({ rationale });
        }}
        lines={5}
        maxLength={200_000}
        error={faults.rationale}
      />
    </>
  );
}

/** What the named official decided, as it was said. */
export function DecideDialog({ determination, onClose }: DecideDialogProps): ReactNode {
  const { id, code, kind, modelVersion } = determination;
  const [draft, setDraft] = useState<DecisionDraft>(() => ({
    ...{ decision: null, official: layerPresets[kind].official, rationale: "" },
    on: dayWords(Date.now()),
  }));
  const [isLate, setIsLate] = useState(false);
  const decide = useCommand("determinations.decide");
  const faults = decisionFaults(draft);
  const shown: FieldsProps["faults"] = isLate ? faults : {};
  const put = (part: Partial<DecisionDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = async (): Promise<void> => {
    setIsLate(true);
    const { decision, official, on, rationale } = draft;
    const isUnfit = Object.values(faults).some((fault) => fault !== null);
    if (decision === null || isUnfit || decide.isRunning) return;
    const said = { decision, official: official.trim(), on: on.trim(), rationale: rationale.trim() };
    const result = await decide.run({ determinationId: id, ...said });
    if (!result.ok) return;
    showToast({ words: `${code}: ${decisionWords[decision]}.` });
    onClose();
  };
  return (
    <ActDialog
      title={`Decision on ${code}`}
      act="Write down the decision"
      command={decide}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <p className="ink2">
        Write down what the named official decided. Nothing here is worked out from a score, and it cannot be changed
        later: another determination can supersede it.
      </p>
      <Before determination={determination} />
      <ChoiceField
        label={modelVersion.words}
        options={decisionOptions(determination)}
        value={draft.decision}
        onChange={(decision) => {
          put({ decision });
        }}
        error={shown.decision ?? null}
      />
      <OfficialFields draft={draft} put={put} faults={shown} />
    </ActDialog>
  );
}
