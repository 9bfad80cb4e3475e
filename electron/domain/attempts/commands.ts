import type { LoggedAttempt } from "../../contract/evaluation.ts";
import type { Draft } from "../event.ts";
import type { QueryContext } from "../query-context.ts";
import { Refusal } from "../refusal.ts";
import type { RunFacts } from "../runs/state.ts";
import { unfoldRun } from "../runs/unfold.ts";
import { attemptNoted, attemptsLogged } from "./events.ts";
import { asLogged, cameFromLog } from "./queries.ts";

function isAlike(a: LoggedAttempt, b: LoggedAttempt): boolean {
  return a.outcome === b.outcome && a.score === b.score;
}

/**
 * Logs attempts by hand. What a harness said of an attempt stays: only its note may change. Answers with the attempts
 * as they stood before, for undo.
 */
export function logAttempts(
  context: QueryContext,
  run: RunFacts,
  attempts: readonly LoggedAttempt[],
): { drafts: Draft[]; before: LoggedAttempt[] } {
  unfoldRun(context, run);
  const byHand: LoggedAttempt[] = [];
  const notes: Draft[] = [];
  const before: LoggedAttempt[] = [];
  for (const attempt of attempts) {
    const was = asLogged(context, run, attempt.task, attempt.epoch);
    if (was !== null) before.push(was.given);
    const isSame = was !== null && (isAlike(attempt, was.counts) || isAlike(attempt, was.given));
    if (!cameFromLog(context.model, run, attempt.task, attempt.epoch)) {
      // Whoever changes a note beside a reviewed score has not logged that score.
      byHand.push(isSame ? { ...attempt, outcome: was.given.outcome, score: was.given.score } : attempt);
      continue;
    }
    if (!isSame) {
      throw new Refusal("conflict", attempt.task, "It came with a log; note something or invalidate it instead.");
    }
    const { task, epoch, note } = attempt;
    notes.push(attemptNoted.draft({ runId: run.id, task, epoch, note }));
  }
  const logged = byHand.length === 0 ? [] : [attemptsLogged.draft({ runId: run.id, attempts: byHand })];
  return { drafts: [...logged, ...notes], before };
}
