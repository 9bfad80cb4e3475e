import { z } from "zod";
import type { RecomputedMetric } from "../../contract/attempt.ts";
import type { RunState } from "../../contract/evaluation.ts";
import { fromColumns, type AttemptColumns } from "../attempts/columns.ts";
import { notRun, putAttempt } from "../attempts/rows.ts";
import { listTasks, solveRule } from "../benchmarks/queries.ts";
import type { FoldContext } from "../event.ts";
import { count } from "../read-model.ts";
import { logKeys, type LoggedFile } from "./logged-file.ts";
import { keepDetails } from "./details.ts";
import { planned } from "./planned.ts";
import { newRunCode } from "./state.ts";
import { keepSummary } from "./summary.ts";

interface Cell {
  readonly id: string;
  readonly modelVersionId: string;
  readonly benchmarkId: string;
  readonly campaignId: string | null;
  readonly epochs: number;
}

/** A task as it was planned, where the benchmark itself may come to hold others. */
export interface PlannedTask {
  readonly id: string;
  readonly cluster: string | null;
}

interface RunRow extends Cell {
  readonly state: RunState;
  readonly origin: "hand" | "log";
  readonly log: LoggedFile | null;
  readonly importId: string | null;
  readonly metrics: readonly RecomputedMetric[];
}

function insertRun({ model, event, seq, index, compartment }: FoldContext, run: RunRow): number {
  const keys = run.log === null ? [] : logKeys(run.log);
  const runNumber = count(model, "SELECT coalesce(max(number), 0) + 1 AS n FROM run");
  model.run(
    "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 0, ?)",
    run.id,
    runNumber,
    run.modelVersionId,
    run.benchmarkId,
    run.campaignId,
    run.state,
    run.origin,
    run.epochs,
    event.at,
    event.by,
    seq,
    index,
    run.log === null ? null : JSON.stringify(run.log),
    JSON.stringify(run.metrics),
    compartment,
    newRunCode(model, compartment),
    run.importId,
    keys.length,
    run.log?.evaluation ?? null,
  );
  for (const key of keys) model.run("INSERT INTO run_log VALUES (?, ?, ?)", key, run.id, key.slice(0, 64));
  return runNumber;
}

export function foldStartedRun(
  context: FoldContext,
  body: Cell & { readonly tasks?: readonly PlannedTask[] | undefined },
): void {
  const { model } = context;
  const run = insertRun(context, { ...body, state: "planned", origin: "hand", log: null, importId: null, metrics: [] });
  const rule = solveRule(model, body.benchmarkId);
  for (const task of body.tasks ?? listTasks(model, body.benchmarkId)) {
    for (let epoch = 1; epoch <= body.epochs; epoch += 1) {
      putAttempt(model, run, notRun(task.id, epoch, task.cluster), rule, false);
    }
  }
}

export interface ImportedRun extends Cell {
  readonly log: LoggedFile;
  readonly plannedTasks: readonly string[] | null;
  readonly metrics: readonly RecomputedMetric[];
  readonly attempts: AttemptColumns;
  readonly tags?: readonly string[] | undefined;
  readonly importId?: string | undefined;
}

const settingsSchema = z.looseObject({ tags: z.array(z.string()).catch([]) });

/** Entries from before tags stood by themselves have them among their settings. */
function tagsOf({ tags, log }: ImportedRun): readonly string[] {
  if (tags !== undefined) return tags;
  try {
    const settings = settingsSchema.safeParse(JSON.parse(log.settings));
    return settings.success ? settings.data.tags : [];
  } catch {
    return [];
  }
}

/** Its attempts stay in the journal; the read model keeps the run and the sums over them. */
export function foldImportedRun(context: FoldContext, body: ImportedRun): void {
  const { model } = context;
  const run = insertRun(context, {
    ...body,
    state: "logged",
    origin: "log",
    importId: body.importId ?? body.id,
    metrics: body.metrics,
  });
  const attempts = planned(fromColumns(body.attempts), body.plannedTasks, body.epochs);
  for (const tag of tagsOf(body)) model.run("INSERT OR IGNORE INTO run_tag VALUES (?, ?)", run, tag);
  const rule = solveRule(model, body.benchmarkId);
  keepSummary(model, run, attempts, rule);
  keepDetails(model, run, attempts, rule);
}

/** The run never counted, and its log may be taken in again. It stays in the journal, as every run does. */
export function foldUndone(context: FoldContext, runId: string): void {
  changeState(context, runId, "withdrawn");
  context.model.run("UPDATE run SET undone = 1 WHERE id = ?", runId);
}

export function changeState({ model, event, stamp }: FoldContext, runId: string, state: RunState): void {
  model.run("INSERT INTO run_step VALUES (?, ?, ?, ?)", runId, stamp, event.id, state);
  model.run(
    `UPDATE run SET state = (SELECT state FROM run_step WHERE run = ?
       ORDER BY state = 'withdrawn' DESC, stamp DESC, event DESC LIMIT 1) WHERE id = ?`,
    runId,
    runId,
  );
  if (state === "accepted") model.run("UPDATE run SET was_accepted = 1 WHERE id = ?", runId);
}
