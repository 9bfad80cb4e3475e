import { useState, type ReactNode } from "react";
import { Form } from "react-aria-components";
import {
  Button,
  ErrorNote,
  Panel,
  PasswordField,
  passphraseStrength,
  requiredScore,
  showToast,
} from "../../parts/index.ts";
import { secretBytes, useCommand } from "../../state/service.ts";

interface PassphrasePanelProps {
  readonly vaultName: string;
  readonly memberName: string;
}

/** A member changes their own passphrase; nobody else's. */
export function PassphrasePanel({ vaultName, memberName }: PassphrasePanelProps): ReactNode {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [error, setError] = useState<string | null>(null);
  const change = useCommand("members.changePassphrase");
  const submit = async (): Promise<void> => {
    const { score } = await passphraseStrength(next, [vaultName, memberName]);
    if (score < requiredScore) {
      setError("Too easy to guess: make it longer.");
      return;
    }
    setError(null);
    const secrets = { current: secretBytes(current), next: secretBytes(next) };
    const result = await change.run(secrets);
    secrets.current.fill(0);
    secrets.next.fill(0);
    if (!result.ok) return;
    setCurrent("");
    setNext("");
    showToast({ words: "Your passphrase was changed." });
  };
  return (
    <Panel title="Your passphrase">
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <PasswordField label="Passphrase now" value={current} onChange={setCurrent} />
        <PasswordField
          label="New passphrase"
          kind="new"
          meter
          related={[vaultName, memberName]}
          value={next}
          onChange={setNext}
          error={error}
        />
        {change.failure === null ? null : <ErrorNote failure={change.failure} />}
        <div className="row">
          <Button type="submit" isDisabled={current === "" || next === ""} isPending={change.isRunning}>
            Change
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
