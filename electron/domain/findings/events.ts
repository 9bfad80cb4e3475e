import { z } from "zod";
import { findingFieldsSchema } from "../../contract/finding-fields.ts";
import { findingChannelWords, findingKindWords, type FindingKind } from "../../contract/finding-states.ts";
import { findingKindSchema, findingSourceSchema, type FindingParty } from "../../contract/findings.ts";
import { idSchema } from "../../contract/values.ts";
import { defineEvent } from "../event.ts";
import type { ReadModel } from "../read-model.ts";
import { runCompartment } from "../runs/state.ts";
import { foldAct, foldRecorded } from "./fold.ts";
import { actRefusal, fieldsRefusal, sourceRefusal } from "./rules.ts";
import { publisherSet } from "./publisher.ts";
import { scaleSaved } from "./scales.ts";
import { changeBodies, type ActBody } from "./standing.ts";
import { findingCode, findingCompartment, findingFacts } from "./state.ts";

/** What can have happened to a finding. */

const team = ["lead", "evaluator"] as const;

export const findingRecorded = defineEvent({
  type: "finding.recorded",
  v: 1,
  body: z.strictObject({
    id: idSchema,
    kind: findingKindSchema,
    source: findingSourceSchema,
    fields: findingFieldsSchema,
  }),
  roles: team,
  home: (model, { source }) => (source.runId === null ? "any" : runCompartment(model, source.runId)),
  refusal: ({ model }, { id, kind, source, fields }) => {
    if (findingFacts(model, id) !== null) return "a finding with this id is there already";
    if (kind === "model-weakness" && source.modelVersionId === null) return "a weakness is of a model version";
    return sourceRefusal(model, source) ?? fieldsRefusal(fields);
  },
  fold: foldRecorded,
  words: ({ model }, { id, kind, fields }) => `${nameOf(kind)} ${findingCode(model, id)} recorded: ${fields.title}`,
  about: (body) => body.id,
});

function nameOf(kind: FindingKind): string {
  return findingKindWords[kind];
}

function partyWords({ channel, name }: FindingParty): string {
  return `${name} (${findingChannelWords[channel].toLowerCase()})`;
}

function withReason(words: string, reason: string): string {
  return reason.trim() === "" ? words : `${words}: ${reason}`;
}

const wordsOfResult = {
  unvalidated: "tried, could not be told",
  reproduced: "reproduced",
  refuted: "refuted",
} as const;

/** What was done, in words that follow a finding's code. */
export function actWords(model: ReadModel, body: ActBody): string {
  switch (body.kind) {
    case "edited":
      return `changed: ${Object.keys(body.fields).join(", ")}`;
    case "moved":
      return withReason(body.to, body.reason);
    case "routed":
      return withReason(`routed to ${body.parties.map(partyWords).join(", ")}`, body.reason);
    case "validated":
      return wordsOfResult[body.result];
    case "marked":
      return withReason(`marked as a duplicate of ${findingCode(model, body.of)}`, body.reason);
    case "undone":
      return withReason("last move taken back", body.reason);
    case "notified":
      return `told to ${partyWords(body.party)}`;
    case "answered":
      return withReason("answered", body.words);
  }
}

/** An event type for one kind of act: its body is the act, and whose finding it is. */
function actEvent<B extends ActBody>(type: string, act: z.ZodType<B>) {
  return defineEvent({
    type,
    v: 1,
    body: z.strictObject({ findingId: idSchema, act }),
    roles: team,
    home: (model, body) => findingCompartment(model, body.findingId),
    refusal: (context, body) => actRefusal(context, body.findingId, body.act),
    fold: (context, body) => {
      foldAct(context, body.findingId, body.act);
    },
    words: ({ model }, body) =>
      `Finding ${findingCode(model, body.findingId)}: ${actWords(model, body.act)}`.slice(0, 2_000),
    about: (body) => body.findingId,
  });
}

export const findingEdited = actEvent("finding.edited", changeBodies.edited);
export const findingMoved = actEvent("finding.moved", changeBodies.moved);
export const findingRouted = actEvent("finding.routed", changeBodies.routed);
export const findingValidated = actEvent("finding.validated", changeBodies.validated);
export const findingMarked = actEvent("finding.marked-duplicate", changeBodies.marked);
export const findingUndone = actEvent("finding.undone", changeBodies.undone);
export const findingNotified = actEvent("finding.notified", changeBodies.notified);
export const findingAnswered = actEvent("finding.answered", changeBodies.answered);

export const findingEvents = [
  findingRecorded,
  findingEdited,
  findingMoved,
  findingRouted,
  findingValidated,
  findingMarked,
  findingUndone,
  findingNotified,
  findingAnswered,
  scaleSaved,
  publisherSet,
];
