import { useState, type ReactNode } from "react";
import type { VaultState } from "../../../electron/contract/vault.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { Button, DescriptionList, ErrorNote, Note, Panel, showToast, TextField } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";

type OpenVault = Extract<VaultState, { open: true }>;

/** What the vault is called inside, and what it is. */
export function VaultPanel({ vault }: { readonly vault: OpenVault }): ReactNode {
  const [name, setName] = useState(vault.name);
  const rename = useCommand("vault.rename");
  const canRename = name.trim() !== "" && name.trim() !== vault.name && !rename.isRunning;
  const submit = async (): Promise<void> => {
    const before = vault.name;
    const result = await rename.run({ name: name.trim() });
    if (!result.ok) return;
    showToast({ words: `The vault is now called ${name.trim()}.`, undo: () => void rename.run({ name: before }) });
  };
  return (
    <Panel title="Vault">
      <div className="stack">
        {vault.readOnly === null ? null : (
          <Note tone="warn" title="Open for reading only">
            {vault.readOnly.reason}
          </Note>
        )}
        <div className="settings-rename">
          <TextField
            label="Name"
            value={name}
            onChange={setName}
            maxLength={200}
            description="Kept inside: only members can read it."
          />
          <Button isDisabled={!canRename} isPending={rename.isRunning} onPress={() => void submit()}>
            Rename
          </Button>
        </div>
        {rename.failure === null ? null : <ErrorNote failure={rename.failure} />}
        <DescriptionList
          items={[
            { term: "File", value: vault.fileName },
            { term: "Outer label", value: vault.label },
            { term: "Entries", value: formatCount(vault.entries) },
            { term: "Checkpoint", value: vault.checkpoint, mono: true },
            { term: "Vault id", value: vault.id, mono: true },
          ]}
        />
      </div>
    </Panel>
  );
}
