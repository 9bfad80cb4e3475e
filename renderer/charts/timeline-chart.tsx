import { Line } from "@visx/shape";
import type { ReactElement } from "react";
import { ChartFrame } from "./chart-frame.tsx";
import { px } from "./chart-parts.ts";
import { ChartText } from "./chart-text.tsx";
import { screenPalette, type ChartPalette } from "./palette.ts";
import { fitText, thinLabels } from "./text-layout.ts";

/** A stretch of time, or a point where it has no end. Times in ms since 1970. */
export interface TimelineBar {
  readonly id: string;
  readonly label: string;
  /** What it is called in the chart's second line: whose it is, until when. */
  readonly detail: string;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly state: "ahead" | "running" | "over" | "overdue" | "done";
}

export interface TimelinePlan {
  readonly bars: readonly TimelineBar[];
  readonly now: number;
}

const rowHeight = 38;
const headHeight = 26;
const labelWidth = 260;
const day = 86_400_000;

/** Whole months that a stretch of time touches: the first day of each, UTC, with its words. */
function monthsOf(from: number, to: number): { at: number; words: string }[] {
  const first = new Date(from);
  const months: { at: number; words: string }[] = [];
  for (let month = 0; month < 1_200; month += 1) {
    const at = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1);
    if (at > to) break;
    if (at >= from) months.push({ at, words: new Date(at).toISOString().slice(0, 7) });
  }
  return months;
}

/** From when to when the chart goes: all of it, today, and some days around. */
function spanOf({ bars, now }: TimelinePlan): { from: number; to: number } {
  const starts = bars.map(({ startsAt }) => startsAt);
  const ends = bars.map(({ startsAt, endsAt }) => endsAt ?? startsAt);
  const from = Math.min(now, ...starts);
  const to = Math.max(now, ...ends);
  const around = Math.max(3 * day, (to - from) * 0.04);
  return { from: from - around, to: to + around };
}

function colourOf({ state }: TimelineBar, palette: ChartPalette): string {
  if (state === "overdue") return palette.bad;
  if (state === "running") return palette.accent;
  return state === "done" ? palette.ok : palette.ink3;
}

interface BarProps {
  readonly bar: TimelineBar;
  readonly y: number;
  readonly x: (at: number) => number;
  readonly now: number;
  readonly palette: ChartPalette;
}

/** A stretch is a bar, open at its end while nothing ended it; a point is a diamond. */
function Bar({ bar, y, x, now, palette }: BarProps): ReactElement {
  const colour = colourOf(bar, palette);
  const middle = y + rowHeight / 2;
  const left = x(bar.startsAt);
  if (bar.endsAt === null && bar.state !== "running") {
    const points = [
      [left, middle - 6],
      [left + 6, middle],
      [left, middle + 6],
      [left - 6, middle],
    ];
    const isFilled = bar.state === "overdue" || bar.state === "done";
    return (
      <polygon
        points={points.map(([a = 0, b = 0]) => `${String(px(a))},${String(px(b))}`).join(" ")}
        fill={isFilled ? colour : palette.panel}
        stroke={colour}
        strokeWidth={1.5}
      />
    );
  }
  const right = x(bar.endsAt ?? now);
  return (
    <rect
      x={px(left)}
      y={px(middle - 6)}
      width={px(Math.max(3, right - left))}
      height={12}
      rx={2}
      fill={bar.state === "over" || bar.state === "ahead" ? palette.sunk : colour}
      stroke={colour}
    />
  );
}

interface TimelineChartProps {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly plan: TimelinePlan;
  /** In pixels. */
  readonly width: number;
  readonly palette?: ChartPalette;
}

/** What has a time, one line each, along the months; today is a line through all of them. */
export function TimelineChart(props: TimelineChartProps): ReactElement {
  const { id, title, summary, plan, width, palette = screenPalette } = props;
  const { from, to } = spanOf(plan);
  const right = width - 12;
  const x = (at: number): number => labelWidth + ((at - from) / (to - from)) * (right - labelWidth);
  const bottom = headHeight + plan.bars.length * rowHeight;
  const months = monthsOf(from, to).map(({ at, words }) => ({ at: x(at), words }));
  const today = x(plan.now);
  return (
    <ChartFrame id={id} name="timeline" title={title} summary={summary} width={width} height={bottom + 22}>
      {thinLabels(months, 11, labelWidth, right).map(({ at, words }) => (
        <ChartText key={words} x={at} y={14} fill={palette.ink3} size={11} anchor="middle" lines={words} />
      ))}
      {months.map(({ at, words }) => (
        <Line key={words} x1={px(at)} x2={px(at)} y1={headHeight - 6} y2={bottom} stroke={palette.line} />
      ))}
      {plan.bars.map((bar, line) => {
        const y = headHeight + line * rowHeight;
        return (
          <g key={bar.id}>
            <Line x1={0} x2={width} y1={y} y2={y} stroke={palette.line} />
            <ChartText x={0} y={y + 16} fill={palette.ink} lines={fitText(bar.label, labelWidth - 16, 12)} />
            <ChartText
              x={0}
              y={y + 31}
              fill={palette.ink3}
              size={11}
              lines={fitText(bar.detail, labelWidth - 16, 11)}
            />
            <Bar bar={bar} y={y} x={x} now={plan.now} palette={palette} />
          </g>
        );
      })}
      <Line x1={px(today)} x2={px(today)} y1={headHeight - 6} y2={bottom} stroke={palette.ink} strokeDasharray="3 3" />
      <ChartText x={today} y={bottom + 15} fill={palette.ink2} size={11} anchor="middle" lines="today" />
    </ChartFrame>
  );
}
