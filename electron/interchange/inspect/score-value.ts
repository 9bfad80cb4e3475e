const words: ReadonlyMap<string, number> = new Map([
  ["c", 1],
  ["p", 0.5],
  ["i", 0],
  ["n", 0],
]);
const yes = new Set(["yes", "true"]);
const no = new Set(["no", "false"]);
/** What Python's float() takes, without its words for infinity and NaN. */
const numeric = /^\s*[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?\s*$/;

/**
 * A score's value as a number by Inspect's default `value_to_float`: C 1, P 0.5, I 0, N 0, yes/true 1, no/false 0,
 * numbers and numeric strings as they are, anything else (lists and dicts too) 0. NaN stays NaN.
 */
export function toFloat(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string") return 0;
  const exact = value.length === 1 && value === value.toUpperCase() ? words.get(value.toLowerCase()) : undefined;
  if (exact !== undefined) return exact;
  const lower = value.toLowerCase();
  if (yes.has(lower)) return 1;
  if (no.has(lower)) return 0;
  return numericText(value) ?? 0;
}

function numericText(value: string): number | null {
  if (!numeric.test(value)) return null;
  const number = Number(value.replaceAll("_", ""));
  return Number.isFinite(number) ? number : null;
}

export function isUnscored(value: unknown): boolean {
  return typeof value === "number" && Number.isNaN(value);
}

/**
 * The value as a number where it has one of its own: null for NaN, lists and dicts, and for text that stands for no
 * number (Inspect would count such a text as 0).
 */
export function scoreNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string") return null;
  if (value.length === 1 && "CPIN".includes(value)) return toFloat(value);
  const lower = value.toLowerCase();
  if (yes.has(lower) || no.has(lower)) return toFloat(value);
  return numericText(value);
}

/** True where the value, or any part of it, says something. */
export function isScored(value: unknown): boolean {
  if (value === null || value === undefined || isUnscored(value)) return false;
  if (Array.isArray(value)) return value.some(isScored);
  if (typeof value === "object") return Object.values(value).some(isScored);
  return true;
}
