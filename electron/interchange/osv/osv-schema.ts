import { z } from "zod";
import { isTimestamp } from "../advisory-values.ts";
import { isVector31, isVector40 } from "../cvss-vectors.ts";

/**
 * OSV 1.7.5 (ossf.github.io/osv-schema), as strictly as this program writes it. Written down from the specification: no
 * package brings the official JSON schema. Stricter than that in two ways: unknown members are refused everywhere, and an id
 * begins with x_, because only registered databases have prefixes of their own.
 */

export const osvVersion = "1.7.5";

/** Names of ecosystems that the specification lists; what follows a colon is the ecosystem's own. */
export const osvEcosystems: readonly string[] =
  // prettier-ignore
  ["AlmaLinux", "Alpaquita", "Alpine", "Android", "BellSoft Hardened Containers", "Bioconductor", "Bitnami", "Chainguard",
    "CleanStart", "ConanCenter", "CRAN", "crates.io", "Debian", "Docker Hardened Images", "Echo", "FreeBSD", "GHC",
    "GitHub Actions", "Go", "Hackage", "Hex", "Julia", "Kubernetes", "Linux", "Mageia", "Maven", "MinimOS", "npm", "NuGet",
    "opam", "openEuler", "openSUSE", "OSS-Fuzz", "Packagist", "Photon OS", "Pub", "PyPI", "Red Hat", "Rocky Linux", "Root",
    "RubyGems", "SUSE", "SwiftURL", "Ubuntu", "VSCode", "Wolfi"];

export function isOsvEcosystem(text: string): boolean {
  const [name = "", ...suffix] = text.split(":");
  return osvEcosystems.includes(name) && (suffix.length === 0 || suffix.join(":") !== "");
}

const timestamp = z.string().refine(isTimestamp, "a time in UTC");
const text = z.string().min(1);
const url = z.string().refine((value) => URL.canParse(value), "a web address");

const severity = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("CVSS_V3"), score: z.string().refine(isVector31, "a CVSS v3.1 vector") }),
  z.strictObject({ type: z.literal("CVSS_V4"), score: z.string().refine(isVector40, "a CVSS v4.0 vector") }),
]);

const event = z.union([
  z.strictObject({ introduced: text }),
  z.strictObject({ fixed: text }),
  z.strictObject({ last_affected: text }),
]);
const events = z
  .array(event)
  .refine((list) => list.some((item) => "introduced" in item), "an introduced version")
  .refine(
    (list) => !(list.some((item) => "fixed" in item) && list.some((item) => "last_affected" in item)),
    "fixed or last_affected, not both",
  );

const semver =
  /^(?:0|(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?)$/;

/** A semantic version (2.0.0) without a leading v, or 0 for the beginning. */
export function isSemver(version: string): boolean {
  return version.length <= 256 && semver.test(version);
}

/** A whole commit hash, or 0 for the beginning. */
export function isCommit(version: string): boolean {
  return /^(?:0|[0-9a-f]{40}|[0-9a-f]{64})$/.test(version);
}

const valuesOf = (list: readonly Record<string, string>[]): string[] => list.flatMap((item) => Object.values(item));

const range = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("SEMVER"),
    events: events.refine((list) => valuesOf(list).every(isSemver), "semantic versions"),
  }),
  z.strictObject({ type: z.literal("ECOSYSTEM"), events }),
  z.strictObject({
    type: z.literal("GIT"),
    repo: url,
    events: events.refine((list) => valuesOf(list).every(isCommit), "whole commit hashes"),
  }),
]);

const affected = z.strictObject({
  package: z.strictObject({
    ecosystem: z.string().refine(isOsvEcosystem, "an ecosystem of the specification"),
    name: text,
    purl: text.optional(),
  }),
  ranges: z.array(range).min(1).optional(),
  versions: z.array(text).min(1).optional(),
  database_specific: z.record(z.string(), z.unknown()).optional(),
});

/** One record. */
export const osvSchema = z.strictObject({
  schema_version: z.literal(osvVersion),
  id: z.string().regex(/^x_[A-Za-z0-9][A-Za-z0-9._-]*$/),
  modified: timestamp,
  published: timestamp,
  aliases: z.array(text).min(1).optional(),
  summary: text,
  details: text,
  severity: z.array(severity).min(1).optional(),
  affected: z
    .array(affected)
    .min(1)
    .refine((list) => list.every(({ ranges, versions }) => ranges !== undefined || versions !== undefined), "versions"),
  references: z
    .array(z.strictObject({ type: z.enum(["ADVISORY", "ARTICLE", "EVIDENCE", "FIX", "REPORT", "WEB"]), url }))
    .min(1)
    .optional(),
  credits: z
    .array(
      z.strictObject({
        name: text,
        type: z.enum([
          "ANALYST",
          "COORDINATOR",
          "FINDER",
          "REMEDIATION_DEVELOPER",
          "REMEDIATION_REVIEWER",
          "REPORTER",
          "TOOL",
        ]),
      }),
    )
    .min(1)
    .optional(),
  database_specific: z.record(z.string(), z.unknown()).optional(),
});
