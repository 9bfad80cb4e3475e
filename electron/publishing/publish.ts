import type { FrozenReport } from "../contract/frozen-report.ts";
import { markingWords } from "../contract/marking.ts";
import { tableCsv } from "./csv-table.ts";
import { figureFile } from "./figure-file.tsx";
import { PublishingError } from "./publishing-error.ts";
import { readFrozenReport, reportJson } from "./report-json.ts";
import { reportHtml } from "./report-page.tsx";
import { visibleReport } from "./visible-report.ts";

/** One file of a published report. `path` is relative, with "/" between folders. */
export interface PublishedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * The files of a frozen report: report.html, report.json, tables/*.csv, figures/*.svg and checkpoint.note.
 * Pure: the same report gives the same bytes.
 *
 * @throws PublishingError `report-invalid`, `block-id-unsafe`, `block-id-duplicate`
 */
export function publish(given: FrozenReport): PublishedFile[] {
  const report = readFrozenReport(given);
  checkBlockIds(
    "figure",
    report.figures.map((figure) => figure.id),
  );
  checkBlockIds(
    "table",
    report.tables.map((table) => table.id),
  );
  const seen = visibleReport(report);
  const marking = markingWords(seen.marking);
  return [
    fileOf("report.html", reportHtml(seen)),
    fileOf("report.json", reportJson(report)),
    ...seen.tables.map((table) => fileOf(`tables/${table.id}.csv`, tableCsv(table, marking))),
    ...seen.figures.map((figure) => fileOf(`figures/${figure.id}.svg`, figureFile(figure, seen))),
    // Byte for byte as it was signed, never made visible.
    ...(report.checkpoint.note === "" ? [] : [fileOf("checkpoint.note", report.checkpoint.note)]),
  ];
}

/** Ids become file names and anchors. */
function checkBlockIds(kind: "figure" | "table", ids: readonly string[]): void {
  const known = new Set<string>();
  for (const id of ids) {
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(id)) {
      throw new PublishingError("block-id-unsafe", `A ${kind} id holds more than small letters, digits and "-".`, {
        kind,
      });
    }
    if (known.has(id)) {
      throw new PublishingError("block-id-duplicate", `Two of the report's ${kind}s have the id "${id}".`, {
        kind,
        id,
      });
    }
    known.add(id);
  }
}

function fileOf(path: string, text: string): PublishedFile {
  return { path, bytes: new TextEncoder().encode(text) };
}
