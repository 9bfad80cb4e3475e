import fc from "fast-check";
import { expect, it } from "vitest";
import { matchesIn, piecesOf } from "../../../renderer/transcript/text-pieces.ts";

const usual = { text: "flag", caseSensitive: false, wholeWord: false };

it("finds text as text, by case and by whole words where that is asked for", () => {
  expect(matchesIn("Flag flags FLAG", usual)).toEqual([
    [0, 4],
    [5, 9],
    [11, 15],
  ]);
  expect(matchesIn("Flag flags FLAG", { ...usual, caseSensitive: true })).toEqual([[5, 9]]);
  expect(matchesIn("Flag flags FLAG flag_1 flagé", { ...usual, wholeWord: true })).toEqual([
    [0, 4],
    [11, 15],
  ]);
  expect(matchesIn("a.b aXb", { ...usual, text: "a.b" })).toEqual([[0, 3]]);
  expect(matchesIn("anything", { ...usual, text: "" })).toEqual([]);
});

it("marks the hit that was jumped to, also where the text there is not what is looked for", () => {
  expect(piecesOf("one flag, two flags", usual, { offset: 14, length: 4 })).toEqual([
    { text: "one ", look: "plain" },
    { text: "flag", look: "match" },
    { text: ", two ", look: "plain" },
    { text: "flag", look: "hit" },
    { text: "s", look: "plain" },
  ]);
  expect(piecesOf("one two", null, { offset: 4, length: 3 })).toEqual([
    { text: "one ", look: "plain" },
    { text: "two", look: "hit" },
  ]);
  expect(piecesOf("one", null, { offset: 4, length: 3 })).toEqual([{ text: "one", look: "plain" }]);
});

it("loses and doubles nothing", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "A", "_", " ", "é", "😀"), maxLength: 80 });
  fc.assert(
    fc.property(
      letters,
      letters,
      fc.boolean(),
      fc.boolean(),
      fc.nat(90),
      (text, wanted, caseSensitive, wholeWord, at) => {
        const find = { text: wanted.slice(0, 3), caseSensitive, wholeWord };
        const pieces = piecesOf(text, find, { offset: at, length: 2 });
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
        const hits = pieces.filter((piece) => piece.look === "hit").length;
        if (at + 2 <= text.length) expect(hits).toBe(1);
        else expect(hits).toBeLessThanOrEqual(1);
      },
    ),
  );
});
