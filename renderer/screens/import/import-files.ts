import type { MetricVerdict } from "../../../electron/contract/attempt.ts";
import {
  importStatuses,
  type ImportedFile,
  type ImportReport,
  type ImportStatus,
} from "../../../electron/contract/importing.ts";

/** What an import's report says, as rows and words. Pure. */

/** What needs a look first. */
const order: readonly ImportStatus[] = [
  "refused",
  "table",
  "salvaged",
  "imported",
  "merged",
  "duplicate",
  "part-of",
  "not-a-log",
];

function differs(file: ImportedFile): boolean {
  return file.metrics.some((metric) => metric.verdict === "differs");
}

/** Refused files, then those to map, then those with something lost or with numbers that differ, then the rest. */
export function errorsFirst<File extends ImportedFile>(files: readonly File[]): readonly File[] {
  const weight = (file: File): number =>
    order.indexOf(file.status) * 2 - (file.status === "imported" && differs(file) ? 1 : 0);
  return files.toSorted((a, b) => weight(a) - weight(b));
}

/** What could not be read of a file, in all its parts. */
export function lostCount(file: ImportedFile): number {
  return file.lost.reduce((sum, { count }) => sum + Math.max(1, count), 0);
}

export interface FileFilter {
  readonly status: ImportStatus | "any";
  readonly words: string;
}

/** The files of a status whose name, folder, task or model holds every word. */
export function filesThatFit<File extends ImportedFile>(files: readonly File[], filter: FileFilter): readonly File[] {
  const words = filter.words.toLowerCase().split(/\s+/);
  return files.filter((file) => {
    if (filter.status !== "any" && file.status !== filter.status) return false;
    const text = `${file.folder}/${file.file} ${file.task ?? ""} ${file.model ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Each status in a word or two, as it stands in sums. */
export const statusWords: Readonly<Record<ImportStatus, string>> = {
  imported: "imported",
  salvaged: "salvaged",
  merged: "merged",
  duplicate: "known already",
  refused: "refused",
  table: "to map",
  "part-of": "part of another",
  "not-a-log": "no log",
};

/** One metric of the imported logs, and in how many of them recomputing came to what. */
export interface MetricLine {
  readonly metric: string;
  readonly logs: number;
  readonly verdicts: Readonly<Record<MetricVerdict, number>>;
}

const noVerdicts: Readonly<Record<MetricVerdict, number>> = {
  matches: 0,
  "matches-if-excluded": 0,
  differs: 0,
  "not-recomputable": 0,
  random: 0,
  "no-scores": 0,
};

/** The recompute verdicts by metric, those that differ first, then in order of name. */
export function metricLines(files: readonly ImportedFile[]): readonly MetricLine[] {
  const lines = new Map<string, MetricLine>();
  for (const { metric, reducer, verdict } of files.flatMap((file) => file.metrics)) {
    const name = reducer === null ? metric : `${metric} / ${reducer}`;
    const before = lines.get(name) ?? { metric: name, logs: 0, verdicts: noVerdicts };
    const verdicts = { ...before.verdicts, [verdict]: before.verdicts[verdict] + 1 };
    lines.set(name, { metric: name, logs: before.logs + 1, verdicts });
  }
  return [...lines.values()].toSorted(
    (a, b) => b.verdicts.differs - a.verdicts.differs || (a.metric < b.metric ? -1 : Number(a.metric > b.metric)),
  );
}

/** How many metrics came out as logged, of how many. */
export function agreement(lines: readonly MetricLine[]): { readonly agreeing: number; readonly all: number } {
  return {
    agreeing: lines.reduce((sum, line) => sum + line.verdicts.matches, 0),
    all: lines.reduce((sum, line) => sum + line.logs, 0),
  };
}

/** The tables that wait for their columns to be mapped. */
export function tablesOf(report: Pick<ImportReport, "files">): readonly { handle: string; name: string }[] {
  return report.files.flatMap(({ status, handle, file }) =>
    status === "table" && handle !== null ? [{ handle, name: file }] : [],
  );
}

/** The one table that was chosen, where there was nothing else: its columns are mapped at once. */
export function onlyTable(report: Pick<ImportReport, "files">): { handle: string; name: string } | null {
  const [first, ...others] = tablesOf(report);
  return first !== undefined && others.length === 0 && report.files.length === 1 ? first : null;
}

/** A report once one of its tables was taken in: the table's row gives way to what became of it. */
export function withTaken(report: ImportReport, handle: string, taken: ImportReport): ImportReport {
  const place = report.files.findIndex((file) => file.handle === handle);
  if (place < 0) return report;
  const files = report.files.toSpliced(place, 1, ...taken.files);
  const byStatus = { ...report.sums.byStatus, table: report.sums.byStatus.table - 1 };
  for (const status of importStatuses) byStatus[status] += taken.sums.byStatus[status];
  return { ...report, files, sums: { ...report.sums, byStatus } };
}
