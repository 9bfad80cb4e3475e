const msADay = 86_400_000;

/** "2026-03-01" as days since 1970; null for no date. */
export function daysOf(date: string | null): number | null {
  if (date === null) return null;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) ? null : time / msADay;
}

/** Days since 1970 as "2026-03-01". */
export function dateOf(days: number): string {
  return new Date(days * msADay).toISOString().slice(0, 10);
}
