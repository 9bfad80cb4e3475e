import { useMemo, useState, type ReactNode } from "react";
import type { Compartment, Member } from "../../../electron/contract/members.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { Button, DescriptionList, IconButton, Note, Panel, Tag, type TableColumn } from "../../parts/index.ts";
import { minuteWords } from "../../state/time-words.ts";
import { ListPanel, usePick } from "../../table-view/index.ts";

const columns = (self: string): readonly TableColumn<Member>[] => [
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
    minWidth: 180,
    isSortable: true,
    isRowHeader: true,
  },
  { id: "role", header: "Role", cell: (member) => member.role, width: 104, isSortable: true },
  {
    id: "label",
    header: "On the lock screen",
    cell: (member) => <span className="cut">{member.label}</span>,
    width: 150,
    isSortable: true,
  },
  {
    id: "reads",
    header: "Reads",
    cell: (member) => (
      <span className="ink2">{member.current ? formatCount(member.compartments.length) : "nothing"}</span>
    ),
    width: 84,
    align: "end",
  },
  {
    id: "added",
    header: "Added",
    cell: (member) => <span className="ink2">{minuteWords(member.addedAt)}</span>,
    width: 146,
    isSortable: true,
  },
  {
    id: "current",
    header: "State",
    cell: (member) =>
      member.current ? (
        <Tag tone="ok" sign="ok">
          {member.role === "recovery" ? "kept in shares" : "member"}
        </Tag>
      ) : (
        <Tag sign="invalid">removed</Tag>
      ),
    width: 128,
    isSortable: true,
  },
];

function slotWords({ slot }: Member): string {
  if (slot === null) return "none: they cannot open the vault";
  const cost = `Argon2id, ${String(slot.passes)} passes over ${formatCount(slot.memoryBytes / 2 ** 20)} MiB`;
  return slot.keyFile ? `passphrase and key file; ${cost}` : `passphrase; ${cost}`;
}

function MemberDetail(props: {
  readonly member: Member;
  readonly compartments: readonly Compartment[];
  readonly mayRemove: boolean;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { member, compartments, mayRemove, onRemove, onClose } = props;
  const reads = compartments.filter(({ id }) => member.compartments.includes(id)).map(({ name }) => name);
  return (
    <Panel
      title={member.name}
      actions={<IconButton sign="close" label="Close the member" onPress={onClose} />}
      fill
      isReading
    >
      <div className="stack">
        {member.removed === null ? null : (
          <Note title={`Removed by ${member.removed.by}, ${minuteWords(member.removed.at)}`}>
            {`${member.removed.reason}. What they could read before, they may still have; nothing written since.`}
          </Note>
        )}
        <DescriptionList
          items={[
            { term: "Role", value: member.role },
            { term: "Added", value: `${minuteWords(member.addedAt)} by ${member.addedBy}` },
            { term: "Reads", value: reads.length === 0 ? "nothing" : reads.join(", ") },
            { term: "Gets in with", value: slotWords(member) },
            {
              term: "Key fingerprint",
              value: member.fingerprint === "" ? "not of this vault" : member.fingerprint,
              mono: true,
            },
          ]}
        />
        {mayRemove ? (
          <div className="row">
            <Button variant="danger" onPress={onRemove}>
              Remove from the vault
            </Button>
          </div>
        ) : null}
      </div>
    </Panel>
  );
}

interface MemberTableProps {
  readonly self: string;
  readonly members: readonly Member[];
  readonly compartments: readonly Compartment[];
  readonly mayRemove: (member: Member) => boolean;
  readonly onRemove: (member: Member) => void;
}

/** Everyone who is or was a member, and one of them in detail. */
export function MemberTable({ self, members, compartments, mayRemove, onRemove }: MemberTableProps): ReactNode {
  const [openId, setOpenId] = useState<string | null>(null);
  const open = members.find((member) => member.id === openId);
  const pick = usePick(members);
  const shown = useMemo(() => {
    const all = columns(self);
    return open === undefined ? all : all.filter(({ id }) => id !== "added" && id !== "label");
  }, [self, open]);
  return (
    <div className="members-split fill">
      <ListPanel<Member>
        title="Members"
        table="members"
        noun="member"
        placeholder="Name, label, reason"
        label={`Members, ${formatCount(members.length)}`}
        columns={shown}
        pick={pick}
        rowText={(member) => member.name}
        selected={openId ?? undefined}
        onSelect={setOpenId}
        empty={null}
      />
      {open === undefined ? null : (
        <MemberDetail
          member={open}
          compartments={compartments}
          mayRemove={mayRemove(open)}
          onRemove={() => {
            onRemove(open);
          }}
          onClose={() => {
            setOpenId(null);
          }}
        />
      )}
    </div>
  );
}
