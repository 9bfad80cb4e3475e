import { z } from "zod";
import { invalidationCodeSchema } from "../../contract/invalidation.ts";
import { loggedAttemptSchema, type LoggedAttempt } from "../../contract/evaluation.ts";
import type { SolveRule } from "../../statistics/denominator.ts";
import type { FoldContext } from "../event.ts";
import { number, text, textOrNull, type ReadModel } from "../read-model.ts";
import { notRun, putAttempt } from "./rows.ts";
import { applyReviews, applyReviewsOfRun, invalidate, reinstate, type AttemptPlace } from "./standing-score.ts";

/** What people do to single attempts: log one by hand, note something, invalidate one, take that back. */

export const attemptChangeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("logged"), attempt: loggedAttemptSchema }),
  z.strictObject({ kind: z.literal("noted"), note: z.string().max(20_000) }),
  z.strictObject({
    kind: z.literal("invalidated"),
    reason: z.string().max(1_000),
    code: invalidationCodeSchema.optional(),
  }),
  z.strictObject({ kind: z.literal("reinstated"), reason: z.string().max(1_000) }),
]);
export type AttemptChange = z.infer<typeof attemptChangeSchema>;

/** The order in which changes count, the same in every vault: that of logical time, then of the events' ids. */
const inOrder = "ORDER BY stamp, event, rowid";

/**
 * Remembers the change beside the attempt and applies it to its row, where the row is in memory. One that came late from
 * another vault takes its place before those that are later than it.
 */
export function recordChange(
  context: FoldContext,
  place: AttemptPlace,
  change: AttemptChange,
  words: string,
  rule: SolveRule,
): void {
  const { model, event, seq, index, stamp } = context;
  const isLate = context.received && hasLater(model, place, stamp, event.id);
  model.run(
    "INSERT INTO attempt_change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    place.run,
    place.task,
    place.epoch,
    seq,
    index,
    event.at,
    event.by,
    change.kind,
    JSON.stringify(change),
    words,
    stamp,
    event.id,
  );
  if (isLate) remake(model, place, rule);
  else applyChange(model, place, change, rule);
  applyReviews(model, place, rule);
}

function hasLater(model: ReadModel, { run, task, epoch }: AttemptPlace, stamp: number, event: string): boolean {
  const sql = "SELECT 1 AS n FROM attempt_change WHERE run = ? AND task = ? AND epoch = ? AND (stamp, event) > (?, ?)";
  return model.get(sql, run, task, epoch, stamp, event) !== undefined;
}

/** Makes an attempt anew from all that is remembered of it. One from a log is let go with its run, and read again when asked for. */
function remake(model: ReadModel, place: AttemptPlace, rule: SolveRule): void {
  const { run, task, epoch } = place;
  const isImported = model.get("SELECT 1 AS n FROM run WHERE number = ? AND origin = 'log'", run) !== undefined;
  if (isImported) {
    model.run("DELETE FROM attempt WHERE run = ?", run);
    model.run("DELETE FROM unfolded_run WHERE run = ?", run);
    return;
  }
  const planned = "SELECT 1 AS n FROM attempt WHERE run = ? AND task = ? AND epoch = ?";
  // What is said of an attempt that was never planned makes none.
  if (model.get(planned, run, task, epoch) === undefined) return;
  putAttempt(model, run, notRun(task, epoch, clusterOf(model, place)), rule, false);
  const sql = `SELECT body FROM attempt_change WHERE run = ? AND task = ? AND epoch = ? ${inOrder}`;
  for (const row of model.all(sql, run, task, epoch)) {
    applyChange(model, place, attemptChangeSchema.parse(JSON.parse(text(row, "body"))), rule);
  }
}

function clusterOf(model: ReadModel, { run, task, epoch }: AttemptPlace): string | null {
  const row = model.get("SELECT cluster FROM attempt WHERE run = ? AND task = ? AND epoch = ?", run, task, epoch);
  return row === undefined ? null : textOrNull(row, "cluster");
}

/** Applies all remembered changes of a run again, in order: after its attempts were read back from the journal. */
export function reapplyChanges(model: ReadModel, run: number, rule: SolveRule): void {
  for (const row of model.all(`SELECT task, epoch, body FROM attempt_change WHERE run = ? ${inOrder}`, run)) {
    const change = attemptChangeSchema.parse(JSON.parse(text(row, "body")));
    applyChange(model, { run, task: text(row, "task"), epoch: number(row, "epoch") }, change, rule);
  }
  applyReviewsOfRun(model, run, rule);
}

function applyChange(model: ReadModel, place: AttemptPlace, change: AttemptChange, rule: SolveRule): void {
  switch (change.kind) {
    case "logged":
      putByHand(model, place.run, change.attempt, rule);
      return;
    case "noted":
      model.run(
        "UPDATE attempt SET note = ? WHERE run = ? AND task = ? AND epoch = ?",
        change.note,
        place.run,
        place.task,
        place.epoch,
      );
      return;
    case "invalidated":
      invalidate(model, place, { reason: change.reason, code: change.code ?? null }, rule);
      return;
    case "reinstated":
      reinstate(model, place, rule);
  }
}

function putByHand(model: ReadModel, run: number, attempt: LoggedAttempt, rule: SolveRule): void {
  const { task, epoch } = attempt;
  const blank = notRun(task, epoch, clusterOf(model, { run, task, epoch }));
  const filled = {
    ...blank,
    outcome: attempt.outcome,
    score: attempt.score,
    totalMs: attempt.minutes === null ? null : Math.round(attempt.minutes * 60_000),
    totalTokens: attempt.tokens,
    note: attempt.note,
  };
  putAttempt(model, run, filled, rule, false);
}
