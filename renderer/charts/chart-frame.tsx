import type { ReactElement, ReactNode } from "react";
import { px } from "./chart-parts.ts";

interface ChartFrameProps {
  /** Unique on its page; the ids of title and description are made from it. */
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** What the chart shows, in one or two sentences. */
  readonly summary: string;
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}

/** The `svg` element of a chart: named and described for assistive technology, and a complete file by itself. */
export function ChartFrame({ id, name, title, summary, width, height, children }: ChartFrameProps): ReactElement {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      className={`chart chart-${name}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
      width={px(width)}
      height={px(height)}
      viewBox={`0 0 ${String(px(width))} ${String(px(height))}`}
      fontFamily="'Inter Variable', Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
      fontSize={12}
      fontVariant="tabular-nums"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{summary}</desc>
      {children}
    </svg>
  );
}
