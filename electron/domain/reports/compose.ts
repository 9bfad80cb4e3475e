import type { FrozenFigure, FrozenReport, FrozenTable, Provenance } from "../../contract/frozen-report.ts";
import type { Report } from "../../contract/reporting.ts";
import { getBenchmark } from "../benchmarks/queries.ts";
import { listModels } from "../models/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { count } from "../read-model.ts";
import type { Matrix } from "../../contract/evaluation.ts";
import { reportBlocks } from "./blocks.ts";
import { material, type ReportMaterial } from "./material.ts";
import { comparisonBlocks, type Describing } from "./comparison-blocks.ts";
import { denominatorsTable, deviationsTable } from "./plan-tables.ts";
import { ledgerTable, metricsTable, resultsTable, runsTable, tasksTable } from "./tables.ts";

/** What the domain cannot know by itself. */
export interface Composition extends Describing {
  readonly at: number;
  readonly tool: { readonly name: string; readonly version: string };
  readonly checkpoint: { readonly size: number; readonly root: string; readonly note: string };
  readonly notice: string;
  readonly signaturesRequired: number;
}

function cellLabel(matrix: Matrix, cell: Matrix["cells"][number]): string {
  const version = matrix.modelVersions.find((one) => one.id === cell.modelVersionId)?.words ?? cell.modelVersionId;
  const benchmark = matrix.benchmarks.find((one) => one.id === cell.benchmarkId)?.title ?? cell.benchmarkId;
  return `${version} · ${benchmark}`;
}

function figures({ matrix, pooled, provenance }: ReportMaterial): FrozenFigure[] {
  const titled = (id: "rates" | "ledger" | "matrix"): { id: string; title: string; provenance: Provenance } => ({
    id,
    title: reportBlocks.find((block) => block.kind === "figure" && block.id === id)?.title ?? id,
    provenance,
  });
  return [
    {
      ...titled("rates"),
      kind: "rates",
      caption: "Dot: solve rate over tasks. Line: 95 % interval; its method and unit are in the table of results.",
      rows: matrix.cells.map((cell) => ({ label: cellLabel(matrix, cell), rate: cell.rate })),
    },
    {
      ...titled("ledger"),
      kind: "ledger",
      caption: "Every planned attempt ends in exactly one state; the states add up to what was planned.",
      rows: pooled
        .filter((line) => line.over === "cell")
        .map(({ model, benchmark, ledger }) => ({ label: `${model ?? ""} · ${benchmark ?? ""}`, ledger })),
    },
    {
      ...titled("matrix"),
      kind: "matrix",
      caption: "Solve rate by model version and benchmark, with the number of attempts that it rests on.",
      rows: matrix.modelVersions.map((one) => one.words),
      columns: matrix.benchmarks.map((one) => one.title),
      cells: matrix.cells.map((cell) => ({
        row: matrix.modelVersions.findIndex((one) => one.id === cell.modelVersionId),
        column: matrix.benchmarks.findIndex((one) => one.id === cell.benchmarkId),
        rate: cell.rate,
      })),
    },
  ];
}

function subjects(context: QueryContext, { runs }: ReportMaterial): Pick<FrozenReport, "models" | "benchmarks"> {
  const { model } = context;
  const versionIds = new Set(runs.map((run) => run.modelVersion.id));
  const benchmarkIds = new Set(runs.map((run) => run.benchmark.id));
  return {
    models: listModels(model).flatMap(({ developer, name, versions }) =>
      versions
        .filter((version) => versionIds.has(version.id))
        .map(({ words, checkpoint, safeguard, access, settings }) => ({
          words,
          developer,
          name,
          checkpoint,
          safeguard,
          access,
          settings,
        })),
    ),
    benchmarks: [...benchmarkIds].flatMap((id) => {
      const benchmark = getBenchmark(model, id);
      if (benchmark === null) return [];
      const { title, version, digest, tasks, licence, source, scoring } = benchmark;
      return [{ title, version, digest, tasks, licence, source, scoring }];
    }),
  };
}

/**
 * The report as it stands now, with every number that it prints. The same read model, sections and composition give
 * the same report, key for key. Comparisons that take long are at hand where `compareAhead` ran before.
 */
export function composeReport(context: QueryContext, report: Report, composition: Composition): FrozenReport {
  const made = material(context, report, { now: composition.at, sha256: composition.sha256 });
  const compared = comparisonBlocks(context, report, made, composition);
  const tables: FrozenTable[] = [
    resultsTable(made),
    denominatorsTable(made),
    ledgerTable(made),
    deviationsTable(made),
    runsTable(made),
    tasksTable(context, made),
    metricsTable(made),
    ...compared.tables,
  ];
  return {
    schema: "evalvault-report-1",
    code: report.code,
    revision: report.revision,
    template: report.template,
    title: report.title,
    marking: report.marking,
    notice: composition.notice,
    scope: report.scopeWords,
    preparedBy: report.author,
    signaturesRequired: composition.signaturesRequired,
    generatedAt: composition.at,
    dataCutOff: count(context.model, "SELECT coalesce(max(at), 0) AS n FROM journal WHERE refused IS NULL"),
    tool: { ...composition.tool },
    checkpoint: { ...composition.checkpoint },
    ...subjects(context, made),
    sections: report.sections.map(({ id, heading, portion, markdown }) => ({ id, heading, portion, markdown })),
    figures: [...figures(made), ...compared.figures],
    tables,
  };
}
