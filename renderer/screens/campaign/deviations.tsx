import type { ReactNode } from "react";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import {
  deviationKindWords,
  deviationSeverities,
  type Campaign,
  type Deviation,
  type DeviationSeverity,
} from "../../../electron/contract/planning.ts";
import { DataTable, DoorLink, EmptyState, Tag, type SignName, type TableColumn, type Tone } from "../../parts/index.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";

const looks: Readonly<Record<DeviationSeverity, { readonly tone: Tone; readonly sign: SignName }>> = {
  serious: { tone: "bad", sign: "warn" },
  notable: { tone: "warn", sign: "warn" },
  slight: { tone: "plain", sign: "info" },
};

interface Line extends Deviation {
  readonly key: string;
}

function openRun(id: string): void {
  navigate("run", { id });
}

function Place({ line }: { readonly line: Line }): ReactNode {
  const { run, where } = line;
  return (
    <span className="deviation-two">
      {run === null ? null : (
        <DoorLink
          onPress={() => {
            openRun(run.id);
          }}
        >
          {run.code}
        </DoorLink>
      )}
      <span className="ink2 deviation-words" title={where}>
        {where === "" ? "the whole plan" : where}
      </span>
    </span>
  );
}

const columns: readonly TableColumn<Line>[] = [
  {
    id: "severity",
    header: "Severity",
    cell: ({ severity }) => (
      <Tag tone={looks[severity].tone} sign={looks[severity].sign}>
        {severity}
      </Tag>
    ),
    width: 104,
  },
  {
    id: "what",
    header: "Deviation",
    cell: ({ kind, what }) => (
      <span className="deviation-two">
        <strong>{deviationKindWords[kind]}</strong>
        <span className="ink2 deviation-words" title={what}>
          {what}
        </span>
      </span>
    ),
    width: "2fr",
    minWidth: 260,
    isRowHeader: true,
  },
  { id: "where", header: "Run and cell", cell: (line) => <Place line={line} />, width: "1.2fr", minWidth: 190 },
  { id: "since", header: "Since", cell: ({ since }) => minuteWords(since), width: 148 },
];

/** "2 serious, 1 slight". */
export function severityWords(deviations: readonly Deviation[]): string {
  return deviationSeverities
    .map((severity) => ({ severity, count: deviations.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${String(count)} ${severity}`)
    .join(", ");
}

/** Where what was done departs from the registered plan; Enter on a row, or its door, leads to the run. */
export function Deviations({
  campaign,
  deviations,
}: {
  readonly campaign: Campaign;
  readonly deviations: readonly Deviation[];
}): ReactNode {
  if (campaign.registered === null) {
    return (
      <EmptyState title="The plan is not registered">
        Deviations are from a registered plan. Register it before the first result, and everything that departs from it
        is listed here by itself.
      </EmptyState>
    );
  }
  if (deviations.length === 0) {
    return (
      <EmptyState title="No deviation">
        Every run of this campaign is as it was planned: models, benchmark versions, tasks, epochs, settings and times.
      </EmptyState>
    );
  }
  const lines = deviations.map((one, place) => ({ ...one, key: String(place) }));
  return (
    <DataTable
      label={`${formatCounted(deviations.length, "deviation")} from the registered plan of ${campaign.name}`}
      columns={columns}
      rows={lines}
      rowKey={(line) => line.key}
      rowText={(line) => `${line.severity}: ${deviationKindWords[line.kind]} ${line.run?.code ?? line.where}`}
      rowHeight={64}
      height="fill"
      onOpen={(key) => {
        const run = lines.find((line) => line.key === key)?.run ?? null;
        if (run !== null) openRun(run.id);
      }}
    />
  );
}
