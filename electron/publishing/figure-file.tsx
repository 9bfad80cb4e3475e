import { renderToStaticMarkup } from "react-dom/server";
import type { FrozenFigure, FrozenReport } from "../contract/frozen-report.ts";
import { ChartSheet } from "../../renderer/charts/chart-sheet.tsx";
import { drawFigure, wholePart } from "./figure-charts.tsx";
import { provenanceWords, reportName } from "./report-words.ts";

/** The figure as an SVG file that stands alone: marking above and below, title, drawing, where its numbers came from. */
export function figureFile(figure: FrozenFigure, report: FrozenReport): string {
  const [drawing] = drawFigure(figure, report, wholePart).drawings;
  const chart = drawing === undefined ? "" : renderToStaticMarkup(drawing);
  const size = /^<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(chart);
  const [width, height] = [Number(size?.[1] ?? 720), Number(size?.[2] ?? 0)];
  const source = `${reportName(report)}. ${provenanceWords(figure.provenance)}`;
  const sheet = renderToStaticMarkup(
    <ChartSheet
      title={figure.title}
      summary={null}
      marking={report.marking}
      notes={figure.kind === "comparison" ? [figure.caption, source] : [source]}
      width={width}
      height={height}
    >
      {drawing}
    </ChartSheet>,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${sheet}\n`;
}
