import { type DenominatorPolicy, headlinePolicy } from "../contract/values.ts";
import { type ClusteredMean, clusteredMean, clusterTBounds, hasSpread } from "./clustered-mean.ts";
import { type CountedAttempt, effectiveOutcome, judge } from "./denominator.ts";
import { exactMean } from "./exact-sum.ts";
import type { Interval, TaskUnit } from "./interval.ts";
import { compareNames, firstByName, unitOf } from "./task-tally.ts";

export interface MeanScoreOptions {
  readonly policy?: DenominatorPolicy;
  readonly level?: number;
  readonly unit?: TaskUnit;
  /** Ends of the scale; the interval is cut to them. Default 0 and 1. */
  readonly range?: ScoreRange;
}

/** The ends of a scale; `worst` above `best` where lower scores are better. */
export interface ScoreRange {
  readonly worst: number;
  readonly best: number;
}

export interface MeanScore {
  /** Attempts in the denominator, those counted as the worst score included. */
  readonly n: number;
  readonly tasks: number;
  readonly units: number;
  /** Mean over tasks of each task's mean score; null where nothing is in the denominator. */
  readonly mean: number | null;
  /** Null below two units, or where all units are alike: then there is nothing to estimate a spread from. */
  readonly interval: Interval | null;
}

/**
 * Mean of scores that are more than solved or not: subtasks solved of all, milestones, points. Averaged within the task
 * first, then over tasks. Where the policy counts errors as failures they count as the worst score; an attempt that was
 * refused or ended by a limit counts with its score, and as the worst without one. The order does not matter.
 *
 * @source Cybench subtask performance (mean over tasks of solved / all subtasks); arXiv:2411.00640 (clusters)
 * @throws StatisticsError `level-out-of-range`, `value-not-finite`
 */
export function meanScore(attempts: readonly CountedAttempt[], options: MeanScoreOptions = {}): MeanScore {
  const { policy = headlinePolicy, unit = "task", range = { worst: 0, best: 1 } } = options;
  const tasks = scoresByTask(attempts, policy, range.worst);
  const n = tasks.reduce((sum, { scores }) => sum + scores.length, 0);
  if (tasks.length === 0) return { n, tasks: 0, units: 0, mean: null, interval: null };
  const spread = clusteredMean(tasks.map((task) => ({ value: exactMean(task.scores), cluster: unitOf(task, unit) })));
  const interval = scoreInterval(spread, unit, range, options.level ?? 0.95);
  return { n, tasks: tasks.length, units: spread.clusters, mean: spread.mean, interval };
}

interface TaskScores {
  readonly task: string;
  readonly cluster: string | null;
  readonly scores: readonly number[];
}

function scoresByTask(attempts: readonly CountedAttempt[], policy: DenominatorPolicy, worst: number): TaskScores[] {
  const tasks = new Map<string, { cluster: string | null; scores: number[] }>();
  for (const attempt of attempts) {
    const score = countedScore(attempt, policy, worst);
    if (score === null) continue;
    const { cluster, scores } = tasks.get(attempt.task) ?? { cluster: null, scores: [] };
    scores.push(score);
    tasks.set(attempt.task, { cluster: firstByName(cluster, attempt.cluster), scores });
  }
  return [...tasks].map(([task, rest]) => ({ task, ...rest })).toSorted((a, b) => compareNames(a.task, b.task));
}

function scoreInterval(spread: ClusteredMean, unit: TaskUnit, range: ScoreRange, level: number): Interval | null {
  const bounds = hasSpread(spread) ? clusterTBounds(spread, level) : null;
  if (bounds === null) return null;
  return {
    low: Math.max(Math.min(range.worst, range.best), bounds.low),
    high: Math.min(Math.max(range.worst, range.best), bounds.high),
    level,
    method: "cluster-t",
    unit: spread.clusters === spread.n ? "task" : unit,
  };
}

/** The score that counts: as given, the worst, or none. The solve rule plays no part in whether an attempt counts. */
function countedScore(attempt: CountedAttempt, policy: DenominatorPolicy, worst: number): number | null {
  if (judge(attempt, policy, { direction: "higher", threshold: 0 }) === "left-out") return null;
  const error = ["unscored", "model-error", "infrastructure-fault"].includes(effectiveOutcome(attempt));
  if (error || attempt.score === null || Number.isNaN(attempt.score)) return worst;
  return attempt.score;
}
