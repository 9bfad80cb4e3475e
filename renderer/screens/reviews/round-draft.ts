import type { OutcomeState } from "../../../electron/contract/attempt.ts";
import { endOfDay } from "../../../electron/contract/end-of-day.ts";
import {
  reviewFlags,
  reviewFlagWords,
  type RoundInput,
  type RoundScope,
} from "../../../electron/contract/reviewing.ts";
import { dayFault } from "../../state/time-words.ts";

export interface FlagToAsk {
  readonly id: string;
  readonly words: string;
}

/** A round as it is being written. */
export interface RoundDraft {
  readonly name: string;
  readonly of: "campaign" | "run";
  readonly campaignId: string | null;
  readonly runId: string | null;
  /** Empty: all of them. */
  readonly outcomes: readonly OutcomeState[];
  readonly solved: "any" | "solved" | "not-solved";
  readonly scoreAtLeast: number | null;
  readonly scoreAtMost: number | null;
  readonly extent: "all" | "sample";
  readonly sampleSize: number | null;
  readonly perAttempt: "1" | "2";
  readonly blind: boolean;
  readonly who: "balanced" | "named";
  readonly leads: boolean;
  readonly members: readonly string[];
  /** "2026-12-04", empty for none. */
  readonly due: string;
  readonly asksScore: boolean;
  /** Ids of those that every round may ask for. */
  readonly flags: readonly string[];
  readonly ownFlags: readonly FlagToAsk[];
}

/** What most rounds are: two people, blind, every flag but the loose one. */
export const emptyRound: RoundDraft = {
  name: "",
  of: "campaign",
  campaignId: null,
  runId: null,
  outcomes: [],
  solved: "any",
  scoreAtLeast: null,
  scoreAtMost: null,
  extent: "all",
  sampleSize: 40,
  perAttempt: "2",
  blind: true,
  who: "balanced",
  leads: false,
  members: [],
  due: "",
  asksScore: true,
  flags: [...reviewFlags],
  ownFlags: [],
};

/** The id that a flag's words come to: "Needs a tool" → "needs-a-tool"; null where nothing is left of them. */
export function flagId(words: string): string | null {
  const id = words
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return id === "" ? null : id;
}

/** Adds a flag of the round's own, by number where its words have no Latin letter; null where it is there already. */
export function withOwnFlag(draft: RoundDraft, words: string): RoundDraft | null {
  const id = flagId(words) ?? `flag-${String(draft.ownFlags.length + 1)}`;
  const isTaken =
    words.trim() === "" || reviewFlags.some((flag) => flag === id) || draft.ownFlags.some((flag) => flag.id === id);
  if (isTaken || draft.ownFlags.length + reviewFlags.length >= 40) return null;
  return { ...draft, ownFlags: [...draft.ownFlags, { id, words: words.trim() }] };
}

export type RoundFaults = Partial<Record<"name" | "of" | "score" | "sampleSize" | "members" | "due" | "form", string>>;

function scopeFaults(draft: RoundDraft): RoundFaults {
  const isChosen = (draft.of === "campaign" ? draft.campaignId : draft.runId) !== null;
  const crosses = draft.scoreAtLeast !== null && draft.scoreAtMost !== null && draft.scoreAtLeast > draft.scoreAtMost;
  return {
    ...(isChosen ? {} : { of: draft.of === "campaign" ? "Choose a campaign." : "Choose a run." }),
    ...(crosses ? { score: "Nothing can be at least the one and at most the other." } : {}),
    ...(draft.extent === "sample" && draft.sampleSize === null ? { sampleSize: "At least 1." } : {}),
  };
}

/** What is missing or wrong, by field; empty where the round can be opened. */
export function roundFaults(draft: RoundDraft): RoundFaults {
  const due = dayFault(draft.due);
  const asksNothing = !draft.asksScore && draft.flags.length + draft.ownFlags.length === 0;
  const fewest = Number(draft.perAttempt);
  const lacksPeople = draft.who === "named" && draft.members.length < fewest;
  return {
    ...(draft.name.trim() === "" ? { name: "Give it a name." } : {}),
    ...scopeFaults(draft),
    ...(lacksPeople ? { members: fewest === 2 ? "Choose at least two." : "Choose at least one." } : {}),
    ...(due === undefined ? {} : { due }),
    ...(asksNothing ? { form: "Ask for the score or for a flag." } : {}),
  };
}

function scopeOf(draft: RoundDraft): RoundScope | null {
  const { campaignId, runId, sampleSize } = draft;
  const campaign = campaignId === null ? null : ({ kind: "campaign", campaignId } as const);
  const run = runId === null ? null : ({ kind: "run", runId } as const);
  const of = draft.of === "campaign" ? campaign : run;
  if (of === null) return null;
  return {
    of,
    filter: {
      outcomes: [...draft.outcomes],
      scoreAtLeast: draft.scoreAtLeast,
      scoreAtMost: draft.scoreAtMost,
      solved: draft.solved === "any" ? null : draft.solved === "solved",
    },
    sample: draft.extent === "sample" && sampleSize !== null ? { size: sampleSize } : null,
  };
}

/**
 * The request that a round makes; null while something that decides who gets what is missing.
 * @param name in place of the draft's, so that a round without a name can be looked at before it is opened
 */
export function roundInput(draft: RoundDraft, name = draft.name.trim()): RoundInput | null {
  const scope = scopeOf(draft);
  if (scope === null || Object.keys({ ...roundFaults({ ...draft, name }) }).length > 0) return null;
  const asked = reviewFlags.filter((id) => draft.flags.includes(id));
  return {
    name,
    scope,
    perAttempt: draft.perAttempt === "2" ? 2 : 1,
    blind: draft.blind,
    reviewers:
      draft.who === "balanced"
        ? { kind: "balanced", leads: draft.leads }
        : { kind: "named", members: [...draft.members] },
    dueAt: endOfDay(draft.due),
    form: {
      flags: [...asked.map((id) => ({ id, words: reviewFlagWords[id] })), ...draft.ownFlags],
      asksScore: draft.asksScore,
    },
  };
}

/** The input with the seed that was looked at: the sample that is opened is the one that was shown. */
export function withSeed(input: RoundInput, seed: number): RoundInput {
  const { sample } = input.scope;
  return sample === null ? input : { ...input, scope: { ...input.scope, sample: { ...sample, seed } } };
}
