import type { OutcomeState } from "../contract/attempt.ts";
import { type CountedAttempt, defaultSolveRule, effectiveOutcome, meetsRule, type SolveRule } from "./denominator.ts";

/** Where a planned attempt stands in the ledger: `scored` is split by whether it was solved. */
export const ledgerStates = [
  "solved",
  "not-solved",
  "limit-reached",
  "refused",
  "unscored",
  "model-error",
  "infrastructure-fault",
  "invalidated",
  "withheld",
  "not-run",
] as const;
export type LedgerState = (typeof ledgerStates)[number];

export interface LedgerCount {
  readonly state: LedgerState;
  readonly count: number;
}

const solvable: ReadonlySet<OutcomeState> = new Set<OutcomeState>(["scored", "limit-reached", "refused"]);

/** The one ledger state of an attempt. A solved attempt is solved even when it ran into a limit on the way out. */
export function ledgerState(attempt: Pick<CountedAttempt, "outcome" | "score">, rule: SolveRule): LedgerState {
  const outcome = effectiveOutcome(attempt);
  if (solvable.has(outcome) && meetsRule(attempt.score, rule)) return "solved";
  return outcome === "scored" ? "not-solved" : outcome;
}

/**
 * Every planned attempt by state, in ledger order, states without attempts included: the counts add up to
 * `attempts.length`, always.
 */
export function ledgerOf(
  attempts: readonly Pick<CountedAttempt, "outcome" | "score">[],
  rule: SolveRule = defaultSolveRule,
): LedgerCount[] {
  const counts = new Map<LedgerState, number>();
  for (const attempt of attempts) {
    const state = ledgerState(attempt, rule);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return ledgerStates.map((state) => ({ state, count: counts.get(state) ?? 0 }));
}
