import { useState, type ReactNode } from "react";
import { Form } from "react-aria-components";
import type { Screen } from "../../app/screen.ts";
import { roles } from "../../../electron/contract/values.ts";
import { defaultMarking, type Marking } from "../../../electron/contract/marking.ts";
import type { ChosenFile } from "../../../electron/contract/shell.ts";
import {
  Button,
  Checkbox,
  ErrorNote,
  MarkingField,
  pageTitleId,
  Panel,
  passphraseStrength,
  requiredScore,
  suffixError,
  TextField,
} from "../../parts/index.ts";
import { queries, useCommand } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { navigate, replacePlace } from "../../state/view.ts";
import {
  emptyMember,
  memberErrors,
  toNewMember,
  type MemberDraft,
  type MemberErrors,
} from "../members/member-draft.ts";
import { MemberFields } from "../members/member-fields.tsx";
import "../door-page.css";
import "./create.css";

interface Draft {
  readonly name: string;
  readonly label: string;
  readonly marking: Marking;
  readonly founder: MemberDraft;
  readonly hasSecond: boolean;
  readonly second: MemberDraft;
  readonly place: ChosenFile | null;
}

interface Errors {
  readonly name?: string;
  readonly place?: string;
  readonly founder: MemberErrors;
  readonly second: MemberErrors;
}

const noErrors: Errors = { founder: {}, second: {} };

const start: Draft = {
  name: "",
  label: "",
  marking: defaultMarking,
  founder: emptyMember("lead"),
  hasSecond: false,
  second: emptyMember("evaluator"),
  place: null,
};

async function isStrong(member: MemberDraft, vaultName: string): Promise<boolean> {
  const { score } = await passphraseStrength(member.passphrase, [vaultName, member.name, member.label]);
  return score >= requiredScore;
}

async function check(draft: Draft): Promise<Errors> {
  return {
    ...(draft.name.trim() === "" ? { name: "Enter a name." } : {}),
    ...(draft.place === null ? { place: "Choose where to save the vault." } : {}),
    founder: memberErrors(draft.founder, await isStrong(draft.founder, draft.name)),
    second: draft.hasSecond ? memberErrors(draft.second, await isStrong(draft.second, draft.name)) : {},
  };
}

function isGood(errors: Errors, draft: Draft): boolean {
  const members = Object.keys(errors.founder).length + Object.keys(errors.second).length;
  return (
    errors.name === undefined &&
    errors.place === undefined &&
    members === 0 &&
    suffixError(draft.marking.suffix) === null
  );
}

function suggestedName(name: string): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return `${plain === "" ? "vault" : plain}.evault`;
}

interface PartProps {
  readonly draft: Draft;
  readonly errors: Errors;
  readonly put: (part: Partial<Draft>) => void;
}

function VaultPart({ draft, errors, put }: PartProps): ReactNode {
  const choosePlace = (): void => {
    void shell()
      .chooseSaveLocation({
        title: "Where to save the vault",
        suggestedName: suggestedName(draft.label === "" ? draft.name : draft.label),
        filters: [{ name: "EvalVault vaults", extensions: ["evault"] }],
      })
      .then((result) => {
        if (result.ok && result.value.file !== null) put({ place: result.value.file });
      });
  };
  return (
    <Panel title="The vault" hint="one encrypted file">
      <div className="stack">
        <TextField
          label="Name"
          autoFocus
          value={draft.name}
          onChange={(name) => {
            put({ name });
          }}
          error={errors.name}
          description="Kept inside: only members can read it."
          maxLength={200}
        />
        <TextField
          label="Outer label"
          value={draft.label}
          onChange={(label) => {
            put({ label });
          }}
          placeholder="Team vault"
          description="On the lock screen. Anyone with the file can read it: nothing about what is evaluated."
          maxLength={200}
        />
        <MarkingField
          label="Marking"
          value={draft.marking}
          onChange={(marking) => {
            put({ marking });
          }}
        />
        <div className="create-place">
          <TextField
            label="File"
            value={draft.place?.name ?? ""}
            onChange={() => undefined}
            isReadOnly
            placeholder="Not chosen yet"
            error={errors.place}
          />
          <Button onPress={choosePlace}>Choose…</Button>
        </div>
      </div>
    </Panel>
  );
}

function MembersPart({ draft, errors, put }: PartProps): ReactNode {
  return (
    <div className="stack">
      <Panel title="First member" hint="a lead: plans, reviews, signs, adds members">
        <div className="stack">
          <MemberFields
            value={draft.founder}
            onChange={(founder) => {
              put({ founder });
            }}
            errors={errors.founder}
            position={0}
            related={[draft.name, draft.label]}
          />
        </div>
      </Panel>
      <Panel
        title="Second member"
        hint={draft.hasSecond ? undefined : "optional"}
        actions={
          <Checkbox
            isSelected={draft.hasSecond}
            onChange={(hasSecond) => {
              put({ hasSecond });
            }}
          >
            Add one now
          </Checkbox>
        }
      >
        {draft.hasSecond ? (
          <div className="stack">
            <MemberFields
              value={draft.second}
              onChange={(second) => {
                put({ second });
              }}
              errors={errors.second}
              position={1}
              roles={roles}
              related={[draft.name, draft.label]}
            />
            {draft.second.role === "lead" ? (
              <p className="small ink2">
                With two leads the vault starts with two-person acts: what weighs much is confirmed by the other one.
              </p>
            ) : null}
          </div>
        ) : (
          <p className="ink2">
            Members can be added at any time, each with a passphrase of their own. Two leads start with two-person acts.
          </p>
        )}
      </Panel>
    </div>
  );
}

/** Makes a vault: name, outer label, marking, who is in it, and where the file goes. One form, checked at the end. */
function CreateScreen(): ReactNode {
  const [draft, setDraft] = useState(start);
  const [errors, setErrors] = useState<Errors>(noErrors);
  const create = useCommand("vault.create");
  const put = (part: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = async (): Promise<void> => {
    const found = await check(draft);
    setErrors(found);
    if (!isGood(found, draft) || draft.place === null || create.isRunning) return;
    const founder = toNewMember(draft.founder, 0);
    const others = draft.hasSecond ? [{ ...toNewMember(draft.second, 1), role: draft.second.role }] : [];
    const name = draft.name.trim();
    const label = draft.label.trim() === "" ? "Team vault" : draft.label.trim();
    const result = await create.run({ file: draft.place.handle, name, label, marking: draft.marking, founder, others });
    for (const member of [founder, ...others]) member.passphrase.fill(0);
    if (!result.ok) return;
    queries.put("vault.state", {}, result.value);
    replacePlace("overview");
  };
  const parts = { draft, errors, put };
  return (
    <div className="door-page">
      <Form
        className="door-card wide"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div>
          <h1 id={pageTitleId} tabIndex={-1} className="door-title">
            Create a vault
          </h1>
          <p className="ink2">
            Everything that is evaluated here is kept in this one file, readable by its members only.
          </p>
        </div>
        <div className="create-columns">
          <VaultPart {...parts} />
          <MembersPart {...parts} />
        </div>
        {create.failure === null ? null : <ErrorNote failure={create.failure} />}
        <div className="create-foot">
          <p className="small ink3">Deriving each member's key takes a second or two, on purpose.</p>
          <Button
            onPress={() => {
              navigate("unlock");
            }}
          >
            Back
          </Button>
          <Button type="submit" variant="primary" isPending={create.isRunning}>
            {create.isRunning ? "Making the keys" : "Create the vault"}
          </Button>
        </div>
      </Form>
    </div>
  );
}

export const screen: Screen = { id: "create", Component: CreateScreen };
