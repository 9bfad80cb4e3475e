/** Tables of attempts, CSV or JSON Lines, with a mapping of their columns: what the service uses of this folder. */
export { describeTable, recogniseTable, type TableDescription } from "./detect.ts";
export { previewTable, readTable, type DryRun, type TableReadResult, type TableRun } from "./read-table.ts";
export { type TableTask } from "./row-reader.ts";
export { TableError, type TableErrorCode, tableErrorCodes, tableLimits } from "./table-error.ts";
