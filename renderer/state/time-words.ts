import { endOfDay } from "../../electron/contract/end-of-day.ts";

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

/** What is wrong with a day as it was typed; undefined where it is one, or was left empty. */
export function dayFault(text: string): string | undefined {
  return text.trim() === "" || endOfDay(text) !== null ? undefined : "Write a day as 2026-12-04.";
}

/** A moment as {@link minuteWords} writes it, "2026-12-04 14:05", in ms since 1970; null where it is none. */
export function minuteAt(text: string): number | null {
  const parts = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(text.trim());
  if (parts === null) return null;
  const at = new Date(`${parts[1] ?? ""}T${parts[2] ?? ""}:00`).getTime();
  return Number.isNaN(at) || minuteWords(at) !== `${parts[1] ?? ""} ${parts[2] ?? ""}` ? null : at;
}
