import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idleMs, judgeIdle, sleptBetween } from "../../../electron/main/idle-clock.ts";

const minute = 60_000;

/** A clock of our own: a person, a page that reports, and a system that knows when the machine was last touched. */
class Workplace {
  now = 0;
  lastInputAt = 0;
  lastClaimAt = 0;
  touchedAt = 0;

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  inputHere(): this {
    this.lastInputAt = this.touchedAt = this.now;
    return this;
  }

  inputElsewhere(): this {
    this.touchedAt = this.now;
    return this;
  }

  claim(): this {
    this.lastClaimAt = this.now;
    return this;
  }

  verdict(limit = 10 * minute) {
    const { now, lastInputAt, lastClaimAt, touchedAt } = this;
    return judgeIdle(idleMs({ now, lastInputAt, lastClaimAt, systemIdleMs: now - touchedAt }), limit, 30_000);
  }
}

describe("idle lock", () => {
  it("warns 30 seconds before and locks at the limit", () => {
    const place = new Workplace();
    expect(place.wait(9 * minute + 29_999).verdict()).toEqual({ kind: "active" });
    expect(place.wait(1).verdict()).toEqual({ kind: "warning", secondsLeft: 30 });
    expect(place.wait(29_500).verdict()).toEqual({ kind: "warning", secondsLeft: 1 });
    expect(place.wait(500).verdict()).toEqual({ kind: "lock" });
    expect(place.wait(minute).verdict()).toEqual({ kind: "lock" });
  });

  it("begins anew with input to the window", () => {
    const place = new Workplace().wait(9 * minute + 50_000).inputHere();
    expect(place.wait(9 * minute).verdict()).toEqual({ kind: "active" });
    expect(place.wait(minute).verdict()).toEqual({ kind: "lock" });
  });

  it("locks although somebody works in another program", () => {
    const place = new Workplace();
    for (let i = 0; i < 10; i += 1) place.wait(minute).inputElsewhere();
    expect(place.verdict()).toEqual({ kind: "lock" });
  });

  it("heeds a page's claim while somebody is at the machine, and not when nobody is", () => {
    const attended = new Workplace();
    const alone = new Workplace();
    for (let i = 0; i < 10; i += 1) {
      attended.wait(minute).inputElsewhere().claim();
      alone.wait(minute).claim();
    }
    expect(attended.verdict()).toEqual({ kind: "active" });
    expect(alone.verdict()).toEqual({ kind: "lock" });
  });

  it("never outlasts the limit from the last touch of the machine, whatever the page claims", () => {
    const step = fc.record({
      wait: fc.nat(5 * minute),
      what: fc.constantFrom("here", "elsewhere", "claim", "nothing"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 15 }), (steps, minutes) => {
        const place = new Workplace();
        for (const { wait, what } of steps) {
          place.wait(wait);
          if (what === "here") place.inputHere();
          if (what === "elsewhere") place.inputElsewhere();
          if (what === "claim") place.claim();
        }
        place.wait(minutes * minute).claim();
        expect(place.verdict(minutes * minute)).toEqual({ kind: "lock" });
      }),
    );
  });

  it("notices a sleep between two looks", () => {
    expect(sleptBetween(0, 1_000, 1_000, 30_000)).toBe(false);
    expect(sleptBetween(0, 31_000, 1_000, 30_000)).toBe(false);
    expect(sleptBetween(0, 31_001, 1_000, 30_000)).toBe(true);
    // A clock that was set back is no sleep; the idle time itself is measured on another clock.
    expect(sleptBetween(100_000, 0, 1_000, 30_000)).toBe(false);
  });
});
