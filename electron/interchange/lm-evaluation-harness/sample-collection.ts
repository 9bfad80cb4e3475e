import type { AttemptMetadata } from "../../contract/attempt.ts";
import { asList, wellFormed } from "../json/fields.ts";
import type { Handling, JsonPath, JsonProjection, ProjectionLimits } from "../json/json-projector.ts";
import { parseLenientJsonBytes } from "../json/lenient-json.ts";
import { MetadataCollection } from "../metadata.ts";
import type { LossLedger } from "../loss-ledger.ts";

/**
 * Per-sample records of lm-evaluation-harness: one a document and filter, with the metrics beside the prompt and the
 * answers. Only what metrics need is built: documents, prompts and answers are passed over unread.
 */

/** What one document got: values by metric and filter, as `metricKey` names them. */
export type DocumentValues = Map<string, unknown>;

/** "acc,none": a metric after one of a task's filters, as the results name it. */
export function metricKey(metric: string, filter: string): string {
  return filter === "" ? metric : `${metric},${filter}`;
}

/** A metric after a filter. */
export interface Measured {
  readonly metric: string;
  readonly filter: string;
}

/** A document's value, undefined where it has none. Results from before there were filters name none. */
export function valueOf(values: DocumentValues, { metric, filter }: Measured): unknown {
  const key = metricKey(metric, filter);
  return values.has(key) ? values.get(key) : values.get(metricKey(metric, filter || "none"));
}

/** Fields of a document that label it. All others may be its text or its answer, and stay in the stored file. */
const labelFields = new Set([
  ...["category", "subject", "subcategory", "topic", "subtopic", "domain", "difficulty", "level", "type", "subset"],
  ...["task_type", "source", "language", "split", "tag", "risk", "cwe", "cve"],
]);

const passedOver = new Set([
  "target",
  "arguments",
  "resps",
  "filtered_resps",
  "doc_hash",
  "prompt_hash",
  "target_hash",
  "task_name",
  "prompt",
]);
const described = new Set(["doc_id", "filter", "metrics"]);
const fieldsOfARecord = 300;
const longestId = 2_000;

/** A value that is kept is a metric's: anything larger is something else. */
export const recordLimits: ProjectionLimits = { keepBytes: 64 * 1024, keepDepth: 20 };

/** The fields of one record, wherever in a document it stands; `base` is the depth of its own path. */
export class RecordProjection implements JsonProjection {
  readonly fields = new Map<string, unknown>();
  labels = new MetadataCollection();
  readonly #base: number;
  #isObject = false;

  constructor(base: number) {
    this.#base = base;
  }

  reset(): void {
    this.fields.clear();
    this.labels = new MetadataCollection();
    this.#isObject = false;
  }

  /** False where the record is a list, a text or a number. */
  get isRecord(): boolean {
    return this.#isObject;
  }

  choose(path: JsonPath): Handling {
    const depth = path.length - this.#base;
    if (depth === 0) return "enter";
    const key = path[this.#base];
    if (typeof key !== "string") return "skip";
    this.#isObject = true;
    if (key === "doc") {
      const label = path[this.#base + 1];
      return depth === 1
        ? "enter"
        : depth === 2 && typeof label === "string" && labelFields.has(label)
          ? "keep"
          : "skip";
    }
    return passedOver.has(key) || this.fields.size >= fieldsOfARecord ? "skip" : "keep";
  }

  kept(path: JsonPath, json: Uint8Array): void {
    const key = path[this.#base];
    if (typeof key !== "string") return;
    try {
      if (key === "doc") {
        this.labels.add(String(path[this.#base + 1]), parseLenientJsonBytes(json));
        return;
      }
      this.fields.set(key, parseLenientJsonBytes(json));
    } catch {
      this.fields.delete(key);
    }
  }
}

/** "17", "abc": a document's id as text, null where there is none that can name a task. */
function documentId(value: unknown): string | null {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return String(value);
  return typeof value === "string" && value !== "" && value.length <= longestId ? wellFormed(value) : null;
}

/** The documents of one task, gathered from its records; of two records of one document and filter the last counts. */
export class SampleCollection {
  readonly documents = new Map<string, DocumentValues>();
  /** What labels a document, by its id. */
  readonly labels = new Map<string, AttemptMetadata>();
  /** Filters in the order of the records. */
  readonly filters: string[] = [];
  readonly #losses: LossLedger;
  readonly #seen = new Map<string, number>();

  constructor(losses: LossLedger) {
    this.#losses = losses;
  }

  /** How many records stood for something newer in the same file. */
  replaced = 0;

  /** Takes a record. `filters`: those of the task, for files from before records named theirs. */
  add(record: RecordProjection, filters: readonly string[]): void {
    const id = record.isRecord ? documentId(record.fields.get("doc_id")) : null;
    if (id === null) {
      this.#losses.add("sample", "the record has no doc_id");
      return;
    }
    const filter = this.#filterOf(record, id, filters);
    if (!this.filters.includes(filter)) this.filters.push(filter);
    const values: DocumentValues = this.documents.get(id) ?? new Map<string, unknown>();
    this.documents.set(id, values);
    this.labels.set(id, record.labels.values);
    let replaces = false;
    for (const [name, value] of metricsOf(record)) {
      const key = metricKey(name, filter);
      replaces ||= values.has(key);
      values.set(key, value);
    }
    if (replaces) this.replaced += 1;
  }

  #filterOf(record: RecordProjection, id: string, filters: readonly string[]): string {
    const named = record.fields.get("filter");
    if (typeof named === "string") return wellFormed(named.slice(0, 200));
    const place = this.#seen.get(id) ?? 0;
    this.#seen.set(id, place + 1);
    return filters[Math.min(place, filters.length - 1)] ?? "none";
  }
}

/** The record's metrics: those that it names, else everything in it that is no description. */
function* metricsOf(record: RecordProjection): Generator<[string, unknown]> {
  const named = asList(record.fields.get("metrics")).filter((name) => typeof name === "string");
  const names = named.length > 0 ? named : [...record.fields.keys()].filter((name) => !described.has(name));
  for (const name of names) {
    if (record.fields.has(name)) yield [wellFormed(name.slice(0, 200)), record.fields.get(name)];
  }
}
