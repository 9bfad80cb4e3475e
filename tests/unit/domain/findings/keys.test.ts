import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Affected } from "../../../../electron/contract/finding-fields.ts";
import { keyTexts, normalised } from "../../../../electron/domain/findings/keys.ts";

const blank: Affected = {
  ...{ vendor: "", product: "", component: "", ecosystem: "", package: "" },
  ...{ ranges: [], versions: [] },
};
const key = (affected: Partial<Affected>, sink = ""): string | undefined =>
  keyTexts({ affected: [{ ...blank, ...affected }], sink })[0];

describe("deconfliction keys", () => {
  it("are of vendor, product, component and sink, a line each", () => {
    const parser = { vendor: "Example", product: "Parser", component: "src/header.c" };
    expect(key(parser, "parse_header()")).toBe(
      "evalvault-deconfliction-1\nexample\nparser\nsrc header c\nparse header",
    );
  });

  it.each([
    ["Example, Inc.", "example"],
    ["EXAMPLE Ltd", "example"],
    ["Example  GmbH & Co", "example"],
    ["Ｅｘａｍｐｌｅ", "example"],
    ["Inc.", "inc"],
  ])("%s is %s", (vendor, said) => {
    expect(key({ vendor, product: "P" })?.split("\n")[1]).toBe(said);
  });

  it("take the package where the product has no other name, and are none where nothing has", () => {
    expect(key({ package: "left-pad" })).toBe(key({ product: "Left Pad" }));
    expect(key({ vendor: "Example" })).toBeUndefined();
    expect(key({ product: "--" })).toBeUndefined();
  });

  it("tell different flaws of one product apart", () => {
    const product = { vendor: "V", product: "P" };
    const all = [key({ ...product, component: "a" }), key({ ...product, component: "b" }), key(product, "a")];
    expect(new Set(all).size).toBe(3);
  });

  it("are each there once", () => {
    const one = { ...blank, vendor: "V", product: "P" };
    expect(keyTexts({ affected: [one, { ...one, vendor: "v." }], sink: "" })).toHaveLength(1);
  });

  it("do not depend on case, width, punctuation or space, and hold no line of their own", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        const once = normalised(text);
        expect(normalised(once)).toBe(once);
        expect(normalised(` ${text}!! `)).toBe(once);
        expect(once).not.toMatch(/[\n\r]|^ | $| {2}/);
      }),
    );
  });
});
