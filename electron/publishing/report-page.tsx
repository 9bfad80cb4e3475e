import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { FrozenReport } from "../contract/frozen-report.ts";
import { layOutReport, type LaidSection, type ReportLayout } from "./layout.ts";
import { ReportBlock, ReportPiece } from "./report-blocks.tsx";
import { IntegritySection, MarkingBanner, ReportHead, SubjectSection } from "./report-head.tsx";
import { paperStyle, reportStyle } from "./report-style.ts";
import { portionWords, reportName } from "./report-words.ts";

/** Nothing is fetched, nothing runs, nothing is sent: whatever a text in the report says. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The report as one HTML file that needs nothing else: style inside, no script, no address that is followed.
 * Texts must have gone through `visibleReport` before.
 */
export function reportHtml(report: FrozenReport): string {
  return asDocument(<FileDocument report={report} layout={layOutReport(report)} />);
}

/**
 * The report as the pages of its PDF: what stands at the head and foot of each is not in it, for the printer sets that.
 * Texts must have gone through `visibleReport` before.
 */
export function paperHtml(report: FrozenReport): string {
  return asDocument(<PaperDocument report={report} layout={layOutReport(report)} />);
}

function asDocument(document: ReactElement): string {
  return `<!doctype html>\n${renderToStaticMarkup(document)}\n`;
}

interface ReportDocumentProps {
  readonly report: FrozenReport;
  readonly layout: ReportLayout;
}

function DocumentHead({ report, style }: { readonly report: FrozenReport; readonly style: string }): ReactElement {
  return (
    <head>
      <meta charSet="utf-8" />
      <meta httpEquiv="Content-Security-Policy" content={policy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <title>{`${report.code} r${String(report.revision)}: ${report.title}`}</title>
      {/* A constant of this program: there is nothing in it that anybody wrote into the report. */}
      <style dangerouslySetInnerHTML={{ __html: style }} />
    </head>
  );
}

function PaperDocument({ report, layout }: ReportDocumentProps): ReactElement {
  return (
    <html lang="en">
      <DocumentHead report={report} style={paperStyle} />
      <body>
        <ReportHead report={report} />
        <Contents layout={layout} />
        <ReportMain report={report} layout={layout} />
      </body>
    </html>
  );
}

function FileDocument({ report, layout }: ReportDocumentProps): ReactElement {
  return (
    <html lang="en">
      <DocumentHead report={report} style={reportStyle} />
      <body>
        <MarkingBanner report={report} place="top" />
        {/* Paper repeats the head and foot rows on every page: they keep room for the banners, which are fixed. */}
        <table className="sheet" role="presentation">
          <thead>
            <tr>
              <td>
                <div className="spacer-top" />
              </td>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>
                <ReportHead report={report} />
                <div className="wide columns">
                  <Contents layout={layout} />
                  <ReportMain report={report} layout={layout} />
                </div>
              </td>
            </tr>
          </tbody>
          <tfoot>
            <tr>
              <td>
                <div className="spacer-bottom" />
              </td>
            </tr>
          </tfoot>
        </table>
        <div className="running" aria-hidden="true">
          {reportName(report)}. {report.notice}
        </div>
        <MarkingBanner report={report} place="bottom" />
      </body>
    </html>
  );
}

function ReportMain({ report, layout }: ReportDocumentProps): ReactElement {
  return (
    <main>
      <SubjectSection report={report} />
      {layout.sections.map((section) => (
        <WrittenSection key={section.id} section={section} report={report} />
      ))}
      <RestSection report={report} layout={layout} />
      <IntegritySection report={report} />
    </main>
  );
}

function anchorOfSection(section: LaidSection): string {
  return `section-${String(section.number)}`;
}

function Contents({ layout }: { readonly layout: ReportLayout }): ReactElement {
  const entries = [
    { anchor: "subject", number: "", words: "What was assessed" },
    ...layout.sections.map((section) => ({
      anchor: anchorOfSection(section),
      number: String(section.number),
      words: section.heading,
    })),
    ...(layout.rest.length === 0 ? [] : [{ anchor: "further", number: "", words: "Further figures and tables" }]),
    { anchor: "integrity", number: "", words: "Integrity" },
  ];
  return (
    <nav className="contents" aria-labelledby="contents-heading">
      <h2 id="contents-heading">Contents</h2>
      <ol>
        {entries.map((entry) => (
          <li key={entry.anchor}>
            <a href={`#${entry.anchor}`}>
              <i>{entry.number}</i>
              <span>{entry.words}</span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function WrittenSection({
  section,
  report,
}: {
  readonly section: LaidSection;
  readonly report: FrozenReport;
}): ReactElement {
  const anchor = anchorOfSection(section);
  const portion = portionWords(section.portion);
  return (
    <section className="panel" id={anchor} aria-labelledby={`${anchor}-heading`}>
      <h2 id={`${anchor}-heading`}>
        <i>{section.number}</i>{" "}
        <span>
          {portion === "" ? null : <>{portion} </>}
          <b>{section.heading}</b>
        </span>
      </h2>
      {section.pieces.length === 0 ? <p className="empty">Nothing was written here.</p> : null}
      {section.pieces.map((piece, index) => (
        <ReportPiece key={index} piece={piece} report={report} />
      ))}
    </section>
  );
}

function RestSection({ report, layout }: ReportDocumentProps): ReactElement | null {
  if (layout.rest.length === 0) return null;
  return (
    <section className="panel" id="further" aria-labelledby="further-heading">
      <h2 id="further-heading">Further figures and tables</h2>
      {layout.rest.map((placed) => (
        <ReportBlock key={`${placed.kind} ${placed.block.id}`} placed={placed} report={report} />
      ))}
    </section>
  );
}
