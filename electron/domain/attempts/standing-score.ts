import { outcomeStates, type OutcomeState } from "../../contract/attempt.ts";
import { meetsRule, type SolveRule } from "../../statistics/denominator.ts";
import { ledgerState } from "../../statistics/ledger.ts";
import { numberOrNull, oneOf, text, textOrNull, type ReadModel, type Row } from "../read-model.ts";

/**
 * What an attempt counts as: what its scorer (or who logged it) gave, unless a review corrected the score or somebody
 * invalidated it. What was given stays beside it.
 */

export interface AttemptPlace {
  readonly run: number;
  readonly task: string;
  readonly epoch: number;
}

const here = "run = ? AND task = ? AND epoch = ?";

/** States that are judged by their score: a corrected score leaves the state as it is. */
const byScore: ReadonlySet<OutcomeState> = new Set<OutcomeState>(["scored", "limit-reached", "refused"]);

function standingOutcome(row: Row): OutcomeState {
  const given = oneOf(row, "given_outcome", outcomeStates);
  if (textOrNull(row, "invalidation") !== null || given === "invalidated") return "invalidated";
  return numberOrNull(row, "reviewed_score") === null || byScore.has(given) ? given : "scored";
}

/** Writes down anew what an attempt counts as, after its invalidation or its reviewed score changed. */
function settle(model: ReadModel, { run, task, epoch }: AttemptPlace, rule: SolveRule): void {
  const row = model.get(`SELECT * FROM attempt WHERE ${here}`, run, task, epoch);
  if (row === undefined) return;
  const outcome = standingOutcome(row);
  const score = numberOrNull(row, "reviewed_score") ?? numberOrNull(row, "given_score");
  model.run(
    `UPDATE attempt SET outcome = ?, ledger = ?, solved = ?, score = ? WHERE ${here}`,
    outcome,
    ledgerState({ outcome, score }, rule),
    score === null ? null : Number(meetsRule(score, rule)),
    score,
    run,
    task,
    epoch,
  );
}

export function invalidate(
  model: ReadModel,
  place: AttemptPlace,
  why: { readonly reason: string; readonly code: string | null },
  rule: SolveRule,
): void {
  const sql = `UPDATE attempt SET invalidation = ?, invalidation_code = ? WHERE ${here}`;
  model.run(sql, why.reason, why.code, place.run, place.task, place.epoch);
  settle(model, place, rule);
}

/** Takes every invalidation back, one that its log or who logged it gave too. */
export function reinstate(model: ReadModel, place: AttemptPlace, rule: SolveRule): void {
  const sql = `UPDATE attempt SET invalidation = NULL, invalidation_code = NULL, given_outcome = CASE
     WHEN given_outcome <> 'invalidated' THEN given_outcome WHEN given_score IS NULL THEN 'unscored' ELSE 'scored' END
     WHERE ${here}`;
  model.run(sql, place.run, place.task, place.epoch);
  settle(model, place, rule);
}

/** The corrected score that the last decision of a review came to; null where none did, or the last let the score stand. */
export function reviewedScore(model: ReadModel, { run, task, epoch }: AttemptPlace): number | null {
  const row = model.get(
    `SELECT score FROM review_decision WHERE ${here} AND verdict IN ('stands', 'corrected')
     ORDER BY stamp DESC, event DESC LIMIT 1`,
    run,
    task,
    epoch,
  );
  return row === undefined ? null : numberOrNull(row, "score");
}

/** Lets the decisions of reviews count for an attempt, where its row is in memory. */
export function applyReviews(model: ReadModel, place: AttemptPlace, rule: SolveRule): void {
  const row = model.get(`SELECT reviewed_score FROM attempt WHERE ${here}`, place.run, place.task, place.epoch);
  if (row === undefined) return;
  const score = reviewedScore(model, place);
  if (score === numberOrNull(row, "reviewed_score")) return;
  model.run(`UPDATE attempt SET reviewed_score = ? WHERE ${here}`, score, place.run, place.task, place.epoch);
  settle(model, place, rule);
}

/** {@link applyReviews} for every attempt of a run that a review decided on. */
export function applyReviewsOfRun(model: ReadModel, run: number, rule: SolveRule): void {
  for (const row of model.all("SELECT DISTINCT task, epoch FROM review_decision WHERE run = ?", run)) {
    const epoch = numberOrNull(row, "epoch");
    if (epoch !== null) applyReviews(model, { run, task: text(row, "task"), epoch }, rule);
  }
}

/** How many attempts of a run count with a score that a review corrected; their rows need not be in memory. */
export function reviewedAttempts(model: ReadModel, run: number): number {
  return model
    .all("SELECT DISTINCT task, epoch FROM review_decision WHERE run = ? AND verdict = 'corrected'", run)
    .filter(
      (row) => reviewedScore(model, { run, task: text(row, "task"), epoch: numberOrNull(row, "epoch") ?? 0 }) !== null,
    ).length;
}
