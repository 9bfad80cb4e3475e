import type { ReactNode } from "react";
import { ledgerBarTable } from "../../charts/ledger-bar.tsx";
import { IntervalBar } from "../../charts/interval-bar.tsx";
import type { Run } from "../../../electron/contract/evaluation.ts";
import {
  formatFraction,
  formatInterval,
  formatIntervalMethod,
  formatRate,
} from "../../../electron/contract/number-text.ts";
import type { Rate } from "../../../electron/contract/values.ts";
import { Button, DataTable, Dialog, VerdictTag, type TableColumn } from "../../parts/index.ts";

interface RateLine {
  readonly id: string;
  readonly words: string;
  readonly rate: Rate;
}

const rateColumns: readonly TableColumn<RateLine>[] = [
  { id: "words", header: "Denominator", cell: (line) => line.words, width: "1fr", minWidth: 150, isRowHeader: true },
  {
    id: "solved",
    header: "Solved / n",
    cell: (line) => formatFraction(line.rate.solved, line.rate.n),
    align: "end",
    width: 96,
  },
  {
    id: "tasks",
    header: "Tasks",
    cell: (line) => formatFraction(line.rate.solvedTasks, line.rate.tasks),
    align: "end",
    width: 82,
  },
  { id: "rate", header: "Rate", cell: (line) => formatRate(line.rate.rate), align: "end", width: 70 },
  { id: "interval", header: "Interval", cell: (line) => formatInterval(line.rate.interval), align: "end", width: 120 },
  {
    id: "method",
    header: "How it was made",
    cell: (line) => <span className="ink2 cut">{formatIntervalMethod(line.rate.interval)}</span>,
    width: 196,
  },
  {
    id: "bar",
    header: "0 to 1",
    cell: (line) => <IntervalBar id={`run-numbers-${line.id}`} title={line.words} rate={line.rate} width={84} />,
    width: 108,
  },
];

/** What the run's rates were made of: numerator, denominator, tasks, interval and method; and the whole ledger. */
export function NumbersDialog({ run, onClose }: { readonly run: Run; readonly onClose: () => void }): ReactNode {
  const lines: readonly RateLine[] = [
    { id: "failures", words: "Errors as failures", rate: run.rate },
    { id: "left-out", words: "Errors left out", rate: run.rateErrorsLeftOut },
  ];
  const ledger = ledgerBarTable(run.ledger);
  return (
    <Dialog title={`How the numbers of ${run.code} were made`} isOpen onClose={onClose} size="large">
      <DataTable
        label="Solve rates by denominator"
        columns={rateColumns}
        rows={lines}
        rowKey={(line) => line.id}
        rowText={(line) => line.words}
      />
      <p className="ink2">
        Invalidated, withheld and not-run attempts are in neither denominator. Errors are unscored attempts, model
        errors and infrastructure faults. pass@k is the unbiased estimate from {String(run.epochs)}{" "}
        {run.epochs === 1 ? "epoch" : "epochs"}.
      </p>
      <table className="run-ledger">
        <caption className="visually-hidden">Every planned attempt by state</caption>
        <tbody>
          {ledger.rows.map(([state, count]) => (
            <tr key={state}>
              <th scope="row">{state}</th>
              <td className="num">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}

type Metric = Run["metrics"][number];

function metricText(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(8)));
}

const metricColumns: readonly TableColumn<Metric & { readonly key: string }>[] = [
  {
    id: "metric",
    header: "Metric",
    cell: (metric) => (
      <span className="mono cut">
        {metric.reducer === null ? metric.metric : `${metric.metric} / ${metric.reducer}`}
      </span>
    ),
    width: "1fr",
    minWidth: 150,
    isRowHeader: true,
  },
  { id: "scorer", header: "Scorer", cell: (metric) => <span className="mono cut">{metric.scorer}</span>, width: 130 },
  { id: "logged", header: "Log says", cell: (metric) => metricText(metric.logged), align: "end", width: 104 },
  { id: "recomputed", header: "Recomputed", cell: (metric) => metricText(metric.recomputed), align: "end", width: 104 },
  { id: "verdict", header: "Verdict", cell: (metric) => <VerdictTag verdict={metric.verdict} />, width: 164 },
  {
    id: "reason",
    header: "Why",
    cell: (metric) => (
      <span className="ink2 cut" title={metric.reason ?? undefined}>
        {metric.reason ?? ""}
      </span>
    ),
    width: "1.4fr",
    minWidth: 120,
  },
];

/** Each metric of the log beside the same metric computed again from its samples, with the verdict and its reason. */
export function MetricsTable({ metrics }: { readonly metrics: Run["metrics"] }): ReactNode {
  const rows = metrics.map((metric, index) => ({ ...metric, key: String(index) }));
  return (
    <DataTable
      label="Metrics of the log, recomputed"
      columns={metricColumns}
      rows={rows}
      rowKey={(metric) => metric.key}
      rowText={(metric) => metric.metric}
      maxRows={12}
      empty="The log states no metrics."
    />
  );
}

/** What the log says of itself, and what came out when it was computed again. */
export function MetricsDialog({ run, onClose }: { readonly run: Run; readonly onClose: () => void }): ReactNode {
  const reasons = run.metrics.filter((metric) => metric.reason !== null);
  return (
    <Dialog
      title={`Metrics of ${run.log?.fileName ?? run.code}, recomputed`}
      isOpen
      onClose={onClose}
      size="large"
      actions={<Button onPress={onClose}>Close</Button>}
    >
      <MetricsTable metrics={run.metrics} />
      {reasons.map((metric, index) => (
        <p key={String(index)} className="ink2 small">
          <span className="mono">{metric.metric}</span>: {metric.reason}
        </p>
      ))}
      <p className="ink3 small">
        Every metric is computed again from the log’s samples; a difference of more than one in a billion is shown.
      </p>
    </Dialog>
  );
}
