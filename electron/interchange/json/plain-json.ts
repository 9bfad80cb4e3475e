import type { ScoreValue } from "../../contract/attempt.ts";
import type { JsonValue } from "../logged-run.ts";
import { wellFormed } from "./fields.ts";

/** Any value as JSON that can be kept: no NaN, no lone surrogates, no endless depth. */
export function plainJson(value: unknown, depth = 0): JsonValue {
  if (typeof value === "string") return wellFormed(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value;
  if (value === null || typeof value !== "object" || depth > 20) return null;
  if (Array.isArray(value)) return value.map((item) => plainJson(item, depth + 1));
  const entries = Object.entries(value).filter(([key]) => key !== "__proto__");
  return Object.fromEntries(entries.map(([key, item]) => [wellFormed(key), plainJson(item, depth + 1)]));
}

/** A score's value as the journal can keep it: NaN and infinities become null, text is cut, depth is bounded. */
export function scoreValue(value: unknown, depth = 0): ScoreValue {
  if (typeof value === "string") return wellFormed(value.slice(0, 10_000));
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value;
  if (value === null || typeof value !== "object" || depth > 8) return null;
  if (Array.isArray(value)) return value.slice(0, 10_000).map((item) => scoreValue(item, depth + 1));
  const entries = Object.entries(value).filter(([key]) => key !== "__proto__");
  return Object.fromEntries(
    entries.map(([key, item]) => [wellFormed(key.slice(0, 1_000)), scoreValue(item, depth + 1)]),
  );
}
