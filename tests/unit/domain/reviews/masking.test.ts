import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskDeep, maskOf, maskWords } from "../../../../electron/domain/reviews/masking.ts";

describe("names in what is judged blind", () => {
  it("go wherever they stand by themselves, whatever their case, the longest first", () => {
    const mask = maskOf(["Meridian", "Meridian-2", "o3", "C++ (beta)"]);
    expect(mask("MERIDIAN-2 and meridian, o3.")).toBe(`${maskWords} and ${maskWords}, ${maskWords}.`);
    expect(mask("anthropic/Meridian-2:latest")).toBe(`anthropic/${maskWords}:latest`);
    expect(mask("Uses C++ (beta) here")).toBe(`Uses ${maskWords} here`);
    expect(mask("Meridians in two3 o35")).toBe("Meridians in two3 o35");
  });

  it("leave everything as it is where there is none to look for", () => {
    expect(maskOf([])("anything")).toBe("anything");
  });

  it("go from keys and values of nested values, and nothing else changes", () => {
    const mask = maskOf(["Acme"]);
    expect(maskDeep({ a: ["Acme", 1, null, true], Acme: { b: "by acme" } }, mask)).toEqual({
      a: [maskWords, 1, null, true],
      [maskWords]: { b: `by ${maskWords}` },
    });
  });

  it("are gone from any text, and masking again changes nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("Acme", "acme", " ", "-", "x", "É", ".", "1")), (parts) => {
        const mask = maskOf(["Acme"]);
        const masked = mask(parts.join(""));
        expect(masked).not.toMatch(/(?<![\p{L}\p{N}])acme(?![\p{L}\p{N}])/iu);
        expect(mask(masked)).toBe(masked);
      }),
    );
  });
});
