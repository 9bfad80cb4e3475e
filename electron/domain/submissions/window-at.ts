import type { AccessWindow } from "../../contract/submissions.ts";
import { accessWindow, type Reading, type WindowFacts } from "./access-window.ts";
import type { SubmissionRecord } from "./record.ts";

function factsOf(record: SubmissionRecord): WindowFacts | null {
  if (record.submitted === null) return null;
  return {
    rule: record.submitted.terms.window,
    grantedAt: record.grantedAt,
    partnerReleases: record.dates.filter(({ which }) => which === "partner-release"),
    closedEarlyAt: record.closedEarlyAt,
    withdrawnAt: record.withdrawn?.at ?? null,
  };
}

/** The window of a submission as a clock reads; null while nothing was submitted. */
export function windowOf(record: SubmissionRecord, reading: Reading): AccessWindow | null {
  const facts = factsOf(record);
  return facts === null ? null : accessWindow(facts, reading);
}

/** The same when something was written down at `at`: no earlier than what was written of this submission before. */
export function windowAt(record: SubmissionRecord, at: number): AccessWindow | null {
  const latest = record.history.reduce((last, one) => Math.max(last, one.at), 0);
  return windowOf(record, { now: at, latest });
}
