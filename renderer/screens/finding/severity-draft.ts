import type { FindingSeverity } from "../../../electron/contract/finding-fields.ts";
import type { Finding } from "../../../electron/contract/findings.ts";

/** A severity while it is said. */
export interface SeverityDraft {
  /** "unset", "cvss", or a scale's id behind "scale ". */
  readonly scheme: string;
  readonly v4: string;
  readonly v3: string;
  readonly level: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What the form begins with: CVSS for software, nothing for a model, where nobody said. */
export function severityDraft({ kind, fields: { severity } }: Pick<Finding, "kind" | "fields">): SeverityDraft {
  const empty = { v4: "", v3: "", level: null, dimensions: {} };
  if (severity.scheme === "cvss") {
    return { ...empty, scheme: "cvss", v4: severity.v4 ?? "", v3: severity.v3 ?? "" };
  }
  if (severity.scheme === "scale") {
    return { ...empty, scheme: `scale ${severity.scale}`, level: severity.level, dimensions: severity.dimensions };
  }
  return { ...empty, scheme: kind === "model-weakness" ? "unset" : "cvss" };
}

function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

/** The severity as it was said; null where something is missing. */
export function severityOf(draft: SeverityDraft): FindingSeverity | null {
  if (draft.scheme === "unset") return { scheme: "unset" };
  if (draft.scheme === "cvss") {
    const [v4, v3] = [orNull(draft.v4), orNull(draft.v3)];
    return v4 === null && v3 === null ? null : { scheme: "cvss", v4, v3 };
  }
  if (draft.level === null) return null;
  const scale = draft.scheme.replace(/^scale /, "");
  return { scheme: "scale", scale, level: draft.level, dimensions: { ...draft.dimensions } };
}
