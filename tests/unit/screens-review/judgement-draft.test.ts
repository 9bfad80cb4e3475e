import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { judgementInputSchema, reviewFlags, reviewFlagWords } from "../../../electron/contract/reviewing.ts";
import {
  differences,
  draftFaults,
  draftOf,
  dropDraft,
  emptyDraft,
  judgementOf,
  keepDraft,
  readDraft,
  toggleFlag,
  type DraftRules,
  type JudgementDraft,
} from "../../../renderer/screens/review/judgement-draft.ts";

const form = { flags: reviewFlags.map((id) => ({ id, words: reviewFlagWords[id] })), asksScore: true };
const rules: DraftRules = { form, scorerScore: 0, needsReason: false };
const whole: JudgementDraft = { ...emptyDraft, verdict: "stands", confidence: 4 };

const drafts = fc.record({
  flags: fc.subarray([...reviewFlags]),
  verdict: fc.constantFrom("stands" as const, "corrected" as const, "undecided" as const, null),
  score: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  reason: fc.string({ maxLength: 40 }),
  confidence: fc.option(fc.integer({ min: 1, max: 5 })),
});

describe("a judgement as it is filled in", () => {
  it("says nothing before it is chosen", () => {
    expect(Object.keys(draftFaults(emptyDraft, rules))).toEqual(["verdict", "confidence"]);
    expect(judgementOf(emptyDraft, rules)).toBeNull();
  });

  it("needs no reason for a score that stands without a flag", () => {
    expect(judgementOf(whole, rules)).toEqual({ flags: [], verdict: { kind: "stands" }, reason: "", confidence: 4 });
  });

  it("needs one for a flag, a correction, for what cannot be told, and to adjudicate", () => {
    const needing: readonly JudgementDraft[] = [
      { ...whole, flags: ["cheating"] },
      { ...whole, verdict: "corrected", score: 1 },
      { ...whole, verdict: "undecided" },
    ];
    for (const draft of needing) {
      expect(draftFaults(draft, rules)).toHaveProperty("reason");
      expect(draftFaults({ ...draft, reason: " why " }, rules)).toEqual({});
    }
    expect(draftFaults(whole, { ...rules, needsReason: true })).toHaveProperty("reason");
    expect(judgementOf({ ...whole, reason: " why " }, rules)?.reason).toBe("why");
  });

  it("takes a corrected score that is another than the scorer's", () => {
    const corrected: JudgementDraft = { ...whole, verdict: "corrected", reason: "why" };
    expect(draftFaults(corrected, rules)).toHaveProperty("score");
    expect(draftFaults({ ...corrected, score: 0 }, rules)).toHaveProperty("score");
    expect(judgementOf({ ...corrected, score: 0.5 }, rules)?.verdict).toEqual({ kind: "corrected", score: 0.5 });
  });

  it("asks for no score where the round does not", () => {
    const noScore = { ...rules, form: { ...form, asksScore: false } };
    const draft = { ...emptyDraft, confidence: 2 };
    expect(judgementOf(draft, noScore)).toEqual({ flags: [], verdict: null, reason: "", confidence: 2 });
  });

  it("is sent exactly when nothing is missing, as the contract has it, and reads back as it was", () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const judgement = judgementOf(draft, rules);
        expect(judgement === null).toBe(Object.keys(draftFaults(draft, rules)).length > 0);
        if (judgement === null) return;
        expect(judgementInputSchema.safeParse(judgement).success).toBe(true);
        expect(judgementOf(draftOf(judgement), rules)).toEqual(judgement);
      }),
    );
  });
});

describe("flags", () => {
  it("are set and taken away, in the form's order, and only the form's", () => {
    const one = toggleFlag(emptyDraft, "refusal", form);
    const two = toggleFlag(one, "cheating", form);
    expect(two.flags).toEqual(["cheating", "refusal"]);
    expect(toggleFlag(two, "cheating", form).flags).toEqual(["refusal"]);
    expect(toggleFlag(two, "unheard-of", form)).toBe(two);
  });
});

describe("two judgements", () => {
  const words = (flag: string): string => flag.toUpperCase();

  it("differ on the score and on each flag that only one set", () => {
    const a = { flags: ["cheating", "refusal"], verdict: { kind: "stands" as const } };
    const b = { flags: ["refusal", "other"], verdict: { kind: "corrected" as const, score: 1 } };
    expect(differences(a, b, words)).toEqual(["the score", "CHEATING", "OTHER"]);
    expect(differences(a, { ...a, flags: ["refusal", "cheating"] }, words)).toEqual([]);
  });
});

describe("drafts that are left", () => {
  it("are kept by item until they are dropped", () => {
    const place = { roundId: "round-a", item: 3 };
    keepDraft(place, whole);
    expect(readDraft({ ...place })).toEqual(whole);
    expect(readDraft({ ...place, item: 4 })).toBeUndefined();
    dropDraft(place);
    expect(readDraft(place)).toBeUndefined();
  });
});
