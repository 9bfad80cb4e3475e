import { stringify } from "csv-stringify/sync";
import { attemptExportColumns, exportCell, type AttemptExportRow } from "../attempt-export.ts";

/** Text that already looks like a marked formula gets the mark as well, so that taking one mark off gives it back. */
const markedFormula = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

function cellOf(row: AttemptExportRow, column: (typeof attemptExportColumns)[number]): string | number {
  const cell = exportCell(row[column]);
  return typeof cell === "string" && markedFormula.test(cell) ? `'${cell}` : cell;
}

/**
 * Attempts as CSV (RFC 4180, CRLF line ends, UTF-8 with a byte order mark so that spreadsheets read it as such).
 * Text that a spreadsheet would take for a formula gets a leading apostrophe.
 */
export function attemptsToCsv(rows: readonly AttemptExportRow[]): string {
  return stringify(
    rows.map((row) => attemptExportColumns.map((column) => cellOf(row, column))),
    {
      header: true,
      columns: [...attemptExportColumns],
      escape_formulas: true,
      record_delimiter: "\r\n",
      // By itself it quotes only the delimiter that it writes, and a lone line feed would end the row elsewhere.
      quoted_match: /[\r\n]/,
      bom: true,
    },
  );
}
