import fc from "fast-check";
import { expect, it } from "vitest";
import { cutText, visibleText } from "../../../renderer/transcript/visible-text.ts";

it("shows what would act on the page or hide", () => {
  expect(visibleText("plain text\twith\nlines")).toBe("plain text\twith\nlines");
  expect(visibleText("\u001b[31mred\u0007")).toBe("⟨ESC⟩[31mred⟨BEL⟩");
  expect(visibleText("one\r\ntwo\rthree")).toBe("one\ntwo⟨CR⟩three");
  expect(visibleText("invoice\u202egnp.exe")).toBe("invoice⟨U+202E⟩gnp.exe");
  expect(visibleText("zero\u200bwidth\ufeff")).toBe("zero⟨U+200B⟩width⟨U+FEFF⟩");
  expect(visibleText("\u{e0041}")).toBe("⟨U+E0041⟩");
  expect(visibleText("\u007f\u0085")).toBe("⟨DEL⟩⟨U+0085⟩");
  expect(visibleText("<b>&amp;</b> https://example.org")).toBe("<b>&amp;</b> https://example.org");
});

it("leaves nothing invisible, whatever comes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(visibleText(text)).not.toMatch(
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u,
      );
    }),
  );
});

it("cuts no character in two, and loses none", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 1, max: 60 }), (text, limit) => {
      const { shown, left } = cutText(text, limit);
      expect(shown.length + left).toBe(text.length);
      expect(text.startsWith(shown)).toBe(true);
      expect(shown.length).toBeLessThanOrEqual(limit);
      expect(shown).not.toMatch(/[\ud800-\udbff]$/);
    }),
  );
  expect(cutText("ab😀", 3)).toEqual({ shown: "ab", left: 2 });
});
