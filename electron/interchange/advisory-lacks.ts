import type { AdvisoryProduct, CvssScore, Lack, PublishableFinding, Publisher } from "./advisory.ts";
import { baseScore31, isBaseOnly31, isVector31, isVector40 } from "./cvss-vectors.ts";
import { isTimestamp, isVersionText, isWebAddress, present, versionsNamed } from "./advisory-values.ts";

/** What every format needs of a finding, whatever else it asks for. */

const trackingId = /^[A-Za-z0-9](?:[A-Za-z0-9 ._+:/-]{0,98}[A-Za-z0-9])?$/;

export function lack(field: string, needs: string, test: string | null = null): Lack {
  return { field, needs, test };
}

/** A lack where the condition does not hold. */
export function unless(holds: boolean, field: string, needs: string): Lack[] {
  return holds ? [] : [lack(field, needs)];
}

function versionLacks(product: AdvisoryProduct, field: string): Lack[] {
  if (product.versions.length === 0) return [lack(`${field}.versions`, "needs a product version or a version range")];
  return product.versions.flatMap((versions, index) => {
    const at = `${field}.versions[${index}]`;
    const bothEnds = versions.kind === "range" && versions.fixed !== null && versions.lastAffected !== null;
    return [
      ...unless(
        versionsNamed(versions).every(isVersionText),
        at,
        "needs single versions: ranges are given by their ends",
      ),
      ...unless(!bothEnds, at, "needs one end: the first fixed version or the last affected one"),
    ];
  });
}

function productLacks(product: AdvisoryProduct, index: number): Lack[] {
  const field = `products[${index}]`;
  return [
    ...unless(present(product.vendor) !== null, `${field}.vendor`, "needs the vendor's name"),
    ...unless(present(product.product) !== null, `${field}.product`, "needs the product's name"),
    ...versionLacks(product, field),
    ...(product.package === null
      ? []
      : unless(
          present(product.package.ecosystem) !== null && present(product.package.name) !== null,
          `${field}.package`,
          "needs the package's ecosystem and name",
        )),
  ];
}

function revisionLacks({ revisions }: PublishableFinding): Lack[] {
  if (revisions.length === 0) return [lack("revisions", "needs at least one revision with its date")];
  return revisions.flatMap((revision, index) => {
    const field = `revisions[${index}]`;
    const before = revisions[index - 1];
    if (!isTimestamp(revision.date)) return [lack(`${field}.date`, "needs a date and time in UTC")];
    const later = before === undefined || Date.parse(before.date) < Date.parse(revision.date);
    return [
      ...unless(
        revision.number === String(index + 1),
        `${field}.number`,
        `needs to be ${index + 1}: revisions count from 1`,
      ),
      ...unless(later, `${field}.date`, "needs to be later than the revision before it"),
      ...unless(present(revision.summary) !== null, `${field}.summary`, "needs a word on what changed"),
    ];
  });
}

function scoreLacks(score: CvssScore, index: number, all: readonly CvssScore[]): Lack[] {
  const field = `scores[${index}]`;
  const isVector = score.version === "3.1" ? isVector31(score.vector) : isVector40(score.vector);
  const wrong = isBaseOnly31(score.vector) && baseScore31(score.vector) !== score.score;
  return [
    ...unless(!wrong, `${field}.score`, "needs the score that its vector gives"),
    ...unless(isVector, `${field}.vector`, `needs a whole CVSS ${score.version} vector`),
    ...unless(score.score >= 0 && score.score <= 10, `${field}.score`, "needs a score from 0 to 10"),
    ...unless(all.findIndex(({ version }) => version === score.version) === index, field, "needs one score a version"),
  ];
}

function dateLacks(finding: PublishableFinding): Lack[] {
  const dates: readonly (readonly [string, string | null])[] = [
    ["discoveredAt", finding.discoveredAt],
    ["embargoUntil", finding.embargoUntil],
    ...finding.involvements.map(({ date }, index) => [`involvements[${index}].date`, date] as const),
    ...finding.remediations.map(({ date }, index) => [`remediations[${index}].date`, date] as const),
  ];
  return dates.flatMap(([field, date]) =>
    unless(date === null || isTimestamp(date), field, "needs a date and time in UTC"),
  );
}

function addressLacks(finding: PublishableFinding): Lack[] {
  const addresses: readonly (readonly [string, string | null])[] = [
    ...finding.references.map(({ url }, index) => [`references[${index}].url`, url] as const),
    ...finding.remediations.map(({ url }, index) => [`remediations[${index}].url`, url] as const),
  ];
  return addresses.flatMap(([field, url]) =>
    unless(url === null || isWebAddress(url), field, "needs a web address: https://…"),
  );
}

/** What was said cannot be so at once. */
function contradictions(finding: PublishableFinding): Lack[] {
  const last = finding.revisions.at(-1);
  const embargoed =
    finding.embargoUntil !== null && last !== undefined && Date.parse(finding.embargoUntil) > Date.parse(last.date);
  return [
    ...unless(finding.validation.state !== "refuted", "validation", "was refuted: there is nothing to advise on"),
    ...unless(
      !(embargoed && finding.tlp === "CLEAR"),
      "tlp",
      "is CLEAR while the embargo still runs: one of them is wrong",
    ),
  ];
}

/** What the publisher lacks; the fields begin with "publisher.". */
export function publisherLacks(publisher: Publisher): Lack[] {
  return [
    ...unless(present(publisher.name) !== null, "publisher.name", "needs the publisher's name"),
    ...unless(isWebAddress(publisher.namespace), "publisher.namespace", "needs a web address that the publisher owns"),
  ];
}

/** What any advisory of the finding would lack. Empty: the format's own demands are next. */
export function commonLacks(finding: PublishableFinding): Lack[] {
  return [
    ...unless(trackingId.test(finding.trackingId), "trackingId", "needs up to 100 letters, digits and . _ + : / -"),
    ...unless(present(finding.title) !== null, "title", "needs a title"),
    ...unless(present(finding.description) !== null, "description", "needs a description"),
    ...unless(finding.products.length > 0, "products", "needs a product with its vendor and a version range"),
    ...finding.products.flatMap(productLacks),
    ...unless(finding.cve === null || /^CVE-\d{4}-\d{4,19}$/.test(finding.cve), "cve", "needs the form CVE-2026-12345"),
    ...finding.weaknesses.flatMap(({ id }, index) =>
      unless(/^CWE-[1-9]\d{0,5}$/.test(id), `weaknesses[${index}].id`, "needs the form CWE-787"),
    ),
    ...finding.scores.flatMap(scoreLacks),
    ...revisionLacks(finding),
    ...dateLacks(finding),
    ...addressLacks(finding),
    ...contradictions(finding),
  ];
}
