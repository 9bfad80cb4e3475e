import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Member } from "../../../electron/contract/members.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { Button, DataTable, ErrorNote, Loading, PageHead, Panel, Tag, type TableColumn } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { minuteWords } from "../../state/time-words.ts";
import type { Params } from "../../state/view.ts";
import { AddMemberDialog } from "./add-member-dialog.tsx";
import "./members.css";

function columnsFor(members: readonly Member[], self: string): readonly TableColumn<Member>[] {
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return [
    {
      id: "name",
      header: "Name",
      cell: (member) => (
        <>
          <span className="cut">{member.name}</span>
          {member.id === self ? <Tag tone="accent">you</Tag> : null}
        </>
      ),
      width: "2fr",
      isRowHeader: true,
    },
    { id: "role", header: "Role", cell: (member) => member.role, width: 120 },
    { id: "label", header: "On the lock screen", cell: (member) => member.label, width: 170 },
    {
      id: "added",
      header: "Added",
      cell: (member) => <span className="ink2">{minuteWords(member.addedAt)}</span>,
      width: 150,
    },
    {
      id: "by",
      header: "By",
      cell: (member) => <span className="ink2 cut">{names.get(member.addedBy) ?? member.addedBy}</span>,
      width: 150,
    },
    {
      id: "state",
      header: "State",
      cell: (member) =>
        member.current ? (
          <Tag tone="ok" sign="ok">
            member
          </Tag>
        ) : (
          <Tag sign="invalid">removed</Tag>
        ),
      width: 120,
    },
  ];
}

const roleFacts: readonly (readonly [role: string, may: string])[] = [
  ["Lead", "plans, logs, reviews, writes and seals reports, adds members, sets the marking"],
  ["Evaluator", "logs attempts, imports logs, adds evidence and notes"],
  ["Custodian", "keeps keys; reads no results"],
  ["Auditor", "reads and verifies; changes nothing"],
];

/** Everyone who is or was a member. */
function MemberTable({ self }: { readonly self: string }): ReactNode {
  const members = useQuery("members.list", {});
  if (members.status === "loading") return <Loading />;
  if (members.status === "failed") return <ErrorNote failure={members.failure} />;
  return (
    <Panel flush label="Members">
      <DataTable
        label="Members"
        columns={columnsFor(members.data, self)}
        rows={members.data}
        rowKey={(member) => member.id}
        rowText={(member) => member.name}
        maxRows={14}
      />
    </Panel>
  );
}

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

/** Who is in the vault, with which role; a lead adds members, each with a passphrase of their own. */
function MembersScreen({ params }: { readonly params: Params }): ReactNode {
  const members = useQuery("members.list", {});
  const state = useQuery("vault.state", {});
  const [adds, setAdds] = useState(params.new === "yes");
  const vault = state.status === "ready" && state.data.open ? state.data : null;
  const isLead = vault?.member.role === "lead";
  const add = (): void => {
    setAdds(true);
  };
  useScreenCommands([{ id: "members.add", words: "Add a member", shortcut: "Alt+N", isEnabled: isLead, run: add }]);
  return (
    <div className="page">
      <PageHead
        title="Members"
        lead={
          members.status === "ready"
            ? `${formatCount(members.data.filter((member) => member.current).length)} can open this vault`
            : " "
        }
        actions={
          <Button variant="primary" shortcut="Alt+N" isDisabled={!isLead} onPress={add}>
            Add a member
          </Button>
        }
      />
      <div className="page-body scrolls">
        <MemberTable self={vault?.member.id ?? ""} />
        <RolesPanel />
      </div>
      {adds && vault !== null ? (
        <AddMemberDialog
          vaultName={vault.name}
          position={members.status === "ready" ? members.data.length : 1}
          onClose={() => {
            setAdds(false);
          }}
        />
      ) : null}
    </div>
  );
}

export const screen: Screen = { id: "members", Component: MembersScreen };
