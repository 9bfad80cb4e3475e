import { useState, type ReactNode } from "react";
import { Form } from "react-aria-components";
import type { VaultOutline } from "../../../electron/contract/vault.ts";
import { Button, ErrorNote, FileChoiceField, pageTitleId, PasswordField } from "../../parts/index.ts";
import { useFileChoice } from "../../state/file-choice.ts";
import { queries, secretBytes, useCommand } from "../../state/service.ts";
import { replacePlace } from "../../state/view.ts";

interface BackupFormProps {
  readonly outline: VaultOutline;
  readonly onBack: () => void;
}

/** Opens the vault with a member's saved keys in place of the passphrase of their slot. */
export function BackupForm({ outline, onBack }: BackupFormProps): ReactNode {
  const [passphrase, setPassphrase] = useState("");
  const [tries, setTries] = useState(0);
  const [fileError, setFileError] = useState<string | null>(null);
  const backup = useFileChoice({ title: "Choose the key backup" });
  const unlock = useCommand("vault.unlock");
  const chosen = backup.files[0];
  const submit = async (): Promise<void> => {
    setFileError(chosen === undefined ? "Choose the file." : null);
    if (chosen === undefined || passphrase === "" || unlock.isRunning) return;
    const secret = secretBytes(passphrase);
    const result = await unlock.run({ file: outline.file, passphrase: secret, backup: chosen.handle });
    secret.fill(0);
    setPassphrase("");
    if (!result.ok) {
      setTries((count) => count + 1);
      return;
    }
    queries.put("vault.state", {}, result.value);
    // A new passphrase is what most come for.
    replacePlace("members", { view: "keys" });
  };
  return (
    <>
      <div>
        <h1 id={pageTitleId} tabIndex={-1} className="door-title">
          Open with a key backup
        </h1>
        <p className="ink2">
          {outline.label} · {outline.fileName}. The backup holds one member’s keys and lets them in as themselves; a new
          passphrase can be set once inside.
        </p>
      </div>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FileChoiceField
          label="Key backup"
          hint="Choose or drop the file"
          error={chosen === undefined ? fileError : null}
          choice={backup}
        />
        <PasswordField
          key={tries}
          label="Passphrase of the backup"
          value={passphrase}
          onChange={setPassphrase}
          description="Not the vault’s: the one that was chosen when the backup was saved."
          autoFocus
        />
        {[backup.failure, unlock.failure].map((failure, place) =>
          failure === null ? null : <ErrorNote key={String(place)} failure={failure} />,
        )}
        <Button type="submit" variant="primary" size="large" isPending={unlock.isRunning}>
          {unlock.isRunning ? "Deriving the key" : "Open the vault"}
        </Button>
        <Button size="large" onPress={onBack}>
          Back to the passphrase
        </Button>
      </Form>
    </>
  );
}
