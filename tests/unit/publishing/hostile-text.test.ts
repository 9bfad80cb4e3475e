import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type FrozenReport, frozenReportSchema } from "../../../electron/contract/frozen-report.ts";
import { readMarkdown } from "../../../electron/publishing/markdown.ts";
import { publish } from "../../../electron/publishing/publish.ts";
import { visibleText } from "../../../electron/publishing/visible-text.ts";
import { readHtml } from "./html-reading.ts";
import { sampleReport } from "./sample-report.ts";

const [figure] = sampleReport.figures;
const [table] = sampleReport.tables;

/** The sample with `text` in every place that a person or a log can write to. */
function everywhere(text: string): FrozenReport {
  if (figure?.kind !== "rates" || table === undefined) throw new Error("the sample begins with rates and has a table");
  const [row] = table.rows;
  return {
    ...sampleReport,
    code: text,
    title: text,
    scope: text,
    preparedBy: text,
    models: sampleReport.models.map((model) => ({
      ...model,
      words: text,
      developer: text,
      name: text,
      checkpoint: text,
      access: text,
      settings: text,
    })),
    benchmarks: sampleReport.benchmarks.map((one) => ({
      ...one,
      title: text,
      version: text,
      licence: text,
      source: text,
      scoring: text,
    })),
    sections: [{ id: text, heading: text, portion: text, markdown: text }],
    figures: [{ ...figure, title: text, caption: text, rows: figure.rows.map((one) => ({ ...one, label: text })) }],
    tables: [{ ...table, title: text, caption: text, rows: [{ ...row, model: { value: text, text } }] }],
  };
}

function made(report: FrozenReport): { html: string; svg: string; csv: string; json: string } {
  const files = new Map(publish(report).map((file) => [file.path, new TextDecoder().decode(file.bytes)]));
  const of = (path: string): string => files.get(path) ?? "";
  return {
    html: of("report.html"),
    svg: of("figures/rates.svg"),
    csv: of("tables/results.csv"),
    json: of("report.json"),
  };
}

const activeNames = new Set([
  "script",
  "img",
  "iframe",
  "object",
  "embed",
  "link",
  "form",
  "input",
  "button",
  "video",
  "b2",
]);

describe("HTML in any text", () => {
  it.each([
    `<script>alert(1)</script>`,
    `"><img src=x onerror=alert(1)>`,
    `</style><script>1</script>`,
    `</title><iframe src="https://example.org">`,
    `' onmouseover='x`,
    `<svg onload=1>`,
    `{{constructor}} \${1} <!-- -->`,
    `[x](javascript:alert(1)) ![y](https://example.org/y.png) <https://example.org/z>`,
    `<a href="https://example.org">x</a>`,
  ])("stays text: %s", (text) => {
    const { html, svg } = made(everywhere(text));
    const elements = readHtml(html);
    const body = elements.find((element) => element.name === "body")?.text ?? "";
    for (const element of elements) {
      expect(activeNames).not.toContain(element.name);
      expect(Object.keys(element.attributes).filter((key) => /^on|^src/.test(key))).toEqual([]);
      if (element.name === "a") expect(element.attributes.href).toMatch(/^#/);
    }
    expect(body).toContain(text);
    expect(svg).not.toMatch(/<(script|img|iframe|a)\b/);
    expect(elements.find((element) => element.name === "title")?.text).toContain(text);
  });

  it("any string at all gives well-formed HTML with the string in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), (text) => {
        const elements = readHtml(made({ ...sampleReport, title: text, sections: [], figures: [], tables: [] }).html);
        expect(elements.find((element) => element.name === "h1")?.text).toBe(visibleText(text));
      }),
      { numRuns: 40 },
    );
  });
});

describe("links in Markdown", () => {
  const htmlOf = (markdown: string): string =>
    readMarkdown(markdown)
      .map((piece) => (piece.kind === "html" ? piece.html : `{${piece.kind} ${piece.id}}`))
      .join("");

  it("show words and address, and lead nowhere", () => {
    expect(htmlOf("[the page](https://example.org/a?b=1&c=2)")).toBe(
      '<p>the page <span class="address">(https://example.org/a?b=1&amp;c=2)</span></p>\n',
    );
    expect(htmlOf("<https://example.org>")).toBe("<p>https://example.org</p>\n");
    expect(htmlOf("https://example.org")).toBe("<p>https://example.org</p>\n");
    expect(htmlOf("[x](javascript:alert(1))")).toContain("(javascript:alert(1))");
    expect(htmlOf("![alt <b>](https://example.org/x.png)")).toContain(
      "[picture left out: alt &lt;b&gt; (https://example.org/x.png)]",
    );
  });

  it("blocks are placed only by a line of its own outside of code, lists and quotes", () => {
    expect(htmlOf("a\n[[figure:rates]]\nb")).toBe("<p>a</p>\n{figure rates}<p>b</p>\n");
    expect(htmlOf("[[table:x-1]]  ")).toBe("{table x-1}");
    for (const text of [
      "- [[figure:a]]",
      "> [[figure:a]]",
      "    [[figure:a]]",
      "```\n[[figure:a]]\n```",
      "x [[figure:a]]",
    ]) {
      expect(htmlOf(text)).not.toContain("{figure");
      expect(htmlOf(text)).toContain("[[figure:a]]");
    }
  });

  it("headings start below the section's own and skip no level", () => {
    expect(htmlOf("# A\n\n###### B\n\n## C")).toBe("<h3>A</h3>\n<h4>B</h4>\n<h4>C</h4>\n");
    expect(htmlOf("### A")).toBe("<h3>A</h3>\n");
  });
});

describe("hidden and reordering characters", () => {
  const trojan = "abc\u202edef\u2066ghi\u200b\u00ad\u0007jkl\u{e0041}";

  it("are written out in page, figure and table", () => {
    const { html, svg, csv, json } = made(everywhere(trojan));
    for (const text of [html, svg, csv, json]) {
      for (const hidden of ["\u202e", "\u2066", "\u200b", "\u00ad", "\u0007", "\u{e0041}"]) {
        expect(text).not.toContain(hidden);
      }
    }
    expect(html).toContain("abc⟦U+202E⟧def⟦U+2066⟧ghi⟦U+200B⟧⟦U+00AD⟧⟦U+0007⟧jkl⟦U+E0041⟧");
    expect(csv).toContain("abc⟦U+202E⟧def");
    expect(svg).toContain("abc⟦U+202E⟧");
  });

  it("keep their value in report.json, as escapes", () => {
    const { json } = made(everywhere(trojan));
    expect(json).toContain("abc\\u202edef\\u2066ghi\\u200b\\u00ad\\u0007jkl\\udb40\\udc41");
    expect(frozenReportSchema.parse(JSON.parse(json)).title).toBe(trojan);
  });

  it("ordinary text of any script is left alone", () => {
    const text = "Ça, żółć, Ελλάδα, עברית, العربية, हिन्दी, 日本語, 👩‍💻\n\tend";
    expect(visibleText(text)).toBe(text);
    expect(visibleText("a\r\nb\rc")).toBe("a\nb⟦U+000D⟧c");
  });
});

describe("formulas in CSV", () => {
  it.each(["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1", "-0.5"])("%s is text", (text) => {
    const { csv } = made(everywhere(text));
    const [row] = z.array(z.record(z.string(), z.string())).parse(parse(csv, { columns: true }));
    expect(row?.model).toBe(`'${text}`);
  });

  it("a number whose text is no number is guarded too", () => {
    if (table === undefined) throw new Error("the sample has tables");
    const rows = [{ ...table.rows[0], n: { value: 3, text: "-1+cmd" } }];
    const { csv } = made({ ...sampleReport, tables: [{ ...table, rows }] });
    expect(csv).toContain("'-1+cmd");
  });

  it("commas, quotes and line ends stay inside their field", () => {
    const text = 'a,"b"\nc;d';
    const { csv } = made(everywhere(text));
    const [row] = z.array(z.record(z.string(), z.string())).parse(parse(csv, { columns: true }));
    expect(row?.model).toBe(text);
  });
});
