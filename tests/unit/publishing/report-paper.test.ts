import { describe, expect, it } from "vitest";
import { advisoryNotice } from "../../../electron/contract/report-templates.ts";
import { reportPaper } from "../../../electron/publishing/report-paper.tsx";
import { readHtml } from "./html-reading.ts";
import { sampleReport } from "./sample-report.ts";

const paper = reportPaper(sampleReport);
const wordsOf = (html: string): string => readHtml(html)[0]?.text ?? "";

describe("the pages of a report's PDF", () => {
  it("bear the marking at the head and foot, with code, revision, page of pages and the notice", () => {
    expect(wordsOf(paper.header)).toContain("SECRET//NOFORN");
    expect(wordsOf(paper.header)).toContain("EV-2026-0003, revision 2");
    const foot = readHtml(paper.footer);
    expect(foot[0]?.text).toContain(advisoryNotice);
    expect(foot[0]?.text).toContain("SECRET//NOFORN");
    expect(foot.map(({ attributes }) => attributes.class)).toEqual(
      expect.arrayContaining(["pageNumber", "totalPages"]),
    );
    for (const part of [paper.header, paper.footer]) {
      expect(part).toContain("#c8102e");
      expect(part).toContain("print-color-adjust:exact");
    }
  });

  it("hold the report once, without the banners and layout of the file, nothing active, and nothing to fetch", () => {
    const elements = readHtml(paper.html);
    expect(elements[0]?.attributes.lang).toBe("en");
    expect(elements.filter(({ name }) => name === "h1")).toHaveLength(1);
    expect(elements.some(({ attributes }) => attributes.role === "presentation")).toBe(false);
    expect(elements.some(({ attributes }) => /marking|running/.test(attributes.class ?? ""))).toBe(false);
    for (const name of ["script", "iframe", "object", "embed", "form", "link", "img", "base"]) {
      expect(elements.some((element) => element.name === name)).toBe(false);
    }
    expect(paper.html).not.toMatch(/url\(|@import|@font-face/);
    expect(paper.html.match(/@page\{[^}]*\}/g)).toEqual(["@page{size:A4;margin:21mm 14mm 26mm}"]);
    const body = elements.find(({ name }) => name === "body")?.text ?? "";
    expect(body).toContain("With safeguards reduced it solved 50 of 118 counted Cybench attempts.");
  });

  it("are the same for the same report, and text stays text in every part", () => {
    expect(reportPaper(structuredClone(sampleReport))).toEqual(paper);
    const hostile = `<script>alert(1)</script><b onload=x>`;
    const { html, header, footer } = reportPaper({
      ...sampleReport,
      code: hostile,
      title: hostile,
      notice: hostile,
    });
    for (const part of [html, header, footer]) {
      expect(part).not.toMatch(/<script|<b onload/);
      expect(part).toContain("&lt;script&gt;");
    }
  });
});
