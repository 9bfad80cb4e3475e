/** Tables of attempts, CSV or JSON Lines, with a mapping of their columns: what the service uses of this folder. */
export { describeTable, recogniseTable, type TableDescription } from "./detect.ts";
export {
  type MappedColumn,
  type OutcomeMeaning,
  type TableColumn,
  type TableField,
  tableFields,
  type TableMapping,
  tableMappingSchema,
  type TimeUnit,
  timeUnits,
} from "./mapping.ts";
export {
  type OutcomeWord,
  previewTable,
  readTable,
  type TableCounts,
  type TablePreview,
  type TableReadResult,
  type TableRun,
} from "./read-table.ts";
export {
  type RefusedRow,
  type RowRefusalReason,
  rowRefusalReasons,
  type TableTask,
  type TakenRow,
} from "./row-reader.ts";
export { TableError, type TableErrorCode, tableErrorCodes, tableLimits } from "./table-error.ts";
