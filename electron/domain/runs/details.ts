import { outcomeStates } from "../../contract/attempt.ts";
import { spendingMeasures } from "../../contract/comparing.ts";
import { denominatorPolicies, type DenominatorPolicy } from "../../contract/values.ts";
import { type CountedAttempt, judge, type SolveRule } from "../../statistics/denominator.ts";
import { spendingByTask } from "../../statistics/spending.ts";
import { compareNames } from "../../statistics/task-tally.ts";
import type { QueryContext } from "../query-context.ts";
import { number, numberOrNull, oneOf, text, type ReadModel, type Row, type SqlValue } from "../read-model.ts";
import type { RunFacts } from "./state.ts";
import { unfoldRun } from "./unfold.ts";

export type SpendingMeasure = (typeof spendingMeasures)[number];

/** What one run's attempts used up, by task in order of name. */
export interface RunSpending {
  /** Attempts that were made, those of which it is known what they used, and what these used. */
  readonly made: Int32Array;
  readonly known: Int32Array;
  readonly spent: Float64Array;
}

/** What each of one run's attempts that solved used up. */
export interface SolvedSpending {
  /** Attempts that solved: the place of the task, what was used (NaN: not known), and 1 for an invalidated one. */
  readonly solvedTask: Int32Array;
  readonly solvedSpent: Float64Array;
  readonly solvedInvalid: Int32Array;
}

/** By task in order of name, the first epoch that solved and the first that counts; 0 where there is none. */
export interface FirstEpochs {
  readonly solved: Int32Array;
  readonly counted: Int32Array;
}

/** What details are made of. */
export type DetailedAttempt = Pick<CountedAttempt, "task" | "epoch" | "outcome" | "score"> & {
  readonly cost: number | null;
  readonly totalTokens: number | null;
  readonly totalMs: number | null;
};

export function runSpending(context: QueryContext, run: RunFacts, measure: SpendingMeasure): RunSpending {
  const row = kept(context, run, "SELECT made, known, spent FROM run_spent WHERE run = ? AND measure = ?", measure);
  return { made: wholes(row, "made"), known: wholes(row, "known"), spent: doubles(row, "spent") };
}

export function solvedSpending(context: QueryContext, run: RunFacts, measure: SpendingMeasure): SolvedSpending {
  const columns = "solved_task, solved_spent, solved_invalid";
  const row = kept(context, run, `SELECT ${columns} FROM run_spent WHERE run = ? AND measure = ?`, measure);
  return {
    solvedTask: wholes(row, "solved_task"),
    solvedSpent: doubles(row, "solved_spent"),
    solvedInvalid: wholes(row, "solved_invalid"),
  };
}

export function firstEpochs(context: QueryContext, run: RunFacts, policy: DenominatorPolicy): FirstEpochs {
  const place = denominatorPolicies.findIndex(
    ({ errors, invalidated }) => errors === policy.errors && invalidated === policy.invalidated,
  );
  const row = kept(context, run, "SELECT * FROM run_epoch WHERE run = ? AND policy = ?", place);
  return { solved: wholes(row, "solved"), counted: wholes(row, "counted") };
}

function kept(context: QueryContext, run: RunFacts, sql: string, key: SqlValue): Row {
  const { model } = context;
  const found = model.get(sql, run.number, key);
  if (found !== undefined) return found;
  keepDetails(model, run.number, detailedAttempts(context, run), run.rule);
  const made = model.get(sql, run.number, key);
  if (made === undefined) throw new Error("a run's details were just kept");
  return made;
}

function detailedAttempts(context: QueryContext, run: RunFacts): DetailedAttempt[] {
  unfoldRun(context, run);
  return context.model
    .all("SELECT task, epoch, outcome, score, cost, total_tokens, total_ms FROM attempt WHERE run = ?", run.number)
    .map((row) => ({
      task: text(row, "task"),
      epoch: number(row, "epoch"),
      outcome: oneOf(row, "outcome", outcomeStates),
      score: numberOrNull(row, "score"),
      cost: numberOrNull(row, "cost"),
      totalTokens: numberOrNull(row, "total_tokens"),
      totalMs: numberOrNull(row, "total_ms"),
    }));
}

/** Keeps what comparisons need of a run's attempts. */
export function keepDetails(
  model: ReadModel,
  run: number,
  attempts: readonly DetailedAttempt[],
  rule: SolveRule,
): void {
  const tasks = [...new Set(attempts.map(({ task }) => task))].sort(compareNames);
  const places = new Map(tasks.map((task, place) => [task, place]));
  for (const measure of spendingMeasures)
    keepSpending(model, run, measure, spendingOf(attempts, places, measure, rule));
  denominatorPolicies.forEach((policy, place) => {
    const { solved, counted } = epochsOf(attempts, places, policy, rule);
    model.run("INSERT OR REPLACE INTO run_epoch VALUES (?, ?, ?, ?)", run, place, bytes(solved), bytes(counted));
  });
}

const valueOf: Record<SpendingMeasure, (attempt: DetailedAttempt) => number | null> = {
  cost: ({ cost }) => cost,
  tokens: ({ totalTokens }) => totalTokens,
  time: ({ totalMs }) => totalMs,
};

/** An attempt that nobody made used nothing; of a withheld one it is not told. */
const notMade: ReadonlySet<string> = new Set(["not-run", "withheld"]);
const everySolved: DenominatorPolicy = { errors: "as-failures", invalidated: "counted" };

function spendingOf(
  attempts: readonly DetailedAttempt[],
  places: ReadonlyMap<string, number>,
  measure: SpendingMeasure,
  rule: SolveRule,
): RunSpending & SolvedSpending {
  const spentOf = valueOf[measure];
  const made = attempts.filter(({ outcome }) => !notMade.has(outcome));
  const byTask = new Map(
    spendingByTask(made.map((attempt) => ({ task: attempt.task, spent: spentOf(attempt) }))).map((one) => [
      one.task,
      one,
    ]),
  );
  const solved = made
    .filter((attempt) => judge(attempt, everySolved, rule) === "solved")
    .map((attempt) => ({
      place: places.get(attempt.task) ?? 0,
      spent: spentOf(attempt) ?? Number.NaN,
      invalid: attempt.outcome === "invalidated" ? 1 : 0,
    }))
    .sort((a, b) => a.spent - b.spent || a.place - b.place);
  const inOrder = [...places.keys()].map((task) => byTask.get(task));
  return {
    made: Int32Array.from(inOrder, (task) => task?.made ?? 0),
    known: Int32Array.from(inOrder, (task) => task?.known ?? 0),
    spent: Float64Array.from(inOrder, (task) => task?.spent ?? 0),
    solvedTask: Int32Array.from(solved, ({ place }) => place),
    solvedSpent: Float64Array.from(solved, ({ spent }) => spent),
    solvedInvalid: Int32Array.from(solved, ({ invalid }) => invalid),
  };
}

function keepSpending(
  model: ReadModel,
  run: number,
  measure: SpendingMeasure,
  spending: RunSpending & SolvedSpending,
): void {
  model.run(
    "INSERT OR REPLACE INTO run_spent VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    run,
    measure,
    bytes(spending.made),
    bytes(spending.known),
    bytes(spending.spent),
    bytes(spending.solvedTask),
    bytes(spending.solvedSpent),
    bytes(spending.solvedInvalid),
  );
}

function epochsOf(
  attempts: readonly DetailedAttempt[],
  places: ReadonlyMap<string, number>,
  policy: DenominatorPolicy,
  rule: SolveRule,
): FirstEpochs {
  const solved = new Int32Array(places.size);
  const counted = new Int32Array(places.size);
  for (const attempt of attempts) {
    const judgement = judge(attempt, policy, rule);
    if (judgement === "left-out") continue;
    const place = places.get(attempt.task) ?? 0;
    keepFirst(counted, place, attempt.epoch);
    if (judgement === "solved") keepFirst(solved, place, attempt.epoch);
  }
  return { solved, counted };
}

function keepFirst(epochs: Int32Array, place: number, epoch: number): void {
  const first = epochs[place] ?? 0;
  if (first === 0 || epoch < first) epochs[place] = epoch;
}

function bytes(numbers: Int32Array | Float64Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** A copy, because a typed array must begin where its numbers can. */
function copied(row: Row, column: string): ArrayBuffer {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new Error(`column ${column} of the read model holds no bytes`);
  return new Uint8Array(value).buffer;
}

function wholes(row: Row, column: string): Int32Array {
  return new Int32Array(copied(row, column));
}

function doubles(row: Row, column: string): Float64Array {
  return new Float64Array(copied(row, column));
}
