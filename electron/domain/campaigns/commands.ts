import type { ParsedInput } from "../../contract/index.ts";
import { noElicitation, noLimits } from "../../contract/protocol.ts";
import type { Draft } from "../event.ts";
import { memberName } from "../members/queries.ts";
import type { ReadModel } from "../read-model.ts";
import { Refusal } from "../refusal.ts";
import { assignmentOf } from "./assignments.ts";
import { campaignPlanned, campaignRegistered, cellAssigned, cellTakenBack } from "./events.ts";
import { planText } from "./plan-text.ts";
import { registeredHash } from "./queries.ts";

export function planCampaign(
  input: Omit<ParsedInput<"campaigns.plan">, "compartment">,
  newId: () => string,
): { campaignId: string; drafts: Draft[] } {
  const id = newId();
  const { limits = noLimits, elicitation = noElicitation, ...plan } = input;
  return { campaignId: id, drafts: [campaignPlanned.draft({ id, ...plan, limits, elicitation })] };
}

/** Freezes the plan: `sha256` gives the hex digest of its canonical text. */
export function registerPlan(model: ReadModel, campaignId: string, sha256: (text: string) => string): Draft[] {
  const plan = planText(model, campaignId);
  if (plan === null) throw new Refusal("not-found", "the campaign");
  if (registeredHash(model, campaignId) !== null)
    throw new Refusal("conflict", "the plan", "It is registered already.");
  return [campaignRegistered.draft({ campaignId, hash: sha256(plan) })];
}

/**
 * Gives cells of a plan to somebody, or takes them back; cells that are so already are left alone.
 * @throws Refusal where that is all of them
 */
export function assignCells(model: ReadModel, input: ParsedInput<"campaigns.assign">): Draft[] {
  const { campaignId, cells, memberId, dueAt } = input;
  const once = new Map(cells.map((cell) => [`${cell.modelVersionId} ${cell.benchmarkId}`, cell]));
  const drafts = [...once.values()].flatMap((one): Draft[] => {
    const cell = { campaignId, ...one };
    const now = assignmentOf(model, cell);
    if (memberId === null) return now === null ? [] : [cellTakenBack.draft(cell)];
    if (now?.memberId === memberId && now.dueAt === dueAt) return [];
    return [cellAssigned.draft({ ...cell, member: memberId, name: memberName(model, memberId), dueAt })];
  });
  if (drafts.length > 0) return drafts;
  throw new Refusal("conflict", "the assignment", memberId === null ? "It is with nobody." : "It is so already.");
}
