import type { ReactNode } from "react";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import type { Overview } from "../../../electron/contract/overview.ts";
import { DataTable, Panel, type TableColumn } from "../../parts/index.ts";
import { navigate } from "../../state/view.ts";
import { Due } from "../campaigns/due.tsx";

type Assigned = Overview["assignments"][number];

function keyOf({ campaign, modelVersionId, benchmarkId }: Assigned): string {
  return JSON.stringify([campaign.id, modelVersionId, benchmarkId]);
}

const columns: readonly TableColumn<Assigned>[] = [
  {
    id: "what",
    header: "Benchmark and model version",
    cell: (one) => (
      <span className="overview-two-lines">
        <span className="cut">{one.benchmark}</span>
        <span className="cut small ink3">{one.modelVersion}</span>
      </span>
    ),
    width: "1.7fr",
    minWidth: 180,
    isRowHeader: true,
  },
  {
    id: "campaign",
    header: "Campaign",
    cell: (one) => (
      <span className="cut ink2" title={one.campaign.name}>
        {one.campaign.name}
      </span>
    ),
    width: "1.2fr",
    minWidth: 110,
  },
  {
    id: "left",
    header: "Not run",
    cell: (one) => `${formatCount(one.notRun)} / ${formatCount(one.planned)}`,
    align: "end",
    width: 96,
  },
  { id: "due", header: "Due", cell: (one) => <Due dueAt={one.dueAt} />, width: 152 },
];

/** What the member is to run of the plans, the next due first; nothing where that is nothing. */
export function Assignments({ assignments }: { readonly assignments: readonly Assigned[] }): ReactNode {
  if (assignments.length === 0) return null;
  return (
    <Panel title="Yours to run" hint={`${formatCounted(assignments.length, "cell")} with attempts left`} flush>
      <DataTable
        label="Yours to run"
        columns={columns}
        rows={assignments}
        rowKey={keyOf}
        rowText={(one) => `${one.benchmark}, ${one.modelVersion}`}
        rowHeight={46}
        maxRows={6}
        onOpen={(key) => {
          const found = assignments.find((one) => keyOf(one) === key);
          if (found === undefined) return;
          const { campaign, modelVersionId, benchmarkId } = found;
          navigate("campaign", { id: campaign.id, model: modelVersionId, benchmark: benchmarkId });
        }}
      />
    </Panel>
  );
}
