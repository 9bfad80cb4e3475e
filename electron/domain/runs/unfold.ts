import { z } from "zod";
import { outcomeStates } from "../../contract/attempt.ts";
import type { CountedAttempt } from "../../statistics/denominator.ts";
import { attemptColumnsSchema, checkedColumns, type CheckedColumns } from "../attempts/columns.ts";
import { putLoggedColumns } from "../attempts/logged-columns.ts";
import { putLoggedAttempts } from "../attempts/rows.ts";
import { reapplyChanges } from "../attempts/changes.ts";
import type { QueryContext } from "../query-context.ts";
import { count, number, numberOrNull, oneOf, text, textOrNull, type ReadModel } from "../read-model.ts";
import { neverMade } from "./planned.ts";
import { keepSummary, storedSummary, type RunSummary } from "./summary.ts";
import type { RunFacts } from "./state.ts";

/**
 * Attempts of imported runs are read back from their journal entry when something asks for them, and let go again,
 * the longest unused first, when more than this many are held. An in-memory database has a hard limit (about 2 million
 * rows of this shape on Electron 33), so this stays below it.
 */
export const heldAttemptsLimit = 1_500_000;

const importedBodySchema = z.looseObject({
  plannedTasks: z.array(z.string()).nullable(),
  attempts: attemptColumnsSchema,
});

/** Makes sure that the attempts of a run are rows of the read model. */
export function unfoldRun({ model, source }: QueryContext, run: RunFacts): void {
  if (run.origin === "hand") return;
  const used = count(model, "SELECT coalesce(max(used), 0) + 1 AS n FROM unfolded_run");
  if (model.get("SELECT 1 AS n FROM unfolded_run WHERE run = ?", run.number) !== undefined) {
    model.run("UPDATE unfolded_run SET used = ? WHERE run = ?", used, run.number);
    return;
  }
  const body = importedBodySchema.parse(source.event(run.seq, run.index).body);
  const made = checkedColumns(body.attempts);
  const missing = neverMade(namesOf(made), body.plannedTasks, run.epochs);
  const attempts = made.n + missing.length;
  letGo(model, attempts);
  // One transaction: a commit for each row would cost several times as much.
  model.run("SAVEPOINT unfold");
  putLoggedColumns(model, run.number, made, run.rule);
  putLoggedAttempts(model, run.number, missing, run.rule);
  reapplyChanges(model, run.number, run.rule);
  model.run("INSERT INTO unfolded_run VALUES (?, ?, ?)", run.number, attempts, used);
  model.run("RELEASE unfold");
}

function* namesOf({ n, alike, values }: CheckedColumns): Generator<{ task: string; epoch: number }> {
  for (let place = 0; place < n; place += 1) {
    const task = values.task[alike.has("task") ? 0 : place] ?? "";
    yield { task, epoch: values.epoch[alike.has("epoch") ? 0 : place] ?? 0 };
  }
}

function letGo(model: ReadModel, coming: number): void {
  let held = count(model, "SELECT coalesce(sum(attempts), 0) AS n FROM unfolded_run");
  for (const row of model.all("SELECT run, attempts FROM unfolded_run ORDER BY used")) {
    if (held + coming <= heldAttemptsLimit) return;
    foldAway(model, number(row, "run"));
    held -= number(row, "attempts");
  }
}

function foldAway(model: ReadModel, run: number): void {
  model.run("DELETE FROM attempt WHERE run = ?", run);
  model.run("DELETE FROM unfolded_run WHERE run = ?", run);
}

/** Lets all attempts of imported runs go: before a snapshot is written. */
export function foldAllAway(model: ReadModel): void {
  model.run("DROP INDEX IF EXISTS attempt_narrow");
  for (const row of model.all("SELECT run FROM unfolded_run")) foldAway(model, number(row, "run"));
}

/** The planned attempts of a run, as statistics count them. */
export function countedAttempts(context: QueryContext, run: RunFacts): CountedAttempt[] {
  unfoldRun(context, run);
  return context.model
    .all("SELECT task, cluster, epoch, outcome, score FROM attempt WHERE run = ?", run.number)
    .map((row) => ({
      task: text(row, "task"),
      cluster: textOrNull(row, "cluster"),
      epoch: number(row, "epoch"),
      outcome: oneOf(row, "outcome", outcomeStates),
      score: numberOrNull(row, "score"),
    }));
}

/** The sums over a run's attempts: kept, or made again where attempts changed since. */
export function runSummary(context: QueryContext, run: RunFacts): RunSummary {
  const kept = storedSummary(context.model, run.number);
  if (kept !== null) return kept;
  return keepSummary(context.model, run.number, countedAttempts(context, run), run.rule);
}
