import type { AttemptRecord } from "../../contract/attempt.ts";
import { meetsRule, type SolveRule } from "../../statistics/denominator.ts";
import { ledgerState } from "../../statistics/ledger.ts";
import type { ReadModel } from "../read-model.ts";

/** Attempts as rows of the read model. */

function solvedColumn(attempt: AttemptRecord, rule: SolveRule): number | null {
  return attempt.score === null ? null : Number(meetsRule(attempt.score, rule));
}

/** Writes one attempt; `fromLog` marks what a harness said, which people annotate but never overwrite. */
export function putAttempt(
  model: ReadModel,
  run: number,
  attempt: AttemptRecord,
  rule: SolveRule,
  fromLog: boolean,
): void {
  model.run(
    `INSERT OR REPLACE INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    run,
    attempt.task,
    attempt.epoch,
    attempt.outcome,
    ledgerState(attempt, rule),
    solvedColumn(attempt, rule),
    attempt.score,
    JSON.stringify(attempt.scores),
    attempt.limit,
    attempt.error,
    attempt.invalidation,
    attempt.inputTokens,
    attempt.outputTokens,
    attempt.totalTokens,
    attempt.cost,
    attempt.totalMs,
    attempt.workingMs,
    attempt.startedAt,
    attempt.retries,
    attempt.member,
    attempt.cluster,
    attempt.note,
    fromLog ? 1 : 0,
  );
}

/** A planned attempt that nobody has made yet. */
export function notRun(task: string, epoch: number, cluster: string | null): AttemptRecord {
  return {
    task,
    epoch,
    outcome: "not-run",
    score: null,
    scores: [],
    inputTokens: null,
    outputTokens: null,
    totalTokens: null,
    cost: null,
    totalMs: null,
    workingMs: null,
    startedAt: null,
    limit: null,
    error: null,
    invalidation: null,
    messages: null,
    retries: 0,
    member: null,
    cluster,
    note: "",
  };
}
