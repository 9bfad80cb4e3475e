import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { FrozenFigure, FrozenReport } from "../contract/frozen-report.ts";
import { markingLevel, markingWords } from "../contract/marking.ts";
import { ChartText } from "../../renderer/charts/chart-text.tsx";
import { printPalette } from "../../renderer/charts/palette.ts";
import { wrapText } from "../../renderer/charts/text-layout.ts";
import { drawFigure, wholePart } from "./figure-charts.tsx";
import { provenanceWords, reportName } from "./report-words.ts";

const margin = 24;
const banner = 22;

/** The figure as an SVG file that stands alone: marking above and below, title, drawing, where its numbers came from. */
export function figureFile(figure: FrozenFigure, report: FrozenReport): string {
  const [drawing] = drawFigure(figure, report, wholePart).drawings;
  const chart = drawing === undefined ? "" : renderToStaticMarkup(drawing);
  const size = /^<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(chart);
  const [width, height] = [Number(size?.[1] ?? 720), Number(size?.[2] ?? 0)];
  const frame = renderToStaticMarkup(<FigureSheet figure={figure} report={report} width={width} height={height} />);
  // The chart is a document of React's own making; nested it keeps its own coordinates.
  const nested = chart.replace("<svg ", `<svg x="${String(margin)}" y="${String(banner + 50)}" `);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${frame.replace("<g></g>", nested)}\n`;
}

interface FigureSheetProps {
  readonly figure: FrozenFigure;
  readonly report: FrozenReport;
  readonly width: number;
  readonly height: number;
}

function FigureSheet({ figure, report, width, height }: FigureSheetProps): ReactElement {
  const level = markingLevel(report.marking);
  const full = width + 2 * margin;
  const source = wrapText(`${reportName(report)}. ${provenanceWords(figure.provenance)}`, width, 11, 4);
  const sourceTop = banner + 50 + height + 26;
  const bottom = sourceTop + source.length * 15 + 8;
  const banners = [0, bottom];
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={full}
      height={bottom + banner}
      viewBox={`0 0 ${String(full)} ${String(bottom + banner)}`}
      fontFamily="'Inter Variable', Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
      fontSize={12}
    >
      <title>{figure.title}</title>
      <rect width={full} height={bottom + banner} fill={printPalette.panel} />
      {banners.map((y) => (
        <g key={y} className="marking">
          <rect y={y} width={full} height={banner} fill={level.background} />
          <ChartText
            x={full / 2}
            y={y + 15}
            fill={level.ink}
            weight={700}
            anchor="middle"
            lines={markingWords(report.marking)}
          />
        </g>
      ))}
      <ChartText x={margin} y={banner + 30} fill={printPalette.ink} size={15} weight={650} lines={figure.title} />
      <g></g>
      <ChartText x={margin} y={sourceTop} fill={printPalette.ink3} size={11} lines={source} />
    </svg>
  );
}
