import type { ParsedInput } from "../../contract/index.ts";
import type { Draft } from "../event.ts";
import type { ReadModel } from "../read-model.ts";
import { Refusal } from "../refusal.ts";
import { modelAdded, modelVersionAdded } from "./events.ts";
import { findModel, modelExists, versionsOf } from "./queries.ts";

/** Adds a model with its first version. `newId` gives fresh ids. */
export function addModel(
  model: ReadModel,
  input: ParsedInput<"models.add">,
  newId: () => string,
): { modelId: string; drafts: Draft[] } {
  if (findModel(model, input.developer, input.name) !== null) {
    throw new Refusal(
      "conflict",
      `${input.developer} ${input.name}`,
      "This model is there already; add a version to it.",
    );
  }
  const modelId = newId();
  const { developer, name, note } = input;
  return {
    modelId,
    drafts: [
      modelAdded.draft({ id: modelId, developer, name, note, origin: "hand" }),
      modelVersionAdded.draft({ ...input.version, id: newId(), modelId }),
    ],
  };
}

export function addModelVersion(
  model: ReadModel,
  input: ParsedInput<"models.addVersion">,
  newId: () => string,
): Draft[] {
  if (!modelExists(model, input.modelId)) throw new Refusal("not-found", "the model");
  const { checkpoint, safeguard } = input.version;
  const same = versionsOf(model, input.modelId).some((v) => v.checkpoint === checkpoint && v.safeguard === safeguard);
  if (same) throw new Refusal("conflict", checkpoint, "This version with this safeguard variant is there already.");
  return [modelVersionAdded.draft({ ...input.version, id: newId(), modelId: input.modelId })];
}

/**
 * The model version that a log's model string ("openai/gpt-4o") stands for: one that a campaign names, one with that
 * very string as its checkpoint, or a new one "as logged" whose safeguards are not stated.
 */
export function modelVersionOfLog(
  model: ReadModel,
  logged: string,
  preferred: readonly string[],
  newId: () => string,
): { versionId: string; drafts: Draft[] } {
  const slash = logged.indexOf("/");
  const developer = slash > 0 ? logged.slice(0, slash).slice(0, 200) : "not stated";
  const name = (slash > 0 ? logged.slice(slash + 1) : logged).slice(0, 200) || "not stated";
  const checkpoint = (logged || "not stated").slice(0, 200);
  const known = findModel(model, developer, name);
  const versions = known === null ? [] : versionsOf(model, known);
  const planned = versions.filter((one) => preferred.includes(one.id));
  const first = planned[0];
  if (first !== undefined && planned.length === 1) return { versionId: first.id, drafts: [] };
  const same = versions.find((one) => one.checkpoint === checkpoint);
  if (same !== undefined) return { versionId: same.id, drafts: [] };
  const modelId = known ?? newId();
  const versionId = newId();
  const added = known === null ? [modelAdded.draft({ id: modelId, developer, name, note: "", origin: "log" })] : [];
  const version = { id: versionId, modelId, checkpoint, safeguard: "not-stated" as const, access: "", settings: "" };
  return { versionId, drafts: [...added, modelVersionAdded.draft(version)] };
}
