/**
 * The end of a day written as year, month and day, where the program runs, in milliseconds since 1970;
 * null when it is no such day.
 */
export function endOfDay(text: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(year, month - 1, day, 23, 59, 0, 0);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}
