import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PublishingError } from "../../../electron/publishing/publishing-error.ts";
import { settlePdf } from "../../../electron/publishing/settled-pdf.ts";
import { madePdf, type Printing } from "./made-pdf.ts";

const facts = { at: Date.UTC(2026, 10, 21, 14, 5, 9), identity: "0123456789abcdef".repeat(4) };
const monday: Printing = {
  date: "D:20261123080000+00'00'",
  creator: "Mozilla/5.0 \\(X11; Linux x86_64\\) Electron/33.2.1",
  names: [1, 16, 17],
  words: "45 of 118",
};
const tuesday: Printing = {
  date: "D:20261124091733-05'00'",
  creator: "Mozilla/5.0 \\(Windows NT 10.0\\)",
  names: [9123, 40, 17],
  words: "45 of 118",
};
const textOf = (pdf: Uint8Array): string => Buffer.from(pdf).toString("latin1");
const settled = (printing: Printing): string => textOf(settlePdf(madePdf(printing), facts));

describe("a printed PDF, settled", () => {
  it("is the same bytes whenever, wherever and after whatever it was printed", () => {
    expect(textOf(madePdf(monday))).not.toBe(textOf(madePdf(tuesday)));
    expect(settled(tuesday)).toBe(settled(monday));
  });

  it("is other bytes for other pages, another time, another identity", () => {
    expect(settled({ ...monday, words: "46 of 118" })).not.toBe(settled(monday));
    for (const other of [
      { ...facts, at: facts.at + 1_000 },
      { ...facts, identity: "f".repeat(64) },
    ]) {
      expect(textOf(settlePdf(madePdf(monday), other))).not.toBe(settled(monday));
    }
  });

  it("says the report's time and identity, keeps the title, and nothing of the machine", () => {
    const text = settled(tuesday);
    expect(text).toContain("/Title (EV-2026-0003 \\(r2\\))");
    expect(text.match(/D:\d{14}[^)]*/g)).toEqual(["D:20261121140509+00'00'", "D:20261121140509+00'00'"]);
    expect(text).toContain("/ID [<0123456789abcdef0123456789abcdef> <0123456789abcdef0123456789abcdef>]");
    expect(text).not.toMatch(/Mozilla|Windows|Skia/);
  });

  it("leaves the content of streams alone, whatever it looks like", () => {
    const [stream] = /stream\n[\s\S]*?\nendstream/.exec(textOf(madePdf(tuesday))) ?? [];
    expect(stream).toContain("(node00000001) /CreationDate");
    expect(settled(tuesday)).toContain(stream);
  });

  it("has cross-references that lead to their objects, and names in order that lead to their elements", () => {
    const text = settled(tuesday);
    const table = text.slice(Number(/startxref\n(\d+)/.exec(text)?.[1]));
    const entries = [...table.matchAll(/^(\d{10}) \d{5} ([nf]) $/gm)];
    expect(entries).toHaveLength(12);
    for (const [number, [, at, use]] of entries.entries()) {
      if (use === "n") expect(text.slice(Number(at)).startsWith(`${String(number)} 0 obj\n`)).toBe(true);
    }
    expect(text).toContain("/Limits [(node00000001) (node00000003)]");
    expect(text).toContain("/Names [(node00000001) 5 0 R (node00000002) 6 0 R (node00000003) 7 0 R]");
    expect(text).toContain("/Headers [(node00000002)]");
    expect(textOf(settlePdf(settlePdf(madePdf(tuesday), facts), facts))).toBe(text);
  });

  it.each([
    ["no end", (text: string) => text.slice(0, -8)],
    ["cross-references elsewhere", (text: string) => text.replace(/startxref\n\d+/, "startxref\n5")],
    ["a cross-reference that leads astray", (text: string) => text.replace("0000000015 00000 n", "0000000016 00000 n")],
    [
      "a header cell that is not there",
      (text: string) => text.replace("/Headers [(node00000016)]", "/Headers [(node00000099)]"),
    ],
    ["no description", (text: string) => text.replace("/Info 1 0 R", "/Nope 1 0 R")],
  ])("is refused with %s", (_, damage) => {
    const damaged = damage(textOf(madePdf(monday)));
    expect(damaged).not.toBe(textOf(madePdf(monday)));
    expect(() => settlePdf(Buffer.from(damaged, "latin1"), facts)).toThrow(PublishingError);
  });

  it("never fails otherwise", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(), fc.nat({ max: 50 }), (bytes, from, length) => {
        const whole = madePdf(monday);
        const at = from % whole.length;
        const cut = Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + length)]);
        try {
          settlePdf(cut, facts);
        } catch (error) {
          expect(error).toBeInstanceOf(PublishingError);
        }
      }),
    );
  });
});
