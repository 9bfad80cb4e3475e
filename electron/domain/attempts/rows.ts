import type { AttemptRecord } from "../../contract/attempt.ts";
import { meetsRule, type SolveRule } from "../../statistics/denominator.ts";
import { ledgerState } from "../../statistics/ledger.ts";
import type { ReadModel, SqlValue } from "../read-model.ts";

/** Attempts as rows of the read model. */

function solvedColumn(attempt: AttemptRecord, rule: SolveRule): number | null {
  return attempt.score === null ? null : Number(meetsRule(attempt.score, rule));
}

const columnCount = 29;
const rowSql = `(${Array.from({ length: columnCount }, () => "?").join(", ")})`;
/** Rows that go in together: each call into SQLite costs as much as some of them. */
const rowsTogether = 32;
const putOne = `INSERT OR REPLACE INTO attempt VALUES ${rowSql}`;
const putMany = `INSERT OR REPLACE INTO attempt VALUES ${Array.from({ length: rowsTogether }, () => rowSql).join(", ")}`;

/** Writes one attempt; `fromLog` marks what a harness said, which people annotate but never overwrite. */
export function putAttempt(
  model: ReadModel,
  run: number,
  attempt: AttemptRecord,
  rule: SolveRule,
  fromLog: boolean,
): void {
  const values: SqlValue[] = [];
  addValues(values, run, attempt, rule, fromLog);
  model.run(putOne, ...values);
}

/** {@link putAttempt} for all attempts of a log. */
export function putLoggedAttempts(
  model: ReadModel,
  run: number,
  attempts: readonly AttemptRecord[],
  rule: SolveRule,
): void {
  const whole = attempts.length - (attempts.length % rowsTogether);
  for (let at = 0; at < whole; at += rowsTogether) {
    const values: SqlValue[] = [];
    for (const attempt of attempts.slice(at, at + rowsTogether)) addValues(values, run, attempt, rule, true);
    model.run(putMany, ...values);
  }
  for (const attempt of attempts.slice(whole)) putAttempt(model, run, attempt, rule, true);
}

/** Adds a row's values, in the order of the table's columns. */
function addValues(values: SqlValue[], run: number, attempt: AttemptRecord, rule: SolveRule, fromLog: boolean): void {
  values.push(
    run,
    attempt.task,
    attempt.epoch,
    attempt.outcome,
    ledgerState(attempt, rule),
    solvedColumn(attempt, rule),
    attempt.score,
    attempt.scores.length === 0 ? "[]" : JSON.stringify(attempt.scores),
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
    JSON.stringify(attempt.metadata),
    attempt.file,
    attempt.outcome,
    attempt.score,
    null,
    null,
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
    metadata: {},
    file: 0,
  };
}
