import type { ReactElement } from "react";
import { formatCount, formatCounted } from "../../electron/contract/number-text.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { px } from "./chart-parts.ts";
import { ChartText } from "./chart-text.tsx";
import { type ChartPalette, screenPalette } from "./palette.ts";
import { fitText } from "./text-layout.ts";

export interface FlipSums {
  readonly onlyA: number;
  readonly onlyB: number;
  readonly both: number;
  readonly neither: number;
}

interface FlipSquareProps {
  readonly id: string;
  readonly sums: FlipSums;
  readonly a: string;
  readonly b: string;
  readonly palette?: ChartPalette;
}

const cell = 76;
const gap = 2;
const left = 92;
const top = 38;

export const flipSquareSize = { width: left + 2 * cell + gap, height: top + 2 * cell + gap } as const;

/** Shared tasks by who solved them at least once: a square of four, each filled as far as its share goes. */
export function FlipSquare({ id, sums, a, b, palette = screenPalette }: FlipSquareProps): ReactElement {
  const all = Math.max(1, sums.onlyA + sums.onlyB + sums.both + sums.neither);
  const cells = [
    { key: "both", count: sums.both, words: "both", row: 0, column: 0, fill: palette.series3 },
    { key: "only-a", count: sums.onlyA, words: "only 1", row: 0, column: 1, fill: palette.series1 },
    { key: "only-b", count: sums.onlyB, words: "only 2", row: 1, column: 0, fill: palette.series2 },
    { key: "neither", count: sums.neither, words: "neither", row: 1, column: 1, fill: palette.line2 },
  ];
  const head = { fill: palette.ink2, size: 11 } as const;
  return (
    <ChartFrame
      id={id}
      name="flips"
      title={`Who solved the shared tasks: ${a} and ${b}`}
      summary={flipSquareSummary(sums, a, b)}
      width={flipSquareSize.width}
      height={flipSquareSize.height}
    >
      <ChartText
        {...head}
        x={left + cell + gap / 2}
        y={11}
        anchor="middle"
        weight={600}
        lines={fitText(`2 ${b}`, 2 * cell, 11)}
      />
      <ChartText {...head} x={left + cell / 2} y={29} anchor="middle" lines="solved" />
      <ChartText {...head} x={left + cell * 1.5 + gap} y={29} anchor="middle" lines="not solved" />
      <ChartText {...head} x={0} y={top + 14} weight={600} lines={fitText(`1 ${a}`, left - 8, 11)} />
      <ChartText {...head} x={left - 8} y={top + cell / 2 + 4} anchor="end" lines="solved" />
      <ChartText {...head} x={left - 8} y={top + cell * 1.5 + gap + 4} anchor="end" lines="not solved" />
      {cells.map(({ key, count, words, row, column, fill }) => {
        const [x, y] = [left + column * (cell + gap), top + row * (cell + gap)];
        const height = px(cell * (count / all));
        return (
          <g key={key} className={`flip-${key}`}>
            <rect x={x} y={y} width={cell} height={cell} fill={palette.sunk} />
            <rect x={x} y={px(y + cell - height)} width={cell} height={height} fill={fill} fillOpacity={0.28} />
            <ChartText
              x={x + cell / 2}
              y={y + cell / 2 + 2}
              fill={palette.ink}
              size={18}
              weight={650}
              anchor="middle"
              lines={formatCount(count)}
            />
            <ChartText
              x={x + cell / 2}
              y={y + cell / 2 + 19}
              fill={palette.ink2}
              size={11}
              anchor="middle"
              lines={words}
            />
          </g>
        );
      })}
    </ChartFrame>
  );
}

/** "Of 40 shared tasks 12 were solved by both, 2 only by …, 5 only by …, 21 by neither." */
export function flipSquareSummary({ onlyA, onlyB, both, neither }: FlipSums, a: string, b: string): string {
  const all = onlyA + onlyB + both + neither;
  if (all === 0) return "The two share no task.";
  return `Of ${formatCounted(all, "shared task")} ${formatCount(both)} were solved by both, ${formatCount(onlyA)} only by ${a}, ${formatCount(onlyB)} only by ${b}, ${formatCount(neither)} by neither.`;
}
