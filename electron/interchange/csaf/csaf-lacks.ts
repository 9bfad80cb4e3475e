import type { AdvisoryEngine, Lack, PublishableFinding, Publisher } from "../advisory.ts";
import { commonLacks, lack, publisherLacks, unless } from "../advisory-lacks.ts";
import { present } from "../advisory-values.ts";
import type { CsafProblem } from "./check-csaf.ts";
import { weaknessName } from "../cwe-list.ts";
import type { CsafVersion } from "./csaf-tests.ts";

function purlLacks(finding: PublishableFinding): Lack[] {
  return finding.products.flatMap(({ package: named }, index) => {
    const purl = present(named?.purl ?? null);
    const bare =
      purl === null || /^pkg:[a-z][a-z0-9.+-]*\/[\w.\-~%/:+]+(?:@)?$/i.test(purl.replace(/^(pkg:npm\/)@/, "$1%40"));
    return unless(
      bare && purl?.endsWith("@") !== true,
      `products[${index}].package.purl`,
      "needs a package URL without a version",
    );
  });
}

function nameLacks(finding: PublishableFinding): Lack[] {
  return finding.weaknesses.flatMap(({ id, name }, index) => {
    const known = weaknessName(id);
    if (known === "") return [lack(`weaknesses[${index}].id`, "is in no catalogue known here", "6.1.11")];
    return known === name ? [] : [lack(`weaknesses[${index}].name`, `needs the catalogue's name: ${known}`, "6.1.11")];
  });
}

/** What stands between the finding and a CSAF document, before one is made. */
export function csafLacks(
  finding: PublishableFinding,
  publisher: Publisher,
  engine: AdvisoryEngine,
  version: CsafVersion,
): Lack[] {
  return [
    ...commonLacks(finding),
    ...publisherLacks(publisher),
    ...purlLacks(finding),
    ...unless(
      present(engine.name) !== null && present(engine.version) !== null,
      "engine",
      "needs its name and version",
    ),
    ...unless(version === "2.0" || finding.tlp !== null, "tlp", "needs a TLP label: CSAF 2.1 takes none without"),
    ...nameLacks(finding),
  ];
}

/** Beginnings of JSON pointers → what of the finding they come from; the first that fits. */
const origins: readonly (readonly [RegExp, (index: string) => string])[] = [
  [/^\/document\/publisher\/(?:contact_details)/, () => "publisher.contact"],
  [/^\/document\/publisher\/(?:namespace)/, () => "publisher.namespace"],
  [/^\/document\/publisher/, () => "publisher"],
  [/^\/document\/title|^\/vulnerabilities\/0\/title/, () => "title"],
  [/^\/document\/distribution/, () => "tlp"],
  [/^\/document\/tracking\/(?:id)/, () => "trackingId"],
  [/^\/document\/tracking\/(?:status)/, () => "status"],
  [/^\/document\/tracking\/(?:generator)/, () => "engine"],
  [/^\/document\/tracking/, () => "revisions"],
  [/^\/product_tree|^\/vulnerabilities\/0\/product_status/, () => "products"],
  [/^\/vulnerabilities\/0\/cve/, () => "cve"],
  [/^\/vulnerabilities\/0\/cwes?/, () => "weaknesses"],
  [/^\/vulnerabilities\/0\/(?:scores|metrics)/, () => "scores"],
  [/^\/vulnerabilities\/0\/references\/(\d+)/, (index) => `references[${index}]`],
  [/^\/vulnerabilities\/0\/remediations\/(\d+)/, (index) => `remediations[${index}]`],
  [/^\/vulnerabilities\/0\/involvements/, () => "involvements"],
  [/^\/vulnerabilities\/0\/acknowledgments/, () => "credits"],
  [/^\/vulnerabilities\/0\/ids/, () => "aliases"],
  [/^\/vulnerabilities\/0\/notes/, () => "description"],
  [/^\/vulnerabilities\/0\/discovery_date/, () => "discoveredAt"],
  [/^\/vulnerabilities\/0\/disclosure_date/, () => "embargoUntil"],
];

/** A test that failed, said of the finding's field that it comes from; "document" where none can be told. */
export function lackOfProblem({ testId, path, message }: CsafProblem): Lack {
  for (const [pattern, fieldOf] of origins) {
    const found = pattern.exec(path);
    if (found !== null) return lack(fieldOf(found[1] ?? ""), `does not pass CSAF ${testId}: ${message}`, testId);
  }
  return lack("document", `does not pass CSAF ${testId} at ${path === "" ? "/" : path}: ${message}`, testId);
}
