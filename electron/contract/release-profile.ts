import { z } from "zod";

/** What a release of a report may leave out of the bytes, for a recipient who is not to have it. */
export const withheldKinds = ["thresholds", "task-content", "flags", "people", "partners", "transcripts"] as const;
export type WithheldKind = (typeof withheldKinds)[number];

/** The kinds that are left out, each once, in the order above; empty: the whole report. */
export const releaseProfileSchema = z
  .array(z.enum(withheldKinds))
  .max(withheldKinds.length)
  .transform((kinds) => withheldKinds.filter((kind) => kinds.includes(kind)));
export type ReleaseProfile = readonly WithheldKind[];

export const withheldWords: Readonly<Record<WithheldKind, string>> = {
  thresholds: "thresholds",
  "task-content": "task content",
  flags: "flags",
  people: "names of people",
  partners: "names of partners",
  transcripts: "transcripts",
};

/** A profile as the read model keeps it: kinds with commas. */
export function readProfile(text: string): WithheldKind[] {
  const kinds = new Set(text.split(","));
  return withheldKinds.filter((kind) => kinds.has(kind));
}

/** What a released report says of itself: how many parts of each kind were left out. None of a kind that was not met. */
export const releaseNoteSchema = z.strictObject({
  withheld: z.array(z.strictObject({ kind: z.enum(withheldKinds), parts: z.int().nonnegative() })).min(1),
});
export type ReleaseNote = z.infer<typeof releaseNoteSchema>;

/** "thresholds, names of people"; "nothing" for the whole report. */
export function profileWords(profile: ReleaseProfile): string {
  return profile.length === 0 ? "nothing" : profile.map((kind) => withheldWords[kind]).join(", ");
}
