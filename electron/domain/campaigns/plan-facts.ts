import type { RunState } from "../../contract/evaluation.ts";
import { benchmarksOfPack } from "../benchmarks/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { number, numberOrNull, text, type ReadModel } from "../read-model.ts";
import { runsOfCell } from "../runs/cells.ts";
import { loggedFileSchema, type LoggedFile } from "../runs/logged-file.ts";
import { runFacts, type RunFacts } from "../runs/state.ts";
import { campaignBenchmarkIds, campaignModelVersionIds, planProtocol, type PlanProtocol } from "./queries.ts";

/** A registered plan, as runs are held against it. */
export interface RegisteredPlan {
  readonly id: string;
  readonly hash: string;
  readonly registeredAt: number;
  readonly modelVersionIds: ReadonlySet<string>;
  readonly benchmarkIds: ReadonlySet<string>;
  readonly epochs: number;
  /** Null of a plan that was made before plans had one. */
  readonly protocol: PlanProtocol | null;
  readonly dueAt: number | null;
  /** By benchmark: the tasks that were known when the plan was registered, and those found since. */
  readonly tasks: ReadonlyMap<string, PlannedTasks>;
}

export interface PlannedTasks {
  readonly planned: ReadonlySet<string>;
  readonly found: readonly { readonly id: string; readonly at: number }[];
}

/** The plan of a campaign; null while it is not registered. */
export function registeredPlan(model: ReadModel, campaignId: string): RegisteredPlan | null {
  const row = model.get("SELECT * FROM campaign WHERE id = ? AND registered_hash IS NOT NULL", campaignId);
  if (row === undefined) return null;
  const benchmarkIds = campaignBenchmarkIds(model, campaignId);
  const registration = model.get("SELECT stamp FROM journal WHERE id = ?", text(row, "registered_in"));
  const stamp = registration === undefined ? number(row, "registered_at") : number(registration, "stamp");
  return {
    id: campaignId,
    hash: text(row, "registered_hash"),
    registeredAt: number(row, "registered_at"),
    modelVersionIds: new Set(campaignModelVersionIds(model, campaignId)),
    benchmarkIds: new Set(benchmarkIds),
    epochs: number(row, "epochs"),
    protocol: planProtocol(row),
    dueAt: numberOrNull(row, "due_at"),
    tasks: new Map(benchmarkIds.map((id) => [id, plannedTasks(model, id, stamp)])),
  };
}

/** A benchmark that is known from logs alone grows: what a later log named was not planned. */
function plannedTasks(model: ReadModel, benchmarkId: string, stamp: number): PlannedTasks {
  const planned = new Set<string>();
  const found: { id: string; at: number }[] = [];
  for (const row of model.all(
    "SELECT id, found_stamp FROM task WHERE benchmark_id = ? ORDER BY position",
    benchmarkId,
  )) {
    if (number(row, "found_stamp") > stamp) found.push({ id: text(row, "id"), at: number(row, "found_stamp") });
    else planned.add(text(row, "id"));
  }
  return { planned, found };
}

/** A run of the campaign, with what its log says. */
export interface PlannedRun {
  readonly facts: RunFacts;
  /** When it came into the vault. */
  readonly takenInAt: number;
  /** When it was made, as far as anything says. */
  readonly startedAt: number;
  readonly log: LoggedFile | null;
  /** Whether the numbers of its cell rest on it: neither rejected nor withdrawn, nor the second run of one log. */
  readonly isCounted: boolean;
  /** Its import was undone, or its attempts were taken up into the run of a later log. */
  readonly isUndone: boolean;
}

/** Every run of a campaign, the oldest first. */
export function runsOfCampaign({ model }: QueryContext, campaignId: string): PlannedRun[] {
  const counted = new Set(runsOfCell(model, { campaignId }).map(({ id }) => id));
  return model
    .all("SELECT id, started_at, log, undone FROM run WHERE campaign_id = ? ORDER BY started_at, id", campaignId)
    .flatMap((row) => {
      const facts = runFacts(model, text(row, "id"));
      if (facts === null) return [];
      const log = row.log === null ? null : loggedFileSchema.parse(JSON.parse(text(row, "log")));
      const takenInAt = number(row, "started_at");
      const logged = log?.createdAt ?? null;
      const startedAt = logged === null || logged <= 0 ? takenInAt : Math.min(logged, takenInAt);
      return [
        { facts, takenInAt, startedAt, log, isCounted: counted.has(facts.id), isUndone: number(row, "undone") === 1 },
      ];
    });
}

/** When a run came into its present state; when it was taken in where nobody moved it. */
export function stateSince(model: ReadModel, run: PlannedRun, state: RunState): number {
  const step = model.get(
    "SELECT event FROM run_step WHERE run = ? AND state = ? ORDER BY stamp, event LIMIT 1",
    run.facts.id,
    state,
  );
  if (step === undefined) return run.takenInAt;
  const entry = model.get("SELECT at FROM journal WHERE id = ? AND refused IS NULL", text(step, "event"));
  return entry === undefined ? run.takenInAt : number(entry, "at");
}

/** The planned benchmark whose pack another version of it belongs to; null where none does. */
export function plannedVersionOf(model: ReadModel, plan: RegisteredPlan, benchmarkId: string): string | null {
  const row = model.get("SELECT pack FROM benchmark WHERE id = ?", benchmarkId);
  if (row === undefined) return null;
  const sisters = benchmarksOfPack(model, text(row, "pack"));
  return sisters.find(({ id }) => plan.benchmarkIds.has(id))?.id ?? null;
}
