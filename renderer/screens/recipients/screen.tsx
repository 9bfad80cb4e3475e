import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Recipient } from "../../../electron/contract/reporting.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { Button, EmptyState, ErrorNote, Loading, PageHead, Panel, type TableColumn } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import type { Params } from "../../state/view.ts";
import { ListPanel, usePick } from "../../table-view/index.ts";
import { useRights } from "../runs/rights.ts";
import { RecipientDetail } from "./recipient-detail.tsx";
import { AddRecipientDialog, CompareRecipientDialog, RetireRecipientDialog } from "./recipient-dialogs.tsx";
import { ComparedTag, keyKindWords } from "./recipient-words.tsx";
import "./recipients.css";

const columns: readonly TableColumn<Recipient>[] = [
  {
    id: "name",
    header: "Name",
    cell: (recipient) => (
      <span className="recipients-name">
        <span className="cut">{recipient.name}</span>
        <span className="cut small ink3">{recipient.organisation === "" ? " " : recipient.organisation}</span>
      </span>
    ),
    width: "1.2fr",
    minWidth: 150,
    isSortable: true,
    isRowHeader: true,
  },
  {
    id: "fingerprint",
    header: "Fingerprint",
    cell: (recipient) => (
      <span className="recipients-name">
        <span className="mono cut">{recipient.fingerprintHex}</span>
        <span className="cut small ink3">{recipient.fingerprintWords}</span>
      </span>
    ),
    width: "1.6fr",
    minWidth: 160,
  },
  {
    id: "keyKind",
    header: "Key",
    cell: (recipient) => keyKindWords[recipient.keyKind].short,
    width: 118,
    isSortable: true,
  },
  {
    id: "compared",
    header: "Compared",
    cell: (recipient) => <ComparedTag recipient={recipient} />,
    width: 144,
    isSortable: true,
  },
  {
    id: "reports",
    header: "Reports",
    cell: (recipient) => formatCount(recipient.reports),
    align: "end",
    width: 80,
    isSortable: true,
  },
];

type Over = "add" | "compare" | "retire";

function leadOf(recipients: readonly Recipient[]): string {
  const current = recipients.filter((recipient) => recipient.retiredAt === null);
  const never = current.filter((recipient) => recipient.compared === null).length;
  const count = `${formatCount(current.length)} ${current.length === 1 ? "recipient" : "recipients"} to seal to`;
  return never === 0 ? `${count}, every key compared` : `${count}, ${formatCount(never)} never compared`;
}

function NoRecipients({ mayDecide, onAdd }: { readonly mayDecide: boolean; readonly onAdd: () => void }): ReactNode {
  return (
    <Panel label="Recipients">
      <EmptyState
        title="Nobody to seal a report to yet"
        action={
          <Button variant="primary" isDisabled={!mayDecide} onPress={onAdd}>
            Add a recipient
          </Button>
        }
      >
        A recipient is a person or an office with an age public key. Reports are encrypted to it, and open with the
        secret key that never leaves them.
      </EmptyState>
    </Panel>
  );
}

interface RecipientListProps {
  readonly recipients: readonly Recipient[];
  readonly selected: Recipient | undefined;
  readonly mayDecide: boolean;
  readonly onSelect: (id: string) => void;
  readonly onOver: (over: Over) => void;
}

function RecipientList({ recipients, selected, mayDecide, onSelect, onOver }: RecipientListProps): ReactNode {
  const pick = usePick(recipients);
  return (
    <div className="columns-main-aside stretch fill recipients-columns">
      <ListPanel<Recipient>
        title="Recipients"
        table="recipients"
        noun="recipient"
        placeholder="Name, organisation, fingerprint"
        label="Recipients"
        columns={columns}
        pick={pick}
        rowText={(recipient) => `${recipient.name} ${recipient.organisation}`}
        selected={selected?.id}
        onSelect={onSelect}
        rowHeight={46}
        empty={null}
      />
      {selected === undefined ? null : (
        <RecipientDetail
          recipient={selected}
          mayDecide={mayDecide}
          onCompare={() => {
            onOver("compare");
          }}
          onRetire={() => {
            onOver("retire");
          }}
        />
      )}
    </div>
  );
}

interface DialogsProps {
  readonly over: Over | null;
  readonly selected: Recipient | undefined;
  readonly onClose: () => void;
  readonly onAdded: (id: string) => void;
}

function Dialogs({ over, selected, onClose, onAdded }: DialogsProps): ReactNode {
  if (over === "add") {
    return (
      <AddRecipientDialog
        onClose={onClose}
        onAdded={(recipient) => {
          onAdded(recipient.id);
        }}
      />
    );
  }
  if (over === null || selected === undefined) return null;
  if (over === "compare") return <CompareRecipientDialog recipient={selected} onClose={onClose} />;
  return <RetireRecipientDialog recipient={selected} onClose={onClose} />;
}

interface BodyProps extends Omit<RecipientListProps, "recipients"> {
  readonly query: ReturnType<typeof useQuery<"recipients.list">>;
}

function Body({ query, ...rest }: BodyProps): ReactNode {
  if (query.status === "loading") return <Loading />;
  if (query.status === "failed") return <ErrorNote failure={query.failure} />;
  if (query.data.length > 0) return <RecipientList recipients={query.data} {...rest} />;
  return (
    <NoRecipients
      mayDecide={rest.mayDecide}
      onAdd={() => {
        rest.onOver("add");
      }}
    />
  );
}

/** Those to whom reports are sealed: their keys, fingerprints, and whether these were compared with their owners. */
function RecipientsScreen({ params }: { readonly params: Params }): ReactNode {
  const recipients = useQuery("recipients.list", {});
  const { mayDecide } = useRights();
  const [over, setOver] = useState<Over | null>(params["new"] === "yes" ? "add" : null);
  const [chosen, setChosen] = useState<string | null>(params["id"] ?? null);
  const list = recipients.status === "ready" ? recipients.data : [];
  const selected = list.find((recipient) => recipient.id === chosen) ?? list[0];
  const mayChange = mayDecide && selected?.retiredAt === null;
  const open = (next: Over | null) => () => {
    setOver(next);
  };
  useScreenCommands([
    { id: "recipients.add", words: "Add a recipient", shortcut: "Alt+N", isEnabled: mayDecide, run: open("add") },
    { id: "recipients.compare", words: "Record a comparison", isEnabled: mayChange, run: open("compare") },
    { id: "recipients.retire", words: "Retire the recipient", isEnabled: mayChange, run: open("retire") },
  ]);
  useStatusHint("↑ ↓ recipients · Ctrl F filter · Alt N add a recipient");
  return (
    <div className="page">
      <PageHead
        title="Recipients"
        lead={recipients.status === "ready" && list.length > 0 ? leadOf(list) : "Who reports are sealed to"}
        actions={
          <Button variant="primary" shortcut="Alt+N" isDisabled={!mayDecide} onPress={open("add")}>
            Add a recipient
          </Button>
        }
      />
      <div className="page-body">
        <Body query={recipients} selected={selected} mayDecide={mayDecide} onSelect={setChosen} onOver={setOver} />
      </div>
      <Dialogs over={over} selected={selected} onClose={open(null)} onAdded={setChosen} />
    </div>
  );
}

export const screen: Screen = { id: "recipients", Component: RecipientsScreen };
