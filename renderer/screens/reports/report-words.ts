import type { Report } from "../../../electron/contract/reporting.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";

/** "3 people", "1 person". */
export function peopleWords(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "person" : "people"}`;
}

/** Everyone that any revision was sealed to, each once, in the order of the register. */
export function sealedTo(report: Report): readonly string[] {
  return [...new Set(report.sealed.flatMap((sealed) => sealed.recipients))];
}

/** What stands in a list for whom a report was sealed to. */
export function sealedToWords(report: Report): string {
  if (report.sealed.length === 0) return "–";
  const names = sealedTo(report);
  return names.length === 0 ? "a passphrase" : names.join(", ");
}
