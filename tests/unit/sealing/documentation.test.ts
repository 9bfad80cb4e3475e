import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { manifestFormat, manifestSchema, manifestVersion } from "../../../electron/sealing/manifest.ts";
import { openWarnings } from "../../../electron/sealing/open.ts";
import { checkCommand, readmeText } from "../../../electron/sealing/readme.ts";

const page = readFileSync(new URL("../../../docs/sealed-report.md", import.meta.url), "utf8");

describe("docs/sealed-report.md", () => {
  it("has every field of the manifest, every warning and the commands of README.txt", () => {
    for (const field of Object.keys(manifestSchema.shape)) expect(page).toMatch(new RegExp(`\`${field}[.\`[]`));
    for (const warning of openWarnings) expect(page).toContain(`\`${warning}\``);
    expect(page).toContain(`"${manifestFormat}"`);
    expect(page).toContain(`| \`version\` | \`${String(manifestVersion)}\``);
    expect(page).toContain(checkCommand);
  });
});

describe("README.txt", () => {
  it.each(["X25519", "mlkem768x25519", "scrypt"] as const)("fits a page of plain text: %s", (scheme) => {
    const text = readmeText({
      outerName: "EV-2026-0007_r2",
      outerMarking: "UNCLASSIFIED",
      scheme,
      sealedFile: "report.tar.age",
      sha256: "0".repeat(64),
      signatures: ["manifest.json.minisig", "manifest.json.0011223344556677.minisig"],
      remarks: ["It was sealed without a PDF (report.pdf); report.html holds the whole report."],
    });
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    const prose = text.split("\n").filter((line) => !line.startsWith("    "));
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(95);
    expect(text).toContain(scheme === "scrypt" ? "age -d -o report.tar" : "age -d -i KEYFILE");
    expect(text).toContain("\n\nIt was sealed without a PDF");
    expect(text.includes("1.3")).toBe(scheme === "mlkem768x25519");
  });
});
