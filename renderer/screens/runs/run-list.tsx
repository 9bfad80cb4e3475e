import type { ReactNode } from "react";
import { LedgerBar } from "../../charts/ledger-bar.tsx";
import { IntervalBar } from "../../charts/interval-bar.tsx";
import { ledgerBarSummary } from "../../charts/ledger-bar.tsx";
import type { Run } from "../../../electron/contract/evaluation.ts";
import {
  formatCounted,
  formatFraction,
  formatInterval,
  formatIntervalMethods,
  formatRate,
} from "../../../electron/contract/number-text.ts";
import { RunStateTag, Tag, VerdictTag, type TableColumn } from "../../parts/index.ts";
import { dayWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { ListPanel, usePick } from "../../table-view/index.ts";

function ended(run: Run): number {
  return run.ledger.planned - run.ledger.notRun;
}

function Origin({ run }: { readonly run: Run }): ReactNode {
  if (run.origin === "hand") return <Tag>by hand</Tag>;
  const verdict = (["differs", "matches-if-excluded", "matches"] as const).find((one) =>
    run.metrics.some((metric) => metric.verdict === one),
  );
  if (verdict !== undefined) return <VerdictTag verdict={verdict} />;
  return <Tag>no metrics</Tag>;
}

const columns: readonly TableColumn<Run>[] = [
  { id: "code", header: "Run", cell: (run) => run.code, width: 78, isSortable: true, isRowHeader: true },
  {
    id: "benchmark",
    header: "Benchmark and model version",
    cell: (run) => (
      <span className="runs-two-lines">
        <span className="cut">{run.benchmark.title}</span>
        <span className="cut small ink3">{run.modelVersion.words}</span>
      </span>
    ),
    width: "2fr",
    minWidth: 190,
    isSortable: true,
  },
  { id: "state", header: "State", cell: (run) => <RunStateTag state={run.state} />, width: 114, isSortable: true },
  {
    id: "share",
    header: "Attempts",
    cell: (run) => (
      <span className="runs-ledger" title={ledgerBarSummary(run.ledger)}>
        <LedgerBar id={`runs-${run.id}`} title={`Attempts of ${run.code} by state`} ledger={run.ledger} height={6} />
        <span className="small ink2">{formatFraction(ended(run), run.ledger.planned)} ended</span>
      </span>
    ),
    width: 126,
    isSortable: true,
  },
  {
    id: "rate",
    header: "Solve rate",
    cell: (run) => (
      <span className="runs-two-lines">
        <span>{formatRate(run.rate.rate)}</span>
        <span className="small ink3">{formatInterval(run.rate.interval)}</span>
      </span>
    ),
    align: "end",
    width: 118,
    isSortable: true,
  },
  {
    id: "bar",
    header: "0 to 1",
    cell: (run) => (
      <IntervalBar id={`runs-rate-${run.id}`} title={`Solve rate of ${run.code}`} rate={run.rate} width={88} />
    ),
    width: 108,
  },
  { id: "recomputed", header: "Recomputed", cell: (run) => <Origin run={run} />, width: 124, isSortable: true },
  {
    id: "started",
    header: "In the vault",
    cell: (run) => <span className="ink2">{dayWords(run.startedAt)}</span>,
    width: 120,
    isSortable: true,
  },
];

interface RunListProps {
  readonly runs: readonly Run[];
  readonly empty: ReactNode;
}

const newestFirst = { sort: [{ column: "code", descending: true }] };

/** Runs with what became of their attempts and their headline rate; Enter opens one. */
export function RunList({ runs, empty }: RunListProps): ReactNode {
  const pick = usePick(runs);
  return (
    <ListPanel<Run>
      title="Runs"
      table="runs"
      first={newestFirst}
      noun="run"
      placeholder="Run, model, benchmark, log"
      label={(total) => formatCounted(total, "run")}
      columns={columns}
      pick={pick}
      rowText={(run) => `${run.code} ${run.benchmark.title} ${run.modelVersion.words}`}
      rowHeight={46}
      onOpen={(id) => {
        navigate("run", { id });
      }}
      empty={empty}
      foot={({ rows }) => <Ways runs={rows.flatMap((row) => pick(row) ?? [])} />}
    />
  );
}

/** How the intervals in sight were made. */
function Ways({ runs }: { readonly runs: readonly Run[] }): ReactNode {
  const ways = formatIntervalMethods(runs.map((run) => run.rate.interval));
  if (ways === "") return null;
  return (
    <p className="runs-foot small ink3 cut" title={ways}>
      Errors as failures; intervals: {ways}
    </p>
  );
}
