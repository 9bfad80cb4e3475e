import { useState, type ReactNode } from "react";
import type { AdvisoryPublisher } from "../../../electron/contract/advisories.ts";
import { ActDialog, RadioGroup, TextField } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";

const categories = [
  { id: "coordinator", label: "Coordinator", detail: "Brings finders and vendors together." },
  { id: "discoverer", label: "Discoverer", detail: "Found it." },
] as const;

interface PublisherDialogProps {
  readonly publisher: AdvisoryPublisher;
  readonly onClose: () => void;
}

/** Who answers for the advisories of this vault: every advisory names it. */
export function PublisherDialog({ publisher, onClose }: PublisherDialogProps): ReactNode {
  const [draft, setDraft] = useState(publisher);
  const [isLate, setIsLate] = useState(false);
  const save = useCommand("findings.setPublisher");
  const put = (part: Partial<AdvisoryPublisher>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (draft.name.trim() === "" || save.isRunning) return;
    const cnaId = draft.cnaId?.trim() ?? "";
    const result = await save.run({ ...draft, cnaId: cnaId === "" ? null : cnaId });
    if (result.ok) onClose();
  };
  return (
    <ActDialog
      title="Who publishes advisories"
      act="Keep the publisher"
      command={save}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label="Name"
        autoFocus
        value={draft.name}
        onChange={(name) => {
          put({ name });
        }}
        maxLength={200}
        error={isLate && draft.name.trim() === "" ? "Every advisory names who answers for it." : null}
      />
      <TextField
        label="Web address"
        value={draft.namespace}
        onChange={(namespace) => {
          put({ namespace });
        }}
        placeholder="https://example.org"
        description="One that it owns. It is written down, never opened."
        maxLength={500}
      />
      <RadioGroup
        label="Role"
        options={categories}
        value={draft.category}
        onChange={(category) => {
          put({ category });
        }}
      />
      <TextField
        label="Contact"
        optional
        value={draft.contact}
        onChange={(contact) => {
          put({ contact });
        }}
        maxLength={1_000}
      />
      <TextField
        label="Authority by which it issues them"
        optional
        value={draft.issuingAuthority}
        onChange={(issuingAuthority) => {
          put({ issuingAuthority });
        }}
        maxLength={1_000}
      />
      <TextField
        label="Id of the CVE numbering authority"
        optional
        mono
        value={draft.cnaId ?? ""}
        onChange={(cnaId) => {
          put({ cnaId });
        }}
        maxLength={100}
      />
    </ActDialog>
  );
}
