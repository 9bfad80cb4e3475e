import type { Campaign, PooledRates } from "../../contract/planning.ts";
import { denominatorPolicies, type Ledger, type PolicyRate } from "../../contract/values.ts";
import { mergeTallies, type TaskTally } from "../../statistics/task-tally.ts";
import type { QueryContext } from "../query-context.ts";
import { runsOfCell } from "../runs/cells.ts";
import { addLedgers, emptyLedger, rateOfTasks, rateUnder, storedTallies } from "../runs/summary.ts";
import type { RunFacts } from "../runs/state.ts";
import { runSummary } from "../runs/unfold.ts";

/** A model version on a benchmark, with the runs that count there and every attempt that was planned. */
export interface PooledCell {
  readonly modelVersionId: string;
  readonly model: string;
  readonly benchmarkId: string;
  readonly benchmark: string;
  readonly ledger: Ledger;
  readonly runs: readonly RunFacts[];
}

/** A task is one of its benchmark: two benchmarks may call different tasks by one name. */
function ofBenchmark(benchmarkId: string, { task, cluster, ...counts }: TaskTally): TaskTally {
  const named = (name: string): string => JSON.stringify([benchmarkId, name]);
  return { ...counts, task: named(task), cluster: cluster === null ? null : named(cluster) };
}

/**
 * Runs as one sample under every policy: attempts pooled by task, the rate a mean over tasks, tasks (or the clusters
 * that they name) resampled. Attempts of several model versions at a task are of that one task.
 */
function pooled(context: QueryContext, runs: readonly RunFacts[]): PolicyRate[] {
  const summaries = runs.map((run) => runSummary(context, run));
  const [only] = summaries;
  return denominatorPolicies.map((policy) => {
    if (runs.length === 1 && only !== undefined) return { ...policy, rate: rateUnder(only, policy) };
    const tallies = runs.map((run) =>
      storedTallies(context.model, run.number, policy).map((one) => ofBenchmark(run.benchmarkId, one)),
    );
    return { ...policy, rate: rateOfTasks(mergeTallies(tallies)) };
  });
}

function line(
  context: QueryContext,
  cells: readonly PooledCell[],
  of: Pick<PooledRates, "over" | "model" | "benchmark">,
): PooledRates {
  const runs = cells.flatMap((one) => one.runs);
  const ledger = cells.reduce((sum, cell) => addLedgers(sum, cell.ledger), emptyLedger);
  return { ...of, runs: runs.length, ledger, rates: pooled(context, runs) };
}

/**
 * Every cell by model version, then each version over its benchmarks, then all; a pool of one cell is not said twice.
 * The rate of a pool is the mean over the tasks of all its benchmarks, a large benchmark weighing more than a small one.
 */
export function pooledRates(context: QueryContext, cells: readonly PooledCell[]): PooledRates[] {
  const versionIds = [...new Set(cells.map((cell) => cell.modelVersionId))];
  const lines = versionIds.flatMap((id) => {
    const own = cells.filter((cell) => cell.modelVersionId === id);
    const each = own.map((cell) =>
      line(context, [cell], { over: "cell", model: cell.model, benchmark: cell.benchmark }),
    );
    const model = own[0]?.model ?? id;
    return own.length < 2 ? each : [...each, line(context, own, { over: "model-version", model, benchmark: null })];
  });
  if (versionIds.length < 2) return lines;
  return [...lines, line(context, cells, { over: "campaign", model: null, benchmark: null })];
}

/** The planned cells of a campaign. */
export function plannedCells({ model }: QueryContext, campaign: Campaign): PooledCell[] {
  const versions = new Map(campaign.modelVersions.map(({ id, words }) => [id, words]));
  const titles = new Map(campaign.benchmarks.map(({ id, title }) => [id, title]));
  return campaign.cells.map(({ modelVersionId, benchmarkId, ledger }) => ({
    modelVersionId,
    model: versions.get(modelVersionId) ?? modelVersionId,
    benchmarkId,
    benchmark: titles.get(benchmarkId) ?? benchmarkId,
    ledger,
    runs: runsOfCell(model, { campaignId: campaign.id, modelVersionId, benchmarkId }),
  }));
}

/** Each planned cell of a campaign under every denominator policy, and pooled. */
export function campaignDenominators(context: QueryContext, campaign: Campaign): PooledRates[] {
  return pooledRates(context, plannedCells(context, campaign));
}
