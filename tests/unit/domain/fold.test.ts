import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outcomeStates, type AttemptRecord } from "../../../electron/contract/attempt.ts";
import { noElicitation, noLimits } from "../../../electron/contract/protocol.ts";
import { headlinePolicy } from "../../../electron/contract/values.ts";
import { attemptColumnsSchema, fromColumns, toColumns } from "../../../electron/domain/attempts/columns.ts";
import { logAttempts } from "../../../electron/domain/attempts/commands.ts";
import { attemptInvalidated, attemptsLogged } from "../../../electron/domain/attempts/events.ts";
import { attemptDetail, attemptGrid } from "../../../electron/domain/attempts/queries.ts";
import { notRun } from "../../../electron/domain/attempts/rows.ts";
import { addBenchmark, benchmarkOfLog } from "../../../electron/domain/benchmarks/commands.ts";
import { campaignPlanned, campaignRegistered } from "../../../electron/domain/campaigns/events.ts";
import { getCampaign } from "../../../electron/domain/campaigns/queries.ts";
import { actConfirmed, actDeclined, actProposed } from "../../../electron/domain/event-types.ts";
import { listJournal } from "../../../electron/domain/journal.ts";
import { memberAdded, personsSet, vaultMarked } from "../../../electron/domain/members/events.ts";
import { addModel, modelVersionOfLog } from "../../../electron/domain/models/commands.ts";
import {
  reportDrafted,
  reportFrozen,
  reportSealed,
  reportSealedPlainly,
  reportSigned,
} from "../../../electron/domain/reports/events.ts";
import { getReport } from "../../../electron/domain/reports/queries.ts";
import { resultMatrix, runResults } from "../../../electron/domain/runs/cells.ts";
import { runImported, runStarted, runStateChanged } from "../../../electron/domain/runs/events.ts";
import { listRuns } from "../../../electron/domain/runs/queries.ts";
import { runFacts } from "../../../electron/domain/runs/state.ts";
import { foldAllAway } from "../../../electron/domain/runs/unfold.ts";
import { MemoryJournal } from "./memory-journal.ts";

const lead = "aa".repeat(16);
const evaluator = "bb".repeat(16);
const stranger = "cc".repeat(16);

function founded(): MemoryJournal {
  const journal = new MemoryJournal();
  expect(journal.add(memberAdded.draft({ id: lead, name: "Lena", label: "Lead A", role: "lead" }), lead)).toBeNull();
  const added = memberAdded.draft({ id: evaluator, name: "Evan", label: "Evaluator B", role: "evaluator" });
  expect(journal.add(added, lead)).toBeNull();
  return journal;
}

const tasks = ["crypto-1", "web-1", "web-2"];

function planned(epochs = 2): { journal: MemoryJournal; versionId: string; benchmarkId: string; runId: string } {
  const journal = founded();
  const version = { checkpoint: "0914", safeguard: "reduced" as const, access: "", settings: "" };
  const model = addModel(journal.model, { developer: "Acme", name: "Meridian-2", note: "", version }, journal.newId);
  for (const draft of model.drafts) expect(journal.add(draft, lead)).toBeNull();
  const row = journal.model.get("SELECT id FROM model_version");
  const versionId = String(row?.id);
  const pack = {
    pack: "small",
    title: "Small",
    version: "1",
    digest: "",
    origin: "file" as const,
    licence: null,
    source: null,
    scoring: null,
    notes: [],
    rule: { direction: "higher" as const, threshold: 1 },
    tasks: tasks.map((id) => ({
      id,
      title: id.toUpperCase(),
      category: id.slice(0, 3),
      difficulty: null,
      humanMinutes: 5,
      cve: null,
      points: null,
      cluster: null,
    })),
  };
  const benchmark = addBenchmark(journal.model, pack, journal.newId);
  for (const draft of benchmark.drafts) expect(journal.add(draft, lead)).toBeNull();
  const runId = journal.newId();
  const { benchmarkId } = benchmark;
  const start = runStarted.draft({ id: runId, modelVersionId: versionId, benchmarkId, campaignId: null, epochs });
  expect(journal.add(start, evaluator)).toBeNull();
  return { journal, versionId, benchmarkId, runId };
}

function attempt(task: string, epoch: number, score: number | null, outcome: AttemptRecord["outcome"] = "scored") {
  return { task, epoch, outcome, score, minutes: 1.5, tokens: 100, note: "" };
}

describe("roles are checked in the fold", () => {
  it("keeps what an evaluator may not do out of the read model, and shows it in the journal", () => {
    const { journal, versionId, benchmarkId } = planned();
    const plan = campaignPlanned.draft({
      id: journal.newId(),
      name: "Autumn",
      question: "",
      decisionRule: "",
      modelVersionIds: [versionId],
      benchmarkIds: [benchmarkId],
      epochs: 1,
      dueAt: null,
      limits: noLimits,
      elicitation: noElicitation,
    });
    expect(journal.add(plan, evaluator)).toMatch(/role evaluator may not/);
    expect(journal.model.get("SELECT count(*) AS n FROM campaign")).toEqual({ n: 0 });
    const refused = listJournal(journal.model, { offset: 0, limit: 10, refusedOnly: true });
    expect(refused.events.map((event) => event.type)).toEqual(["campaign.planned"]);
  });

  it("refuses an event whose named author did not sign the entry", () => {
    const { journal, runId } = planned();
    const accept = runStateChanged.draft({ runId, state: "withdrawn", reason: "forged" });
    expect(journal.add(accept, lead, evaluator)).toMatch(/did not sign/);
    expect(journal.add(accept, stranger)).toMatch(/role none/);
  });

  it("lets only a lead lower the marking, and only with a reason", () => {
    const journal = founded();
    const mark = (level: string, reason: string) => vaultMarked.draft({ marking: { level, suffix: "" }, reason });
    expect(journal.add(mark("secret", ""), evaluator)).toBeNull();
    expect(journal.add(mark("cui", "because"), evaluator)).toMatch(/only a lead/);
    expect(journal.add(mark("cui", " "), lead)).toMatch(/needs a reason/);
    expect(journal.add(mark("cui", "reviewed line by line"), lead)).toBeNull();
  });

  it("lets only who could confirm an act decline it", () => {
    const journal = founded();
    const second = { id: stranger, name: "Lou", label: "Lead C", role: "lead" as const };
    expect(journal.add(memberAdded.draft(second), lead)).toBeNull();
    expect(journal.add(personsSet.draft({ persons: 2, reason: "" }), lead)).toBeNull();
    const { type, v, body } = personsSet.draft({ persons: 1, reason: "we are few" });
    expect(journal.add(actProposed.draft({ id: "act-0001", act: { type, v, body } }), lead)).toBeNull();
    const declined = actDeclined.draft({ id: "act-0001", reason: "two it stays" });
    expect(journal.add(declined, evaluator)).toBe("a member with the role evaluator does not decide it");
    expect(journal.add(declined, lead)).toBe("its proposer withdraws it");
    expect(journal.add(declined, stranger)).toBeNull();
    expect(journal.add(actConfirmed.draft({ id: "act-0001" }), stranger)).toBe("it was declined already");
  });

  it("takes a report as sealed only when as many leads signed it as the vault asks for", () => {
    const journal = founded();
    const second = { id: stranger, name: "Lou", label: "Lead C", role: "lead" as const };
    expect(journal.add(memberAdded.draft(second), lead)).toBeNull();
    expect(journal.add(personsSet.draft({ persons: 2, reason: "" }), lead)).toBeNull();
    const reportId = "report-1";
    const contentHash = "ab".repeat(32);
    const marking = { level: "cui", suffix: "" };
    const scope = { kind: "vault" as const };
    const draft = { id: reportId, template: "evaluation" as const, scope, title: "Round one", marking, sections: [] };
    expect(journal.add(reportDrafted.draft(draft), lead)).toBeNull();
    expect(journal.add(reportFrozen.draft({ reportId, contentHash, blob: "blob" }), lead)).toBeNull();
    const signature = { reportId, contentHash, signature: "", keyId: "" };
    const sealed = {
      reportId,
      contentHash,
      fileName: "one.sealed",
      sha256: contentHash,
      recipients: [],
      checkpoint: "",
      pdf: true,
      withheld: ["people" as const],
    };
    expect(journal.add(reportSealed.draft(sealed), lead)).toBe("nobody has signed it");
    expect(journal.add(reportSigned.draft(signature), lead)).toBeNull();
    expect(journal.add(reportSealed.draft(sealed), lead)).toBe("2 people must sign it; 1 did");
    expect(journal.add(reportSigned.draft(signature), stranger)).toBeNull();
    expect(journal.add(reportSealed.draft(sealed), lead)).toBeNull();
    const { pdf: _, withheld: __, ...before } = sealed;
    expect(journal.add(reportSealedPlainly.draft(before), lead)).toBeNull();
    expect(getReport(journal.model, reportId)?.sealed).toMatchObject([
      { pdf: true, withheld: ["people"] },
      { pdf: false, withheld: [] },
    ]);
  });

  it("refuses unknown types, future versions, and the same event twice", () => {
    const journal = founded();
    expect(journal.add({ type: "vault.emptied", v: 1, body: {} }, lead)).toMatch(/unknown/);
    expect(journal.add({ type: "member.added", v: 2, body: {} }, lead)).toMatch(/unknown/);
    expect(journal.add({ type: "vault.named", v: 1, body: { name: 5 } }, lead)).toMatch(/schema/);
  });
});

describe("a run logged by hand", () => {
  it("counts every planned attempt in exactly one state", () => {
    const { journal, runId } = planned(2);
    const log = attemptsLogged.draft({
      runId,
      attempts: [attempt("web-1", 1, 1), attempt("web-2", 1, 0), attempt("web-2", 2, null, "infrastructure-fault")],
    });
    expect(journal.add(log, evaluator)).toBeNull();
    const [run] = listRuns(journal, {});
    expect(run?.state).toBe("running");
    expect(run?.ledger).toMatchObject({ planned: 6, solved: 1, notSolved: 1, infrastructureFault: 1, notRun: 3 });
    expect(run?.rate).toMatchObject({ n: 3, solved: 1 });
    expect(run?.rates.map(({ rate }) => rate.n)).toEqual([3, 2, 3, 2]);
  });

  it("refuses attempts that are not planned, and a score without a state to hold it", () => {
    const { journal, runId } = planned(1);
    const log = (one: ReturnType<typeof attempt>) =>
      journal.add(attemptsLogged.draft({ runId, attempts: [one] }), evaluator);
    expect(log(attempt("web-9", 1, 1))).toMatch(/not planned/);
    expect(log(attempt("web-1", 2, 1))).toMatch(/not planned/);
    expect(log(attempt("web-1", 1, null))).toMatch(/without a score/);
  });

  it("answers with what was there, and logging that again is the undo", () => {
    const { journal, runId } = planned(1);
    const facts = () => {
      const run = runFacts(journal.model, runId);
      if (run === null) throw new Error("no run");
      return run;
    };
    const grid = () =>
      attemptGrid(journal, facts(), { runId, sort: "task", descending: false, filter: "", offset: 0, limit: 50 });
    const before = grid();
    const done = logAttempts(journal, facts(), [attempt("web-1", 1, 1)]);
    for (const draft of done.drafts) expect(journal.add(draft, evaluator)).toBeNull();
    expect(grid()).not.toEqual(before);
    for (const draft of logAttempts(journal, facts(), done.before).drafts) journal.add(draft, evaluator);
    expect(grid()).toEqual(before);
  });

  it("an accepted run takes no more attempts; only a lead invalidates then", () => {
    const { journal, runId } = planned(1);
    journal.add(attemptsLogged.draft({ runId, attempts: [attempt("web-1", 1, 1)] }), evaluator);
    journal.add(runStateChanged.draft({ runId, state: "logged", reason: "" }), evaluator);
    expect(journal.add(runStateChanged.draft({ runId, state: "accepted", reason: "" }), evaluator)).toMatch(
      /only a lead/,
    );
    expect(journal.add(runStateChanged.draft({ runId, state: "accepted", reason: "" }), lead)).toBeNull();
    expect(journal.add(attemptsLogged.draft({ runId, attempts: [attempt("web-2", 1, 1)] }), evaluator)).toMatch(
      /accepted/,
    );
    const invalidate = attemptInvalidated.draft({
      runId,
      task: "web-1",
      epoch: 1,
      code: "contamination",
      reason: "flag was in the prompt",
    });
    expect(journal.add(invalidate, evaluator)).toMatch(/a lead decides/);
    expect(journal.add(invalidate, lead)).toBeNull();
    expect(listRuns(journal, {})[0]?.ledger).toMatchObject({ solved: 0, invalidated: 1 });
  });
});

describe("an imported run", () => {
  const records = tasks.flatMap((task, place) =>
    [1, 2].map((epoch) => ({
      ...notRun(task, epoch, null),
      outcome: "scored" as const,
      score: place === 0 ? 1 : 0,
      scores: [{ scorer: "match", value: place === 0 ? "C" : "I", number: place === 0 ? 1 : 0 }],
      member: `samples/${task}_epoch_${String(epoch)}.json`,
    })),
  );

  function imported() {
    const { journal } = planned(1);
    const version = modelVersionOfLog(journal.model, "acme/other", [], journal.newId);
    const logged = {
      task: "suite/small",
      taskVersion: "1",
      tasks: tasks.map((id) => ({ id: `${id} (hard)`, cluster: null })),
    };
    const match = benchmarkOfLog(journal.model, logged, journal.newId);
    for (const draft of [...version.drafts, ...match.drafts]) expect(journal.add(draft, evaluator)).toBeNull();
    const runId = journal.newId();
    const draft = runImported.draft({
      id: runId,
      modelVersionId: version.versionId,
      benchmarkId: match.benchmarkId,
      campaignId: null,
      epochs: 2,
      log: {
        fileName: "a.eval",
        sha256: "0".repeat(64),
        bytes: 1,
        blob: "blob",
        format: "inspect",
        formatVersion: 2,
        harness: "inspect_ai",
        status: "success",
        salvaged: false,
        task: "suite/small",
        model: "acme/other",
        evalId: "e",
        createdAt: 0,
        settings: "{}",
        lost: [],
        notes: [],
      },
      plannedTasks: [...tasks, "never-reached"],
      metrics: [],
      attempts: toColumns(records),
    });
    return { journal, runId, draft, match };
  }

  it("finds the pack whose tasks its ids are, without their common variant", () => {
    const { match } = imported();
    expect(match.note).toBe("Variant: hard");
    expect(match.taskId("web-1 (hard)")).toBe("web-1");
  });

  it("names planned attempts that the log does not hold, and refuses the same log again", () => {
    const { journal, runId, draft } = imported();
    expect(journal.add(draft, evaluator)).toBeNull();
    const run = listRuns(journal, {}).find((one) => one.id === runId);
    expect(run?.ledger).toMatchObject({ planned: 8, solved: 2, notSolved: 4, notRun: 2 });
    expect(run?.passAtK).toMatchObject({ k: 2, n: 3 });
    expect(journal.add(draft, evaluator)).toMatch(/imported before/);
  });

  it("shows the same numbers before and after its attempts were let go, and keeps invalidations", () => {
    const { journal, runId, draft } = imported();
    journal.add(draft, evaluator);
    const address = { runId, task: "crypto-1", epoch: 2 };
    journal.add(attemptInvalidated.draft({ ...address, code: "contamination", reason: "contaminated" }), evaluator);
    const facts = runFacts(journal.model, runId);
    if (facts === null) throw new Error("no run");
    const seen = { detail: attemptDetail(journal, facts, address), results: runResults(journal, {}) };
    expect(seen.detail).toMatchObject({ outcome: "invalidated", invalidation: "contaminated", score: 1 });
    foldAllAway(journal.model);
    expect(journal.model.get("SELECT count(*) AS n FROM attempt WHERE run = ?", facts.number)).toEqual({ n: 0 });
    expect({ detail: attemptDetail(journal, facts, address), results: runResults(journal, {}) }).toEqual(seen);
  });
});

describe("attempts in columns", () => {
  const record: fc.Arbitrary<AttemptRecord> = fc
    .record({
      task: fc.string({ minLength: 1, maxLength: 20 }),
      epoch: fc.integer({ min: 1, max: 9 }),
      outcome: fc.constantFrom(...outcomeStates),
      score: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      note: fc.string({ maxLength: 50 }),
    })
    .map((some) => ({ ...notRun(some.task, some.epoch, null), ...some, score: some.score === 0 ? 0 : some.score }));

  it("come back as they were, through JSON", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 30 }), (attempts) => {
        const stored: unknown = JSON.parse(JSON.stringify(toColumns(attempts)));
        expect(fromColumns(attemptColumnsSchema.parse(stored))).toEqual(attempts);
      }),
    );
  });
});

describe("any sequence of commands", () => {
  const command = fc.oneof(
    fc.record({
      kind: fc.constant("log" as const),
      task: fc.constantFrom(...tasks, "nobody"),
      epoch: fc.integer({ min: 1, max: 3 }),
      outcome: fc.constantFrom(...outcomeStates),
      score: fc.constantFrom(null, 0, 0.5, 1),
    }),
    fc.record({
      kind: fc.constant("state" as const),
      state: fc.constantFrom("running", "logged", "in-review", "accepted", "withdrawn"),
    }),
    fc.record({
      kind: fc.constant("invalidate" as const),
      task: fc.constantFrom(...tasks),
      epoch: fc.integer({ min: 1, max: 2 }),
    }),
    fc.record({ kind: fc.constant("register" as const) }),
  );

  it("folds to the same numbers live and from the journal alone, and the ledger always adds up", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), command), { maxLength: 40 }), (commands) => {
        const { journal, versionId, benchmarkId, runId } = planned(2);
        const campaignId = journal.newId();
        const words = { name: "Autumn", question: "", decisionRule: "" };
        const cells = { modelVersionIds: [versionId], benchmarkIds: [benchmarkId], epochs: 2, dueAt: null };
        const plan = { id: campaignId, ...words, ...cells, limits: noLimits, elicitation: noElicitation };
        journal.add(campaignPlanned.draft(plan), lead);
        for (const [asLead, one] of commands) {
          const by = asLead ? lead : evaluator;
          if (one.kind === "log") {
            const { task, epoch, outcome, score } = one;
            journal.add(
              attemptsLogged.draft({
                runId,
                attempts: [{ task, epoch, outcome, score, minutes: null, tokens: null, note: "" }],
              }),
              by,
            );
          } else if (one.kind === "state") {
            journal.add(runStateChanged.draft({ runId, state: one.state, reason: "because" }), by);
          } else if (one.kind === "invalidate") {
            journal.add(
              attemptInvalidated.draft({ runId, task: one.task, epoch: one.epoch, code: "other", reason: "because" }),
              by,
            );
          } else {
            journal.add(campaignRegistered.draft({ campaignId, hash: "a".repeat(64) }), by);
          }
        }
        const look = (context: MemoryJournal) => ({
          runs: listRuns(context, {}),
          results: runResults(context, {}),
          matrix: resultMatrix(context, {}, headlinePolicy),
          campaign: getCampaign(context, campaignId),
          journal: listJournal(context.model, { offset: 0, limit: 500 }),
        });
        const live = look(journal);
        expect(look(journal.replayed())).toEqual(live);
        const { ledger } = live.runs[0] ?? {};
        const { planned: all, ...states } = ledger ?? { planned: -1 };
        expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(all);
        expect(all).toBe(6);
      }),
      { numRuns: 60 },
    );
  });
});
