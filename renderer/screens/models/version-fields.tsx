import type { ReactNode } from "react";
import type { SafeguardVariant } from "../../../electron/contract/planning.ts";
import { RadioGroup, TextField, type Option } from "../../parts/index.ts";

/** A model version as it is being typed in. */
export interface VersionDraft {
  readonly checkpoint: string;
  readonly safeguard: SafeguardVariant;
  readonly access: string;
  readonly settings: string;
}

export const emptyVersion: VersionDraft = { checkpoint: "", safeguard: "as-deployed", access: "", settings: "" };

export const safeguardWords: Readonly<Record<SafeguardVariant, string>> = {
  "as-deployed": "as deployed",
  reduced: "reduced",
  removed: "removed",
  "not-stated": "not stated",
};

const safeguardOptions: readonly Option<SafeguardVariant>[] = [
  { id: "as-deployed", label: "As deployed" },
  { id: "reduced", label: "Reduced" },
  { id: "removed", label: "Removed" },
  { id: "not-stated", label: "Not stated" },
];

interface VersionFieldsProps {
  readonly value: VersionDraft;
  readonly onChange: (value: VersionDraft) => void;
  readonly checkpointError: string | null;
  readonly autoFocus?: boolean;
}

/** What exactly is measured: the checkpoint, its safeguards, how it is reached, with which settings. */
export function VersionFields({ value, onChange, checkpointError, autoFocus }: VersionFieldsProps): ReactNode {
  return (
    <>
      <TextField
        label="Checkpoint or weights digest"
        mono
        value={value.checkpoint}
        onChange={(checkpoint) => {
          onChange({ ...value, checkpoint });
        }}
        maxLength={200}
        error={checkpointError}
        autoFocus={autoFocus}
        description="As the developer names it. Two checkpoints are two versions."
      />
      <RadioGroup
        label="Safeguards"
        look="segments"
        options={safeguardOptions}
        value={value.safeguard}
        onChange={(safeguard) => {
          onChange({ ...value, safeguard });
        }}
      />
      <TextField
        label="Access"
        optional
        value={value.access}
        onChange={(access) => {
          onChange({ ...value, access });
        }}
        placeholder="weights on the enclave, endpoint on the enclave"
        maxLength={1_000}
      />
      <TextField
        label="Settings"
        optional
        value={value.settings}
        onChange={(settings) => {
          onChange({ ...value, settings });
        }}
        placeholder="temperature, token limit, scaffold"
        maxLength={1_000}
      />
    </>
  );
}
