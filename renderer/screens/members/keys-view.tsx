import { useState, type ReactNode } from "react";
import type { VaultState } from "../../../electron/contract/vault.ts";
import {
  Button,
  ErrorNote,
  Note,
  Panel,
  passphraseStrength,
  PasswordField,
  requiredScore,
  showToast,
} from "../../parts/index.ts";
import { secretBytes, useCommand } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { PassphrasePanel } from "./passphrase-panel.tsx";

type OpenState = Extract<VaultState, { open: true }>;

/** One's own keys in a file under another passphrase. */
function BackupPanel({ vault }: { readonly vault: OpenState }): ReactNode {
  const [passphrase, setPassphrase] = useState("");
  const [error, setError] = useState<string | null>(null);
  const backup = useCommand("members.backupKeys");
  const submit = async (): Promise<void> => {
    const { score } = await passphraseStrength(passphrase, [vault.name, vault.member.name]);
    setError(score < requiredScore ? "Too easy to guess: make it longer." : null);
    if (score < requiredScore) return;
    const place = await shell().chooseSaveLocation({ title: "Save a key backup", suggestedName: "my-keys.evbackup" });
    if (!place.ok || place.value.file === null) return;
    const secret = secretBytes(passphrase);
    const result = await backup.run({ passphrase: secret, destination: place.value.file.handle });
    secret.fill(0);
    if (!result.ok) return;
    setPassphrase("");
    showToast({ words: `${result.value.fileName} was saved. Keep it away from the vault.` });
  };
  return (
    <Panel title="Key backup" hint="for when you forget your passphrase">
      <div className="stack">
        <p className="ink2">
          A file with your keys under a passphrase of its own. It opens this vault as you, until you are removed, also
          after your passphrase changed. The lock screen takes it in place of a passphrase.
        </p>
        <PasswordField
          label="Passphrase of the backup"
          kind="new"
          meter
          related={[vault.name, vault.member.name]}
          value={passphrase}
          onChange={setPassphrase}
          error={error}
        />
        {backup.failure === null ? null : <ErrorNote failure={backup.failure} />}
        <div className="row">
          <Button isDisabled={passphrase === ""} isPending={backup.isRunning} onPress={() => void submit()}>
            Save a backup…
          </Button>
        </div>
      </div>
    </Panel>
  );
}

/** What one gets in with: passphrase, key file, the price of a guess, and a way back when it is forgotten. */
export function KeysView({ vault }: { readonly vault: OpenState }): ReactNode {
  return (
    <>
      {vault.openedWith === "backup" ? (
        <Note tone="warn" title="You came in with a key backup">
          Set a new passphrase now: the old one is not asked for.
        </Note>
      ) : null}
      <div className="columns-2">
        <PassphrasePanel vault={vault} />
        <BackupPanel vault={vault} />
      </div>
    </>
  );
}
