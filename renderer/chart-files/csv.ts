import { formatDecimal, machineNumber } from "../../electron/contract/number-text.ts";
import type { TwinTable } from "../charts/chart-parts.ts";

/** A cell of a CSV file (RFC 4180); what a spreadsheet would run as a formula is kept as text. */
export function csvCell(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines of cells as a CSV file. */
export function csvText(lines: readonly (readonly string[])[]): string {
  return `${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** A number for a file: whole as it is, otherwise to six decimals. */
export function csvNumber(value: number | null): string {
  if (value !== null && Number.isInteger(value)) return String(value);
  return machineNumber(formatDecimal(value, 6));
}

/** The table twin of a chart as CSV: the values behind the digits, and on every line how they were counted, where it is said. */
export function twinCsv(twin: TwinTable, denominator: string | null): string {
  const counted = (text: string): string[] => (denominator === null ? [] : [text]);
  const head = [...twin.columns.map(({ key }) => key), ...counted("denominator")];
  const lines = twin.rows.map(({ cells }) => [
    ...cells.map(({ value }) => (typeof value === "string" ? value : csvNumber(value))),
    ...counted(denominator ?? ""),
  ]);
  return csvText([head, ...lines]);
}
