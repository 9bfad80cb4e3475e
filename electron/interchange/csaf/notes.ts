import type { CvssScore, ExploitMaturity, PublishableFinding } from "../advisory.ts";
import { present, severityOf } from "../advisory-values.ts";
import type { CsafVersion } from "./csaf-tests.ts";

interface Note {
  readonly category: "description" | "details";
  readonly title: string;
  readonly text: string;
}

function note(category: Note["category"], title: string, text: string | null): Note[] {
  const held = present(text);
  return held === null ? [] : [{ category, title, text: held }];
}

const validationWords: Readonly<Record<PublishableFinding["validation"]["state"], string>> = {
  "not-validated": "Not validated by a person so far.",
  validated: "Validated by a person.",
  refuted: "Refuted.",
};

/** A score in words: "CVSS:4.0/AV:N/… (9.3, critical)". */
export function scoreWords(score: CvssScore): string {
  return `${score.vector} (${score.score.toFixed(1)}, ${severityOf(score).toLowerCase()})`;
}

/** What CSAF 2.0 has no field for. */
function notesOfStandard(finding: PublishableFinding): Note[] {
  const later = finding.weaknesses.slice(1).map(({ id, name }) => `${id}: ${name}`);
  const scores = finding.scores.filter(({ version }) => version === "4.0").map(scoreWords);
  return [
    ...note("details", "CVSS v4.0", scores.join("\n")),
    ...note("details", "Further weaknesses", later.join("\n")),
  ];
}

/** The notes of the vulnerability; the description always comes first. */
export function notesOf(finding: PublishableFinding, version: CsafVersion): Note[] {
  const { state, summary, reproduction } = finding.validation;
  const components = finding.products.flatMap(({ vendor, product, component }) => {
    const name = present(component);
    return name === null ? [] : [`${vendor.trim()} ${product.trim()}: ${name}`];
  });
  return [
    ...note("description", "Description", finding.description),
    ...note("details", "Affected components", [...new Set(components)].join("\n")),
    ...note("details", "Validation", [validationWords[state], present(summary) ?? ""].join(" ")),
    ...note("details", "Reproduction", reproduction),
    ...note("details", "Detection", finding.detection),
    ...(version === "2.0" ? notesOfStandard(finding) : []),
  ];
}

const maturityWords: Readonly<Record<ExploitMaturity, string>> = {
  unreported: "No exploit is known.",
  "proof-of-concept": "A proof of concept exists.",
  attacked: "Attacks were reported.",
};

/** Threats: how far exploits have come, and the impact. */
export function threatsOf(finding: PublishableFinding): unknown[] {
  const impact = present(finding.impact);
  return [
    ...(finding.exploitMaturity === null
      ? []
      : [{ category: "exploit_status", details: maturityWords[finding.exploitMaturity] }]),
    ...(impact === null ? [] : [{ category: "impact", details: impact }]),
  ];
}
