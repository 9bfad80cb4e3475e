import type { ParsedInput } from "../../contract/index.ts";
import type { Draft } from "../event.ts";
import type { ReadModel } from "../read-model.ts";
import { Refusal } from "../refusal.ts";
import { campaignPlanned, campaignRegistered } from "./events.ts";
import { planText, registeredHash } from "./queries.ts";

export function planCampaign(
  input: ParsedInput<"campaigns.plan">,
  newId: () => string,
): { campaignId: string; drafts: Draft[] } {
  const id = newId();
  return { campaignId: id, drafts: [campaignPlanned.draft({ id, ...input })] };
}

/** Freezes the plan: `sha256` gives the hex digest of its canonical text. */
export function registerPlan(model: ReadModel, campaignId: string, sha256: (text: string) => string): Draft[] {
  const plan = planText(model, campaignId);
  if (plan === null) throw new Refusal("not-found", "the campaign");
  if (registeredHash(model, campaignId) !== null)
    throw new Refusal("conflict", "the plan", "It is registered already.");
  return [campaignRegistered.draft({ campaignId, hash: sha256(plan) })];
}
