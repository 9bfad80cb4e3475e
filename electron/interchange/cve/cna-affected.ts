import type { AdvisoryProduct, AffectedVersions } from "../advisory.ts";
import { distinct, present, withoutEmpty } from "../advisory-values.ts";

/** Ecosystems (OSV's names) → where their packages are, as the CVE format lists it, and how their versions are ordered. */
const collections: Readonly<Record<string, readonly [url: string, versionType: string]>> = {
  "crates.io": ["https://crates.io", "semver"],
  Go: ["https://golang.org/pkg", "semver"],
  Maven: ["https://repo.maven.apache.org/maven2", "maven"],
  npm: ["https://registry.npmjs.org", "semver"],
  NuGet: ["https://nuget.org/packages", "custom"],
  Packagist: ["https://packagist.org", "custom"],
  PyPI: ["https://pypi.python.org", "python"],
  RubyGems: ["https://rubygems.org", "custom"],
};

function collectionOf(product: AdvisoryProduct): readonly [url: string, versionType: string] | null {
  const [ecosystem = ""] = (product.package?.ecosystem ?? "").split(":");
  return Object.hasOwn(collections, ecosystem) ? (collections[ecosystem] ?? null) : null;
}

const statusOf: Readonly<Record<AdvisoryProduct["status"], "affected" | "unaffected" | "unknown">> = {
  affected: "affected",
  fixed: "unaffected",
  "not-affected": "unaffected",
  "under-investigation": "unknown",
};

function versionTypeOf(versions: AffectedVersions & { kind: "range" }, product: AdvisoryProduct): string {
  if (versions.scheme === "semver" || versions.scheme === "git") return versions.scheme;
  return versions.scheme === "ecosystem" ? (collectionOf(product)?.[1] ?? "custom") : "custom";
}

function versionOf(versions: AffectedVersions, product: AdvisoryProduct): unknown {
  const status = statusOf[product.status];
  if (versions.kind === "version") return { version: versions.version, status };
  const start = { version: versions.introduced ?? "0", status, versionType: versionTypeOf(versions, product) };
  if (versions.fixed !== null) return { ...start, lessThan: versions.fixed };
  return { ...start, lessThanOrEqual: versions.lastAffected ?? "*" };
}

/** One product; what the list of versions does not name is unknown, never unaffected. */
export function affectedOf(product: AdvisoryProduct): unknown {
  const collection = collectionOf(product);
  const packageName = present(product.package?.name ?? null);
  const component = present(product.component);
  const repository = product.package?.repository ?? "";
  return withoutEmpty({
    vendor: present(product.vendor),
    product: present(product.product),
    ...(collection === null || packageName === null ? {} : { collectionURL: collection[0], packageName }),
    modules: component === null ? [] : [component],
    repo: URL.canParse(repository) ? repository : null,
    defaultStatus: "unknown",
    versions: distinct(product.versions.map((versions) => versionOf(versions, product))),
  });
}
