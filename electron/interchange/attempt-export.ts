import type { AttemptRecord, LoggedScore } from "../contract/attempt.ts";

/** An attempt as a table row: what it is of, and what came of it. */
export interface AttemptExportRow extends Omit<AttemptRecord, "member"> {
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
] as const satisfies readonly (keyof AttemptExportRow)[];

/** A value as one cell of text: lists as JSON, nothing as an empty cell. */
export function exportCell(value: string | number | null | readonly LoggedScore[]): string | number {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : value;
}
