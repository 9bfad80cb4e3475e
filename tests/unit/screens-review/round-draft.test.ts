import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { flagIdSchema, roundInputSchema } from "../../../electron/contract/reviewing.ts";
import {
  emptyRound,
  flagId,
  roundFaults,
  roundInput,
  withOwnFlag,
  withSeed,
  type RoundDraft,
} from "../../../renderer/screens/reviews/round-draft.ts";

const ready: RoundDraft = { ...emptyRound, name: "November", campaignId: "autumn" };

describe("a round as it is written", () => {
  it("starts as two people, blind, with every flag, and asks for a name and a campaign", () => {
    expect(Object.keys(roundFaults(emptyRound))).toEqual(["name", "of"]);
    expect(roundInput(ready)).toMatchObject({
      perAttempt: 2,
      blind: true,
      reviewers: { kind: "balanced", leads: false },
      scope: { of: { kind: "campaign", campaignId: "autumn" }, sample: null },
    });
  });

  it("is looked at without a name, and not opened without one", () => {
    expect(roundInput({ ...ready, name: " " })).toBeNull();
    expect(roundInput({ ...ready, name: " " }, "preview")?.name).toBe("preview");
  });

  it("takes two people where two judge, a range that holds something, a day, and something to ask for", () => {
    const faultOf = (part: Partial<RoundDraft>) => Object.keys(roundFaults({ ...ready, ...part }));
    expect(faultOf({ who: "named", members: ["a"] })).toEqual(["members"]);
    expect(faultOf({ who: "named", members: ["a"], perAttempt: "1" })).toEqual([]);
    expect(faultOf({ scoreAtLeast: 1, scoreAtMost: 0.5 })).toEqual(["score"]);
    expect(faultOf({ extent: "sample", sampleSize: null })).toEqual(["sampleSize"]);
    expect(faultOf({ due: "soon" })).toEqual(["due"]);
    expect(faultOf({ asksScore: false, flags: [] })).toEqual(["form"]);
    expect(faultOf({ of: "run" })).toEqual(["of"]);
  });

  it("makes requests that the contract takes", () => {
    const drafts = fc.record({
      outcomes: fc.subarray(["scored", "refused", "unscored"] as const),
      solved: fc.constantFrom("any" as const, "solved" as const, "not-solved" as const),
      extent: fc.constantFrom("all" as const, "sample" as const),
      sampleSize: fc.integer({ min: 1, max: 20_000 }),
      perAttempt: fc.constantFrom("1" as const, "2" as const),
      blind: fc.boolean(),
      asksScore: fc.boolean(),
      flags: fc.subarray(["cheating", "refusal", "other"]),
    });
    fc.assert(
      fc.property(drafts, (part) => {
        const draft = { ...ready, ...part };
        const input = roundInput(draft);
        expect(input === null).toBe(Object.keys(roundFaults(draft)).length > 0);
        if (input !== null) expect(roundInputSchema.safeParse(input).success).toBe(true);
      }),
    );
  });

  it("opens the sample that was shown", () => {
    const input = roundInput({ ...ready, extent: "sample", sampleSize: 10 });
    expect(input && withSeed(input, 42).scope.sample).toEqual({ size: 10, seed: 42 });
    const all = roundInput(ready);
    expect(all && withSeed(all, 42)).toBe(all);
  });
});

describe("flags of a round's own", () => {
  it("get an id from their words", () => {
    expect(flagId("Needs a tool")).toBe("needs-a-tool");
    expect(flagId("  2 × Überprüfen! ")).toBe("uberprufen");
    expect(flagId("???")).toBeNull();
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (words) => {
        const id = flagId(words);
        if (id !== null) expect(flagIdSchema.safeParse(id).success).toBe(true);
      }),
    );
  });

  it("are taken once, and not in place of one that is there", () => {
    const one = withOwnFlag(ready, "Needs a tool");
    expect(one?.ownFlags).toEqual([{ id: "needs-a-tool", words: "Needs a tool" }]);
    expect(one && withOwnFlag(one, "needs a TOOL")).toBeNull();
    expect(withOwnFlag(ready, "Cheating")).toBeNull();
    expect(withOwnFlag(ready, " ")).toBeNull();
    expect(withOwnFlag(ready, "不正")?.ownFlags).toEqual([{ id: "flag-1", words: "不正" }]);
  });
});
