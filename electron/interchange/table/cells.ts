import { wellFormed } from "../json/fields.ts";
import type { TimeUnit } from "../../contract/importing.ts";

/** Cells of a table as values. Everything is text until here, and stays text unless its column is a number's. */

/** A spreadsheet's mark for "this is text", which our own CSV puts before anything that would be a formula, or is marked. */
const formulaMark = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Most cells by far. */
const simple = /^[\t\n\r -~]*$/;
const digits = /^-?\d{1,15}(?:\.\d+)?$/;

/** Text that a journal can keep: well formed, without NUL, and without the mark that kept it from being a formula. */
export function plainText(cell: string, isCsv: boolean): string {
  const text = isCsv && cell.startsWith("'") && formulaMark.test(cell) ? cell.slice(1) : cell;
  return simple.test(text) ? text : wellFormed(text.replaceAll("\0", "\uFFFD"));
}

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const grouped = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

/**
 * A number as people and spreadsheets write it: 12, -0.5, 1e-3, 12,408, $1.50; with decimal "," 0,5 and 12.408,5.
 * Null where it is none, or none that can be told for certain.
 */
export function numberOf(cell: string, decimal: "." | ","): number | null {
  let text = cell.trim();
  if (decimal === "." && digits.test(text)) return Number(text);
  text = text.replace(/^([+-]?)[$€£]\s?/, "$1").replace(/\s?[$€£]$/, "");
  text = text.replace(/\u2212/g, "-").replace(/[\u00a0\u202f]/g, "");
  if (decimal === ",") text = text.replace(/[.,]/g, (mark) => (mark === "," ? "." : ","));
  if (grouped.test(text)) text = text.replaceAll(",", "");
  if (!plain.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A share: a number, or a percentage as a part of 1. */
export function shareOf(cell: string, decimal: "." | ","): number | null {
  const percent = /^(.*?)\s?%$/.exec(cell.trim());
  if (percent?.[1] === undefined) return numberOf(cell, decimal);
  const value = numberOf(percent[1], decimal);
  return value === null ? null : value / 100;
}

/** A count or amount that cannot be negative, nor larger than a number can hold exactly. */
export function amountOf(cell: string, decimal: "." | ","): number | null {
  const value = numberOf(cell, decimal);
  return value !== null && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : null;
}

const milliseconds: Readonly<Record<Exclude<TimeUnit, "clock">, number>> = {
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
};
const clock = /^(?:(\d{1,6}):)?(\d{1,3}):(\d{2}(?:[.,]\d+)?)$/;

/** A duration in milliseconds, rounded to whole ones unless it was given in milliseconds. */
export function durationOf(cell: string, unit: TimeUnit, decimal: "." | ","): number | null {
  const parts = clock.exec(cell.trim());
  if (parts !== null) {
    const [, hours = "0", minutes = "0", seconds = "0"] = parts;
    const total = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds.replace(",", "."));
    return Math.round(total * 1_000);
  }
  if (unit === "clock") return null;
  const value = amountOf(cell, decimal);
  if (value === null) return null;
  const time = unit === "ms" ? value : Math.round(value * milliseconds[unit]);
  return time <= Number.MAX_SAFE_INTEGER ? time : null;
}

const iso = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;
const firstSecond = 1e8;
const firstMillisecond = 1e11;

/** A time in milliseconds since 1970: ISO 8601 (without an offset it is UTC), or seconds or milliseconds since then. */
export function timeOf(cell: string): number | null {
  const text = cell.trim();
  if (iso.test(text)) {
    const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) && text.length > 10 ? text : withZone(text);
    const time = Date.parse(zoned.replace(" ", "T"));
    return Number.isNaN(time) ? null : time;
  }
  if (!/^\d{1,16}(?:\.\d+)?$/.test(text)) return null;
  const value = Number(text);
  if (value >= firstMillisecond) return value <= 8.64e15 ? value : null;
  return value >= firstSecond ? Math.round(value * 1_000) : null;
}

function withZone(text: string): string {
  return text.length === 10 ? `${text}T00:00Z` : `${text}Z`;
}
