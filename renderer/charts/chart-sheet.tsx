import type { ReactElement, ReactNode } from "react";
import { markingLevel, markingWords, type Marking } from "../../electron/contract/marking.ts";
import { chartFont } from "./chart-frame.tsx";
import { ChartText } from "./chart-text.tsx";
import { printPalette } from "./palette.ts";
import { wrapText } from "./text-layout.ts";

const margin = 24;
const banner = 22;

interface ChartSheetProps {
  readonly title: string;
  /** Of assistive technology; null where the drawing says it itself. */
  readonly summary: string | null;
  readonly marking: Marking;
  /** Paragraphs below the drawing: how its numbers were made and where they came from. */
  readonly notes: readonly string[];
  /** Size of the drawing. */
  readonly width: number;
  readonly height: number;
  /** The drawing, at its own 0, 0. */
  readonly children: ReactNode;
}

/** A chart as a file of its own, in the colours of paper: marking above and below, title, drawing, notes. */
export function ChartSheet(props: ChartSheetProps): ReactElement {
  const { title, summary, marking, notes, width, height, children } = props;
  const level = markingLevel(marking);
  const full = width + 2 * margin;
  const heading = wrapText(title, width, 15, 3);
  const top = banner + 32 + heading.length * 18;
  const lines = notes.flatMap((note) => wrapText(note, width, 11, 4));
  const notesTop = top + height + 26;
  const bottom = notesTop + lines.length * 15 + 8;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={full}
      height={bottom + banner}
      viewBox={`0 0 ${String(full)} ${String(bottom + banner)}`}
      fontFamily={chartFont}
      fontSize={12}
    >
      <title>{title}</title>
      {summary === null ? null : <desc>{summary}</desc>}
      <rect width={full} height={bottom + banner} fill={printPalette.panel} />
      {[0, bottom].map((y) => (
        <g key={y} className="marking">
          <rect y={y} width={full} height={banner} fill={level.background} />
          <ChartText
            x={full / 2}
            y={y + 15}
            fill={level.ink}
            weight={700}
            anchor="middle"
            lines={markingWords(marking)}
          />
        </g>
      ))}
      <ChartText
        x={margin}
        y={banner + 30}
        fill={printPalette.ink}
        size={15}
        weight={650}
        leading={18}
        lines={heading}
      />
      <g transform={`translate(${String(margin)} ${String(top)})`}>{children}</g>
      <ChartText x={margin} y={notesTop} fill={printPalette.ink3} size={11} lines={lines} />
    </svg>
  );
}
