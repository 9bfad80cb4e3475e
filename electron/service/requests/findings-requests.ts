import type { advisoryRequests } from "../../contract/advisories.ts";
import type { findingRequests, Finding } from "../../contract/findings.ts";
import { attemptDetail } from "../../domain/attempts/queries.ts";
import type { Draft } from "../../domain/event.ts";
import {
  editFinding,
  findFinding,
  markDuplicate,
  recordFinding,
  undoMove,
  unmarkDuplicate,
} from "../../domain/findings/commands.ts";
import { cvssChoices, scoreVector } from "../../domain/findings/cvss.ts";
import {
  findingAnswered,
  findingMoved,
  findingNotified,
  findingRouted,
  findingValidated,
} from "../../domain/findings/events.ts";
import { findingBoard, findingDeadlines, findingsOfAttempt, getFinding } from "../../domain/findings/queries.ts";
import { advisoryPublisher, publisherSet } from "../../domain/findings/publisher.ts";
import { listScales, scaleSaved } from "../../domain/findings/scales.ts";
import { Refusal } from "../../domain/refusal.ts";
import { runFacts } from "../../domain/runs/state.ts";
import { cweVersion, searchWeaknesses, weaknessName } from "../../interchange/cwe-list.ts";
import { exportFindings, holdAgainst } from "../findings/export-findings.ts";
import { stageFile, type StagedEvidence } from "../evidence.ts";
import type { Handlers } from "../handlers.ts";
import type { Host } from "../host.ts";
import { newId } from "../new-id.ts";
import type { CommitOptions } from "../open-session.ts";
import { sha256 } from "../text-hash.ts";

function finding(host: Host, findingId: string): Finding {
  const { model, vault } = host.session;
  const found = getFinding(model, findingId, { member: vault.memberId, sha256, weaknessName });
  if (found === null) throw new Refusal("not-found", "the finding");
  return found;
}

function done(host: Host, findingId: string, draft: Draft, options: CommitOptions = {}): Finding {
  host.session.commit([draft], options);
  host.changed();
  return finding(host, findingId);
}

function mustBeThere(host: Host, runId: string, attempt: { task: string; epoch: number }): void {
  const run = runFacts(host.session.model, runId);
  if (run === null) throw new Refusal("not-found", "the run");
  if (attemptDetail(host.session, run, attempt) === null) {
    throw new Refusal("not-found", `${attempt.task}, epoch ${String(attempt.epoch)}`);
  }
}

export const findingHandlers: Handlers<keyof typeof findingRequests | keyof typeof advisoryRequests> = {
  "findings.get": ({ host }, { findingId }) => finding(host, findingId),

  "findings.record": ({ host }, { compartment, ...input }) => {
    const { runId, attempt } = input.source;
    if (runId !== null && attempt !== null) mustBeThere(host, runId, attempt);
    const { findingId, draft } = recordFinding(host.session.model, input, newId);
    return done(host, findingId, draft, { compartment });
  },

  "findings.edit": ({ host }, input) => {
    const { draft, before } = editFinding(host.session.model, input);
    const { findingId } = input;
    return { finding: draft === null ? finding(host, findingId) : done(host, findingId, draft), before };
  },

  "findings.move": ({ host }, { findingId, to, reason }) => {
    findFinding(host.session.model, findingId);
    return done(host, findingId, findingMoved.draft({ findingId, act: { kind: "moved", to, reason } }));
  },

  "findings.route": ({ host }, { findingId, parties, reason }) => {
    findFinding(host.session.model, findingId);
    return done(host, findingId, findingRouted.draft({ findingId, act: { kind: "routed", parties, reason } }));
  },

  "findings.undo": ({ host }, input) => done(host, input.findingId, undoMove(host.session.model, input)),

  "findings.validate": async (context, { findingId, result, steps, environment, files }) => {
    const { host } = context;
    const { facts } = findFinding(host.session.model, findingId);
    const draft = (evidence: StagedEvidence["evidence"][]): Draft =>
      findingValidated.draft({ findingId, act: { kind: "validated", result, steps, environment, evidence } });
    // Refused before files are read, not after.
    host.session.rehearse([draft([])]);
    const staged: StagedEvidence[] = [];
    for (const file of files) staged.push(await stageFile(context, file, facts.compartment));
    const evidence = staged.map((one) => one.evidence);
    return done(host, findingId, draft(evidence), { blobs: staged.map(({ blob }) => blob) });
  },

  "findings.markDuplicate": ({ host }, input) => done(host, input.findingId, markDuplicate(host.session.model, input)),

  "findings.unmarkDuplicate": ({ host }, input) =>
    done(host, input.findingId, unmarkDuplicate(host.session.model, input)),

  "findings.notify": ({ host }, { findingId, ...told }) => {
    findFinding(host.session.model, findingId);
    return done(host, findingId, findingNotified.draft({ findingId, act: { kind: "notified", ...told } }));
  },

  "findings.answered": ({ host }, { findingId, noticeId, at, words }) => {
    findFinding(host.session.model, findingId);
    const act = { kind: "answered" as const, notice: noticeId, at, words };
    return done(host, findingId, findingAnswered.draft({ findingId, act }));
  },

  "findings.board": ({ host }, { kind, limit }) => findingBoard(host.session.model, kind, limit),

  "findings.forAttempt": ({ host }, { runId, attempt }) => findingsOfAttempt(host.session.model, runId, attempt),

  "findings.due": ({ host }) => findingDeadlines(host.session.model, host.now()),

  "findings.score": (_, { vector }) => scoreVector(vector),

  "findings.cvssMetrics": (_, { version }) => cvssChoices(version),

  "findings.cwe": (_, { words, limit }) => ({ version: cweVersion, weaknesses: searchWeaknesses(words, limit) }),

  "findings.scales": ({ host }) => listScales(host.session.model),

  "findings.saveScale": ({ host }, scale) => {
    host.session.commit([scaleSaved.draft(scale)]);
    host.changed();
    return listScales(host.session.model);
  },

  "findings.publisher": ({ host }) => advisoryPublisher(host.session.model),

  "findings.setPublisher": ({ host }, publisher) => {
    host.session.commit([publisherSet.draft(publisher)]);
    host.changed();
    return advisoryPublisher(host.session.model);
  },

  "findings.export": ({ host }, input) =>
    exportFindings(
      host,
      input,
      [...new Set(input.findingIds)].map((one) => finding(host, one)),
    ),

  "findings.importAdvisory": ({ host }, { file }) => holdAgainst(host, file),
};
