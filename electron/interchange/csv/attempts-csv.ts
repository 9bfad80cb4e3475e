import { stringify } from "csv-stringify/sync";
import { attemptExportColumns, exportCell, type AttemptExportRow } from "../attempt-export.ts";

/**
 * Attempts as CSV (RFC 4180, CRLF line ends, UTF-8 with a byte order mark so that spreadsheets read it as such).
 * Text that a spreadsheet would take for a formula gets a leading apostrophe.
 */
export function attemptsToCsv(rows: readonly AttemptExportRow[]): string {
  return stringify(
    rows.map((row) => attemptExportColumns.map((column) => exportCell(row[column]))),
    { header: true, columns: [...attemptExportColumns], escape_formulas: true, record_delimiter: "\r\n", bom: true },
  );
}
