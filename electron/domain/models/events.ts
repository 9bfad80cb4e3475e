import { z } from "zod";
import { newModelVersionSchema } from "../../contract/planning.ts";
import { daySchema, idSchema } from "../../contract/values.ts";
import { defineEvent } from "../event.ts";
import { insertModel, insertModelVersion, keepReleaseDay } from "./fold.ts";
import { modelExists, modelVersionExists, modelVersionWords, modelWords } from "./queries.ts";

export const modelAdded = defineEvent({
  type: "model.added",
  v: 1,
  body: z.strictObject({
    id: idSchema,
    developer: z.string().min(1).max(200),
    name: z.string().min(1).max(200),
    note: z.string().max(1_000),
    /** "log": it was met in an imported log, nobody has described it yet. */
    origin: z.enum(["hand", "log"]),
  }),
  roles: ["lead", "evaluator"],
  home: "shared",
  refusal: ({ model }, body) => (modelExists(model, body.id) ? "a model with this id is there already" : null),
  fold: ({ model }, body) => {
    insertModel(model, body);
  },
  words: (_, body) => `Model ${body.developer} ${body.name} added${body.origin === "log" ? " from a log" : ""}`,
  about: (body) => body.id,
});

export const modelVersionAdded = defineEvent({
  type: "model.version-added",
  v: 1,
  body: newModelVersionSchema.extend({ id: idSchema, modelId: idSchema }),
  roles: ["lead", "evaluator"],
  home: "shared",
  refusal: ({ model }, body) => {
    if (!modelExists(model, body.modelId)) return "its model is not there";
    return modelVersionExists(model, body.id) ? "a version with this id is there already" : null;
  },
  fold: ({ model }, body) => {
    insertModelVersion(model, body);
  },
  words: ({ model }, body) =>
    `Version ${modelVersionWords(model, body.id)} of ${modelWords(model, body.modelId)} added`,
  about: (body) => body.modelId,
});

/** When a version was released, as its developer says. It stays in this vault: hand-overs do not carry it. */
export const modelReleaseDaySet = defineEvent({
  type: "model.release-day-set",
  v: 1,
  body: z.strictObject({ modelVersionId: idSchema, releasedOn: daySchema.nullable() }),
  roles: ["lead", "evaluator"],
  home: "shared",
  refusal: ({ model }, body) =>
    modelVersionExists(model, body.modelVersionId) ? null : "there is no such model version",
  fold: ({ model }, body) => {
    keepReleaseDay(model, body.modelVersionId, body.releasedOn);
  },
  words: ({ model }, body) =>
    `${modelVersionWords(model, body.modelVersionId)}: ${body.releasedOn === null ? "release day taken back" : `released on ${body.releasedOn}`}`,
  about: (body) => body.modelVersionId,
});

export const modelEvents = [modelAdded, modelVersionAdded, modelReleaseDaySet];
