/** The preview's day, so that pictures are the same whenever they are taken. */
export const today = Date.UTC(2026, 10, 21);

/** A moment so many days after the preview's day (negative: before it). */
export function at(days: number, hour: number, minute: number): number {
  return today + days * 86_400_000 + hour * 3_600_000 + minute * 60_000;
}
