/** Times as every screen writes them: ISO dates, 24 hours, the workstation's own time zone. */
const dayFormat = new Intl.DateTimeFormat("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit" });
const minuteFormat = new Intl.DateTimeFormat("sv-SE", {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

/** "2026-11-21". @param at milliseconds since 1970-01-01T00:00Z */
export function dayWords(at: number): string {
  return dayFormat.format(at);
}

/** "2026-11-21 14:05". @param at milliseconds since 1970-01-01T00:00Z */
export function minuteWords(at: number): string {
  return minuteFormat.format(at);
}

/** The end of a day written as year, month and day, in milliseconds; null when it is no such day. */
export function endOfDay(text: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(year, month - 1, day, 23, 59, 0, 0);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}

/** What is wrong with a day as it was typed; undefined where it is one, or was left empty. */
export function dayFault(text: string): string | undefined {
  return text.trim() === "" || endOfDay(text) !== null ? undefined : "Write a day as 2026-12-04.";
}
