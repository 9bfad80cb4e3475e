import type { ReactNode } from "react";
import { LedgerBar } from "../../charts/ledger-bar.tsx";
import { ledgerCounts } from "../../charts/ledger-states.ts";
import type { Run } from "../../../electron/contract/evaluation.ts";
import {
  formatCount,
  formatCounted,
  formatInterval,
  formatIntervalMethod,
  formatRate,
} from "../../../electron/contract/number-text.ts";
import { StatTiles, type Stat } from "../../parts/index.ts";

interface RunTilesProps {
  readonly run: Run;
  readonly onNumbers: () => void;
  readonly onMetrics: () => void;
  readonly onSolved: () => void;
}

/** The verdict over all metrics of a log: the worst that any of them has. */
export function verdictOver(metrics: Run["metrics"]): {
  words: string;
  tone: "ok" | "warn" | "bad" | "plain";
  agreeing: number;
} {
  const agreeing = metrics.filter((metric) => metric.verdict === "matches").length;
  if (metrics.some((metric) => metric.verdict === "differs")) return { words: "differs", tone: "bad", agreeing };
  if (metrics.some((metric) => metric.verdict === "matches-if-excluded"))
    return { words: "matches if excluded", tone: "warn", agreeing };
  if (agreeing > 0) return { words: "matches", tone: "ok", agreeing };
  return { words: "not recomputed", tone: "plain", agreeing };
}

function logTile(run: Run, onMetrics: () => void): Stat {
  const id = "log";
  if (run.log === null)
    return {
      id,
      label: "Origin",
      value: "by hand",
      method: `${formatCount(run.evidence)} evidence ${run.evidence === 1 ? "file" : "files"}`,
    };
  const first = run.metrics.find((metric) => metric.logged !== null);
  if (first === undefined) return { id, label: "Log says", value: "no metrics", method: "nothing to compare" };
  const verdict = verdictOver(run.metrics);
  return {
    id,
    label: `Log says ${String(Number((first.logged ?? 0).toPrecision(6)))}`,
    value: verdict.words,
    tone: verdict.tone,
    method: `${formatCount(verdict.agreeing)} of ${formatCount(run.metrics.length)} metrics`,
    onOpen: onMetrics,
  };
}

function tiles({ run, onNumbers, onMetrics, onSolved }: RunTilesProps): readonly Stat[] {
  const { rate, passAtK } = run;
  const leftOut = run.rates[1]?.rate ?? rate;
  const hasRate = rate.rate !== null;
  return [
    {
      id: "solved",
      label: "Solved at least once",
      value: formatCount(rate.solvedTasks),
      of: formatCount(rate.tasks),
      ...(hasRate ? { onOpen: onSolved } : {}),
    },
    {
      id: "failures",
      label: "Solve rate, errors as failures",
      value: formatRate(rate.rate),
      method: hasRate
        ? `${formatInterval(rate.interval)} ${formatIntervalMethod(rate.interval)}`
        : "no attempt has ended",
      ...(hasRate ? { onOpen: onNumbers } : {}),
    },
    {
      id: "left-out",
      label: "Solve rate, errors left out",
      value: formatRate(leftOut.rate),
      method:
        leftOut.rate === null
          ? "no attempt has ended"
          : `${formatInterval(leftOut.interval)} n = ${formatCount(leftOut.n)}`,
      ...(leftOut.rate === null ? {} : { onOpen: onNumbers }),
    },
    {
      id: "pass",
      label: passAtK === null ? "pass@k" : `pass@${String(passAtK.k)}`,
      value: passAtK === null ? "–" : formatRate(passAtK.value),
      method:
        passAtK === null ? "needs two epochs of every task" : `unbiased, over ${formatCounted(passAtK.n, "task")}`,
      ...(passAtK === null ? {} : { onOpen: onNumbers }),
    },
    logTile(run, onMetrics),
  ];
}

/** The run's headline numbers and its ledger: every planned attempt in exactly one state. */
export function RunTiles(props: RunTilesProps): ReactNode {
  const { run } = props;
  return (
    <>
      <StatTiles label="Headline numbers of the run" stats={tiles(props)} />
      <section className="panel run-every" aria-label="Every planned attempt">
        <div className="run-every-words">
          <h2>Every planned attempt, {formatCount(run.ledger.planned)}</h2>
          <span className="ink2">{ledgerCounts(run.ledger)}</span>
        </div>
        <LedgerBar id="run-ledger" title={`Attempts of ${run.code} by state`} ledger={run.ledger} />
      </section>
    </>
  );
}
