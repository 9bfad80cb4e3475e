import { z } from "zod";
import { campaignCompartment } from "../campaigns/queries.ts";
import { sharedCompartment } from "../compartments/queries.ts";
import type { JournalEvent } from "../event.ts";
import type { ReadModel } from "../read-model.ts";
import { roundCompartment } from "../reviews/state.ts";
import { findingCompartment } from "../findings/state.ts";
import { runCompartment } from "../runs/state.ts";

const bodySchema = z.looseObject({
  id: z.string().optional(),
  runId: z.string().optional(),
  campaignId: z.string().nullable().optional(),
  runIds: z.array(z.string()).optional(),
  roundId: z.string().optional(),
});
/** Of a finding only: what others call a source is an address. */
const findingSchema = z.looseObject({
  id: z.string().optional(),
  findingId: z.string().optional(),
  source: z.looseObject({ runId: z.string().nullable() }).optional(),
});

/** What an event is about, by the ids in its body. */
export function subjectOf(event: JournalEvent): { runId: string | null; campaignId: string | null; id: string | null } {
  const body = bodySchema.safeParse(event.body).data ?? {};
  const { id = null, campaignId = null } = body;
  const isRun = event.type === "run.started" || event.type === "run.imported";
  return { runId: body.runId ?? (isRun ? id : null), campaignId, id };
}

/**
 * Received events by the compartments that they belong to, in an order in which each group can be taken after those
 * before it: what all share first, then each campaign's with its runs. `wanted`: where campaigns and runs of no campaign
 * go that are new here.
 */
export function byCompartment<E extends { readonly event: JournalEvent }>(
  model: ReadModel,
  events: readonly E[],
  wanted: number | undefined,
): { compartment: number; events: E[] }[] {
  const shared = sharedCompartment(model);
  const free = wanted ?? shared;
  const campaigns = new Map<string, number>();
  const runs = new Map<string, number>();
  const rounds = new Map<string, number>();
  const findings = new Map<string, number>();
  const groups = new Map<number, E[]>([[shared, []]]);
  for (const one of events) {
    const compartment = homeOf(one.event);
    const group = groups.get(compartment);
    if (group === undefined) groups.set(compartment, [one]);
    else group.push(one);
  }
  return [...groups].map(([compartment, own]) => ({ compartment, events: own })).filter((one) => one.events.length > 0);

  function ofCampaign(id: string): number {
    return campaigns.get(id) ?? campaignCompartment(model, id) ?? free;
  }

  function ofRun(runId: string, campaignId: string | null): number {
    return runs.get(runId) ?? runCompartment(model, runId) ?? (campaignId === null ? free : ofCampaign(campaignId));
  }

  /** A round of reviews is where its runs are. */
  function ofRound(event: JournalEvent): number {
    const { id = "", roundId = id, runIds = [], campaignId = null } = bodySchema.safeParse(event.body).data ?? {};
    const home = rounds.get(roundId) ?? roundCompartment(model, roundId) ?? ofRun(runIds[0] ?? "", campaignId);
    rounds.set(roundId, home);
    return home;
  }

  /** A finding is where the run is that it came of. */
  function ofFinding(event: JournalEvent): number {
    const { id = "", findingId = id, source } = findingSchema.safeParse(event.body).data ?? {};
    const home = findings.get(findingId) ?? findingCompartment(model, findingId) ?? ofRun(source?.runId ?? "", null);
    findings.set(findingId, home);
    return home;
  }

  function homeOf(event: JournalEvent): number {
    if (event.type.startsWith("review.")) return ofRound(event);
    if (event.type.startsWith("finding.")) return ofFinding(event);
    const { runId, campaignId, id } = subjectOf(event);
    if (event.type === "campaign.planned" && id !== null) campaigns.set(id, free);
    if (event.type === "campaign.planned") return free;
    if (event.type.startsWith("campaign.")) return ofCampaign(campaignId ?? "");
    if (runId === null) return shared;
    const home = ofRun(runId, campaignId);
    runs.set(runId, home);
    return home;
  }
}
