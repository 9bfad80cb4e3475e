import { z } from "zod";
import { comparingRequests } from "./comparing.ts";

/** The answers that a report keeps with a figure, so that nothing is asked of the vault to draw it. */
export const comparisonAnswerSchema = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("pairs"), answer: comparingRequests["comparisons.pairs"].output }),
  z.strictObject({ of: z.literal("pass-at-k"), answer: comparingRequests["comparisons.passCurves"].output }),
  z.strictObject({ of: z.literal("reliability"), answer: comparingRequests["comparisons.reliability"].output }),
  z.strictObject({ of: z.literal("time-horizon"), answer: comparingRequests["comparisons.horizons"].output }),
  z.strictObject({ of: z.literal("doubling-time"), answer: comparingRequests["comparisons.horizons"].output }),
  z.strictObject({ of: z.literal("cost"), answer: comparingRequests["comparisons.spending"].output }),
  z.strictObject({ of: z.literal("tokens"), answer: comparingRequests["comparisons.spending"].output }),
  z.strictObject({ of: z.literal("trend"), answer: comparingRequests["comparisons.trend"].output }),
  z.strictObject({ of: z.literal("categories"), answer: comparingRequests["comparisons.groups"].output }),
]);
export type ComparisonAnswer = z.infer<typeof comparisonAnswerSchema>;
