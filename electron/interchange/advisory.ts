/**
 * What an advisory needs to know of a finding, whatever format it is written in. Plain data: whoever keeps findings maps
 * its records to this; the writers (csaf/, osv/, cve/, findings-csv/) know nothing else. All dates are RFC 3339 in UTC
 * ("2026-03-01T12:00:00Z"): a writer has no clock, so that the same finding gives the same bytes.
 */

/** The two kinds never share a channel: the first goes to vendor and clearinghouse, the second to the model's developer. */
export type FindingKind = "software-vulnerability" | "model-weakness";

/** Traffic Light Protocol 2.0 (FIRST). Not a classification: that stands in `marking`. */
export type TlpLabel = "CLEAR" | "GREEN" | "AMBER" | "AMBER+STRICT" | "RED";

/** How versions of a product are ordered. `other`: only people can tell. */
export type VersionScheme = "semver" | "ecosystem" | "git" | "other";

/** Versions of one product. In a range, null for `introduced` means from the first version on, and at most one end is set. */
export type AffectedVersions =
  | { readonly kind: "version"; readonly version: string }
  | {
      readonly kind: "range";
      readonly scheme: VersionScheme;
      readonly introduced: string | null;
      /** The first version that is not affected any more. */
      readonly fixed: string | null;
      /** The last version that is known to be affected. */
      readonly lastAffected: string | null;
    };

/** Where a package is published: the names of OSV ("npm", "PyPI", "Go", "crates.io", "Debian:12"). */
export interface PackageName {
  readonly ecosystem: string;
  readonly name: string;
  /** Package URL, without a version. */
  readonly purl: string | null;
  /** Of the source repository; needed where a range counts in commits (`scheme: "git"`). */
  readonly repository: string | null;
}

export interface AdvisoryProduct {
  readonly vendor: string;
  readonly product: string;
  /** Part of the product in which the flaw is: a module, a library, a file. */
  readonly component: string | null;
  readonly status: "affected" | "not-affected" | "fixed" | "under-investigation";
  /** May be empty while nobody knows: CSAF and OSV are refused then. */
  readonly versions: readonly AffectedVersions[];
  readonly package: PackageName | null;
}

export interface CvssScore {
  readonly version: "3.1" | "4.0";
  readonly vector: string;
  /** Of the whole vector, 0 to 10 with one decimal. Where a format wants the base score of v3.1, the writer computes it. */
  readonly score: number;
}

/** Words of CVSS v4.0, Exploit Maturity: X is null. */
export type ExploitMaturity = "unreported" | "proof-of-concept" | "attacked";

export interface AdvisoryRemediation {
  readonly category: "mitigation" | "no-fix-planned" | "none-available" | "vendor-fix" | "workaround";
  readonly details: string;
  readonly url: string | null;
  readonly date: string | null;
}

export interface AdvisoryReference {
  readonly url: string;
  readonly summary: string;
  readonly kind: "advisory" | "article" | "evidence" | "fix" | "report" | "web";
}

export interface AdvisoryCredit {
  /** A person, a team, or a model: "Model X, version Y". */
  readonly name: string;
  readonly organization: string | null;
  readonly role: "analyst" | "coordinator" | "finder" | "remediation-developer" | "reporter" | "reviewer" | "tool";
}

/** Who was told when, and what came of it: words of CSAF (section 3.2.3.7). */
export interface AdvisoryInvolvement {
  readonly party: "coordinator" | "discoverer" | "other" | "user" | "vendor";
  readonly status: "completed" | "contact-attempted" | "disputed" | "in-progress" | "not-contacted" | "open";
  readonly date: string | null;
  readonly summary: string;
}

export interface AdvisoryRevision {
  /** "1", "2" … in order, oldest first; they count from 1 with the first that somebody outside was given. */
  readonly number: string;
  readonly date: string;
  readonly summary: string;
}

export interface PublishableFinding {
  /** As recipients will know it: "EVAL-2026-0001". Never the record's own id where that says more than it should. */
  readonly trackingId: string;
  readonly kind: FindingKind;
  readonly title: string;
  /** Plain text or Markdown; what the flaw is, for somebody who has to decide what to do. */
  readonly description: string;
  readonly products: readonly AdvisoryProduct[];
  /** `id` "CWE-787", `name` as the catalogue spells it; the most telling one first. */
  readonly weaknesses: readonly { readonly id: string; readonly name: string }[];
  /** At most one of each version. */
  readonly scores: readonly CvssScore[];
  readonly exploitMaturity: ExploitMaturity | null;
  readonly validation: {
    readonly state: "not-validated" | "validated" | "refuted";
    /** Who and how, in words; "" while nobody did. */
    readonly summary: string;
    /** Steps; "" where they are not to be handed out. */
    readonly reproduction: string;
  };
  readonly impact: string;
  readonly detection: string;
  readonly remediations: readonly AdvisoryRemediation[];
  readonly references: readonly AdvisoryReference[];
  readonly credits: readonly AdvisoryCredit[];
  readonly involvements: readonly AdvisoryInvolvement[];
  readonly cve: string | null;
  /** The same flaw in other lists: "GHSA-…", a vendor's number. Without the CVE. */
  readonly aliases: readonly string[];
  readonly discoveredAt: string | null;
  /** Nothing is to become public before; null: no embargo. */
  readonly embargoUntil: string | null;
  readonly tlp: TlpLabel | null;
  /** The banner line ("CUI//NOFORN"), or null; no format has a field for it, so it goes into the text on distribution. */
  readonly marking: string | null;
  /** Further words on who may have it; "" for none. */
  readonly distribution: string;
  readonly status: "draft" | "interim" | "final";
  /** Oldest first. */
  readonly revisions: readonly AdvisoryRevision[];
}

/** Who answers for the advisory. */
export interface Publisher {
  readonly name: string;
  /** A URL that stands for it and that it owns: "https://example.org". */
  readonly namespace: string;
  readonly category: "coordinator" | "discoverer";
  /** How to reach it; "" for none. */
  readonly contact: string;
  readonly issuingAuthority: string;
  /** UUID that the CVE programme gave it, or null where it is no CNA. */
  readonly cnaId: string | null;
}

/** The program that writes, as it stands in the documents. */
export interface AdvisoryEngine {
  readonly name: string;
  readonly version: string;
}

/** One thing that stands between a finding and its file. */
export interface Lack {
  /** Path in `PublishableFinding` or `Publisher`: "products[0].versions", "publisher.namespace". */
  readonly field: string;
  /** Said to a person: "needs a product version range". */
  readonly needs: string;
  /** Of the format's own rules: "6.1.8", "schema", or null where it did not come so far. */
  readonly test: string | null;
}

export type WrittenAdvisory =
  | {
      readonly ok: true;
      /** By the rule of the format; letters, digits, `.`, `_`, `-` and `+` only. */
      readonly fileName: string;
      readonly mediaType: string;
      readonly bytes: Uint8Array;
      /** What the format has no room for and the file therefore leaves out, a sentence each. */
      readonly leftOut: readonly string[];
    }
  | { readonly ok: false; readonly lacks: readonly Lack[] };
