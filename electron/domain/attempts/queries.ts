import { outcomeStates, loggedScoreSchema } from "../../contract/attempt.ts";
import { z } from "zod";
import type { AttemptCell, AttemptDetail, AttemptRow, LoggedAttempt } from "../../contract/evaluation.ts";
import type { ParsedInput, RequestOutput } from "../../contract/index.ts";
import { invalidationCodes } from "../../contract/invalidation.ts";
import { meetsRule } from "../../statistics/denominator.ts";
import { benchmarkTitle, getTask } from "../benchmarks/queries.ts";
import { memberName } from "../members/queries.ts";
import { reviewHistory, reviewsOfAttempt } from "../reviews/of-attempt.ts";
import { modelVersionWords } from "../models/queries.ts";
import type { QueryContext } from "../query-context.ts";
import { count, number, numberOrNull, oneOf, text, textOrNull, type ReadModel, type Row } from "../read-model.ts";
import { type RunFacts } from "../runs/state.ts";
import { unfoldRun } from "../runs/unfold.ts";
import { neighbours } from "./neighbours.ts";

type GridInput = ParsedInput<"runs.attempts">;

const sortColumns: Record<GridInput["sort"], readonly string[]> = {
  task: ["coalesce(t.position, 1e9)", "coalesce(t.title, a.task) COLLATE NOCASE"],
  category: ["t.category COLLATE NOCASE"],
  difficulty: ["t.difficulty COLLATE NOCASE"],
  humanMinutes: ["t.human_minutes"],
  solved: ["sum(a.ledger = 'solved')"],
  tokens: ["sum(a.total_tokens)"],
  time: ["sum(a.total_ms)"],
};

function solved(row: Row): boolean | null {
  const value = numberOrNull(row, "solved");
  return value === null ? null : value === 1;
}

function cell(row: Row): AttemptCell {
  return {
    epoch: number(row, "epoch"),
    outcome: oneOf(row, "outcome", outcomeStates),
    solved: solved(row),
    score: numberOrNull(row, "score"),
    limit: textOrNull(row, "limit_kind"),
    totalTokens: numberOrNull(row, "total_tokens"),
    totalMs: numberOrNull(row, "total_ms"),
    note: text(row, "note"),
    evidence: number(row, "evidence"),
    reviewed: numberOrNull(row, "reviewed_score") !== null,
  };
}

const cellSelect = `SELECT a.*, (SELECT count(*) FROM evidence e WHERE e.run = a.run AND e.task = a.task
    AND e.epoch = a.epoch) AS evidence FROM attempt a`;

/** A page of a run's grid: tasks as rows, epochs as cells; sorted and filtered by SQL. */
export function attemptGrid(context: QueryContext, run: RunFacts, input: GridInput): RequestOutput<"runs.attempts"> {
  unfoldRun(context, run);
  const { model } = context;
  const like = `%${input.filter.replace(/[\\%_]/g, "\\$&")}%`;
  const having = input.outcome === undefined ? "" : "HAVING sum(a.outcome = ?) > 0";
  const from = `FROM attempt a LEFT JOIN task t ON t.benchmark_id = ? AND t.id = a.task
    WHERE a.run = ? AND (a.task LIKE ? ESCAPE '\\' OR t.title LIKE ? ESCAPE '\\' OR t.category LIKE ? ESCAPE '\\'
      OR a.note LIKE ? ESCAPE '\\')
    GROUP BY a.task ${having}`;
  const values = [
    run.benchmarkId,
    run.number,
    like,
    like,
    like,
    like,
    ...(input.outcome === undefined ? [] : [input.outcome]),
  ];
  const total = count(model, `SELECT count(*) AS n FROM (SELECT a.task ${from})`, ...values);
  const direction = input.descending ? "DESC NULLS LAST" : "ASC NULLS LAST";
  const order = sortColumns[input.sort].map((column) => `${column} ${direction}`).join(", ");
  const rows = model.all(
    `SELECT a.task, t.title, t.category, t.difficulty, t.human_minutes, sum(a.total_tokens) AS tokens,
       sum(a.total_ms) AS ms ${from} ORDER BY ${order}, a.task
     LIMIT ? OFFSET ?`,
    ...values,
    input.limit,
    input.offset,
  );
  return { total, epochs: run.epochs, rows: rows.map((row) => gridRow(model, run, row)) };
}

function gridRow(model: ReadModel, run: RunFacts, row: Row): AttemptRow {
  const task = text(row, "task");
  return {
    task,
    title: textOrNull(row, "title") ?? task,
    category: textOrNull(row, "category"),
    difficulty: textOrNull(row, "difficulty"),
    humanMinutes: numberOrNull(row, "human_minutes"),
    cells: model.all(`${cellSelect} WHERE a.run = ? AND a.task = ? ORDER BY a.epoch`, run.number, task).map(cell),
    totalTokens: numberOrNull(row, "tokens"),
    totalMs: numberOrNull(row, "ms"),
  };
}

function attemptRow(model: ReadModel, run: RunFacts, task: string, epoch: number): Row | null {
  return model.get(`${cellSelect} WHERE a.run = ? AND a.task = ? AND a.epoch = ?`, run.number, task, epoch) ?? null;
}

function history(context: QueryContext, run: RunFacts, task: string, epoch: number): AttemptDetail["history"] {
  const { model } = context;
  const changes = model.all(
    `SELECT seq, at, by, words FROM attempt_change WHERE run = ? AND task = ? AND epoch = ?
     UNION ALL SELECT 0, at, by, 'Evidence attached: ' || name FROM evidence WHERE run = ? AND task = ? AND epoch = ?
     ORDER BY at`,
    run.number,
    task,
    epoch,
    run.number,
    task,
    epoch,
  );
  const origin = model.get("SELECT started_at AS at, started_by AS by, seq FROM run WHERE id = ?", run.id);
  const first =
    origin === undefined
      ? []
      : [{ row: origin, words: run.origin === "log" ? "Imported with its log" : "Planned with its run" }];
  const said = [...first, ...changes.map((row) => ({ row, words: text(row, "words") }))].map(({ row, words }) => ({
    seq: number(row, "seq"),
    at: number(row, "at"),
    byName: memberName(model, text(row, "by")),
    words,
  }));
  return [...said, ...reviewHistory(model, { run: run.number, task, epoch })].sort((a, b) => a.at - b.at);
}

function evidenceOf(model: ReadModel, run: RunFacts, task: string, epoch: number): AttemptDetail["evidence"] {
  return model
    .all("SELECT * FROM evidence WHERE run = ? AND task = ? AND epoch = ? ORDER BY at", run.number, task, epoch)
    .map((row) => ({
      id: text(row, "id"),
      name: text(row, "name"),
      bytes: number(row, "bytes"),
      sha256: text(row, "sha256"),
      addedAt: number(row, "at"),
      task,
      epoch,
    }));
}

function invalidationCode(row: Row): AttemptDetail["invalidationCode"] {
  return invalidationCodes.find((code) => code === textOrNull(row, "invalidation_code")) ?? null;
}

function scorer(row: Row, run: RunFacts): AttemptDetail["scorer"] {
  const score = numberOrNull(row, "given_score");
  const outcome = oneOf(row, "given_outcome", outcomeStates);
  return { outcome, score, solved: score === null ? null : meetsRule(score, run.rule) };
}

/** One attempt with all that is known of it; null when the run has no such attempt. */
export function attemptDetail(
  context: QueryContext,
  run: RunFacts,
  address: { task: string; epoch: number },
): AttemptDetail | null {
  unfoldRun(context, run);
  const { model } = context;
  const { task, epoch } = address;
  const row = attemptRow(model, run, task, epoch);
  if (row === null) return null;
  const known = getTask(model, run.benchmarkId, task);
  const nothing = { category: null, difficulty: null, humanMinutes: null, cve: null, points: null };
  return {
    runId: run.id,
    runCode: run.code,
    model: modelVersionWords(model, run.modelVersionId),
    benchmark: benchmarkTitle(model, run.benchmarkId),
    task: known ?? { id: task, title: task, ...nothing, cluster: textOrNull(row, "cluster") },
    epoch,
    epochs: run.epochs,
    outcome: oneOf(row, "outcome", outcomeStates),
    solved: solved(row),
    score: numberOrNull(row, "score"),
    scores: z.array(loggedScoreSchema).parse(JSON.parse(text(row, "scores"))),
    limit: textOrNull(row, "limit_kind"),
    error: textOrNull(row, "error"),
    invalidation: textOrNull(row, "invalidation"),
    invalidationCode: invalidationCode(row),
    scorer: scorer(row, run),
    ...reviewsOfAttempt(model, { run: run.number, task, epoch }),
    inputTokens: numberOrNull(row, "input_tokens"),
    outputTokens: numberOrNull(row, "output_tokens"),
    totalTokens: numberOrNull(row, "total_tokens"),
    cost: numberOrNull(row, "cost"),
    totalMs: numberOrNull(row, "total_ms"),
    workingMs: numberOrNull(row, "working_ms"),
    startedAt: numberOrNull(row, "started_at"),
    retries: number(row, "retries"),
    note: text(row, "note"),
    evidence: evidenceOf(model, run, task, epoch),
    fromLog: number(row, "logged") === 1 && text(row, "outcome") !== "not-run",
    hasTranscript: run.origin === "log" && textOrNull(row, "member") !== null,
    history: history(context, run, task, epoch),
    ...neighbours(model, run, address),
  };
}

/** An attempt as it counts, and as its scorer or a person gave it: what would be logged again to put it back as it was. */
export function asLogged(
  context: QueryContext,
  run: RunFacts,
  task: string,
  epoch: number,
): { counts: LoggedAttempt; given: LoggedAttempt } | null {
  unfoldRun(context, run);
  const row = attemptRow(context.model, run, task, epoch);
  if (row === null) return null;
  const ms = numberOrNull(row, "total_ms");
  const shared = {
    task,
    epoch,
    minutes: ms === null ? null : ms / 60_000,
    tokens: numberOrNull(row, "total_tokens"),
    note: text(row, "note"),
  };
  const outcome = oneOf(row, "outcome", outcomeStates);
  const counts = { ...shared, outcome, score: numberOrNull(row, "score") };
  // Logging an invalidated attempt as it was keeps it invalidated.
  const given = outcome === "invalidated" ? outcome : oneOf(row, "given_outcome", outcomeStates);
  return { counts, given: { ...shared, outcome: given, score: numberOrNull(row, "given_score") } };
}

/** Where the transcript of an attempt lies in the stored log; null where there is none. */
export function transcriptMember(context: QueryContext, run: RunFacts, task: string, epoch: number): string | null {
  unfoldRun(context, run);
  const row = attemptRow(context.model, run, task, epoch);
  return row === null ? null : textOrNull(row, "member");
}

/** Whether an attempt came with a log: people annotate it, they do not log over it. */
export function cameFromLog(model: ReadModel, run: RunFacts, task: string, epoch: number): boolean {
  const row = model.get(
    "SELECT logged FROM attempt WHERE run = ? AND task = ? AND epoch = ? AND outcome <> 'not-run'",
    run.number,
    task,
    epoch,
  );
  return row !== undefined && number(row, "logged") === 1;
}
