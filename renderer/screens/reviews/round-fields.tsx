import { useState, type ReactNode } from "react";
import { reviewFlags, reviewFlagWords } from "../../../electron/contract/reviewing.ts";
import type { OutcomeState } from "../../../electron/contract/attempt.ts";
import {
  Button,
  Checkbox,
  Checklist,
  ComboBox,
  DueField,
  NumberField,
  RadioGroup,
  Select,
  Switch,
  TextField,
  outcomeLook,
  type Option,
} from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { withOwnFlag, type RoundDraft, type RoundFaults } from "./round-draft.ts";

export interface RoundPartProps {
  readonly draft: RoundDraft;
  readonly put: (part: Partial<RoundDraft>) => void;
  readonly faults: RoundFaults;
}

function FieldFault({ words }: { readonly words: string | undefined }): ReactNode {
  return words === undefined ? null : (
    <p className="field-error" role="alert">
      {words}
    </p>
  );
}

const ofOptions = [
  { id: "campaign", label: "A campaign" },
  { id: "run", label: "A run" },
] as const;

/** Which runs: a campaign's, or one. */
function Of({ draft, put, faults }: RoundPartProps): ReactNode {
  const campaigns = useQuery("campaigns.list", {});
  const runs = useQuery("runs.list", {});
  return (
    <>
      <RadioGroup
        look="segments"
        label="Attempts of"
        options={ofOptions}
        value={draft.of}
        onChange={(of) => {
          put({ of });
        }}
      />
      {draft.of === "campaign" && campaigns.status === "ready" ? (
        <ComboBox
          label="Campaign"
          options={campaigns.data.map(({ id, name }): Option => ({ id, label: name }))}
          value={draft.campaignId}
          onChange={(campaignId) => {
            put({ campaignId });
          }}
          placeholder="Type a name"
          error={faults.of}
        />
      ) : null}
      {draft.of === "run" && runs.status === "ready" ? (
        <ComboBox
          label="Run"
          options={runs.data.map(({ id, code, benchmark, modelVersion }): Option => ({
            id,
            label: `${code} · ${benchmark.title} · ${modelVersion.words}`,
          }))}
          value={draft.runId}
          onChange={(runId) => {
            put({ runId });
          }}
          placeholder="Type a number or a name"
          error={faults.of}
        />
      ) : null}
    </>
  );
}

const solvedOptions = [
  { id: "any", label: "Solved or not" },
  { id: "solved", label: "Solved only" },
  { id: "not-solved", label: "Not solved only" },
] as const;

/** Outcomes that a round can hold: what was not run or is withheld cannot be judged. */
const reviewed: readonly OutcomeState[] = [
  "scored",
  "unscored",
  "refused",
  "limit-reached",
  "model-error",
  "infrastructure-fault",
  "invalidated",
];

function Outcomes({ draft, put }: Pick<RoundPartProps, "draft" | "put">): ReactNode {
  return (
    <Checklist
      look="columns"
      label="Outcomes"
      hint={draft.outcomes.length === 0 ? "all of them" : "only these"}
      items={reviewed.map((id) => ({ id, words: outcomeLook(id, null).words }))}
      chosen={draft.outcomes}
      onChange={(outcomes) => {
        put({ outcomes });
      }}
    />
  );
}

const extentOptions = [
  { id: "all", label: "All of them" },
  { id: "sample", label: "A random sample" },
] as const;

/** Which attempts the round is over. */
export function ScopeFields(props: RoundPartProps): ReactNode {
  const { draft, put, faults } = props;
  return (
    <>
      <TextField
        label="Name"
        value={draft.name}
        onChange={(name) => {
          put({ name });
        }}
        autoFocus
        maxLength={200}
        error={faults.name}
        description={draft.blind ? "The reviewers read it: leave the model out of it." : undefined}
      />
      <Of {...props} />
      <Outcomes draft={draft} put={put} />
      <Select
        label="Solved"
        options={solvedOptions}
        value={draft.solved}
        onChange={(solved) => {
          put({ solved });
        }}
      />
      <div className="row even">
        <NumberField
          label="Score at least"
          optional
          value={draft.scoreAtLeast}
          onChange={(scoreAtLeast) => {
            put({ scoreAtLeast });
          }}
        />
        <NumberField
          label="Score at most"
          optional
          value={draft.scoreAtMost}
          onChange={(scoreAtMost) => {
            put({ scoreAtMost });
          }}
        />
      </div>
      <FieldFault words={faults.score} />
      <RadioGroup
        look="segments"
        label="How many"
        options={extentOptions}
        value={draft.extent}
        onChange={(extent) => {
          put({ extent });
        }}
      />
      {draft.extent === "sample" ? (
        <NumberField
          label="Sample"
          value={draft.sampleSize}
          onChange={(sampleSize) => {
            put({ sampleSize });
          }}
          min={1}
          max={20_000}
          step={1}
          unit="attempts"
          error={faults.sampleSize}
        />
      ) : null}
    </>
  );
}

const perAttemptOptions = [
  { id: "1", label: "One person" },
  { id: "2", label: "Two people" },
] as const;

const whoOptions = [
  { id: "balanced", label: "Everybody who may" },
  { id: "named", label: "These people" },
] as const;

function People({ draft, put, faults }: RoundPartProps): ReactNode {
  const members = useQuery("members.list", {});
  if (draft.who === "balanced") {
    return (
      <Switch
        isSelected={draft.leads}
        onChange={(leads) => {
          put({ leads });
        }}
      >
        Leads judge as well
      </Switch>
    );
  }
  const able = (members.status === "ready" ? members.data : []).filter(
    ({ current, role }) => current && (role === "lead" || role === "evaluator"),
  );
  return (
    <Checklist
      look="columns"
      label="Reviewers"
      hideLabel
      items={able.map(({ id, name, role }) => ({ id, words: name, detail: role }))}
      chosen={draft.members}
      onChange={(chosen) => {
        put({ members: chosen });
      }}
      error={faults.members}
    />
  );
}

/** Who judges, how often, by when. */
export function PeopleFields(props: RoundPartProps): ReactNode {
  const { draft, put, faults } = props;
  return (
    <>
      <RadioGroup
        look="segments"
        label="Each attempt is judged by"
        options={perAttemptOptions}
        value={draft.perAttempt}
        onChange={(perAttempt) => {
          put({ perAttempt });
        }}
      />
      <Switch
        isSelected={draft.blind}
        onChange={(blind) => {
          put({ blind });
        }}
      >
        Blind: model, run and the other judgement are hidden until the round is frozen
      </Switch>
      <RadioGroup
        look="segments"
        label="Reviewers"
        options={whoOptions}
        value={draft.who}
        onChange={(who) => {
          put({ who });
        }}
      />
      <People {...props} />
      <DueField
        value={draft.due}
        onChange={(due) => {
          put({ due });
        }}
        error={faults.due}
      />
    </>
  );
}

function OwnFlags({ draft, put }: Pick<RoundPartProps, "draft" | "put">): ReactNode {
  const [words, setWords] = useState("");
  const [isBad, setIsBad] = useState(false);
  const add = (): void => {
    const next = withOwnFlag(draft, words);
    setIsBad(next === null);
    if (next === null) return;
    put({ ownFlags: next.ownFlags });
    setWords("");
  };
  return (
    <>
      {draft.ownFlags.map((flag) => (
        <Checkbox
          key={flag.id}
          isSelected
          onChange={() => {
            put({ ownFlags: draft.ownFlags.filter(({ id }) => id !== flag.id) });
          }}
        >
          {flag.words}
        </Checkbox>
      ))}
      <div
        className="round-own-flag"
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label="A flag of its own"
          optional
          low
          value={words}
          onChange={setWords}
          maxLength={100}
          error={isBad ? "There is such a flag already." : null}
        />
        <Button isDisabled={words.trim() === ""} onPress={add}>
          Add
        </Button>
      </div>
    </>
  );
}

/** What is asked of those who judge. */
export function FormFields({ draft, put, faults }: RoundPartProps): ReactNode {
  return (
    <>
      <Switch
        isSelected={draft.asksScore}
        onChange={(asksScore) => {
          put({ asksScore });
        }}
      >
        Ask whether the score stands
      </Switch>
      <Checklist
        look="columns"
        label="Flags to ask for"
        hint=""
        items={reviewFlags.map((id) => ({ id, words: reviewFlagWords[id] }))}
        chosen={reviewFlags.filter((id) => draft.flags.includes(id))}
        onChange={(flags) => {
          put({ flags });
        }}
        error={faults.form}
      >
        <OwnFlags draft={draft} put={put} />
      </Checklist>
    </>
  );
}
