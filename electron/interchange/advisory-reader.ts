import { isObject, type JsonObject } from "./json/fields.ts";

/**
 * Advisories that others wrote, read as far as it takes to tell whether a finding is known already. Whatever the file is, the
 * answer is a list or a refusal with its reason; nothing throws.
 */

/** One flaw in one product, as an advisory names it. */
export interface KnownVulnerability {
  /** "" where the advisory does not say. */
  readonly vendor: string;
  readonly product: string;
  readonly component: string | null;
  readonly cve: string | null;
  /** "CWE-787" …, as many as the advisory gives. */
  readonly weaknesses: readonly string[];
  /** Other names of the same flaw: "GHSA-…", a vendor's number. */
  readonly aliases: readonly string[];
  readonly title: string;
  /** As the advisory puts them, for people to compare. */
  readonly versions: readonly string[];
}

export type AdvisoryRefusal =
  /** More bytes than an advisory has. */
  | "too-large"
  /** No JSON, or not in UTF-8. */
  | "not-json"
  /** Nested deeper than any advisory. */
  | "too-deep"
  /** JSON, but of another kind. */
  | "not-an-advisory"
  /** More vulnerabilities and products than can be compared. */
  | "too-many";

export type ReadAdvisory =
  | {
      readonly kind: "advisory";
      /** "CSAF 2.0", "OSV 1.7.5". */
      readonly format: string;
      /** The document's own id. */
      readonly id: string;
      readonly vulnerabilities: readonly KnownVulnerability[];
      /** What was there and could not be read, a sentence each. */
      readonly passedOver: readonly string[];
    }
  | { readonly kind: "refused"; readonly code: AdvisoryRefusal; readonly reason: string };

/** The largest CSAF files of big vendors have some 20 MB. */
export const advisoryLimits = { bytes: 64 * 1024 * 1024, depth: 100, vulnerabilities: 50_000 } as const;

export function refused(code: AdvisoryRefusal, reason: string): ReadAdvisory & { kind: "refused" } {
  return { kind: "refused", code, reason };
}

/** Whether brackets nest deeper than `limit` anywhere, by one look at each byte and before anything is parsed. */
function nestsDeeper(bytes: Uint8Array, limit: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inText) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) inText = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return false;
}

/** The JSON object that a file is, or why it is none. Limits are kept before anything is parsed. */
export function readObject(
  bytes: Uint8Array,
): { kind: "object"; value: JsonObject } | (ReadAdvisory & { kind: "refused" }) {
  if (bytes.length > advisoryLimits.bytes)
    return refused("too-large", "The file has more than 64 MB: it was not opened.");
  if (nestsDeeper(bytes, advisoryLimits.depth)) {
    return refused("too-deep", "The file nests deeper than a hundred levels: it was not opened.");
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return refused("not-json", "The file is not JSON in UTF-8.");
  }
  return isObject(value) ? { kind: "object", value } : refused("not-an-advisory", "The file is JSON, but no advisory.");
}
