/** The colours a chart may use, by meaning. Values are anything that an SVG presentation attribute takes. */
export interface ChartPalette {
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly line: string;
  readonly line2: string;
  readonly panel: string;
  readonly sunk: string;
  readonly accent: string;
  readonly ok: string;
  readonly warn: string;
  readonly bad: string;
  readonly review: string;
  /** Ground of a heat map cell at rate 0 and the colour laid over it. */
  readonly heat0: string;
  readonly heat: string;
  /** Series of a chart: told apart with any colour vision, and each has a shape of its own beside its colour. */
  readonly series1: string;
  readonly series2: string;
  readonly series3: string;
  readonly series4: string;
  readonly series5: string;
  readonly series6: string;
}

/** For files and paper: light, needs no style sheet. The values are those of the light theme. */
export const printPalette: ChartPalette = {
  ink: "#12161c",
  ink2: "#434c59",
  ink3: "#5f6978",
  line: "#dde1e7",
  line2: "#c4cbd5",
  panel: "#ffffff",
  sunk: "#eef0f3",
  accent: "#0b57d0",
  ok: "#136c2e",
  warn: "#7d5300",
  bad: "#a8201a",
  review: "#5b35a8",
  heat0: "#f1f4f8",
  heat: "#0b57d0",
  series1: "#0b57d0",
  series2: "#e2470f",
  series3: "#00a081",
  series4: "#8a2a86",
  series5: "#7f9430",
  series6: "#20262e",
};

/** For the screen: follows the theme's tokens, and falls back to print where they are not there. */
export const screenPalette: ChartPalette = {
  ink: `var(--ink, ${printPalette.ink})`,
  ink2: `var(--ink2, ${printPalette.ink2})`,
  ink3: `var(--ink3, ${printPalette.ink3})`,
  line: `var(--line, ${printPalette.line})`,
  line2: `var(--line2, ${printPalette.line2})`,
  panel: `var(--panel, ${printPalette.panel})`,
  sunk: `var(--sunk, ${printPalette.sunk})`,
  accent: `var(--accent, ${printPalette.accent})`,
  ok: `var(--ok, ${printPalette.ok})`,
  warn: `var(--warn, ${printPalette.warn})`,
  bad: `var(--bad, ${printPalette.bad})`,
  review: `var(--review, ${printPalette.review})`,
  heat0: `var(--heat0, ${printPalette.heat0})`,
  heat: "rgb(var(--heat, 11 87 208))",
  series1: `var(--series1, ${printPalette.series1})`,
  series2: `var(--series2, ${printPalette.series2})`,
  series3: `var(--series3, ${printPalette.series3})`,
  series4: `var(--series4, ${printPalette.series4})`,
  series5: `var(--series5, ${printPalette.series5})`,
  series6: `var(--series6, ${printPalette.series6})`,
};
