import type { Affected } from "../../contract/finding-fields.ts";
import type { FindingChannel } from "../../contract/finding-states.ts";
import type { Finding } from "../../contract/findings.ts";
import type { ParsedInput } from "../../contract/index.ts";
import { markingWords } from "../../contract/marking.ts";
import { scoreVector } from "../../domain/findings/cvss.ts";
import type {
  AdvisoryCredit,
  AdvisoryInvolvement,
  AdvisoryProduct,
  AdvisoryReference,
  AdvisoryRemediation,
  CvssScore,
  PublishableFinding,
} from "../../interchange/advisory.ts";

/** A finding as those who write advisories know it: without who worked on it, and without the model that found it. */

/** RFC 3339 in whole seconds; null for what no calendar has. */
function time(ms: number | null): string | null {
  if (ms === null) return null;
  const date = new Date(ms);
  const year = Number.isNaN(date.getTime()) ? -1 : date.getUTCFullYear();
  return year < 1 || year > 9_999 ? null : date.toISOString().replace(/\.\d{3}Z$/, "Z");
}

function productOf(affected: Affected): AdvisoryProduct {
  const { vendor, product, component, ecosystem, package: name, ranges, versions } = affected;
  const isPackage = ecosystem !== "" && name !== "";
  const scheme = isPackage ? ("ecosystem" as const) : ("other" as const);
  return {
    vendor,
    product: product === "" ? name : product,
    component: component === "" ? null : component,
    status: "affected",
    versions: [
      ...ranges.map(({ introduced, fixed, lastAffected }) => {
        const from = introduced === "0" ? null : introduced;
        return { kind: "range" as const, scheme, introduced: from, fixed, lastAffected };
      }),
      ...versions.map((version) => ({ kind: "version" as const, version })),
    ],
    package: isPackage ? { ecosystem, name, purl: null, repository: null } : null,
  };
}

function scoresOf({ fields: { severity } }: Finding): CvssScore[] {
  if (severity.scheme !== "cvss") return [];
  return [severity.v4, severity.v3].flatMap((text) => {
    const { vector, version, score } = text === null ? { vector: null, version: null, score: null } : scoreVector(text);
    return vector === null || version === null || score === null ? [] : [{ version, vector, score }];
  });
}

const remedies = {
  workaround: ["workaround", "There is a workaround."],
  fixed: ["vendor-fix", "The vendor has mended it."],
  "not-planned": ["no-fix-planned", "No fix is planned."],
} as const;

function remediationsOf({ fields: { remediation, mitigation } }: Finding): AdvisoryRemediation[] {
  const plain = { url: null, date: null };
  const { state, note } = remediation;
  const remedy = state === "workaround" || state === "fixed" || state === "not-planned" ? remedies[state] : null;
  return [
    ...(remedy === null ? [] : [{ category: remedy[0], details: note.trim() === "" ? remedy[1] : note, ...plain }]),
    ...(mitigation.trim() === "" ? [] : [{ category: "mitigation" as const, details: mitigation, ...plain }]),
  ];
}

const parties: Readonly<Record<FindingChannel, AdvisoryInvolvement["party"]>> = {
  clearinghouse: "coordinator",
  vendor: "vendor",
  developer: "vendor",
};
const mended: ReadonlySet<Finding["state"]> = new Set(["remediated", "distributed", "closed"]);

/** One for each party, by the last that was said to it: CSAF takes no party twice on one date. */
function involvementsOf({ timeline, state }: Finding): AdvisoryInvolvement[] {
  const last = new Map<AdvisoryInvolvement["party"], AdvisoryInvolvement>();
  for (const { party, at, answer } of timeline) {
    const status = answer === null ? "contact-attempted" : mended.has(state) ? "completed" : "in-progress";
    const summary = answer === null ? "Told." : "Told, and answered.";
    last.set(parties[party.channel], { party: parties[party.channel], status, date: time(at), summary });
  }
  return [...last.values()];
}

function creditsOf({ fields: { credits } }: Finding): AdvisoryCredit[] {
  return credits.map(({ name, role }) => ({ name, organization: null, role: role === "other" ? "analyst" : role }));
}

function referencesOf({ fields: { references } }: Finding): AdvisoryReference[] {
  return references.map(({ url, title, kind }) => ({ url, summary: title, kind: kind === "package" ? "web" : kind }));
}

const validationStates = { unvalidated: "not-validated", reproduced: "validated", refuted: "refuted" } as const;

function validationOf(finding: Finding, withSteps: boolean): PublishableFinding["validation"] {
  const last = finding.validations.findLast(({ result }) => result === finding.validation);
  const state = validationStates[finding.validation];
  if (state !== "validated" || last === undefined) return { state, summary: "", reproduction: "" };
  const summary = last.secondLook ? "Reproduced by a second person." : "Reproduced.";
  return { state, summary, reproduction: withSteps ? last.steps : "" };
}

const isOut: ReadonlySet<Finding["state"]> = new Set(["routed", "acknowledged", "remediated", "distributed"]);

/** What advisories are written of. `now`: ms since 1970, the date of the one revision that there is. */
export function publishable(
  finding: Finding,
  asked: Pick<ParsedInput<"findings.export">, "trackingId" | "tlp" | "withSteps">,
  now: number,
): PublishableFinding {
  const { fields, state, cwes, kind } = finding;
  const cve = fields.aliases.find((alias) => /^CVE-/i.test(alias))?.toUpperCase() ?? null;
  return {
    trackingId: asked.trackingId ?? finding.code,
    kind,
    title: fields.title,
    description: fields.summary,
    products: fields.affected.map(productOf),
    weaknesses: cwes,
    scores: scoresOf(finding),
    exploitMaturity: fields.exploitMaturity === "unknown" ? null : fields.exploitMaturity,
    validation: validationOf(finding, asked.withSteps),
    impact: fields.impact,
    detection: fields.detection,
    remediations: remediationsOf(finding),
    references: referencesOf(finding),
    credits: creditsOf(finding),
    involvements: involvementsOf(finding),
    cve,
    aliases: fields.aliases.filter((alias) => alias.toUpperCase() !== cve),
    discoveredAt: time(finding.recordedAt),
    embargoUntil: time(fields.embargoUntil),
    tlp: asked.tlp,
    marking: markingWords(fields.marking),
    distribution: "",
    status: state === "closed" ? "final" : isOut.has(state) ? "interim" : "draft",
    revisions: [{ number: "1", date: time(now) ?? "", summary: "First handed out." }],
  };
}
