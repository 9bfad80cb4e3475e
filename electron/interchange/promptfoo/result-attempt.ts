import type { AttemptRecord, LoggedScore, OutcomeState } from "../../contract/attempt.ts";
import { wellFormed } from "../json/fields.ts";
import type { ResultRow } from "./result-row.ts";

/** A row of promptfoo as an attempt. */

const errorReason = 2;
const timedOut = /timed? ?out|max(?:imum)? (?:eval )?duration|\babort(?:ed)?\b.*\btime/i;
/** Failures of a provider's side, as promptfoo's providers word them. */
const providerFailure =
  /\bAPI (?:call )?error\b|\b(?:4\d\d|5\d\d) (?:[A-Z][a-z]+|\{)|rate limit|quota|overloaded|content.?filter|context.?length/i;

/** True where the test did not get to be judged, as against judged and failed. */
export function endedInError(row: ResultRow): boolean {
  if (row.failureReason !== null) return row.failureReason === errorReason;
  return row.error !== null && !row.graded;
}

/**
 * The one state that a row ended in. The first that fits:
 *
 * 1. an error (`failureReason` 2, or in older files an error without a grading): `limit-reached` where it timed out,
 *    `model-error` where the provider failed, `infrastructure-fault` for anything else;
 * 2. `refused`: the provider marked the answer as a refusal or filtered it, and the test did not pass;
 * 3. `scored` where promptfoo said pass or fail, `unscored` where it did not.
 */
export function outcomeOf(row: ResultRow): OutcomeState {
  if (endedInError(row)) {
    const error = row.error ?? "";
    if (timedOut.test(error)) return "limit-reached";
    return providerFailure.test(error) ? "model-error" : "infrastructure-fault";
  }
  const filtered = row.refused || row.finishReason === "content_filter";
  if (filtered && row.success !== true) return "refused";
  return row.success === null ? "unscored" : "scored";
}

function amount(value: number | null | undefined): number | null {
  return typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : null;
}

function scoresOf(row: ResultRow): LoggedScore[] {
  const scores: LoggedScore[] = [];
  if (row.success !== null) scores.push({ scorer: "pass", value: row.success, number: row.success ? 1 : 0 });
  if (row.score !== null) scores.push({ scorer: "score", value: row.score, number: row.score });
  for (const [name, value] of row.namedScores) {
    scores.push({ scorer: wellFormed(name).slice(0, 500), value, number: value });
  }
  return scores;
}

function usageOf({ tokens, cost }: ResultRow) {
  return {
    inputTokens: amount(tokens?.prompt),
    outputTokens: amount(tokens?.completion),
    totalTokens: amount(tokens?.total),
    cost: amount(cost),
  };
}

/**
 * The attempt. Its score is promptfoo's verdict, 1 for pass and 0 for fail, because a test may pass with a score below 1;
 * the score stays beside it. Why an assertion failed is the note.
 */
export function attemptOf(row: ResultRow, task: string, epoch: number): AttemptRecord {
  const outcome = outcomeOf(row);
  const errored = endedInError(row);
  const verdict = row.success === null ? null : Number(row.success);
  const note = errored ? "" : (row.reason ?? row.error ?? "");
  return {
    task,
    epoch,
    outcome,
    score: errored ? null : verdict,
    scores: errored ? [] : scoresOf(row),
    ...usageOf(row),
    totalMs: amount(row.latencyMs),
    workingMs: null,
    startedAt: null,
    limit: outcome === "limit-reached" ? "time" : null,
    error: errored ? wellFormed((row.error ?? "It ended in an error.").slice(0, 4_000)) : null,
    invalidation: null,
    messages: null,
    retries: 0,
    member: null,
    cluster: null,
    note: wellFormed(note.slice(0, 4_000)),
    metadata: row.metadata,
    file: 0,
  };
}
