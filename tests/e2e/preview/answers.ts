import type { ParsedInput, RequestName, RequestOutput } from "../../../electron/contract/index.ts";
import type { Result } from "../../../electron/contract/result.ts";
import type { Progress } from "../../../electron/contract/wire.ts";
import * as attempts from "./sample/attempt-sample.ts";
import * as comparing from "./sample/compare-sample.ts";
import * as taking from "./sample/import-sample.ts";
import * as campaigns from "./sample/campaign-sample.ts";
import * as determining from "./sample/determination-sample.ts";
import * as evaluation from "./sample/evaluation-sample.ts";
import * as findings from "./sample/findings-sample.ts";
import * as handovers from "./sample/handover-sample.ts";
import { submissions } from "./sample/submission-sample.ts";
import * as process from "./sample/process-sample.ts";
import * as reviews from "./sample/review-sample.ts";
import * as reporting from "./sample/reporting-sample.ts";
import * as searching from "./sample/search-sample.ts";
import * as transcripts from "./sample/transcript-sample.ts";
import { frozen } from "./sample/frozen-sample.ts";
import * as tables from "./sample/tables-sample.ts";
import * as vault from "./sample/vault-sample.ts";
import { at } from "./sample/clock.ts";

/** What the preview is asked to be: an open or a closed vault, full or new, whole or damaged. */
export interface Scene {
  readonly open: boolean;
  readonly empty: boolean;
  readonly damaged: boolean;
}

export interface Working {
  readonly scene: Scene;
  readonly progress: (progress: Progress) => void;
  readonly wait: (ms: number) => Promise<void>;
}

type Answer<N extends RequestName> = (
  input: ParsedInput<N>,
  working: Working,
) => Result<RequestOutput<N>> | Promise<Result<RequestOutput<N>>>;
export type Answers = { readonly [N in RequestName]?: Answer<N> };

function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

const missing = { ok: false, error: { code: "not-found", subject: "not in the preview's sample" } } as const;

function found<T>(value: T | undefined): Result<T> {
  return value === undefined ? missing : ok(value);
}

const readOnly = {
  reason: "This file is older than one seen before: this workstation saw 4,201 entries, the file has 4,182.",
};

function state({ open, empty, damaged }: Scene): RequestOutput<"vault.state"> {
  if (!open) return { open: false };
  if (damaged && vault.openState.open) return { ...vault.openState, readOnly };
  if (!empty || !vault.openState.open) return vault.openState;
  const none = { models: 0, benchmarks: 0, campaigns: 0, runs: 0, reports: 0, recipients: 0 };
  const counts = { ...none, members: 1, refused: 0, sealed: 0, compartments: 2, waiting: 0, reviews: 0 };
  return { ...vault.openState, entries: 2, counts };
}

/** Slots of the vault file; recovery adds one. */
let { slots } = vault.outline;

const aboutVault: Answers = {
  "vault.state": (_input, { scene }) => ok(state(scene)),
  "vault.recent": (_input, { scene }) => ok(scene.empty ? [] : vault.recent),
  "vault.inspect": () => ok({ ...vault.outline, slots }),
  "vault.unlock": async ({ passphrase }, { wait }) => {
    await wait(1_200);
    if (new TextDecoder().decode(passphrase) === "wrong") return { ok: false, error: { code: "unlock-failed" } };
    return ok(vault.openState);
  },
  "vault.create": () => ok(vault.openState),
  "vault.setMarking": () => ok(vault.openState),
  "vault.rename": () => ok(vault.openState),
  "vault.lock": () => ok({}),
  "vault.verify": async (_input, { scene, progress, wait }) => {
    for (let done = 0; done <= 10; done++) {
      progress({ step: "Checking entries", done: done * 418, total: 4_182, unit: "entries" });
      await wait(30);
    }
    return ok(scene.damaged ? vault.damaged : vault.verified);
  },
  "vault.setPersons": () => ok(vault.openState),
  "members.list": (_input, { scene }) => ok(scene.empty ? vault.members.slice(0, 1) : vault.members),
  "members.add": () => found(vault.members[1]),
  "members.changePassphrase": () => ok({}),
  "members.remove": ({ second }) =>
    second === undefined
      ? { ok: false, error: { code: "second-person-needed", subject: "member.removed" } }
      : ok(vault.members),
  "members.newKeyFile": () => ok({ fileName: "evaluator.key", file: "file-newkeyfile1" }),
  "members.backupKeys": () => ok({ fileName: "ingrid.evbackup" }),
  "compartments.list": (_input, { scene }) => ok(scene.empty ? vault.compartments.slice(0, 2) : vault.compartments),
  "compartments.add": () => found(vault.compartments[2]),
  "compartments.grant": () => found(vault.compartments[2]),
  "compartments.revoke": () => found(vault.compartments[2]),
  "compartments.rotate": () => found(vault.compartments[2]),
  "recovery.list": (_input, { scene }) => ok(scene.empty ? [] : vault.kits),
  "recovery.make": () => {
    const kit = vault.kits[0];
    const files = ["share-1-of-3.txt", "share-1-of-3.html", "share-2-of-3.txt", "share-2-of-3.html"];
    return kit === undefined ? missing : ok({ kit, files });
  },
  "recovery.check": ({ files, typed }, { scene }) => {
    const given = files.length + typed.length;
    const shares = Array.from({ length: given }, (_, index) => ({
      source: `share-${String(index + 1)}-of-3.txt`,
      number: index + 1,
      holder: "Custodian F",
      problem: scene.damaged && index === 1 ? "Mistyped or damaged code lines: 4." : null,
    }));
    const whole = shares.filter(({ problem }) => problem === null).length;
    return ok({ shares, vaultLabel: "Team vault 3", threshold: 2, missing: Math.max(0, 2 - whole) });
  },
  "recovery.use": ({ lead }) => {
    const kdf = { memoryBytes: 268_435_456, passes: 3 };
    slots = [...slots, { memberId: "member-n", label: lead.label, keyFile: false, kdf }];
    return ok({ memberId: "member-n" });
  },
  "acts.list": (_input, { scene }) => ok(scene.empty ? [] : vault.acts),
  "acts.confirm": () => found(vault.acts[1]),
  "acts.decline": () => found(vault.acts[1]),
  "acts.withdraw": () => found(vault.acts[1]),
  "journal.anchors": (_input, { scene }) => ok(scene.empty ? [] : vault.anchors),
  "journal.cosign": () =>
    ok({
      size: 4_182,
      root: "9c41".padEnd(64, "0"),
      cosigners: [{ id: "member-e", name: "Mara Lindqvist", at: at(0, 9, 0) }],
    }),
  "journal.saveCheckpoint": () =>
    ok({ fileName: "northgate.note", size: 4_182, root: "9c41".padEnd(64, "0"), signatures: 2 }),
  "journal.checkCheckpoint": () => found(vault.anchors[2]),
  "journal.consistency": ({ from, to }) =>
    ok({
      from: { size: from, root: "51d0".padEnd(64, "1") },
      to: { size: to, root: "9c41".padEnd(64, "0") },
      path: Array.from({ length: 9 }, (_, index) => String(index).repeat(64)),
    }),
  "journal.saveProof": ({ seq }) =>
    ok({ fileName: `entry-${String(seq)}.tlog-proof`, seq, size: 4_182, root: "9c41".padEnd(64, "0") }),
  "journal.list": (input) => ok(vault.journalPage(input)),
  "journal.event": ({ seq }) => ok(vault.journalEvent(seq)),
  "journal.checkpoints": ({ offset, limit }) => ok(vault.checkpointPage(offset, limit)),
  "overview.get": (_input, { scene }) => {
    if (scene.empty) {
      return ok({
        campaigns: [],
        assignments: [],
        runsUnderWay: [],
        recentImports: [],
        reportsOpen: [],
        nextSteps: ["add-model", "add-benchmark", "plan-campaign", "log-or-import", "write-report", "add-recipient"],
        attempts: 0,
        refusedEvents: 0,
      });
    }
    return ok({
      campaigns: evaluation.campaigns.map(({ id, name, dueAt, ledger }) => ({ id, name, dueAt, ledger })),
      assignments: evaluation.assignmentsOf("member-a"),
      runsUnderWay: evaluation.runs.filter((run) => ["planned", "running", "logged", "in-review"].includes(run.state)),
      recentImports: evaluation.imports,
      reportsOpen: reporting.reports
        .filter((report) => report.state !== "sealed")
        .map(({ id, code, title, state: reportState, changedAt }) => ({
          id,
          code,
          title,
          state: reportState,
          changedAt,
        })),
      nextSteps: [],
      attempts: 1_671,
      refusedEvents: 1,
    });
  },
};

const aboutPlans: Answers = {
  "models.list": (_input, { scene }) => ok(scene.empty ? [] : evaluation.models),
  "models.add": () => found(evaluation.models[0]),
  "models.addVersion": () => found(evaluation.models[0]),
  "benchmarks.list": (_input, { scene }) => ok(scene.empty ? [] : evaluation.benchmarks),
  "benchmarks.catalog": () =>
    ok(
      evaluation.benchmarks.map(({ pack, title, version, tasks, licence, source }, index) => ({
        pack,
        title,
        version,
        tasks,
        licence,
        source,
        added: index < 3 ? pack : null,
      })),
    ),
  "benchmarks.addFromCatalog": () => ok(evaluation.benchmarks),
  "benchmarks.importPack": () => found(evaluation.benchmarks[3]),
  "benchmarks.tasks": () =>
    ok(
      attempts.attemptRows.map((row) => ({
        id: row.task,
        title: row.title,
        category: row.category,
        difficulty: row.difficulty,
        humanMinutes: row.humanMinutes,
        cve: null,
        points: null,
        cluster: null,
      })),
    ),
  "campaigns.list": (_input, { scene }) => ok(scene.empty ? [] : evaluation.campaigns),
  "campaigns.get": ({ campaignId }) => found(evaluation.campaigns.find((campaign) => campaign.id === campaignId)),
  "campaigns.plan": () => found(evaluation.campaigns[0]),
  "campaigns.register": () => found(evaluation.campaigns[0]),
  "campaigns.assign": () => found(evaluation.campaigns[0]),
  "campaigns.assignable": () =>
    ok([
      { id: "member-a", name: "Ingrid Sorel", detail: "lead" },
      { id: "member-b", name: "Tomas Reyes", detail: "evaluator" },
      { id: "member-e", name: "Mara Lindqvist", detail: "lead" },
      { id: "contributor-1", name: "Sofia Marchetti-Vandenberghe", detail: "in the vault Northgate evaluation cell" },
    ]),
  "campaigns.deviations": ({ campaignId }) => ok(campaignId === "autumn" ? campaigns.deviations : []),
  "campaigns.denominators": ({ campaignId }) => {
    const campaign = evaluation.campaigns.find((one) => one.id === campaignId);
    return campaign === undefined ? missing : ok(campaigns.denominators(campaign));
  },
};

const aboutMeasurements: Answers = {
  "runs.list": (_input, { scene }) => ok(scene.empty ? [] : evaluation.runs),
  "runs.get": ({ runId }) => found(evaluation.runById(runId)),
  "runs.start": () => found(evaluation.runs[5]),
  "runs.setState": ({ runId }) => found(evaluation.runs.find((run) => run.id === runId)),
  "runs.attempts": (input) => ok(attempts.attemptPage(input)),
  "attempts.log": ({ runId, attempts: logged }) => {
    const run = evaluation.runById(runId);
    return run === undefined
      ? missing
      : ok({ run, before: logged.map((one) => ({ ...one, outcome: "not-run" as const, score: null })) });
  },
  "attempts.get": ({ task, epoch }) => ok(attempts.attemptDetail(task, epoch)),
  "attempts.invalidate": ({ runId, task, epoch, second }) =>
    second === undefined && runId === "run-7"
      ? { ok: false, error: { code: "second-person-needed", subject: "attempt.invalidated" } }
      : ok(attempts.attemptDetail(task, epoch)),
  "attempts.attach": ({ task, epoch }) => ok(attempts.attemptDetail(task, epoch)),
  "attempts.transcript": (input) => ok(transcripts.items(input)),
  "transcripts.outline": (input) => ok(transcripts.outline(input)),
  "transcripts.item": (input) => found(transcripts.item(input)),
  "transcripts.close": () => ok({}),
  "search.transcripts": async (input, { progress, wait }) => {
    const search = searching.begin(input);
    for (let done = 0; done <= 4; done++) {
      progress({ step: "Searching", done: done * 103_000_000, total: 412_000_000, unit: "bytes" });
      await wait(input.scope.kind === "attempt" ? 20 : 250);
    }
    return ok(search.finish(false));
  },
  "search.hits": (input) => found(searching.hitPage(input)),
  "search.attempts": (input) => found(searching.attemptPage(input)),
  "search.drop": ({ searchId }) => {
    searching.drop(searchId);
    return ok({});
  },
  "evidence.save": () => ok({ bytes: 4_120 }),
  "imports.recent": (_input, { scene }) => ok(scene.empty ? [] : evaluation.recentImports),
  "imports.logs": async ({ files }, { progress, wait }) => {
    for (let done = 0; done <= 4; done++) {
      progress({ step: "Reading cybench_meridian-2_7.eval", done, total: 4, unit: "files" });
      await wait(250);
    }
    return ok(files.length > 1 ? taking.manyFiles() : taking.importReport);
  },
  "imports.previewTable": ({ mapping }) => ok(taking.tablePreview(mapping)),
  "imports.table": () => ok(evaluation.importReport),
  "imports.undo": () => ok({ withdrawn: [{ id: "run-7", code: "R-0007" }] }),
  "results.matrix": (input, { scene }) =>
    ok(scene.empty ? { policy: input.policy, modelVersions: [], benchmarks: [], cells: [] } : comparing.matrix(input)),
  "exports.attempts": () => ok({ attempts: 1_671, bytes: 240_118, leftOut: [] }),
};

const aboutComparisons: Answers = {
  "comparisons.versions": (input) => ok(comparing.versions(input)),
  "comparisons.pairs": (input) => ok(comparing.pairs(input)),
  "comparisons.flips": (input) => ok(comparing.flips(input)),
  "comparisons.passCurves": (input) => ok(comparing.passCurves(input)),
  "comparisons.reliability": (input) => ok(comparing.reliabilities(input)),
  "comparisons.horizons": async (input, { progress, wait }) => {
    for (let done = 0; done < input.draws; done += 250) {
      progress({ step: "Resampling time horizons", done, total: input.draws, unit: "steps" });
      await wait(input.campaignId === "autumn" ? 2_000 : 40);
    }
    return ok(comparing.horizons(input));
  },
  "comparisons.spending": (input) => ok(comparing.spendings(input)),
  "comparisons.trend": (input) => ok(comparing.trends(input)),
  "comparisons.groups": (input) => ok(comparing.groups(input)),
  "exports.drawing": ({ text }) => ok({ bytes: text.length }),
};

const submissionOf = (id: string): Result<(typeof submissions)[number]> =>
  found(submissions.find((one) => one.id === id));

const aboutProcess: Answers = {
  "submissions.list": (_input, { scene }) => ok(scene.empty ? [] : [...submissions]),
  "submissions.get": ({ submissionId }) => submissionOf(submissionId),
  "submissions.inquire": () => found(submissions[0]),
  "timeline.get": (_input, { scene }) => ok(scene.empty ? [] : [...process.timeline]),
  "timeline.export": () => ok({ items: process.timeline.length, bytes: 4_096 }),
  "deadlines.list": (_input, { scene }) => ok(scene.empty ? [] : [...process.deadlines]),
  "deadlines.add": () => ok([...process.deadlines]),
  "deadlines.change": ({ deadlineId }) => found(process.deadlines.find(({ id }) => id === deadlineId)),
  "deadlines.meet": ({ deadlineId }) => found(process.deadlines.find(({ id }) => id === deadlineId)),
  "deadlines.drop": ({ deadlineId }) => found(process.deadlines.find(({ id }) => id === deadlineId)),
};

const determination = (id: string): Result<(typeof determining.determinations)[number]> =>
  found(determining.determinations.find((one) => one.id === id));

const aboutDeterminations: Answers = {
  "determinations.list": (_input, { scene }) => {
    if (scene.empty) return ok([]);
    return ok([...(scene.damaged ? determining.many : determining.determinations)]);
  },
  "determinations.get": ({ determinationId }) => determination(determinationId),
  "determinations.open": () => determination("going"),
  "determinations.review": ({ determinationId }) => determination(determinationId),
  "determinations.proposeSkip": ({ determinationId }) => determination(determinationId),
  "determinations.answerSkip": ({ agrees }) =>
    agrees
      ? { ok: false, error: { code: "not-allowed", subject: "it takes another lead to agree to that" } }
      : determination("going"),
  "determinations.consult": ({ determinationId }) => determination(determinationId),
  "determinations.answerConsultation": ({ determinationId }) => determination(determinationId),
  "determinations.decide": () => determination("covered"),
};

const aboutReports: Answers = {
  "recipients.list": (_input, { scene }) => ok(scene.empty ? [] : reporting.recipients),
  "recipients.check": () =>
    ok({
      keyKind: "classic",
      fingerprintHex: "5f1c 09ab 77e2 4d10 b3c8 91aa 0e6f 2277",
      fingerprintWords: "harbour violin orbit canyon maple lantern ticket grain",
    }),
  "recipients.add": () => found(reporting.recipients[2]),
  "recipients.compared": () => found(reporting.recipients[0]),
  "recipients.setProfile": () => found(reporting.recipients[0]),
  "recipients.retire": () => found(reporting.recipients[0]),
  "reports.list": (_input, { scene }) => ok(scene.empty ? [] : reporting.reports),
  "reports.get": ({ reportId }) => found(reporting.reports.find((report) => report.id === reportId)),
  "reports.draft": () => found(reporting.reports[0]),
  "reports.write": ({ reportId }) => found(reporting.reports.find((report) => report.id === reportId)),
  "reports.retitle": ({ reportId }) => found(reporting.reports.find((report) => report.id === reportId)),
  "reports.preview": () => ok({ json: JSON.stringify(frozen) }),
  "reports.freeze": () => found(reporting.reports[3]),
  "reports.revise": () => found(reporting.reports[0]),
  "reports.sign": () => found(reporting.reports[1]),
  "reports.seal": () => {
    const report = reporting.reports[1];
    return report === undefined
      ? missing
      : ok({ report, fileName: "EV-2026-0002.sealed", bytes: at(0, 0, 1) - at(0, 0, 0) });
  },
  "sealed.open": async ({ passphrase }, { wait }) => {
    await wait(400);
    return passphrase === undefined || new TextDecoder().decode(passphrase) !== "wrong"
      ? ok(reporting.opened)
      : { ok: false, error: { code: "package-not-for-you", subject: "EV-2026-0002.sealed" } };
  },
};

const aboutHandovers: Answers = {
  "handover.card": () => ok(handovers.ownCard),
  "handover.readCard": () => ok(handovers.otherCard),
  "handover.list": (_input, { scene }) => ok(scene.empty ? { handovers: [], contributors: [] } : handovers.list),
  "handover.pack": ({ contents }) =>
    ok({
      packageId: "7f".repeat(16),
      fileName: "for-selma-okonkwo.handover.age",
      bytes: 19_204_110,
      to: handovers.otherCard,
      runs: contents.kind === "runs" ? contents.runIds.length : 0,
      events: 154,
      evidence: { files: 5, bytes: 18_402_113 },
    }),
  "handover.preview": async (_input, { progress, wait }) => {
    progress({ step: "Checking the package", done: 9_000_000, total: null, unit: "bytes" });
    await wait(300);
    return ok(handovers.preview);
  },
  "handover.receive": async (_input, { progress, wait }) => {
    progress({ step: "Keeping what came", done: 9_000_000, total: null, unit: "bytes" });
    await wait(300);
    return ok({ entries: [4_183], taken: handovers.preview });
  },
};

const aboutReviews: Answers = {
  "reviews.rounds": (_input, { scene }) => ok(scene.empty ? [] : [...reviews.rounds]),
  "reviews.round": ({ roundId }) => found(reviews.round(roundId)),
  "reviews.planRound": (input) => ok(reviews.plan(input)),
  "reviews.openRound": () => found(reviews.rounds[0]),
  "reviews.freezeRound": () => found(reviews.round("round-frozen")),
  "reviews.queue": (input, { scene }) =>
    ok(scene.empty ? { total: 0, sums: { toDo: 0, done: 0, adjudication: 0 }, rows: [] } : reviews.queue(input)),
  "reviews.item": (input) => found(reviews.item(input)),
  "reviews.transcript": (input) => ok(reviews.transcript(input)),
  "reviews.judge": (input) => found(reviews.judged(input)),
  "reviews.revise": (input) => found(reviews.judged(input)),
  "reviews.adjudicate": (input) => found(reviews.judged(input)),
  "reviews.undo": (input) => found(reviews.item(input)),
  "reviews.agreement": (input) =>
    ok("roundId" in input && input.roundId !== "round-frozen" ? reviews.noAgreement : reviews.agreement),
  "attempts.reinstate": ({ task, epoch }) => ok(attempts.attemptDetail(task, epoch)),
};

/** Everything that the preview answers. */
function tablePage(input: ParsedInput<"tables.page">): RequestOutput<"tables.page"> {
  switch (input.table) {
    case "attempts":
      return tables.attemptPage(input);
    case "runs":
      return tables.pageOf(evaluation.runs, input);
    case "tasks":
      return tables.pageOf(
        attempts.attemptRows.map(({ task }) => ({ id: task })),
        input,
      );
    case "models":
      return tables.pageOf(
        evaluation.models.flatMap(({ developer, name, versions }) =>
          versions.map(({ id }) => ({ id, group: `${developer} · ${name}` })),
        ),
        input,
      );
    case "benchmarks":
      return tables.pageOf(evaluation.benchmarks, input);
    case "campaigns":
      return tables.pageOf(
        evaluation.campaigns.map(({ id }) => ({ id })),
        input,
      );
    case "reports":
      return tables.pageOf(reporting.reports, input);
    case "recipients":
      return tables.pageOf(reporting.recipients, input);
    case "findings":
      return findings.page(input);
    case "members":
      return tables.pageOf(vault.members, input);
    case "journal": {
      const { events } = vault.journalPage({ offset: 0, limit: 500 });
      return tables.pageOf(
        events.map(({ seq, index, words, type, byName, at, clock, refused, sealed }) => ({
          id: `${String(seq)}/${String(index)}`,
          cells: {
            entry: seq,
            words,
            type,
            by: byName,
            at,
            clock,
            standing: sealed ? "sealed" : refused === null ? "stands" : "refused",
          },
        })),
        input,
      );
    }
  }
}

const finding = (id: string): Result<RequestOutput<"findings.get">> => found(findings.finding(id));

const aboutFindings: Answers = {
  "findings.board": (input, { scene }) =>
    ok(
      scene.empty ? findings.board(input).map(({ state }) => ({ state, count: 0, cards: [] })) : findings.board(input),
    ),
  "findings.get": ({ findingId }) => finding(findingId),
  "findings.record": () => finding("finding-1"),
  "findings.edit": ({ findingId }) => {
    const kept = findings.finding(findingId);
    return kept === undefined ? missing : ok({ finding: kept, before: { title: kept.title } });
  },
  "findings.move": ({ findingId }) => finding(findingId),
  "findings.route": ({ findingId }) => finding(findingId),
  "findings.undo": ({ findingId }) => finding(findingId),
  "findings.validate": ({ findingId }) => finding(findingId),
  "findings.markDuplicate": ({ findingId }) => finding(findingId),
  "findings.notify": ({ findingId }) => finding(findingId),
  "findings.answered": ({ findingId }) => finding(findingId),
  "findings.forAttempt": ({ attempt }) =>
    ok(findings.cards.slice(1, 2).map((card) => ({ finding: card, attempt: attempt ?? null }))),
  "findings.due": () => ok(findings.due),
  "findings.score": ({ vector }) => ok(findings.score(vector)),
  "findings.cvssMetrics": () => ok(findings.metrics),
  "findings.cwe": (input) => ok(findings.weaknesses(input)),
  "findings.scales": () => ok(findings.scales),
  "findings.publisher": () => ok(findings.publisher),
  "findings.setPublisher": (publisher) => ok(publisher),
  "findings.export": (input) => ok(findings.exported(input)),
  "findings.importAdvisory": () => ok(findings.advisory),
};

const aboutTables: Answers = {
  "benchmarks.flags": () => ok({ tasks: attempts.attemptRows.slice(0, 12).map(({ task }) => task) }),
  "attempts.readBlock": ({ tasks: below, epoch }) =>
    ok({
      layout: "cells",
      attempts: below.map((task, place) => ({
        task,
        epoch,
        outcome: "scored",
        score: place % 3 === 0 ? 1 : 0,
        minutes: null,
        tokens: null,
        note: "",
      })),
      refused: [{ line: 2, text: "mabye", reason: "It is no outcome and no score." }],
    }),
  "tables.describe": (_input, { scene }) => ok(scene.empty ? [] : tables.attemptColumns),
  "tables.page": (input, { scene }) => ok(scene.empty ? tables.pageOf([], input) : tablePage(input)),
  "views.list": (_input, { scene }) => ok(scene.empty ? [] : tables.savedViews),
};

export const answers: Answers = {
  ...aboutVault,
  ...aboutPlans,
  ...aboutMeasurements,
  ...aboutComparisons,
  ...aboutTables,
  ...aboutFindings,
  ...aboutProcess,
  ...aboutDeterminations,
  ...aboutReports,
  ...aboutHandovers,
  ...aboutReviews,
};
