import { describe, expect, it } from "vitest";
import { flagKey, isReviewKey, letterKeys, reviewActionOf } from "../../../renderer/screens/review/judgement-keys.ts";

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const letter = (key: string) => reviewActionOf({ ...none, key, code: `Key${key.toUpperCase()}` });

describe("keys of the review page", () => {
  it("gives each letter one meaning, in either case", () => {
    expect(new Set(letterKeys.map(({ key }) => key)).size).toBe(letterKeys.length);
    expect(letter("s")).toEqual({ kind: "verdict", verdict: "stands" });
    expect(letter("S")).toEqual(letter("s"));
    expect(letter("c")).toEqual({ kind: "verdict", verdict: "corrected" });
    expect(letter("r")).toEqual({ kind: "reason" });
    expect(letter("q")).toBeNull();
  });

  it("finds digits by where they lie, whatever a layout writes there", () => {
    expect(reviewActionOf({ ...none, key: "&", code: "Digit1" })).toEqual({ kind: "flag", index: 0 });
    expect(reviewActionOf({ ...none, key: "0", code: "Digit0" })).toEqual({ kind: "flag", index: 9 });
    expect(reviewActionOf({ ...none, key: "9", code: "Numpad9" })).toEqual({ kind: "flag", index: 8 });
    expect(reviewActionOf({ ...none, shiftKey: true, key: "1", code: "Digit1" })).toEqual({
      kind: "confidence",
      value: 1,
    });
    expect(reviewActionOf({ ...none, shiftKey: true, key: "%", code: "Digit6" })).toBeNull();
  });

  it("shows for each flag the key that sets it", () => {
    for (let index = 0; index < 10; index += 1) {
      const key = flagKey(index);
      expect(reviewActionOf({ ...none, key: key ?? "", code: `Digit${key ?? ""}` })).toEqual({ kind: "flag", index });
    }
    expect(flagKey(10)).toBeNull();
  });

  it("leaves keys with modifiers to others", () => {
    for (const held of ["ctrlKey", "metaKey", "altKey", "shiftKey"] as const)
      expect(reviewActionOf({ ...none, [held]: true, key: "s", code: "KeyS" })).toBeNull();
    expect(reviewActionOf({ ...none, ctrlKey: true, key: "1", code: "Digit1" })).toBeNull();
  });

  it("takes letters from the transcript only where there is a form, A and B only between two judgements", () => {
    expect(isReviewKey("s", "judge")).toBe(true);
    expect(isReviewKey("s", "read")).toBe(false);
    expect(isReviewKey("a", "judge")).toBe(false);
    expect(isReviewKey("a", "adjudicate")).toBe(true);
    for (const key of ["j", "k", "n", "t", "e", "/"]) expect(isReviewKey(key, "adjudicate")).toBe(false);
  });
});
