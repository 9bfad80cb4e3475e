import { useState, type ReactNode } from "react";
import { determinationKinds, type Determination } from "../../../electron/contract/determinations.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { ActDialog, RadioGroup, showToast } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { navigate } from "../../state/view.ts";
import { kindWords } from "./determination-words.tsx";
import { LayerFields } from "./layer-fields.tsx";
import {
  draftAfter,
  emptyDraft,
  openFaults,
  openInput,
  withKind,
  type OpenDraft,
  type OpenFaults,
} from "./open-draft.ts";
import { EvidenceField, KeptIn, ProfileField, SubmissionField, SupersedesField, VersionField } from "./open-fields.tsx";
import "./determinations.css";

interface OpenDialogProps {
  /** The one that it is to supersede; null: a new one. */
  readonly after: Determination | null;
  readonly onClose: () => void;
}

/** Opens a determination: over which version, on what evidence, with which layers. */
export function OpenDeterminationDialog({ after, onClose }: OpenDialogProps): ReactNode {
  const [draft, setDraft] = useState(() => (after === null ? emptyDraft("coverage") : draftAfter(after)));
  const [isLate, setIsLate] = useState(false);
  const open = useCommand("determinations.open");
  const put = (part: Partial<OpenDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = async (): Promise<void> => {
    setIsLate(true);
    const input = openInput(draft);
    if (input === null || open.isRunning) return;
    const result = await open.run(input);
    if (!result.ok) return;
    showToast({ words: `${result.value.code} is open: ${formatCounted(result.value.layers.length, "layer")}.` });
    onClose();
    navigate("determination", { id: result.value.id });
  };
  const faults: OpenFaults = isLate ? openFaults(draft) : {};
  const parts = { draft, put, faults };
  return (
    <ActDialog
      title={after === null ? "Open a determination" : `Open one that supersedes ${after.code}`}
      size="large"
      act="Open the determination"
      command={open}
      onAct={() => void submit()}
      onClose={onClose}
    >
      {after === null ? (
        <RadioGroup
          look="segments"
          label="Kind"
          options={determinationKinds.map((id) => ({ id, label: kindWords[id] }))}
          value={draft.kind}
          onChange={(kind) => {
            setDraft((before) => withKind(before, kind));
          }}
        />
      ) : null}
      <div className="determinations-form">
        <VersionField {...parts} />
        <SubmissionField {...parts} />
        <EvidenceField {...parts} />
        <ProfileField {...parts} />
        {after === null ? <SupersedesField {...parts} /> : null}
        <KeptIn {...parts} />
      </div>
      <LayerFields
        layers={draft.layers}
        onChange={(layers) => {
          put({ layers });
        }}
        faults={faults.layers}
        none={faults.none}
      />
    </ActDialog>
  );
}
