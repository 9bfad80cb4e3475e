import type { ReactNode } from "react";
import type { Anchor } from "../../../electron/contract/journal.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DataTable,
  EmptyState,
  ErrorNote,
  Loading,
  Note,
  Panel,
  showToast,
  Tag,
  type TableColumn,
} from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { minuteWords } from "../../state/time-words.ts";

const kinds: Readonly<Record<Anchor["kind"], string>> = {
  workstation: "This workstation",
  "sealed-report": "Sealed report",
  cosigned: "Cosigner",
  "checkpoint-file": "Kept checkpoint",
  "hand-over": "Hand-over package",
};

const verdicts = {
  agrees: { words: "agrees", tone: "ok", sign: "ok" },
  ahead: { words: "saw more than this", tone: "bad", sign: "fault" },
  parted: { words: "saw another history", tone: "bad", sign: "fault" },
  unsigned: { words: "signed by nobody known", tone: "warn", sign: "unknown" },
} as const;

type Row = Anchor & { readonly key: string };

const columns: readonly TableColumn<Row>[] = [
  { id: "kind", header: "Anchor", cell: (row) => kinds[row.kind], width: 150, isRowHeader: true },
  { id: "source", header: "Which", cell: (row) => <span className="cut">{row.source}</span>, width: "1fr" },
  { id: "at", header: "Seen", cell: (row) => <span className="ink2">{minuteWords(row.at)}</span>, width: 150 },
  { id: "size", header: "Entries", cell: (row) => formatCount(row.size), align: "end", width: 90 },
  {
    id: "root",
    header: "Root",
    cell: (row) => <span className="mono ink2">{`${row.root.slice(0, 8)}…${row.root.slice(-4)}`}</span>,
    width: 140,
  },
  {
    id: "verdict",
    header: "Says",
    cell: ({ verdict }) => (
      <Tag tone={verdicts[verdict].tone} sign={verdicts[verdict].sign}>
        {verdicts[verdict].words}
      </Tag>
    ),
    width: 190,
  },
];

function Summary({ anchors }: { readonly anchors: readonly Anchor[] }): ReactNode {
  const objecting = anchors.filter(({ verdict }) => verdict === "ahead" || verdict === "parted").length;
  if (objecting > 0) {
    return (
      <Note
        tone="bad"
        title={`${formatCount(objecting)} of ${formatCount(anchors.length)} say that this is not the newest`}
      >
        The vault can be read, not written. Find the newer copy, or ask a lead what happened.
      </Note>
    );
  }
  const outside = anchors.filter(({ kind }) => kind !== "workstation").length;
  if (outside > 0) return null;
  return (
    <Note title="Only this workstation vouches for this vault">
      On another workstation an older copy would not be recognised. Keep a cosigned checkpoint elsewhere, or seal a
      report: its readers are witnesses.
    </Note>
  );
}

/** Every anchor that there is, what objects first. */
export function AnchorList(): ReactNode {
  const anchors = useQuery("journal.anchors", {});
  const check = useCommand("journal.checkCheckpoint");
  const compare = async (): Promise<void> => {
    const chosen = await shell().chooseFiles({ title: "A checkpoint that was kept elsewhere", multiple: false });
    const file = chosen.ok ? chosen.value.files[0] : undefined;
    if (file === undefined) return;
    const result = await check.run({ file: file.handle });
    if (!result.ok) return;
    const { verdict, size } = result.value;
    const tone = verdict === "agrees" ? "ok" : "bad";
    showToast({ words: `${file.name}, ${formatCount(size)} entries: ${verdicts[verdict].words}.`, tone });
  };
  if (anchors.status === "failed") return <ErrorNote failure={anchors.failure} />;
  if (anchors.status === "loading") return <Loading words="Asking the anchors" />;
  const rows = anchors.data.map((anchor, place) => ({ ...anchor, key: String(place) }));
  return (
    <>
      <Summary anchors={anchors.data} />
      {check.failure === null ? null : <ErrorNote failure={check.failure} />}
      <Panel
        flush
        fill
        title="Anchors"
        actions={
          <Button size="small" isPending={check.isRunning} onPress={() => void compare()}>
            Compare a kept checkpoint
          </Button>
        }
      >
        <DataTable
          label={`Anchors, ${formatCount(rows.length)}`}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.key}
          height="fill"
          empty={<EmptyState title="Nothing vouches for this vault yet" sign="open" />}
        />
      </Panel>
    </>
  );
}
