import { piecesOf } from "../byte-source.ts";
import { asList, textField } from "../json/fields.ts";
import { visitJsonLines } from "../json/json-lines.ts";
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
import { headBytes, type Confidence, type LogReader, type LogSource, type ReadFileResult } from "../reader.ts";
import { runsOf, type EvalHead } from "./provider-run.ts";
import { ResultCollection } from "./result-collection.ts";
import { RowProjection } from "./result-row.ts";

/**
 * promptfoo's outputs: `promptfoo eval --output x.json` (one object, `results.results[]`, versions 2 and 3) and `x.jsonl`
 * (one result a line). One run a provider, and with several prompts one a provider and prompt.
 */

/** A test case with its variables may hold a file; anything beyond is passed over. */
const rowLimits = { keepBytes: 4 * 1024 * 1024, keepDepth: 60 };
const mostColumns = 2_000;

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** True where the first line is a result of its own. */
function looksLikeLines(text: string): boolean {
  const [first = ""] = text.split("\n", 1);
  return /"(?:promptIdx|testIdx)"\s*:/.test(first) && !/"results"\s*:\s*\{/.test(first);
}

function recognise(head: Uint8Array, fileName: string): Confidence {
  const text = latin1(head);
  if (!/^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(text)) return 0;
  if (looksLikeLines(text) && /"(?:provider|testCase|gradingResult)"\s*:/.test(text)) return 0.9;
  const nested = /"results"\s*:\s*\{/.test(text);
  if (nested && /"evalId"\s*:/.test(text)) return 0.95;
  if (nested && /"(?:promptIdx|testIdx|testPassCount)"\s*:/.test(text)) return 0.9;
  return nested && /promptfoo/i.test(fileName) ? 0.5 : 0;
}

const topFields = new Set(["evalId", "config", "metadata"]);
const resultsFields = new Set(["version", "timestamp", "prompts"]);

class OutputProjection implements JsonProjection {
  readonly head = new Map<string, unknown>();
  readonly row = new RowProjection(3);
  /** True once a list of results was met. */
  hasResults = false;
  readonly #collection: ResultCollection;
  readonly #losses: LossLedger;

  constructor(collection: ResultCollection, losses: LossLedger) {
    this.#collection = collection;
    this.#losses = losses;
  }

  choose(path: JsonPath): Handling {
    const [top, second, third] = path;
    if (path.length === 0) return "enter";
    if (path.length === 1) return top === "results" ? "enter" : this.#wanted(topFields, top);
    if (top !== "results") return "skip";
    if (path.length === 2) {
      if (second !== "results") return this.#wanted(resultsFields, second);
      this.hasResults = true;
      return "enter";
    }
    if (typeof third !== "number") return "skip";
    if (path.length === 3) this.row.reset();
    return this.row.choose(path);
  }

  #wanted(fields: ReadonlySet<string>, key: string | number | undefined): Handling {
    return typeof key === "string" && fields.has(key) ? "keep" : "skip";
  }

  kept(path: JsonPath, json: Uint8Array): void {
    if (path.length > 2) {
      this.row.kept(path, json);
      return;
    }
    const name = String(path.at(-1));
    try {
      this.head.set(name, parseLenientJsonBytes(json));
    } catch {
      this.#losses.add(`“${name}” of the file`, "it is malformed");
    }
  }

  refused(path: JsonPath): void {
    if (path.length > 2) this.row.refused(path);
    else this.#losses.add(`“${String(path.at(-1))}” of the file`, "it is too large or too deep");
  }

  left(path: JsonPath): void {
    if (path.length === 3 && path[0] === "results") this.#collection.add(this.row);
  }
}

function headOf(found: ReadonlyMap<string, unknown>): EvalHead {
  const head = Object.fromEntries(found);
  const version = found.get("version");
  return {
    evalId: textField(head, "evalId", 500),
    timestamp: textField(head, "timestamp", 100),
    version: typeof version === "number" && Number.isFinite(version) ? version : null,
    prompts: asList(found.get("prompts")),
    config: found.get("config") ?? null,
    metadata: found.get("metadata") ?? null,
  };
}

interface Gathered {
  readonly collection: ResultCollection;
  readonly losses: LossLedger;
  readonly head: EvalHead;
  readonly isOutput: boolean;
}

async function readObject(source: LogSource, options: ReadOptions): Promise<Gathered> {
  const losses = new LossLedger();
  const collection = new ResultCollection(losses);
  const projection = new OutputProjection(collection, losses);
  const projector = new JsonProjector(projection, { keepBytes: 64 * 1024 * 1024, keepDepth: 100 });
  let done = 0;
  try {
    for await (const piece of piecesOf(source.bytes, 0, source.bytes.size)) {
      options.signal?.throwIfAborted();
      projector.push(piece);
      done += piece.length;
      options.progress?.(done, source.bytes.size);
    }
    projector.end();
  } catch (error) {
    if (!(error instanceof JsonStreamError)) throw error;
    losses.add("rest of the file", error.code === "truncated" ? "the file ends in the middle" : error.message, 0);
  }
  return { collection, losses, head: headOf(projection.head), isOutput: projection.hasResults };
}

async function readLines(source: LogSource, options: ReadOptions): Promise<Gathered> {
  const losses = new LossLedger();
  const collection = new ResultCollection(losses);
  const row = new RowProjection(0);
  await visitJsonLines(
    source.bytes,
    {
      begin: () => {
        row.reset();
        return row;
      },
      end: (_line, fault) => {
        if (fault === null) collection.add(row);
        else losses.add("result", fault);
      },
    },
    options,
    rowLimits,
  );
  return { collection, losses, head: headOf(new Map()), isOutput: collection.taken > 0 };
}

async function read(source: LogSource, options: ReadOptions): Promise<ReadFileResult> {
  const start = latin1(await source.bytes.read(0, headBytes));
  const { collection, losses, head, isOutput } = looksLikeLines(start)
    ? await readLines(source, options)
    : await readObject(source, options);
  const [loss] = losses.list;
  if (collection.columns.size > mostColumns) {
    const reason = `The file holds results of more than ${String(mostColumns)} providers and prompts.`;
    return { kind: "refused", code: "log-unsupported", reason };
  }
  if (collection.taken > 0) return { kind: "runs", runs: runsOf(collection, head, source.name, losses.list) };
  if (loss !== undefined) {
    return { kind: "refused", code: "log-damaged", reason: `No result could be read: ${loss.what}, ${loss.reason}.` };
  }
  return { kind: "not-a-log", reason: isOutput ? "The file holds no results." : "The JSON is no output of promptfoo." };
}

/** Reads what `promptfoo eval --output` writes. */
export const promptfooReader: LogReader = {
  id: "promptfoo",
  title: "promptfoo output",
  recognise,
  read,
};
