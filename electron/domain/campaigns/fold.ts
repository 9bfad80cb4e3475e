import type { ReadModel } from "../read-model.ts";

export const campaignTables = [
  `CREATE TABLE campaign (id TEXT PRIMARY KEY, name TEXT NOT NULL, question TEXT NOT NULL, decision_rule TEXT NOT NULL,
     epochs INTEGER NOT NULL, due_at INTEGER, planned_at INTEGER NOT NULL, planned_by TEXT NOT NULL,
     registered_hash TEXT, registered_at INTEGER, before_first INTEGER, compartment INTEGER NOT NULL) STRICT`,
  `CREATE TABLE campaign_model (campaign_id TEXT NOT NULL, position INTEGER NOT NULL, model_version_id TEXT NOT NULL,
     PRIMARY KEY (campaign_id, position)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE campaign_benchmark (campaign_id TEXT NOT NULL, position INTEGER NOT NULL, benchmark_id TEXT NOT NULL,
     PRIMARY KEY (campaign_id, position)) STRICT, WITHOUT ROWID`,
];

export interface PlannedCampaign {
  readonly id: string;
  readonly name: string;
  readonly question: string;
  readonly decisionRule: string;
  readonly modelVersionIds: readonly string[];
  readonly benchmarkIds: readonly string[];
  readonly epochs: number;
  readonly dueAt: number | null;
  readonly compartment: number;
  readonly at: number;
  readonly by: string;
}

export function insertCampaign(model: ReadModel, plan: PlannedCampaign): void {
  model.run(
    "INSERT INTO campaign VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, ?)",
    plan.id,
    plan.name,
    plan.question,
    plan.decisionRule,
    plan.epochs,
    plan.dueAt,
    plan.at,
    plan.by,
    plan.compartment,
  );
  plan.modelVersionIds.forEach((id, place) => {
    model.run("INSERT INTO campaign_model VALUES (?, ?, ?)", plan.id, place, id);
  });
  plan.benchmarkIds.forEach((id, place) => {
    model.run("INSERT INTO campaign_benchmark VALUES (?, ?, ?)", plan.id, place, id);
  });
}

export function registerCampaign(
  model: ReadModel,
  registration: { campaignId: string; hash: string; at: number; beforeFirstResult: boolean },
): void {
  model.run(
    "UPDATE campaign SET registered_hash = ?, registered_at = ?, before_first = ? WHERE id = ?",
    registration.hash,
    registration.at,
    registration.beforeFirstResult ? 1 : 0,
    registration.campaignId,
  );
}
