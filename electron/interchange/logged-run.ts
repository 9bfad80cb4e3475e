import type { AttemptRecord, RecomputedMetric } from "../contract/attempt.ts";
import type { TranscriptItem } from "../contract/transcripts.ts";

/** What any reader of harness logs answers with. Nothing here knows which harness it was. */

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** Something that a log should hold and that could not be read. `count` is 0 where nobody can say how many. */
export interface Loss {
  what: string;
  count: number;
  reason: string;
}

export interface LoggedScorer {
  name: string;
  /** No log says whether more is better: the benchmark or a person does. */
  direction: "unknown";
  metrics: string[];
}

export type LogStatus = "started" | "success" | "cancelled" | "error" | "unknown";

/** One log: one model on one task set under one set of settings. Times are milliseconds since 1970-01-01T00:00Z. */
export interface LoggedRun {
  format: string;
  formatVersion: number | null;
  status: LogStatus;
  /** True where the harness finished writing the log and nothing of it was lost. */
  complete: boolean;
  task: string;
  taskVersion: string | null;
  taskId: string | null;
  evalId: string | null;
  runId: string | null;
  evalSetId: string | null;
  model: string;
  createdAt: number | null;
  harness: { name: string; version: string | null };
  dataset: { name: string | null; samples: number | null; sampleIds: string[] | null };
  epochs: number;
  reducers: string[];
  /** Limits as launched, by kind: tokens, messages, turns, seconds, US dollars. */
  limits: Record<string, number>;
  settings: JsonValue;
  tags: string[];
  /** Tasks × epochs that the log planned, null where it does not say. */
  planned: number | null;
  attempts: AttemptRecord[];
  metrics: RecomputedMetric[];
  scorers: LoggedScorer[];
  lost: Loss[];
  notes: string[];
}

export type RefusalCode = "log-unsupported" | "log-damaged";

export type ReadLogResult =
  | { kind: "run"; run: LoggedRun; salvaged: boolean }
  | { kind: "not-a-log"; reason: string }
  | { kind: "refused"; code: RefusalCode; reason: string };

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with how many bytes of the source were dealt with. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

/** One attempt's address in a log. */
export interface TranscriptAddress {
  readonly task: string;
  readonly epoch: number;
  readonly member: string;
}

export interface TranscriptOptions {
  readonly signal?: AbortSignal | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

/** A page of a transcript: plain text, in the order of the log. `total` counts all items, not this page's. */
export interface Transcript {
  total: number;
  items: TranscriptItem[];
  notes: string[];
}
