import type { ReactNode } from "react";
import { ledgerBarTable } from "../../charts/ledger-bar.tsx";
import type { Run } from "../../../electron/contract/evaluation.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, DataTable, Dialog, VerdictTag, type TableColumn } from "../../parts/index.ts";
import { Denominators } from "./denominators.tsx";

/** What the run's rates were made of: each denominator, its interval, method and unit; and the whole ledger. */
export function NumbersDialog({ run, onClose }: { readonly run: Run; readonly onClose: () => void }): ReactNode {
  const ledger = ledgerBarTable(run.ledger);
  return (
    <Dialog title={`How the numbers of ${run.code} were made`} isOpen onClose={onClose} size="large">
      <Denominators label="Solve rates by denominator" rates={run.rates} />
      <p className="ink2">
        Errors are unscored attempts, model errors and infrastructure faults. Withheld and not-run attempts are in no
        denominator. pass@k is the unbiased estimate from {formatCounted(run.epochs, "epoch")}, under the headline’s
        denominator.
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
