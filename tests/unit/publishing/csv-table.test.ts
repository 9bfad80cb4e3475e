import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tableCsv } from "../../../electron/publishing/csv-table.ts";
import { sampleReport } from "./sample-report.ts";

const [sample] = sampleReport.tables;
if (sample === undefined) throw new Error("the sample report has no table");
const [column] = sample.columns;
const key = column?.key ?? "";

function csvOf(text: string): string {
  if (sample === undefined) return "";
  return tableCsv({ ...sample, rows: [{ [key]: { value: text, text } }] }, "SECRET");
}

function cellFrom(csv: string): string | undefined {
  const [, row]: string[][] = parse(csv);
  return row?.[0];
}

describe("a report's table as CSV", () => {
  it.each(["a\nb", "a\rb", "a\r\nb", "\n", "a\n"])(
    "quotes the line break in %j, so that no reader takes it for the end of the row",
    (text) => {
      expect(csvOf(text)).toContain(`"${text}"`);
      expect(cellFrom(csvOf(text))).toBe(text);
    },
  );

  it("comes back as it was, but for the mark before a formula", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "b", ",", ";", '"', "'", "\n", "\r", "=", "+", "-", "@", " ", "é") }),
        (text) => {
          const read = cellFrom(csvOf(text)) ?? "";
          expect([text, `'${text}`]).toContain(read);
          expect(read).not.toMatch(/^[=+\-@]/);
        },
      ),
    );
  });
});
