import { z } from "zod";
import type { Campaign } from "../../contract/planning.ts";
import { attemptLimitsSchema, elicitationSchema, noElicitation, noLimits } from "../../contract/protocol.ts";
import { headlinePolicy } from "../../contract/values.ts";
import { benchmarkTitle, taskCount } from "../benchmarks/queries.ts";
import { memberName } from "../members/queries.ts";
import { modelVersionWords } from "../models/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { number, numberOrNull, text, textOrNull, type ReadModel, type Row } from "../read-model.ts";
import { cellResult, runsOfCell } from "../runs/cells.ts";
import { addLedgers, emptyLedger } from "../runs/summary.ts";
import { assignmentOf } from "./assignments.ts";
import { uncovered, withUncovered } from "./coverage.ts";

export function campaignName(model: ReadModel, id: string): string | null {
  const row = model.get("SELECT name FROM campaign WHERE id = ?", id);
  return row === undefined ? null : text(row, "name");
}

/** The compartment that a campaign is in; null where there is no such campaign. */
export function campaignCompartment(model: ReadModel, id: string): number | null {
  const row = model.get("SELECT compartment FROM campaign WHERE id = ?", id);
  return row === undefined ? null : number(row, "compartment");
}

export function registeredHash(model: ReadModel, id: string): string | null {
  const row = model.get("SELECT registered_hash FROM campaign WHERE id = ?", id);
  return row === undefined ? null : textOrNull(row, "registered_hash");
}

export function campaignModelVersionIds(model: ReadModel, id: string): string[] {
  return model
    .all("SELECT model_version_id FROM campaign_model WHERE campaign_id = ? ORDER BY position", id)
    .map((row) => text(row, "model_version_id"));
}

export function campaignBenchmarkIds(model: ReadModel, id: string): string[] {
  return model
    .all("SELECT benchmark_id FROM campaign_benchmark WHERE campaign_id = ? ORDER BY position", id)
    .map((row) => text(row, "benchmark_id"));
}

const protocolSchema = z.strictObject({ limits: attemptLimitsSchema, elicitation: elicitationSchema });
/** How the attempts of a plan are to be run. */
export type PlanProtocol = z.infer<typeof protocolSchema>;

/** Null of a plan that was made before plans said it. */
export function planProtocol(campaign: Row): PlanProtocol | null {
  const protocol = textOrNull(campaign, "protocol");
  return protocol === null ? null : protocolSchema.parse(JSON.parse(protocol));
}

function registration(model: ReadModel, row: Row): Campaign["registered"] {
  const hash = textOrNull(row, "registered_hash");
  if (hash === null) return null;
  const at = number(row, "registered_at");
  const known = numberOrNull(row, "before_first");
  return { hash, at, beforeFirstResult: known === null ? byClocks(model, text(row, "id"), at) : known === 1 };
}

/** Of a plan that was registered in another vault: whether no run of it says that it is older. */
function byClocks(model: ReadModel, campaignId: string, at: number): boolean {
  const sql = "SELECT 1 AS n FROM run WHERE campaign_id = ? AND started_at < ?";
  return model.get(sql, campaignId, at) === undefined;
}

function campaign(context: QueryContext, row: Row): Campaign {
  const { model } = context;
  const id = text(row, "id");
  const epochs = number(row, "epochs");
  const protocol = planProtocol(row);
  const modelVersions = campaignModelVersionIds(model, id).map((one) => ({
    id: one,
    words: modelVersionWords(model, one),
  }));
  const benchmarks = campaignBenchmarkIds(model, id).map((one) => ({
    id: one,
    title: benchmarkTitle(model, one),
    tasks: taskCount(model, one),
  }));
  const cells = modelVersions.flatMap((version) =>
    benchmarks.map((benchmark) => {
      const cell = { campaignId: id, modelVersionId: version.id, benchmarkId: benchmark.id };
      const runs = runsOfCell(model, cell);
      const result = cellResult(context, runs, headlinePolicy);
      return {
        modelVersionId: version.id,
        benchmarkId: benchmark.id,
        assignment: assignmentOf(model, cell),
        ledger: withUncovered(result.ledger, uncovered(context, { benchmarkId: benchmark.id, epochs }, runs)),
        rate: result.rate,
        runs: runs.map((run) => run.id),
      };
    }),
  );
  return {
    id,
    name: text(row, "name"),
    question: text(row, "question"),
    decisionRule: text(row, "decision_rule"),
    compartment: number(row, "compartment"),
    epochs,
    limits: protocol?.limits ?? noLimits,
    elicitation: protocol?.elicitation ?? noElicitation,
    dueAt: numberOrNull(row, "due_at"),
    plannedAt: number(row, "planned_at"),
    plannedBy: memberName(model, text(row, "planned_by")),
    registered: registration(model, row),
    modelVersions,
    benchmarks,
    cells,
    ledger: cells.reduce((sum, cell) => addLedgers(sum, cell.ledger), emptyLedger),
  };
}

export function listCampaigns(context: QueryContext): Campaign[] {
  return context.model
    .all("SELECT * FROM campaign ORDER BY planned_at DESC, rowid DESC")
    .map((row) => campaign(context, row));
}

export function getCampaign(context: QueryContext, id: string): Campaign | null {
  const row = context.model.get("SELECT * FROM campaign WHERE id = ?", id);
  return row === undefined ? null : campaign(context, row);
}
