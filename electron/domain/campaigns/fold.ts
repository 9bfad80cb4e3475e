import type { ReadModel } from "../read-model.ts";
import { assignmentTables } from "./assignments.ts";
import type { PlanProtocol } from "./queries.ts";

export const campaignTables = [
  `CREATE TABLE campaign (id TEXT PRIMARY KEY, name TEXT NOT NULL, question TEXT NOT NULL, decision_rule TEXT NOT NULL,
     epochs INTEGER NOT NULL, due_at INTEGER, planned_at INTEGER NOT NULL, planned_by TEXT NOT NULL,
     registered_hash TEXT, registered_at INTEGER, before_first INTEGER, registered_in TEXT,
     compartment INTEGER NOT NULL, protocol TEXT) STRICT`,
  `CREATE TABLE campaign_model (campaign_id TEXT NOT NULL, position INTEGER NOT NULL, model_version_id TEXT NOT NULL,
     PRIMARY KEY (campaign_id, position)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE campaign_benchmark (campaign_id TEXT NOT NULL, position INTEGER NOT NULL, benchmark_id TEXT NOT NULL,
     PRIMARY KEY (campaign_id, position)) STRICT, WITHOUT ROWID`,
  ...assignmentTables,
];

export interface PlannedCampaign {
  readonly id: string;
  readonly name: string;
  readonly question: string;
  readonly decisionRule: string;
  readonly modelVersionIds: readonly string[];
  readonly benchmarkIds: readonly string[];
  readonly epochs: number;
  /** Null of a plan that was made before plans said it. */
  readonly protocol: PlanProtocol | null;
  readonly dueAt: number | null;
  readonly compartment: number;
  readonly at: number;
  readonly by: string;
}

export function insertCampaign(model: ReadModel, plan: PlannedCampaign): void {
  model.run(
    "INSERT INTO campaign VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, NULL, ?, ?)",
    plan.id,
    plan.name,
    plan.question,
    plan.decisionRule,
    plan.epochs,
    plan.dueAt,
    plan.at,
    plan.by,
    plan.compartment,
    plan.protocol === null ? null : JSON.stringify(plan.protocol),
  );
  plan.modelVersionIds.forEach((id, place) => {
    model.run("INSERT INTO campaign_model VALUES (?, ?, ?)", plan.id, place, id);
  });
  plan.benchmarkIds.forEach((id, place) => {
    model.run("INSERT INTO campaign_benchmark VALUES (?, ?, ?)", plan.id, place, id);
  });
}

/**
 * A plan that was registered here stays as it was. Of those that came from other vaults the earliest counts.
 * `beforeFirstResult`: by this journal's order; null where only the clocks of others can tell.
 */
export function registerCampaign(
  model: ReadModel,
  registration: { campaignId: string; hash: string; at: number; event: string; beforeFirstResult: boolean | null },
): void {
  const { campaignId, hash, at, event, beforeFirstResult } = registration;
  model.run(
    `UPDATE campaign SET registered_hash = ?, registered_at = ?, before_first = ?, registered_in = ? WHERE id = ?
       AND (registered_hash IS NULL OR (before_first IS NULL AND (registered_at, registered_in) > (?, ?)))`,
    hash,
    at,
    beforeFirstResult === null ? null : Number(beforeFirstResult),
    event,
    campaignId,
    at,
    event,
  );
}
