import { useState, type ReactNode } from "react";
import type { Contributor, HandoverRecord } from "../../../electron/contract/handover.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DataTable,
  EmptyState,
  ErrorNote,
  Loading,
  PageHead,
  Panel,
  Tag,
  type TableColumn,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { useRights } from "../runs/rights.ts";
import { HandOverDialog } from "./hand-over-dialog.tsx";
import { OwnCard } from "./own-card.tsx";
import { kindWords, StandingTag } from "./words.tsx";

type Row = HandoverRecord & { readonly key: string };

const columns: readonly TableColumn<Row>[] = [
  {
    id: "direction",
    header: "Way",
    cell: ({ direction }) => (
      <Tag sign={direction === "sent" ? "right" : "left"}>{direction === "sent" ? "sent to" : "from"}</Tag>
    ),
    width: 100,
  },
  {
    id: "peer",
    header: "Whom",
    cell: ({ peer }) => (
      <span className="handover-two-lines">
        <span className="cut">{peer.name}</span>
        <span className="cut small ink3">{peer.vaultName}</span>
      </span>
    ),
    width: "1fr",
    minWidth: 150,
    isRowHeader: true,
  },
  { id: "kind", header: "What", cell: ({ kind }) => kindWords[kind], width: 104 },
  { id: "runs", header: "Runs", cell: ({ runs }) => formatCount(runs), align: "end", width: 68 },
  { id: "events", header: "Events", cell: ({ events }) => formatCount(events), align: "end", width: 78 },
  {
    id: "at",
    header: "When, by",
    cell: ({ at, byName }) => (
      <span className="handover-two-lines">
        <span className="cut">{minuteWords(at)}</span>
        <span className="cut small ink3">{byName}</span>
      </span>
    ),
    width: 150,
  },
];

function Carried({ handovers }: { readonly handovers: readonly HandoverRecord[] }): ReactNode {
  const rows = handovers.map((one): Row => ({ ...one, key: `${String(one.entry)} ${one.packageId}` }));
  return (
    <Panel title="Carried so far" hint="Enter opens the journal’s entry" flush fill>
      <DataTable
        label={`Hand-overs, ${formatCount(rows.length)}`}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.key}
        rowText={({ peer }) => peer.name}
        rowHeight={46}
        height="fill"
        onOpen={(key) => {
          const row = rows.find((one) => one.key === key);
          if (row !== undefined) navigate("journal", { seq: String(row.entry) });
        }}
        empty={
          <EmptyState title="Nothing was carried yet">
            Give your card to a colleague and they can hand you runs; choose theirs to hand over yours. A package opens
            for one person only.
          </EmptyState>
        }
      />
    </Panel>
  );
}

function Known({ contributors }: { readonly contributors: readonly Contributor[] }): ReactNode {
  return (
    <Panel title="Known keys" hint={contributors.length === 0 ? undefined : formatCount(contributors.length)}>
      {contributors.length === 0 ? (
        <p className="ink3">None yet. A key is remembered when a package that it signed is accepted.</p>
      ) : (
        <ul>
          {contributors.map((who) => (
            <li key={who.key} className="handover-who">
              <div className="row">
                <strong>{who.name}</strong>
                <span className="ink2 small">{who.vaultName}</span>
                <span className="push">
                  <StandingTag standing={who.standing} />
                </span>
              </div>
              <span className="mono small ink2">{who.fingerprint.hex}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Work that is carried between workstations: what went and came, one's own card, the keys that are known. */
export function HandoverView(): ReactNode {
  const list = useQuery("handover.list", {});
  const rights = useRights();
  const [packs, setPacks] = useState(false);
  const receive = (): void => {
    navigate("runs", { view: "receive" });
  };
  const pack = (): void => {
    setPacks(true);
  };
  useScreenCommands([
    { id: "handover.pack", words: "Hand over runs", shortcut: "Alt+N", isEnabled: rights.mayLog, run: pack },
    {
      id: "handover.receive",
      words: "Receive a package",
      shortcut: "Alt+R",
      isEnabled: rights.mayDecide,
      run: receive,
    },
  ]);
  useStatusHint("Alt N hand over runs · Alt R receive a package");
  return (
    <div className="page">
      <PageHead
        title="Hand-over"
        up={{
          words: "Runs",
          onPress: () => {
            navigate("runs");
          },
        }}
        lead="Runs and plans between workstations, each package sealed to one person and signed by another."
        actions={
          <>
            <Button shortcut="Alt+N" isDisabled={!rights.mayLog} onPress={pack}>
              Hand over runs…
            </Button>
            <Button variant="primary" shortcut="Alt+R" isDisabled={!rights.mayDecide} onPress={receive}>
              Receive a package
            </Button>
          </>
        }
      />
      <div className="page-body">
        {list.status === "failed" ? <ErrorNote failure={list.failure} /> : null}
        {list.status === "loading" ? <Loading /> : null}
        {list.status === "ready" ? (
          <div className="handover-columns">
            <Carried handovers={list.data.handovers} />
            <div className="handover-aside">
              <OwnCard />
              <Known contributors={list.data.contributors} />
            </div>
          </div>
        ) : null}
      </div>
      {packs ? (
        <HandOverDialog
          onClose={() => {
            setPacks(false);
          }}
        />
      ) : null}
    </div>
  );
}
