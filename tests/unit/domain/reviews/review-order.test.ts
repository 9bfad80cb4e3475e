import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JudgementInput } from "../../../../electron/contract/reviewing.ts";
import { attemptDetail } from "../../../../electron/domain/attempts/queries.ts";
import { attemptInvalidated, attemptReinstated, attemptsLogged } from "../../../../electron/domain/attempts/events.ts";
import { benchmarkAdded } from "../../../../electron/domain/benchmarks/events.ts";
import { closureOfRuns } from "../../../../electron/domain/handovers/closure.ts";
import { modelAdded, modelVersionAdded } from "../../../../electron/domain/models/events.ts";
import {
  itemAdjudicated,
  itemAssigned,
  itemJudged,
  itemUndone,
  roundOpened,
} from "../../../../electron/domain/reviews/events.ts";
import { findItem } from "../../../../electron/domain/reviews/item.ts";
import { lastActOf } from "../../../../electron/domain/reviews/rules.ts";
import { startRun } from "../../../../electron/domain/runs/commands.ts";
import { getRun } from "../../../../electron/domain/runs/queries.ts";
import { runFacts } from "../../../../electron/domain/runs/state.ts";
import { MemoryVault, type Bundle } from "../memory-vault.ts";

/** Judgements of several vaults on one round, handed over in any order, come to one state. */

const bare = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null, cluster: null };
const task = (id: string) => ({ id, title: id, ...bare });
const rule = { direction: "higher" as const, threshold: 1 };
const tasks = ["x", "y"];
const flags = ["cheating", "other"];

const who = fc.nat({ max: 2 });
const item = fc.constantFrom(1, 2);
const corrected = { kind: "corrected" as const, score: 1 };
const judgement = fc.constantFrom<JudgementInput>(
  { flags: [], verdict: { kind: "stands" }, reason: "", confidence: 5 },
  { flags: ["cheating"], verdict: corrected, reason: "seen", confidence: 5 },
  { flags: ["cheating"], verdict: corrected, reason: "seen, too", confidence: 2 },
  { flags: ["other"], verdict: { kind: "undecided" }, reason: "dark", confidence: 1 },
);
const action = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant("judge" as const), who, item, judgement }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("adjudicate" as const), who, item, judgement }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("undo" as const), who, item }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("assign" as const), who, item, to: who, from: who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("log" as const), who, item, score: fc.constantFrom(0, 1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("invalidate" as const), who, item }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("reinstate" as const), who, item }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("exchange" as const), who, item, with: who }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("pack" as const), who, item }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

const bundle = (from: MemoryVault): Bundle => ({
  from,
  size: from.batches.length,
  events: closureOfRuns(from, ["run1"]),
});

/** Three vaults with a run that the third logged, and a round over its two attempts that are with the leads of the others. */
function founded(offsets: readonly number[]) {
  let clock = 1_760_000_000_000;
  const tick = (off: number) => (): number => (clock += 1_000) + off;
  const vaults = ["one", "two", "three"].map(
    (name, at) => new MemoryVault(name, "abc".charAt(at), tick(offsets[at] ?? 0)),
  );
  const [one, two, first] = vaults;
  if (one === undefined || two === undefined || first === undefined) throw new Error("no vaults");
  const pack = { licence: null, source: null, scoring: null, notes: [], digest: "", version: "1" };
  const cell = { modelVersionId: "v", benchmarkId: "b", campaignId: null, epochs: 1 };
  const drafts = [
    modelAdded.draft({ id: "m", developer: "Acme", name: "M", note: "", origin: "hand" }),
    modelVersionAdded.draft({ id: "v", modelId: "m", checkpoint: "1", safeguard: "reduced", access: "", settings: "" }),
    benchmarkAdded.draft({ id: "b", pack: "p", title: "B", origin: "file", ...pack, rule, tasks: tasks.map(task) }),
  ];
  for (const draft of drafts) expect(first.add(draft)).toBeNull();
  expect(first.add(startRun(first.model, cell, "run1"))).toBeNull();
  const blank = { epoch: 1, outcome: "scored" as const, score: 0, minutes: null, tokens: null, note: "" };
  expect(
    first.add(attemptsLogged.draft({ runId: "run1", attempts: tasks.map((id) => ({ task: id, ...blank })) })),
  ).toBeNull();
  const round = roundOpened.draft({
    ...{ id: "round1", name: "R", perAttempt: 2, blind: false, seed: 1, dueAt: null, campaignId: null },
    form: { flags: flags.map((id) => ({ id, words: id })), asksScore: true },
    scope: {
      of: { kind: "run", runId: "run1" },
      filter: { outcomes: [], scoreAtLeast: null, scoreAtMost: null, solved: null },
      sample: null,
    },
    runIds: ["run1"],
    reviewers: [one.memberId, two.memberId],
    items: tasks.map((id) => ({ run: 0, task: id, epoch: 1, reviewers: [0, 1] })),
  });
  expect(first.add(round)).toBeNull();
  for (const vault of [one, two]) expect(vault.take(bundle(first))).toEqual([]);
  return { vaults, receiver: () => new MemoryVault("lead", "f", tick(0)) };
}

/** What may not be done is not done: as in a vault. */
function perform(one: Action, vaults: readonly MemoryVault[]): Bundle | null {
  const vault = vaults[one.who];
  if (vault === undefined) throw new Error("no such vault");
  const at = { roundId: "round1", item: one.item };
  const address = { runId: "run1", task: tasks[one.item - 1] ?? "", epoch: 1 };
  switch (one.kind) {
    case "judge":
      vault.add(itemJudged.draft({ ...at, judgement: one.judgement }));
      return null;
    case "adjudicate":
      vault.add(itemAdjudicated.draft({ ...at, judgement: one.judgement }));
      return null;
    case "assign": {
      const [member = "", instead = ""] = [vaults[one.to]?.memberId, vaults[one.from]?.memberId];
      vault.add(itemAssigned.draft({ ...at, member, instead }));
      return null;
    }
    case "undo": {
      const last = lastActOf(findItem(vault.model, at).standing, vault.memberId);
      if (last !== null) vault.add(itemUndone.draft({ ...at, act: last.id, reason: "" }));
      return null;
    }
    case "log": {
      // Whoever logged an attempt does not judge it.
      if (one.who !== 2) return null;
      const { task: id, epoch } = address;
      const attempt = { task: id, epoch, outcome: "scored" as const, score: one.score };
      vault.add(
        attemptsLogged.draft({ runId: "run1", attempts: [{ ...attempt, minutes: null, tokens: null, note: "" }] }),
      );
      return null;
    }
    case "invalidate":
      vault.add(attemptInvalidated.draft({ ...address, code: "cheating", reason: "seen" }));
      return null;
    case "reinstate":
      vault.add(attemptReinstated.draft({ ...address, reason: "not so" }));
      return null;
    case "exchange": {
      const other = vaults[one.with];
      if (other !== vault) expect(other?.take(bundle(vault))).toEqual([]);
      return null;
    }
    case "pack":
      return bundle(vault);
  }
}

function stateOf(vault: MemoryVault) {
  const run = runFacts(vault.model, "run1");
  if (run === null) throw new Error("the run is gone");
  const items = [1, 2].map((place) => {
    const { standing, item: facts } = findItem(vault.model, { roundId: "round1", item: place });
    const { acts, ...rest } = standing;
    const detail = attemptDetail(vault, run, { task: facts.task, epoch: 1 });
    return {
      state: facts.state,
      acts: acts.map(({ seq: _, ...act }) => act).sort((a, b) => (a.id < b.id ? -1 : 1)),
      rest: JSON.parse(JSON.stringify(rest, (key, value: unknown) => (key === "seq" ? undefined : value))) as unknown,
      attempt: detail === null ? null : [detail.score, detail.solved, detail.outcome, detail.scorer, detail.flags],
      rows: vault.model.all(
        "SELECT round, item, how, verdict, score, flags, by, at, stamp, event FROM review_decision WHERE item = ?",
        place,
      ),
      reviewers: vault.model.all("SELECT member, done FROM review_reviewer WHERE item = ? ORDER BY member", place),
    };
  });
  const { rate, reviewed, ledger } = getRun(vault, "run1") ?? { rate: null, reviewed: 0, ledger: null };
  return { items, rate, reviewed, ledger };
}

const runs = Number(process.env.EVALVAULT_HANDOVER_RUNS ?? "20");

describe("judgements of several vaults", () => {
  it("come to the same in any order, however often they come", { timeout: 120_000 }, () => {
    let decided = 0;
    fc.assert(
      fc.property(
        fc.array(action, { minLength: 25, maxLength: 60 }),
        fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
        fc.array(fc.constantFrom(-3_600_000, -1_500, 0, 2_500), { minLength: 3, maxLength: 3 }),
        (actions, shuffle, offsets) => {
          const { vaults, receiver } = founded(offsets);
          const packed = actions.flatMap((one) => perform(one, vaults) ?? []);
          const bundles = [...packed, ...vaults.map(bundle)];
          const first = receiver();
          for (const one of bundles) expect(first.take(one)).toEqual([]);
          const order = bundles.map((one, at) => ({ one, at: shuffle[at % shuffle.length] ?? 0 }));
          const second = receiver();
          for (const { one } of order.sort((a, b) => a.at - b.at)) expect(second.take(one)).toEqual([]);
          for (const one of bundles.slice(0, 3)) expect(second.take(one)).toEqual([]);
          expect(stateOf(second)).toEqual(stateOf(first));
          decided += stateOf(first).items.filter((one) => one.state === "decided").length;
        },
      ),
      { numRuns: runs, endOnFailure: true },
    );
    expect(decided).toBeGreaterThan(0);
  });

  it("bring every vault to the same state once all have everything", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 10, maxLength: 40 }), (actions) => {
        const { vaults } = founded([0, 60_000, -60_000]);
        for (const one of actions) perform(one, vaults);
        const all = vaults.map(bundle);
        for (const vault of vaults) for (const one of all) expect(vault.take(one)).toEqual([]);
        const [first, ...others] = vaults.map(stateOf);
        for (const other of others) expect(other).toEqual(first);
      }),
      { numRuns: Math.ceil(runs / 3), endOnFailure: true },
    );
  });
});
