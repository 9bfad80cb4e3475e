import { z } from "zod";

/** Why an attempt was taken out of the numbers. */
export const invalidationCodes = [
  "environment-fault",
  "contamination",
  "scorer-fault",
  "cheating",
  "wrong-settings",
  "duplicate",
  "other",
] as const;
export const invalidationCodeSchema = z.enum(invalidationCodes);
export type InvalidationCode = (typeof invalidationCodes)[number];

export const invalidationWords: Readonly<Record<InvalidationCode, string>> = {
  "environment-fault": "Environment fault",
  contamination: "Contamination",
  "scorer-fault": "Scorer fault",
  cheating: "Cheating",
  "wrong-settings": "Wrong settings",
  duplicate: "Duplicate",
  other: "Other",
};
