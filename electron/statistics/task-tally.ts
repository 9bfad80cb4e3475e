import type { DenominatorPolicy } from "../contract/values.ts";
import { type CountedAttempt, judge, type SolveRule } from "./denominator.ts";
import type { TaskUnit } from "./interval.ts";
import type { TaskTrials } from "./task-trials.ts";

/** One task's attempts under a denominator policy; `n` is 0 where all of them are left out. */
export interface TaskTally extends TaskTrials {
  readonly task: string;
  readonly cluster: string | null;
}

/**
 * Attempts by task, in the order of the task's name, so that nothing made from them depends on the order of the
 * attempts. Where a task's attempts name several clusters, the first in order of name is taken.
 */
export function tallyTasks(
  attempts: readonly CountedAttempt[],
  policy: DenominatorPolicy,
  rule: SolveRule,
): TaskTally[] {
  const tallies = new Map<string, TaskTally>();
  for (const attempt of attempts) {
    const before = tallies.get(attempt.task) ?? { task: attempt.task, cluster: null, n: 0, solved: 0 };
    const judgement = judge(attempt, policy, rule);
    tallies.set(attempt.task, {
      task: attempt.task,
      cluster: firstByName(before.cluster, attempt.cluster),
      n: before.n + (judgement === "left-out" ? 0 : 1),
      solved: before.solved + (judgement === "solved" ? 1 : 0),
    });
  }
  return [...tallies.values()].toSorted((a, b) => compareNames(a.task, b.task));
}

/** The tallies of several runs of the same tasks as one: each task once, in the order of its name. */
export function mergeTallies(runs: readonly (readonly TaskTally[])[]): TaskTally[] {
  const merged = new Map<string, TaskTally>();
  for (const tally of runs.flat()) {
    const before = merged.get(tally.task);
    merged.set(tally.task, {
      task: tally.task,
      cluster: before === undefined ? tally.cluster : firstByName(before.cluster, tally.cluster),
      n: (before?.n ?? 0) + tally.n,
      solved: (before?.solved ?? 0) + tally.solved,
    });
  }
  return [...merged.values()].toSorted((a, b) => compareNames(a.task, b.task));
}

/**
 * Key of the unit that a task belongs to: the task itself, or its cluster. A task without a cluster key stands alone; the
 * prefix keeps it apart from a cluster of the same name.
 */
export function unitOf(task: Pick<TaskTally, "task" | "cluster">, unit: TaskUnit): string {
  return unit === "cluster" && task.cluster !== null ? `cluster:${task.cluster}` : `task:${task.task}`;
}

/** The first of two names in order, null standing for none. */
export function firstByName(a: string | null, b: string | null): string | null {
  if (a === null) return b;
  if (b === null) return a;
  return compareNames(a, b) <= 0 ? a : b;
}

/** By code unit: the same on every machine, whatever its language. */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
