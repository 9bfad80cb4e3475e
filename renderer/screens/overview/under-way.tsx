import type { ReactNode } from "react";
import type { Run } from "../../../electron/contract/evaluation.ts";
import type { ImportedFile } from "../../../electron/contract/importing.ts";
import {
  formatCount,
  formatCounted,
  formatInterval,
  formatIntervalMethods,
  formatRate,
} from "../../../electron/contract/number-text.ts";
import type { Overview } from "../../../electron/contract/overview.ts";
import {
  DataTable,
  EmptyState,
  ImportStatusTag,
  Panel,
  ReportStateTag,
  RunStateTag,
  VerdictTag,
  type TableColumn,
} from "../../parts/index.ts";
import { reportStates } from "../../../electron/contract/reporting.ts";
import { dayWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";

const runColumns: readonly TableColumn<Run>[] = [
  { id: "code", header: "Run", cell: (run) => run.code, width: 76, isRowHeader: true },
  {
    id: "what",
    header: "Benchmark and model version",
    cell: (run) => (
      <span className="overview-two-lines">
        <span className="cut">{run.benchmark.title}</span>
        <span className="cut small ink3">{run.modelVersion.words}</span>
      </span>
    ),
    width: "2fr",
  },
  { id: "state", header: "State", cell: (run) => <RunStateTag state={run.state} />, width: 112 },
  {
    id: "done",
    header: "Ended",
    cell: (run) => `${formatCount(run.ledger.planned - run.ledger.notRun)} / ${formatCount(run.ledger.planned)}`,
    align: "end",
    width: 96,
  },
  {
    id: "rate",
    header: "Solve rate",
    cell: (run) => (
      <span className="overview-two-lines">
        <span>{formatRate(run.rate.rate)}</span>
        <span className="small ink3">{formatInterval(run.rate.interval)}</span>
      </span>
    ),
    align: "end",
    width: 116,
  },
];

/** Runs that are neither accepted nor withdrawn: somebody has to do something with them. */
export function RunsUnderWay({ runs }: { readonly runs: readonly Run[] }): ReactNode {
  const ways = formatIntervalMethods(runs.map((run) => run.rate.interval));
  return (
    <Panel title="Runs under way" hint={runs.length === 0 ? undefined : "planned, running or in review"} flush>
      {runs.length === 0 ? (
        <EmptyState title="No run is under way">
          Runs start from a campaign, by hand, or with an imported log.
        </EmptyState>
      ) : (
        <>
          <DataTable
            label="Runs under way"
            columns={runColumns}
            rows={runs}
            rowKey={(run) => run.id}
            rowText={(run) => `${run.code} ${run.benchmark.title}`}
            rowHeight={46}
            maxRows={8}
            onOpen={(id) => {
              navigate("run", { id });
            }}
          />
          {ways === "" ? null : (
            <p className="overview-foot small ink3 cut" title={ways}>
              Errors as failures; intervals: {ways}
            </p>
          )}
        </>
      )}
    </Panel>
  );
}

type RecentImport = Overview["recentImports"][number];

function worstMetric(file: ImportedFile): ImportedFile["metrics"][number] | undefined {
  const order = ["differs", "matches-if-excluded", "not-recomputable", "matches"] as const;
  for (const verdict of order) {
    const metric = file.metrics.find((candidate) => candidate.verdict === verdict);
    if (metric !== undefined) return metric;
  }
  return file.metrics[0];
}

const importColumns: readonly TableColumn<RecentImport>[] = [
  {
    id: "file",
    header: "File",
    cell: (file) => (
      <span className="overview-two-lines">
        <span className="cut">{file.file}</span>
        <span className="cut small ink3">
          {file.reason ?? `${formatCounted(file.attempts, "attempt")} · ${file.model ?? "no model named"}`}
        </span>
      </span>
    ),
    width: "2fr",
    isRowHeader: true,
  },
  { id: "status", header: "Taken in", cell: (file) => <ImportStatusTag status={file.status} />, width: 132 },
  {
    id: "verdict",
    header: "Recomputed",
    cell: (file) => {
      const metric = worstMetric(file);
      return metric === undefined ? <span className="ink3">–</span> : <VerdictTag verdict={metric.verdict} />;
    },
    width: 166,
  },
  { id: "at", header: "When", cell: (file) => <span className="ink2">{dayWords(file.at)}</span>, width: 120 },
];

/** What was imported lately, and whether its numbers came out the same when computed again. */
export function RecentImports({ imports }: { readonly imports: readonly RecentImport[] }): ReactNode {
  const rows = imports.map((file, index) => ({ ...file, key: `${String(index)}-${file.sha256}` }));
  return (
    <Panel title="Recent imports" hint="the least good verdict of each log" flush>
      {imports.length === 0 ? (
        <EmptyState title="Nothing was imported yet">
          Logs of Inspect (.eval, .json) are taken in with Import logs; their numbers are computed again.
        </EmptyState>
      ) : (
        <DataTable
          label="Recent imports"
          columns={importColumns}
          rows={rows}
          rowKey={(file) => file.key}
          rowText={(file) => file.file}
          rowHeight={46}
          maxRows={6}
          onOpen={(key) => {
            const run = rows.find((file) => file.key === key)?.run ?? null;
            if (run === null) navigate("import");
            else navigate("run", { id: run });
          }}
        />
      )}
    </Panel>
  );
}

type OpenReport = Overview["reportsOpen"][number];

function StateOf({ report }: { readonly report: OpenReport }): ReactNode {
  const state = reportStates.find((candidate) => candidate === report.state);
  return state === undefined ? report.state : <ReportStateTag state={state} />;
}

const reportColumns: readonly TableColumn<OpenReport>[] = [
  {
    id: "title",
    header: "Report",
    cell: (report) => (
      <span className="overview-two-lines">
        <span className="cut">{report.title}</span>
        <span className="small ink3">
          {report.code} · changed {dayWords(report.changedAt)}
        </span>
      </span>
    ),
    width: "1fr",
    isRowHeader: true,
  },
  { id: "state", header: "State", cell: (report) => <StateOf report={report} />, width: 96 },
];

/** Reports that are not sealed yet. */
export function OpenReports({ reports }: { readonly reports: readonly OpenReport[] }): ReactNode {
  return (
    <Panel title="Reports not sealed yet" flush>
      {reports.length === 0 ? (
        <EmptyState title="No report is open">
          A report starts from a template, on a campaign, a run or the whole vault.
        </EmptyState>
      ) : (
        <DataTable
          label="Reports not sealed yet"
          columns={reportColumns}
          rows={reports}
          rowKey={(report) => report.id}
          rowText={(report) => report.title}
          rowHeight={46}
          maxRows={5}
          onOpen={(id) => {
            navigate("report", { id });
          }}
        />
      )}
    </Panel>
  );
}
