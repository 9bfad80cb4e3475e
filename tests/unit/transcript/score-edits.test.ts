import fc from "fast-check";
import { expect, it } from "vitest";
import { scoreChanges } from "../../../renderer/transcript/score-edits.ts";

const provenance = { author: "Mara", reason: "The rubric gives half.", timestamp: "2026-11-15T09:41:00Z" };

it("tells who changed a score, from what to what, and why", () => {
  const history = [
    { value: "I", answer: "" },
    { value: "P", provenance },
    { value: "UNCHANGED", explanation: "clearer", provenance: { author: "Tomas" } },
  ];
  expect(scoreChanges(JSON.stringify({ value: "P", history }))).toEqual([
    { value: "I", author: null, reason: null, when: null },
    { value: "P", author: "Mara", reason: "The rubric gives half.", when: "2026-11-15T09:41:00Z" },
    { value: "P", author: "Tomas", reason: null, when: null },
  ]);
});

it("reads the event of an edit, scores in events, and bare NaN", () => {
  expect(scoreChanges(JSON.stringify({ event: "score_edit", edit: { value: 1, provenance } }))).toEqual([
    { value: "1", author: "Mara", reason: "The rubric gives half.", when: "2026-11-15T09:41:00Z" },
  ]);
  expect(scoreChanges('{"value": 0.5, "history": [{"value": NaN}, {"value": 0.5}]}').map(({ value }) => value)).toEqual(
    ["unscored", "0.5"],
  );
  expect(
    scoreChanges(JSON.stringify({ score: { history: [{ value: "C" }, { value: { a: 1 } }] } })).map(
      ({ value }) => value,
    ),
  ).toEqual(["C", '{"a":1}']);
});

it("has nothing to tell of a score that was never changed, or of what cannot be read", () => {
  expect(scoreChanges(JSON.stringify({ value: "C" }))).toEqual([]);
  expect(scoreChanges(JSON.stringify({ value: "C", history: [{ value: "C" }] }))).toEqual([]);
  expect(scoreChanges("The JSON is not shown.")).toEqual([]);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      for (const change of scoreChanges(text)) expect(typeof change.value).toBe("string");
    }),
  );
});
