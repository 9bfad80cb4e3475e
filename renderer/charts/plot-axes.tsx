import { AxisBottom, AxisLeft } from "@visx/axis";
import { Line } from "@visx/shape";
import type { ReactElement } from "react";
import { px } from "./chart-parts.ts";
import { ChartText } from "./chart-text.tsx";
import type { ChartPalette } from "./palette.ts";
import type { AxisScale } from "./plot-axis.ts";
import type { PlacedTick } from "./plot.ts";

export const tickSize = 11;

/** Room of a plot inside its frame, in pixels. */
export interface PlotRoom {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface AxisProps {
  readonly scale: AxisScale;
  readonly ticks: readonly PlacedTick[];
  readonly label: string;
  readonly room: PlotRoom;
  readonly palette: ChartPalette;
}

function wordsOf(ticks: readonly PlacedTick[], value: number): string {
  return ticks.find((tick) => tick.value === value)?.words ?? "";
}

/** The lying axis: its line, ticks with their words, and below them what it measures. */
export function LyingAxis({ scale, ticks, label, room, palette }: AxisProps): ReactElement {
  return (
    <>
      <AxisBottom
        scale={scale.scale}
        top={room.bottom}
        tickValues={ticks.map(({ value }) => value)}
        tickFormat={(value) => wordsOf(ticks, Number(value))}
        tickLength={4}
        stroke={palette.line2}
        tickStroke={palette.line2}
        tickComponent={({ x, formattedValue }) => (
          <ChartText x={x} y={17} fill={palette.ink3} size={tickSize} anchor="middle" lines={formattedValue ?? ""} />
        )}
      />
      <ChartText
        x={(room.left + room.right) / 2}
        y={room.bottom + 35}
        fill={palette.ink3}
        size={tickSize}
        anchor="middle"
        lines={label}
      />
    </>
  );
}

/** The upright axis: a line across the plot at each tick, and above them what it measures. */
export function UprightAxis({ scale, ticks, label, room, palette }: AxisProps): ReactElement {
  return (
    <>
      {ticks.map(({ at }) => (
        <Line key={at} x1={room.left} x2={px(room.right)} y1={at} y2={at} stroke={palette.line} />
      ))}
      <AxisLeft
        scale={scale.scale}
        left={room.left}
        tickValues={ticks.map(({ value }) => value)}
        tickFormat={(value) => wordsOf(ticks, Number(value))}
        hideAxisLine
        hideTicks
        tickComponent={({ y, formattedValue }) => (
          <ChartText x={-8} y={y + 4} fill={palette.ink3} size={tickSize} anchor="end" lines={formattedValue ?? ""} />
        )}
      />
      <ChartText x={0} y={room.top - 15} fill={palette.ink3} size={tickSize} lines={label} />
    </>
  );
}
