import type { ReactNode } from "react";
import { IntervalBar } from "../../charts/interval-bar.tsx";
import {
  formatCounted,
  formatFraction,
  formatInterval,
  formatIntervalMethods,
  formatPolicyTitle,
  formatRate,
} from "../../../electron/contract/number-text.ts";
import type { PolicyRate } from "../../../electron/contract/values.ts";
import { DataTable, type TableColumn } from "../../parts/index.ts";
import "./denominators.css";

interface RateLine extends PolicyRate {
  readonly id: string;
  readonly words: string;
}

const rateColumns: readonly TableColumn<RateLine>[] = [
  { id: "words", header: "Denominator", cell: (line) => line.words, width: "1fr", minWidth: 270, isRowHeader: true },
  {
    id: "solved",
    header: "Solved / n",
    cell: (line) => formatFraction(line.rate.solved, line.rate.n),
    align: "end",
    width: 92,
  },
  {
    id: "tasks",
    header: "Tasks",
    cell: (line) => formatFraction(line.rate.solvedTasks, line.rate.tasks),
    align: "end",
    width: 76,
  },
  {
    id: "rate",
    header: "Rate",
    cell: (line) => <strong>{formatRate(line.rate.rate)}</strong>,
    align: "end",
    width: 64,
  },
  { id: "interval", header: "Interval", cell: (line) => formatInterval(line.rate.interval), align: "end", width: 116 },
  {
    id: "bar",
    header: "0 to 1",
    cell: (line) => <IntervalBar id={`denominators-${line.id}`} title={line.words} rate={line.rate} width={84} />,
    width: 104,
  },
];

/** How far the four rates lie apart, in one sentence. */
function spreadWords(rates: readonly PolicyRate[]): string {
  const known = rates.flatMap(({ rate }) => (rate.rate === null ? [] : [rate.rate]));
  if (known.length === 0) return "No attempt is in a denominator yet.";
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (low === high) return `All four denominators give ${formatRate(low)}.`;
  return `From ${formatRate(low)} to ${formatRate(high)}, by what the denominator counts.`;
}

interface DenominatorsProps {
  /** Names the table to those who hear it. */
  readonly label: string;
  readonly rates: readonly PolicyRate[];
}

/** One solve rate under each denominator policy, the headline's first, with how its interval was made. */
export function Denominators({ label, rates }: DenominatorsProps): ReactNode {
  const lines = rates.map((one) => {
    const words = formatPolicyTitle(one);
    return { ...one, id: `${one.errors}-${one.invalidated}`, words };
  });
  const made = formatIntervalMethods(rates.map(({ rate }) => rate.interval));
  const tasks = Math.max(...rates.map(({ rate }) => rate.tasks));
  return (
    <div className="denominators">
      <DataTable
        label={label}
        columns={rateColumns}
        rows={lines}
        rowKey={(line) => line.id}
        rowText={(line) => line.words}
      />
      <p className="ink2">
        {spreadWords(rates)} The first is the headline. A rate is the mean over {formatCounted(tasks, "task")}
        {made === "" ? "." : `; intervals: ${made}.`}
      </p>
    </div>
  );
}
