import { z } from "zod";

/** Markings are data: a scheme is a list of levels, lowest first. Colours: SF 706-712 as in the Astro UXDS table. */
export interface MarkingLevel {
  readonly id: string;
  readonly words: string;
  readonly background: string;
  readonly ink: "#ffffff" | "#000000";
}

export const markingLevels: readonly MarkingLevel[] = [
  { id: "unclassified", words: "UNCLASSIFIED", background: "#007a33", ink: "#ffffff" },
  { id: "cui", words: "CUI", background: "#502b85", ink: "#ffffff" },
  { id: "confidential", words: "CONFIDENTIAL", background: "#0033a0", ink: "#ffffff" },
  { id: "secret", words: "SECRET", background: "#c8102e", ink: "#ffffff" },
  { id: "top-secret", words: "TOP SECRET", background: "#ff8c00", ink: "#000000" },
  { id: "top-secret-sci", words: "TOP SECRET//SCI", background: "#fce83a", ink: "#000000" },
];

/** A marking: a level and the words after it, e.g. level "secret", suffix "NOFORN" → SECRET//NOFORN. */
export const markingSchema = z.strictObject({
  level: z.string().max(50),
  suffix: z
    .string()
    .max(200)
    .regex(/^[A-Z0-9 /,-]*$/, "capital letters, digits, spaces, / , -"),
});
export type Marking = z.infer<typeof markingSchema>;

export const defaultMarking: Marking = { level: "unclassified", suffix: "" };

/** The level's data; an unknown level is shown as the highest, never as the lowest. */
export function markingLevel(marking: Marking): MarkingLevel {
  const highest = markingLevels[markingLevels.length - 1];
  const found = markingLevels.find((level) => level.id === marking.level) ?? highest;
  if (found === undefined) throw new Error("the marking scheme is empty");
  return found;
}

/** The banner line. */
export function markingWords(marking: Marking): string {
  const level = markingLevel(marking);
  return marking.suffix === "" ? level.words : `${level.words}//${marking.suffix}`;
}

/** Negative when `a` is lower than `b`, 0 when the level is the same. */
export function compareMarkings(a: Marking, b: Marking): number {
  return markingLevels.indexOf(markingLevel(a)) - markingLevels.indexOf(markingLevel(b));
}

/** The single caveats behind a level: NOFORN, REL TO USA … */
function caveats(marking: Marking): string[] {
  return marking.suffix
    .split(/[/,]+/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** Whether a change lowers a marking: to a lower level, or to the same one with a caveat less. */
export function lowersMarking(from: Marking, to: Marking): boolean {
  const levels = compareMarkings(to, from);
  const kept = new Set(caveats(to));
  return levels < 0 || (levels === 0 && caveats(from).some((caveat) => !kept.has(caveat)));
}
