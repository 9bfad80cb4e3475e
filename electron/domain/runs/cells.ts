import type { Matrix, RunResult } from "../../contract/evaluation.ts";
import { headlinePolicy, type DenominatorPolicy, type Ledger, type Rate } from "../../contract/values.ts";
import { mergeTallies } from "../../statistics/task-tally.ts";
import { benchmarkTitle, taskCount } from "../benchmarks/queries.ts";
import { modelVersionWords } from "../models/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { text, type ReadModel, type SqlValue } from "../read-model.ts";
import { addLedgers, emptyLedger, rateOfTasks, rateUnder, storedTallies } from "./summary.ts";
import { runFacts, type RunFacts } from "./state.ts";
import { runSummary } from "./unfold.ts";

export interface RunFilter {
  readonly campaignId?: string | undefined;
  readonly modelVersionId?: string | undefined;
  readonly benchmarkId?: string | undefined;
  readonly compartment?: number | undefined;
}

/** The WHERE clause of a filter, and its values. Withdrawn runs are left out of cells, not out of lists. */
export function runFilterSql(filter: RunFilter): { where: string; values: SqlValue[] } {
  const parts: [string, string | number | undefined][] = [
    ["campaign_id", filter.campaignId],
    ["model_version_id", filter.modelVersionId],
    ["benchmark_id", filter.benchmarkId],
    ["compartment", filter.compartment],
  ];
  const given = parts.flatMap(([column, value]) => (value === undefined ? [] : [{ column, value }]));
  const where = ["1 = 1", ...given.map(({ column }) => `${column} = ?`)].join(" AND ");
  return { where, values: given.map(({ value }) => value) };
}

function facts(model: ReadModel, sql: string, values: SqlValue[]): RunFacts[] {
  return model.all(sql, ...values).flatMap((row) => {
    const run = runFacts(model, text(row, "id"));
    return run === null ? [] : [run];
  });
}

/**
 * Of several runs that share a log (two people imported it, and handed their runs over) one counts: an accepted one before
 * others, then the one that was made of more logs, then the oldest.
 */
const countedOnce = `NOT EXISTS (SELECT 1 FROM run_log own JOIN run_log other ON other.log_key = own.log_key
  JOIN run twin ON twin.id = other.run WHERE own.run = run.id AND twin.id <> run.id
  AND twin.state NOT IN ('withdrawn', 'rejected')
  AND (twin.state <> 'accepted', -twin.logs, twin.started_at, twin.id) < (run.state <> 'accepted', -run.logs, run.started_at, run.id))`;

/** The same where one compartment is asked of: no run that is kept apart from it takes the place of one that is in it. */
const countedOnceInside = countedOnce.replace(
  "twin.id <> run.id",
  "twin.id <> run.id AND twin.compartment = run.compartment",
);

/** Runs that count in a cell: neither withdrawn nor rejected, and each log once. */
export function runsOfCell(model: ReadModel, filter: RunFilter): RunFacts[] {
  const { where, values } = runFilterSql(filter);
  const once = filter.compartment === undefined ? countedOnce : countedOnceInside;
  const sql = `SELECT id FROM run WHERE ${where} AND state NOT IN ('withdrawn', 'rejected') AND ${once} ORDER BY number`;
  return facts(model, sql, values);
}

/** The ledger and the rate of one or several runs together; several are pooled by task. */
export function cellResult(
  context: QueryContext,
  runs: readonly RunFacts[],
  policy: DenominatorPolicy,
): { ledger: Ledger; rate: Rate } {
  if (runs.length === 0) {
    return { ledger: emptyLedger, rate: { n: 0, solved: 0, tasks: 0, solvedTasks: 0, rate: null, interval: null } };
  }
  const summaries = runs.map((run) => runSummary(context, run));
  const ledger = summaries.reduce((sum, one) => addLedgers(sum, one.ledger), emptyLedger);
  const only = summaries[0];
  if (runs.length === 1 && only !== undefined) return { ledger, rate: rateUnder(only, policy) };
  const tallies = mergeTallies(runs.map((run) => storedTallies(context.model, run.number, policy)));
  return { ledger, rate: rateOfTasks(tallies) };
}

/** Model versions × benchmarks that have runs, of a campaign or of all that this member reads. */
export function resultMatrix(context: QueryContext, filter: RunFilter, policy: DenominatorPolicy): Matrix {
  const { model } = context;
  const runs = runsOfCell(model, filter);
  const byCell = groupByCell(runs);
  const cells = [...byCell.values()].flatMap((ofCell) => {
    const first = ofCell[0];
    if (first === undefined) return [];
    const { modelVersionId, benchmarkId } = first;
    const listed = ofCell.map((run) => ({ id: run.id, code: run.code }));
    return [{ modelVersionId, benchmarkId, ...cellResult(context, ofCell, policy), runs: listed }];
  });
  const versionIds = [...new Set(cells.map((cell) => cell.modelVersionId))];
  const benchmarkIds = [...new Set(cells.map((cell) => cell.benchmarkId))];
  const byWords = (a: { words: string }, b: { words: string }): number => a.words.localeCompare(b.words, "en");
  const byTitle = (a: { title: string }, b: { title: string }): number => a.title.localeCompare(b.title, "en");
  return {
    policy,
    modelVersions: versionIds.map((id) => ({ id, words: modelVersionWords(model, id) })).sort(byWords),
    benchmarks: benchmarkIds
      .map((id) => ({ id, title: benchmarkTitle(model, id), tasks: taskCount(model, id) }))
      .sort(byTitle),
    cells,
  };
}

/** One line a run, as the command line and exports print them. */
export function runResults(context: QueryContext, filter: RunFilter): RunResult[] {
  const { where, values } = runFilterSql(filter);
  return facts(context.model, `SELECT id FROM run WHERE ${where} ORDER BY number`, values).map((run) => {
    const summary = runSummary(context, run);
    const rate = rateUnder(summary, headlinePolicy);
    return {
      run: run.id,
      code: run.code,
      model: modelVersionWords(context.model, run.modelVersionId),
      benchmark: benchmarkTitle(context.model, run.benchmarkId),
      planned: summary.ledger.planned,
      scored: summary.states.scored,
      solved: rate.solved,
      rate: rate.rate,
      interval: rate.interval,
      states: summary.states,
    };
  });
}

function groupByCell(runs: readonly RunFacts[]): Map<string, RunFacts[]> {
  const cells = new Map<string, RunFacts[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.modelVersionId, run.benchmarkId]);
    cells.set(key, [...(cells.get(key) ?? []), run]);
  }
  return cells;
}
