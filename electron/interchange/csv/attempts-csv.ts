import { attemptExportColumns, exportCell, type AttemptExportRow } from "../attempt-export.ts";
import { guardedCsv } from "./guarded-csv.ts";

/** Attempts as CSV, one a row. */
export function attemptsToCsv(rows: readonly AttemptExportRow[]): string {
  return guardedCsv(
    attemptExportColumns,
    rows.map((row) => attemptExportColumns.map((column) => exportCell(row[column]))),
  );
}
