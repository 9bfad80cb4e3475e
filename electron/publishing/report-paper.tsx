import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { FrozenReport } from "../contract/frozen-report.ts";
import { markingLevel, markingWords } from "../contract/marking.ts";
import type { Paper } from "../contract/printing.ts";
import { readFrozenReport } from "./report-json.ts";
import { paperHtml } from "./report-page.tsx";
import { reportName, templateTitle } from "./report-words.ts";
import { visibleReport } from "./visible-report.ts";

/** The head and foot of a page are documents of their own, in which no style of the report counts. */
const face = { fontFamily: '"Liberation Sans", Arial, Helvetica, sans-serif', width: "100%" } as const;
const inset = "0 14mm";

/**
 * A frozen report as pages to be printed: the marking at the head and foot of every page, code, revision, page number and
 * the advisory notice at its foot. Pure: the same report gives the same pages.
 * @throws PublishingError `report-invalid`
 */
export function reportPaper(given: FrozenReport): Paper {
  const report = visibleReport(readFrozenReport(given));
  return {
    html: paperHtml(report),
    header: renderToStaticMarkup(<PageHead report={report} />),
    footer: renderToStaticMarkup(<PageFoot report={report} />),
  };
}

function Banner({ report }: { readonly report: FrozenReport }): ReactElement {
  const { background, ink } = markingLevel(report.marking);
  return (
    <div
      style={{
        background,
        color: ink,
        fontSize: "9pt",
        fontWeight: 700,
        letterSpacing: "0.06em",
        lineHeight: "14pt",
        padding: inset,
        textAlign: "center",
        printColorAdjust: "exact",
        WebkitPrintColorAdjust: "exact",
      }}
    >
      {markingWords(report.marking)}
    </div>
  );
}

function PageHead({ report }: { readonly report: FrozenReport }): ReactElement {
  return (
    <div style={face}>
      <Banner report={report} />
      <div
        style={{
          color: "#5f6978",
          display: "flex",
          fontSize: "7pt",
          justifyContent: "space-between",
          lineHeight: "10pt",
          padding: "5pt 14mm 0",
        }}
      >
        <span>{reportName(report)}</span>
        <span>{templateTitle(report)}</span>
      </div>
    </div>
  );
}

function PageFoot({ report }: { readonly report: FrozenReport }): ReactElement {
  return (
    <div style={face}>
      <div
        style={{
          color: "#5f6978",
          display: "flex",
          fontSize: "6.5pt",
          gap: "12mm",
          lineHeight: "8.5pt",
          padding: inset,
        }}
      >
        <span style={{ flex: 1 }}>{report.notice}</span>
        <span style={{ fontSize: "7.5pt", whiteSpace: "nowrap" }}>
          Page <span className="pageNumber" /> of <span className="totalPages" />
        </span>
      </div>
      <div style={{ height: "5pt" }} />
      <Banner report={report} />
    </div>
  );
}
