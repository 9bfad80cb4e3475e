import { JsonProjector, type JsonPath } from "../json/json-projector.ts";
import {
  asList,
  asObject,
  field,
  listField,
  numberField,
  textField,
  wellFormed,
  type JsonObject,
} from "../json/fields.ts";
import { plainJson } from "../json/plain-json.ts";
import { tagsOf, updateNotes } from "./header-updates.ts";
import type { JsonValue, LoggedRun, LoggedScorer, LogStatus } from "../logged-run.ts";

/** The head of an Inspect log: everything of EvalLog but its samples. Nulls are not written, so absent means null. */
export type EvalHeader = JsonObject;

/** Header versions that this reader knows (3 lived for a few weeks in March 2026). */
const newestVersion = 3;
const statuses = ["started", "success", "cancelled", "error"] as const;
const settingsLimit = 200_000;
export const mostEpochs = 10_000;
/** A plan larger than this is not believed: whoever lists its attempts would run out of memory. */
const mostPlanned = 5_000_000;
const longestId = 2_000;

/** Limits by the field of `eval.config` that holds them; `max_messages` is the 2024 spelling. */
const limitFields: readonly (readonly [string, string])[] = [
  ["max_messages", "messages"],
  ["message_limit", "messages"],
  ["token_limit", "tokens"],
  ["turn_limit", "turns"],
  ["time_limit", "seconds"],
  ["working_limit", "workingSeconds"],
  ["cost_limit", "dollars"],
];

/** True where the object has what makes an EvalLog: `eval` with a task and a model. */
export function isEvalHeader(header: unknown): header is EvalHeader {
  const spec = field(header, "eval");
  return textField(spec, "task") !== null && textField(spec, "model") !== null;
}

/** Why this version of the format cannot be read, null where it can. */
export function unsupportedVersion(header: EvalHeader): string | null {
  const version = field(header, "version");
  if (version === undefined || version === null) return null;
  if (typeof version === "number" && Number.isInteger(version) && version >= 1 && version <= newestVersion) return null;
  const shown = typeof version === "number" ? String(version) : "that is no number";
  return `The log has format version ${shown}; versions 1 to ${String(newestVersion)} can be read.`;
}

/** A time as Inspect writes it (ISO 8601; without an offset it is UTC) in milliseconds, null where it is none. */
export function timeOf(text: string | null): number | null {
  if (text === null || text.length < 10 || text.length > 40) return null;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : time;
}

export function statusOf(header: EvalHeader): LogStatus {
  const status = field(header, "status");
  return statuses.find((known) => known === status) ?? "unknown";
}

/** Epochs as planned, at least 1; a number that nobody plans is not believed. */
export function epochsOf(header: EvalHeader): number {
  const epochs = numberField(field(field(header, "eval"), "config"), "epochs");
  return epochs !== null && Number.isInteger(epochs) && epochs >= 1 && epochs <= mostEpochs ? epochs : 1;
}

/** The configured epoch reducers: null where the log does not say, which means the mean. */
export function reducersOf(header: EvalHeader): string[] | null {
  const found = field(field(field(header, "eval"), "config"), "epochs_reducer");
  if (typeof found === "string") return [found];
  return Array.isArray(found) ? found.filter((name) => typeof name === "string") : null;
}

function idOf(value: unknown): string | null {
  if (typeof value === "string") return wellFormed(value);
  return typeof value === "number" && Number.isFinite(value) ? String(value) : null;
}

function textOrNumber(value: unknown, key: string): string | null {
  return idOf(field(value, key))?.slice(0, 500) ?? null;
}

function limitsOf(config: unknown): Record<string, number> {
  const limits: Record<string, number> = {};
  for (const [name, kind] of limitFields) {
    const value = numberField(config, name);
    if (value !== null) limits[kind] = value;
  }
  return limits;
}

/** The repository a run came from, without a name or token that somebody left in its address. */
function revisionOf(spec: unknown): JsonValue {
  const revision = plainJson(field(spec, "revision"));
  if (revision === null || typeof revision !== "object" || Array.isArray(revision)) return null;
  const origin = textField(revision, "origin");
  return origin === null ? revision : { ...revision, origin: origin.replace(/\/\/[^/@]*@/, "//") };
}

function settingsOf(header: EvalHeader): JsonValue {
  const spec = field(header, "eval");
  const settings = {
    generate: plainJson(field(spec, "model_generate_config") ?? field(field(header, "plan"), "config")),
    taskArgs: plainJson(field(spec, "task_args")),
    solver: plainJson(field(spec, "solver")),
    solverArgs: plainJson(field(spec, "solver_args")),
    steps: listField(field(header, "plan"), "steps").map((step) => textField(step, "solver", 500)),
    sandbox: sandboxTypeOf(spec),
    config: plainJson(field(spec, "config")),
    revision: revisionOf(spec),
  };
  if (JSON.stringify(settings).length <= settingsLimit) return settings;
  return { sandbox: settings.sandbox, config: settings.config, revision: settings.revision };
}

/** `sandbox` is an object, or [type, config] in logs of 2024. */
function sandboxTypeOf(spec: unknown): string | null {
  const sandbox = field(spec, "sandbox");
  if (typeof sandbox === "string") return sandbox.slice(0, 200);
  const [type] = listField(spec, "sandbox");
  return typeof type === "string" ? type.slice(0, 200) : textField(sandbox, "type", 200);
}

/** The rows of the header's results: EvalScore objects, also in the shape of version 1 (one scorer, metrics beside it). */
export function resultRows(header: EvalHeader): JsonObject[] {
  const results = field(header, "results");
  const rows = listField(results, "scores").map(asObject);
  if (rows.length > 0) return rows;
  const scorer = field(results, "scorer");
  const name = textField(scorer, "name", 500) ?? (typeof scorer === "string" ? scorer : null);
  return name === null ? [] : [{ name, scorer: name, metrics: field(results, "metrics") }];
}

/** Names of the scorers in the order of the log: results first, then what the task declared. */
export function scorersOf(header: EvalHeader): LoggedScorer[] {
  const scorers = new Map<string, Set<string>>();
  const add = (name: string | null, metrics: readonly string[]): void => {
    if (name === null) return;
    const known = scorers.get(name) ?? new Set<string>();
    for (const metric of metrics) known.add(metric);
    scorers.set(name, known);
  };
  for (const row of resultRows(header)) {
    const metrics = Object.keys(asObject(row.metrics)).map((key) => wellFormed(key.slice(0, 500)));
    add(textField(row, "scorer", 500) ?? textField(row, "name", 500), metrics);
  }
  for (const declared of listField(field(header, "eval"), "scorers")) add(textField(declared, "name", 500), []);
  return [...scorers].map(([name, metrics]) => ({ name, direction: "unknown", metrics: [...metrics] }));
}

function plannedOf(header: EvalHeader, sampleIds: readonly string[] | null, epochs: number): number | null {
  const planned = plannedAttempts(header, sampleIds, epochs);
  return planned !== null && planned <= mostPlanned ? planned : null;
}

function plannedAttempts(header: EvalHeader, sampleIds: readonly string[] | null, epochs: number): number | null {
  if (sampleIds !== null && sampleIds.length > 0) return sampleIds.length * epochs;
  const total = numberField(field(header, "results"), "total_samples");
  if (total !== null) return Math.max(0, Math.floor(total));
  const spec = field(header, "eval");
  const samples = numberField(field(spec, "dataset"), "samples");
  if (samples === null) return null;
  return Math.max(0, Math.floor(limitedTo(field(field(spec, "config"), "limit"), samples))) * epochs;
}

/** How many of a dataset's samples `limit` leaves: the first so many, or those from one place up to another. */
function limitedTo(limit: unknown, samples: number): number {
  const [from, to] = Array.isArray(limit) ? asList(limit) : [0, limit];
  if (typeof from !== "number" || typeof to !== "number" || !Number.isFinite(to - from)) return samples;
  return Math.min(to, samples) - Math.min(from, samples);
}

function notesOf(header: EvalHeader): string[] {
  const notes = updateNotes(header);
  const error = textField(field(header, "error"), "message", 500);
  if (error !== null) notes.push(`The run ended with an error: ${error}`);
  if (field(header, "invalidated") === true) notes.push("The log has invalidated attempts.");
  return notes;
}

/** Everything of a run that its header says; attempts, metrics and losses are still empty. */
export function runFromHeader(header: EvalHeader, sampleIds: string[] | null): LoggedRun {
  const spec = field(header, "eval");
  const dataset = field(spec, "dataset");
  const epochs = epochsOf(header);
  const version = numberField(header, "version");
  return {
    format: "inspect",
    formatVersion: version,
    status: statusOf(header),
    complete: false,
    task: textField(spec, "task", 500) ?? "",
    taskVersion: textOrNumber(spec, "task_version"),
    taskId: textOrNumber(spec, "task_id"),
    evalId: textOrNumber(spec, "eval_id"),
    runId: textOrNumber(spec, "run_id"),
    evalSetId: textOrNumber(spec, "eval_set_id"),
    model: textField(spec, "model", 500) ?? "",
    createdAt: timeOf(textField(spec, "created")),
    harness: { name: "inspect_ai", version: textField(field(spec, "packages"), "inspect_ai", 200) },
    dataset: { name: textField(dataset, "name", 500), samples: numberField(dataset, "samples"), sampleIds },
    epochs,
    reducers: reducersOf(header) ?? ["mean"],
    limits: limitsOf(field(spec, "config")),
    settings: settingsOf(header),
    tags: tagsOf(header),
    planned: plannedOf(header, sampleIds, epochs),
    attempts: [],
    metrics: [],
    scorers: scorersOf(header),
    lost: [],
    notes: notesOf(header),
  };
}

/** Ids that can name a task, each once; null where with all epochs they would be too many to be a plan. */
function usableIds(ids: readonly string[], epochs: number): string[] | null {
  const usable = [...new Set(ids.filter((id) => id !== "" && id.length <= longestId))];
  return usable.length * epochs <= mostPlanned ? usable : null;
}

/** Gives up the list of planned tasks where, with the epochs that were found, it would be too large to fill in. */
export function boundPlan(run: LoggedRun): void {
  const { sampleIds } = run.dataset;
  const epochs = run.attempts.reduce((most, attempt) => Math.max(most, attempt.epoch), run.epochs);
  if (sampleIds === null || sampleIds.length * epochs <= mostPlanned) return;
  run.dataset.sampleIds = null;
  run.notes.push("The log plans more attempts than anybody can run; only those that it holds are shown.");
}

/**
 * The planned sample ids as text, null where the log has none. Integers beyond 2^53 keep all their digits: for them
 * the JSON of `eval` is read once more.
 */
export function sampleIdsOf(header: EvalHeader, json: Uint8Array, at: JsonPath): string[] | null {
  const ids = field(field(field(header, "eval"), "dataset"), "sample_ids");
  if (!Array.isArray(ids)) return null;
  if (!ids.some((id) => typeof id === "number" && !Number.isSafeInteger(id))) {
    return usableIds(
      ids.map(idOf).filter((id) => id !== null),
      epochsOf(header),
    );
  }
  const wanted = [...at, "dataset", "sample_ids"];
  const found: string[] = [];
  const projector = new JsonProjector({
    choose: (path) => {
      if (path.length <= wanted.length) return path.every((key, index) => key === wanted[index]) ? "enter" : "skip";
      return "keep";
    },
    kept: (_path, text) => {
      const id = sampleIdFrom(text);
      if (id !== null) found.push(id);
    },
  });
  projector.push(json);
  return usableIds(found, epochsOf(header));
}

/** A sample's id as text from its JSON: strings as they are, integers with all their digits; null for anything else. */
export function sampleIdFrom(json: Uint8Array): string | null {
  const text = Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString("utf8");
  if (/^-?\d/.test(text)) return text;
  if (!text.startsWith('"')) return null;
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === "string" ? wellFormed(parsed) : null;
}
