import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layerVerdicts } from "../../../electron/contract/determinations.ts";
import {
  consultationAnswered,
  consulted,
  determinationDecided,
  determinationOpened,
  layerReviewed,
  layerSkipAnswered,
  layerSkipProposed,
} from "../../../electron/domain/determinations/events.ts";
import { getDetermination } from "../../../electron/domain/determinations/queries.ts";
import { memberAdded } from "../../../electron/domain/members/events.ts";
import { modelAdded, modelVersionAdded } from "../../../electron/domain/models/events.ts";
import type { ReadModel } from "../../../electron/domain/read-model.ts";
import { MemoryJournal } from "./memory-journal.ts";

const [ana, ben, eve] = ["a", "b", "e"].map((letter) => letter.repeat(32)) as [string, string, string];
const today = "2026-06-20";
const determinationId = "d1";

function journal(kind: "coverage" | "assessment" = "coverage", layers = 3): MemoryJournal {
  const made = new MemoryJournal();
  made.add(memberAdded.draft({ id: ana, name: "Ana", label: "Lead A", role: "lead" }), ana);
  made.add(memberAdded.draft({ id: ben, name: "Ben", label: "Lead B", role: "lead" }), ana);
  made.add(memberAdded.draft({ id: eve, name: "Eve", label: "Evaluator E", role: "evaluator" }), ana);
  made.add(modelAdded.draft({ id: "m1", developer: "Acme", name: "Heron", note: "", origin: "hand" }), ana);
  const version = { checkpoint: "1", safeguard: "as-deployed" as const, access: "", settings: "" };
  made.add(modelVersionAdded.draft({ id: "v1", modelId: "m1", ...version }), ana);
  const opened = { id: determinationId, kind, modelVersionId: "v1", submissionId: null, thresholdProfile: "T v3" };
  const named = Array.from({ length: layers }, (_, place) => ({ name: `Layer ${String(place + 1)}`, reviewer: "" }));
  const draft = determinationOpened.draft({ ...opened, evidence: null, layers: named, supersedes: null });
  expect(made.add(draft, ana)).toBeNull();
  return made;
}

const review = (layer: number, more: Partial<Parameters<typeof layerReviewed.draft>[0]> = {}) =>
  layerReviewed.draft({
    ...{ determinationId, layer, verdict: "supports", rationale: "Seen", dissent: "", on: today },
    ...more,
  });
const skip = (layer: number) => layerSkipProposed.draft({ determinationId, layer, reason: "Nobody there" });
const answer = (layer: number, agrees = true) => layerSkipAnswered.draft({ determinationId, layer, agrees });
const decide = (decision: Parameters<typeof determinationDecided.draft>[0]["decision"]) =>
  determinationDecided.draft({ determinationId, decision, official: "Director", on: today, rationale: "As reviewed" });
const read = (model: ReadModel, on = today) => getDetermination(model, determinationId, on);

describe("layers", () => {
  test("go in order, and nothing is decided before each was reviewed", () => {
    const made = journal();
    expect(made.add(review(1), ana)).toContain("another layer's turn");
    expect(made.add(decide("covered"), ana)).toContain("has yet to review");
    for (const layer of [0, 1, 2]) expect(made.add(review(layer), layer === 1 ? ben : ana)).toBeNull();
    expect(made.add(review(3), ana)).toContain("no such layer");
    expect(read(made.model)?.state).toBe("ready");
    expect(made.add(decide("assessed"), ana)).toContain("not decided in this workflow");
    expect(made.add(decide("not-covered"), ana)).toBeNull();
    expect(read(made.model)).toMatchObject({ state: "decided", decision: { decision: "not-covered", by: "Ana" } });
    expect(made.add(review(0), ana)).toContain("it is decided");
  });

  test("are left out only with a reason and another lead's word", () => {
    const made = journal();
    expect(made.add(skip(1), ana)).toContain("another layer's turn");
    expect(made.add(skip(0), ana)).toBeNull();
    expect(made.add(answer(0), ana)).toContain("another lead");
    expect(made.add(answer(0), eve)).toContain("may not make");
    expect(read(made.model)?.layers[0]?.state).toBe("skip-proposed");
    expect(made.add(review(1), ana)).toContain("another layer's turn");
    expect(made.add(answer(0, false), ben)).toBeNull();
    expect(read(made.model)?.layers[0]).toMatchObject({ state: "next", skip: null });
    made.add(skip(0), ana);
    expect(made.add(answer(0), ben)).toBeNull();
    expect(read(made.model)?.layers[0]).toMatchObject({
      state: "skipped",
      skip: { reason: "Nobody there", proposedBy: "Ana", confirmedBy: "Ben" },
    });
    expect(read(made.model)?.remarks).toContain("1 layer left out.");
  });

  test("that one person wrote down alone, or that dissent, are remarked", () => {
    const made = journal("coverage", 2);
    made.add(review(0, { dissent: "The sample is small" }), ana);
    made.add(review(1), ana);
    expect(read(made.model)?.remarks).toEqual(["One person wrote down all layers.", "Dissent in 1 layer."]);
  });
});

describe("consultations", () => {
  const ask = (id: string, dueOn: string | null) =>
    consulted.draft({ determinationId, consultationId: id, body: "CISA", person: "", askedOn: "2026-06-01", dueOn });
  const reply = (id: string, kind: Parameters<typeof consultationAnswered.draft>[0]["kind"], words = "") =>
    consultationAnswered.draft({
      ...{ determinationId, consultationId: id, kind, words },
      ...{ on: today, marking: { level: "secret", suffix: "" } },
    });

  test("without an answer are outstanding, overdue after their day, and counted when it is decided", () => {
    const made = journal("coverage", 1);
    made.add(ask("c1", "2026-06-15"), ana);
    made.add(ask("c2", null), ana);
    expect(made.add(ask("c3", "2026-05-01"), ana)).toContain("before it is asked");
    expect(read(made.model, "2026-06-15")?.consultations.map(({ state }) => state)).toEqual([
      "outstanding",
      "outstanding",
    ]);
    expect(read(made.model)?.consultations.map(({ state }) => state)).toEqual(["overdue", "outstanding"]);
    made.add(reply("c1", "no-response"), ana);
    expect(read(made.model)?.consultations[0]?.state).toBe("no-response");
    // Late is better than never: what was "no response" may be answered after all, once.
    expect(made.add(reply("c1", "concur-with-comment", " "), ana)).toContain("the comment is missing");
    expect(made.add(reply("c1", "non-concur", "Too early"), ana)).toBeNull();
    expect(made.add(reply("c1", "concur"), ana)).toContain("answered already");
    made.add(review(0), ana);
    made.add(decide("covered"), ben);
    expect(read(made.model)?.decision?.outstanding).toBe(1);
    expect(read(made.model)?.remarks).toContain("1 consultation without an answer when it was decided.");
  });
});

test("a new one supersedes another of its kind, once; the earlier one then stands still", () => {
  const made = journal("coverage", 1);
  const next = (id: string, kind: "coverage" | "assessment") =>
    determinationOpened.draft({
      ...{ id, kind, modelVersionId: "v1", submissionId: null, thresholdProfile: "", evidence: null },
      layers: [{ name: "Layer", reviewer: "" }],
      supersedes: determinationId,
    });
  expect(made.add(next("d2", "assessment"), ana)).toContain("other kind");
  expect(made.add(next("d2", "coverage"), ana)).toBeNull();
  expect(made.add(next("d3", "coverage"), ana)).toContain("superseded already");
  expect(made.add(review(0), ana)).toContain("superseded");
  expect(read(made.model)).toMatchObject({ state: "superseded", supersededBy: { code: "D-0002" } });
});

test("whatever is tried in whatever order: no layer is passed over alone, and no verdict stands before all layers", () => {
  const who = fc.constantFrom(ana, ben, eve);
  const layer = fc.integer({ min: 0, max: 3 });
  const act = fc.oneof(
    fc
      .tuple(layer, fc.constantFrom(...layerVerdicts), who)
      .map(([place, verdict, by]) => ({ by, draft: review(place, { verdict }) })),
    fc.tuple(layer, who).map(([place, by]) => ({ by, draft: skip(place) })),
    fc.tuple(layer, fc.boolean(), who).map(([place, agrees, by]) => ({ by, draft: answer(place, agrees) })),
    who.map((by) => ({ by, draft: decide("covered") })),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      const made = journal();
      for (const { by, draft } of acts) made.add(draft, by);
      const stands = read(made.model);
      for (const one of stands?.layers ?? []) {
        if (one.state === "skipped") expect(one.skip?.confirmedBy).not.toBe(one.skip?.proposedBy);
      }
      const passed = (stands?.layers ?? []).map(({ state }) => state === "reviewed" || state === "skipped");
      expect(passed.lastIndexOf(true)).toBeLessThan(passed.includes(false) ? passed.indexOf(false) : passed.length);
      if (stands?.decision !== null) expect(passed.every(Boolean)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
