import type { AdvisoryEngine, PublishableFinding, Publisher, WrittenAdvisory } from "../advisory.ts";
import { commonLacks, lack, publisherLacks } from "../advisory-lacks.ts";
import { distinct, documentBytes, present, withoutEmpty } from "../advisory-values.ts";
import { affectedLacks, affectedOf, productsLeftOut } from "./osv-affected.ts";
import { osvSchema, osvVersion } from "./osv-schema.ts";

/** x_ marks a database that is not registered: the specification keeps every other prefix for one that is. */
function osvId(trackingId: string): string {
  return `x_${trackingId.replace(/[^A-Za-z0-9._-]+/g, "-")}`;
}

function detailsOf(finding: PublishableFinding): string {
  const sections: readonly (readonly [string, string])[] = [
    ["Impact", finding.impact],
    ["Mitigation", finding.remediations.map(({ details }) => present(details) ?? "").join("\n\n")],
    ["Detection", finding.detection],
    ["Reproduction", finding.validation.reproduction],
  ];
  const titled = sections.flatMap(([title, body]) => {
    const text = present(body);
    return text === null ? [] : [`## ${title}\n\n${text}`];
  });
  return [present(finding.description) ?? "", ...titled].join("\n\n");
}

/** What OSV has no field for. */
function specificOf(finding: PublishableFinding, publisher: Publisher, engine: AdvisoryEngine): unknown {
  return withoutEmpty({
    tracking_id: finding.trackingId,
    status: finding.status,
    publisher: { name: present(publisher.name), namespace: publisher.namespace },
    generator: { name: engine.name, version: engine.version },
    cwe_ids: finding.weaknesses.map(({ id }) => id),
    tlp: finding.tlp,
    marking: present(finding.marking),
    distribution: present(finding.distribution),
    embargo_until: finding.embargoUntil,
    discovered: finding.discoveredAt,
    exploit_maturity: finding.exploitMaturity,
    validation: withoutEmpty({ state: finding.validation.state, summary: present(finding.validation.summary) }),
    involvements: finding.involvements.map(({ party, status, date, summary }) =>
      withoutEmpty({ party, status, date, summary: present(summary) }),
    ),
  });
}

function creditsOf(finding: PublishableFinding): unknown[] {
  return finding.credits.flatMap(({ name, organization, role }) => {
    const parts = [present(name), present(organization)].filter((part) => part !== null);
    const type = role === "reviewer" ? "REMEDIATION_REVIEWER" : role.replaceAll("-", "_").toUpperCase();
    return parts.length === 0 ? [] : [{ name: parts.join(", "), type }];
  });
}

function osvRecord(finding: PublishableFinding, publisher: Publisher, engine: AdvisoryEngine): unknown {
  const aliases = [finding.cve, ...finding.aliases.map(present)].filter((alias) => alias !== null);
  return withoutEmpty({
    schema_version: osvVersion,
    id: osvId(finding.trackingId),
    published: finding.revisions[0]?.date,
    modified: finding.revisions.at(-1)?.date,
    aliases: distinct(aliases),
    summary: present(finding.title),
    details: detailsOf(finding),
    severity: finding.scores.map(({ version, vector }) => ({
      type: version === "3.1" ? "CVSS_V3" : "CVSS_V4",
      score: vector,
    })),
    affected: affectedOf(finding),
    references: distinct(finding.references.map(({ url, kind }) => ({ type: kind.toUpperCase(), url }))),
    credits: distinct(creditsOf(finding)),
    database_specific: specificOf(finding, publisher, engine),
  });
}

/** Members of a record → what of the finding they come from. */
const origins: Readonly<Record<string, string>> = {
  affected: "products",
  aliases: "aliases",
  credits: "credits",
  details: "description",
  id: "trackingId",
  modified: "revisions",
  published: "revisions",
  references: "references",
  severity: "scores",
  summary: "title",
};

/**
 * A finding as an OSV record. Only for flaws in packages whose versions are known; everything else is refused by field.
 * @returns the file, or what is lacking; never throws
 */
export function writeOsv(finding: PublishableFinding, publisher: Publisher, engine: AdvisoryEngine): WrittenAdvisory {
  const lacks = [
    ...(finding.kind === "model-weakness" ? [lack("kind", "OSV is for packages: a model is none")] : []),
    ...commonLacks(finding),
    ...publisherLacks(publisher),
    ...affectedLacks(finding),
  ];
  if (lacks.length > 0) return { ok: false, lacks };
  const record = osvRecord(finding, publisher, engine);
  const checked = osvSchema.safeParse(record);
  if (!checked.success) {
    const problems = checked.error.issues.map(({ path, message }) => {
      const member = String(path[0] ?? "");
      return lack(
        origins[member] ?? "document",
        `does not fit OSV ${osvVersion} at ${path.join(".")}: ${message}`,
        "schema",
      );
    });
    return { ok: false, lacks: problems };
  }
  return {
    ok: true,
    fileName: `${osvId(finding.trackingId)}.json`,
    mediaType: "application/json",
    bytes: documentBytes(record),
    leftOut: [
      ...productsLeftOut(finding),
      ...(finding.references.some(({ summary }) => present(summary) !== null)
        ? ["OSV has no field for the words on a reference."]
        : []),
    ],
  };
}
