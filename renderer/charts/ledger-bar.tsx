import type { ReactElement } from "react";
import { formatCount, ledgerWords, ledgerOrder } from "../../electron/contract/number-text.ts";
import type { Ledger } from "../../electron/contract/values.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { type ChartTable, px } from "./chart-parts.ts";
import { ledgerCounts, ledgerSegments } from "./ledger-states.ts";
import { type ChartPalette, screenPalette } from "./palette.ts";

interface LedgerBarProps {
  readonly id: string;
  readonly title: string;
  readonly ledger: Ledger;
  readonly palette?: ChartPalette;
  readonly height?: number;
}

/**
 * Every planned attempt by state, as one bar as wide as its container. The words and counts (`ledgerBarSummary`) stand
 * beside it on the screen: the bar alone says nothing by colour that is not said there.
 */
export function LedgerBar({ id, title, ledger, palette = screenPalette, height = 10 }: LedgerBarProps): ReactElement {
  const percent = (share: number): string => `${String(px(share * 100))}%`;
  return (
    <ChartFrame id={id} name="ledger-bar" title={title} summary={ledgerBarSummary(ledger)} width="fill" height={height}>
      <rect width="100%" height={height} rx={3} fill={palette.sunk} />
      {ledgerSegments(ledger, palette).map((segment) => (
        <g key={segment.state} className={`ledger-${segment.state}`}>
          <rect
            x={percent(segment.start)}
            width={percent(segment.length)}
            height={height}
            fill={segment.fill}
            fillOpacity={segment.opacity}
          />
          {segment.start > 0 ? (
            <rect x={percent(segment.start)} width={1} height={height} fill={palette.panel} />
          ) : null}
        </g>
      ))}
    </ChartFrame>
  );
}

/** "120 planned attempts: 43 solved · 61 not solved · …" */
export function ledgerBarSummary(ledger: Ledger): string {
  if (ledger.planned === 0) return "No attempts are planned.";
  const noun = ledger.planned === 1 ? "planned attempt" : "planned attempts";
  return `${formatCount(ledger.planned)} ${noun}: ${ledgerCounts(ledger)}.`;
}

/** One row a state, zeros included, and the total. */
export function ledgerBarTable(ledger: Ledger): ChartTable {
  return {
    columns: [
      { key: "state", label: "State", numeric: false },
      { key: "attempts", label: "Attempts", numeric: true },
    ],
    rows: [
      ...ledgerOrder.map((state) => [ledgerWords[state], formatCount(ledger[state])]),
      ["planned", formatCount(ledger.planned)],
    ],
  };
}
