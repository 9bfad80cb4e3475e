import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { findingColumns, findingsToCsv } from "../../../../electron/interchange/findings-csv/findings-csv.ts";
import { anyFinding } from "./finding-arbitrary.ts";
import { sampleFinding } from "./sample-finding.ts";

const rowsSchema = z.array(z.record(z.string(), z.string()));

function rowsOf(csv: string): z.infer<typeof rowsSchema> {
  return rowsSchema.parse(parse(csv, { columns: true, bom: true, record_delimiter: "\r\n" }));
}

describe("findings as CSV", () => {
  it("are one a row, under a header", () => {
    const csv = findingsToCsv([sampleFinding]);
    expect(csv.startsWith("\ufeffid,kind,status,title,")).toBe(true);
    expect(rowsOf(csv)).toEqual([
      {
        id: "EVAL-2026-0001",
        kind: "software-vulnerability",
        status: "final",
        title: sampleFinding.title,
        description: sampleFinding.description,
        vendors: "Example Software",
        products: "libpicture",
        components: "src/decode.c",
        versions: "Example Software libpicture >=1.2.0 <1.4.3 (affected)",
        packages: "npm: libpicture",
        cve: "CVE-2026-12345",
        aliases: "GHSA-abcd-efgh-ijkl",
        cwe: "CWE-787 Out-of-bounds Write; CWE-20 Improper Input Validation",
        cvss_v4: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
        cvss_v4_score: "9.3",
        cvss_v3_1: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        cvss_v3_1_score: "9.8",
        exploit_maturity: "proof-of-concept",
        validation: "validated",
        impact: sampleFinding.impact,
        detection: sampleFinding.detection,
        remediations: "vendor-fix: Update to 1.4.3.; workaround: Open no pictures from strangers.",
        references: "https://example.com/advisory?id=1",
        credits: "Model M, version 3; A. Lead; Example Evaluation Cell",
        involvements: "vendor contact-attempted 2026-03-02T09:00:00Z; vendor completed 2026-03-09T09:00:00Z",
        discovered: "2026-03-01T12:00:00Z",
        embargo_until: "2026-05-01T00:00:00Z",
        tlp: "AMBER",
        marking: "",
        distribution: "For the vendor's security team.",
        revision: "2",
        revised: "2026-04-02T10:00:00Z",
      },
    ]);
  });

  it("leave reproduction steps out", () => {
    expect(findingsToCsv([sampleFinding])).not.toContain("crash.pic");
  });

  it("have no cell that a spreadsheet would run", () => {
    const csv = findingsToCsv([{ ...sampleFinding, title: "=cmd|' /C calc'!A0", impact: "@SUM(1)", detection: "'=1" }]);
    expect(rowsOf(csv)[0]).toMatchObject({ title: "'=cmd|' /C calc'!A0", impact: "'@SUM(1)", detection: "''=1" });
  });

  it("are as many rows as there are findings, whatever is in them, and no cell begins a formula", () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 4 }), (findings) => {
        const rows = rowsOf(findingsToCsv(findings));
        expect(rows).toHaveLength(findings.length);
        for (const row of rows) {
          expect(Object.keys(row)).toEqual([...findingColumns]);
          for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
        }
      }),
      { numRuns: 150 },
    );
  });
});
