import { beforeAll, describe, expect, it } from "vitest";
import fc from "fast-check";
import { z } from "zod";
import { checkCsaf } from "../../../../electron/interchange/csaf/check-csaf.ts";
import { csafTests } from "../../../../electron/interchange/csaf/csaf-tests.ts";
import { weaknesses } from "../../../../electron/interchange/cwe-list.ts";
import { writeCsaf } from "../../../../electron/interchange/csaf/write-csaf.ts";
import { sampleEngine, sampleFinding, samplePublisher } from "./sample-finding.ts";

/** Sets what a JSON pointer names; a key "-" appends to a list; undefined takes the member away. */
function changed(document: unknown, changes: readonly (readonly [pointer: string, value: unknown])[]): unknown {
  const copy: unknown = structuredClone(document);
  for (const [pointer, value] of changes) {
    const keys = pointer.split("/").slice(1);
    const last = keys.pop() ?? "";
    let place: unknown = copy;
    for (const key of keys) place = typeof place === "object" && place !== null ? Reflect.get(place, key) : undefined;
    if (typeof place !== "object" || place === null) throw new Error(`Nothing at ${pointer}`);
    if (Array.isArray(place) && last === "-") place.push(value);
    else if (value === undefined) Reflect.deleteProperty(place, last);
    else Reflect.set(place, last, value);
  }
  return copy;
}

let document: unknown;

beforeAll(async () => {
  const written = await writeCsaf(sampleFinding, samplePublisher, sampleEngine);
  if (!written.ok) throw new Error("The sample is not written");
  document = JSON.parse(new TextDecoder().decode(written.bytes));
}, 240_000);

const v = "/vulnerabilities/0";
const version = "/product_tree/branches/0/branches/0/branches/1";
const tracking = "/document/tracking";
const other = { name: "Other", product_id: "OTHER" };
const semantic = (number: string, date = "2026-03-02T10:00:00Z"): unknown => ({ number, date, summary: "x" });

/** One document for each mandatory test, made from one that passes all: it must fail that test, under its own id. */
const mutations: readonly (readonly [testId: string, ...changes: (readonly [string, unknown])[]])[] = [
  ["schema", ["/document/title", undefined]],
  ["schema", ["/document/distribution/tlp/label", "AMBER+STRICT"]],
  ["schema", ["/document/distribution/tlp/label", "CLEAR"]],
  ["schema", ["/document/x_more", 1]],
  ["6.1.1", [`${v}/product_status/known_affected`, ["NOWHERE"]]],
  ["6.1.2", [`${version}/product/product_id`, "CSAFPID-0001"]],
  [
    "6.1.3",
    [
      "/product_tree/relationships",
      [
        {
          category: "installed_on",
          product_reference: "LOOP",
          relates_to_product_reference: "CSAFPID-0001",
          full_product_name: { name: "Loop", product_id: "LOOP" },
        },
      ],
    ],
  ],
  ["6.1.4", [`${v}/threats/0/group_ids`, ["NOWHERE"]]],
  [
    "6.1.5",
    [
      "/product_tree/product_groups",
      [
        { group_id: "G", product_ids: ["CSAFPID-0001", "CSAFPID-0002"] },
        { group_id: "G", product_ids: ["CSAFPID-0002", "CSAFPID-0001"] },
      ],
    ],
  ],
  ["6.1.6", [`${v}/product_status/known_not_affected`, ["CSAFPID-0001"]]],
  [
    "6.1.7",
    [
      `${v}/scores/-`,
      {
        products: ["CSAFPID-0001"],
        cvss_v3: {
          version: "3.1",
          vectorString: "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
          baseScore: 8.4,
          baseSeverity: "HIGH",
        },
      },
    ],
  ],
  ["6.1.8", [`${v}/scores/0/cvss_v3/baseSeverity`, undefined]],
  ["6.1.9", [`${v}/scores/0/cvss_v3/baseScore`, 9.9]],
  ["6.1.10", [`${v}/scores/0/cvss_v3/attackVector`, "LOCAL"]],
  ["6.1.11", [`${v}/cwe/name`, "Improper Input Validation"]],
  ["6.1.12", ["/document/lang", "EZ"]],
  ["6.1.13", [`${version}/product/product_identification_helper/purl`, "pkg:maven/@1.3.4"]],
  ["6.1.14", [`${tracking}/revision_history/0/date`, "2026-05-02T10:00:00Z"]],
  ["6.1.15", ["/document/publisher/category", "translator"]],
  ["6.1.16", [`${tracking}/version`, "1"]],
  ["6.1.17", [`${tracking}/version`, "0.9.5"], [`${tracking}/revision_history`, [semantic("0.9.5")]]],
  [
    "6.1.18",
    [`${tracking}/revision_history`, [semantic("0"), semantic("1", "2026-03-03T10:00:00Z")]],
    [`${tracking}/version`, "1"],
  ],
  [
    "6.1.19",
    [`${tracking}/revision_history`, [semantic("1.0.0-rc"), semantic("1.0.0", "2026-03-03T10:00:00Z")]],
    [`${tracking}/version`, "1.0.0"],
  ],
  ["6.1.20", [`${tracking}/version`, "1.0.0-alpha"], [`${tracking}/status`, "interim"]],
  ["6.1.21", [`${tracking}/revision_history/1/number`, "3"], [`${tracking}/version`, "3"]],
  ["6.1.22", [`${tracking}/revision_history/-`, semantic("2", "2026-04-03T10:00:00Z")]],
  ["6.1.23", ["/vulnerabilities/-", { cve: "CVE-2026-12345" }]],
  ["6.1.24", [`${v}/involvements/1/date`, "2026-03-02T09:00:00Z"]],
  [
    "6.1.25",
    [
      "/product_tree/full_product_names",
      [
        {
          ...other,
          product_identification_helper: {
            hashes: [
              {
                filename: "a",
                file_hashes: [
                  { algorithm: "sha256", value: "0".repeat(64) },
                  { algorithm: "sha256", value: "1".repeat(64) },
                ],
              },
            ],
          },
        },
      ],
    ],
  ],
  ["6.1.26", ["/document/category", "Security Advisory"]],
  ["6.1.27.1", ["/document/category", "csaf_security_incident_response"]],
  ["6.1.27.2", ["/document/category", "csaf_informational_advisory"]],
  ["6.1.27.3", ["/document/category", "csaf_informational_advisory"]],
  ["6.1.27.4", ["/product_tree", undefined]],
  ["6.1.27.5", [`${v}/notes`, undefined]],
  ["6.1.27.6", [`${v}/product_status`, undefined]],
  ["6.1.27.7", ["/document/category", "csaf_vex"], [`${v}/product_status`, { first_fixed: ["CSAFPID-0002"] }]],
  ["6.1.27.8", ["/document/category", "csaf_vex"], [`${v}/cve`, undefined], [`${v}/ids`, undefined]],
  ["6.1.27.9", ["/document/category", "csaf_vex"], [`${v}/product_status`, { known_not_affected: ["CSAFPID-0002"] }]],
  ["6.1.27.10", ["/document/category", "csaf_vex"], [`${v}/remediations`, undefined]],
  ["6.1.27.11", ["/vulnerabilities", undefined]],
  ["6.1.28", ["/document/source_lang", "en"]],
  ["6.1.29", [`${v}/remediations/0/product_ids`, undefined]],
  ["6.1.30", [`${tracking}/revision_history/0/number`, "1.0.0"]],
  ["6.1.31", [`${version}/name`, "prior to 1.4.3"]],
  ["6.1.32", [`${v}/flags`, [{ label: "component_not_present" }]]],
  [
    "6.1.33",
    [
      `${v}/flags`,
      [
        { label: "component_not_present", product_ids: ["CSAFPID-0002"] },
        { label: "vulnerable_code_not_present", product_ids: ["CSAFPID-0002"] },
      ],
    ],
  ],
];

describe("a document that was changed", () => {
  const cases = mutations.map(([testId, ...changes]) => ({ testId, changes }));

  it.each(cases)("is refused by $testId", async ({ testId, changes }) => {
    const problems = await checkCsaf(changed(document, changes));
    expect(problems.map((problem) => problem.testId)).toContain(testId);
    for (const { message } of problems) expect(message).not.toBe("");
  });

  it("is refused once for every mandatory test there is", async () => {
    const tried = new Set(mutations.map(([testId]) => testId));
    // The schema and the 43 mandatory tests; of the draft 60 more, to which check-csaf.ts adds 6.1.11.
    expect([(await csafTests("2.0")).length, (await csafTests("2.1")).length]).toEqual([44, 61]);
    expect((await csafTests("2.0")).map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
  }, 240_000);

  it("says where: a JSON pointer", async () => {
    const problems = await checkCsaf(changed(document, [[`${v}/scores/0/cvss_v3/baseScore`, 9.9]]));
    expect(problems).toEqual([
      { testId: "6.1.9", path: "/vulnerabilities/0/scores/0/cvss_v3/baseScore", message: "invalid calculated value" },
    ]);
  });
});

describe("a known difference", () => {
  it("lets csafsecurityadvisory pass as a category, which the committee's corpus (6.1.26, example 4) refuses", async () => {
    expect(await checkCsaf(changed(document, [["/document/category", "csafsecurityadvisory"]]))).toEqual([]);
  });
});

describe("anything at all", () => {
  it("is refused and never throws", async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ maxDepth: 4 }), async (value) => {
        expect((await checkCsaf(value)).length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  it("in a document's place is refused and never throws", async () => {
    const places = [
      "/document",
      tracking,
      "/document/publisher",
      "/product_tree",
      "/product_tree/branches",
      "/vulnerabilities",
      v,
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.jsonValue(), async (place, value) => {
        await expect(checkCsaf(changed(document, [[place, value]]))).resolves.toBeInstanceOf(Array);
      }),
      { numRuns: 150 },
    );
  });
});

describe("the list of weaknesses that people choose from", () => {
  it("is the one that 6.1.11 holds names against", async () => {
    const module: unknown = await import("@secvisogram/csaf-validator-lib/cwe.js");
    const held = z
      .object({ weaknesses: z.array(z.object({ id: z.string(), name: z.string() })) })
      .parse(module).weaknesses;
    const byId = (a: { id: string }, b: { id: string }): number => a.id.localeCompare(b.id);
    expect(held.length).toBeGreaterThan(900);
    expect([...weaknesses()].sort(byId)).toEqual([...held].sort(byId));
  });
});
