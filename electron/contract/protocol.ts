import { z } from "zod";
import { formatCount } from "./number-text.ts";

/** How the attempts of a plan are to be run: the limits of each, and what is done so that the model shows what it can. */

/** Limits of one attempt, by their names in the EvalConfig of Inspect. */
export const limitNames = [
  "message_limit",
  "turn_limit",
  "token_limit",
  "time_limit",
  "working_limit",
  "cost_limit",
] as const;
export type LimitName = (typeof limitNames)[number];

/** What each limit is called, and in what it counts. Working time leaves out waiting for a rate limit or a free place. */
export const limitWords: Readonly<Record<LimitName, { readonly words: string; readonly unit: string }>> = {
  message_limit: { words: "Messages", unit: "messages" },
  turn_limit: { words: "Turns", unit: "turns" },
  token_limit: { words: "Tokens", unit: "tokens" },
  time_limit: { words: "Time", unit: "seconds" },
  working_limit: { words: "Working time", unit: "seconds" },
  cost_limit: { words: "Cost", unit: "US dollars" },
};

const wholeLimit = z.int().min(1).max(1_000_000_000_000).nullable();
/** Null: the plan sets none. Times in seconds, cost in US dollars. */
export const attemptLimitsSchema = z.strictObject({
  message_limit: wholeLimit,
  turn_limit: wholeLimit,
  token_limit: wholeLimit,
  time_limit: wholeLimit,
  working_limit: wholeLimit,
  cost_limit: z.number().min(0.000_001).max(1_000_000_000).nullable(),
});
export type AttemptLimits = z.infer<typeof attemptLimitsSchema>;

export const noLimits: AttemptLimits = {
  message_limit: null,
  turn_limit: null,
  token_limit: null,
  time_limit: null,
  working_limit: null,
  cost_limit: null,
};

const wordSchema = z.string().max(200);
const sentenceSchema = z.string().max(1_000);
/** "" or null: the plan does not say. There is no standard for most of it, so it is text. */
export const elicitationSchema = z.strictObject({
  /** The agent or scaffold around the model, as its harness calls it: "react". */
  scaffold: wordSchema,
  scaffoldVersion: wordSchema,
  tools: sentenceSchema,
  /** What the sandbox reaches: "none", "the task's own hosts". */
  network: sentenceSchema,
  prompt: sentenceSchema,
  temperature: z.number().min(0).max(100).nullable(),
  /** As the model's interface names it: "high". */
  reasoningEffort: wordSchema,
  /** What people do or say during an attempt: "none", "one hint after 30 minutes". */
  humanHelp: sentenceSchema,
});
export type Elicitation = z.infer<typeof elicitationSchema>;

/** Everything that a plan can say of elicitation, in the order in which it is shown. */
export const elicitationNames = [
  "scaffold",
  "scaffoldVersion",
  "tools",
  "network",
  "prompt",
  "temperature",
  "reasoningEffort",
  "humanHelp",
] as const satisfies readonly (keyof Elicitation)[];
export type ElicitationName = (typeof elicitationNames)[number];

export const elicitationWords: Readonly<Record<ElicitationName, string>> = {
  scaffold: "Scaffold",
  scaffoldVersion: "Scaffold version",
  tools: "Tools",
  network: "Network",
  prompt: "Prompt variant",
  temperature: "Temperature",
  reasoningEffort: "Reasoning effort",
  humanHelp: "Human help",
};

export const noElicitation: Elicitation = {
  scaffold: "",
  scaffoldVersion: "",
  tools: "",
  network: "",
  prompt: "",
  temperature: null,
  reasoningEffort: "",
  humanHelp: "",
};

/** "500,000 tokens", "7,200 seconds", "2.5 US dollars". */
export function formatLimit(name: LimitName, value: number): string {
  return `${Number.isInteger(value) ? formatCount(value) : String(value)} ${limitWords[name].unit}`;
}

/** The limits that a plan sets, in order: "Tokens" → "500,000 tokens". */
export function setLimits(limits: AttemptLimits): { name: LimitName; words: string; value: string }[] {
  return limitNames.flatMap((name) => {
    const value = limits[name];
    return value === null ? [] : [{ name, words: limitWords[name].words, value: formatLimit(name, value) }];
  });
}

/** What a plan says of elicitation, in order; what it does not say is left out. */
export function statedElicitation(elicitation: Elicitation): { name: ElicitationName; words: string; value: string }[] {
  return elicitationNames.flatMap((name) => {
    const value = String(elicitation[name] ?? "").trim();
    return value === "" ? [] : [{ name, words: elicitationWords[name], value }];
  });
}
