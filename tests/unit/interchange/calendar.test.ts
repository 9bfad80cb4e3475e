import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeCalendar, type CalendarItem } from "../../../electron/interchange/ics/write-calendar.ts";

const at = Date.parse("2026-06-05T00:00:00Z");
const item = (more: Partial<CalendarItem> = {}): CalendarItem => ({
  id: "window-1@evalvault",
  title: "Access window of Heron",
  words: "At most 30 days.",
  category: "window",
  startsAt: Date.parse("2026-06-02T14:00:00Z"),
  endsAt: Date.parse("2026-07-02T14:00:00Z"),
  isDay: false,
  ...more,
});
const write = (items: readonly CalendarItem[]) =>
  writeCalendar({ name: "Autumn", marking: "SECRET//NOFORN", at, items });

/** Lines of RFC 5545 with their folds taken back. */
const lines = (text: string): string[] => text.replaceAll("\r\n ", "").split("\r\n");

describe("a calendar", () => {
  test("has the marking in its name and in each item, and times in UTC", () => {
    const written = lines(write([item()]));
    expect(written).toContain("X-WR-CALNAME:SECRET//NOFORN Autumn");
    expect(written).toContain("DESCRIPTION:SECRET//NOFORN\\nAt most 30 days.");
    expect(written).toContain("DTSTART:20260602T140000Z");
    expect(written).toContain("DTEND:20260702T140000Z");
    expect(written).toContain("DTSTAMP:20260605T000000Z");
    expect(written).toContain("CLASS:CONFIDENTIAL");
  });

  test("has days as days, the end being the day after (RFC 5545, 3.6.1)", () => {
    const written = lines(write([item({ startsAt: Date.parse("2026-07-02T00:00:00Z"), endsAt: null, isDay: true })]));
    expect(written).toContain("DTSTART;VALUE=DATE:20260702");
    expect(written).toContain("DTEND;VALUE=DATE:20260703");
  });

  test("is the same bytes each time, no line over 75 octets, and no text gets out of its line", () => {
    const texts = fc.oneof(fc.string({ maxLength: 200 }), fc.constantFrom("a\r\nBEGIN:VEVENT", "b;c,d\\e", "x\u2028y"));
    fc.assert(
      fc.property(texts, texts, (title, words) => {
        const text = write([item({ title, words })]);
        expect(write([item({ title, words })])).toBe(text);
        const raw = text.split("\r\n");
        expect(raw.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1);
        expect(raw.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
      }),
    );
  });
});
