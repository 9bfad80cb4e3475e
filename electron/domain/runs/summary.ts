import { z } from "zod";
import { outcomeStateSchema } from "../../contract/attempt.ts";
import {
  headlinePolicy,
  ledgerSchema,
  rateSchema,
  type DenominatorPolicy,
  type Ledger,
  type Rate,
} from "../../contract/values.ts";
import { countStates, denominatorPolicies, type CountedAttempt, type SolveRule } from "../../statistics/denominator.ts";
import { ledgerOf } from "../../statistics/ledger.ts";
import { passAtK } from "../../statistics/pass-at-k.ts";
import { solveRate } from "../../statistics/solve-rate.ts";
import { tallyTasks } from "../../statistics/task-tally.ts";
import { text, type ReadModel } from "../read-model.ts";

/** The sums over one run's planned attempts: what lists, matrices and reports print without opening the run. */
export const runSummarySchema = z.strictObject({
  ledger: ledgerSchema,
  states: z.record(outcomeStateSchema, z.int()),
  rates: z.array(
    z.strictObject({
      errors: z.enum(["as-failures", "left-out"]),
      invalidated: z.enum(["left-out", "counted"]),
      rate: rateSchema,
    }),
  ),
  passAtK: z.strictObject({ k: z.int(), value: z.number(), n: z.int() }).nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const emptyLedger: Ledger = ledgerOf([]);

export function addLedgers(a: Ledger, b: Ledger): Ledger {
  return {
    planned: a.planned + b.planned,
    solved: a.solved + b.solved,
    notSolved: a.notSolved + b.notSolved,
    unscored: a.unscored + b.unscored,
    refused: a.refused + b.refused,
    limitReached: a.limitReached + b.limitReached,
    modelError: a.modelError + b.modelError,
    infrastructureFault: a.infrastructureFault + b.infrastructureFault,
    invalidated: a.invalidated + b.invalidated,
    withheld: a.withheld + b.withheld,
    notRun: a.notRun + b.notRun,
  };
}

/** A solve rate as the contract carries it. */
export function rateOf(attempts: readonly CountedAttempt[], rule: SolveRule, policy: DenominatorPolicy): Rate {
  const clustered = attempts.some((attempt) => attempt.cluster !== null);
  const made = solveRate(attempts, { rule, policy, unit: clustered ? "cluster" : "task" });
  const { n, solved, tasks, solvedTasks, rate, interval } = made;
  return { n, solved, tasks, solvedTasks, rate, interval };
}

export function summarise(attempts: readonly CountedAttempt[], rule: SolveRule): RunSummary {
  return {
    ledger: ledgerOf(attempts, rule),
    states: { ...countStates(attempts) },
    rates: denominatorPolicies.map((policy) => ({ ...policy, rate: rateOf(attempts, rule, policy) })),
    passAtK: meanPassAtK(attempts, rule),
  };
}

/**
 * Mean pass@k over tasks, k the smallest number of counted attempts that any task has, so that every task has an
 * estimate; null where some task has fewer than two.
 */
function meanPassAtK(attempts: readonly CountedAttempt[], rule: SolveRule): RunSummary["passAtK"] {
  const tasks = tallyTasks(attempts, headlinePolicy, rule).filter((task) => task.n > 0);
  const k = tasks.reduce((least, task) => Math.min(least, task.n), Number.POSITIVE_INFINITY);
  if (tasks.length === 0 || k < 2) return null;
  const sum = tasks.reduce((total, task) => total + (passAtK(task.n, task.solved, k) ?? 0), 0);
  return { k, value: sum / tasks.length, n: tasks.length };
}

export function putSummary(model: ReadModel, run: number, summary: RunSummary): void {
  model.run("INSERT OR REPLACE INTO run_summary VALUES (?, ?)", run, JSON.stringify(summary));
}

export function storedSummary(model: ReadModel, run: number): RunSummary | null {
  const row = model.get("SELECT summary FROM run_summary WHERE run = ?", run);
  return row === undefined ? null : runSummarySchema.parse(JSON.parse(text(row, "summary")));
}

/** The rate under a policy; all four are kept. */
export function rateUnder(summary: RunSummary, policy: DenominatorPolicy): Rate {
  const found = summary.rates.find((one) => one.errors === policy.errors && one.invalidated === policy.invalidated);
  if (found === undefined) throw new Error("a run's summary lacks a denominator policy");
  return found.rate;
}
