import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { PublishableFinding, WrittenAdvisory } from "../../../../electron/interchange/advisory.ts";
import { checkCsaf } from "../../../../electron/interchange/csaf/check-csaf.ts";
import { csafTests, type CsafVersion } from "../../../../electron/interchange/csaf/csaf-tests.ts";
import { csafFileName, writeCsaf } from "../../../../electron/interchange/csaf/write-csaf.ts";
import { field, listField, textField } from "../../../../electron/interchange/json/fields.ts";
import { almostSample, anyFinding } from "./finding-arbitrary.ts";
import { sampleEngine, sampleFinding, sampleProduct, samplePublisher } from "./sample-finding.ts";

const write = (finding: PublishableFinding, version: CsafVersion = "2.0"): Promise<WrittenAdvisory> =>
  writeCsaf(finding, samplePublisher, sampleEngine, version);

function documentOf(written: WrittenAdvisory): unknown {
  if (!written.ok) throw new Error(JSON.stringify(written.lacks));
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(written.bytes));
}

async function lacksOf(changes: Partial<PublishableFinding>, version: CsafVersion = "2.0"): Promise<string[]> {
  const written = await write({ ...sampleFinding, ...changes }, version);
  return written.ok ? [] : written.lacks.map(({ field: name, needs }) => `${name} ${needs}`);
}

const vulnerability = (document: unknown): unknown => listField(document, "vulnerabilities")[0];
const distribution = (document: unknown): unknown => field(field(document, "document"), "distribution");

// The validator is loaded here, not in the first test: a busy machine takes long.
beforeAll(async () => {
  await Promise.all([csafTests("2.0"), csafTests("2.1")]);
}, 240_000);

describe("a finding as CSAF 2.0", () => {
  it("passes the strict schema and all 43 mandatory tests", async () => {
    expect(await checkCsaf(documentOf(await write(sampleFinding)))).toEqual([]);
  });

  it("is the same bytes whatever order its fields came in", async () => {
    const shuffled = Object.fromEntries(Object.entries(sampleFinding).reverse());
    const [a, b] = [await write(sampleFinding), await write({ ...sampleFinding, ...shuffled })];
    expect(a).toEqual(b);
  });

  it("has every affected version in the product tree, and the fixed one as first fixed", async () => {
    const document = documentOf(await write(sampleFinding));
    const text = JSON.stringify(field(document, "product_tree"));
    expect(text).toContain("vers:semver/>=1.2.0|<1.4.3");
    expect(text).toContain("Example Software libpicture from 1.2.0, before 1.4.3");
    expect(field(vulnerability(document), "product_status")).toEqual({
      known_affected: ["CSAFPID-0001"],
      first_fixed: ["CSAFPID-0002"],
    });
  });

  it.each([
    ["CLEAR", { label: "WHITE", url: "https://www.first.org/tlp/" }],
    ["GREEN", { label: "GREEN", url: "https://www.first.org/tlp/" }],
    ["RED", { label: "RED", url: "https://www.first.org/tlp/" }],
    ["AMBER+STRICT", undefined],
  ] as const)("says TLP:%s as the standard can", async (tlp, expected) => {
    const document = documentOf(await write({ ...sampleFinding, embargoUntil: null, tlp }));
    expect(field(distribution(document), "tlp")).toEqual(expected);
    const text = textField(distribution(document), "text") ?? "";
    expect(text.includes("TLP:AMBER+STRICT.")).toBe(tlp === "AMBER+STRICT");
  });

  it("puts marking and embargo into the words on distribution", async () => {
    const document = documentOf(await write({ ...sampleFinding, marking: "CUI//NOFORN" }));
    expect(textField(distribution(document), "text")).toBe(
      "Marking: CUI//NOFORN. Not to become public before 2026-05-01T00:00:00Z. For the vendor's security team.",
    );
  });

  it("says what it has no field for, and keeps it in notes", async () => {
    const written = await write(sampleFinding);
    expect(written.ok && written.leftOut).toHaveLength(2);
    const notes = JSON.stringify(field(vulnerability(documentOf(written)), "notes"));
    expect(notes).toContain("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N (9.3, critical)");
    expect(notes).toContain("CWE-20: Improper Input Validation");
  });

  it("makes one involvement of two vendors told at the same moment", async () => {
    const told = { party: "vendor", date: "2026-03-02T09:00:00Z" } as const;
    const document = documentOf(
      await write({
        ...sampleFinding,
        involvements: [
          { ...told, status: "completed", summary: "A" },
          { ...told, status: "contact-attempted", summary: "B" },
        ],
      }),
    );
    expect(field(vulnerability(document), "involvements")).toEqual([
      { ...told, status: "contact_attempted", summary: "completed: A\ncontact attempted: B" },
    ]);
  });

  it("gives the base score of a v3.1 vector that has more than base metrics", async () => {
    const vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P";
    const document = documentOf(await write({ ...sampleFinding, scores: [{ version: "3.1", vector, score: 9.3 }] }));
    expect(field(vulnerability(document), "scores")).toMatchObject([
      { cvss_v3: { vectorString: vector, baseScore: 9.8, baseSeverity: "CRITICAL" } },
    ]);
  });

  it("is named by the rule of the standard", () => {
    expect(csafFileName("Example Company - 2019-YH3234", "2.0")).toBe("example_company_-_2019-yh3234.json");
    expect(csafFileName("RHBA-2019:0024", "2.0")).toBe("rhba-2019_0024.json");
    expect(csafFileName("2022 #01-A", "2.0")).toBe("2022_01-a.json");
  });
});

describe("what a finding lacks", () => {
  it.each<[string, Partial<PublishableFinding>, string]>([
    [
      "no versions",
      { products: [{ ...sampleProduct, versions: [] }] },
      "products[0].versions needs a product version or",
    ],
    ["no product", { products: [] }, "products needs a product"],
    [
      "a range as a version",
      { products: [{ ...sampleProduct, versions: [{ kind: "version", version: "before 2.0" }] }] },
      "products[0].versions[0] needs single versions",
    ],
    ["no revision", { revisions: [] }, "revisions needs at least one"],
    [
      "another name for a weakness",
      { weaknesses: [{ id: "CWE-787", name: "Overflow" }] },
      "needs the catalogue's name: Out-of-bounds Write",
    ],
    [
      "a score that its vector does not give",
      { scores: [{ ...firstScore(), score: 5 }] },
      "scores[0].score needs the score that its vector gives",
    ],
    ["CLEAR under embargo", { tlp: "CLEAR" }, "tlp is CLEAR while the embargo still runs"],
    ["refuted", { validation: { ...sampleFinding.validation, state: "refuted" } }, "validation was refuted"],
    [
      "affected and not affected at once",
      { products: [sampleProduct, { ...sampleProduct, status: "not-affected" }] },
      "products does not pass CSAF 6.1.6",
    ],
  ])("is named: %s", async (_name, changes, expected) => {
    expect((await lacksOf(changes)).join("\n")).toContain(expected);
  });

  it("is asked of the publisher too", async () => {
    const written = await writeCsaf(sampleFinding, { ...samplePublisher, namespace: "cell" }, sampleEngine);
    expect(written).toMatchObject({ ok: false, lacks: [{ field: "publisher.namespace" }] });
  });
});

describe("CSAF 2.1", () => {
  it("says that it is a draft, in its name and inside, and has CVSS v4.0 and every weakness", async () => {
    const written = await write({ ...sampleFinding, tlp: "AMBER+STRICT" }, "2.1");
    const document = documentOf(written);
    expect(written.ok && written.fileName).toBe("eval-2026-0001.csaf-2.1-draft.json");
    expect(JSON.stringify(field(field(document, "document"), "notes"))).toContain("not a standard yet");
    expect(field(distribution(document), "tlp")).toMatchObject({ label: "AMBER+STRICT" });
    expect(listField(vulnerability(document), "cwes")).toHaveLength(2);
    expect(JSON.stringify(field(vulnerability(document), "metrics"))).toContain("cvss_v4");
    expect(await checkCsaf(document)).toEqual([]);
  });

  it("needs a TLP label", async () => {
    expect(await lacksOf({ tlp: null }, "2.1")).toEqual(["tlp needs a TLP label: CSAF 2.1 takes none without"]);
  });
});

describe("any finding at all", () => {
  it.each([
    ["2.0", anyFinding, 150],
    ["2.0", almostSample, 300],
    ["2.1", almostSample, 100],
  ] as const)(
    "in %s gives a document that passes, or names what it lacks",
    async (version, arbitrary, runs) => {
      let writtenOnes = 0;
      await fc.assert(
        fc.asyncProperty(arbitrary, async (finding) => {
          const written = await write(finding, version);
          if (written.ok) {
            writtenOnes += 1;
            expect(await checkCsaf(documentOf(written))).toEqual([]);
            expect(written.fileName).toMatch(/^[a-z0-9_+-]+(?:\.csaf-2\.1-draft)?\.json$/);
          } else {
            expect(written.lacks.length).toBeGreaterThan(0);
            for (const { field: name, needs } of written.lacks) expect(name !== "" && needs !== "").toBe(true);
            // A test that fails without a word on where it comes from leaves people with nothing to do.
            expect(written.lacks.filter(({ field: name }) => name === "document")).toEqual([]);
          }
        }),
        { numRuns: runs },
      );
      if (arbitrary === almostSample) expect(writtenOnes).toBeGreaterThan(runs / 10);
    },
    120_000,
  );
});

function firstScore(): PublishableFinding["scores"][number] {
  const [score] = sampleFinding.scores;
  if (score === undefined) throw new Error("The sample has no score");
  return score;
}
