import { stringify } from "csv-stringify/sync";
import type { FrozenTable } from "../contract/frozen-report.ts";
import { machineNumber } from "../contract/number-text.ts";

interface CsvCell {
  readonly text: string;
  readonly number: boolean;
}

/**
 * A table as CSV (RFC 4180, UTF-8, header row of column keys). Numbers have the digits of the report, without thousands
 * separators. Text that a spreadsheet would take for a formula is made text by a leading apostrophe. The last column is the
 * report's marking, so that it goes with every row.
 */
export function tableCsv(table: FrozenTable, marking: string): string {
  const header = [...table.columns.map((column) => column.key), "marking"].map(textCell);
  const rows = table.rows.map((row) => [
    ...table.columns.map((column): CsvCell => {
      const cell = row[column.key];
      if (cell === undefined || cell.value === null) return textCell("");
      return typeof cell.value === "number" ? numberCell(cell.text) : textCell(cell.text);
    }),
    textCell(marking),
  ]);
  return stringify([header, ...rows], {
    record_delimiter: "\r\n",
    // By itself it quotes only the delimiter that it writes, and a lone line feed would end the row elsewhere.
    quoted_match: /[\r\n]/,
    escape_formulas: true,
    cast: {
      object: (cell) => ({ value: readCell(cell).text, escape_formulas: !readCell(cell).number }),
    },
  });
}

function textCell(text: string): CsvCell {
  return { text, number: false };
}

/** A negative number begins like a formula and is none; anything that is not a plain number stays guarded text. */
function numberCell(text: string): CsvCell {
  const digits = machineNumber(text);
  return { text: digits, number: /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(digits) };
}

function readCell(cell: unknown): CsvCell {
  if (typeof cell === "object" && cell !== null && "text" in cell && "number" in cell) {
    if (typeof cell.text === "string" && typeof cell.number === "boolean")
      return { text: cell.text, number: cell.number };
  }
  throw new TypeError("a CSV cell is a text and whether it is a number");
}
