import type { AttemptRecord } from "../../contract/attempt.ts";
import { notRun } from "../attempts/rows.ts";

/**
 * Every attempt that a log planned: those it holds, and a `not-run` one for each planned task × epoch that it does not.
 * `plannedTasks` null: the log does not say, so only what it holds is known.
 */
export function planned(
  attempts: readonly AttemptRecord[],
  plannedTasks: readonly string[] | null,
  epochs: number,
): AttemptRecord[] {
  return [...attempts, ...neverMade(attempts, plannedTasks, epochs)];
}

/** The `not-run` attempts that {@link planned} adds to those that a log holds. */
export function neverMade(
  attempts: Iterable<Pick<AttemptRecord, "task" | "epoch">>,
  plannedTasks: readonly string[] | null,
  epochs: number,
): AttemptRecord[] {
  if (plannedTasks === null) return [];
  const made = new Map<string, Set<number>>();
  for (const { task, epoch } of attempts) {
    const epochsOfTask = made.get(task);
    if (epochsOfTask === undefined) made.set(task, new Set([epoch]));
    else epochsOfTask.add(epoch);
  }
  const missing: AttemptRecord[] = [];
  for (const task of plannedTasks) {
    for (let epoch = 1; epoch <= epochs; epoch += 1) {
      if (made.get(task)?.has(epoch) !== true) missing.push(notRun(task, epoch, null));
    }
  }
  return missing;
}
