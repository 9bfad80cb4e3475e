import type { ReactElement, ReactNode } from "react";
import type { FrozenReport } from "../contract/frozen-report.ts";
import { markingLevel, markingWords } from "../contract/marking.ts";
import { formatCount } from "../contract/number-text.ts";
import {
  reportName,
  safeguardWords,
  signatureWords,
  templateTitle,
  utcTime,
  withheldPartsWords,
} from "./report-words.ts";

/** The marking, at the top or the bottom of every screen and every printed page. */
export function MarkingBanner({
  report,
  place,
}: {
  readonly report: FrozenReport;
  readonly place: "top" | "bottom";
}): ReactElement {
  const level = markingLevel(report.marking);
  const words = markingWords(report.marking);
  return (
    <div
      className={`marking marking-${place}`}
      role="region"
      aria-label={`Marking at the ${place}: ${words}`}
      style={{ background: level.background, color: level.ink }}
    >
      {words}
    </div>
  );
}

/** Title, what the report is, who prepared it from what, and the advisory notice. */
export function ReportHead({ report }: { readonly report: FrozenReport }): ReactElement {
  return (
    <header className="masthead">
      <div className="wide">
        <p className="kicker">
          <b>{report.code}</b>
          <span>revision {report.revision}</span>
          <span className="tag">{templateTitle(report)}</span>
        </p>
        <h1>{report.title}</h1>
        <dl className="facts">
          <Fact term="Scope">{report.scope}</Fact>
          <Fact term="Prepared by">{report.preparedBy}</Fact>
          <Fact term="Signatures expected">{signatureWords(report.signaturesRequired)}</Fact>
          <Fact term="Marking">{markingWords(report.marking)}</Fact>
          <Fact term="Data cut-off">{utcTime(report.dataCutOff)}</Fact>
          <Fact term="Made">{utcTime(report.generatedAt)}</Fact>
          <Fact term="Vault checkpoint">
            {formatCount(report.checkpoint.size)} entries, root{" "}
            <span className="mono">{report.checkpoint.root.slice(0, 12)}…</span>
          </Fact>
          <Fact term="Made with">
            {report.tool.name} {report.tool.version}
          </Fact>
        </dl>
        <p className="notice">
          <b>Advisory.</b> {report.notice}
        </p>
        {report.release === undefined ? null : (
          <p className="notice">
            <b>Left out of this copy:</b> {withheldPartsWords(report.release)}. It is not in these files at all; each
            place says so. Rates and the ledger count every attempt.
          </p>
        )}
      </div>
    </header>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Models and benchmarks: what was assessed, exactly which versions, under which safeguards. */
export function SubjectSection({ report }: { readonly report: FrozenReport }): ReactElement {
  return (
    <section className="panel" id="subject" aria-labelledby="subject-heading">
      <h2 id="subject-heading">What was assessed</h2>
      <div className="block">
        <PlainTable
          label="Model versions"
          head={["Model version", "Developer", "Checkpoint", "Safeguards", "Access", "Settings"]}
          rows={report.models.map((model) => [
            model.words,
            model.developer,
            <span key="checkpoint" className="mono">
              {model.checkpoint}
            </span>,
            safeguardWords(model.safeguard),
            model.access,
            model.settings,
          ])}
        />
      </div>
      <div className="block">
        <PlainTable
          label="Benchmarks"
          head={["Benchmark", "Version", "Tasks", "Scoring", "Licence", "Source", "Digest of the pack (SHA-256)"]}
          rows={report.benchmarks.map((benchmark) => [
            benchmark.title,
            benchmark.version,
            formatCount(benchmark.tasks),
            benchmark.scoring ?? "not stated",
            benchmark.licence ?? "not stated",
            benchmark.source ?? "not stated",
            <span key="digest" className="digest">
              {benchmark.digest}
            </span>,
          ])}
        />
      </div>
    </section>
  );
}

interface PlainTableProps {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}

function PlainTable({ label, head, rows }: PlainTableProps): ReactElement {
  return (
    <div className="scroll" role="region" aria-label={label} tabIndex={0}>
      <table className="data">
        <caption>
          <b className="name">{label}</b>
          {rows.length === 0 ? ": none." : null}
        </caption>
        <thead>
          <tr>
            {head.map((words) => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index}>
              {cells.map((cell, place) =>
                place === 0 ? (
                  <th key={place} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={place}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How what stands here can be held against the vault and the signatures. */
export function IntegritySection({ report }: { readonly report: FrozenReport }): ReactElement {
  return (
    <section className="panel" id="integrity" aria-labelledby="integrity-heading">
      <h2 id="integrity-heading">Integrity</h2>
      <div className="prose">
        <p>
          {reportName(report)} expects {signatureWords(report.signaturesRequired)}. Signatures stand beside this file in
          the sealed package, over manifest.json, which names every file with its SHA-256; minisign checks them without
          this tool. A copy outside of its package is not signed by itself.
        </p>
        <p>
          The same numbers stand in report.json and, table by table, in tables/*.csv. They were computed from{" "}
          {formatCount(report.checkpoint.size)} journal entries; whoever holds this checkpoint can later show that the
          journal still holds them, unchanged.
        </p>
        {report.checkpoint.note === "" ? (
          <p className="empty">No checkpoint note was given.</p>
        ) : (
          <pre aria-label="Checkpoint note">{report.checkpoint.note}</pre>
        )}
      </div>
    </section>
  );
}
