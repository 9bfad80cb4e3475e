import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WindowRule } from "../../../../electron/contract/submissions.ts";
import {
  accessWindow,
  capEnd,
  dayAt,
  earliestStart,
  startOfDay,
  type WindowFacts,
} from "../../../../electron/domain/submissions/access-window.ts";

const day = 86_400_000;
const thirty: WindowRule = { days: 30, dayCount: "elapsed", zone: "UTC" };
const calendar = (zone: string, days = 30): WindowRule => ({ days, dayCount: "calendar", zone });
const at = (iso: string): number => Date.parse(iso);

function facts(changes: Partial<WindowFacts> = {}): WindowFacts {
  return {
    rule: thirty,
    grantedAt: at("2026-06-02T14:00:00Z"),
    partnerReleases: [],
    closedEarlyAt: null,
    withdrawnAt: null,
    ...changes,
  };
}

const read = (now: string, latest = now) => ({ now: at(now), latest: at(latest) });

describe("days of a window", () => {
  test("thirty times 24 hours end at the same time of day", () => {
    expect(capEnd(at("2026-06-02T14:00:00Z"), thirty)).toBe(at("2026-07-02T14:00:00Z"));
  });

  test("calendar days begin the day after, and end with the last of them in their time zone", () => {
    // Day 1 is 3 June, day 30 is 2 July; it is over as 3 July begins in Washington, at 04:00 UTC.
    expect(capEnd(at("2026-06-02T14:00:00Z"), calendar("America/New_York"))).toBe(at("2026-07-03T04:00:00Z"));
    // 23:30 UTC on 2 June is already 3 June in Tokyo: the last day is one later.
    expect(capEnd(at("2026-06-02T23:30:00Z"), calendar("Asia/Tokyo"))).toBe(at("2026-07-03T15:00:00Z"));
  });

  test("a day of 23 or 25 hours is one calendar day, and no day of 24 hours is lost", () => {
    // Clocks go forward in New York on 8 March 2026 and back on 1 November.
    expect(capEnd(at("2026-03-01T17:00:00Z"), calendar("America/New_York", 10))).toBe(at("2026-03-12T04:00:00Z"));
    expect(capEnd(at("2026-10-25T16:00:00Z"), calendar("America/New_York", 10))).toBe(at("2026-11-05T05:00:00Z"));
    expect(capEnd(at("2026-03-01T17:00:00Z"), { ...thirty, days: 10, zone: "America/New_York" })).toBe(
      at("2026-03-11T17:00:00Z"),
    );
  });

  test("29 February is a day of its own", () => {
    expect(capEnd(at("2028-02-10T12:00:00Z"), calendar("UTC"))).toBe(at("2028-03-12T00:00:00Z"));
    expect(capEnd(at("2026-02-10T12:00:00Z"), calendar("UTC"))).toBe(at("2026-03-13T00:00:00Z"));
  });

  test("where midnight is skipped a day begins with its first moment", () => {
    // Santiago went from 00:00 to 01:00 on 8 September 2024 (offset -4 to -3).
    expect(startOfDay("2024-09-08", "America/Santiago")).toBe(at("2024-09-08T04:00:00Z"));
  });

  test("a whole window fits before the planned release, from the earliest start on", () => {
    expect(earliestStart("2026-07-02", thirty)).toBe(at("2026-06-02T00:00:00Z"));
    expect(dayAt(earliestStart("2026-07-02", calendar("UTC")), "UTC")).toBe("2026-06-01");
  });
});

describe("the end of a window", () => {
  test("is the earliest of cap, planned partner release, early close and withdrawal", () => {
    const release = { at: at("2026-06-01T00:00:00Z"), on: "2026-06-20" };
    expect(accessWindow(facts(), read("2026-06-05T00:00:00Z"))).toMatchObject({ state: "open", endsBy: "cap" });
    expect(accessWindow(facts({ partnerReleases: [release] }), read("2026-06-05T00:00:00Z"))).toMatchObject({
      endsBy: "partner-release",
      endsAt: at("2026-06-20T00:00:00Z"),
      endsOn: "2026-06-20",
    });
    const closed = facts({ partnerReleases: [release], closedEarlyAt: at("2026-06-10T00:00:00Z") });
    expect(accessWindow(closed, read("2026-06-10T00:00:00Z"))).toMatchObject({ state: "ended", endsBy: "early-close" });
    const withdrawn = { ...closed, withdrawnAt: at("2026-06-04T00:00:00Z") };
    expect(accessWindow(withdrawn, read("2026-06-10T00:00:00Z"))).toMatchObject({
      state: "ended",
      endsBy: "withdrawal",
      remaining: 0,
    });
  });

  test("moves with a date that is said before it, and not with one that is said after it", () => {
    const first = { at: at("2026-06-01T00:00:00Z"), on: "2026-06-10" };
    const inTime = { at: at("2026-06-09T23:59:59Z"), on: "2026-06-20" };
    const late = { at: at("2026-06-10T00:00:00Z"), on: "2026-06-20" };
    const now = read("2026-06-12T00:00:00Z");
    expect(accessWindow(facts({ partnerReleases: [first, inTime] }), now)).toMatchObject({
      state: "open",
      endsOn: "2026-06-20",
    });
    expect(accessWindow(facts({ partnerReleases: [first, late] }), now)).toMatchObject({
      state: "ended",
      endsOn: "2026-06-10",
      plannedRelease: "2026-06-20",
    });
  });

  test("a date that a turned-back clock wrote late does not open it again", () => {
    const said = [
      { at: at("2026-06-01T00:00:00Z"), on: "2026-06-10" },
      { at: at("2026-06-11T00:00:00Z"), on: "2026-06-10" },
      { at: at("2026-06-02T00:00:00Z"), on: "2026-06-30" },
    ];
    expect(accessWindow(facts({ partnerReleases: said }), read("2026-06-12T00:00:00Z"))).toMatchObject({
      state: "ended",
      endsOn: "2026-06-10",
    });
  });

  test("nothing runs before access was given, whatever release is planned; a withdrawal ends it all the same", () => {
    const before = facts({ grantedAt: null, partnerReleases: [{ at: 0, on: "2026-06-10" }] });
    expect(accessWindow(before, read("2026-06-12T00:00:00Z"))).toMatchObject({
      state: "not-begun",
      endsAt: null,
      day: null,
      remaining: null,
    });
    const withdrawn = { ...before, withdrawnAt: at("2026-06-11T00:00:00Z") };
    expect(accessWindow(withdrawn, read("2026-06-12T00:00:00Z")).state).toBe("ended");
  });

  test("a workstation's clock that is behind the journal gives nobody time back", () => {
    const window = accessWindow(facts(), read("2026-06-03T00:00:00Z", "2026-07-05T00:00:00Z"));
    expect(window).toMatchObject({ state: "ended", clock: "behind", remaining: 0 });
    expect(accessWindow(facts(), read("2026-06-03T00:00:00Z", "2026-06-03T00:01:00Z")).clock).toBe("sound");
  });
});

describe("any window", () => {
  const zones = Intl.supportedValuesOf("timeZone");
  const rule = fc.record({
    days: fc.integer({ min: 1, max: 400 }),
    dayCount: fc.constantFrom("elapsed" as const, "calendar" as const),
    zone: fc.constantFrom(...zones),
  });
  const moment = fc.integer({ min: at("1990-01-01T00:00:00Z"), max: at("2060-01-01T00:00:00Z") });
  const release = fc.record({
    at: moment,
    on: fc.option(
      moment.map((ms) => new Date(ms).toISOString().slice(0, 10)),
      { nil: null },
    ),
  });
  const anyFacts = fc.record({
    rule,
    grantedAt: fc.option(moment, { nil: null }),
    partnerReleases: fc.array(release, { maxLength: 4 }),
    closedEarlyAt: fc.option(moment, { nil: null }),
    withdrawnAt: fc.option(moment, { nil: null }),
  });

  test("ends no later than its cap, its early close or its withdrawal, and never later because of a new date said after it", () => {
    fc.assert(
      fc.property(anyFacts, moment, release, (any, now, more) => {
        const window = accessWindow(any, { now, latest: now });
        if (any.grantedAt !== null) {
          expect(window.endsAt).toBeLessThanOrEqual(capEnd(any.grantedAt, any.rule));
          expect(window.endsAt).toBeLessThanOrEqual(any.withdrawnAt ?? Number.POSITIVE_INFINITY);
          expect(window.endsAt).toBeLessThanOrEqual(any.closedEarlyAt ?? Number.POSITIVE_INFINITY);
        }
        if (window.state !== "ended") return;
        const said = { ...more, at: now };
        const after = accessWindow({ ...any, partnerReleases: [...any.partnerReleases, said] }, { now, latest: now });
        expect(after.endsAt).toBe(window.endsAt);
        expect(after.state).toBe("ended");
      }),
      { numRuns: 400 },
    );
  });

  test("goes one way: once ended it stays so, and what is left never grows, whatever the workstation's clock does", () => {
    fc.assert(
      fc.property(anyFacts, fc.array(moment, { minLength: 2, maxLength: 6 }), (any, readings) => {
        let latest = 0;
        let left = Number.POSITIVE_INFINITY;
        let ended = false;
        for (const now of readings) {
          const window = accessWindow(any, { now, latest });
          latest = Math.max(latest, now);
          expect(window.remaining ?? left).toBeLessThanOrEqual(left);
          if (ended) expect(window.state).toBe("ended");
          left = window.remaining ?? left;
          ended = window.state === "ended";
        }
      }),
      { numRuns: 400 },
    );
  });

  test("of calendar days ends as a day begins in its zone, so many days after the one on which access was given", () => {
    fc.assert(
      fc.property(moment, rule, (from, any) => {
        const end = capEnd(from, any);
        if (any.dayCount === "elapsed") {
          expect(end - from).toBe(any.days * day);
          return;
        }
        const days = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / day;
        expect(days(dayAt(end - 1, any.zone)) - days(dayAt(from, any.zone))).toBe(any.days);
        expect(dayAt(end, any.zone) > dayAt(end - 1, any.zone)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
