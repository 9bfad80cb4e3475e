import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Compartment, Member } from "../../../electron/contract/members.ts";
import type { VaultState } from "../../../electron/contract/vault.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { Button, ErrorNote, Loading, PageHead, Panel, RadioGroup } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import type { Params } from "../../state/view.ts";
import { ActsView } from "./acts-view.tsx";
import { AddMemberDialog } from "./add-member-dialog.tsx";
import { CompartmentsView } from "./compartments-view.tsx";
import { KeysView } from "./keys-view.tsx";
import { MemberTable } from "./member-table.tsx";
import { RecoveryView } from "./recovery-view.tsx";
import { RemoveMemberDialog } from "./remove-member-dialog.tsx";
import "./members.css";

type OpenState = Extract<VaultState, { open: true }>;

const viewIds = ["people", "compartments", "recovery", "acts", "keys"] as const;
type View = (typeof viewIds)[number];

function views(waiting: number): readonly { id: View; label: string }[] {
  return [
    { id: "people", label: "People" },
    { id: "compartments", label: "Compartments" },
    { id: "recovery", label: "Recovery" },
    { id: "acts", label: waiting === 0 ? "Two persons" : `Two persons (${formatCount(waiting)})` },
    { id: "keys", label: "Your keys" },
  ];
}

const roleFacts: readonly (readonly [role: string, may: string])[] = [
  ["Lead", "plans, logs, reviews, writes and seals reports, adds and removes members, sets the marking"],
  ["Evaluator", "logs attempts, imports logs, adds evidence and notes"],
  ["Custodian", "keeps keys, adds and removes members but no leads; reads no results"],
  ["Auditor", "reads and verifies; changes nothing"],
];

function RolesPanel(): ReactNode {
  return (
    <Panel title="What each role may do" hint="checked when the journal is read, not only on the screen">
      <dl className="members-roles">
        {roleFacts.map(([role, may]) => (
          <div key={role}>
            <dt>{role}</dt>
            <dd>{may}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** Whom the member at the keyboard may remove: leads anyone but themselves, custodians neither leads nor recovery. */
function mayRemove(vault: OpenState, member: Member): boolean {
  if (!member.current || member.id === vault.member.id || vault.readOnly !== null) return false;
  if (vault.member.role === "lead") return true;
  return vault.member.role === "custodian" && member.role !== "lead" && member.role !== "recovery";
}

interface ViewProps {
  readonly view: View;
  readonly vault: OpenState;
  readonly members: readonly Member[];
  readonly compartments: readonly Compartment[];
  readonly onRemove: (member: Member) => void;
}

function Body({ view, vault, members, compartments, onRemove }: ViewProps): ReactNode {
  const isLead = vault.member.role === "lead" && vault.readOnly === null;
  switch (view) {
    case "people":
      return (
        <>
          <MemberTable
            self={vault.member.id}
            members={members}
            compartments={compartments}
            mayRemove={(member) => mayRemove(vault, member)}
            onRemove={onRemove}
          />
          <RolesPanel />
        </>
      );
    case "compartments":
      return (
        <CompartmentsView compartments={compartments} members={members} self={vault.member.id} mayChange={isLead} />
      );
    case "recovery":
      return <RecoveryView mayMake={isLead} compartments={compartments} />;
    case "acts":
      return <ActsView />;
    case "keys":
      return <KeysView vault={vault} />;
  }
}

/** Who is in the vault, with which role; what each reads; how lost access comes back; what waits for a second person. */
function Members({ vault, params }: { readonly vault: OpenState; readonly params: Params }): ReactNode {
  const members = useQuery("members.list", {});
  const compartments = useQuery("compartments.list", {});
  const asked = viewIds.find((id) => id === params.view);
  const [view, setView] = useState<View>(asked ?? (vault.openedWith === "backup" ? "keys" : "people"));
  const [adds, setAdds] = useState(params.new === "yes");
  const [removed, setRemoved] = useState<Member | null>(null);
  const mayAdd = (vault.member.role === "lead" || vault.member.role === "custodian") && vault.readOnly === null;
  const add = (): void => {
    setAdds(true);
  };
  useScreenCommands([{ id: "members.add", words: "Add a member", shortcut: "Alt+N", isEnabled: mayAdd, run: add }]);
  if (members.status === "failed") return <ErrorNote failure={members.failure} />;
  if (compartments.status === "failed") return <ErrorNote failure={compartments.failure} />;
  if (members.status === "loading" || compartments.status === "loading") return <Loading />;
  const people = members.data.filter((member) => member.current && member.role !== "recovery").length;
  return (
    <div className="page">
      <PageHead
        title="Members"
        lead={`${formatCount(people)} can open this vault`}
        actions={
          <Button variant="primary" shortcut="Alt+N" isDisabled={!mayAdd} onPress={add}>
            Add a member
          </Button>
        }
      />
      <div className={view === "people" ? "page-body" : "page-body scrolls"}>
        <RadioGroup
          look="segments"
          hideLabel
          label="View"
          options={views(vault.counts.waiting)}
          value={view}
          onChange={setView}
        />
        <Body view={view} vault={vault} members={members.data} compartments={compartments.data} onRemove={setRemoved} />
      </div>
      {adds ? (
        <AddMemberDialog
          vault={vault}
          compartments={compartments.data}
          position={members.data.length}
          onClose={() => {
            setAdds(false);
          }}
        />
      ) : null}
      {removed === null ? null : (
        <RemoveMemberDialog
          member={removed}
          onClose={() => {
            setRemoved(null);
          }}
        />
      )}
    </div>
  );
}

function MembersScreen({ params }: { readonly params: Params }): ReactNode {
  const state = useQuery("vault.state", {});
  if (state.status === "failed") return <ErrorNote failure={state.failure} />;
  if (state.status === "loading" || !state.data.open) return <Loading />;
  return <Members vault={state.data} params={params} />;
}

export const screen: Screen = { id: "members", Component: MembersScreen };
