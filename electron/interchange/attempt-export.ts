import type { AttemptMetadata, AttemptRecord, LoggedScore } from "../contract/attempt.ts";

/** An attempt as a table row: what it is of, and what came of it. */
export interface AttemptExportRow extends Omit<AttemptRecord, "member" | "file"> {
  readonly run: string;
  readonly campaign: string | null;
  readonly model: string;
  readonly benchmark: string;
  readonly category: string | null;
  readonly difficulty: string | null;
}

/** Columns of an export, in order. Times are in milliseconds, cost in US dollars. */
export const attemptExportColumns = [
  "run",
  "campaign",
  "model",
  "benchmark",
  "task",
  "category",
  "difficulty",
  "cluster",
  "epoch",
  "outcome",
  "score",
  "scores",
  "limit",
  "error",
  "invalidation",
  "inputTokens",
  "outputTokens",
  "totalTokens",
  "cost",
  "startedAt",
  "totalMs",
  "workingMs",
  "messages",
  "retries",
  "note",
  "metadata",
] as const satisfies readonly (keyof AttemptExportRow)[];

/** A value as one cell of text: lists and metadata as JSON, nothing (and no metadata) as an empty cell. */
export function exportCell(value: string | number | null | readonly LoggedScore[] | AttemptMetadata): string | number {
  if (value === null) return "";
  if (typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0) return "";
  return typeof value === "object" ? JSON.stringify(value) : value;
}
