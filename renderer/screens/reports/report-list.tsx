import { type ReactNode } from "react";
import { formatCount } from "../../../electron/contract/number-text.ts";
import { reportTemplates } from "../../../electron/contract/report-templates.ts";
import type { Report } from "../../../electron/contract/reporting.ts";
import { MarkingTag, ReportStateTag, type TableColumn } from "../../parts/index.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { ListPanel, usePick } from "../../table-view/index.ts";
import { sealedToWords } from "./report-words.ts";

const columns: readonly TableColumn<Report>[] = [
  {
    id: "code",
    header: "Report",
    cell: (report) => (
      <span className="reports-two">
        <span className="mono">{report.code}</span>
        <span className="small ink3">revision {report.revision}</span>
      </span>
    ),
    width: 124,
    isSortable: true,
  },
  {
    id: "title",
    header: "Title",
    cell: (report) => (
      <span className="reports-two">
        <span className="cut reports-title" title={report.title}>
          {report.title}
        </span>
        <span className="cut small ink3">
          {reportTemplates[report.template].title} · {report.scopeWords}
        </span>
      </span>
    ),
    width: "2fr",
    minWidth: 200,
    isSortable: true,
    isRowHeader: true,
  },
  { id: "marking", header: "Marking", cell: (report) => <MarkingTag marking={report.marking} />, width: 156 },
  {
    id: "state",
    header: "State",
    cell: (report) => <ReportStateTag state={report.state} />,
    width: 96,
    isSortable: true,
  },
  {
    id: "signatures",
    header: "Signed by",
    cell: (report) =>
      report.signatures.length === 0 ? (
        <span className="ink3">–</span>
      ) : (
        <span className="cut" title={report.signatures.map(({ byName }) => byName).join(", ")}>
          {report.signatures.length < report.signaturesRequired
            ? `${formatCount(report.signatures.length)} of ${formatCount(report.signaturesRequired)}`
            : report.signatures.length === 1
              ? report.signatures[0]?.byName
              : `${formatCount(report.signatures.length)} people`}
        </span>
      ),
    width: 118,
  },
  {
    id: "sealed",
    header: "Sealed to",
    cell: (report) => (
      <span className="cut ink2" title={sealedToWords(report)}>
        {sealedToWords(report)}
      </span>
    ),
    width: "1fr",
    minWidth: 110,
  },
  {
    id: "changed",
    header: "Changed",
    cell: (report) => <span className="ink2">{minuteWords(report.changedAt)}</span>,
    width: 150,
    isSortable: true,
  },
];

interface ReportListProps {
  readonly reports: readonly Report[];
  readonly empty: ReactNode;
}

const newestFirst = { sort: [{ column: "code", descending: true }] };

/** Reports by row; Enter or a click opens one. */
export function ReportList({ reports, empty }: ReportListProps): ReactNode {
  const pick = usePick(reports);
  return (
    <ListPanel<Report>
      title="Reports"
      table="reports"
      first={newestFirst}
      noun="report"
      placeholder="Title, scope, recipient"
      label="Reports"
      columns={columns}
      pick={pick}
      rowText={(report) => `${report.code} ${report.title}`}
      onOpen={(id) => {
        navigate("report", { id });
      }}
      rowHeight={46}
      empty={empty}
    />
  );
}
