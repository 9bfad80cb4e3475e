import { describe, expect, it } from "vitest";
import type { JudgementInput } from "../../../../electron/contract/reviewing.ts";
import { headlinePolicy } from "../../../../electron/contract/values.ts";
import { toColumns } from "../../../../electron/domain/attempts/columns.ts";
import { logAttempts } from "../../../../electron/domain/attempts/commands.ts";
import {
  attemptInvalidated,
  attemptInvalidatedFreely,
  attemptReinstated,
} from "../../../../electron/domain/attempts/events.ts";
import { attemptDetail } from "../../../../electron/domain/attempts/queries.ts";
import { notRun } from "../../../../electron/domain/attempts/rows.ts";
import { benchmarkAdded } from "../../../../electron/domain/benchmarks/events.ts";
import { memberAdded } from "../../../../electron/domain/members/events.ts";
import { modelAdded, modelVersionAdded } from "../../../../electron/domain/models/events.ts";
import { adjudicateItem, judgeItem, undoLast } from "../../../../electron/domain/reviews/judging.ts";
import { roundFrozen, roundOpened } from "../../../../electron/domain/reviews/events.ts";
import { resultMatrix } from "../../../../electron/domain/runs/cells.ts";
import { startRun } from "../../../../electron/domain/runs/commands.ts";
import { runImported, runStateChanged } from "../../../../electron/domain/runs/events.ts";
import { getRun } from "../../../../electron/domain/runs/queries.ts";
import { runFacts } from "../../../../electron/domain/runs/state.ts";
import { foldAllAway } from "../../../../electron/domain/runs/unfold.ts";
import { MemoryJournal } from "../memory-journal.ts";

/** What reviews and invalidations make of the numbers, and that what a scorer gave stays beside them. */

const [lead, ben, cleo, dora] = ["aa", "bb", "cc", "dd"].map((two) => two.repeat(16));
const people = { lead: lead ?? "", ben: ben ?? "", cleo: cleo ?? "", dora: dora ?? "" };
const bare = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null, cluster: null };
const tasks = ["x", "y", "z"];

function founded(): MemoryJournal {
  const journal = new MemoryJournal();
  const add = (id: string, role: "lead" | "evaluator"): void => {
    expect(
      journal.add(memberAdded.draft({ id, name: id.slice(0, 2), label: id.slice(0, 2), role }), people.lead),
    ).toBeNull();
  };
  add(people.lead, "lead");
  for (const one of [people.ben, people.cleo, people.dora]) add(one, "evaluator");
  const pack = { licence: null, source: null, scoring: null, notes: [], digest: "", version: "1" };
  const rule = { direction: "higher" as const, threshold: 1 };
  for (const draft of [
    modelAdded.draft({ id: "m", developer: "Acme", name: "M", note: "", origin: "hand" }),
    modelVersionAdded.draft({ id: "v", modelId: "m", checkpoint: "1", safeguard: "reduced", access: "", settings: "" }),
    benchmarkAdded.draft({
      ...{ id: "b", pack: "p", title: "B", origin: "file", ...pack, rule },
      tasks: tasks.map((id) => ({ id, title: id, ...bare })),
    }),
  ]) {
    expect(journal.add(draft, people.lead)).toBeNull();
  }
  return journal;
}

const cell = { modelVersionId: "v", benchmarkId: "b", campaignId: null, epochs: 1 };
const blank = { epoch: 1, minutes: null, tokens: null, note: "" };

/** x solved, y not solved, z a fault of the environment. */
function byHand(): MemoryJournal {
  const journal = founded();
  expect(journal.add(startRun(journal.model, cell, "run1"), people.dora)).toBeNull();
  log(journal, [
    { task: "x", outcome: "scored", score: 1, ...blank },
    { task: "y", outcome: "scored", score: 0, ...blank },
    { task: "z", outcome: "infrastructure-fault", score: null, ...blank },
  ]);
  return journal;
}

function facts(journal: MemoryJournal) {
  const run = runFacts(journal.model, "run1");
  if (run === null) throw new Error("no run");
  return run;
}

function log(journal: MemoryJournal, attempts: Parameters<typeof logAttempts>[2]) {
  const { drafts, before } = logAttempts(journal, facts(journal), attempts);
  for (const draft of drafts) expect(journal.add(draft, people.dora)).toBeNull();
  return before;
}

/** The same of a log, where y was invalidated by the harness. */
function imported(): MemoryJournal {
  const journal = founded();
  const scored = (task: string, score: number) => ({
    ...notRun(task, 1, null),
    outcome: "scored" as const,
    score,
    scores: [{ scorer: "match", value: score === 1 ? "C" : "I", number: score }],
  });
  const draft = runImported.draft({
    ...{ id: "run1", ...cell, plannedTasks: tasks, metrics: [] },
    log: {
      ...{ fileName: "a.eval", sha256: "0".repeat(64), bytes: 1, blob: "b", format: "inspect", formatVersion: 2 },
      ...{ harness: "h", status: "success", salvaged: false, task: "t", model: "m", evalId: "e", createdAt: 0 },
      ...{ settings: "{}", lost: [], notes: [] },
    },
    attempts: toColumns([
      scored("x", 1),
      { ...scored("y", 1), outcome: "invalidated", invalidation: "the harness said so" },
      { ...notRun("z", 1, null), outcome: "infrastructure-fault", error: "no image" },
    ]),
  });
  expect(journal.add(draft, people.dora)).toBeNull();
  return journal;
}

function open(journal: MemoryJournal, id: string, perAttempt: 1 | 2): string | null {
  const reviewers = perAttempt === 1 ? [people.ben] : [people.ben, people.cleo];
  const draft = roundOpened.draft({
    ...{ id, name: id, perAttempt, blind: false, seed: 1, dueAt: null, campaignId: null, runIds: ["run1"], reviewers },
    form: { flags: [{ id: "cheating", words: "Cheating" }], asksScore: true },
    scope: {
      of: { kind: "run", runId: "run1" },
      filter: { outcomes: [], scoreAtLeast: null, scoreAtMost: null, solved: null },
      sample: null,
    },
    items: tasks.map((task) => ({ run: 0, task, epoch: 1, reviewers: reviewers.map((_, place) => place) })),
  });
  return journal.add(draft, people.lead);
}

const corrected = (score: number, flags: string[] = []): JudgementInput => ({
  ...{ flags, verdict: { kind: "corrected", score }, reason: "seen", confidence: 4 },
});
const stands: JudgementInput = { flags: [], verdict: { kind: "stands" }, reason: "", confidence: 4 };

function judge(journal: MemoryJournal, roundId: string, task: string, member: string, judgement: JudgementInput) {
  const item = tasks.indexOf(task) + 1;
  return journal.add(judgeItem(journal, { roundId, item }, { judgement, member, revises: false }), member);
}

function seen(journal: MemoryJournal, task: string) {
  const detail = attemptDetail(journal, facts(journal), { task, epoch: 1 });
  if (detail === null) throw new Error("no attempt");
  const { outcome, score, solved, scorer, reviewed, invalidation, invalidationCode, flags } = detail;
  return { outcome, score, solved, scorer, reviewed, invalidation, invalidationCode, flags };
}

const run = (journal: MemoryJournal) => getRun(journal, "run1");

describe.each([
  ["a run logged by hand", byHand],
  ["an imported run", imported],
])("%s", (_, made) => {
  it("counts a corrected score once it is decided, and shows what the scorer gave", () => {
    const journal = made();
    expect(run(journal)).toMatchObject({ reviewed: 0, ledger: { solved: 1, infrastructureFault: 1 } });
    expect(open(journal, "r1", 2)).toBeNull();
    expect(judge(journal, "r1", "x", people.ben, corrected(0, ["cheating"]))).toBeNull();
    expect(run(journal)).toMatchObject({ reviewed: 0, ledger: { solved: 1 } });
    expect(judge(journal, "r1", "x", people.cleo, corrected(0, ["cheating"]))).toBeNull();
    expect(seen(journal, "x")).toMatchObject({
      ...{ score: 0, solved: false, outcome: "scored" },
      scorer: { score: 1, solved: true, outcome: "scored" },
      reviewed: { verdict: "corrected", how: "agreed", score: 0, round: "r1" },
      flags: [{ id: "cheating", words: "Cheating" }],
    });
    expect(run(journal)).toMatchObject({ reviewed: 1, ledger: { solved: 0 } });
    expect(resultMatrix(journal, {}, headlinePolicy).cells[0]?.rate).toMatchObject({ solved: 0 });
    expect(judge(journal, "r1", "z", people.ben, corrected(1))).toBeNull();
    expect(judge(journal, "r1", "z", people.cleo, corrected(1))).toBeNull();
    expect(seen(journal, "z")).toMatchObject({
      outcome: "scored",
      score: 1,
      scorer: { outcome: "infrastructure-fault" },
    });
    expect(run(journal)).toMatchObject({ reviewed: 2, ledger: { solved: 1, infrastructureFault: 0 } });
    const before = tasks.map((task) => seen(journal, task));
    foldAllAway(journal.model);
    expect(tasks.map((task) => seen(journal, task))).toEqual(before);
    expect(tasks.map((task) => seen(journal.replayed(), task))).toEqual(before);
    expect(run(journal.replayed())?.ledger).toEqual(run(journal)?.ledger);
  });

  it("a flag alone changes no number", () => {
    const journal = made();
    open(journal, "r1", 1);
    const before = run(journal);
    judge(journal, "r1", "x", people.ben, { ...stands, flags: ["cheating"], reason: "it read the flag" });
    expect(seen(journal, "x")).toMatchObject({
      score: 1,
      flags: [{ id: "cheating" }],
      reviewed: { verdict: "stands" },
    });
    expect(run(journal)).toEqual(before);
  });

  it("taking the judgement back takes the correction back; a later round may let the score stand", () => {
    const journal = made();
    open(journal, "r1", 1);
    const before = seen(journal, "x");
    judge(journal, "r1", "x", people.ben, corrected(0));
    expect(run(journal)).toMatchObject({ reviewed: 1, ledger: { solved: 0 } });
    expect(
      journal.add(undoLast(journal, { roundId: "r1", item: 1 }, { member: people.ben, reason: "" }), people.ben),
    ).toBeNull();
    expect(seen(journal, "x")).toEqual(before);
    expect(run(journal)).toMatchObject({ reviewed: 0, ledger: { solved: 1 } });
    judge(journal, "r1", "x", people.ben, corrected(0.5));
    open(journal, "r2", 1);
    judge(journal, "r2", "x", people.ben, stands);
    expect(seen(journal, "x")).toMatchObject({ score: 1, reviewed: { verdict: "stands", round: "r2" } });
    expect(run(journal)).toMatchObject({ reviewed: 0, ledger: { solved: 1 } });
  });

  it("an invalidation is taken back, and the reviewed score counts again", () => {
    const journal = made();
    open(journal, "r1", 1);
    judge(journal, "r1", "x", people.ben, corrected(0));
    const address = { runId: "run1", task: "x", epoch: 1 };
    const invalidate = attemptInvalidated.draft({ ...address, code: "wrong-settings", reason: "no network" });
    expect(journal.add(invalidate, people.dora)).toBeNull();
    const invalidated = { outcome: "invalidated", invalidation: "no network", invalidationCode: "wrong-settings" };
    expect(seen(journal, "x")).toMatchObject({ ...invalidated, score: 0 });
    expect(journal.add(attemptReinstated.draft({ ...address, reason: "it had" }), people.dora)).toBeNull();
    expect(seen(journal, "x")).toMatchObject({
      outcome: "scored",
      invalidation: null,
      invalidationCode: null,
      score: 0,
    });
    expect(seen(journal, "x").scorer).toEqual({ outcome: "scored", score: 1, solved: true });
  });

  it("an invalidation of before there were codes still counts", () => {
    const journal = made();
    const old = attemptInvalidatedFreely.draft({ runId: "run1", task: "x", epoch: 1, reason: "old" });
    expect(old.v).toBe(1);
    expect(journal.add(old, people.dora)).toBeNull();
    expect(seen(journal, "x")).toMatchObject({ outcome: "invalidated", invalidation: "old", invalidationCode: null });
  });

  it("takes no other scores once it is decided; one accepted before takes them from two", () => {
    const journal = made();
    open(journal, "r1", 1);
    const to = (state: "accepted" | "in-review" | "logged"): void => {
      expect(journal.add(runStateChanged.draft({ runId: "run1", state, reason: "" }), people.lead)).toBeNull();
    };
    if (run(journal)?.state === "running") to("logged");
    to("accepted");
    expect(judge(journal, "r1", "x", people.ben, corrected(0))).toMatch(/accepted here/);
    to("in-review");
    expect(judge(journal, "r1", "x", people.ben, corrected(0))).toBeNull();
  });
});

describe("what a harness invalidated", () => {
  it("counts again with the score that it had", () => {
    const journal = imported();
    expect(seen(journal, "y")).toMatchObject({ outcome: "invalidated", invalidation: "the harness said so" });
    expect(run(journal)).toMatchObject({ ledger: { solved: 1, invalidated: 1 } });
    const reinstate = attemptReinstated.draft({ runId: "run1", task: "y", epoch: 1, reason: "it was wrong" });
    expect(journal.add(reinstate, people.dora)).toBeNull();
    expect(seen(journal, "y")).toMatchObject({ outcome: "scored", score: 1, invalidation: null });
    expect(run(journal)).toMatchObject({ ledger: { solved: 2, invalidated: 0 } });
    foldAllAway(journal.model);
    expect(seen(journal, "y")).toMatchObject({ outcome: "scored", score: 1, invalidation: null });
  });
});

describe("logging beside a review", () => {
  it("changing a note does not log the reviewed score, and the undo puts back what was given", () => {
    const journal = byHand();
    open(journal, "r1", 1);
    judge(journal, "r1", "y", people.ben, corrected(1));
    expect(seen(journal, "y")).toMatchObject({ score: 1, scorer: { score: 0 } });
    const before = log(journal, [{ task: "y", outcome: "scored", score: 1, ...blank, note: "seen again" }]);
    expect(seen(journal, "y")).toMatchObject({ score: 1, scorer: { score: 0 }, reviewed: { verdict: "corrected" } });
    expect(before).toEqual([{ task: "y", outcome: "scored", score: 0, ...blank }]);
    log(journal, before);
    expect(seen(journal, "y")).toMatchObject({ score: 1, scorer: { score: 0 } });
  });
});

describe("rules of a round", () => {
  it("two judge, a third decides; none of them decides alone, and nothing changes when it is frozen", () => {
    const journal = imported();
    expect(open(journal, "r1", 2)).toBeNull();
    expect(judge(journal, "r1", "x", people.dora, stands)).toMatch(/somebody else/);
    judge(journal, "r1", "x", people.ben, corrected(0));
    const decide = (member: string): string | null =>
      journal.add(adjudicateItem(journal, { roundId: "r1", item: 1 }, corrected(0.5)), member);
    expect(decide(people.dora)).toMatch(/nothing of this item waits/);
    judge(journal, "r1", "x", people.cleo, stands);
    expect(decide(people.ben)).toMatch(/does not adjudicate/);
    expect(decide(people.dora)).toBeNull();
    expect(seen(journal, "x")).toMatchObject({ score: 0.5, reviewed: { how: "adjudicated" } });
    expect(decide(people.lead)).toMatch(/nothing of this item waits/);
    const freeze = { roundId: "r1", hash: "0".repeat(64), judgements: 3, undecided: 2 };
    expect(journal.add(roundFrozen.draft({ ...freeze, reason: "" }), people.lead)).toMatch(/needs a reason/);
    expect(journal.add(roundFrozen.draft({ ...freeze, reason: "enough" }), people.ben)).toMatch(
      /role evaluator may not/,
    );
    expect(journal.add(roundFrozen.draft({ ...freeze, reason: "enough" }), people.lead)).toBeNull();
    expect(judge(journal, "r1", "y", people.ben, stands)).toMatch(/frozen/);
    expect(open(journal, "r1", 2)).toMatch(/there already/);
  });

  it("nobody judges what they logged themselves where two judge", () => {
    const journal = byHand();
    log(journal, []);
    const own = logAttempts(journal, facts(journal), [{ task: "x", outcome: "scored", score: 1, ...blank }]);
    for (const draft of own.drafts) journal.add(draft, people.ben);
    open(journal, "r1", 2);
    expect(judge(journal, "r1", "x", people.ben, stands)).toMatch(/logged themselves/);
    expect(judge(journal, "r1", "y", people.ben, stands)).toBeNull();
    open(journal, "r2", 1);
    expect(judge(journal, "r2", "x", people.ben, stands)).toBeNull();
  });
});
