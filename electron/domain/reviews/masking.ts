import { campaignModelVersionIds, campaignName } from "../campaigns/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { text, type ReadModel } from "../read-model.ts";
import { logOfRun } from "../runs/queries.ts";
import type { RunFacts } from "../runs/state.ts";

/**
 * Blind reviews: words that name the model, its developer, its checkpoint, its run or the other models of its campaign
 * are replaced in what a reviewer reads. What a model says of itself in other words stays: nothing can find that.
 */

/** What stands where a name was. */
export const maskWords = "‹hidden›";

export type Mask = (words: string) => string;

/** Too short to be looked for: it would be found everywhere. A number below three digits, one letter. */
function isTelling(word: string): boolean {
  return /^\d+$/.test(word) ? word.length >= 3 : word.length >= 2;
}

function namesOfVersion(model: ReadModel, id: string): string[] {
  const sql = `SELECT m.developer, m.name, v.checkpoint FROM model_version v JOIN model m ON m.id = v.model_id
    WHERE v.id = ?`;
  const row = model.get(sql, id);
  return row === undefined ? [] : ["developer", "name", "checkpoint"].map((column) => text(row, column));
}

/** Words that may not be read by whoever judges an attempt of this run blind. */
export function tellingWords(context: QueryContext, run: RunFacts): string[] {
  const { model } = context;
  const others = run.campaignId === null ? [] : campaignModelVersionIds(model, run.campaignId);
  const log = logOfRun(context, run.id);
  const logged = log === null ? [] : [log.model, ...log.model.split("/"), log.fileName, log.evalId];
  const campaign = run.campaignId === null ? null : campaignName(model, run.campaignId);
  const versions = [run.modelVersionId, ...others].flatMap((id) => namesOfVersion(model, id));
  const words = [run.id, run.code, ...versions, ...logged, ...(campaign === null ? [] : [campaign])];
  return [...new Set(words.map((word) => word.trim()).filter(isTelling))];
}

/** Replaces the words wherever they stand by themselves, whatever their case, the longest first. */
export function maskOf(words: readonly string[]): Mask {
  if (words.length === 0) return (given) => given;
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  const any = longestFirst.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, "giu");
  return (given) => given.replace(pattern, maskWords);
}

/** The same value with every text in it masked, keys too. Of JSON only. */
export function maskDeep<T>(value: T, mask: Mask): T;
export function maskDeep(value: unknown, mask: Mask): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((one: unknown) => maskDeep(one, mask));
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [mask(key), maskDeep(one as unknown, mask)]));
}
