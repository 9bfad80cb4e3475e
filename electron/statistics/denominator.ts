import { type OutcomeState, outcomeStates } from "../contract/attempt.ts";
import type { DenominatorPolicy } from "../contract/values.ts";

/** What statistics need to know of one planned attempt. */
export interface CountedAttempt {
  readonly task: string;
  /** Value that groups tasks that are not independent of each other; null: the task stands alone. */
  readonly cluster: string | null;
  readonly epoch: number;
  readonly outcome: OutcomeState;
  readonly score: number | null;
}

/** When a score counts as solved: at or beyond the threshold, in the benchmark's direction. */
export interface SolveRule {
  readonly direction: "higher" | "lower";
  readonly threshold: number;
}

/** Scores of 1 and above are solved: C/I scorers and flags. */
export const defaultSolveRule: SolveRule = { direction: "higher", threshold: 1 };

/** The state that counts: an attempt called scored that carries no usable score is unscored. */
export function effectiveOutcome(attempt: Pick<CountedAttempt, "outcome" | "score">): OutcomeState {
  const scoreless = attempt.score === null || Number.isNaN(attempt.score);
  return attempt.outcome === "scored" && scoreless ? "unscored" : attempt.outcome;
}

/** Whether a score meets the rule; no score never does. */
export function meetsRule(score: number | null, rule: SolveRule): boolean {
  if (score === null || Number.isNaN(score)) return false;
  return rule.direction === "higher" ? score >= rule.threshold : score <= rule.threshold;
}

export type Judgement = "solved" | "not-solved" | "left-out";

/** How a state is judged: by its score, as an error, as an invalidated attempt, or not at all. */
const judgedAs: Readonly<Record<OutcomeState, "by-score" | "error" | "invalidated" | "no-result">> = {
  scored: "by-score",
  "limit-reached": "by-score",
  refused: "by-score",
  unscored: "error",
  "model-error": "error",
  "infrastructure-fault": "error",
  invalidated: "invalidated",
  withheld: "no-result",
  "not-run": "no-result",
};

/**
 * What one attempt is in a denominator under a policy. A policy says what is done with attempts that did not get to be
 * judged (`unscored`, `model-error`, `infrastructure-fault`), and with attempts that a person invalidated. Withheld and
 * not-run attempts have no result that could be counted: they are out of every denominator, and in `leftOut`.
 */
export function judge(
  attempt: Pick<CountedAttempt, "outcome" | "score">,
  policy: DenominatorPolicy,
  rule: SolveRule,
): Judgement {
  const way = judgedAs[effectiveOutcome(attempt)];
  if (way === "no-result") return "left-out";
  if (way === "error") return policy.errors === "as-failures" ? "not-solved" : "left-out";
  if (way === "invalidated" && policy.invalidated === "left-out") return "left-out";
  return meetsRule(attempt.score, rule) ? "solved" : "not-solved";
}

/** A count for every outcome state, zeros included. */
export type PerState = Readonly<Record<OutcomeState, number>>;

/** Counts attempts by the state that counts (see `effectiveOutcome`). */
export function countStates(attempts: readonly Pick<CountedAttempt, "outcome" | "score">[]): PerState {
  const counts = new Map<OutcomeState, number>();
  for (const attempt of attempts) {
    const state = effectiveOutcome(attempt);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const of = (state: OutcomeState): number => counts.get(state) ?? 0;
  return {
    scored: of("scored"),
    unscored: of("unscored"),
    refused: of("refused"),
    "limit-reached": of("limit-reached"),
    "model-error": of("model-error"),
    "infrastructure-fault": of("infrastructure-fault"),
    invalidated: of("invalidated"),
    withheld: of("withheld"),
    "not-run": of("not-run"),
  };
}

/** Sum of the counts of all states: the number of planned attempts. */
export function totalOf(counts: PerState): number {
  return outcomeStates.reduce((total, state) => total + counts[state], 0);
}
