import { parquetWriteBuffer } from "hyparquet-writer";
import { attemptExportColumns, exportCell, type AttemptExportRow } from "../attempt-export.ts";

type Column = (typeof attemptExportColumns)[number];
type ColumnType = "STRING" | "DOUBLE" | "INT32";

const wholeNumbers: ReadonlySet<Column> = new Set<Column>(["epoch", "messages", "retries"]);
const numbers: ReadonlySet<Column> = new Set<Column>([
  ...(["score", "scorer_score", "reviewed_score", "inputTokens", "outputTokens", "totalTokens", "cost"] as const),
  ...(["startedAt", "totalMs", "workingMs"] as const),
]);

function typeOf(column: Column): ColumnType {
  if (wholeNumbers.has(column)) return "INT32";
  return numbers.has(column) ? "DOUBLE" : "STRING";
}

/** The same text as in the CSV; a double holds every digit of a number. */
function cellOf(row: AttemptExportRow, column: Column): string | number | null {
  const value = row[column];
  return typeof value === "object" && value !== null ? exportCell(value) : value;
}

/**
 * Attempts as Apache Parquet (format 2, Snappy): the columns of the CSV and JSON Lines exports in their order and under
 * their names, numbers as 64-bit doubles (epoch, messages, retries as 32-bit integers), `scores` and `flags` as JSON text, null where
 * there is nothing. The same rows give the same bytes.
 */
export function attemptsToParquet(rows: readonly AttemptExportRow[]): Uint8Array {
  const columnData = attemptExportColumns.map((column) => ({
    name: column,
    type: typeOf(column),
    data: rows.map((row) => cellOf(row, column)),
    nullable: true,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: "EvalVault" }));
}
