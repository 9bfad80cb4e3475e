import type { OutcomeState } from "../contract/attempt.ts";
import type { Ledger } from "../contract/values.ts";
import { type CountedAttempt, defaultSolveRule, effectiveOutcome, meetsRule, type SolveRule } from "./denominator.ts";

/** Where a planned attempt stands in the ledger: `scored` is split by whether it was solved. */
export type LedgerState = Exclude<keyof Ledger, "planned">;

const stateNames: Readonly<Record<OutcomeState, LedgerState>> = {
  scored: "notSolved",
  unscored: "unscored",
  refused: "refused",
  "limit-reached": "limitReached",
  "model-error": "modelError",
  "infrastructure-fault": "infrastructureFault",
  invalidated: "invalidated",
  withheld: "withheld",
  "not-run": "notRun",
};
const solvable: ReadonlySet<OutcomeState> = new Set<OutcomeState>(["scored", "limit-reached", "refused"]);

/** The one ledger state of an attempt. A solved attempt is solved even when it ran into a limit on the way out. */
export function ledgerState(attempt: Pick<CountedAttempt, "outcome" | "score">, rule: SolveRule): LedgerState {
  const outcome = effectiveOutcome(attempt);
  return solvable.has(outcome) && meetsRule(attempt.score, rule) ? "solved" : stateNames[outcome];
}

/** Every planned attempt by state: the counts add up to `planned`, which is `attempts.length`, always. */
export function ledgerOf(
  attempts: readonly Pick<CountedAttempt, "outcome" | "score">[],
  rule: SolveRule = defaultSolveRule,
): Ledger {
  const ledger: Ledger = {
    planned: attempts.length,
    solved: 0,
    notSolved: 0,
    unscored: 0,
    refused: 0,
    limitReached: 0,
    modelError: 0,
    infrastructureFault: 0,
    invalidated: 0,
    withheld: 0,
    notRun: 0,
  };
  for (const attempt of attempts) ledger[ledgerState(attempt, rule)] += 1;
  return ledger;
}
