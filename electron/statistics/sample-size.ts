import { normalQuantile } from "./distributions.ts";
import { upperTail } from "./interval.ts";
import { StatisticsError } from "./statistics-error.ts";

/** What a paired comparison of two model versions on the same tasks is planned with; variances, not deviations. */
export interface ComparisonPlan {
  /** Variance over tasks of the difference of the two versions' true rates. */
  readonly betweenTasks: number;
  /** Mean variance of one attempt of a task, by version. */
  readonly withinFirst: number;
  readonly withinSecond: number;
  /** Epochs of each version. */
  readonly epochsFirst: number;
  readonly epochsSecond: number;
  /** Two-sided level of the test's interval, default 0.95. */
  readonly level?: number;
  /** Chance of finding a difference that is there, default 0.8. */
  readonly power?: number;
}

/**
 * Tasks needed to find a difference of rates of `difference`, rounded up:
 * n = (z_{α/2} + z_β)² (ω² + σ_A²/K_A + σ_B²/K_B) / δ².
 *
 * @source arXiv:2411.00640, section 5
 * @throws StatisticsError `level-out-of-range`, `count-out-of-range` for variances below 0, epochs below 1 or no difference
 */
export function tasksNeeded(difference: number, plan: ComparisonPlan): number {
  if (!(Math.abs(difference) > 0)) {
    throw new StatisticsError("count-out-of-range", "Finding no difference cannot be planned; give one above 0.", {
      difference,
    });
  }
  return Math.ceil((reach(plan) ** 2 * varianceOfOne(plan)) / difference ** 2);
}

/** The smallest difference of rates that `tasks` tasks find with the plan's power: `tasksNeeded` the other way round. */
export function detectableDifference(tasks: number, plan: ComparisonPlan): number {
  if (!(tasks >= 1)) {
    throw new StatisticsError("count-out-of-range", "A comparison needs at least one task.", { tasks });
  }
  return reach(plan) * Math.sqrt(varianceOfOne(plan) / tasks);
}

function reach({ level = 0.95, power = 0.8 }: ComparisonPlan): number {
  if (!(power > 0 && power < 1)) {
    throw new StatisticsError("level-out-of-range", "Power lies between 0 and 1; give 0.8 for 80 %.", { power });
  }
  return normalQuantile(upperTail(level)) + normalQuantile(power);
}

function varianceOfOne(plan: ComparisonPlan): number {
  const { betweenTasks, withinFirst, withinSecond, epochsFirst, epochsSecond } = plan;
  const usable = Math.min(betweenTasks, withinFirst, withinSecond) >= 0 && Math.min(epochsFirst, epochsSecond) >= 1;
  if (!usable) {
    throw new StatisticsError("count-out-of-range", "A plan needs variances of 0 or more, and epochs of 1 or more.", {
      betweenTasks,
      withinFirst,
      withinSecond,
      epochsFirst,
      epochsSecond,
    });
  }
  return betweenTasks + withinFirst / epochsFirst + withinSecond / epochsSecond;
}
