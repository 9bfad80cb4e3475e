import { z } from "zod";
import { formatCounted } from "../../contract/number-text.ts";
import { idSchema, timeSchema } from "../../contract/values.ts";
import { benchmarkOrigin } from "../benchmarks/queries.ts";
import { defineEvent } from "../event.ts";
import { modelVersionExists } from "../models/queries.ts";
import { count } from "../read-model.ts";
import { insertCampaign, registerCampaign } from "./fold.ts";
import { campaignCompartment, campaignName, registeredHash } from "./queries.ts";

export const campaignPlanned = defineEvent({
  type: "campaign.planned",
  v: 1,
  body: z.strictObject({
    id: idSchema,
    name: z.string().min(1).max(200),
    question: z.string().max(1_000),
    decisionRule: z.string().max(1_000),
    modelVersionIds: z.array(idSchema).min(1).max(200),
    benchmarkIds: z.array(idSchema).min(1).max(200),
    epochs: z.int().min(1).max(1_000),
    dueAt: timeSchema.nullable(),
  }),
  roles: ["lead"],
  home: "any",
  refusal: ({ model }, body) => {
    if (campaignName(model, body.id) !== null) return "a campaign with this id is there already";
    if (!body.modelVersionIds.every((id) => modelVersionExists(model, id))) return "it names an unknown model version";
    if (!body.benchmarkIds.every((id) => benchmarkOrigin(model, id) !== null)) return "it names an unknown benchmark";
    const twice = [body.modelVersionIds, body.benchmarkIds].some((ids) => new Set(ids).size !== ids.length);
    return twice ? "it names something twice" : null;
  },
  fold: ({ model, event, compartment }, body) => {
    insertCampaign(model, { ...body, compartment, at: event.at, by: event.by });
  },
  words: (_, body) =>
    `Campaign ${body.name} planned: ${formatCounted(body.modelVersionIds.length, "model version")} × ${formatCounted(body.benchmarkIds.length, "benchmark")} × ${formatCounted(body.epochs, "epoch")}`,
  about: (body) => body.id,
});

/** The plan is frozen: its hash is in the journal, with whether a result was there before it. */
export const campaignRegistered = defineEvent({
  type: "campaign.registered",
  v: 1,
  body: z.strictObject({ campaignId: idSchema, hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  roles: ["lead"],
  home: (model, body) => campaignCompartment(model, body.campaignId),
  refusal: ({ model, received }, body) => {
    if (campaignName(model, body.campaignId) === null) return "there is no such campaign";
    return received || registeredHash(model, body.campaignId) === null ? null : "it is registered already";
  },
  fold: ({ model, event, received }, body) => {
    const runs = count(model, "SELECT count(*) AS n FROM run WHERE campaign_id = ?", body.campaignId);
    const beforeFirstResult = received ? null : runs === 0;
    registerCampaign(model, { ...body, at: event.at, event: event.id, beforeFirstResult });
  },
  words: ({ model }, body) =>
    `Plan of ${campaignName(model, body.campaignId) ?? ""} registered, ${body.hash.slice(0, 8)}`,
  about: (body) => body.campaignId,
});

export const campaignEvents = [campaignPlanned, campaignRegistered];
