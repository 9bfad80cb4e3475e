import type {
  AdvisoryEngine,
  AdvisoryReference,
  AdvisoryRemediation,
  ExploitMaturity,
  PublishableFinding,
  Publisher,
  WrittenAdvisory,
} from "../advisory.ts";
import { commonLacks, lack, publisherLacks, unless } from "../advisory-lacks.ts";
import { cvssObject, distinct, documentBytes, present, withoutEmpty } from "../advisory-values.ts";
import { affectedOf } from "./cna-affected.ts";
import { cnaContainerSchema } from "./cna-schema.ts";

const draftWords =
  "Draft of a CNA container, made to be read and completed by a CVE Numbering Authority. It was not submitted to the CVE programme.";

function inEnglish(texts: readonly (string | null)[]): unknown[] {
  return distinct(texts.flatMap((text) => (text === null ? [] : [{ lang: "en", value: text }])));
}

function remediationTexts(
  finding: PublishableFinding,
  categories: readonly AdvisoryRemediation["category"][],
): unknown[] {
  return inEnglish(
    finding.remediations
      .filter(({ category }) => categories.includes(category))
      .map(({ details, url }) => present([present(details) ?? "", url ?? ""].join(" "))),
  );
}

const tagOf: Readonly<Partial<Record<AdvisoryReference["kind"], string>>> = {
  advisory: "third-party-advisory",
  article: "technical-description",
  fix: "patch",
};

function referencesOf(finding: PublishableFinding): unknown[] {
  return distinct(
    finding.references.map(({ url, summary, kind }) => {
      const tag = tagOf[kind];
      return withoutEmpty({ url, name: present(summary), tags: tag === undefined ? [] : [tag] });
    }),
  );
}

const exploitWords: Readonly<Record<ExploitMaturity, string>> = {
  unreported: "No exploit is known.",
  "proof-of-concept": "A proof of concept exists.",
  attacked: "Attacks were reported.",
};

function metricsOf(finding: PublishableFinding): unknown[] {
  return finding.scores.map((score) => ({
    format: "CVSS",
    [score.version === "3.1" ? "cvssV3_1" : "cvssV4_0"]: cvssObject(score),
  }));
}

function timelineOf(finding: PublishableFinding): unknown[] {
  const told = finding.involvements.flatMap(({ party, status, date, summary }) => {
    const words = present(summary);
    const value = `${party}: ${status.replaceAll("-", " ")}${words === null ? "" : `: ${words}`}`;
    return date === null ? [] : [{ time: date, lang: "en", value }];
  });
  const found = finding.discoveredAt === null ? [] : [{ time: finding.discoveredAt, lang: "en", value: "Discovered" }];
  return distinct([...found, ...told]);
}

function creditsOf(finding: PublishableFinding): unknown[] {
  const credits = finding.credits.flatMap(({ name, organization, role }) => {
    const parts = [present(name), present(organization)].filter((part) => part !== null);
    const type = role === "reviewer" ? "remediation reviewer" : role.replaceAll("-", " ");
    return parts.length === 0 ? [] : [{ lang: "en", value: parts.join(", "), type }];
  });
  return distinct(credits);
}

/** The CVE format has no word for who may have it, and a published record is for everybody: a draft says it beside. */
function handlingOf(finding: PublishableFinding): unknown {
  const handling = withoutEmpty({
    tlp: finding.tlp,
    marking: present(finding.marking),
    embargoUntil: finding.embargoUntil,
    distribution: present(finding.distribution),
  });
  return Object.keys(handling).length === 0 ? null : handling;
}

function containerOf(finding: PublishableFinding, publisher: Publisher, engine: AdvisoryEngine): unknown {
  const impact = inEnglish([present(finding.impact)]);
  return withoutEmpty({
    providerMetadata: publisher.cnaId === null ? null : { orgId: publisher.cnaId },
    title: present(finding.title),
    descriptions: inEnglish([present(finding.description)]),
    affected: distinct(finding.products.map(affectedOf)),
    problemTypes: distinct(
      finding.weaknesses.map(({ id, name }) => ({
        descriptions: [{ lang: "en", description: `${id} ${name}`.trim(), cweId: id, type: "CWE" }],
      })),
    ),
    references: referencesOf(finding),
    impacts: impact.length === 0 ? [] : [{ descriptions: impact }],
    metrics: metricsOf(finding),
    workarounds: remediationTexts(finding, ["mitigation", "workaround"]),
    solutions: remediationTexts(finding, ["vendor-fix", "none-available", "no-fix-planned"]),
    exploits: finding.exploitMaturity === null ? [] : inEnglish([exploitWords[finding.exploitMaturity]]),
    timeline: timelineOf(finding),
    credits: creditsOf(finding),
    source: { advisory: finding.trackingId, discovery: "EXTERNAL" },
    x_draft: draftWords,
    x_cveId: finding.cve,
    x_aliases: distinct(finding.aliases.map(present).filter((alias) => alias !== null)),
    x_handling: handlingOf(finding),
    x_generator: { engine: `${engine.name} ${engine.version}` },
  });
}

/** Members of the container → what of the finding they come from. */
const origins: Readonly<Record<string, string>> = {
  affected: "products",
  credits: "credits",
  descriptions: "description",
  impacts: "impact",
  metrics: "scores",
  problemTypes: "weaknesses",
  providerMetadata: "publisher.cnaId",
  references: "references",
  solutions: "remediations",
  timeline: "involvements",
  title: "title",
  workarounds: "remediations",
  x_aliases: "aliases",
  x_generator: "engine",
};

function leftOut(finding: PublishableFinding, publisher: Publisher): string[] {
  return [
    ...(publisher.cnaId === null ? ["The authority that takes the draft puts its own id into it."] : []),
    ...(present(finding.validation.summary) === null && present(finding.validation.reproduction) === null
      ? []
      : ["The CVE format has no field for validation and reproduction."]),
    ...(present(finding.detection) === null ? [] : ["The CVE format has no field for detection."]),
  ];
}

/**
 * A finding as the draft of a CNA container (CVE JSON 5.x), to be handed to a CVE Numbering Authority. It says in its name and
 * inside that it is a draft; it is checked against our reading of the format, not by the programme's own services.
 * @returns the file, or what is lacking; never throws
 */
export function writeCnaDraft(
  finding: PublishableFinding,
  publisher: Publisher,
  engine: AdvisoryEngine,
): WrittenAdvisory {
  const lacks = [
    ...(finding.kind === "model-weakness"
      ? [lack("kind", "a CVE names a flaw of software: a model's weakness is none")]
      : []),
    ...commonLacks(finding),
    ...publisherLacks(publisher),
    ...unless(finding.references.length > 0, "references", "needs at least one web address"),
  ];
  if (lacks.length > 0) return { ok: false, lacks };
  const container = containerOf(finding, publisher, engine);
  const checked = cnaContainerSchema.safeParse(container);
  if (!checked.success) {
    const problems = checked.error.issues.map(({ path, message }) => {
      const field = origins[String(path[0] ?? "")] ?? "document";
      return lack(field, `does not fit the CVE format at ${path.join(".")}: ${message}`, "schema");
    });
    return { ok: false, lacks: problems };
  }
  return {
    ok: true,
    fileName: `${finding.trackingId.replace(/[^A-Za-z0-9._-]+/g, "-")}.cve-draft.json`,
    mediaType: "application/json",
    bytes: documentBytes({ cnaContainer: container }),
    leftOut: leftOut(finding, publisher),
  };
}
