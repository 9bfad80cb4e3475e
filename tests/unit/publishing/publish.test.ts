import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type FrozenReport, frozenReportSchema } from "../../../electron/contract/frozen-report.ts";
import { formatFraction, formatInterval, formatRate, machineNumber } from "../../../electron/contract/number-text.ts";
import { advisoryNotice } from "../../../electron/contract/report-templates.ts";
import { publish, type PublishedFile } from "../../../electron/publishing/publish.ts";
import { PublishingError } from "../../../electron/publishing/publishing-error.ts";
import { elementsOf } from "../charts/svg-reading.ts";
import { readHtml } from "./html-reading.ts";
import { sampleReport } from "./sample-report.ts";

const textOf = (files: readonly PublishedFile[], path: string): string => {
  const file = files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`no ${path}`);
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(file.bytes);
};
const rowsOf = (csv: string): Record<string, string>[] =>
  z.array(z.record(z.string(), z.string())).parse(parse(csv, { columns: true }));

const files = publish(sampleReport);
const html = textOf(files, "report.html");
const elements = readHtml(html);
const page = elements.find((element) => element.name === "body")?.text ?? "";

describe("the reader that these tests look through", () => {
  it.each(["<a><b></a></b>", "<a>", "</a>", "<a>1 < 2</a>", "<a>&nope;</a>", '<a x="<">1</a>', "<a onclick=x>1</a>"])(
    "refuses %s",
    (markup) => {
      expect(() => readHtml(markup)).toThrow();
    },
  );
});

describe("the files of a report", () => {
  it("are these", () => {
    expect(files.map((file) => file.path)).toEqual([
      "report.html",
      "report.json",
      "tables/results.csv",
      "tables/ledger.csv",
      "tables/tasks.csv",
      "figures/rates.svg",
      "figures/ledger.svg",
      "figures/matrix.svg",
      "checkpoint.note",
    ]);
  });

  it("are the same bytes for the same report, whatever the order of its keys", () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, inner]) => [key, reversed(inner)]),
      );
    };
    const again = publish(frozenReportSchema.parse(reversed(structuredClone(sampleReport))));
    expect(again.map((file) => Buffer.from(file.bytes).toString("base64"))).toEqual(
      files.map((file) => Buffer.from(file.bytes).toString("base64")),
    );
  });

  it("keep the checkpoint note byte for byte", () => {
    expect(textOf(files, "checkpoint.note")).toBe(sampleReport.checkpoint.note);
    const without = publish({ ...sampleReport, checkpoint: { ...sampleReport.checkpoint, note: "" } });
    expect(without.some((file) => file.path === "checkpoint.note")).toBe(false);
  });

  it("report.json reads back as the frozen report", () => {
    expect(frozenReportSchema.parse(JSON.parse(textOf(files, "report.json")))).toEqual(sampleReport);
  });
});

describe("report.html", () => {
  it("holds nothing active and asks for nothing", () => {
    const names = new Set(elements.map((element) => element.name));
    for (const name of ["script", "iframe", "object", "embed", "form", "link", "img", "base", "input"]) {
      expect(names).not.toContain(name);
    }
    for (const { attributes } of elements) {
      for (const [key, value] of Object.entries(attributes)) {
        expect(key).not.toMatch(/^on|^src|^srcdoc|^action|^formaction|^xlink/);
        if (key === "href") expect(value).toMatch(/^#[a-z0-9-]+$/);
      }
    }
    expect(html).not.toMatch(/url\(|@import|@font-face/);
    const policy = elements.find((element) => element.attributes["http-equiv"] === "Content-Security-Policy");
    expect(policy?.attributes.content).toContain("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
  });

  it("bears the marking at top and bottom, fixed on screen and on paper, and the notice", () => {
    const markings = elements.filter((element) => element.attributes.class?.startsWith("marking ") === true);
    expect(markings.map((marking) => marking.text)).toEqual(["SECRET//NOFORN", "SECRET//NOFORN"]);
    expect(markings.map((marking) => marking.attributes["aria-label"])).toEqual([
      "Marking at the top: SECRET//NOFORN",
      "Marking at the bottom: SECRET//NOFORN",
    ]);
    expect(markings[0]?.attributes.style).toContain("#c8102e");
    const style = elements.find((element) => element.name === "style")?.text ?? "";
    expect(style).toMatch(/\.marking\{[^}]*position:fixed/);
    expect(style).toContain("@page");
    expect(page).toContain(advisoryNotice);
  });

  it("can be walked: language, title, landmarks, one h1, headings in order, captions and header cells", () => {
    expect(elements[0]?.attributes.lang).toBe("en");
    for (const landmark of ["header", "nav", "main"]) {
      expect(elements.filter((element) => element.name === landmark)).toHaveLength(1);
    }
    const levels = elements.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name.slice(1))] : []));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => {
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
    const ids = elements.flatMap(({ attributes }) => (attributes.id === undefined ? [] : [attributes.id]));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of elements) {
      const target = attributes.href?.slice(1) ?? attributes["aria-labelledby"]?.split(" ")[0];
      if (target !== undefined) expect(ids).toContain(target);
    }
    expect(elements.filter((element) => element.name === "caption").length).toBe(sampleReport.tables.length + 2);
    for (const element of elements)
      if (element.name === "th") expect(["row", "col"]).toContain(element.attributes.scope);
    for (const element of elements) if (element.name === "svg") expect(element.attributes.role).toBe("img");
  });

  it("numbers blocks in the order met, places each once, and puts what no section places at the end", () => {
    const captions = elements.filter((element) => element.attributes.class === "name").map((element) => element.text);
    expect(captions).toEqual([
      "Model versions",
      "Benchmarks",
      "Figure 1. Every planned attempt, by state.",
      "Table 1. Denominator ledger.",
      "Figure 2. Solve rate with interval, by model version and benchmark.",
      "Table 2. Results: counts, rates, intervals.",
      "Figure 3. Model versions × benchmarks.",
      "Table 3. Tasks by model version.",
    ]);
    expect(page).toContain("This report holds no table named “metrics”.");
    const bare = publish({ ...sampleReport, sections: [] });
    expect(textOf(bare, "report.html")).toContain("Further figures and tables");
    const twice = { id: "a", heading: "A", portion: "", markdown: "[[table:ledger]]\n\ntext\n[[table:ledger]]" };
    expect(textOf(publish({ ...sampleReport, sections: [twice] }), "report.html")).toContain(
      'See <a href="#table-ledger">Table 1</a>',
    );
  });

  it("shows portion markings, empty sections as empty, and exact times", () => {
    expect(page).toContain("(S//NF) Summary");
    expect(page).toContain("Nothing was written here.");
    expect(page).toContain("2026-11-21 14:05 UTC");
  });
});

describe("one computation, the same digits everywhere", () => {
  it("every number of every table stands in the page and in its CSV file", () => {
    for (const table of sampleReport.tables) {
      const rows = rowsOf(textOf(files, `tables/${table.id}.csv`));
      expect(rows).toHaveLength(table.rows.length);
      table.rows.forEach((row, index) => {
        for (const column of table.columns) {
          const cell = row[column.key];
          expect(page).toContain(cell?.text.replaceAll(" %", "\u00a0%"));
          if (typeof cell?.value !== "number") continue;
          expect(rows[index]?.[column.key]).toBe(machineNumber(cell.text));
        }
      });
    }
  });

  it("every rate of every figure stands in the page with n and interval, and in its SVG file", () => {
    for (const figure of sampleReport.figures) {
      const svg = textOf(files, `figures/${figure.id}.svg`);
      const rates = figure.kind === "matrix" ? figure.cells : figure.kind === "rates" ? figure.rows : [];
      for (const { rate } of rates) {
        if (rate.rate === null) continue;
        for (const text of [
          formatRate(rate.rate),
          formatFraction(rate.solved, rate.n),
          formatInterval(rate.interval),
        ]) {
          expect(page).toContain(text);
          expect(svg).toContain(text);
        }
      }
    }
  });

  it("negative numbers stay numbers in CSV, no number is an empty field, every row bears the marking", () => {
    const rows = rowsOf(textOf(files, "tables/tasks.csv"));
    expect(rows[0]).toEqual({
      task: "Task 1",
      category: "web",
      minutes: "",
      tokens: "412",
      change: "-0.200",
      marking: "SECRET//NOFORN",
    });
    expect(rows.every((row) => row.marking === "SECRET//NOFORN")).toBe(true);
  });
});

describe("figures/*.svg", () => {
  it("stand alone: well-formed, marked twice, no reference to anything", () => {
    for (const { id } of sampleReport.figures) {
      const svg = textOf(files, `figures/${id}.svg`);
      expect(svg.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"')).toBe(
        true,
      );
      const inner = elementsOf(svg.replace(/^<\?xml[^>]*>\n/, "").trimEnd());
      expect(inner.filter((element) => element.name === "svg")).toHaveLength(2);
      expect(svg.match(/SECRET\/\/NOFORN/g)).toHaveLength(2);
      expect(svg).not.toMatch(/var\(|<style|<script|href=|url\(/);
    }
  });

  it("a matrix with more benchmarks than fit a page is drawn in parts on the page, whole in its file", () => {
    const columns = Array.from({ length: 12 }, (_, index) => `Benchmark ${String(index + 1)}`);
    const figures = sampleReport.figures.map((figure) => (figure.kind === "matrix" ? { ...figure, columns } : figure));
    const wide = publish({ ...sampleReport, figures });
    expect(textOf(wide, "report.html").match(/chart-heat-map/g)).toHaveLength(3);
    expect(textOf(wide, "figures/matrix.svg").match(/chart-heat-map/g)).toHaveLength(1);
  });
});

describe("what cannot be published", () => {
  const codeOf = (report: FrozenReport): string => {
    try {
      publish(report);
    } catch (error) {
      if (error instanceof PublishingError) return error.code;
      throw error;
    }
    return "published";
  };

  it("is refused by name: ids that are no file names, ids twice, another format", () => {
    const [table] = sampleReport.tables;
    if (table === undefined) throw new Error("the sample has tables");
    expect(codeOf({ ...sampleReport, tables: [{ ...table, id: "../../etc/passwd" }] })).toBe("block-id-unsafe");
    expect(codeOf({ ...sampleReport, tables: [table, table] })).toBe("block-id-duplicate");
    const other: unknown = { ...sampleReport, schema: "evalvault-report-9" };
    expect(() => publish(other as FrozenReport)).toThrow(/not in its format at "schema"/);
  });
});
