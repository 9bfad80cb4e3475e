/** Why a file cannot be taken in as a table at all. Single rows are refused instead, with a `RowRefusalReason`. */
export const tableErrorCodes = [
  "empty",
  "encoding-unsupported",
  "no-table",
  "too-many-columns",
  "record-too-long",
  "too-many-rows",
  "too-many-runs",
  "mapping-unfit",
] as const;
export type TableErrorCode = (typeof tableErrorCodes)[number];

export class TableError extends Error {
  readonly code: TableErrorCode;
  /** Line of the file that it is about, where it is about one; never content. */
  readonly params: { readonly line?: number };
  constructor(code: TableErrorCode, message: string, params: { readonly line?: number } = {}) {
    super(message);
    this.name = "TableError";
    this.code = code;
    this.params = params;
  }
}

/** What is too much. A cell longer than an attempt's field is cut there and counted; these are refused. */
export const tableLimits = {
  columns: 500,
  rows: 5_000_000,
  runs: 1_000,
  /** One record of CSV, one value of JSON, in bytes. */
  recordBytes: 4 * 1024 * 1024,
  taskLength: 2_000,
  epochs: 10_000,
} as const;
