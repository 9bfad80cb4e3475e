import type {
  AccessWindow,
  BenchmarkSession,
  CustodyItem,
  Partner,
  Submission,
  SubmissionState,
} from "../../contract/submissions.ts";
import { benchmarkTitle } from "../benchmarks/queries.ts";
import { codePrefix } from "../compartments/queries.ts";
import { memberName } from "../members/queries.ts";
import { modelVersionWords } from "../models/queries.ts";
import { numberOrNull, type ReadModel } from "../read-model.ts";
import { dayAt } from "./access-window.ts";
import {
  submissionRecord,
  submissionRecords,
  writtenState,
  type CustodyRecord,
  type PartnerRecord,
  type SessionRecord,
  type SubmissionRecord,
} from "./record.ts";
import { windowOf } from "./window-at.ts";

/** The latest time that the journal holds, ms since 1970; 0 in an empty one. */
export function latestTime(model: ReadModel): number {
  const row = model.get("SELECT max(latest) AS latest FROM clock");
  return row === undefined ? 0 : (numberOrNull(row, "latest") ?? 0);
}

function partnerState(partner: PartnerRecord): Partner["state"] {
  const { developer, government, accessOn } = partner;
  if (developer === false || government === false) return "declined";
  if (accessOn !== null) return "given-access";
  return developer === true && government === true ? "agreed" : "proposed";
}

function sessionOf(model: ReadModel, session: SessionRecord): BenchmarkSession {
  return {
    ...session,
    benchmarks: session.benchmarkIds.map((id) => benchmarkTitle(model, id)),
    startedBy: memberName(model, session.startedBy),
  };
}

/** What is held after a withdrawal, or after the day until which it may be kept, is overdue. */
function custodyOf(model: ReadModel, record: SubmissionRecord, item: CustodyRecord, now: number): CustodyItem {
  if (item.ended !== null)
    return { ...item, ended: { ...item.ended, by: memberName(model, item.ended.by) }, state: "ended" };
  const terms = record.submitted?.terms;
  const until = terms?.retainUntil ?? null;
  const isLate = until !== null && dayAt(now, terms?.window.zone ?? "UTC") > until;
  return { ...item, ended: null, state: isLate || record.withdrawn !== null ? "overdue" : "held" };
}

function stateOf(record: SubmissionRecord, window: AccessWindow | null): SubmissionState {
  const written = writtenState(record);
  return written === "access-open" && window?.state === "ended" ? "closed" : written;
}

function submittedOf(model: ReadModel, { submitted }: SubmissionRecord): Submission["submitted"] {
  if (submitted === null) return null;
  const { modelVersionIds, by, ...rest } = submitted;
  return {
    ...rest,
    by: memberName(model, by),
    modelVersions: modelVersionIds.map((id) => ({ id, words: modelVersionWords(model, id) })),
  };
}

function named<T extends { readonly by: string }>(model: ReadModel, said: T): T {
  return { ...said, by: memberName(model, said.by) };
}

/** "S-0003". */
export function submissionCode(model: ReadModel, { compartment, place }: SubmissionRecord): string {
  return `S-${codePrefix(model, compartment)}${String(place).padStart(4, "0")}`;
}

/** A submission as it stands at `now`, ms since 1970 by the workstation. */
export function describeSubmission(model: ReadModel, record: SubmissionRecord, now: number): Submission {
  const window = windowOf(record, { now, latest: latestTime(model) });
  const state = stateOf(record, window);
  const { id, developer, codename, programme, compartment, dates, withdrawn } = record;
  return {
    id,
    code: submissionCode(model, record),
    developer,
    codename,
    programme,
    compartment,
    state,
    closedBy: state === "closed" || state === "withdrawn" ? (window?.endsBy ?? null) : null,
    inquiry: {
      claim: record.claim,
      question: record.question,
      at: record.at,
      by: memberName(model, record.by),
      answer: record.answer === null ? null : named(model, record.answer),
    },
    submitted: submittedOf(model, record),
    window,
    dates: dates.map((change) => named(model, change)),
    publicRelease: dates.findLast(({ which }) => which === "public-release")?.on ?? null,
    needToKnow: record.needToKnow,
    partners: withdrawn === null ? record.partners.map((one) => ({ ...one, state: partnerState(one) })) : [],
    partnersHidden: withdrawn === null ? 0 : record.partners.length,
    sessions: record.sessions.map((session) => sessionOf(model, session)),
    custody: record.custody.map((item) => custodyOf(model, record, item, Math.max(now, latestTime(model)))),
    withdrawn: withdrawn === null ? null : named(model, withdrawn),
    history: record.history.map((one) => named(model, one)),
  };
}

/** All submissions, those that go on first, the newest first among each. */
export function listSubmissions(model: ReadModel, now: number): Submission[] {
  const all = submissionRecords(model).map((record) => describeSubmission(model, record, now));
  const isOver = ({ state }: Submission): number => Number(state === "closed" || state === "withdrawn");
  return all.toReversed().sort((a, b) => isOver(a) - isOver(b));
}

export function getSubmission(model: ReadModel, id: string, now: number): Submission | null {
  const record = submissionRecord(model, id);
  return record === null ? null : describeSubmission(model, record, now);
}

/** Model versions whose developer withdrew without leave to tell results to others. */
export function withdrawnVersions(model: ReadModel): ReadonlySet<string> {
  return new Set(
    submissionRecords(model).flatMap(({ withdrawn, submitted }) =>
      withdrawn === null || submitted === null || submitted.terms.resultsAfterWithdrawal
        ? []
        : submitted.modelVersionIds,
    ),
  );
}
