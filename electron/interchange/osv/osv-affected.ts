import type { AdvisoryProduct, AffectedVersions, Lack, PublishableFinding } from "../advisory.ts";
import { lack, unless } from "../advisory-lacks.ts";
import { present, versionsNamed, withoutEmpty } from "../advisory-values.ts";
import { isCommit, isOsvEcosystem, isSemver } from "./osv-schema.ts";

type Range = Extract<AffectedVersions, { kind: "range" }>;

function rangeLacks(range: Range, product: AdvisoryProduct, field: string): Lack[] {
  const named = versionsNamed(range);
  switch (range.scheme) {
    case "semver":
      return unless(named.every(isSemver), field, "needs semantic versions: 1.2.3");
    case "git":
      return [
        ...unless(named.every(isCommit), field, "needs whole commit hashes"),
        ...unless(URL.canParse(product.package?.repository ?? ""), field, "needs the address of the repository"),
      ];
    case "ecosystem":
      return [];
    case "other":
      return [lack(field, "needs an ordering that OSV knows: semantic, the ecosystem's, or commits")];
  }
}

function packageLacks(product: AdvisoryProduct, index: number): Lack[] {
  const field = `products[${index}]`;
  return [
    ...unless(
      isOsvEcosystem(product.package?.ecosystem ?? ""),
      `${field}.package.ecosystem`,
      "needs an ecosystem that OSV lists: npm, PyPI, Go, Debian:12 …",
    ),
    ...product.versions.flatMap((versions, at) =>
      versions.kind === "range" ? rangeLacks(versions, product, `${field}.versions[${at}]`) : [],
    ),
  ];
}

const isWritten = (product: AdvisoryProduct): boolean => product.status === "affected" && product.package !== null;

/** What the packages of a finding lack for OSV. */
export function affectedLacks(finding: PublishableFinding): Lack[] {
  return [
    ...unless(
      finding.products.some(isWritten),
      "products",
      "needs an affected package: its ecosystem, name and versions",
    ),
    ...finding.products.flatMap((product, index) => (isWritten(product) ? packageLacks(product, index) : [])),
  ];
}

function eventsOf(range: Range): unknown[] {
  return [
    { introduced: range.introduced ?? "0" },
    ...(range.fixed === null ? [] : [{ fixed: range.fixed }]),
    ...(range.lastAffected === null ? [] : [{ last_affected: range.lastAffected }]),
  ];
}

function rangeOf(range: Range, product: AdvisoryProduct): unknown {
  if (range.scheme === "git") return { type: "GIT", repo: product.package?.repository, events: eventsOf(range) };
  return { type: range.scheme === "semver" ? "SEMVER" : "ECOSYSTEM", events: eventsOf(range) };
}

function affectedEntry(product: AdvisoryProduct): unknown {
  const ranges = product.versions.flatMap((versions) =>
    versions.kind === "range" ? [rangeOf(versions, product)] : [],
  );
  const single = product.versions.flatMap((versions) => (versions.kind === "version" ? [versions.version] : []));
  return withoutEmpty({
    package: withoutEmpty({
      ecosystem: product.package?.ecosystem,
      name: present(product.package?.name ?? null),
      purl: present(product.package?.purl ?? null),
    }),
    ranges,
    versions: [...new Set(single)],
    database_specific: withoutEmpty({
      vendor: present(product.vendor),
      product: present(product.product),
      component: present(product.component),
    }),
  });
}

/** The affected packages, in the order of the finding. */
export function affectedOf(finding: PublishableFinding): unknown[] {
  return finding.products.filter(isWritten).map(affectedEntry);
}

/** Sentences on products that OSV cannot name. */
export function productsLeftOut(finding: PublishableFinding): string[] {
  return finding.products
    .filter((product) => !isWritten(product))
    .map(({ vendor, product, status }) =>
      status === "affected"
        ? `${vendor} ${product} is no package, so OSV cannot name it.`
        : `OSV lists what is affected; ${vendor} ${product} is ${status.replaceAll("-", " ")}.`,
    );
}
