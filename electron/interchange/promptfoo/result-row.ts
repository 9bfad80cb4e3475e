import type { AttemptMetadata } from "../../contract/attempt.ts";
import { field, isObject, numberField, textField } from "../json/fields.ts";
import type { Handling, JsonPath, JsonProjection } from "../json/json-projector.ts";
import { metadataOf, noMetadata } from "../metadata.ts";
import { parseLenientJsonBytes } from "../json/lenient-json.ts";

export interface Tokens {
  readonly prompt: number | null;
  readonly completion: number | null;
  readonly total: number | null;
}

/**
 * One result of promptfoo (EvaluateResult): one test with one prompt at one provider. Prompts, outputs and raw responses
 * are passed over unread.
 */
export interface ResultRow {
  testIdx: number | null;
  promptIdx: number | null;
  provider: { id: string; label: string } | null;
  promptLabel: string;
  testCase: unknown;
  vars: unknown;
  /** What the test was labelled with; not `vars`, which hold what the prompt is made of. */
  metadata: AttemptMetadata;
  success: boolean | null;
  score: number | null;
  namedScores: ReadonlyMap<string, number>;
  /** 0 none, 1 an assertion, 2 an error; null in files from before it was written. */
  failureReason: number | null;
  error: string | null;
  reason: string | null;
  graded: boolean;
  latencyMs: number | null;
  cost: number | null;
  tokens: Tokens | null;
  finishReason: string | null;
  refused: boolean;
}

function emptyRow(): ResultRow {
  return {
    ...{ testIdx: null, promptIdx: null, provider: null, promptLabel: "", testCase: null, vars: null },
    metadata: noMetadata,
    ...{ success: null, score: null, namedScores: new Map<string, number>(), failureReason: null, error: null },
    ...{ reason: null, graded: false, latencyMs: null, cost: null, tokens: null, finishReason: null, refused: false },
  };
}

const namedScoresKept = 190;
const textKept = 4_000;

function tokensOf(value: unknown): Tokens {
  return {
    prompt: numberField(value, "prompt"),
    completion: numberField(value, "completion"),
    total: numberField(value, "total"),
  };
}

function numbersOf(value: unknown): Map<string, number> {
  const entries = Object.entries(isObject(value) ? value : {}).slice(0, namedScoresKept);
  return new Map(entries.filter((entry): entry is [string, number] => Number.isFinite(entry[1])));
}

function indexOf(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function providerOf(value: unknown): ResultRow["provider"] {
  if (typeof value === "string") return { id: value.slice(0, 500), label: "" };
  const id = textField(value, "id", 500);
  return id === null || id === "" ? null : { id, label: textField(value, "label", 500) ?? "" };
}

type Setter = (row: ResultRow, value: unknown) => void;

/** Fields of a row; those inside another are named with a dot. */
const setters: Readonly<Record<string, Setter>> = {
  testIdx: (row, value) => {
    row.testIdx = indexOf(value);
  },
  promptIdx: (row, value) => {
    row.promptIdx = indexOf(value);
  },
  provider: (row, value) => {
    row.provider = providerOf(value);
  },
  "prompt.label": (row, value) => {
    row.promptLabel = typeof value === "string" ? value.slice(0, 200) : "";
  },
  testCase: (row, value) => {
    row.testCase = value;
  },
  vars: (row, value) => {
    row.vars = value;
  },
  metadata: (row, value) => {
    row.metadata = metadataOf(value);
  },
  success: (row, value) => {
    row.success = typeof value === "boolean" ? value : null;
  },
  score: (row, value) => {
    row.score = typeof value === "number" && Number.isFinite(value) ? value : null;
  },
  namedScores: (row, value) => {
    row.namedScores = numbersOf(value);
  },
  failureReason: (row, value) => {
    row.failureReason = indexOf(value);
  },
  error: (row, value) => {
    row.error = typeof value === "string" && value !== "" ? value.slice(0, textKept) : null;
  },
  "gradingResult.pass": (row) => {
    row.graded = true;
  },
  "gradingResult.reason": (row, value) => {
    row.reason = typeof value === "string" ? value.slice(0, textKept) : null;
  },
  latencyMs: (row, value) => {
    row.latencyMs = numberField({ value }, "value");
  },
  cost: (row, value) => {
    row.cost = numberField({ value }, "value");
  },
  tokenUsage: (row, value) => {
    row.tokens = tokensOf(value);
  },
  "response.tokenUsage": (row, value) => {
    row.tokens ??= tokensOf(value);
  },
  "response.finishReason": (row, value) => {
    row.finishReason = typeof value === "string" ? value.slice(0, 100) : null;
  },
  "response.isRefusal": (row, value) => {
    row.refused ||= value === true;
  },
  "response.guardrails": (row, value) => {
    row.refused ||= field(value, "flagged") === true;
  },
};
const entered = new Set(["prompt", "gradingResult", "response"]);

/** Gathers one row, wherever in a document it stands; `base` is the depth of its own path. */
export class RowProjection implements JsonProjection {
  row: ResultRow = emptyRow();
  /** Parts that were too large or malformed. */
  unread: string[] = [];
  readonly #base: number;

  constructor(base: number) {
    this.#base = base;
  }

  reset(): void {
    this.row = emptyRow();
    this.unread = [];
  }

  choose(path: JsonPath): Handling {
    const depth = path.length - this.#base;
    if (depth === 0) return "enter";
    const key = path[this.#base];
    if (depth === 1 && typeof key === "string" && entered.has(key)) return "enter";
    return this.#nameOf(path) === null ? "skip" : "keep";
  }

  kept(path: JsonPath, json: Uint8Array): void {
    const name = this.#nameOf(path);
    if (name === null) return;
    try {
      setters[name]?.(this.row, parseLenientJsonBytes(json));
    } catch {
      this.unread.push(name);
    }
  }

  refused(path: JsonPath): void {
    const name = this.#nameOf(path);
    if (name !== null) this.unread.push(name);
  }

  #nameOf(path: JsonPath): string | null {
    const name = path.slice(this.#base).join(".");
    return Object.hasOwn(setters, name) && path.length - this.#base <= 2 ? name : null;
  }
}
