import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import {
  findingKinds,
  findingStates,
  type FindingKind,
  type FindingState,
} from "../../../electron/contract/finding-states.ts";
import type { RequestOutput } from "../../../electron/contract/index.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import type { TableFilter, TableRow, TableView } from "../../../electron/contract/tables.ts";
import { Button, EmptyState, ErrorNote, Loading, MenuButton, PageHead, Panel, RadioGroup } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { keepPlace, navigate, type Params } from "../../state/view.ts";
import { ListPanel } from "../../table-view/index.ts";
import { useSteps } from "../finding/use-steps.tsx";
import { useRights } from "../runs/rights.ts";
import { AdvisoryDialog } from "./advisory-dialog.tsx";
import { BoardLane } from "./board.tsx";
import { DueList } from "./due-list.tsx";
import { findingColumns } from "./finding-columns.tsx";
import { channelWords } from "./finding-words.tsx";
import { PublisherDialog } from "./publisher-dialog.tsx";
import { RecordDialog } from "./record-dialog.tsx";
import { TableExportDialog } from "./table-export-dialog.tsx";
import "./findings.css";

type Board = RequestOutput<"findings.board">;
type Over = "record" | "advisory" | "export" | "publisher";

const looks = [
  { id: "table", label: "Table" },
  { id: "board", label: "Board" },
  { id: "due", label: "Deadlines" },
] as const;
type Look = (typeof looks)[number]["id"];

const kindOptions = [
  { id: "all", label: "Both kinds" },
  { id: "model-weakness", label: "Model weaknesses" },
  { id: "software-vulnerability", label: "Software vulnerabilities" },
] as const;
type Shown = (typeof kindOptions)[number]["id"];

interface Looked {
  readonly look: Look;
  readonly shown: Shown;
  /** Only findings in this state; the table's filters say so, too. */
  readonly state: FindingState | null;
}

function lookedAt({ view, kind, state }: Params): Looked {
  return {
    look: looks.find(({ id }) => id === view)?.id ?? "table",
    shown: findingKinds.find((one) => one === kind) ?? "all",
    state: findingStates.find((one) => one === state) ?? null,
  };
}

function paramsOf({ look, shown, state }: Looked): Params {
  return {
    ...(look === "table" ? {} : { view: look }),
    ...(shown === "all" ? {} : { kind: shown }),
    ...(state === null ? {} : { state }),
  };
}

/** Both kinds stand in two groups; one kind alone, and one state, are filters that can be taken away. */
function firstView({ shown, state }: Looked): Partial<TableView> {
  const only = (column: string, value: string): TableFilter => ({ test: "any-of", column, values: [value] });
  const filters = [
    ...(shown === "all" ? [] : [only("kind", shown)]),
    ...(state === null ? [] : [only("state", state)]),
  ];
  return { filters, group: shown === "all" ? "kind" : null };
}

function leadOf(board: Board): string {
  const count = (...states: readonly FindingState[]): number =>
    board.reduce((sum, column) => (states.includes(column.state) ? sum + column.count : sum), 0);
  const total = board.reduce((sum, column) => sum + column.count, 0);
  if (total === 0) return "Weaknesses of models, and vulnerabilities that models found";
  return [
    formatCounted(total, "finding"),
    `${formatCount(count("recorded"))} to triage`,
    `${formatCount(count("triaged"))} to validate`,
    `${formatCount(count("validated"))} to route`,
    `${formatCount(count("routed"))} without an acknowledgement`,
  ].join(" · ");
}

function Channel({ shown }: { readonly shown: Shown }): ReactNode {
  const words =
    shown === "all"
      ? `Weaknesses of models go to the developer; vulnerabilities to ${channelWords("software-vulnerability").toLowerCase()}. No finding changes its channel.`
      : `To ${channelWords(shown).toLowerCase()}, and to nobody else.`;
  return <span className="small ink2 findings-channel">{words}</span>;
}

const itself = (row: TableRow): TableRow => row;

function Table({ looked }: { readonly looked: Looked }): ReactNode {
  return (
    <ListPanel<TableRow>
      title="Findings"
      table="findings"
      first={firstView(looked)}
      noun="finding"
      placeholder="Title, product, CWE, CVE, party"
      label={(total) => formatCounted(total, "finding")}
      columns={findingColumns}
      pick={itself}
      rowText={({ cells }) => `${String(cells["code"])} ${String(cells["title"])}`}
      rowHeight={46}
      onOpen={(id) => {
        navigate("finding", { id });
      }}
      empty={<EmptyState title="None of this kind">Record one, or choose the other kind.</EmptyState>}
    />
  );
}

function NoFindings({ mayLog, onRecord }: { readonly mayLog: boolean; readonly onRecord: () => void }): ReactNode {
  return (
    <Panel label="Findings" fill>
      <EmptyState
        title="No finding was recorded yet"
        action={
          <Button variant="primary" shortcut="Alt+N" isDisabled={!mayLog} onPress={onRecord}>
            Record a finding
          </Button>
        }
      >
        A weakness of a model goes to its developer. A vulnerability that a model found goes to the clearinghouse and
        the vendor. Record one here, or from the attempt in which it was seen.
      </EmptyState>
    </Panel>
  );
}

interface DialogsProps {
  readonly over: Over | null;
  readonly params: Params;
  readonly kind: FindingKind | null;
  readonly onClose: () => void;
}

function Dialogs({ over, params, kind, onClose }: DialogsProps): ReactNode {
  const publisher = useQuery("findings.publisher", over === "publisher" ? {} : null);
  if (over === "record") return <RecordDialog params={params} onClose={onClose} />;
  if (over === "advisory") return <AdvisoryDialog onClose={onClose} />;
  if (over === "export") return <TableExportDialog kind={kind} onClose={onClose} />;
  if (over === "publisher" && publisher.status === "ready") {
    return <PublisherDialog publisher={publisher.data} onClose={onClose} />;
  }
  return null;
}

interface FindingsProps {
  readonly params: Params;
  readonly board: Board;
}

function Findings({ params, board }: FindingsProps): ReactNode {
  const { mayLog, mayDecide } = useRights();
  const [looked, setLooked] = useState(() => lookedAt(params));
  const [over, setOver] = useState<Over | null>(params["new"] === "yes" ? "record" : null);
  const steps = useSteps();
  const isEmpty = board.every(({ count }) => count === 0);
  const show = (part: Partial<Looked>): void => {
    const next = { ...looked, state: null, ...part };
    setLooked(next);
    keepPlace(paramsOf(next));
  };
  const open = (next: Over | null) => () => {
    setOver(next);
  };
  const mayExport = mayDecide && !isEmpty;
  useScreenCommands([
    { id: "findings.record", words: "Record a finding", shortcut: "Alt+N", isEnabled: mayLog, run: open("record") },
    { id: "findings.advisory", words: "Compare findings with an advisory", run: open("advisory") },
    { id: "findings.export", words: "Export findings as a table", isEnabled: mayExport, run: open("export") },
    { id: "findings.publisher", words: "Say who publishes advisories", isEnabled: mayDecide, run: open("publisher") },
  ]);
  useStatusHint(
    looked.look === "board"
      ? "↑ ↓ ← → cards · Enter open · Tab to move a card · Alt N record"
      : "↑ ↓ findings · Enter open · Ctrl F filter · Alt N record",
  );
  const { look, shown } = looked;
  const kinds = findingKinds.filter((kind) => shown === "all" || shown === kind);
  return (
    <div className="page">
      <PageHead
        title="Findings"
        lead={leadOf(board)}
        actions={
          <>
            <MenuButton
              label="More of findings"
              entries={[
                { id: "advisory", words: "Compare with an advisory…", run: open("advisory") },
                { id: "export", words: "Export as a table…", isDisabled: !mayExport, run: open("export") },
                { id: "publisher", words: "Who publishes…", isDisabled: !mayDecide, run: open("publisher") },
              ]}
            >
              More
            </MenuButton>
            <Button variant="primary" shortcut="Alt+N" isDisabled={!mayLog} onPress={open("record")}>
              Record a finding
            </Button>
          </>
        }
      />
      <div className={look === "board" ? "page-body scrolls" : "page-body"}>
        {isEmpty ? (
          <NoFindings mayLog={mayLog} onRecord={open("record")} />
        ) : (
          <>
            <div className="findings-bar">
              <RadioGroup
                look="segments"
                hideLabel
                label="Shown as"
                options={looks}
                value={look}
                onChange={(next) => {
                  show({ look: next });
                }}
              />
              <RadioGroup
                look="segments"
                hideLabel
                label="Kind"
                options={kindOptions}
                value={shown}
                onChange={(next) => {
                  show({ shown: next });
                }}
              />
              <Channel shown={shown} />
            </div>
            {look === "table" ? <Table key={JSON.stringify(looked)} looked={looked} /> : null}
            {look === "due" ? <DueList kinds={kinds} /> : null}
            {look === "board"
              ? kinds.map((kind) => (
                  <BoardLane
                    key={kind}
                    kind={kind}
                    onStep={steps.start}
                    onAll={(of, state) => {
                      show({ look: "table", shown: of, state });
                    }}
                  />
                ))
              : null}
          </>
        )}
      </div>
      {steps.dialog}
      <Dialogs over={over} params={params} kind={shown === "all" ? null : shown} onClose={open(null)} />
    </div>
  );
}

/** Weaknesses of models and vulnerabilities that models found: as a table or by state, each kind with its own channel. */
function FindingsScreen({ params }: { readonly params: Params }): ReactNode {
  const board = useQuery("findings.board", { limit: 1 });
  if (board.status === "ready") return <Findings params={params} board={board.data} />;
  return (
    <div className="page">
      <PageHead title="Findings" lead=" " />
      {board.status === "failed" ? (
        <div className="page-body">
          <ErrorNote failure={board.failure} />
        </div>
      ) : (
        <Loading />
      )}
    </div>
  );
}

export const screen: Screen = { id: "findings", Component: FindingsScreen };
