import type { AttemptMetadata } from "../../contract/attempt.ts";
import { metadataOf, noMetadata } from "../metadata.ts";
import type { Handling, JsonPath, JsonProjection } from "../json/json-projector.ts";
import { asList, asObject, field, isObject, numberField, textField, wellFormed } from "../json/fields.ts";
import { parseLenientJsonBytes } from "../json/lenient-json.ts";
import { sampleIdFrom, timeOf } from "./eval-header.ts";

/** A score as it stands in a sample, before anything is made of it. NaN is kept: it means "unscored". */
export interface SampleScore {
  readonly value: unknown;
  /** The value before the first edit; absent where it was never edited. */
  readonly original?: unknown;
}

/** The few kilobytes of a sample that an import needs. */
export interface SampleFacts {
  id: string | null;
  epoch: number;
  scores: Map<string, SampleScore>;
  /** `sample.score` of version 1, whose scorer only the header names. */
  unnamedScore: SampleScore | null;
  usage: unknown;
  error: { message: string; traceback: string } | null;
  limit: string | null;
  invalidation: string | null;
  startedAt: number | null;
  firstEventAt: number | null;
  completedAt: number | null;
  totalSeconds: number | null;
  workingSeconds: number | null;
  messages: number | null;
  retries: number;
  stopReason: string | null;
  /** Scalar metadata under the keys that metrics group by. */
  metadata: Map<string, string>;
  /** The sample's own metadata, as far as it is flat. */
  named: AttemptMetadata;
  /** Parts that were too large or malformed. */
  unread: string[];
}

function emptyFacts(): SampleFacts {
  return {
    id: null,
    epoch: 1,
    scores: new Map(),
    unnamedScore: null,
    usage: null,
    error: null,
    limit: null,
    invalidation: null,
    startedAt: null,
    firstEventAt: null,
    completedAt: null,
    totalSeconds: null,
    workingSeconds: null,
    messages: null,
    retries: 0,
    stopReason: null,
    metadata: new Map(),
    named: noMetadata,
    unread: [],
  };
}

/** Metadata keys that say which samples belong together, whatever the metrics are (inspect_cyber, Cybench, 3CB). */
export const clusterKeys = ["eval_name", "challenge", "cve"] as const;

const keptFields = new Set([
  "id",
  "epoch",
  "scores",
  "score",
  "model_usage",
  "error",
  "limit",
  "invalidation",
  "started_at",
  "completed_at",
  "total_time",
  "working_time",
  "metadata",
  "message_refs",
]);
const countedFields = new Set(["messages", "error_retries"]);

function scoreFrom(value: unknown): SampleScore {
  const history = field(value, "history");
  const first: unknown = Array.isArray(history) ? history[0] : undefined;
  // A first entry with provenance is a score added by hand, not an edit of one that the scorer gave.
  const edited = isObject(first) && field(first, "provenance") === undefined && Array.isArray(history);
  const original = edited && history.length > 1 ? field(first, "value") : undefined;
  const score = { value: field(value, "value") };
  return original === undefined ? score : { ...score, original };
}

function metadataText(value: unknown): string | null {
  if (typeof value === "string") return wellFormed(value.slice(0, 2_000));
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? String(value) : null;
}

/** How many messages `message_refs` of a chunked sample stands for: [[start, end), …]. */
function referencedMessages(value: unknown): number | null {
  if (!Array.isArray(value)) return null;
  let total = 0;
  for (const range of asList(value)) {
    const [start, end] = asList(range);
    if (typeof start === "number" && typeof end === "number" && end > start) total += end - start;
  }
  return Number.isSafeInteger(total) ? total : null;
}

type Setter = (facts: SampleFacts, value: unknown) => void;

const setters: Readonly<Record<string, Setter>> = {
  epoch: (facts, value) => {
    facts.epoch = typeof value === "number" ? value : Number.NaN;
  },
  scores: (facts, value) => {
    facts.scores = new Map(
      Object.entries(asObject(value)).map(([name, score]) => [wellFormed(name.slice(0, 500)), scoreFrom(score)]),
    );
  },
  score: (facts, value) => {
    facts.unnamedScore = isObject(value) ? scoreFrom(value) : null;
  },
  model_usage: (facts, value) => {
    facts.usage = value;
  },
  error: (facts, value) => {
    const message = textField(value, "message", 4_000) ?? (typeof value === "string" ? wellFormed(value) : null);
    if (message === null) return;
    facts.error = { message: message.slice(0, 4_000), traceback: textField(value, "traceback", 100_000) ?? "" };
  },
  limit: (facts, value) => {
    const type = typeof value === "string" ? value : textField(value, "type", 100);
    facts.limit = type === null ? null : wellFormed(type.slice(0, 100));
  },
  invalidation: (facts, value) => {
    if (!isObject(value)) return;
    const by = textField(value, "author", 200);
    const reason = textField(value, "reason", 3_500) ?? "no reason given";
    facts.invalidation = by === null ? reason : `${reason} (${by})`;
  },
  started_at: (facts, value) => {
    facts.startedAt = typeof value === "string" ? timeOf(value) : null;
  },
  completed_at: (facts, value) => {
    facts.completedAt = typeof value === "string" ? timeOf(value) : null;
  },
  total_time: (facts, value) => {
    facts.totalSeconds = typeof value === "number" ? value : null;
  },
  working_time: (facts, value) => {
    facts.workingSeconds = typeof value === "number" ? value : null;
  },
  message_refs: (facts, value) => {
    facts.messages = referencedMessages(value) ?? facts.messages;
  },
};

/**
 * A projection that gathers the facts of one sample, wherever in a document the sample stands.
 * `base` is the depth of the sample's own path: 0 in a member of its own, 2 in `samples[i]` of a JSON log.
 */
export class SampleProjection implements JsonProjection {
  facts: SampleFacts = emptyFacts();
  readonly #base: number;
  readonly #metadataKeys: ReadonlySet<string>;

  constructor(base: number, metadataKeys: ReadonlySet<string>) {
    this.#base = base;
    this.#metadataKeys = metadataKeys;
  }

  /** Forgets the last sample. */
  reset(): void {
    this.facts = emptyFacts();
  }

  choose(path: JsonPath): Handling {
    const depth = path.length - this.#base;
    const key = path[this.#base];
    if (depth === 0) return "enter";
    if (depth === 1) {
      if (typeof key === "string" && keptFields.has(key)) return "keep";
      if (typeof key === "string" && countedFields.has(key)) return "count";
      return key === "output" || key === "events" ? "enter" : "skip";
    }
    if (key === "events") return chooseInEvents(path, this.#base);
    return key === "output" ? chooseInOutput(path, this.#base) : "skip";
  }

  kept(path: JsonPath, json: Uint8Array): void {
    const key = path[this.#base];
    if (typeof key !== "string") return;
    try {
      this.#take(key, json);
    } catch {
      this.facts.unread.push(key);
    }
  }

  counted(path: JsonPath, items: number): void {
    const key = path[this.#base];
    if (key === "messages") this.facts.messages = items;
    if (key === "error_retries") this.facts.retries = items;
  }

  refused(path: JsonPath): void {
    const key = path[this.#base];
    if (typeof key === "string") this.facts.unread.push(key);
  }

  #take(key: string, json: Uint8Array): void {
    if (key === "id") {
      this.facts.id = sampleIdFrom(json);
      return;
    }
    const value = parseLenientJsonBytes(json);
    if (key === "metadata") this.#takeMetadata(value);
    else if (key === "output") this.facts.stopReason = typeof value === "string" ? value.slice(0, 100) : null;
    else if (key === "events") this.facts.firstEventAt = typeof value === "string" ? timeOf(value) : null;
    else if (Object.hasOwn(setters, key)) setters[key]?.(this.facts, value);
  }

  #takeMetadata(value: unknown): void {
    this.facts.named = metadataOf(value);
    for (const key of this.#metadataKeys) {
      const text = metadataText(field(value, key));
      if (text !== null) this.facts.metadata.set(key, text);
    }
  }
}

/** Of the events only the first one's time is wanted: old logs have no `started_at`. */
function chooseInEvents(path: JsonPath, base: number): Handling {
  const depth = path.length - base;
  if (depth === 2) return path[base + 1] === 0 ? "enter" : "skip";
  return path[base + 2] === "timestamp" ? "keep" : "skip";
}

/** Of the output only `choices[0].stop_reason` is wanted. */
function chooseInOutput(path: JsonPath, base: number): Handling {
  const depth = path.length - base;
  if (depth === 2) return path[base + 1] === "choices" ? "enter" : "skip";
  if (depth === 3) return path[base + 2] === 0 ? "enter" : "skip";
  return path[base + 3] === "stop_reason" ? "keep" : "skip";
}

/** Sums of a sample's token use over its models. True input is input + cache writes + cache reads. */
export function usageOf(facts: SampleFacts): {
  inputTokens: number | null;
  outputTokens: number | null;
  totalTokens: number | null;
  cost: number | null;
} {
  const sums = { inputTokens: null, outputTokens: null, totalTokens: null, cost: null } as Record<
    "inputTokens" | "outputTokens" | "totalTokens" | "cost",
    number | null
  >;
  const add = (name: keyof typeof sums, value: number | null): void => {
    const sum = (sums[name] ?? 0) + (value ?? 0);
    if (value !== null && value >= 0 && sum <= Number.MAX_SAFE_INTEGER) sums[name] = sum;
  };
  for (const usage of Object.values(asObject(facts.usage))) {
    for (const key of ["input_tokens", "input_tokens_cache_write", "input_tokens_cache_read"]) {
      add("inputTokens", numberField(usage, key));
    }
    add("outputTokens", numberField(usage, "output_tokens"));
    add("totalTokens", numberField(usage, "total_tokens"));
    add("cost", numberField(usage, "total_cost"));
  }
  return sums;
}
