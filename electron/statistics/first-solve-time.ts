/** A task with the time that its fastest human solver took, in minutes (null: not known), and whether it was solved. */
export interface TimedTask {
  readonly minutes: number | null;
  readonly solved: boolean;
}

/**
 * The longest first-solve time, in minutes, of the tasks that were solved at least once; null where none was, or none of
 * them has a time. It rests on one task: give the time horizon beside it.
 *
 * @source Cybench, arXiv:2408.08926 (first solve time)
 */
export function longestSolved(tasks: readonly TimedTask[]): number | null {
  const times = tasks.flatMap(({ minutes, solved }) => (solved && minutes !== null ? [minutes] : []));
  return times.length === 0 ? null : times.reduce((longest, minutes) => Math.max(longest, minutes));
}
