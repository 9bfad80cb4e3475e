import { severities, type FindingSeverity, type Severity, type SeverityScale } from "../../contract/finding-fields.ts";
import { formatDecimal } from "../../contract/number-text.ts";
import { scoreVector } from "./cvss.ts";

/** What a finding's severity comes to, whatever it was said in. */
export interface Rated {
  readonly severity: Severity | null;
  readonly scores: { readonly v4: number | null; readonly v3: number | null };
  readonly words: string;
}

const unrated: Rated = { severity: null, scores: { v4: null, v3: null }, words: "" };

/** The rank of a severity, for sorting; -1 where nobody said. */
export function severityRank(severity: Severity | null): number {
  return severity === null ? -1 : severities.indexOf(severity);
}

/** Why a severity cannot be said so; null where it can. */
export function severityRefusal(severity: FindingSeverity): string | null {
  if (severity.scheme !== "cvss") return null;
  const { v4, v3 } = severity;
  if (v4 === null && v3 === null) return "there is no vector";
  for (const [vector, version] of [
    [v4, "4.0"],
    [v3, "3.1"],
  ] as const) {
    if (vector === null) continue;
    const scored = scoreVector(vector);
    if (scored.problem !== null) return `the CVSS v${version} vector is none: ${scored.problem}`;
    if (scored.version !== version) return `${vector} is no vector of CVSS v${version}`;
  }
  return null;
}

/** Severity, scores and words. CVSS v4.0 goes before v3.1; a level that its scale does not have is said by its id. */
export function rated(severity: FindingSeverity, scales: readonly SeverityScale[]): Rated {
  if (severity.scheme === "unset") return unrated;
  return severity.scheme === "cvss" ? ratedByVectors(severity) : ratedOnScale(severity, scales);
}

type Of<S extends FindingSeverity["scheme"]> = Extract<FindingSeverity, { scheme: S }>;

function ratedOnScale(severity: Of<"scale">, scales: readonly SeverityScale[]): Rated {
  const scale = scales.find(({ id }) => id === severity.scale);
  const level = scale?.levels.find(({ id }) => id === severity.level);
  const words = `${level?.words ?? severity.level} (${scale?.name ?? severity.scale})`;
  return { ...unrated, severity: level?.severity ?? null, words };
}

function ratedByVectors({ v4, v3 }: Of<"cvss">): Rated {
  const of4 = v4 === null ? null : scoreVector(v4);
  const of3 = v3 === null ? null : scoreVector(v3);
  const words = [of4, of3].flatMap((one) => {
    const { score = null, severity = null, version = null } = one ?? {};
    return score === null ? [] : `${formatDecimal(score, 1)} ${severity ?? ""} (CVSS v${version ?? ""})`;
  });
  return {
    severity: of4?.severity ?? of3?.severity ?? null,
    scores: { v4: of4?.score ?? null, v3: of3?.score ?? null },
    words: words.join(", "),
  };
}
