import { changeTexts } from "../contract/change-texts.ts";
import { comparisonAnswerSchema } from "../contract/comparison-answer.ts";
import type { FrozenFigure, FrozenReport, FrozenTable, Provenance } from "../contract/frozen-report.ts";
import { visibleText as seen } from "./visible-text.ts";

/** The report as pages, figures and tables show it: no text in it holds a hidden character any more. */
export function visibleReport(report: FrozenReport): FrozenReport {
  return {
    ...report,
    code: seen(report.code),
    title: seen(report.title),
    notice: seen(report.notice),
    scope: seen(report.scope),
    preparedBy: seen(report.preparedBy),
    tool: { name: seen(report.tool.name), version: seen(report.tool.version) },
    checkpoint: { ...report.checkpoint, root: seen(report.checkpoint.root), note: seen(report.checkpoint.note) },
    models: report.models.map(({ safeguard, ...words }) => ({ ...seenValues(words), safeguard })),
    benchmarks: report.benchmarks.map((benchmark) => ({
      ...benchmark,
      title: seen(benchmark.title),
      version: seen(benchmark.version),
      digest: seen(benchmark.digest),
      licence: seenOrNull(benchmark.licence),
      source: seenOrNull(benchmark.source),
      scoring: seenOrNull(benchmark.scoring),
    })),
    sections: report.sections.map(seenValues),
    figures: report.figures.map(visibleFigure),
    tables: report.tables.map(visibleTable),
  };
}

function seenOrNull(text: string | null): string | null {
  return text === null ? null : seen(text);
}

function seenValues<K extends string>(texts: Readonly<Record<K, string>>): Record<K, string>;
function seenValues(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, seen(text)]));
}

function visibleBlock<T extends { id: string; title: string; caption: string; provenance: Provenance }>(block: T): T {
  const { runs, entries, method } = block.provenance;
  return {
    ...block,
    title: seen(block.title),
    caption: seen(block.caption),
    provenance: { runs: runs.map(seen), entries, method: seen(method) },
  };
}

function visibleFigure(figure: FrozenFigure): FrozenFigure {
  const block = visibleBlock(figure);
  switch (block.kind) {
    case "rates":
      return { ...block, rows: block.rows.map((row) => ({ ...row, label: seen(row.label) })) };
    case "ledger":
      return { ...block, rows: block.rows.map((row) => ({ ...row, label: seen(row.label) })) };
    case "matrix":
      return { ...block, rows: block.rows.map(seen), columns: block.columns.map(seen) };
    case "comparison": {
      const comparison =
        block.comparison === null ? null : comparisonAnswerSchema.parse(changeTexts(block.comparison, seen));
      return { ...block, benchmark: seen(block.benchmark), comparison };
    }
  }
}

function visibleTable(table: FrozenTable): FrozenTable {
  return {
    ...visibleBlock(table),
    columns: table.columns.map((column) => ({ ...column, label: seen(column.label), unit: seenOrNull(column.unit) })),
    rows: table.rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, cell]) => [
          key,
          { value: typeof cell.value === "string" ? seen(cell.value) : cell.value, text: seen(cell.text) },
        ]),
      ),
    ),
  };
}
