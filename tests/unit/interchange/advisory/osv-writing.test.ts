import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type {
  AdvisoryProduct,
  PublishableFinding,
  WrittenAdvisory,
} from "../../../../electron/interchange/advisory.ts";
import { isSemver, osvSchema } from "../../../../electron/interchange/osv/osv-schema.ts";
import { isVector31, isVector40 } from "../../../../electron/interchange/cvss-vectors.ts";
import { writeOsv } from "../../../../electron/interchange/osv/write-osv.ts";
import { almostSample, anyFinding } from "./finding-arbitrary.ts";
import { sampleEngine, sampleFinding, sampleProduct, samplePublisher } from "./sample-finding.ts";

const write = (changes: Partial<PublishableFinding> = {}): WrittenAdvisory =>
  writeOsv({ ...sampleFinding, ...changes }, samplePublisher, sampleEngine);

function recordOf(written: WrittenAdvisory): unknown {
  if (!written.ok) throw new Error(JSON.stringify(written.lacks));
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(written.bytes));
}

const lacksOf = (written: WrittenAdvisory): string =>
  written.ok ? "" : written.lacks.map(({ field, needs }) => `${field} ${needs}`).join("\n");

function productWith(changes: Partial<AdvisoryProduct>): Partial<PublishableFinding> {
  return { products: [{ ...sampleProduct, ...changes }] };
}

const commit = "0123456789abcdef0123456789abcdef01234567";

describe("a finding as OSV", () => {
  it("is the record that the specification describes", () => {
    expect(recordOf(write())).toEqual({
      schema_version: "1.7.5",
      id: "x_EVAL-2026-0001",
      published: "2026-03-02T10:00:00Z",
      modified: "2026-04-02T10:00:00Z",
      aliases: ["CVE-2026-12345", "GHSA-abcd-efgh-ijkl"],
      summary: sampleFinding.title,
      details: [
        "A picture with a width of 0 makes the decoder write before the start of its buffer.",
        "## Impact\n\nCode of the attacker's choice runs as the user who opens the picture.",
        "## Mitigation\n\nUpdate to 1.4.3.\n\nOpen no pictures from strangers.",
        "## Detection\n\nLook for pictures whose header gives a width of 0.",
        "## Reproduction\n\nOpen crash.pic.",
      ].join("\n\n"),
      severity: [
        { type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
        { type: "CVSS_V4", score: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N" },
      ],
      affected: [
        {
          package: { ecosystem: "npm", name: "libpicture", purl: "pkg:npm/libpicture" },
          ranges: [{ type: "SEMVER", events: [{ introduced: "1.2.0" }, { fixed: "1.4.3" }] }],
          database_specific: { vendor: "Example Software", product: "libpicture", component: "src/decode.c" },
        },
      ],
      references: [{ type: "ADVISORY", url: "https://example.com/advisory?id=1" }],
      credits: [
        { name: "Model M, version 3", type: "TOOL" },
        { name: "A. Lead, Example Evaluation Cell", type: "REPORTER" },
      ],
      database_specific: {
        tracking_id: "EVAL-2026-0001",
        status: "final",
        publisher: { name: "Example Evaluation Cell", namespace: "https://cell.example.org" },
        generator: { name: "EvalVault", version: "0.1.0" },
        cwe_ids: ["CWE-787", "CWE-20"],
        tlp: "AMBER",
        distribution: "For the vendor's security team.",
        embargo_until: "2026-05-01T00:00:00Z",
        discovered: "2026-03-01T12:00:00Z",
        exploit_maturity: "proof-of-concept",
        validation: { state: "validated", summary: "Reproduced twice in a fresh container." },
        involvements: [
          { party: "vendor", status: "contact-attempted", date: "2026-03-02T09:00:00Z", summary: "Mail to security@" },
          { party: "vendor", status: "completed", date: "2026-03-09T09:00:00Z", summary: "Fix agreed on" },
        ],
      },
    });
  });

  it("begins an open range at 0 and names the last affected version", () => {
    const open = { kind: "range", scheme: "ecosystem", introduced: null, fixed: null, lastAffected: "2.0" } as const;
    const written = write(productWith({ versions: [open, { kind: "version", version: "3.0" }] }));
    expect(recordOf(written)).toMatchObject({
      affected: [
        { ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { last_affected: "2.0" }] }], versions: ["3.0"] },
      ],
    });
  });

  it("counts in commits where the repository is known", () => {
    const range = { kind: "range", scheme: "git", introduced: null, fixed: commit, lastAffected: null } as const;
    const named = {
      ecosystem: "npm",
      name: "libpicture",
      purl: null,
      repository: "https://example.org/libpicture.git",
    };
    expect(recordOf(write(productWith({ versions: [range], package: named })))).toMatchObject({
      affected: [
        {
          ranges: [
            {
              type: "GIT",
              repo: "https://example.org/libpicture.git",
              events: [{ introduced: "0" }, { fixed: commit }],
            },
          ],
        },
      ],
    });
  });

  it("leaves out what is no package, and says so", () => {
    const written = write({ products: [sampleProduct, { ...sampleProduct, product: "Box", package: null }] });
    expect(written.ok && written.leftOut).toContain("Example Software Box is no package, so OSV cannot name it.");
  });
});

const semverRange = { kind: "range", scheme: "semver", introduced: null, fixed: "v2", lastAffected: null } as const;

describe("what OSV lacks", () => {
  it.each<[string, Partial<PublishableFinding>, string]>([
    ["a model's weakness", { kind: "model-weakness" }, "kind OSV is for packages"],
    ["no package", productWith({ package: null }), "products needs an affected package"],
    ["no versions", productWith({ versions: [] }), "products[0].versions needs a product version or a version range"],
    [
      "an unknown ecosystem",
      productWith({ package: { ecosystem: "Box", name: "a", purl: null, repository: null } }),
      "products[0].package.ecosystem needs",
    ],
    [
      "a version that is not semantic",
      productWith({ versions: [semverRange] }),
      "products[0].versions[0] needs semantic versions",
    ],
    [
      "an ordering that nobody knows",
      productWith({ versions: [{ ...semverRange, scheme: "other" }] }),
      "products[0].versions[0] needs an ordering",
    ],
    [
      "commits without a repository",
      productWith({ versions: [{ ...semverRange, scheme: "git", fixed: commit }] }),
      "needs the address of the repository",
    ],
    [
      "half a commit",
      productWith({ versions: [{ ...semverRange, scheme: "git", fixed: "0123abc" }] }),
      "needs whole commit hashes",
    ],
    [
      "a vector out of order",
      { scores: [{ version: "4.0", vector: "CVSS:4.0/AC:L/AV:N", score: 9 }] },
      "scores[0].vector needs a whole CVSS 4.0 vector",
    ],
  ])("is named: %s", (_name, changes, expected) => {
    expect(lacksOf(write(changes))).toContain(expected);
  });
});

describe("the schema", () => {
  it.each([
    ["an id without x_", { id: "EVAL-2026-0001" }],
    ["an unknown member", { more: 1 }],
    ["a local time", { modified: "2026-04-02T10:00:00+02:00" }],
    ["an unknown type of reference", { references: [{ type: "OTHER", url: "https://example.org" }] }],
    [
      "no introduced version",
      {
        affected: [
          { package: { ecosystem: "npm", name: "a" }, ranges: [{ type: "ECOSYSTEM", events: [{ fixed: "1" }] }] },
        ],
      },
    ],
    ["no versions", { affected: [{ package: { ecosystem: "npm", name: "a" } }] }],
  ])("refuses %s", (_name, changes) => {
    const record = recordOf(write());
    expect(osvSchema.safeParse(record).success).toBe(true);
    expect(osvSchema.safeParse({ ...Object(record), ...changes }).success).toBe(false);
  });

  it("tells semantic versions and vectors from others", () => {
    expect(["0", "1.2.3", "1.0.0-rc.1+build.5"].filter(isSemver)).toHaveLength(3);
    expect(["1", "1.2", "v1.2.3", "01.2.3", "1.0.0-01", ""].filter(isSemver)).toEqual([]);
    expect(isVector31("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P")).toBe(true);
    expect(isVector31("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H")).toBe(false);
    expect(isVector31("CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")).toBe(false);
    expect(isVector40("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A/U:Red")).toBe(true);
    expect(isVector40("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/U:Red/E:A")).toBe(false);
  });
});

describe("any finding at all", () => {
  it.each([
    ["anything", anyFinding],
    ["nearly whole", almostSample],
  ])("gives a record that fits the schema, or names what it lacks: %s", (_name, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (finding) => {
        const written = writeOsv(finding, samplePublisher, sampleEngine);
        if (written.ok) expect(osvSchema.safeParse(recordOf(written)).success).toBe(true);
        else {
          expect(written.lacks.length).toBeGreaterThan(0);
          expect(written.lacks.filter(({ field }) => field === "document" || field === "")).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
