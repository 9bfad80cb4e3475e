import { Temporal } from "temporal-polyfill";
import type { AccessWindow, WindowRule } from "../../contract/submissions.ts";

/**
 * The clock of an access window. It begins when access was really given and ends at the earliest of: its cap of days,
 * the planned release to other trusted partners, an early close that both sides agreed on, a withdrawal. A new date moves
 * an end that is still ahead and never opens a window again that had ended.
 */

const dayLength = 86_400_000;

/** A planned release as it was said at one time: `on` is a day in the rule's time zone, null where none is planned. */
export interface PlannedRelease {
  readonly at: number;
  readonly on: string | null;
}

export interface WindowFacts {
  readonly rule: WindowRule;
  /** ms since 1970 at which access was really given, null while it was not. */
  readonly grantedAt: number | null;
  /** Every date that was said for the release to other trusted partners, in the order of the journal. */
  readonly partnerReleases: readonly PlannedRelease[];
  readonly closedEarlyAt: number | null;
  readonly withdrawnAt: number | null;
}

/** What time it is: by the workstation, and the latest time that the journal holds. Both ms since 1970. */
export interface Reading {
  readonly now: number;
  readonly latest: number;
}

/** Clocks of two workstations may differ by this much without anybody having turned one back. */
const tolerance = 2 * 60_000;

/** The moment at which a day begins in a time zone; where midnight is skipped there, the first moment that there is. */
export function startOfDay(day: string, zone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
}

/** The day that it is at a moment in a time zone, "2026-07-02". */
export function dayAt(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** Whether days can be counted in a time zone. */
export function isCountable(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * When `days` are over that began at `from`. "elapsed": so many times 24 hours. "calendar": the day after is the first
 * one, and it is over when the last of them ends in the time zone.
 */
export function capEnd(from: number, { days, dayCount, zone }: WindowRule): number {
  if (dayCount === "elapsed") return from + days * dayLength;
  const last = Temporal.PlainDate.from(dayAt(from, zone)).add({ days: days + 1 });
  return last.toZonedDateTime(zone).epochMilliseconds;
}

/** The earliest moment from which a whole window would fit before a release on that day. */
export function earliestStart(release: string, { days, dayCount, zone }: WindowRule): number {
  if (dayCount === "elapsed") return startOfDay(release, zone) - days * dayLength;
  const first = Temporal.PlainDate.from(release).subtract({ days: days + 1 });
  return first.toZonedDateTime(zone).epochMilliseconds;
}

interface End {
  readonly at: number;
  readonly by: NonNullable<AccessWindow["endsBy"]>;
}

function earliest(ends: readonly End[]): End | null {
  return ends.reduce<End | null>((first, end) => (first === null || end.at < first.at ? end : first), null);
}

/** What ends it for certain, whatever is planned. */
function fixedEnds({ rule, grantedAt, closedEarlyAt, withdrawnAt }: WindowFacts): readonly End[] {
  return [
    ...(withdrawnAt === null ? [] : [{ at: withdrawnAt, by: "withdrawal" as const }]),
    ...(closedEarlyAt === null ? [] : [{ at: closedEarlyAt, by: "early-close" as const }]),
    ...(grantedAt === null ? [] : [{ at: capEnd(grantedAt, rule), by: "cap" as const }]),
  ];
}

function releaseEnd({ on }: PlannedRelease, { zone }: WindowRule): readonly End[] {
  return on === null ? [] : [{ at: startOfDay(on, zone), by: "partner-release" }];
}

/** The end as it stands after every date that was said: one that was said when the window had ended changes nothing. */
function endOf(facts: WindowFacts): End | null {
  const fixed = fixedEnds(facts);
  let end = earliest(fixed);
  if (facts.grantedAt === null) return end;
  let said = Number.NEGATIVE_INFINITY;
  for (const release of facts.partnerReleases) {
    // The order is the journal's: a clock that was put back makes no date earlier than the one before it.
    said = Math.max(said, release.at);
    if (end !== null && end.at <= said) break;
    end = earliest([...fixed, ...releaseEnd(release, facts.rule)]);
  }
  return end;
}

/** How many days of the window have begun: a calendar count has the day on which access was given as day 0. */
function dayOf(from: number, at: number, { dayCount, zone }: WindowRule): number {
  if (dayCount === "elapsed") return Math.floor((at - from) / dayLength) + 1;
  const first = Temporal.PlainDate.from(dayAt(from, zone));
  return first.until(dayAt(at, zone), { largestUnit: "day" }).days;
}

type Counted = Pick<AccessWindow, "state" | "day" | "remaining">;

function counted({ rule, grantedAt }: WindowFacts, end: End | null, now: number): Counted {
  const isOver = end !== null && end.at <= now;
  if (grantedAt === null) return { state: isOver ? "ended" : "not-begun", day: null, remaining: null };
  const endsAt = end?.at ?? capEnd(grantedAt, rule);
  const at = Math.min(Math.max(now, grantedAt), endsAt);
  // A release that was planned for a day before access was given leaves no window at all.
  const day = endsAt < grantedAt ? 0 : dayOf(grantedAt, at, rule);
  return { state: isOver ? "ended" : now < grantedAt ? "not-begun" : "open", day, remaining: Math.max(0, endsAt - at) };
}

/**
 * The window as it stands. A workstation whose clock is behind the journal is not believed: time is then taken to be no
 * earlier than the latest that was written down, and the clock is said to be behind.
 */
export function accessWindow(facts: WindowFacts, reading: Reading): AccessWindow {
  const { rule, grantedAt } = facts;
  const now = Math.max(reading.now, reading.latest);
  const end = endOf(facts);
  const planned = facts.partnerReleases.at(-1)?.on ?? null;
  return {
    rule,
    grantedAt,
    plannedRelease: planned,
    earliestStart: planned === null ? null : earliestStart(planned, rule),
    endsAt: end?.at ?? null,
    endsBy: end?.by ?? null,
    endsOn: end === null ? null : dayAt(end.at, rule.zone),
    ...counted(facts, end, now),
    clock: reading.now < reading.latest - tolerance ? "behind" : "sound",
    readAt: now,
  };
}
