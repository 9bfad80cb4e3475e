import type { AffectedVersions, PublishableFinding } from "../advisory.ts";
import { wellFormed } from "../json/fields.ts";
import { guardedCsv } from "../csv/guarded-csv.ts";

/** Columns of the table of findings, in their order; new ones go to the end. */
export const findingColumns = [
  "id",
  "kind",
  "status",
  "title",
  "description",
  "vendors",
  "products",
  "components",
  "versions",
  "packages",
  "cve",
  "aliases",
  "cwe",
  "cvss_v4",
  "cvss_v4_score",
  "cvss_v3_1",
  "cvss_v3_1_score",
  "exploit_maturity",
  "validation",
  "impact",
  "detection",
  "remediations",
  "references",
  "credits",
  "involvements",
  "discovered",
  "embargo_until",
  "tlp",
  "marking",
  "distribution",
  "revision",
  "revised",
] as const;

function versionWords(versions: AffectedVersions): string {
  if (versions.kind === "version") return versions.version;
  const { introduced, fixed, lastAffected } = versions;
  const ends = [introduced === null ? "" : `>=${introduced}`, fixed === null ? "" : `<${fixed}`];
  const bounds = [...ends, lastAffected === null ? "" : `<=${lastAffected}`].filter((bound) => bound !== "");
  return bounds.length === 0 ? "all" : bounds.join(" ");
}

/** Several values in one cell, each once. */
function cell(values: readonly (string | null)[]): string {
  return [...new Set(values.filter((value) => value !== null && value !== ""))].join("; ");
}

/** Vendor, product and what belongs to them, in columns that each list the products in one order. */
function productCells({ products }: PublishableFinding): string[] {
  return [
    cell(products.map(({ vendor }) => vendor)),
    cell(products.map(({ product }) => product)),
    cell(products.map(({ component }) => component)),
    cell(
      products.map(
        ({ vendor, product, status, versions }) =>
          `${vendor} ${product} ${versions.map(versionWords).join(", ")} (${status.replaceAll("-", " ")})`,
      ),
    ),
    cell(products.map(({ package: named }) => (named === null ? null : `${named.ecosystem}: ${named.name}`))),
  ];
}

function scoreCells(finding: PublishableFinding, version: "3.1" | "4.0"): (string | number)[] {
  const score = finding.scores.find((one) => one.version === version);
  return score === undefined ? ["", ""] : [score.vector, score.score];
}

function handlingCells(finding: PublishableFinding): string[] {
  const last = finding.revisions.at(-1);
  return [
    finding.discoveredAt ?? "",
    finding.embargoUntil ?? "",
    finding.tlp ?? "",
    finding.marking ?? "",
    finding.distribution,
    last?.number ?? "",
    last?.date ?? "",
  ];
}

function rowOf(finding: PublishableFinding): (string | number)[] {
  return [
    finding.trackingId,
    finding.kind,
    finding.status,
    finding.title,
    finding.description,
    ...productCells(finding),
    finding.cve ?? "",
    cell(finding.aliases),
    cell(finding.weaknesses.map(({ id, name }) => `${id} ${name}`)),
    ...scoreCells(finding, "4.0"),
    ...scoreCells(finding, "3.1"),
    finding.exploitMaturity ?? "",
    finding.validation.state,
    finding.impact,
    finding.detection,
    cell(finding.remediations.map(({ category, details }) => `${category}: ${details}`)),
    cell(finding.references.map(({ url }) => url)),
    cell(finding.credits.map(({ name, organization }) => cell([name, organization]))),
    cell(finding.involvements.map(({ party, status, date }) => `${party} ${status} ${date ?? ""}`.trim())),
    ...handlingCells(finding),
  ];
}

/** Findings as CSV, one a row; reproduction steps are left out, for a table goes to more hands than an advisory. */
export function findingsToCsv(findings: readonly PublishableFinding[]): string {
  const rows = findings.map((finding) =>
    rowOf(finding).map((value) => (typeof value === "string" ? wellFormed(value) : value)),
  );
  return guardedCsv(findingColumns, rows);
}
