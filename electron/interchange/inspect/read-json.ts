import { piecesOf, type ByteSource } from "../byte-source.ts";
import {
  JsonProjector,
  JsonStreamError,
  type Handling,
  type JsonPath,
  type JsonProjection,
} from "../json/json-projector.ts";
import type { JsonObject } from "../json/fields.ts";
import { parseLenientJsonBytes } from "../json/lenient-json.ts";
import type { ReadLogResult, ReadOptions } from "../logged-run.ts";
import { LossLedger } from "../loss-ledger.ts";
import { boundPlan, isEvalHeader, runFromHeader, sampleIdsOf, unsupportedVersion } from "./eval-header.ts";
import { SampleCollection } from "./population-builder.ts";
import { noteAbsent, noteParts, readingContext } from "./read-samples.ts";
import { recomputeMetrics } from "./recompute/recompute.ts";
import { SampleProjection } from "./sample-facts.ts";

/** The `.json` container: one EvalLog as one JSON object, read in one pass without building it. */

const headFields = new Set([
  "version",
  "status",
  "eval",
  "plan",
  "results",
  "stats",
  "error",
  "invalidated",
  "tags",
  "config_updates",
  "log_updates",
]);

/** Where a JSON log's sample lies, as `AttemptRecord.member` names it. */
export function jsonSampleMember(index: number): string {
  return `samples/${String(index)}`;
}

class LogProjection implements JsonProjection {
  readonly head = new Map<string, unknown>();
  readonly topKeys: string[] = [];
  evalJson: Uint8Array = new Uint8Array(0);
  #collection: SampleCollection | null = null;
  #sample = new SampleProjection(2, new Set());
  /** Elements of `samples` that were begun and ended. */
  #begun = 0;
  #ended = 0;
  readonly #losses: LossLedger;

  constructor(losses: LossLedger) {
    this.#losses = losses;
  }

  get header(): JsonObject {
    return Object.fromEntries(this.head);
  }

  get unfinished(): number {
    return this.#begun - this.#ended;
  }

  /** The samples so far; made when the first one begins, when the head has usually been read. */
  get collection(): SampleCollection {
    const reading = readingContext(this.header);
    if (this.#collection === null) {
      this.#collection = new SampleCollection(reading.context, this.#losses);
      this.#sample = new SampleProjection(2, reading.metadataKeys);
    }
    return this.#collection;
  }

  choose(path: JsonPath): Handling {
    const [top] = path;
    if (path.length === 0) return "enter";
    if (path.length === 1) {
      if (typeof top === "string" && this.topKeys.length < 20) this.topKeys.push(top.slice(0, 200));
      if (top === "samples") return "enter";
      return typeof top === "string" && headFields.has(top) ? "keep" : "skip";
    }
    if (path.length === 2) {
      this.#begun += 1;
      if (this.#collection === null) this.#collection = this.collection;
      this.#sample.reset();
    }
    return this.#sample.choose(path);
  }

  kept(path: JsonPath, json: Uint8Array): void {
    const [top] = path;
    if (path.length > 1) {
      this.#sample.kept(path, json);
      return;
    }
    if (typeof top !== "string") return;
    if (top === "eval") this.evalJson = json;
    try {
      this.head.set(top, parseLenientJsonBytes(json));
    } catch {
      this.#losses.add(`“${top}” of the log`, "it is malformed");
    }
  }

  counted(path: JsonPath, items: number): void {
    if (path.length > 2) this.#sample.counted(path.slice(0), items);
  }

  refused(path: JsonPath): void {
    if (path.length > 1) this.#sample.refused(path);
    else this.#losses.add(`“${String(path[0])}” of the log`, "it is too large or too deep");
  }

  left(path: JsonPath): void {
    if (path.length !== 2 || path[0] !== "samples") return;
    this.#ended += 1;
    this.collection.add(this.#sample.facts, jsonSampleMember(Number(path[1])));
  }
}

/** Why a JSON document is no log: what it is instead, where that can be told from its keys. */
function whatItIs(keys: readonly string[]): string {
  if (keys.includes("eval_set_id") && keys.includes("tasks")) return "The file is the manifest of an eval set.";
  if (keys.length > 0 && keys.every((key) => /\.(?:eval|json)$/.test(key))) return "The file is a listing of logs.";
  return "The JSON does not describe an evaluation.";
}

/** Runs the whole source through the projection; answers with what is wrong with the JSON, null where nothing is. */
async function project(source: ByteSource, projection: LogProjection, options: ReadOptions): Promise<string | null> {
  const projector = new JsonProjector(projection, { keepBytes: 256 * 1024 * 1024, keepDepth: 200 });
  let done = 0;
  try {
    for await (const piece of piecesOf(source, 0, source.size)) {
      options.signal?.throwIfAborted();
      projector.push(piece);
      done += piece.length;
      options.progress?.(done, source.size);
    }
    projector.end();
    return null;
  } catch (error) {
    if (!(error instanceof JsonStreamError)) throw error;
    return error.code === "truncated" ? "the file ends in the middle" : error.message;
  }
}

/** Reads a `.json` log. What stands before a cut or a fault is taken; what comes after is in `lost`. */
export async function readJsonLog(source: ByteSource, options: ReadOptions): Promise<ReadLogResult> {
  const losses = new LossLedger();
  const projection = new LogProjection(losses);
  const fault = await project(source, projection, options);
  const header = projection.header;
  if (!isEvalHeader(header)) {
    if (fault === null) return { kind: "not-a-log", reason: whatItIs(projection.topKeys) };
    if (!projection.topKeys.includes("eval")) return { kind: "not-a-log", reason: `The file is no JSON log: ${fault}` };
    return { kind: "refused", code: "log-damaged", reason: `The head of the log cannot be read: ${fault}` };
  }
  const unsupported = unsupportedVersion(header);
  if (unsupported !== null) return { kind: "refused", code: "log-unsupported", reason: unsupported };

  const samples = projection.collection;
  samples.setContext(readingContext(header).context);
  const run = runFromHeader(header, sampleIdsOf(header, projection.evalJson, []));
  run.attempts = samples.attempts;
  boundPlan(run);
  run.metrics = recomputeMetrics(header, samples.population);
  noteParts(run);
  if (projection.unfinished > 0) losses.add("sample", fault ?? "it is no object", projection.unfinished);
  if (fault !== null) {
    losses.add("rest of the file", fault, 0);
    const lost = losses.list.reduce((sum, loss) => sum + (loss.what === "sample" ? loss.count : 0), 0);
    const missing = (run.planned ?? 0) - run.attempts.length - lost;
    if (missing > 0) losses.add("sample", "it was planned and is not in what is left of the file", missing);
  }
  run.lost = losses.list.filter((loss) => loss.what !== "older sample");
  noteAbsent(run, header);
  run.complete = run.status !== "started" && run.lost.length === 0;
  return { kind: "run", run, salvaged: run.lost.length > 0 };
}
