import { Group } from "@visx/group";
import { Bar } from "@visx/shape";
import type { ReactElement } from "react";
import { formatCount, ledgerWords, ledgerOrder } from "../../electron/contract/number-text.ts";
import type { Ledger } from "../../electron/contract/values.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { type ChartTable, px } from "./chart-parts.ts";
import { ChartText } from "./chart-text.tsx";
import { ledgerBarSummary } from "./ledger-bar.tsx";
import { ledgerCounts, ledgerSegments } from "./ledger-states.ts";
import { type ChartPalette, screenPalette } from "./palette.ts";
import { fitText, wrapText } from "./text-layout.ts";

export interface LedgerRow {
  readonly id: string;
  readonly label: string;
  readonly ledger: Ledger;
}

interface LedgerChartProps {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly LedgerRow[];
  readonly palette?: ChartPalette;
  readonly width?: number;
}

const barTop = 20;
const barHeight = 10;
const gap = 18;

/** The ledger of several runs, one bar a run, each with its counts in words. */
export function LedgerChart({ id, title, rows, palette = screenPalette, width = 720 }: LedgerChartProps): ReactElement {
  const laid = layOut(rows, width);
  return (
    <ChartFrame
      id={id}
      name="ledger"
      title={title}
      summary={ledgerChartSummary(rows)}
      width={width}
      height={laid.height}
    >
      {laid.rows.map(({ row, top, label, planned, counts }) => (
        <Group key={row.id} top={top} className="ledger-row">
          <ChartText x={0} y={12} fill={palette.ink} weight={600} size={12.5} lines={label} />
          <ChartText x={width} y={12} fill={palette.ink2} anchor="end" lines={planned} />
          <Bar y={barTop} width={width} height={barHeight} fill={palette.sunk} />
          {ledgerSegments(row.ledger, palette).map((segment) => (
            <Bar
              key={segment.state}
              className={`ledger-${segment.state}`}
              x={px(segment.start * width)}
              y={barTop}
              width={px(Math.max(0.5, segment.length * width - 1))}
              height={barHeight}
              fill={segment.fill}
              fillOpacity={segment.opacity}
              {...(segment.state === "notRun" ? { stroke: palette.line2, strokeWidth: 1 } : {})}
            >
              <title>{`${formatCount(segment.count)} ${ledgerWords[segment.state]}`}</title>
            </Bar>
          ))}
          <ChartText x={0} y={barTop + barHeight + 15} fill={palette.ink2} size={11} leading={14} lines={counts} />
        </Group>
      ))}
    </ChartFrame>
  );
}

interface LaidRow {
  readonly row: LedgerRow;
  readonly top: number;
  readonly label: string;
  readonly planned: string;
  readonly counts: string[];
}

function layOut(rows: readonly LedgerRow[], width: number): { rows: LaidRow[]; height: number } {
  let top = 0;
  const laid = rows.map((row): LaidRow => {
    const counts = wrapText(ledgerCounts(row.ledger), width, 11, 3);
    const here = top;
    top += barTop + barHeight + counts.length * 14 + 2 + gap;
    const planned = `${formatCount(row.ledger.planned)} planned`;
    return { row, top: here, label: fitText(row.label, width - 110, 12.5), planned, counts };
  });
  return { rows: laid, height: Math.max(1, top - gap + 2) };
}

export function ledgerChartSummary(rows: readonly LedgerRow[]): string {
  if (rows.length === 0) return "There are no runs.";
  return rows.map((row) => `${row.label}: ${ledgerBarSummary(row.ledger)}`).join(" ");
}

/** One row a run, one column a state. */
export function ledgerChartTable(rows: readonly LedgerRow[]): ChartTable {
  return {
    columns: [
      { key: "run", label: "Run", numeric: false },
      { key: "planned", label: "Planned", numeric: true },
      ...ledgerOrder.map((state) => ({ key: state, label: ledgerWords[state], numeric: true })),
    ],
    rows: rows.map(({ label, ledger }) => [
      label,
      formatCount(ledger.planned),
      ...ledgerOrder.map((state) => formatCount(ledger[state])),
    ]),
  };
}
