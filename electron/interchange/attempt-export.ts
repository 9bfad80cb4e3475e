import type { AttemptMetadata, AttemptRecord, LoggedScore } from "../contract/attempt.ts";
import type { InvalidationCode } from "../contract/invalidation.ts";

/** What people made of an attempt beside what its scorer said. */
export interface AttemptReviewCells {
  /** What the scorer (or who logged it by hand) gave; `score` is the one that counts. */
  readonly scorer_score: number | null;
  /** What a review corrected it to, null where none did. */
  readonly reviewed_score: number | null;
  /** Ids of the flags that reviews decided on: they change no number by themselves. */
  readonly flags: readonly string[];
  /** Null where it is not invalidated, or without a code: before there were codes, or by its log. */
  readonly invalidation_code: InvalidationCode | null;
}

/** An attempt as a table row: what it is of, and what came of it. */
export interface AttemptExportRow extends Omit<AttemptRecord, "member" | "file">, AttemptReviewCells {
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
  "scorer_score",
  "reviewed_score",
  "flags",
  "scores",
  "limit",
  "error",
  "invalidation",
  "invalidation_code",
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
export function exportCell(
  value: string | number | null | readonly LoggedScore[] | readonly string[] | AttemptMetadata,
): string | number {
  if (value === null) return "";
  if (typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0) return "";
  return typeof value === "object" ? JSON.stringify(value) : value;
}
