import { attemptExportColumns, type AttemptExportRow } from "../attempt-export.ts";

/** Attempts as JSON Lines: one object a line, every column in every line, null where there is nothing. */
export function attemptsToJsonl(rows: readonly AttemptExportRow[]): string {
  const lines = rows.map((row) =>
    JSON.stringify(Object.fromEntries(attemptExportColumns.map((column) => [column, row[column] ?? null]))),
  );
  return lines.map((line) => `${line}\n`).join("");
}
