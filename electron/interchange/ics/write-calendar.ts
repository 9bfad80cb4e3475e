import ical, { ICalEventClass, ICalEventTransparency } from "ical-generator";

/** What stands in a calendar. Times in ms since 1970; a whole day is meant in UTC. */
export interface CalendarItem {
  /** The same in every writing of the same thing, so that a calendar replaces what it has. */
  readonly id: string;
  readonly title: string;
  readonly words: string;
  readonly category: string;
  readonly startsAt: number;
  /** Null: a point in time, or one day. */
  readonly endsAt: number | null;
  readonly isDay: boolean;
}

export interface Calendar {
  readonly name: string;
  /** The marking line; stands in each item, because calendars show items one by one. */
  readonly marking: string;
  /** When it was written, ms since 1970. */
  readonly at: number;
  readonly items: readonly CalendarItem[];
}

const day = 86_400_000;

/** An iCalendar file (RFC 5545) as UTF-8 text with CRLF; the same bytes for the same calendar. */
export function writeCalendar({ name, marking, at, items }: Calendar): string {
  const stamp = new Date(at);
  const calendar = ical({ name: `${marking} ${name}`, prodId: { company: "EvalVault", product: "EvalVault" } });
  for (const item of items) {
    const { id, title, words, category, startsAt, endsAt, isDay } = item;
    const end = isDay ? (endsAt ?? startsAt) + day : (endsAt ?? startsAt);
    calendar.createEvent({
      id,
      stamp,
      start: new Date(startsAt),
      end: new Date(end),
      allDay: isDay,
      summary: title,
      description: `${marking}\n${words}`,
      categories: [{ name: category }],
      class: ICalEventClass.CONFIDENTIAL,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}
