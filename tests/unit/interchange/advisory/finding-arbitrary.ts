import fc from "fast-check";
import type {
  AdvisoryProduct,
  AffectedVersions,
  PublishableFinding,
} from "../../../../electron/interchange/advisory.ts";
import { sampleFinding } from "./sample-finding.ts";

/** Any finding: mostly such as people write, now and then anything at all in a field. */

const words = fc.oneof(
  { weight: 8, arbitrary: fc.string({ minLength: 1, maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom("", " ", "\u0000", "\ud800", "__proto__", "a\nb") },
);

const version = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)).map((parts) => parts.join(".")),
  },
  { weight: 1, arbitrary: words },
);

const versions: fc.Arbitrary<AffectedVersions> = fc.oneof(
  fc.record({ kind: fc.constant("version" as const), version }),
  fc
    .record({
      scheme: fc.constantFrom("semver" as const, "ecosystem" as const, "git" as const, "other" as const),
      introduced: fc.option(version),
      end: fc.option(fc.record({ fixed: fc.boolean(), at: version })),
      both: fc.boolean().map((both) => both),
    })
    .map(({ scheme, introduced, end, both }) => ({
      kind: "range" as const,
      scheme,
      introduced,
      fixed: end?.fixed === true ? end.at : null,
      lastAffected: end !== null && (!end.fixed || (both && end.at === "1.1.1")) ? end.at : null,
    })),
);

const product: fc.Arbitrary<AdvisoryProduct> = fc.record({
  vendor: words,
  product: words,
  component: fc.option(words),
  status: fc.constantFrom("affected", "affected", "not-affected", "fixed", "under-investigation"),
  versions: fc.array(versions, { maxLength: 3 }),
  package: fc.option(
    fc.record({
      ecosystem: fc.constantFrom("npm", "PyPI", "Go", "Debian:12", "Somewhere", ""),
      name: words,
      purl: fc.option(fc.constantFrom("pkg:npm/%40a/b", "pkg:pypi/a", "pkg:npm/a@1", "nonsense")),
      repository: fc.option(fc.constantFrom("https://example.org/repo.git", "not a url")),
    }),
  ),
});

const timestamp = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .date({ min: new Date("1990-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString()),
  },
  { weight: 1, arbitrary: fc.constantFrom("2026-02-30T00:00:00Z", "yesterday", "", "2026-01-01T00:00:00+02:00") },
);

const url = fc.oneof(
  { weight: 6, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("javascript:alert(1)", "https://exa mple.org", "https://[", "", "https://a/%"),
  },
);

const revisions = fc
  .array(fc.record({ date: timestamp, summary: words }), { minLength: 0, maxLength: 4 })
  .chain((list) =>
    fc.boolean().map((sorted) =>
      (sorted ? [...list].sort((a, b) => a.date.localeCompare(b.date)) : list).map((revision, index) => ({
        ...revision,
        number: String(index + 1),
      })),
    ),
  );

const remarks = {
  exploitMaturity: fc.option(fc.constantFrom("unreported" as const, "proof-of-concept" as const, "attacked" as const)),
  impact: words,
  detection: words,
  distribution: words,
  marking: fc.option(words),
  tlp: fc.option(fc.constantFrom("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")),
  status: fc.constantFrom("draft" as const, "interim" as const, "final" as const),
  discoveredAt: fc.option(timestamp),
  embargoUntil: fc.option(timestamp),
  cve: fc.option(fc.constantFrom("CVE-2026-12345", "CVE-26-1", "")),
  aliases: fc.array(words, { maxLength: 3 }),
  weaknesses: fc.subarray([
    ...sampleFinding.weaknesses,
    { id: "CWE-787", name: "Out of bounds" },
    { id: "CWE-999999", name: "None" },
  ]),
  scores: fc.subarray([
    ...sampleFinding.scores,
    { version: "3.1" as const, vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", score: 1 },
    { version: "4.0" as const, vector: "CVSS:4.0/nonsense", score: 9.3 },
  ]),
};

const parties = {
  remediations: fc.array(
    fc.record({
      category: fc.constantFrom("mitigation", "no-fix-planned", "none-available", "vendor-fix", "workaround"),
      details: words,
      url: fc.option(url),
      date: fc.option(timestamp),
    }),
    { maxLength: 3 },
  ),
  references: fc.array(
    fc.record({
      url,
      summary: words,
      kind: fc.constantFrom("advisory", "article", "evidence", "fix", "report", "web"),
    }),
    { maxLength: 3 },
  ),
  credits: fc.array(
    fc.record({
      name: words,
      organization: fc.option(words),
      role: fc.constantFrom(
        "analyst",
        "coordinator",
        "finder",
        "remediation-developer",
        "reporter",
        "reviewer",
        "tool",
      ),
    }),
    { maxLength: 3 },
  ),
  involvements: fc.array(
    fc.record({
      party: fc.constantFrom("coordinator", "discoverer", "other", "user", "vendor"),
      status: fc.constantFrom("completed", "contact-attempted", "disputed", "in-progress", "not-contacted", "open"),
      date: fc.option(fc.constantFrom("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")),
      summary: words,
    }),
    { maxLength: 4 },
  ),
};

/** Findings with anything in any field: few of them can be written. */
export const anyFinding: fc.Arbitrary<PublishableFinding> = fc.record({
  ...remarks,
  ...parties,
  trackingId: fc.oneof({ weight: 5, arbitrary: fc.constant("EVAL-2026-0001") }, { weight: 1, arbitrary: words }),
  kind: fc.constantFrom("software-vulnerability", "model-weakness"),
  title: words,
  description: words,
  products: fc.array(product, { maxLength: 3 }),
  validation: fc.record({
    state: fc.constantFrom("validated", "not-validated", "refuted"),
    summary: words,
    reproduction: words,
  }),
  revisions,
});

/** The sample with one to four fields taken from any finding: about half of them can be written. */
export const almostSample: fc.Arbitrary<PublishableFinding> = fc
  .tuple(anyFinding, fc.subarray(Object.keys(sampleFinding), { minLength: 1, maxLength: 4 }))
  .map(([any, keys]) => ({
    ...sampleFinding,
    ...Object.fromEntries(Object.entries(any).filter(([key]) => keys.includes(key))),
  }));
