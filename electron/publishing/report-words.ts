import type { FrozenReport, Provenance } from "../contract/frozen-report.ts";
import { reportTemplates } from "../contract/report-templates.ts";
import type { SafeguardVariant } from "../contract/planning.ts";
import { formatCount, formatCounted } from "../contract/number-text.ts";
import { withheldWords, type ReleaseNote } from "../contract/release-profile.ts";
import type { NumberedBlock } from "./layout.ts";

/** A time in milliseconds since 1970 as "2026-11-21 14:05 UTC". */
export function utcTime(milliseconds: number): string {
  const iso = new Date(milliseconds).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** "EV-2026-0003, revision 2". */
export function reportName(report: FrozenReport): string {
  return `${report.code}, revision ${String(report.revision)}`;
}

export function templateTitle(report: FrozenReport): string {
  return reportTemplates[report.template].title;
}

/** "Figure 2" or "Table 1". */
export function blockName({ kind, number }: NumberedBlock): string {
  return `${kind === "figure" ? "Figure" : "Table"} ${String(number)}`;
}

const safeguards: Readonly<Record<SafeguardVariant, string>> = {
  "as-deployed": "as deployed",
  reduced: "reduced",
  removed: "removed",
  "not-stated": "not stated",
};

export function safeguardWords(variant: SafeguardVariant): string {
  return safeguards[variant];
}

const named = 12;

/** Where a block's numbers came from, in one line. */
export function provenanceWords({ runs, entries, method }: Provenance): string {
  if (runs.length === 0) return `From no runs. ${method}`;
  const more = runs.length > named ? ` and ${formatCount(runs.length - named)} more` : "";
  const span = entries.first === entries.last ? `entry ${formatCount(entries.first)}` : entrySpan(entries);
  return `From ${runs.slice(0, named).join(", ")}${more}; journal ${span}. ${method}`;
}

function entrySpan({ first, last }: Provenance["entries"]): string {
  return `entries ${formatCount(first)} to ${formatCount(last)}`;
}

/** "2 signatures by different people" as the vault's policy asks. */
export function signatureWords(required: number): string {
  return required === 1 ? "1 signature" : `${formatCount(required)} signatures, by different people`;
}

/** "thresholds (2 parts), flags (none were in it)". */
export function withheldPartsWords({ withheld }: ReleaseNote): string {
  return withheld
    .map(
      ({ kind, parts }) => `${withheldWords[kind]} (${parts === 0 ? "none were in it" : formatCounted(parts, "part")})`,
    )
    .join(", ");
}

/** "(S//NF)": a portion marking in brackets, empty where there is none. */
export function portionWords(portion: string): string {
  const bare = portion.trim();
  if (bare === "") return "";
  return bare.startsWith("(") ? bare : `(${bare})`;
}
