import { useState, type ReactNode } from "react";
import type { VaultState } from "../../../electron/contract/vault.ts";
import { Button, ErrorNote, Panel, RadioGroup, showToast, TextField } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { useTwoPersons } from "../../two-persons/use-two-persons.tsx";

type OpenState = Extract<VaultState, { open: true }>;

const options = [
  { id: "1", label: "One person", detail: "A lead decides alone. Reports say that one person signed them." },
  { id: "2", label: "Two persons", detail: "A second lead confirms, with a passphrase of their own." },
] as const;
type Choice = (typeof options)[number]["id"];

/** How many people sign a report, lower the marking, invalidate what was accepted, remove a lead. */
export function PersonsPanel({ vault }: { readonly vault: OpenState }): ReactNode {
  const now: Choice = vault.persons === 2 ? "2" : "1";
  const [choice, setChoice] = useState<Choice>(now);
  const [reason, setReason] = useState("");
  const set = useCommand("vault.setPersons");
  const twoPersons = useTwoPersons();
  const lowers = choice === "1" && now === "2";
  const submit = async (): Promise<void> => {
    const input = { persons: choice === "2" ? (2 as const) : (1 as const), reason: reason.trim() };
    const outcome = await twoPersons.run((second) => set.run(second === undefined ? input : { ...input, second }), {
      what: "From now on one lead decides alone.",
      roles: ["lead"],
    });
    if (outcome.kind === "done") showToast({ words: choice === "2" ? "It takes two from now on." : "It takes one." });
    if (outcome.kind === "waiting") showToast({ words: "Proposed: it waits in Members for a second person." });
    if (outcome.kind !== "failed") set.reset();
  };
  const canSet =
    choice !== now && vault.member.role === "lead" && vault.readOnly === null && (!lowers || reason.trim() !== "");
  return (
    <Panel title="Acts that weigh much" hint="sign, lower the marking, invalidate, remove a lead">
      <div className="stack">
        <RadioGroup hideLabel label="How many people they take" options={options} value={choice} onChange={setChoice} />
        {lowers ? <TextField label="Why one is enough" value={reason} onChange={setReason} maxLength={1_000} /> : null}
        {set.failure === null || twoPersons.dialog !== null ? null : <ErrorNote failure={set.failure} />}
        <div className="row">
          <Button isDisabled={!canSet} isPending={set.isRunning} onPress={() => void submit()}>
            Set it
          </Button>
        </div>
      </div>
      {twoPersons.dialog}
    </Panel>
  );
}
