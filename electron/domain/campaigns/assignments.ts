import type { Assignment } from "../../contract/planning.ts";
import type { FoldContext } from "../event.ts";
import { contributorOfMember, listContributors } from "../handovers/queries.ts";
import { listMembers, memberName, memberRole } from "../members/queries.ts";
import { number, numberOrNull, text, textOrNull, type ReadModel, type Row } from "../read-model.ts";

/** Who runs which cell of a plan. It is no part of what is registered: it may change at any time, and the journal says how. */

export const assignmentTables = [
  `CREATE TABLE campaign_assignment (campaign_id TEXT NOT NULL, model_version_id TEXT NOT NULL, benchmark_id TEXT NOT NULL,
     member TEXT, name TEXT NOT NULL, due_at INTEGER, at INTEGER NOT NULL, by TEXT NOT NULL, stamp INTEGER NOT NULL,
     event TEXT NOT NULL, PRIMARY KEY (campaign_id, model_version_id, benchmark_id)) STRICT, WITHOUT ROWID`,
];

/** A model version on a benchmark, of a campaign. */
export interface CellOfCampaign {
  readonly campaignId: string;
  readonly modelVersionId: string;
  readonly benchmarkId: string;
}

/** `member` null: with nobody. `name`: what they were called where it was given to them. */
export interface AssignedTo {
  readonly member: string | null;
  readonly name: string;
  readonly dueAt: number | null;
}

/** Of all that was said of a cell, in this vault and others, the latest by logical time holds. */
export function foldAssignment({ model, event, stamp }: FoldContext, cell: CellOfCampaign, to: AssignedTo): void {
  model.run(
    `INSERT INTO campaign_assignment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (campaign_id, model_version_id, benchmark_id) DO UPDATE SET
       member = excluded.member, name = excluded.name, due_at = excluded.due_at, at = excluded.at, by = excluded.by,
       stamp = excluded.stamp, event = excluded.event
     WHERE (excluded.stamp, excluded.event) > (stamp, event)`,
    cell.campaignId,
    cell.modelVersionId,
    cell.benchmarkId,
    to.member,
    to.name,
    to.dueAt,
    event.at,
    event.by,
    stamp,
    event.id,
  );
}

function isKnown(model: ReadModel, id: string): boolean {
  return (
    model.get("SELECT 1 AS n FROM member WHERE id = ?", id) !== undefined || contributorOfMember(model, id) !== null
  );
}

function assignment(model: ReadModel, row: Row): Assignment | null {
  const memberId = textOrNull(row, "member");
  if (memberId === null) return null;
  return {
    memberId,
    name: isKnown(model, memberId) ? memberName(model, memberId) : text(row, "name"),
    dueAt: numberOrNull(row, "due_at"),
    assignedAt: number(row, "at"),
    assignedBy: memberName(model, text(row, "by")),
  };
}

/** With whom a cell is; null: with nobody. */
export function assignmentOf(model: ReadModel, cell: CellOfCampaign): Assignment | null {
  const row = model.get(
    "SELECT * FROM campaign_assignment WHERE campaign_id = ? AND model_version_id = ? AND benchmark_id = ?",
    cell.campaignId,
    cell.modelVersionId,
    cell.benchmarkId,
  );
  return row === undefined ? null : assignment(model, row);
}

/** Whether a plan has this cell. */
export function isPlannedCell(model: ReadModel, { campaignId, modelVersionId, benchmarkId }: CellOfCampaign): boolean {
  const sql = `SELECT 1 AS n FROM campaign_model m JOIN campaign_benchmark b ON b.campaign_id = m.campaign_id
    WHERE m.campaign_id = ? AND m.model_version_id = ? AND b.benchmark_id = ?`;
  return model.get(sql, campaignId, modelVersionId, benchmarkId) !== undefined;
}

/** Whether runs are made by this person: a lead or an evaluator of this vault, or somebody whose work was received. */
export function mayRun(model: ReadModel, memberId: string): boolean {
  const role = memberRole(model, memberId);
  return role === "lead" || role === "evaluator" || contributorOfMember(model, memberId) !== null;
}

/** Whom a cell can be given to. `holders`: the members who read the compartment that the campaign is in. */
export function assignable(
  model: ReadModel,
  holders: ReadonlySet<string>,
): { id: string; name: string; detail: string }[] {
  const members = listMembers(model)
    .filter(({ id, current, role }) => current && holders.has(id) && (role === "lead" || role === "evaluator"))
    .map(({ id, name, role }) => ({ id, name, detail: role }));
  const others = listContributors(model).filter(({ accepted }) => accepted);
  return [
    ...members,
    ...others.map(({ memberId, name, vaultName }) => ({ id: memberId, name, detail: `in the vault ${vaultName}` })),
  ];
}
