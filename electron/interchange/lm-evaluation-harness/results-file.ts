import { piecesOf, type ByteSource } from "../byte-source.ts";
import { asObject, field, listField, textField, type JsonObject } from "../json/fields.ts";
import {
  JsonProjector,
  JsonStreamError,
  type Handling,
  type JsonPath,
  type JsonProjection,
} from "../json/json-projector.ts";
import { parseLenientJsonBytes } from "../json/lenient-json.ts";
import type { ReadOptions } from "../logged-run.ts";
import { LossLedger } from "../loss-ledger.ts";
import { RecordProjection, SampleCollection } from "./sample-collection.ts";

/** `results_*.json`: what lm-evaluation-harness says of all tasks of one call. */

const headFields = new Set([
  "results",
  "groups",
  "group_subtasks",
  "configs",
  "versions",
  "n-shot",
  "n-samples",
  "higher_is_better",
  "config",
  "git_hash",
  "date",
  "model_name",
  "model_source",
  "lm_eval_version",
  "transformers_version",
  "system_instruction_sha",
  "chat_template_sha",
  "fewshot_as_multiturn",
  "task_hashes",
]);

export interface ResultsFile {
  /** The named parts of the file; anything else of it is not built. */
  readonly head: JsonObject;
  /** Samples that stand in the file itself, by task: only where a program wrote it and not the harness' own tracker. */
  readonly samples: ReadonlyMap<string, { readonly collection: SampleCollection; readonly losses: LossLedger }>;
  /** Why the file ends before it should, null where it is whole. */
  readonly fault: string | null;
  /** Parts that were too large, too deep or malformed. */
  readonly unread: readonly string[];
}

class ResultsProjection implements JsonProjection {
  readonly head = new Map<string, unknown>();
  readonly unread: string[] = [];
  readonly samples = new Map<string, { collection: SampleCollection; losses: LossLedger }>();
  readonly #record = new RecordProjection(3);

  choose(path: JsonPath): Handling {
    const [top] = path;
    if (path.length === 0) return "enter";
    if (path.length === 1) {
      if (top === "samples") return "enter";
      return typeof top === "string" && headFields.has(top) ? "keep" : "skip";
    }
    if (path.length === 2) return "enter";
    if (path.length === 3) this.#record.reset();
    return this.#record.choose(path);
  }

  kept(path: JsonPath, json: Uint8Array): void {
    const [top] = path;
    if (path.length > 1) {
      this.#record.kept(path, json);
      return;
    }
    if (typeof top !== "string") return;
    try {
      this.head.set(top, parseLenientJsonBytes(json));
    } catch {
      this.unread.push(top);
    }
  }

  refused(path: JsonPath): void {
    if (path.length === 1) this.unread.push(String(path[0]));
  }

  left(path: JsonPath): void {
    const [top, task] = path;
    if (path.length !== 3 || top !== "samples" || typeof task !== "string") return;
    let held = this.samples.get(task);
    if (held === undefined) {
      const losses = new LossLedger();
      held = { collection: new SampleCollection(losses), losses };
      this.samples.set(task, held);
    }
    held.collection.add(this.#record, filtersOf(asObject(field(asObject(this.head.get("results")), task))));
  }
}

/** Reads the file once; what stands before a cut or a fault is there. */
export async function readResultsFile(source: ByteSource, options: ReadOptions): Promise<ResultsFile> {
  const projection = new ResultsProjection();
  const projector = new JsonProjector(projection, { keepBytes: 128 * 1024 * 1024, keepDepth: 100 });
  let fault: string | null = null;
  let done = 0;
  try {
    for await (const piece of piecesOf(source, 0, source.size)) {
      options.signal?.throwIfAborted();
      projector.push(piece);
      done += piece.length;
      options.progress?.(done, source.size);
    }
    projector.end();
  } catch (error) {
    if (!(error instanceof JsonStreamError)) throw error;
    fault = error.code === "truncated" ? "the file ends in the middle" : error.message;
  }
  const { samples, unread } = projection;
  return { head: Object.fromEntries(projection.head), samples, fault, unread };
}

/** One number of a task's results: "exact_match_stderr,strict-match". */
export interface LoggedNumber {
  /** As the file names it. */
  readonly key: string;
  readonly metric: string;
  /** "none" where the task has no filters, "" in files from before there were any. */
  readonly filter: string;
  readonly isError: boolean;
  readonly value: number;
}

/** Entries of a task's results that are no metric. */
const descriptions = new Set(["alias", "name", "sample_len", "sample_count", "samples"]);

/** More than any task has. */
const mostNumbers = 2_000;

/** The numbers of one task in the order of the file; "N/A" is none. */
export function loggedNumbers(result: JsonObject): LoggedNumber[] {
  const entries = Object.entries(result).slice(0, mostNumbers);
  return entries.flatMap(([key, value]) => {
    if (descriptions.has(key) || typeof value !== "number") return [];
    const comma = key.lastIndexOf(",");
    const name = comma < 0 ? key : key.slice(0, comma);
    const isError = name.endsWith("_stderr");
    const metric = isError ? name.slice(0, -"_stderr".length) : name;
    return [{ key, metric, filter: comma < 0 ? "" : key.slice(comma + 1), isError, value }];
  });
}

/** The filters of a task in the order of its results. */
export function filtersOf(result: JsonObject): string[] {
  return [...new Set(loggedNumbers(result).map(({ filter }) => filter))];
}

/** Names of the tasks in the file. Groups have numbers of their own too, but no samples: they are no tasks. */
export function tasksOf(head: JsonObject): string[] {
  const groups = new Set(Object.keys(asObject(field(head, "groups"))));
  const subtasks = asObject(field(head, "group_subtasks"));
  for (const [name, members] of Object.entries(subtasks)) {
    if (Array.isArray(members) && members.length > 0) groups.add(name);
  }
  return Object.keys(asObject(field(head, "results"))).filter((name) => name !== "" && !groups.has(name));
}

/** How a metric's values were made into one number: "mean", "perplexity", null where the file does not say. */
export function aggregationOf(head: JsonObject, task: string, metric: string): string | null {
  for (const entry of listField(field(field(head, "configs"), task), "metric_list")) {
    const named = field(entry, "metric");
    if (named === metric) return textField(entry, "aggregation", 200);
  }
  return null;
}

/** False where less is better, true where more is, null where the file does not say. */
export function higherIsBetter(head: JsonObject, task: string, metric: string): boolean | null {
  const said = field(field(field(head, "higher_is_better"), task), metric);
  if (typeof said === "boolean") return said;
  for (const entry of listField(field(field(head, "configs"), task), "metric_list")) {
    const declared = field(entry, "higher_is_better");
    if (field(entry, "metric") === metric && typeof declared === "boolean") return declared;
  }
  return null;
}
