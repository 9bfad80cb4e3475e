import { useState, type ReactNode } from "react";
import type { Compartment, Member } from "../../../electron/contract/members.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, MenuButton, Note, Panel, Tag } from "../../parts/index.ts";
import {
  AddCompartmentDialog,
  GrantDialog,
  RevokeDialog,
  RotateDialog,
  type CompartmentChange,
} from "./compartment-dialogs.tsx";

interface CompartmentsViewProps {
  readonly compartments: readonly Compartment[];
  readonly members: readonly Member[];
  readonly self: string;
  readonly mayChange: boolean;
}

const kindWords: Readonly<Record<Compartment["kind"], string>> = {
  roster: "Who is a member, with which role, and what this vault demands of them. Everybody reads it.",
  shared: "Models, benchmarks, recipients, and every campaign that is not kept apart.",
  separate: "Campaigns kept apart, with their runs, evidence and reports.",
};

/** Who may be given a compartment, or lose it: the roster is everybody's, one's own hold is not one's own to give up. */
function holdersToChange({
  compartment,
  members,
  self,
}: {
  compartment: Compartment;
  members: readonly Member[];
  self: string;
}) {
  const holds = new Set(compartment.holders.map(({ id }) => id));
  const current = members.filter((member) => member.current);
  return {
    grantable: current.filter(({ id, role }) => !holds.has(id) && role !== "custodian"),
    revocable: current.filter(({ id }) => holds.has(id) && id !== self),
  };
}

function CompartmentPanel(
  props: CompartmentsViewProps & {
    readonly compartment: Compartment;
    readonly onChange: (change: CompartmentChange) => void;
  },
): ReactNode {
  const { compartment, mayChange, onChange } = props;
  const { id, kind, name, label, epoch, holders, readable, entries } = compartment;
  const { grantable, revocable } = holdersToChange(props);
  const isFixed = kind === "roster";
  const change = (what: CompartmentChange["what"]) => () => {
    onChange({ what, compartment });
  };
  return (
    <Panel
      title={name}
      hint={isFixed ? undefined : `outer label: ${label}`}
      actions={
        mayChange && readable ? (
          <MenuButton
            label={`Change ${name}`}
            entries={[
              {
                id: "grant",
                words: "Let somebody read it…",
                run: change("grant"),
                isDisabled: isFixed || grantable.length === 0,
              },
              {
                id: "revoke",
                words: "Take it from somebody…",
                run: change("revoke"),
                isDisabled: isFixed || revocable.length === 0,
              },
              { id: "rotate", words: "Begin a new key…", run: change("rotate") },
            ]}
          >
            Change
          </MenuButton>
        ) : undefined
      }
    >
      <div className="stack">
        <p className="ink2">{kindWords[kind]}</p>
        <div className="row">
          {readable ? (
            <Tag tone="ok" sign="eye">
              you read it
            </Tag>
          ) : (
            <Tag sign="withheld">sealed to you</Tag>
          )}
          <Tag>{formatCounted(entries, "entry", "entries")}</Tag>
          <Tag>{`key ${formatCount(epoch)}`}</Tag>
          <span className="small ink3">{`compartment ${String(id)}`}</span>
        </div>
        <p className="small">
          <span className="ink3">Read by </span>
          {holders.map((holder) => holder.name).join(", ")}
        </p>
      </div>
    </Panel>
  );
}

/** What is kept from whom: each compartment, who reads it, and which of its keys is in use. */
export function CompartmentsView(props: CompartmentsViewProps): ReactNode {
  const { compartments, members, self, mayChange } = props;
  const [change, setChange] = useState<CompartmentChange | null>(null);
  const [adds, setAdds] = useState(false);
  const close = (): void => {
    setChange(null);
  };
  const separate = compartments.filter(({ kind }) => kind === "separate").length;
  return (
    <>
      <div className="members-lead">
        <p className="ink2 measure">
          Each compartment has a key of its own. Who does not hold it sees that its entries are there and whole, and
          nothing of what is in them.
        </p>
        {mayChange ? (
          <Button
            onPress={() => {
              setAdds(true);
            }}
          >
            Add a compartment
          </Button>
        ) : null}
      </div>
      <div className="members-compartments">
        {compartments.map((compartment) => (
          <CompartmentPanel key={compartment.id} {...props} compartment={compartment} onChange={setChange} />
        ))}
      </div>
      {separate === 0 ? (
        <Note title="Nothing is kept apart">
          Add a compartment where a campaign, with its runs and reports, is for some of the members only. A new campaign
          then asks where it belongs.
        </Note>
      ) : null}
      {adds ? (
        <AddCompartmentDialog
          position={compartments.length + 1}
          members={members}
          self={self}
          onClose={() => {
            setAdds(false);
          }}
        />
      ) : null}
      {change?.what === "grant" ? (
        <GrantDialog
          {...holdersToChange({ ...props, compartment: change.compartment })}
          compartment={change.compartment}
          onClose={close}
        />
      ) : null}
      {change?.what === "revoke" ? (
        <RevokeDialog
          {...holdersToChange({ ...props, compartment: change.compartment })}
          compartment={change.compartment}
          onClose={close}
        />
      ) : null}
      {change?.what === "rotate" ? <RotateDialog compartment={change.compartment} onClose={close} /> : null}
    </>
  );
}
