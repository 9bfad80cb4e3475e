import canonicalize from "canonicalize";
import type { AffectedVersions, CvssScore } from "./advisory.ts";
import { baseScore31 } from "./cvss-vectors.ts";
import { wellFormed } from "./json/fields.ts";

/** Values of an advisory, checked and made ready for JSON. Nothing here knows a format. */

const timestamp = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/** RFC 3339 in UTC, of a day that the calendar has. */
export function isTimestamp(text: string): boolean {
  if (!timestamp.test(text)) return false;
  const parsed = new Date(text);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text.slice(0, 10);
}

/** An absolute web address, in characters that every reader of URIs takes (RFC 3986). */
export function isWebAddress(text: string): boolean {
  if (text.length > 2048 || !/^https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/.test(text)) return false;
  return URL.canParse(text) && !/%(?![\da-fA-F]{2})/.test(text);
}

/** The text without blanks around it, ready for UTF-8; null where nothing is left. */
export function present(text: string | null): string | null {
  const trimmed = wellFormed(text ?? "").trim();
  return trimmed === "" ? null : trimmed;
}

const rangeWords = new Set(["after", "all", "before", "earlier", "later", "prior", "versions"]);

/** One version and nothing else: no comparison in signs or words (CSAF 2.0, 6.1.31), no line break. */
export function isVersionText(text: string): boolean {
  if (text.length > 1000 || text.trim() !== text || !/^[^<>=|*\p{Cc}\p{Surrogate}]+$/u.test(text)) return false;
  return !text
    .toLowerCase()
    .split(/\s/)
    .some((word) => rangeWords.has(word));
}

/** Every version that is named, in order. */
export function versionsNamed(versions: AffectedVersions): string[] {
  if (versions.kind === "version") return [versions.version];
  return [versions.introduced, versions.fixed, versions.lastAffected].filter((version) => version !== null);
}

/** Qualitative severity of CVSS v3.1 (section 5) and v4.0 (section 6): both have the same bounds. */
export function severityOf(score: CvssScore): "NONE" | "LOW" | "MEDIUM" | "HIGH" | "CRITICAL" {
  if (score.score <= 0) return "NONE";
  if (score.score < 4) return "LOW";
  if (score.score < 7) return "MEDIUM";
  return score.score < 9 ? "HIGH" : "CRITICAL";
}

/**
 * A score as the JSON schemas of FIRST have it. Their `baseScore` is of the base metrics alone in v3.1, of the whole vector in
 * v4.0, which knows one score only.
 */
export function cvssObject(score: CvssScore): Readonly<Record<string, unknown>> {
  const baseScore = score.version === "3.1" ? (baseScore31(score.vector) ?? score.score) : score.score;
  const baseSeverity = severityOf({ ...score, score: baseScore });
  return { version: score.version, vectorString: score.vector, baseScore, baseSeverity };
}

/** The object without its members that hold nothing: null, undefined, an empty list. */
export function withoutEmpty(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** Each value once, the first of equal ones, compared as JSON. */
export function distinct<T>(values: readonly T[]): T[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}

/** Canonical JSON (RFC 8785) with a line end: the same document is the same bytes. */
export function documentBytes(document: unknown): Uint8Array {
  return new TextEncoder().encode(`${canonicalize(document) ?? "null"}\n`);
}
