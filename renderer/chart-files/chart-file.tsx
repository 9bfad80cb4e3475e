import type { ReactElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { ChartSheet } from "../charts/chart-sheet.tsx";
import type { DrawnChart } from "../charts/drawn-chart.ts";
import { printPalette } from "../charts/palette.ts";
import { PlotChart } from "../charts/plot-chart.tsx";
import { layOutPlot } from "../charts/plot.ts";
import { layOutRows, RowChart } from "../charts/row-chart.tsx";
import type { Marking } from "../../electron/contract/marking.ts";

/** Size of a chart in a file, in pixels. */
const width = 960;
const height = 520;

/** The generic family: a file must look the same where our type is not installed. */
const fileFont = "sans-serif";

/** A chart and what stands around it as SVG text that stands alone: colours of paper, no style sheet, no script. */
export function svgText(element: ReactElement): string {
  const box = document.createElement("div");
  const root = createRoot(box);
  flushSync(() => {
    root.render(element);
  });
  const svg = box.querySelector("svg");
  for (const each of svg === null ? [] : [svg, ...svg.querySelectorAll("[font-family]")])
    each.setAttribute("font-family", fileFont);
  const text = svg === null ? "" : new XMLSerializer().serializeToString(svg);
  root.unmount();
  return text;
}

/** A chart as an SVG file: marking, title, sentence, drawing, method, and the denominator where it has one. */
export function chartSvg(chart: DrawnChart, marking: Marking, denominator: string | null): string {
  const { body, title, summary, slug } = chart;
  const frame = { id: slug, name: slug, title, summary, width, palette: printPalette };
  const size = body.kind === "rows" ? layOutRows(body.plan, width) : layOutPlot(body.plot, width, height);
  return svgText(
    <ChartSheet
      title={title}
      summary={summary}
      marking={marking}
      notes={[summary, chart.method, ...(denominator === null ? [] : [`Denominator: ${denominator}.`])]}
      width={size.width}
      height={size.height}
    >
      {body.kind === "rows" ? (
        <RowChart {...frame} plan={body.plan} />
      ) : (
        <PlotChart {...frame} plot={body.plot} height={height} />
      )}
    </ChartSheet>,
  );
}
