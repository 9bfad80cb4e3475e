import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benchmarkAdded } from "../../../../electron/domain/benchmarks/events.ts";
import { editFinding, recordFinding } from "../../../../electron/domain/findings/commands.ts";
import {
  findingMarked,
  findingMoved,
  findingRouted,
  findingUndone,
  findingValidated,
} from "../../../../electron/domain/findings/events.ts";
import { getFinding } from "../../../../electron/domain/findings/queries.ts";
import { findingFacts, findingStanding } from "../../../../electron/domain/findings/state.ts";
import { closureOfRuns } from "../../../../electron/domain/handovers/closure.ts";
import { modelAdded, modelVersionAdded } from "../../../../electron/domain/models/events.ts";
import { startRun } from "../../../../electron/domain/runs/commands.ts";
import { MemoryVault, type Bundle } from "../memory-vault.ts";

/** Findings of a run, worked on in two vaults and handed over in any order, come to one state. */

const who = fc.nat({ max: 1 });
const which = fc.nat({ max: 1 });
const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("triage"), who, which }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("validate"),
      result: fc.constantFrom("reproduced" as const, "refuted" as const, "unvalidated" as const),
      who,
      which,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("mark"), who, which }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("undo"), who, which }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("edit"), who, which, sink: fc.constantFrom("a", "b", "c") }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("exchange"), who, which }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

const bundle = (from: MemoryVault): Bundle => ({
  from,
  size: from.batches.length,
  events: closureOfRuns(from, ["run1"]),
});

function founded(offset: number): { one: MemoryVault; two: MemoryVault; ids: string[] } {
  let clock = 1_760_000_000_000;
  const one = new MemoryVault("one", "a", () => (clock += 1_000));
  const two = new MemoryVault("two", "b", () => (clock += 1_000) + offset);
  const pack = { licence: null, source: null, scoring: null, notes: [], digest: "", version: "1" };
  const rule = { direction: "higher" as const, threshold: 1 };
  const bare = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null, cluster: null };
  const task = { id: "x", title: "x", ...bare };
  for (const draft of [
    modelAdded.draft({ id: "m", developer: "Acme", name: "M", note: "", origin: "hand" }),
    modelVersionAdded.draft({ id: "v", modelId: "m", checkpoint: "1", safeguard: "reduced", access: "", settings: "" }),
    benchmarkAdded.draft({ id: "b", pack: "p", title: "B", origin: "file", ...pack, rule, tasks: [task] }),
  ]) {
    expect(one.add(draft)).toBeNull();
  }
  const cell = { modelVersionId: "v", benchmarkId: "b", campaignId: null, epochs: 1 };
  expect(one.add(startRun(one.model, cell, "run1"))).toBeNull();
  const ids = ["first", "second"].map((title) => {
    const source = { modelVersionId: null, runId: "run1", attempt: null };
    const input = { kind: "software-vulnerability" as const, source, fields: { title } };
    const { findingId, draft } = recordFinding(one.model, input, () => `f-${title}`);
    expect(one.add(draft)).toBeNull();
    return findingId;
  });
  expect(two.take(bundle(one))).toEqual([]);
  return { one, two, ids };
}

/** What may not be done is not done: as in a vault. */
function perform(one: Action, vault: MemoryVault, ids: readonly string[]): void {
  const [findingId = "", other = ""] = one.which === 0 ? ids : ids.toReversed();
  if (one.kind === "triage")
    vault.add(findingMoved.draft({ findingId, act: { kind: "moved", to: "triaged", reason: "" } }));
  if (one.kind === "mark")
    vault.add(findingMarked.draft({ findingId, act: { kind: "marked", of: other, reason: "" } }));
  if (one.kind === "validate" && "result" in one) {
    const act = { kind: "validated" as const, result: one.result, steps: "", environment: "", evidence: [] };
    vault.add(findingValidated.draft({ findingId, act }));
  }
  if (one.kind === "edit" && "sink" in one) {
    const { draft } = editFinding(vault.model, { findingId, fields: { sink: one.sink } });
    if (draft !== null) vault.add(draft);
  }
  if (one.kind === "undo") {
    const facts = findingFacts(vault.model, findingId);
    const last = facts === null ? undefined : findingStanding(vault.model, facts).moves.at(-1);
    if (last !== undefined) {
      vault.add(findingUndone.draft({ findingId, act: { kind: "undone", act: last.act.id, reason: "" } }));
    }
  }
}

const sight = { member: "a".repeat(32), sha256: (text: string) => text, weaknessName: () => "" };

/** What is the same in both: names of members of the other vault are not. */
function seen(vault: MemoryVault, id: string) {
  const found = getFinding(vault.model, id, sight);
  if (found === null) throw new Error("no finding");
  const { state, fields, validation, duplicateOf, history, changedAt } = found;
  return {
    ...{ state, fields, validation, changedAt, duplicateOf: duplicateOf?.id ?? null },
    history: history.map(({ id: act, words, without }) => ({ act, words, without })),
  };
}

describe("findings of two vaults", () => {
  it("come to one state, whatever was done where and taken when", () => {
    fc.assert(
      fc.property(
        fc.array(action, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(-7_200_000, 0, 500, 7_200_000),
        (all, offset) => {
          const { one, two, ids } = founded(offset);
          for (const act of all) {
            const [vault, other] = act.who === 0 ? [one, two] : [two, one];
            if (act.kind === "exchange") expect(vault.take(bundle(other))).toEqual([]);
            else perform(act, vault, ids);
          }
          expect(one.take(bundle(two))).toEqual([]);
          expect(two.take(bundle(one))).toEqual([]);
          for (const id of ids) expect(seen(two, id)).toEqual(seen(one, id));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("are routed where they are decided on: that does not go along", () => {
    const { one, two, ids } = founded(0);
    const [findingId = ""] = ids;
    const parties = [{ channel: "clearinghouse" as const, name: "C", recipientId: null }];
    expect(one.add(findingMoved.draft({ findingId, act: { kind: "moved", to: "triaged", reason: "" } }))).toBeNull();
    const routed = findingRouted.draft({ findingId, act: { kind: "routed", parties, reason: "at once" } });
    expect(one.add(routed)).toBeNull();
    expect(two.take(bundle(one))).toEqual([]);
    expect([seen(one, findingId).state, seen(two, findingId).state]).toEqual(["routed", "triaged"]);
  });
});
