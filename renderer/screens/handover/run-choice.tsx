import type { ReactNode } from "react";
import type { Run } from "../../../electron/contract/evaluation.ts";
import { formatCount, formatFraction } from "../../../electron/contract/number-text.ts";
import { DataTable, EmptyState, RunStateTag, type TableColumn } from "../../parts/index.ts";

const columns: readonly TableColumn<Run>[] = [
  { id: "code", header: "Run", cell: (run) => run.code, width: 78, isRowHeader: true },
  {
    id: "what",
    header: "Benchmark and model version",
    cell: (run) => (
      <span className="handover-two-lines">
        <span className="cut">{run.benchmark.title}</span>
        <span className="cut small ink3">{run.modelVersion.words}</span>
      </span>
    ),
    width: "1fr",
  },
  { id: "state", header: "State", cell: (run) => <RunStateTag state={run.state} />, width: 114 },
  {
    id: "ended",
    header: "Ended",
    cell: (run) => formatFraction(run.ledger.planned - run.ledger.notRun, run.ledger.planned),
    align: "end",
    width: 100,
  },
];

interface RunChoiceProps {
  readonly runs: readonly Run[];
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  readonly error: string | null;
}

/** Which runs go along. */
export function RunChoice({ runs, chosen, onChange, error }: RunChoiceProps): ReactNode {
  return (
    <div className="stack close">
      <span className="field-label">
        Runs{" "}
        <span className="optional">
          {chosen.length === 0 ? "click or press Space on those that go along" : `${formatCount(chosen.length)} chosen`}
        </span>
      </span>
      <div className="handover-runs">
        <DataTable
          label="Runs to hand over"
          columns={columns}
          rows={runs}
          rowKey={(run) => run.id}
          rowText={(run) => `${run.code} ${run.benchmark.title}`}
          rowHeight={46}
          maxRows={5}
          selection="multiple"
          selected={chosen}
          onSelect={onChange}
          empty={<EmptyState title="There is no run here" />}
        />
      </div>
      {error === null ? null : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
