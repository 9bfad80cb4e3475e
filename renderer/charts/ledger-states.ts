import { formatCount, ledgerOrder, ledgerWords } from "../../electron/contract/number-text.ts";
import type { Ledger } from "../../electron/contract/values.ts";
import type { LedgerState } from "./chart-parts.ts";
import type { ChartPalette } from "./palette.ts";

const paints: Readonly<Record<LedgerState, readonly [colour: keyof ChartPalette, opacity: number]>> = {
  solved: ["ok", 1],
  notSolved: ["line2", 1],
  limitReached: ["warn", 1],
  refused: ["review", 1],
  unscored: ["warn", 0.5],
  modelError: ["bad", 0.75],
  infrastructureFault: ["bad", 1],
  invalidated: ["bad", 0.45],
  withheld: ["ink3", 1],
  notRun: ["sunk", 1],
};

export interface LedgerSegment {
  readonly state: LedgerState;
  readonly count: number;
  /** Start and length on the bar, as shares of its length. */
  readonly start: number;
  readonly length: number;
  readonly fill: string;
  readonly opacity: number;
}

/** No state with attempts is drawn thinner than this share of the bar. */
const thinnest = 0.004;

/** The segments of a ledger bar: states with attempts only, together exactly as long as the bar. */
export function ledgerSegments(ledger: Ledger, palette: ChartPalette): LedgerSegment[] {
  const present = ledgerOrder.filter((state) => ledger[state] > 0);
  const planned = present.reduce((sum, state) => sum + ledger[state], 0);
  const lengths = present.map((state) => Math.max(thinnest, ledger[state] / planned));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let start = 0;
  return present.map((state, index) => {
    const length = (lengths[index] ?? 0) / total;
    const [colour, opacity] = paints[state];
    const segment = { state, count: ledger[state], start, length, fill: palette[colour], opacity };
    start += length;
    return segment;
  });
}

/** "43 solved · 61 not solved · 5 limit reached": every state with attempts. */
export function ledgerCounts(ledger: Ledger): string {
  const present = ledgerOrder.filter((state) => ledger[state] > 0);
  return present.map((state) => `${formatCount(ledger[state])} ${ledgerWords[state]}`).join(" · ");
}
