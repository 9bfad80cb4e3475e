import type { OutcomeState } from "../../contract/attempt.ts";
import { meetsRule, type SolveRule } from "../../statistics/denominator.ts";

const stateWords: Record<OutcomeState, string> = {
  scored: "scored",
  unscored: "unscored",
  refused: "refused",
  "limit-reached": "limit reached",
  "model-error": "model error",
  "infrastructure-fault": "infrastructure fault",
  invalidated: "invalidated",
  withheld: "withheld",
  "not-run": "not run",
};

/** "solved", "not solved", "limit reached" …: a state as people say it. */
export function outcomeWords(outcome: OutcomeState, score: number | null, rule: SolveRule): string {
  if (outcome !== "scored") return stateWords[outcome];
  return meetsRule(score, rule) ? "solved" : "not solved";
}

export function attemptTitle(attempt: { task: string; epoch: number }): string {
  return `${attempt.task}, epoch ${String(attempt.epoch)}`;
}
