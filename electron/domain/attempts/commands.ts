import type { LoggedAttempt } from "../../contract/evaluation.ts";
import type { Draft } from "../event.ts";
import type { QueryContext } from "../query-context.ts";
import { Refusal } from "../refusal.ts";
import type { RunFacts } from "../runs/state.ts";
import { unfoldRun } from "../runs/unfold.ts";
import { attemptNoted, attemptsLogged } from "./events.ts";
import { asLogged, cameFromLog } from "./queries.ts";

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
    if (was !== null) before.push(was);
    if (!cameFromLog(context.model, run, attempt.task, attempt.epoch)) {
      byHand.push(attempt);
      continue;
    }
    if (was?.outcome !== attempt.outcome || was.score !== attempt.score) {
      throw new Refusal("conflict", attempt.task, "It came with a log; note something or invalidate it instead.");
    }
    const { task, epoch, note } = attempt;
    notes.push(attemptNoted.draft({ runId: run.id, task, epoch, note }));
  }
  const logged = byHand.length === 0 ? [] : [attemptsLogged.draft({ runId: run.id, attempts: byHand })];
  return { drafts: [...logged, ...notes], before };
}
