import type { FrozenReport, FrozenTable } from "../contract/frozen-report.ts";
import { frozenReportSchema } from "../contract/frozen-report.ts";
import { PublishingError } from "./publishing-error.ts";
import { escapeHiddenInJson } from "./visible-text.ts";

/** Checks a frozen report and gives it with its keys in the schema's order. Throws `report-invalid`. */
export function readFrozenReport(given: unknown): FrozenReport {
  const read = frozenReportSchema.safeParse(given);
  if (read.success) {
    return { ...read.data, tables: read.data.tables.map(orderCells) };
  }
  const place = read.error.issues[0]?.path.join(".") ?? "";
  throw new PublishingError(
    "report-invalid",
    `The frozen report is not in its format at "${place}". Freeze it again.`,
    {
      place,
    },
  );
}

/** Cells in the order of the columns, so that the same table is the same bytes however it was put together. */
function orderCells(table: FrozenTable): FrozenTable {
  const keys = table.columns.map((column) => column.key);
  const rank = (key: string): number => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  return {
    ...table,
    rows: table.rows.map((row) =>
      Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : Number(a > b)))),
    ),
  };
}

/** report.json: the frozen report itself, which `frozenReportSchema` reads back. Hidden characters are escaped. */
export function reportJson(report: FrozenReport): string {
  return `${escapeHiddenInJson(JSON.stringify(report, null, 2))}\n`;
}
