import { StatisticsError } from "../statistics-error.ts";

/** An attempt at a task whose human working time is known, or several that ended alike: a row of a time-horizon fit. */
export interface HorizonAttempt {
  readonly task: string;
  /** Family of tasks that are not independent of each other; null: the task is a family of its own. */
  readonly family: string | null;
  /** Human working time of the task in minutes, above 0. */
  readonly minutes: number;
  /** 0 not solved, 1 solved; a fraction between counts as that share of a success. */
  readonly score: number;
  /** How many attempts the row stands for, default 1. */
  readonly times?: number;
}

/** Attempts that a row stands for. */
export function timesOf({ times }: Pick<HorizonAttempt, "times">): number {
  return times ?? 1;
}

/** A family's key; the prefix keeps a task without a family apart from a family of the same name. */
export function familyOf(attempt: Pick<HorizonAttempt, "task" | "family">): string {
  return attempt.family === null ? `task:${attempt.task}` : `family:${attempt.family}`;
}

/** Throws `value-not-finite` unless every time is above 0 and finite and every score is in [0, 1]. */
export function requireHorizonAttempts(attempts: readonly HorizonAttempt[]): void {
  for (const { minutes, score } of attempts) {
    if (!(minutes > 0 && Number.isFinite(minutes) && score >= 0 && score <= 1)) {
      throw new StatisticsError("value-not-finite", "A time horizon needs minutes above 0 and scores from 0 to 1.", {
        minutes,
        score,
      });
    }
  }
}
