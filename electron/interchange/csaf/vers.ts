import type { AdvisoryProduct, AffectedVersions } from "../advisory.ts";

/** Ecosystems of OSV whose versions are ordered as a type of package URL says. */
const versTypes: Readonly<Record<string, string>> = {
  "crates.io": "cargo",
  Debian: "deb",
  Go: "golang",
  Hex: "hex",
  Maven: "maven",
  npm: "npm",
  NuGet: "nuget",
  Packagist: "composer",
  Pub: "pub",
  PyPI: "pypi",
  RubyGems: "gem",
};

function versType(range: Extract<AffectedVersions, { kind: "range" }>, product: AdvisoryProduct): string | null {
  if (range.scheme === "semver") return "semver";
  if (range.scheme !== "ecosystem" || product.package === null) return null;
  const [ecosystem = ""] = product.package.ecosystem.split(":");
  return Object.hasOwn(versTypes, ecosystem) ? (versTypes[ecosystem] ?? null) : null;
}

/**
 * A range as the branch category product_version_range wants it (CSAF 2.0, 3.1.2.3.2): a version range specifier
 * (`vers:npm/>=1.0.0|<2.0.0`) where the ordering is known, else the same comparisons without a type.
 */
export function rangeText(range: Extract<AffectedVersions, { kind: "range" }>, product: AdvisoryProduct): string {
  const type = versType(range, product);
  const write = (version: string): string => (type === null ? version : encodeURIComponent(version));
  const bounds = [
    ...(range.introduced === null ? [] : [`>=${write(range.introduced)}`]),
    ...(range.fixed === null ? [] : [`<${write(range.fixed)}`]),
    ...(range.lastAffected === null ? [] : [`<=${write(range.lastAffected)}`]),
  ];
  if (bounds.length === 0) return "vers:all/*";
  return type === null ? bounds.join("|") : `vers:${type}/${bounds.join("|")}`;
}

/** The same for people: "from 1.2.0, before 1.4.3". */
export function rangeWords(range: Extract<AffectedVersions, { kind: "range" }>): string {
  const bounds = [
    ...(range.introduced === null ? [] : [`from ${range.introduced}`]),
    ...(range.fixed === null ? [] : [`before ${range.fixed}`]),
    ...(range.lastAffected === null ? [] : [`up to ${range.lastAffected}`]),
  ];
  return bounds.length === 0 ? "all versions" : bounds.join(", ");
}
