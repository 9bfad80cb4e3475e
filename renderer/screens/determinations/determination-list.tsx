import { useState, type ReactNode } from "react";
import type { Determination } from "../../../electron/contract/determinations.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DataTable,
  EmptyState,
  ErrorNote,
  IconSign,
  Loading,
  Panel,
  type TableColumn,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate } from "../../state/view.ts";
import { useRights } from "../runs/rights.ts";
import { consultationSums, decisionLine, DeterminationStateTag, kindWords } from "./determination-words.tsx";
import { LayerStrip, standWords } from "./layer-strip.tsx";
import { OpenDeterminationDialog } from "./open-dialog.tsx";
import "./determinations.css";

function Consultations({ determination }: { readonly determination: Determination }): ReactNode {
  const { words, rest, overdue } = consultationSums(determination);
  return (
    <span className="determinations-two-lines">
      <span className="cut">{words}</span>
      {overdue === 0 ? (
        <span className="cut small ink3">{rest === "" ? " " : rest}</span>
      ) : (
        <span className="determinations-late small">
          <IconSign name="warn" size={11} />
          <span className="cut">{rest}</span>
        </span>
      )}
    </span>
  );
}

function Decided({ decision }: Pick<Determination, "decision">): ReactNode {
  if (decision === null) return <span className="ink3">none yet</span>;
  return (
    <span className="determinations-two-lines">
      <span className="cut">{decisionLine(decision.decision)}</span>
      <span className="cut small ink3">
        {decision.on} · {decision.official}
      </span>
    </span>
  );
}

const columns: readonly TableColumn<Determination>[] = [
  {
    id: "code",
    header: "Determination",
    cell: ({ code, kind }) => (
      <span className="determinations-two-lines">
        <span className="cut">{code}</span>
        <span className="cut small ink3">{kindWords[kind]}</span>
      </span>
    ),
    width: 172,
    isRowHeader: true,
  },
  {
    id: "model",
    header: "Model version",
    cell: ({ modelVersion, submission }) => (
      <span className="determinations-two-lines">
        <span className="cut">{modelVersion.words}</span>
        <span className="cut small ink3">
          {submission === null ? "no submission" : `${submission.code} · ${submission.codename}`}
        </span>
      </span>
    ),
    width: "1.5fr",
    minWidth: 180,
  },
  {
    id: "layers",
    header: "Layers",
    cell: ({ layers }) => (
      <span className="determinations-two-lines">
        <LayerStrip layers={layers} />
        <span className="cut small ink3">{standWords(layers)}</span>
      </span>
    ),
    width: "1fr",
    minWidth: 168,
  },
  {
    id: "consultations",
    header: "Consultations",
    cell: (determination) => <Consultations determination={determination} />,
    width: 168,
  },
  { id: "state", header: "State", cell: ({ state }) => <DeterminationStateTag state={state} />, width: 132 },
  {
    id: "decision",
    header: "Decision",
    cell: ({ decision }) => <Decided decision={decision} />,
    width: "1fr",
    minWidth: 160,
  },
];

interface ListProps {
  readonly determinations: readonly Determination[];
  readonly mayDecide: boolean;
  readonly onOpen: () => void;
}

function NoDeterminations({ mayDecide, onOpen }: Omit<ListProps, "determinations">): ReactNode {
  return (
    <Panel label="Determinations">
      <EmptyState
        title="Nothing is being determined yet"
        action={
          <Button variant="primary" shortcut="Alt+D" isDisabled={!mayDecide} onPress={onOpen}>
            Open a determination
          </Button>
        }
      >
        It is over one exact model version. Layers review it one after the other, others are consulted, and a named
        official decides; what was decided is written down here and never worked out from a score.
      </EmptyState>
    </Panel>
  );
}

function List({ determinations, mayDecide, onOpen }: ListProps): ReactNode {
  if (determinations.length === 0) return <NoDeterminations mayDecide={mayDecide} onOpen={onOpen} />;
  return (
    <Panel
      title="Determinations"
      hint={formatCount(determinations.length)}
      flush
      fill
      actions={
        <Button size="small" shortcut="Alt+D" isDisabled={!mayDecide} onPress={onOpen}>
          Open a determination…
        </Button>
      }
    >
      <DataTable<Determination>
        label={formatCounted(determinations.length, "determination")}
        columns={columns}
        rows={determinations}
        rowKey={({ id }) => id}
        rowText={({ code, modelVersion }) => `${code} ${modelVersion.words}`}
        rowHeight={46}
        height="fill"
        onOpen={(id) => {
          navigate("determination", { id });
        }}
      />
    </Panel>
  );
}

/** Every determination that the member reads: what goes on first; Enter opens one. */
export function DeterminationList(): ReactNode {
  const determinations = useQuery("determinations.list", {});
  const { mayDecide } = useRights();
  const [opens, setOpens] = useState(false);
  const open = (): void => {
    setOpens(true);
  };
  useScreenCommands([
    { id: "determinations.open", words: "Open a determination", shortcut: "Alt+D", isEnabled: mayDecide, run: open },
  ]);
  useStatusHint("↑ ↓ determinations · Enter open · Alt D open a new one");
  return (
    <>
      {determinations.status === "loading" ? <Loading /> : null}
      {determinations.status === "failed" ? <ErrorNote failure={determinations.failure} /> : null}
      {determinations.status === "ready" ? (
        <List determinations={determinations.data} mayDecide={mayDecide} onOpen={open} />
      ) : null}
      {opens ? (
        <OpenDeterminationDialog
          after={null}
          onClose={() => {
            setOpens(false);
          }}
        />
      ) : null}
    </>
  );
}
