import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { WrittenAdvisory } from "../../../../electron/interchange/advisory.ts";
import { advisoryLimits, type ReadAdvisory } from "../../../../electron/interchange/advisory-reader.ts";
import { csafTests } from "../../../../electron/interchange/csaf/csaf-tests.ts";
import { readCsaf } from "../../../../electron/interchange/csaf/read-csaf.ts";
import { writeCsaf } from "../../../../electron/interchange/csaf/write-csaf.ts";
import { readOsv } from "../../../../electron/interchange/osv/read-osv.ts";
import { writeOsv } from "../../../../electron/interchange/osv/write-osv.ts";
import { sampleEngine, sampleFinding, samplePublisher } from "./sample-finding.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (value: unknown): Uint8Array => encode(JSON.stringify(value));

function bytesOf(written: WrittenAdvisory): Uint8Array {
  if (!written.ok) throw new Error(JSON.stringify(written.lacks));
  return written.bytes;
}

function vulnerabilitiesOf(read: ReadAdvisory): Extract<ReadAdvisory, { kind: "advisory" }>["vulnerabilities"] {
  if (read.kind === "refused") throw new Error(read.reason);
  return read.vulnerabilities;
}

const meta = { csaf_version: "2.0", title: "Two flaws", tracking: { id: "X-1" } };

// The validator is loaded here, not in the first test: a busy machine takes long.
beforeAll(async () => {
  await Promise.all([csafTests("2.0"), csafTests("2.1")]);
}, 240_000);

describe("a CSAF file of others", () => {
  it.each(["2.0", "2.1"] as const)("gives back what this program wrote in %s", async (version) => {
    const bytes = bytesOf(await writeCsaf(sampleFinding, samplePublisher, sampleEngine, version));
    const read = readCsaf(bytes);
    expect(read).toMatchObject({ kind: "advisory", format: `CSAF ${version}`, id: "EVAL-2026-0001", passedOver: [] });
    expect(vulnerabilitiesOf(read)).toEqual([
      {
        vendor: "Example Software",
        product: "libpicture",
        component: "src/decode.c",
        cve: "CVE-2026-12345",
        weaknesses: version === "2.0" ? ["CWE-787"] : ["CWE-787", "CWE-20"],
        aliases: ["EVAL-2026-0001", "GHSA-abcd-efgh-ijkl"],
        title: sampleFinding.title,
        versions: ["vers:semver/>=1.2.0|<1.4.3"],
      },
    ]);
  });

  it("names a component that is related to its product, and every product of every vulnerability", () => {
    const read = readCsaf(
      json({
        document: meta,
        product_tree: {
          full_product_names: [{ name: "zlib 1.2", product_id: "Z" }],
          branches: [
            {
              category: "vendor",
              name: "V",
              branches: [
                {
                  category: "product_name",
                  name: "P",
                  branches: [{ category: "product_version", name: "1", product: { name: "P 1", product_id: "P1" } }],
                },
                { category: "product_name", name: "Q", product: { name: "Q all", product_id: "Q" } },
              ],
            },
          ],
          relationships: [
            {
              category: "default_component_of",
              product_reference: "Z",
              relates_to_product_reference: "P1",
              full_product_name: { name: "zlib in P", product_id: "ZP" },
            },
          ],
        },
        vulnerabilities: [
          { cve: "CVE-2026-1111", cwe: { id: "CWE-79", name: "…" }, product_status: { known_affected: ["ZP", "Q"] } },
          { title: "Second", product_status: { fixed: ["P1"] } },
        ],
      }),
    );
    expect(
      vulnerabilitiesOf(read).map(({ vendor, product, component, cve, title }) => [
        vendor,
        product,
        component,
        cve,
        title,
      ]),
    ).toEqual([
      ["V", "P", "zlib 1.2", "CVE-2026-1111", "Two flaws"],
      ["V", "Q", null, "CVE-2026-1111", "Two flaws"],
      ["V", "P", null, null, "Second"],
    ]);
  });

  it("says so where it names no vulnerability", () => {
    expect(readCsaf(json({ document: meta }))).toMatchObject({
      vulnerabilities: [],
      passedOver: ["The file names no vulnerability."],
    });
  });
});

describe("an OSV record of others", () => {
  it("gives back what this program wrote", () => {
    const read = readOsv(bytesOf(writeOsv(sampleFinding, samplePublisher, sampleEngine)));
    expect(read).toMatchObject({ kind: "advisory", format: "OSV 1.7.5", id: "x_EVAL-2026-0001" });
    expect(vulnerabilitiesOf(read)).toEqual([
      {
        vendor: "Example Software",
        product: "libpicture",
        component: "src/decode.c",
        cve: "CVE-2026-12345",
        weaknesses: ["CWE-787", "CWE-20"],
        aliases: ["x_EVAL-2026-0001", "GHSA-abcd-efgh-ijkl"],
        title: sampleFinding.title,
        versions: ["introduced 1.2.0, fixed 1.4.3"],
      },
    ]);
  });

  it("stands under its ecosystem and package where it names no vendor", () => {
    const record = {
      id: "GHSA-1",
      modified: "2026-01-01T00:00:00Z",
      aliases: ["CVE-2026-2222"],
      affected: [{ package: { ecosystem: "PyPI", name: "thing" }, versions: ["1.0"] }],
      database_specific: { cwe_ids: ["CWE-22", 7, "x"] },
    };
    expect(vulnerabilitiesOf(readOsv(json(record)))).toEqual([
      {
        vendor: "PyPI",
        product: "thing",
        component: null,
        cve: "CVE-2026-2222",
        weaknesses: ["CWE-22"],
        aliases: ["GHSA-1"],
        title: "",
        versions: ["1.0"],
      },
    ]);
  });
});

const readers = [
  ["CSAF", readCsaf],
  ["OSV", readOsv],
] as const;

describe.each(readers)("a hostile file given to the %s reader", (_name, read) => {
  it.each([
    ["empty", new Uint8Array(0), "not-json"],
    ["no JSON", encode("hello"), "not-json"],
    ["no UTF-8", Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), "not-json"],
    ["cut off", encode('{"document":{"csaf_version":"2.0"'), "not-json"],
    ["a list", encode("[1,2]"), "not-an-advisory"],
    ["null", encode("null"), "not-an-advisory"],
    ["another kind", json({ id: 7, document: "x" }), "not-an-advisory"],
    ["deep", encode(`{"document":${"[".repeat(200_000)}${"]".repeat(200_000)}}`), "too-deep"],
    ["deep and cut off", encode("[".repeat(1_000_000)), "too-deep"],
    ["huge", new Uint8Array(advisoryLimits.bytes + 1), "too-large"],
  ])("is refused: %s", (_what, bytes, code) => {
    const answer = read(bytes);
    expect(answer).toMatchObject({ kind: "refused", code });
    if (answer.kind === "refused") expect(answer.reason).toMatch(/\.$/);
  });

  it("takes brackets inside text for text", () => {
    const note = `${"[".repeat(500)}\\"${"{".repeat(500)}`;
    expect(read(json({ note, "{[": '"' }))).toMatchObject({ code: "not-an-advisory" });
  });

  it("answers whatever the JSON is, and changes no prototype", () => {
    const leaf = fc.oneof(
      fc.constantFrom("2.0", "__proto__", "CVE-2026-1111", "vendor", "constructor", null, 1e999, -0),
      fc.string(),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ depthSize: "medium" }, leaf, fc.array(tie("tree"), { maxLength: 4 }), tie("object")),
      object: fc.dictionary(
        fc.constantFrom(
          ...[
            "document",
            "csaf_version",
            "tracking",
            "id",
            "product_tree",
            "branches",
            "relationships",
            "vulnerabilities",
          ],
          ...[
            "product",
            "product_id",
            "category",
            "name",
            "product_status",
            "known_affected",
            "notes",
            "title",
            "text",
          ],
          ...[
            "affected",
            "package",
            "ranges",
            "events",
            "modified",
            "aliases",
            "database_specific",
            "__proto__",
            "constructor",
          ],
        ),
        tie("tree"),
        { maxKeys: 6 },
      ),
    }));
    fc.assert(
      fc.property(tree, fc.boolean(), (value, framed) => {
        const framing = {
          id: "a",
          modified: "b",
          document: { csaf_version: "2.0", tracking: value },
          vulnerabilities: value,
        };
        const answer = read(json(framed ? { ...framing, affected: value, product_tree: value } : value));
        expect(["advisory", "refused"]).toContain(answer.kind);
        expect(JSON.stringify(answer)).toBeTypeOf("string");
        expect(Reflect.get({}, "csaf_version")).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

describe("__proto__ in a file", () => {
  it("is a name like any other", () => {
    const read = readCsaf(
      encode(
        `{"__proto__":{"vulnerabilities":[{"cve":"CVE-2026-9999"}]},"document":{"csaf_version":"2.0","__proto__":{"title":"x"}},` +
          `"product_tree":{"branches":[{"category":"vendor","name":"__proto__","branches":[{"category":"product_name","name":"constructor","product":{"product_id":"__proto__","name":"n"}}]}]},` +
          `"vulnerabilities":[{"product_status":{"known_affected":["__proto__"]}}]}`,
      ),
    );
    expect(vulnerabilitiesOf(read)).toMatchObject([
      { vendor: "__proto__", product: "constructor", cve: null, title: "" },
    ]);
  });
});

describe("more than can be compared", () => {
  it("is refused", () => {
    const vulnerabilities = Array.from({ length: advisoryLimits.vulnerabilities + 1 }, () => ({}));
    expect(readCsaf(json({ document: meta, vulnerabilities }))).toMatchObject({ kind: "refused", code: "too-many" });
    expect(readOsv(json({ id: "a", modified: "b", affected: vulnerabilities }))).toMatchObject({ code: "too-many" });
  });
});
