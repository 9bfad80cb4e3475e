import { z } from "zod";
import { attemptMetadataSchema, loggedScoreSchema, outcomeStates } from "../contract/attempt.ts";
import type { ExportFormat } from "../contract/importing.ts";
import type { ParsedInput, RequestOutput } from "../contract/index.ts";
import { invalidationCodes } from "../contract/invalidation.ts";
import { campaignName } from "../domain/campaigns/queries.ts";
import { modelVersionWords } from "../domain/models/queries.ts";
import { benchmarkTitle } from "../domain/benchmarks/queries.ts";
import { number, numberOrNull, oneOf, text, textOrNull, type Row } from "../domain/read-model.ts";
import { Refusal } from "../domain/refusal.ts";
import { attemptKey, flagsOfRun } from "../domain/reviews/of-attempt.ts";
import { runFilterSql } from "../domain/runs/cells.ts";
import { runFacts, type RunFacts } from "../domain/runs/state.ts";
import { unfoldRun } from "../domain/runs/unfold.ts";
import type { AttemptExportRow, AttemptReviewCells } from "../interchange/attempt-export.ts";
import { attemptsToCsv } from "../interchange/csv/attempts-csv.ts";
import { attemptsToJsonl } from "../interchange/jsonl/attempts-jsonl.ts";
import { attemptsToParquet } from "../interchange/parquet/attempts-parquet.ts";
import { attemptsToPrecomputedScores } from "../interchange/precomputed-scores/precomputed-scores.ts";
import { writeFileDurably } from "../vault/index.ts";
import type { RequestContext } from "./handlers.ts";
import type { OpenSession } from "./open-session.ts";
import { refuseWithdrawn } from "./withdrawn.ts";

function runsInScope(session: OpenSession, input: ParsedInput<"exports.attempts">): RunFacts[] {
  const { where, values } = runFilterSql(input.campaignId === null ? {} : { campaignId: input.campaignId });
  const ids = session.model
    .all(`SELECT id FROM run WHERE ${where} ORDER BY number`, ...values)
    .map((row) => text(row, "id"));
  return ids
    .filter((id) => input.runId === null || id === input.runId)
    .flatMap((id) => {
      const facts = runFacts(session.model, id);
      return facts === null ? [] : [facts];
    });
}

type Flags = ReturnType<typeof flagsOfRun>;

function reviewCells(row: Row, flags: Flags): AttemptReviewCells {
  const code = textOrNull(row, "invalidation_code");
  return {
    scorer_score: numberOrNull(row, "given_score"),
    reviewed_score: numberOrNull(row, "reviewed_score"),
    flags: flags.get(attemptKey(text(row, "task"), number(row, "epoch"))) ?? [],
    invalidation_code: invalidationCodes.find((one) => one === code) ?? null,
  };
}

function exportRow(session: OpenSession, run: RunFacts, row: Row, flags: Flags): AttemptExportRow {
  return {
    ...reviewCells(row, flags),
    run: run.code,
    campaign: run.campaignId === null ? null : campaignName(session.model, run.campaignId),
    model: modelVersionWords(session.model, run.modelVersionId),
    benchmark: benchmarkTitle(session.model, run.benchmarkId),
    category: textOrNull(row, "category"),
    difficulty: textOrNull(row, "difficulty"),
    task: text(row, "task"),
    epoch: number(row, "epoch"),
    outcome: oneOf(row, "outcome", outcomeStates),
    score: numberOrNull(row, "score"),
    scores: z.array(loggedScoreSchema).parse(JSON.parse(text(row, "scores"))),
    inputTokens: numberOrNull(row, "input_tokens"),
    outputTokens: numberOrNull(row, "output_tokens"),
    totalTokens: numberOrNull(row, "total_tokens"),
    cost: numberOrNull(row, "cost"),
    totalMs: numberOrNull(row, "total_ms"),
    workingMs: numberOrNull(row, "working_ms"),
    startedAt: numberOrNull(row, "started_at"),
    limit: textOrNull(row, "limit_kind"),
    error: textOrNull(row, "error"),
    invalidation: textOrNull(row, "invalidation"),
    messages: null,
    retries: number(row, "retries"),
    cluster: textOrNull(row, "cluster"),
    note: text(row, "note"),
    metadata: attemptMetadataSchema.parse(JSON.parse(text(row, "metadata"))),
  };
}

function rowsOf(session: OpenSession, run: RunFacts): AttemptExportRow[] {
  unfoldRun(session, run);
  const flags = flagsOfRun(session.model, run.number);
  return session.model
    .all(
      `SELECT a.*, t.category, t.difficulty FROM attempt a
       LEFT JOIN task t ON t.benchmark_id = ? AND t.id = a.task
       WHERE a.run = ? ORDER BY coalesce(t.position, 1e9), a.task, a.epoch`,
      run.benchmarkId,
      run.number,
    )
    .map((row) => exportRow(session, run, row, flags));
}

interface Encoded {
  readonly bytes: Uint8Array;
  readonly attempts: number;
  readonly leftOut: RequestOutput<"exports.attempts">["leftOut"];
}

function encode(format: ExportFormat, rows: readonly AttemptExportRow[]): Encoded {
  const text = (words: string): Encoded => ({
    bytes: new TextEncoder().encode(words),
    attempts: rows.length,
    leftOut: [],
  });
  switch (format) {
    case "csv":
      return text(attemptsToCsv(rows));
    case "jsonl":
      return text(attemptsToJsonl(rows));
    case "parquet":
      return { bytes: attemptsToParquet(rows), attempts: rows.length, leftOut: [] };
    case "precomputed-scores": {
      const scores = attemptsToPrecomputedScores(rows);
      const leftOut = outcomeStates.flatMap((outcome) => {
        const count = scores.leftOut[outcome] ?? 0;
        return count === 0 ? [] : [{ outcome, count }];
      });
      return { bytes: new TextEncoder().encode(scores.text), attempts: scores.written, leftOut };
    }
  }
}

/** Writes every planned attempt of a run, a campaign or the vault to a file outside of it: readable by anyone. */
export function exportAttempts(
  context: RequestContext,
  input: ParsedInput<"exports.attempts">,
): RequestOutput<"exports.attempts"> {
  const { host, signal } = context;
  const { session } = host;
  const path = host.destinationPath(input.destination);
  if (input.format === "precomputed-scores" && input.runId === null) {
    throw new Refusal("invalid-request", "precomputed scores", "They are of one run: choose it.");
  }
  const runs = runsInScope(session, input);
  refuseWithdrawn(session, runs);
  const rows: AttemptExportRow[] = [];
  for (const [place, run] of runs.entries()) {
    signal.throwIfAborted();
    context.progress({ step: `Reading ${run.code}`, done: place, total: runs.length, unit: "steps" });
    rows.push(...rowsOf(session, run));
  }
  const made = encode(input.format, rows);
  signal.throwIfAborted();
  writeFileDurably(path, made.bytes);
  host.produced(path);
  return { attempts: made.attempts, bytes: made.bytes.length, leftOut: made.leftOut };
}
