import type { ReactElement } from "react";
import { px } from "./chart-parts.ts";
import type { ChartPalette } from "./palette.ts";

const colours = ["series1", "series2", "series3", "series4", "series5", "series6"] as const;
const shapes = ["circle", "square", "triangle", "diamond", "wedge", "cross", "ring"] as const;
export type SeriesShape = (typeof shapes)[number];

/** How a series is told from others: six colours and seven shapes, so that no two of 42 have both in common. */
export interface SeriesLook {
  readonly colour: (typeof colours)[number];
  readonly shape: SeriesShape;
  /** The word for the shape, where it is spoken. */
  readonly words: string;
}

const shapeWords: Readonly<Record<SeriesShape, string>> = {
  circle: "circle",
  square: "square",
  triangle: "triangle",
  diamond: "diamond",
  wedge: "triangle down",
  cross: "cross",
  ring: "ring",
};

/** The look of the series in that place. */
export function seriesLook(index: number): SeriesLook {
  const shape = shapes[index % shapes.length] ?? "circle";
  return { colour: colours[index % colours.length] ?? "series1", shape, words: shapeWords[shape] };
}

interface SeriesSignProps {
  readonly look: SeriesLook;
  readonly x: number;
  readonly y: number;
  /** Half its size, in pixels. */
  readonly size?: number;
  readonly palette: ChartPalette;
  readonly isFaint?: boolean;
}

/** Corners of the filled shapes, in halves of the size. */
const corners: Readonly<Record<"square" | "triangle" | "diamond" | "wedge", readonly (readonly [number, number])[]>> = {
  square: [
    [-0.88, -0.88],
    [0.88, -0.88],
    [0.88, 0.88],
    [-0.88, 0.88],
  ],
  triangle: [
    [0, -1.1],
    [1.1, 0.85],
    [-1.1, 0.85],
  ],
  diamond: [
    [0, -1.25],
    [1.25, 0],
    [0, 1.25],
    [-1.25, 0],
  ],
  wedge: [
    [0, 1.1],
    [1.1, -0.85],
    [-1.1, -0.85],
  ],
};

/** The sign of a series at a place. */
export function SeriesSign({ look, x, y, size = 4.5, palette, isFaint = false }: SeriesSignProps): ReactElement {
  const colour = isFaint ? palette.ink3 : palette[look.colour];
  const edge = { stroke: palette.panel, strokeWidth: 1.25 };
  const { shape } = look;
  if (shape === "circle") return <circle cx={px(x)} cy={px(y)} r={size} fill={colour} {...edge} />;
  if (shape === "ring") {
    return <circle cx={px(x)} cy={px(y)} r={size - 0.5} fill={palette.panel} stroke={colour} strokeWidth={2} />;
  }
  if (shape === "cross") {
    const [a, b] = [-size * 0.85, size * 0.85];
    const d = `M${at(x, y, a, a)}L${at(x, y, b, b)}M${at(x, y, a, b)}L${at(x, y, b, a)}`;
    return <path d={d} stroke={colour} strokeWidth={2.25} strokeLinecap="round" fill="none" />;
  }
  const points = corners[shape].map(([dx, dy]) => at(x, y, dx * size, dy * size)).join(" ");
  return <polygon points={points} fill={colour} {...edge} />;
}

function at(x: number, y: number, dx: number, dy: number): string {
  return `${String(px(x + dx))},${String(px(y + dy))}`;
}
