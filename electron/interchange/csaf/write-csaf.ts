import type { AdvisoryEngine, PublishableFinding, Publisher, WrittenAdvisory } from "../advisory.ts";
import { documentBytes } from "../advisory-values.ts";
import { checkCsaf } from "./check-csaf.ts";
import { csafDocument } from "./csaf-document.ts";
import { csafLacks, lackOfProblem } from "./csaf-lacks.ts";
import type { CsafVersion } from "./csaf-tests.ts";

/**
 * The file name that the standard makes of a document's id (CSAF 2.0, section 5.1): lower case, every run of other characters
 * than a-z, 0-9, + and - becomes one underscore.
 */
export function csafFileName(trackingId: string, version: CsafVersion): string {
  const stem = trackingId.toLowerCase().replace(/[^+\-a-z0-9]+/g, "_");
  return version === "2.0" ? `${stem}.json` : `${stem}.csaf-2.1-draft.json`;
}

function leftOut(finding: PublishableFinding, version: CsafVersion): string[] {
  if (version === "2.1") return [];
  return [
    ...(finding.tlp === "AMBER+STRICT"
      ? ["CSAF 2.0 has no label for TLP:AMBER+STRICT; it stands in the text on distribution."]
      : []),
    ...(finding.scores.some((score) => score.version === "4.0")
      ? ["CSAF 2.0 has no field for CVSS v4.0; the vector stands in a note."]
      : []),
    ...(finding.weaknesses.length > 1 ? ["CSAF 2.0 takes one weakness; the others stand in a note."] : []),
  ];
}

/**
 * A finding as a CSAF security advisory. Nothing is written that does not pass the strict schema and every mandatory test.
 * @param version "2.1" is a committee draft, and the file says so in its name and inside
 * @returns the file, or what is lacking, field by field; never throws
 */
export async function writeCsaf(
  finding: PublishableFinding,
  publisher: Publisher,
  engine: AdvisoryEngine,
  version: CsafVersion = "2.0",
): Promise<WrittenAdvisory> {
  const lacks = csafLacks(finding, publisher, engine, version);
  if (lacks.length > 0) return { ok: false, lacks };
  const document = csafDocument(finding, publisher, engine, version);
  const problems = await checkCsaf(document);
  if (problems.length > 0) return { ok: false, lacks: problems.map(lackOfProblem) };
  return {
    ok: true,
    fileName: csafFileName(finding.trackingId, version),
    mediaType: "application/json",
    bytes: documentBytes(document),
    leftOut: leftOut(finding, version),
  };
}
