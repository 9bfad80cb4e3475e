import type { ComparedVersion } from "../../contract/comparing.ts";
import type { ParsedInput, RequestName } from "../../contract/index.ts";
import type { DenominatorPolicy } from "../../contract/values.ts";
import { mergeTallies, type TaskTally } from "../../statistics/task-tally.ts";
import { benchmarkOrigin } from "../benchmarks/queries.ts";
import { campaignName } from "../campaigns/queries.ts";
import { modelVersionExists, modelVersionWords, releaseDay } from "../models/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { Refusal } from "../refusal.ts";
import { runsOfCell } from "../runs/cells.ts";
import type { RunFacts } from "../runs/state.ts";
import { isSummedUp, rateOfTasks, storedTallies } from "../runs/summary.ts";
import { runSummary } from "../runs/unfold.ts";

/** What a report narrows a comparison to. */
export interface Narrowing {
  /** Only runs of this compartment: what is kept apart from it is in no number. Left out: all that the member reads. */
  readonly compartment?: number | undefined;
  /** Only this run. */
  readonly runId?: string | undefined;
}
/** What a request asks, perhaps narrowed to less than what the member reads. */
export type Narrowed<N extends RequestName> = ParsedInput<N> & Narrowing;

/** What is compared: one benchmark, all of the vault's runs on it that fit, counted one way. */
export interface ComparisonScope extends Narrowing {
  readonly benchmarkId: string;
  readonly campaignId: string | null;
  readonly policy: DenominatorPolicy;
}
export interface Comparison extends ComparisonScope {
  readonly modelVersionIds: readonly string[];
}

/** A model version with everything that its numbers are made of. */
export interface TalliedVersion {
  readonly version: ComparedVersion;
  readonly runs: readonly RunFacts[];
  /** Each run's own tallies, in the order in which its details hold its tasks. */
  readonly byRun: readonly (readonly TaskTally[])[];
  /** All its runs pooled by task, tasks in order of name. */
  readonly tallies: readonly TaskTally[];
}

/** Throws `not-found` for a benchmark, a campaign or a model version that this member does not read. */
export function talliedVersions(context: QueryContext, comparison: Comparison): TalliedVersion[] {
  requireScope(context, comparison);
  // Listed twice it is still one version.
  return [...new Set(comparison.modelVersionIds)].map((id) => {
    if (!modelVersionExists(context.model, id)) throw new Refusal("not-found", "the model version");
    return talliedVersion(context, comparison, id);
  });
}

/** Every model version that has a run in the scope, in order of its words. */
export function versionsInScope(context: QueryContext, scope: ComparisonScope): TalliedVersion[] {
  requireScope(context, scope);
  const ids = new Set(runsInScope(context, scope).map((run) => run.modelVersionId));
  return [...ids]
    .map((id) => talliedVersion(context, scope, id))
    .sort((a, b) => a.version.words.localeCompare(b.version.words, "en"));
}

function requireScope({ model }: QueryContext, { benchmarkId, campaignId }: ComparisonScope): void {
  if (benchmarkOrigin(model, benchmarkId) === null) throw new Refusal("not-found", "the benchmark");
  if (campaignId !== null && campaignName(model, campaignId) === null) throw new Refusal("not-found", "the campaign");
}

function runsInScope({ model }: QueryContext, scope: ComparisonScope, modelVersionId?: string): RunFacts[] {
  const { benchmarkId, campaignId, compartment, runId } = scope;
  const filter = { benchmarkId, campaignId: campaignId ?? undefined, compartment, modelVersionId };
  return runsOfCell(model, filter).filter((run) => runId === undefined || run.id === runId);
}

function runTallies(context: QueryContext, run: RunFacts, policy: DenominatorPolicy): TaskTally[] {
  // Tallies are kept with the summary, which is made again where attempts changed since.
  if (!isSummedUp(context.model, run.number)) runSummary(context, run);
  return storedTallies(context.model, run.number, policy);
}

function talliedVersion(context: QueryContext, scope: ComparisonScope, id: string): TalliedVersion {
  const { model } = context;
  const runs = runsInScope(context, scope, id);
  const byRun = runs.map((run) => runTallies(context, run, scope.policy));
  const tallies = mergeTallies(byRun);
  const version = {
    id,
    words: modelVersionWords(model, id),
    releasedOn: releaseDay(model, id),
    runs: runs.map((run) => ({ id: run.id, code: run.code })),
    rate: rateOfTasks(tallies),
  };
  return { version, runs, byRun, tallies };
}
