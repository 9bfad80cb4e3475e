import type { ReactNode } from "react";
import { LedgerBar } from "../../charts/ledger-bar.tsx";
import { IntervalBar } from "../../charts/interval-bar.tsx";
import { ledgerBarSummary } from "../../charts/ledger-bar.tsx";
import type { Run } from "../../../electron/contract/evaluation.ts";
import { formatCount, formatFraction, formatInterval, formatRate } from "../../../electron/contract/number-text.ts";
import { DataTable, RunStateTag, Tag, VerdictTag, type TableColumn, type TableSort } from "../../parts/index.ts";
import { dayWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";

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
    id: "what",
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
    id: "ended",
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
  { id: "origin", header: "Recomputed", cell: (run) => <Origin run={run} />, width: 124, isSortable: true },
  {
    id: "started",
    header: "In the vault",
    cell: (run) => <span className="ink2">{dayWords(run.startedAt)}</span>,
    width: 120,
    isSortable: true,
  },
];

const sortValues: Readonly<Record<string, (run: Run) => string | number>> = {
  code: (run) => run.code,
  what: (run) => `${run.benchmark.title} ${run.modelVersion.words}`.toLowerCase(),
  state: (run) => run.state,
  ended: (run) => (run.ledger.planned === 0 ? 0 : ended(run) / run.ledger.planned),
  rate: (run) => run.rate.rate ?? -1,
  origin: (run) => `${run.origin} ${run.metrics.some((metric) => metric.verdict === "differs") ? "a" : "b"}`,
  started: (run) => run.startedAt,
};

/** Runs in the order that was asked for. */
export function sortRuns(runs: readonly Run[], { column, descending }: TableSort): readonly Run[] {
  const value = sortValues[column] ?? ((run: Run) => run.code);
  const sign = descending ? -1 : 1;
  return [...runs].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === right) return a.code < b.code ? 1 : -1;
    return left < right ? -sign : sign;
  });
}

interface RunTableProps {
  readonly runs: readonly Run[];
  readonly sort: TableSort;
  readonly onSort: (sort: TableSort) => void;
  readonly empty: ReactNode;
}

/** Runs with what became of their attempts and their headline rate; Enter opens one. */
export function RunTable({ runs, sort, onSort, empty }: RunTableProps): ReactNode {
  return (
    <DataTable
      label={`${formatCount(runs.length)} runs`}
      columns={columns}
      rows={sortRuns(runs, sort)}
      rowKey={(run) => run.id}
      rowText={(run) => `${run.code} ${run.benchmark.title} ${run.modelVersion.words}`}
      rowHeight={46}
      height="fill"
      sort={sort}
      onSort={onSort}
      onOpen={(id) => {
        navigate("run", { id });
      }}
      empty={empty}
    />
  );
}
