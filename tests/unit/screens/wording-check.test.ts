import { describe, expect, it } from "vitest";
import { checkWording } from "../../../renderer/screens/report/wording-check.ts";

function found(markdown: string): readonly string[] {
  return checkWording(markdown).map((wording) => wording.found);
}

describe("the wording check", () => {
  it("finds words of approval in all their forms, once each, with a count, in order", () => {
    const wordings = checkWording("It passed. We approve; you approved. They approve and certify, authorise, license.");
    expect(wordings.map(({ found: word, count }) => [word, count])).toEqual([
      ["passed", 1],
      ["approve", 2],
      ["approved", 1],
      ["certify", 1],
      ["authorise", 1],
      ["license", 1],
    ]);
    expect(wordings.every(({ say }) => say !== "")).toBe(true);
  });

  it("leaves the field's own terms alone", () => {
    expect(found("a benchmark under the MIT licence")).toEqual([]);
    expect(found("pass@k and pass@1; errors as failures; the clearinghouse; clearly; passwords")).toEqual([]);
  });

  it("reads prose only: no code, no quotations, no lines that place a block", () => {
    const markdown =
      "Use `pass` here.\n\n```\nif failed: approve()\n```\n\n> They said it was cleared.\n\n[[table:pass]]\n\nAdvised.";
    expect(found(markdown)).toEqual([]);
  });
});
