import type { ReactElement } from "react";
import { px } from "./chart-parts.ts";

interface ChartTextProps {
  readonly x: number;
  /** Baseline of the first line. */
  readonly y: number;
  readonly fill: string;
  readonly lines: string | readonly string[];
  readonly size?: number;
  readonly weight?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly leading?: number;
}

/** One or more lines of text, each with a place of its own: SVG does not break lines. */
export function ChartText({
  x,
  y,
  fill,
  lines,
  size = 12,
  weight = 400,
  anchor = "start",
  leading = 15,
}: ChartTextProps): ReactElement {
  const list = typeof lines === "string" ? [lines] : lines;
  return (
    <text fill={fill} fontSize={size} fontWeight={weight} textAnchor={anchor}>
      {list.map((line, index) => (
        <tspan key={index} x={px(x)} y={px(y + index * leading)}>
          {line}
        </tspan>
      ))}
    </text>
  );
}
