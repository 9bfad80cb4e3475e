import { useState, type ReactNode } from "react";
import { Form } from "react-aria-components";
import type { RequestInput } from "../../../electron/contract/index.ts";
import type { VaultState } from "../../../electron/contract/vault.ts";
import {
  Button,
  ErrorNote,
  FileChoiceField,
  Panel,
  PasswordField,
  passphraseStrength,
  RadioGroup,
  requiredScore,
  Select,
  showToast,
} from "../../parts/index.ts";
import { useFileChoice, type FileChoice } from "../../state/file-choice.ts";
import { secretBytes, useCommand, useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";

type OpenState = Extract<VaultState, { open: true }>;
type Change = RequestInput<"members.changePassphrase">;
type Factor = "none" | "file";

const factors = [
  { id: "none", label: "Passphrase alone" },
  { id: "file", label: "Passphrase and key file" },
] as const;

const mib = 1024 * 1024;
const costs = [
  { id: "256", label: "256 MiB", detail: "the default" },
  { id: "512", label: "512 MiB", detail: "twice the price of a guess" },
  { id: "1024", label: "1 GiB", detail: "four times; unlocking takes as much longer" },
] as const;
type Cost = (typeof costs)[number]["id"];

function KeyFileField({ keyFile, label }: { readonly keyFile: FileChoice; readonly label: string }): ReactNode {
  return <FileChoiceField label={label} hint="Choose or drop the file" choice={keyFile} />;
}

/** The next key file: one that is there, or a new one of random bytes. */
function NextKeyFile({
  keyFile,
  onMade,
}: {
  readonly keyFile: FileChoice;
  readonly onMade: (file: string) => void;
}): ReactNode {
  const make = useCommand("members.newKeyFile");
  const [made, setMade] = useState<string | null>(null);
  const submit = async (): Promise<void> => {
    const place = await shell().chooseSaveLocation({ title: "Save a new key file", suggestedName: "evalvault.key" });
    if (!place.ok || place.value.file === null) return;
    const result = await make.run({ destination: place.value.file.handle });
    if (!result.ok) return;
    onMade(result.value.file);
    setMade(result.value.fileName);
    showToast({ words: `${result.value.fileName} was made. Keep it on something that you carry.` });
  };
  return (
    <>
      {made === null ? (
        <KeyFileField keyFile={keyFile} label="Key file from now on" />
      ) : (
        <p className="small">
          Key file from now on: <strong>{made}</strong>
        </p>
      )}
      {make.failure === null ? null : <ErrorNote failure={make.failure} />}
      <div className="row">
        <Button size="small" isPending={make.isRunning} onPress={() => void submit()}>
          Make a new one…
        </Button>
        <span className="small ink3">Without it, the passphrase opens nothing.</span>
      </div>
    </>
  );
}

/** The slot of the member who unlocked. */
function useOwnSlot(vault: OpenState): { readonly keyFile: boolean; readonly memoryBytes: number } {
  const members = useQuery("members.list", {});
  const own = members.status === "ready" ? members.data.find(({ id }) => id === vault.member.id) : undefined;
  return own?.slot ?? { keyFile: false, memoryBytes: 0 };
}

/** What protects the slot beside the passphrase: a key file or none, and the price of a guess, never less than now. */
function useProtection(slot: { readonly keyFile: boolean; readonly memoryBytes: number }) {
  const [factor, setFactor] = useState<Factor | null>(null);
  const [cost, setCost] = useState<Cost | null>(null);
  const [madeFile, setMadeFile] = useState<string | null>(null);
  const keyFile = useFileChoice({ title: "Key file from now on" });
  const wanted: Factor = factor ?? (slot.keyFile ? "file" : "none");
  const offered = costs.filter(({ id }) => Number(id) * mib >= slot.memoryBytes);
  const chosenCost = cost ?? offered[0]?.id ?? "1024";
  const handle = wanted === "file" ? (madeFile ?? keyFile.files[0]?.handle) : undefined;
  return {
    ...{ wanted, setFactor, setMadeFile, keyFile, offered, chosenCost, setCost },
    isReady: wanted === "none" || handle !== undefined,
    request: {
      ...(handle === undefined ? {} : { nextKeyFile: handle }),
      kdf: { memoryBytes: Number(chosenCost) * mib, passes: 3 },
    },
  };
}

/** What a member who changes how they get in has filled in so far. */
function useChange(vault: OpenState) {
  const slot = useOwnSlot(vault);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const currentFile = useFileChoice({ title: "Key file now" });
  const protection = useProtection(slot);
  const asksCurrent = vault.openedWith === "slot";
  const now = asksCurrent ? currentFile.files[0]?.handle : undefined;
  const request = (): Change => ({
    ...(asksCurrent ? { current: secretBytes(current) } : {}),
    ...(now === undefined ? {} : { currentKeyFile: now }),
    next: secretBytes(next),
    ...protection.request,
  });
  return {
    asksCurrent,
    asksCurrentFile: asksCurrent && slot.keyFile,
    ...{ current, setCurrent, next, setNext, currentFile, protection, request },
    isReady: (!asksCurrent || current !== "") && next !== "" && protection.isReady,
    clear: () => {
      setCurrent("");
      setNext("");
    },
  };
}

/** A member changes what they get in with; nobody else's. */
export function PassphrasePanel({ vault }: { readonly vault: OpenState }): ReactNode {
  const form = useChange(vault);
  const { protection } = form;
  const [error, setError] = useState<string | null>(null);
  const change = useCommand("members.changePassphrase");
  const related = [vault.name, vault.member.name];
  const submit = async (): Promise<void> => {
    const { score } = await passphraseStrength(form.next, related);
    setError(score < requiredScore ? "Too easy to guess: make it longer." : null);
    if (score < requiredScore) return;
    const asked = form.request();
    const result = await change.run(asked);
    asked.current?.fill(0);
    asked.next.fill(0);
    if (!result.ok) return;
    form.clear();
    showToast({ words: "Your passphrase was changed." });
  };
  return (
    <Panel title="Your passphrase" hint="and what else you get in with">
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {form.asksCurrent ? (
          <PasswordField label="Passphrase now" value={form.current} onChange={form.setCurrent} />
        ) : null}
        {form.asksCurrentFile ? <KeyFileField keyFile={form.currentFile} label="Key file now" /> : null}
        <PasswordField
          label="New passphrase"
          kind="new"
          meter
          related={related}
          value={form.next}
          onChange={form.setNext}
          error={error}
          description="To change only the rest, type the same one."
        />
        <RadioGroup
          look="segments"
          label="You will get in with"
          options={factors}
          value={protection.wanted}
          onChange={protection.setFactor}
        />
        {protection.wanted === "file" ? (
          <NextKeyFile keyFile={protection.keyFile} onMade={protection.setMadeFile} />
        ) : null}
        <Select
          label="Memory for each guess"
          options={protection.offered}
          value={protection.chosenCost}
          onChange={protection.setCost}
          description="What a guesser pays for every try, and you at each unlocking. It is never lowered."
        />
        {change.failure === null ? null : <ErrorNote failure={change.failure} />}
        <div className="row">
          <Button type="submit" isDisabled={!form.isReady} isPending={change.isRunning}>
            Change
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
