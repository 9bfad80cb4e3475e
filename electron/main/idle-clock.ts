/** When the vault has to be locked for want of activity. Pure: times come in as arguments. */

export type IdleVerdict = { kind: "active" } | { kind: "warning"; secondsLeft: number } | { kind: "lock" };

/** Milliseconds, all on the same monotonic clock (`systemIdleMs` is a duration). */
export interface ActivityReading {
  readonly now: number;
  /** When main itself last saw input reach the window; no page can forge that. */
  readonly lastInputAt: number;
  /** When the page last said that a person was active (assistive technology makes no input events). */
  readonly lastClaimAt: number;
  /** How long nobody has touched this machine, as the system says. */
  readonly systemIdleMs: number;
}

/**
 * How long nobody has used the app, in milliseconds. Input that main saw counts by itself; a claim of the page counts
 * only as far as the system agrees that somebody is at the machine.
 */
export function idleMs(reading: ActivityReading): number {
  const sinceInput = reading.now - reading.lastInputAt;
  const sinceClaim = Math.max(reading.now - reading.lastClaimAt, reading.systemIdleMs);
  return Math.max(0, Math.min(sinceInput, sinceClaim));
}

/** What to do after being idle for `idle` milliseconds, with a limit of `limitMs` and a warning `warningMs` before it. */
export function judgeIdle(idle: number, limitMs: number, warningMs: number): IdleVerdict {
  const left = limitMs - idle;
  if (left <= 0) return { kind: "lock" };
  return left <= warningMs ? { kind: "warning", secondsLeft: Math.ceil(left / 1000) } : { kind: "active" };
}

/**
 * Whether the machine slept between two looks at the wall clock: more than `toleranceMs` beyond the interval passed.
 * Catches a suspend that the system did not announce. A clock that was set forward locks too; that does no harm.
 */
export function sleptBetween(previousWallMs: number, wallMs: number, intervalMs: number, toleranceMs: number): boolean {
  return wallMs - previousWallMs > intervalMs + toleranceMs;
}
