import type { ReactNode } from "react";
import type { HandedRun, HandoverPreview, Newness } from "../../../electron/contract/handover.ts";
import { formatCount, formatCounted, formatFraction } from "../../../electron/contract/number-text.ts";
import {
  DataTable,
  DescriptionList,
  EmptyState,
  MarkingTag,
  Note,
  Panel,
  RunStateTag,
  type Described,
  type TableColumn,
} from "../../parts/index.ts";
import { byteWords } from "../../state/progress-words.ts";
import { minuteWords } from "../../state/time-words.ts";
import { kindWords, NewnessTag } from "./words.tsx";

const checkpointWords: Readonly<Record<HandoverPreview["checkpoint"]["standing"], string>> = {
  first: "the first seen of that vault",
  same: "seen before",
  continued: "proved to continue what was seen before",
  unproved: "others were seen before, and nothing proves that this continues them",
};

/** "2 new, 1 changed, 4 known". */
function newnessWords(all: readonly { readonly newness: Newness }[]): string {
  const counts = (["new", "changed", "known"] as const).flatMap((newness) => {
    const count = all.filter((one) => one.newness === newness).length;
    return count === 0 ? [] : [`${formatCount(count)} ${newness}`];
  });
  return counts.length === 0 ? "none" : counts.join(", ");
}

function facts(preview: HandoverPreview): readonly Described[] {
  const { events, evidence, checkpoint } = preview;
  return [
    { term: "Carries", value: `${kindWords[preview.kind]}, packed ${minuteWords(preview.packedAt)}` },
    { term: "Marked", value: <MarkingTag marking={preview.marking} /> },
    { term: "Events", value: `${formatCount(events.new)} new, ${formatCount(events.known)} known` },
    { term: "Evidence to keep", value: `${formatCounted(evidence.files, "file")}, ${byteWords(evidence.bytes)}` },
    { term: "Campaigns", value: newnessWords(preview.campaigns) },
    { term: "Benchmarks", value: newnessWords(preview.benchmarks) },
    { term: "Models", value: newnessWords(preview.models) },
    {
      term: "Their journal",
      value: (
        <>
          {`${formatCounted(checkpoint.size, "entry", "entries")}, ${checkpointWords[checkpoint.standing]} `}
          <span className="mono ink3 handover-root">{`${checkpoint.root.slice(0, 8)}…${checkpoint.root.slice(-4)}`}</span>
        </>
      ),
    },
  ];
}

/** What the package is, in a few facts. */
export function PackageFacts({ preview }: { readonly preview: HandoverPreview }): ReactNode {
  return (
    <Panel title="What is in it" hint={`from the vault “${preview.vault.name}”`}>
      <DescriptionList items={facts(preview)} />
    </Panel>
  );
}

const runColumns: readonly TableColumn<HandedRun>[] = [
  {
    id: "code",
    header: "Run",
    cell: (run) => run.code ?? <span className="ink3">not here</span>,
    width: 92,
    isRowHeader: true,
  },
  {
    id: "what",
    header: "Benchmark and model version",
    cell: (run) => (
      <span className="handover-two-lines">
        <span className="cut">{run.benchmark}</span>
        <span className="cut small ink3">{run.model}</span>
      </span>
    ),
    width: "2fr",
    minWidth: 190,
  },
  {
    id: "campaign",
    header: "Campaign",
    cell: (run) => <span className="cut ink2">{run.campaign ?? "none"}</span>,
    width: "1fr",
  },
  { id: "newness", header: "Here", cell: (run) => <NewnessTag newness={run.newness} />, width: 104 },
  { id: "events", header: "New events", cell: (run) => formatCount(run.newEvents), align: "end", width: 104 },
  {
    id: "attempts",
    header: "Ended after it",
    cell: (run) => formatFraction(run.run, run.planned),
    align: "end",
    width: 124,
  },
  { id: "state", header: "State after it", cell: (run) => <RunStateTag state={run.state} />, width: 126 },
  {
    id: "twin",
    header: "Same log as",
    cell: (run) => (run.sameLogAs === null ? "" : <span className="tone-warn">{run.sameLogAs}</span>),
    width: 104,
  },
];

interface PackageRunsProps {
  readonly preview: HandoverPreview;
  /** Opens a run, where they are in the vault by now. */
  readonly onOpen?: ((id: string) => void) | undefined;
}

/** The runs it carries, with what would become of each, or became of it. */
export function PackageRuns({ preview, onOpen }: PackageRunsProps): ReactNode {
  const { runs } = preview;
  const twins = runs.filter(({ sameLogAs }) => sameLogAs !== null).length;
  return (
    <Panel title="Runs" hint={newnessWords(runs)} flush>
      <DataTable
        label={`Runs of the package, ${formatCount(runs.length)}`}
        columns={runColumns}
        rows={runs}
        rowKey={(run) => run.id}
        rowText={(run) => `${run.benchmark} ${run.model}`}
        rowHeight={46}
        maxRows={8}
        onOpen={onOpen}
        empty={
          <EmptyState title="It carries no run">A plan comes alone; runs come back when it was measured.</EmptyState>
        }
      />
      {twins === 0 ? null : (
        <p className="small ink2 handover-foot">
          {`${formatCounted(twins, "run")} came from the same log as a run that is here: both are kept, one is counted.`}
        </p>
      )}
    </Panel>
  );
}

type Held = HandoverPreview["heldBack"][number] & { readonly key: string };

const heldColumns: readonly TableColumn<Held>[] = [
  {
    id: "type",
    header: "Event",
    cell: (held) => <span className="mono">{held.type}</span>,
    width: 190,
    isRowHeader: true,
  },
  { id: "about", header: "About", cell: (held) => <span className="cut ink2">{held.about ?? "–"}</span>, width: 130 },
  {
    id: "why",
    header: "Why",
    cell: (held) => (
      <span className="cut" title={held.reason}>
        {held.reason}
      </span>
    ),
    width: "1fr",
  },
  { id: "by", header: "By", cell: (held) => <span className="cut ink2">{held.by}</span>, width: 130 },
  { id: "at", header: "At", cell: (held) => <span className="ink2">{minuteWords(held.at)}</span>, width: 150 },
];

interface HeldBackProps {
  readonly preview: HandoverPreview;
  readonly isDone: boolean;
}

/** What does not go in as things stand here, or did not. */
export function HeldBack({ preview, isDone }: HeldBackProps): ReactNode {
  const rows = preview.heldBack.map((held, place): Held => ({ ...held, key: String(place) }));
  if (rows.length === 0) return null;
  return (
    <>
      <Note
        tone="warn"
        title={`${formatCounted(rows.length, "event")} ${isDone ? (rows.length === 1 ? "was" : "were") : "would be"} held back`}
      >
        What does not fit what is recorded here stays out, the rest goes in. Receiving the package again later takes it,
        once it fits.
      </Note>
      <Panel title="Held back" flush>
        <DataTable
          label={`Held back, ${formatCount(rows.length)}`}
          columns={heldColumns}
          rows={rows}
          rowKey={(row) => row.key}
          maxRows={6}
        />
      </Panel>
    </>
  );
}
