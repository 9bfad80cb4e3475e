import { describe, expect, it } from "vitest";
import { advisoryNotice, reportTemplates } from "../../../electron/contract/report-templates.ts";
import { reportBlocks } from "../../../electron/domain/reports/blocks.ts";
import { readMarkdown } from "../../../electron/publishing/markdown.ts";

describe.each(Object.entries(reportTemplates))("template %s", (_id, template) => {
  it("has sections with ids of their own, a heading and guidance", () => {
    const ids = template.sections.map((section) => section.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const section of template.sections) {
      expect(section.heading.length).toBeGreaterThan(3);
      expect(section.guidance.length).toBeGreaterThan(20);
      expect(section.guidance.length).toBeLessThan(2_000);
    }
  });

  it("places only blocks that every report can hold", () => {
    for (const section of template.sections) {
      for (const piece of readMarkdown(section.markdown)) {
        if (piece.kind === "html") continue;
        expect(reportBlocks.some((block) => block.kind === piece.kind && block.id === piece.id)).toBe(true);
      }
    }
  });
});

describe("words", () => {
  it("assess, observe, advise; give no verdict on release", () => {
    const words = JSON.stringify(reportTemplates);
    expect(words).not.toMatch(/\b(approv|certif|complian|licensed|cleared for)/i);
    expect(advisoryNotice).toContain("No approval is given or withheld");
  });
});
