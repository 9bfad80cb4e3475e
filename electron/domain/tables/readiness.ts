import type { TableId, TableScope } from "../../contract/tables.ts";
import { formatCount } from "../../contract/number-text.ts";
import type { QueryContext } from "../query-context.ts";
import { count, text, type ReadModel } from "../read-model.ts";
import { Refusal } from "../refusal.ts";
import { runFacts } from "../runs/state.ts";
import { heldAttemptsLimit, runSummary, unfoldRun } from "../runs/unfold.ts";
import { joined, sql, type Sql } from "./definition.ts";
import { tables } from "./tables.ts";

/** What of the read model is made only when somebody asks: attempts of imported runs, the sums over runs. */

export interface ReadinessStep {
  readonly words: string;
  readonly done: number;
  readonly total: number;
}

/** From how many attempts on a scan of all of them takes so long that a narrow copy of what is asked for most pays. */
const narrowFrom = 50_000;

/**
 * Brings what a table shows into the read model, a run at a step, so that whoever drives it can tell how far it is and
 * stop between two. Throws a Refusal where it is more than is held at once.
 */
export function* readiness(context: QueryContext, id: TableId, scope: TableScope): Generator<ReadinessStep> {
  if (id === "attempts") yield* unfolded(context, scope);
  if (id === "runs") yield* summed(context, scope);
}

function runsIn(model: ReadModel, scope: TableScope, condition: string): string[] {
  const where = runsWhere(scope);
  return model
    .all(`SELECT r.id FROM run r WHERE ${where.sql} AND ${condition} ORDER BY r.number`, ...where.values)
    .map((row) => text(row, "id"));
}

function runsWhere(scope: TableScope): Sql {
  return joined([sql("1 = 1"), ...tables.runs.within(scope)], " AND ");
}

function* summed(context: QueryContext, scope: TableScope): Generator<ReadinessStep> {
  const { model } = context;
  const missing = runsIn(model, scope, "NOT EXISTS (SELECT 1 FROM run_summary s WHERE s.run = r.number)");
  for (const [done, id] of missing.entries()) {
    yield { words: "Summing up runs", done, total: missing.length };
    const run = runFacts(model, id);
    if (run !== null) runSummary(context, run);
  }
}

function* unfolded(context: QueryContext, scope: TableScope): Generator<ReadinessStep> {
  const { model } = context;
  yield* summed(context, scope);
  checkSize(model, scope);
  const away = "r.origin = 'log' AND NOT EXISTS (SELECT 1 FROM unfolded_run u WHERE u.run = r.number)";
  // The ones that are there count as just used, so that they are not let go for the ones that come.
  const missing = runsIn(model, scope, away);
  if (missing.length > 0) markUsed(model, scope);
  for (const [done, id] of missing.entries()) {
    yield { words: "Reading attempts", done, total: missing.length };
    const run = runFacts(model, id);
    if (run !== null) unfoldRun(context, run);
  }
  if (count(model, "SELECT coalesce(sum(attempts), 0) AS n FROM unfolded_run") >= narrowFrom) {
    // All that lists are sorted and filtered by most, in a tenth of the bytes of a row.
    model.run(`CREATE INDEX IF NOT EXISTS attempt_narrow ON attempt
      (run, task, epoch, ledger, score, total_tokens, total_ms, cost)`);
  }
}

function checkSize(model: ReadModel, scope: TableScope): void {
  const where = runsWhere(scope);
  const planned = count(
    model,
    `SELECT coalesce(sum(json_extract(s.summary, '$.ledger.planned')), 0) AS n FROM run r
     JOIN run_summary s ON s.run = r.number WHERE ${where.sql}`,
    ...where.values,
  );
  if (planned <= heldAttemptsLimit) return;
  const most = formatCount(heldAttemptsLimit);
  throw new Refusal(
    "conflict",
    "these attempts",
    `They are ${formatCount(planned)}, and ${most} can be looked at at once.`,
  );
}

function markUsed(model: ReadModel, scope: TableScope): void {
  const where = runsWhere(scope);
  model.run(
    `UPDATE unfolded_run SET used = (SELECT coalesce(max(used), 0) + 1 FROM unfolded_run)
     WHERE run IN (SELECT r.number FROM run r WHERE ${where.sql})`,
    ...where.values,
  );
}
