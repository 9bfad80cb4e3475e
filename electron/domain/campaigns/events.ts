import { z } from "zod";
import { formatCounted } from "../../contract/number-text.ts";
import { attemptLimitsSchema, elicitationSchema } from "../../contract/protocol.ts";
import { idSchema, timeSchema } from "../../contract/values.ts";
import { benchmarkOrigin, benchmarkTitle } from "../benchmarks/queries.ts";
import { defineEvent, type FoldContext } from "../event.ts";
import { modelVersionExists, modelVersionWords } from "../models/queries.ts";
import { count, type ReadModel } from "../read-model.ts";
import { assignmentOf, foldAssignment, isPlannedCell, mayRun, type CellOfCampaign } from "./assignments.ts";
import { insertCampaign, registerCampaign } from "./fold.ts";
import { campaignCompartment, campaignName, registeredHash } from "./queries.ts";

const planBody = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(200),
  question: z.string().max(1_000),
  decisionRule: z.string().max(1_000),
  modelVersionIds: z.array(idSchema).min(1).max(200),
  benchmarkIds: z.array(idSchema).min(1).max(200),
  epochs: z.int().min(1).max(1_000),
  dueAt: timeSchema.nullable(),
});
type PlanBody = z.infer<typeof planBody>;

function planRefusal({ model }: FoldContext, body: PlanBody): string | null {
  if (campaignName(model, body.id) !== null) return "a campaign with this id is there already";
  if (!body.modelVersionIds.every((id) => modelVersionExists(model, id))) return "it names an unknown model version";
  if (!body.benchmarkIds.every((id) => benchmarkOrigin(model, id) !== null)) return "it names an unknown benchmark";
  const twice = [body.modelVersionIds, body.benchmarkIds].some((ids) => new Set(ids).size !== ids.length);
  return twice ? "it names something twice" : null;
}

function planWords(body: PlanBody): string {
  return `Campaign ${body.name} planned: ${formatCounted(body.modelVersionIds.length, "model version")} × ${formatCounted(body.benchmarkIds.length, "benchmark")} × ${formatCounted(body.epochs, "epoch")}`;
}

/** As it was before a plan had limits and elicitation. */
export const campaignPlannedBriefly = defineEvent({
  type: "campaign.planned",
  v: 1,
  body: planBody,
  roles: ["lead"],
  home: "any",
  refusal: planRefusal,
  fold: ({ model, event, compartment }, body) => {
    insertCampaign(model, { ...body, protocol: null, compartment, at: event.at, by: event.by });
  },
  words: (_, body) => planWords(body),
  about: (body) => body.id,
});

export const campaignPlanned = defineEvent({
  type: "campaign.planned",
  v: 2,
  body: planBody.extend({ limits: attemptLimitsSchema, elicitation: elicitationSchema }),
  roles: ["lead"],
  home: "any",
  refusal: planRefusal,
  fold: ({ model, event, compartment }, { limits, elicitation, ...body }) => {
    insertCampaign(model, { ...body, protocol: { limits, elicitation }, compartment, at: event.at, by: event.by });
  },
  words: (_, body) => planWords(body),
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

const cellBody = z.strictObject({ campaignId: idSchema, modelVersionId: idSchema, benchmarkId: idSchema });

function cellWords(model: ReadModel, { campaignId, modelVersionId, benchmarkId }: CellOfCampaign): string {
  return `${modelVersionWords(model, modelVersionId)} on ${benchmarkTitle(model, benchmarkId)}, of ${campaignName(model, campaignId) ?? ""},`;
}

function cellRefusal(model: ReadModel, body: CellOfCampaign): string | null {
  if (campaignName(model, body.campaignId) === null) return "there is no such campaign";
  return isPlannedCell(model, body) ? null : "the plan has no such cell";
}

/** A cell of a plan is given to somebody, also from somebody else. */
export const cellAssigned = defineEvent({
  type: "campaign.assigned",
  v: 1,
  body: cellBody.extend({
    member: z.string().min(1).max(200),
    /** What they are called here: another vault may not know them. */
    name: z.string().min(1).max(500),
    dueAt: timeSchema.nullable(),
  }),
  roles: ["lead"],
  home: (model, body) => campaignCompartment(model, body.campaignId),
  refusal: ({ model, received }, body) => {
    const reason = cellRefusal(model, body);
    if (reason !== null || received) return reason;
    return mayRun(model, body.member) ? null : "it is given to nobody who can run it";
  },
  fold: (context, { member, name, dueAt, ...cell }) => {
    foldAssignment(context, cell, { member, name, dueAt });
  },
  words: ({ model }, body) => `${cellWords(model, body)} given to ${body.name}`,
  about: (body) => body.campaignId,
});

/** A cell of a plan is with nobody any more. */
export const cellTakenBack = defineEvent({
  type: "campaign.taken-back",
  v: 1,
  body: cellBody,
  roles: ["lead"],
  home: (model, body) => campaignCompartment(model, body.campaignId),
  refusal: ({ model, received }, body) => {
    const reason = cellRefusal(model, body);
    if (reason !== null || received) return reason;
    return assignmentOf(model, body) === null ? "it is with nobody" : null;
  },
  fold: (context, cell) => {
    foldAssignment(context, cell, { member: null, name: "", dueAt: null });
  },
  words: ({ model }, body) => `${cellWords(model, body)} is with nobody any more`,
  about: (body) => body.campaignId,
});

export const campaignEvents = [
  campaignPlannedBriefly,
  campaignPlanned,
  campaignRegistered,
  cellAssigned,
  cellTakenBack,
];
