import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JudgementInput } from "../../../../electron/contract/reviewing.ts";
import {
  independentJudgements,
  standingOfItem,
  type Act,
  type ActBody,
} from "../../../../electron/domain/reviews/standing.ts";

const stands: JudgementInput = { flags: [], verdict: { kind: "stands" }, reason: "", confidence: 3 };
const half: JudgementInput = { flags: [], verdict: { kind: "corrected", score: 0.5 }, reason: "half", confidence: 3 };
const cheating: JudgementInput = { ...half, flags: ["cheating"] };
const dark: JudgementInput = { ...stands, verdict: { kind: "undecided" }, reason: "dark" };

const at = (id: string, by: string, body: ActBody, late = false): Act => ({
  ...{ id, by, body, late, at: 0, seq: 0 },
  stamp: Number(id.replace(/\D/g, "")),
});
const judged = (id: string, by: string, judgement: JudgementInput): Act => at(id, by, { kind: "judged", judgement });
const decides = (id: string, by: string, judgement: JudgementInput): Act =>
  at(id, by, { kind: "adjudicated", judgement });
const undo = (id: string, by: string, act: string): Act => at(id, by, { kind: "undone", act, reason: "" });
const give = (id: string, member: string, instead: string): Act =>
  at(id, "lead", { kind: "assigned", member, instead });

const two = ["ana", "ben"];

describe("what an item comes to", () => {
  it("one judgement decides where one is asked for, and nothing until it is given", () => {
    expect(standingOfItem(["ana"], [])).toMatchObject({ state: "to-do", decided: null });
    const { state, decided } = standingOfItem(["ana"], [judged("1", "ana", half)]);
    expect(state).toBe("decided");
    expect(decided).toMatchObject({ how: "single", judgement: half, by: ["ana"] });
  });

  it("two that are alike in score and flags agree, whatever their reasons and confidence", () => {
    const other = { ...cheating, reason: "other words", confidence: 1 };
    const acts = [judged("1", "ana", cheating), judged("2", "ben", other)];
    expect(standingOfItem(two, acts.slice(0, 1)).state).toBe("to-do");
    expect(standingOfItem(two, acts).decided).toMatchObject({ how: "agreed", by: ["ana", "ben"] });
  });

  it.each([
    ["verdicts", stands, half],
    ["scores", half, { ...half, verdict: { kind: "corrected" as const, score: 0.25 } }],
    ["flags", half, cheating],
    ["undecided both", dark, dark],
  ])("two that differ in %s wait for a third", (_, first, second) => {
    const acts = [judged("1", "ana", first), judged("2", "ben", second)];
    expect(standingOfItem(two, acts)).toMatchObject({ state: "adjudication", decided: null });
  });

  it("a single judgement that cannot tell waits for somebody else", () => {
    expect(standingOfItem(["ana"], [judged("1", "ana", dark)]).state).toBe("adjudication");
  });

  it("a third person decides; who judged it does not, and only the first counts", () => {
    const open = [judged("1", "ana", stands), judged("2", "ben", half)];
    expect(standingOfItem(two, [...open, decides("3", "ben", half)]).state).toBe("adjudication");
    const acts = [...open, decides("3", "cleo", half), decides("4", "dora", stands)];
    const standing = standingOfItem(two, acts);
    expect(standing.decided).toMatchObject({ how: "adjudicated", by: ["cleo"], judgement: half });
    expect(standing.adjudications.map((one) => one.standing)).toEqual(["stands", "late"]);
    const taken = standingOfItem(two, [...acts, undo("5", "cleo", "3")]);
    expect(taken.decided).toMatchObject({ by: ["dora"] });
  });

  it("a revised judgement counts and the earlier stays; taking it back brings the earlier back", () => {
    const acts = [judged("1", "ana", half), judged("2", "ben", stands), judged("3", "ana", stands)];
    expect(standingOfItem(two, acts).decided).toMatchObject({ how: "agreed" });
    expect(standingOfItem(two, acts).judgements.map((one) => one.standing)).toEqual(["revised", "stands", "stands"]);
    const undone = standingOfItem(two, [...acts, undo("4", "ana", "3")]);
    expect(undone.state).toBe("adjudication");
    expect(undone.judgements.map((one) => one.standing)).toEqual(["stands", "stands", "undone"]);
  });

  it("nobody takes back what somebody else did", () => {
    const acts = [judged("1", "ana", half), undo("2", "ben", "1")];
    expect(standingOfItem(["ana"], acts).state).toBe("decided");
  });

  it("goes to somebody else as long as who had it has not judged", () => {
    const given = [give("1", "cleo", "ana"), judged("2", "cleo", half), judged("3", "ben", half)];
    expect(standingOfItem(two, given)).toMatchObject({ reviewers: ["cleo", "ben"], state: "decided" });
    const late = [judged("1", "ana", half), give("2", "cleo", "ana")];
    expect(standingOfItem(two, late).reviewers).toEqual(two);
  });

  it("does not count what came when the round was frozen, and keeps it", () => {
    const standing = standingOfItem(two, [
      judged("1", "ana", half),
      at("2", "ben", { kind: "judged", judgement: half }, true),
    ]);
    expect(standing.state).toBe("to-do");
    expect(standing.judgements.map((one) => one.standing)).toEqual(["stands", "late"]);
  });

  it("takes for agreement what each judged before having seen the other's", () => {
    const acts = [
      judged("1", "ana", dark),
      judged("2", "ana", half),
      judged("3", "ben", stands),
      judged("4", "ana", stands),
      judged("5", "ben", half),
    ];
    const own = independentJudgements(standingOfItem(two, acts));
    expect([...own].sort()).toEqual([
      ["ana", half],
      ["ben", stands],
    ]);
  });

  const who = fc.constantFrom("ana", "ben", "cleo", "dora");
  const judgement = fc.constantFrom(stands, half, cheating, dark);
  const body: fc.Arbitrary<ActBody> = fc.oneof(
    fc.record({ kind: fc.constant("judged" as const), judgement }),
    fc.record({ kind: fc.constant("adjudicated" as const), judgement }),
    fc.record({ kind: fc.constant("assigned" as const), member: who, instead: who }),
    fc.record({
      kind: fc.constant("undone" as const),
      act: fc.integer({ min: 0, max: 12 }).map(String),
      reason: fc.constant(""),
    }),
  );

  it("is a function of the set of acts: no order of theirs changes it, and its parts fit together", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ by: who, body, stamp: fc.nat({ max: 8 }), late: fc.boolean() }), { maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        (given, shuffle) => {
          const acts = given.map((one, place): Act => ({ ...one, id: String(place), at: 0, seq: 0 }));
          const standing = standingOfItem(two, acts);
          const order = acts.map((act, place) => ({ act, to: shuffle[place] ?? 0 })).sort((a, b) => a.to - b.to);
          expect(
            standingOfItem(
              two,
              order.map(({ act }) => act),
            ),
          ).toEqual(standing);
          expect(standing.reviewers).toHaveLength(2);
          expect(new Set(standing.reviewers).size).toBe(2);
          const counting = standing.judgements.filter((one) => one.standing === "stands");
          expect(new Set(counting.map((one) => one.act.by)).size).toBe(counting.length);
          expect(counting.every((one) => standing.reviewers.includes(one.act.by) && !one.act.late)).toBe(true);
          expect(standing.state === "decided").toBe(standing.decided !== null);
        },
      ),
      { numRuns: 500 },
    );
  });
});
