import { useState, type ReactNode } from "react";
import type { Submission } from "../../../electron/contract/submissions.ts";
import { Button, ErrorNote, IconButton, Panel, TextField } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";

/** Who needs to know, and why. What each can really read is decided by the compartment that it is kept in. */
export function NeedToKnowPanel({
  submission,
  mayDecide,
}: {
  readonly submission: Submission;
  readonly mayDecide: boolean;
}): ReactNode {
  const [name, setName] = useState("");
  const [why, setWhy] = useState("");
  const set = useCommand("submissions.setNeedToKnow");
  const { id: submissionId, needToKnow } = submission;
  const may = mayDecide && submission.state !== "withdrawn";
  const add = async (): Promise<void> => {
    if (name.trim() === "") return;
    const result = await set.run({ submissionId, people: [...needToKnow, { name: name.trim(), why }] });
    if (!result.ok) return;
    setName("");
    setWhy("");
  };
  return (
    <Panel title="Need to know" hint={String(needToKnow.length)} flush>
      {needToKnow.length === 0 ? <p className="submission-none ink3">Nobody is named.</p> : null}
      <ul className="submission-list">
        {needToKnow.map((person) => (
          <li key={person.name}>
            <span className="submissions-title">
              <span>{person.name}</span>
              <span className="small ink3">{person.why === "" ? "no reason given" : person.why}</span>
            </span>
            <IconButton
              sign="close"
              label={`Take ${person.name} off the list`}
              isDisabled={!may}
              onPress={() =>
                void set.run({ submissionId, people: needToKnow.filter((one) => one.name !== person.name) })
              }
            />
          </li>
        ))}
      </ul>
      {may ? (
        <form
          className="submission-add"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <TextField label="Name" hideLabel low value={name} onChange={setName} placeholder="Name" maxLength={200} />
          <TextField label="Why" hideLabel low value={why} onChange={setWhy} placeholder="Why" maxLength={1_000} />
          <Button size="small" isDisabled={name.trim() === ""} onPress={() => void add()}>
            Add
          </Button>
        </form>
      ) : null}
      {set.failure === null ? null : <ErrorNote failure={set.failure} />}
    </Panel>
  );
}
