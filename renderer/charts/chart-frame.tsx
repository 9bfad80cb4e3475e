import type { ReactElement, ReactNode } from "react";
import { px } from "./chart-parts.ts";

/** The type of charts: the app's own where it is installed, and what the system has. */
export const chartFont = "'Inter Variable', Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

interface ChartFrameProps {
  /** Unique on its page; the ids of title and description are made from it. */
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** What the chart shows, in one or two sentences. */
  readonly summary: string;
  /** In pixels; "fill": as wide as its container, drawn in shares of it. */
  readonly width: number | "fill";
  readonly height: number;
  /** Holds marks that take the focus: then it is a group of them and not one picture. */
  readonly isWalked?: boolean;
  readonly children: ReactNode;
}

/** The `svg` element of every chart: named and described for assistive technology, and a complete file by itself. */
export function ChartFrame(props: ChartFrameProps): ReactElement {
  const { id, name, title, summary, width, height, isWalked = false, children } = props;
  const size =
    width === "fill"
      ? { width: "100%", height: px(height) }
      : { width: px(width), height: px(height), viewBox: `0 0 ${String(px(width))} ${String(px(height))}` };
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      className={`chart chart-${name}`}
      role={isWalked ? "group" : "img"}
      aria-labelledby={`${id}-title ${id}-desc`}
      {...size}
      fontFamily={chartFont}
      fontSize={12}
      fontVariant="tabular-nums"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{summary}</desc>
      {children}
    </svg>
  );
}
