import { z } from "zod";
import { outcomeStateSchema } from "../../contract/attempt.ts";
import {
  denominatorPolicies,
  ledgerSchema,
  policyRatesSchema,
  type DenominatorPolicy,
  type Ledger,
  type Rate,
} from "../../contract/values.ts";
import { countStates, type CountedAttempt, type SolveRule } from "../../statistics/denominator.ts";
import { ledgerOf } from "../../statistics/ledger.ts";
import { passCurve, passCurveSteps } from "../../statistics/pass-curve.ts";
import { rateOf, rateOfTallies } from "../../statistics/solve-rate.ts";
import { tallyTasks, type TaskTally } from "../../statistics/task-tally.ts";
import { text, type ReadModel } from "../read-model.ts";

/** The sums over one run's planned attempts: what lists, matrices and reports print without opening the run. */
export const runSummarySchema = z.strictObject({
  ledger: ledgerSchema,
  states: z.record(outcomeStateSchema, z.int()),
  rates: policyRatesSchema,
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

/** A solve rate as the contract carries it; tasks that name clusters are resampled by cluster. */
export function rateOfTasks(tallies: readonly TaskTally[]): Rate {
  const clustered = tallies.some((tally) => tally.cluster !== null);
  return rateOf(rateOfTallies(tallies, { unit: clustered ? "cluster" : "task" }));
}

/** Tallies by task under each denominator policy, in the order of `denominatorPolicies`: what runs are pooled from. */
export type RunTallies = readonly (readonly TaskTally[])[];

export function tally(attempts: readonly CountedAttempt[], rule: SolveRule): RunTallies {
  const tallies: (readonly TaskTally[])[] = [];
  for (const policy of denominatorPolicies) {
    const own = tallyTasks(attempts, policy, rule);
    tallies.push(tallies.find((other) => sameTallies(own, other)) ?? own);
  }
  return tallies;
}

/** Without errors and invalidated attempts all policies count alike. */
function sameTallies(a: readonly TaskTally[], b: readonly TaskTally[]): boolean {
  return a.length === b.length && a.every(({ n, solved }, place) => n === b[place]?.n && solved === b[place].solved);
}

/** Does something with each policy's tallies, once where they are the same list. */
function byTallies<T>(tallies: RunTallies, make: (tasks: readonly TaskTally[]) => T): T[] {
  const made = new Map<readonly TaskTally[], T>();
  return tallies.map((tasks) => {
    const one = made.get(tasks) ?? make(tasks);
    made.set(tasks, one);
    return one;
  });
}

export function summarise(attempts: readonly CountedAttempt[], rule: SolveRule, tallies: RunTallies): RunSummary {
  const rates = byTallies(tallies, rateOfTasks);
  return {
    ledger: ledgerOf(attempts, rule),
    states: { ...countStates(attempts) },
    rates: denominatorPolicies.map((policy, place) => ({ ...policy, rate: rates[place] ?? rateOfTasks([]) })),
    passAtK: meanPassAtK(tallies[0] ?? []),
  };
}

/**
 * Mean pass@k over tasks, k the smallest number of counted attempts that any task has, so that every task has an
 * estimate: the last point of its pass curve; null where some task has fewer than two.
 */
function meanPassAtK(tallies: readonly TaskTally[]): RunSummary["passAtK"] {
  const k = passCurveSteps(tallies).at(-1) ?? 1;
  if (k < 2) return null;
  const [point] = passCurve(tallies, { ks: [k] });
  return point === undefined || point.value === null ? null : { k, value: point.value, n: point.tasks };
}

/** Sums up a run's planned attempts and keeps that, with the tallies that pooled cells are made of. */
export function keepSummary(
  model: ReadModel,
  run: number,
  attempts: readonly CountedAttempt[],
  rule: SolveRule,
): RunSummary {
  const tallies = tally(attempts, rule);
  const summary = summarise(attempts, rule, tallies);
  model.run("INSERT OR REPLACE INTO run_summary VALUES (?, ?)", run, JSON.stringify(summary));
  byTallies(tallies, packTallies).forEach((packed, place) => {
    model.run("INSERT OR REPLACE INTO run_tally VALUES (?, ?, ?)", run, place, packed);
  });
  return summary;
}

export function storedSummary(model: ReadModel, run: number): RunSummary | null {
  const row = model.get("SELECT summary FROM run_summary WHERE run = ?", run);
  return row === undefined ? null : runSummarySchema.parse(JSON.parse(text(row, "summary")));
}

/** A list of which each value is looked at once: tallies are read for every comparison. */
function listOf<T>(isOne: (value: unknown) => value is T): z.ZodType<T[]> {
  return z.custom<T[]>((list) => Array.isArray(list) && list.every(isOne));
}

const isText = (value: unknown): value is string => typeof value === "string";
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const tallyColumns = z.strictObject({
  task: listOf(isText),
  cluster: listOf((value) => value === null || isText(value)),
  n: listOf(isWhole),
  solved: listOf(isWhole),
});

function packTallies(tasks: readonly TaskTally[]): string {
  return JSON.stringify({
    task: tasks.map(({ task }) => task),
    cluster: tasks.map(({ cluster }) => cluster),
    n: tasks.map(({ n }) => n),
    solved: tasks.map(({ solved }) => solved),
  });
}

/** Whether a run's sums are kept: they go when one of its attempts changes. */
export function isSummedUp(model: ReadModel, run: number): boolean {
  return model.get("SELECT 1 AS n FROM run_summary WHERE run = ?", run) !== undefined;
}

/** The tallies that were kept with a run's summary, under one policy. */
export function storedTallies(model: ReadModel, run: number, policy: DenominatorPolicy): TaskTally[] {
  const place = denominatorPolicies.findIndex(
    (one) => one.errors === policy.errors && one.invalidated === policy.invalidated,
  );
  const row = model.get("SELECT tallies FROM run_tally WHERE run = ? AND policy = ?", run, place);
  if (row === undefined) return [];
  const { task, cluster, n, solved } = tallyColumns.parse(JSON.parse(text(row, "tallies")));
  return task.map((name, at) => ({ task: name, cluster: cluster[at] ?? null, n: n[at] ?? 0, solved: solved[at] ?? 0 }));
}

/** The rate under a policy; all four are kept. */
export function rateUnder(summary: RunSummary, policy: DenominatorPolicy): Rate {
  const found = summary.rates.find((one) => one.errors === policy.errors && one.invalidated === policy.invalidated);
  if (found === undefined) throw new Error("a run's summary lacks a denominator policy");
  return found.rate;
}
