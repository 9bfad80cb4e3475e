import { useId, type ReactNode } from "react";
import { comparisonChart } from "../charts/comparison-chart.ts";
import { HeatMap } from "../charts/heat-map.tsx";
import { LedgerChart } from "../charts/ledger-chart.tsx";
import { splitLabel } from "../charts/matrix-cells.ts";
import { PlotChart } from "../charts/plot-chart.tsx";
import { RateChart } from "../charts/rate-chart.tsx";
import { RowChart } from "../charts/row-chart.tsx";
import {
  frozenReportSchema,
  placedBlocks,
  type FrozenFigure,
  type FrozenReport,
  type FrozenTable,
  type Provenance,
} from "../../electron/contract/frozen-report.ts";
import { formatCount } from "../../electron/contract/number-text.ts";
import { minuteWords } from "../state/time-words.ts";
import { MarkdownText } from "./markdown-text.tsx";
import { MarkingBanner } from "./marking-banner.tsx";
import "./frozen-report-view.css";

type ComparisonFigure = Extract<FrozenFigure, { readonly kind: "comparison" }>;

/** The report that a JSON text holds, null when it is of another form. */
export function readFrozenReport(json: string): FrozenReport | null {
  try {
    const parsed = frozenReportSchema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function Made({ provenance }: { readonly provenance: Provenance }): ReactNode {
  const { runs, entries, method } = provenance;
  const { first, last } = entries;
  const span = first === last ? `entry ${formatCount(first)}` : `entries ${formatCount(first)} to ${formatCount(last)}`;
  return (
    <p className="small ink3">
      {runs.length === 0 ? "From no run" : `From ${runs.join(", ")}, journal ${span}`}. {method}
    </p>
  );
}

function Comparison({ id, figure }: { readonly id: string; readonly figure: ComparisonFigure }): ReactNode {
  const { benchmark, comparison } = figure;
  const { chart } = comparison === null ? { chart: null } : comparisonChart(comparison, benchmark);
  if (chart === null) return null;
  const { body, slug: name, summary } = chart;
  const frame = { id, name, title: figure.title, summary, width: 720 };
  return body.kind === "plot" ? (
    <PlotChart {...frame} plot={body.plot} height={360} />
  ) : (
    <RowChart {...frame} plan={body.plan} />
  );
}

function Chart({ figure }: { readonly figure: FrozenFigure }): ReactNode {
  const id = useId();
  switch (figure.kind) {
    case "comparison":
      return <Comparison id={id} figure={figure} />;
    case "rates":
      return (
        <RateChart
          id={id}
          title={figure.title}
          rows={figure.rows.map(({ label, rate }, index) => ({ id: String(index), rate, ...splitLabel(label) }))}
        />
      );
    case "ledger":
      return (
        <LedgerChart
          id={id}
          title={figure.title}
          rows={figure.rows.map((row, index) => ({ ...row, id: String(index) }))}
        />
      );
    case "matrix":
      return (
        <HeatMap
          id={id}
          title={figure.title}
          matrix={{
            modelVersions: figure.rows.map((words, index) => ({ id: String(index), words })),
            benchmarks: figure.columns.map((title, index) => ({ id: String(index), title, tasks: null })),
            cells: figure.cells.map(({ row, column, rate }) => ({
              modelVersionId: String(row),
              benchmarkId: String(column),
              rate,
            })),
          }}
        />
      );
  }
}

/** One figure of a frozen report, with its caption and where its numbers came from. */
export function FrozenFigureView({ figure }: { readonly figure: FrozenFigure }): ReactNode {
  return (
    <figure className="report-figure">
      <Chart figure={figure} />
      <figcaption>
        <p>
          <b>{figure.title}.</b> {figure.caption}
        </p>
        <Made provenance={figure.provenance} />
      </figcaption>
    </figure>
  );
}

/** One table of a frozen report, digits as they were frozen. */
export function FrozenTableView({ table }: { readonly table: FrozenTable }): ReactNode {
  return (
    <div className="report-table" role="group" aria-label={table.title} tabIndex={0}>
      <table>
        <caption>
          <b>{table.title}.</b> {table.caption}
        </caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column.key} scope="col" className={column.align === "end" ? "num" : undefined}>
                {column.label}
                {column.unit === null ? null : <span className="ink3"> {column.unit}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {table.columns.map((column) => (
                <td key={column.key} className={column.align === "end" ? "num" : undefined}>
                  {row[column.key]?.text ?? ""}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Made provenance={table.provenance} />
    </div>
  );
}

/** What a `[[figure:ID]]` or `[[table:ID]]` line stands for: one block, or one for each benchmark; null: nothing here. */
export function frozenBlocks(report: FrozenReport, kind: "figure" | "table", id: string): ReactNode {
  const blocks =
    kind === "figure"
      ? placedBlocks(report.figures, id).map((figure) => <FrozenFigureView key={figure.id} figure={figure} />)
      : placedBlocks(report.tables, id).map((table) => <FrozenTableView key={table.id} table={table} />);
  return blocks.length === 0 ? null : blocks;
}

/** Ids that lines of a report place. */
function placedIds(report: FrozenReport, kind: "figure" | "table"): Set<string> {
  const text = report.sections.map((section) => section.markdown).join("\n");
  const named = [...text.matchAll(/\[\[(figure|table):([A-Za-z0-9][A-Za-z0-9_-]*)\]\]/g)];
  const blocks = kind === "figure" ? report.figures : report.tables;
  const placed = named.flatMap(([, of, id = ""]) => (of === kind ? placedBlocks<{ id: string }>(blocks, id) : []));
  return new Set(placed.map(({ id }) => id));
}

/** Blocks that no section places: they follow at the end, so that nothing frozen is out of sight. */
function unplaced(report: FrozenReport): ReactNode {
  const [placedFigures, placedTables] = [placedIds(report, "figure"), placedIds(report, "table")];
  const figures = report.figures.filter(({ id }) => !placedFigures.has(id));
  const tables = report.tables.filter(({ id }) => !placedTables.has(id));
  if (figures.length + tables.length === 0) return null;
  return (
    <section>
      <h3 className="report-heading">Further figures and tables</h3>
      {figures.map((figure) => (
        <FrozenFigureView key={figure.id} figure={figure} />
      ))}
      {tables.map((table) => (
        <FrozenTableView key={table.id} table={table} />
      ))}
    </section>
  );
}

/** A report as it is frozen, signed and sealed: the words and numbers of its files, under its own marking. */
export function FrozenReportView({ report }: { readonly report: FrozenReport }): ReactNode {
  return (
    <article className="report-view" aria-label={report.title}>
      <MarkingBanner marking={report.marking} place="top" />
      <div className="report-paper">
        <header>
          <p className="small ink3">
            {report.code} revision {report.revision} · {report.scope}
          </p>
          <h2 className="report-title">{report.title}</h2>
          <p className="ink2">
            Prepared by {report.preparedBy} · made {minuteWords(report.generatedAt)} · data up to{" "}
            {minuteWords(report.dataCutOff)} · {report.tool.name} {report.tool.version}
          </p>
          <p className="report-notice">{report.notice}</p>
        </header>
        {report.sections.map((section) => (
          <section key={section.id}>
            <h3 className="report-heading">
              {section.portion === "" ? null : <span className="report-portion">({section.portion})</span>}{" "}
              {section.heading}
            </h3>
            {section.markdown.trim() === "" ? (
              <p className="ink3">Nothing was written here.</p>
            ) : (
              <MarkdownText
                markdown={section.markdown}
                block={(kind, id) =>
                  frozenBlocks(report, kind, id) ?? (
                    <p className="ink3">{`There is no ${kind} called ${id} in this report.`}</p>
                  )
                }
              />
            )}
          </section>
        ))}
        {unplaced(report)}
        <footer className="small ink3">
          Vault checkpoint at {formatCount(report.checkpoint.size)} entries, root{" "}
          <span className="mono">{report.checkpoint.root.slice(0, 16)}…</span>
        </footer>
      </div>
      <MarkingBanner marking={report.marking} place="bottom" />
    </article>
  );
}
