import type { AttemptRecord } from "../../contract/attempt.ts";
import { toColumns } from "../../domain/attempts/columns.ts";
import {
  benchmarkOfLog,
  packIdOfTask,
  type BenchmarkMatch,
  type LoggedTask,
} from "../../domain/benchmarks/commands.ts";
import { campaignModelVersionIds } from "../../domain/campaigns/queries.ts";
import type { Draft } from "../../domain/event.ts";
import { modelVersionOfLog } from "../../domain/models/commands.ts";
import { runImported } from "../../domain/runs/events.ts";
import type { LoggedFile, OtherFile } from "../../domain/runs/logged-file.ts";
import type { LoggedRun } from "../../interchange/logged-run.ts";
import { evaluationKey } from "../../interchange/merge-logs.ts";
import type { TableTask } from "../../interchange/table/index.ts";
import { newId } from "../new-id.ts";
import type { OpenSession } from "../open-session.ts";
import type { Original } from "./originals.ts";

/** Runs that were read, as what happens in the journal. */

const settingsLimit = 1_000_000;
const tagsKept = 200;

/** A run with the originals that it was read from. */
export interface RunToRecord {
  readonly id: string;
  readonly part: string;
  readonly run: LoggedRun;
  readonly salvaged: boolean;
  readonly original: Original;
  readonly others: readonly OtherFile[];
  /** What its file says of its tasks. */
  readonly tasks: ReadonlyMap<string, TableTask>;
}

/** Which import a run comes with, and into which campaign. */
export interface ImportPlace {
  readonly importId: string;
  readonly campaignId: string | null;
}

function attemptsOfMain({ run, others }: RunToRecord): number | undefined {
  if (others.length === 0) return undefined;
  return run.attempts.filter(({ file }) => file === 0).length;
}

function settingsOf(run: LoggedRun): string {
  const { limits, reducers, tags, settings } = run;
  return JSON.stringify({ limits, reducers, tags, settings });
}

function loggedFile(read: RunToRecord, note: string | null): LoggedFile {
  const { run, part, salvaged, original, others } = read;
  const settings = settingsOf(run);
  const tooLong = settings.length > settingsLimit;
  const notes = [
    ...run.notes,
    ...(note === null ? [] : [note]),
    ...(tooLong ? ["Its settings are too long to be shown; they are in the stored log."] : []),
  ];
  const evaluation = evaluationKey(run);
  const attempts = attemptsOfMain(read);
  return {
    fileName: original.name.slice(0, 1_000),
    sha256: original.sha256,
    bytes: original.bytes,
    blob: original.blob,
    format: run.format,
    formatVersion: run.formatVersion,
    harness: `${run.harness.name} ${run.harness.version ?? ""}`.trim().slice(0, 200),
    status: run.status,
    salvaged,
    task: run.task.slice(0, 2_000),
    model: run.model.slice(0, 2_000),
    evalId: (run.evalId ?? "").slice(0, 500),
    createdAt: run.createdAt,
    settings: tooLong ? "{}" : settings,
    lost: run.lost.slice(0, 10_000).map(({ what, count, reason }) => ({
      what: what.slice(0, 2_000),
      count,
      reason: reason.slice(0, 2_000),
    })),
    notes: notes.slice(0, 1_000).map((text) => text.slice(0, 2_000)),
    ...(part === "" ? {} : { part: part.slice(0, 500) }),
    ...(evaluation === null ? {} : { evaluation }),
    ...(attempts === undefined ? {} : { attempts }),
    ...(others.length === 0 ? {} : { others: [...others] }),
  };
}

/** The tasks that a log ran or planned, each once, with the cluster that its attempts name. */
function tasksOf({ run, tasks }: RunToRecord): LoggedTask[] {
  const clusters = new Map<string, string | null>((run.dataset.sampleIds ?? []).map((id) => [id, null]));
  for (const attempt of run.attempts) clusters.set(attempt.task, clusters.get(attempt.task) ?? attempt.cluster);
  return [...clusters].map(([id, cluster]) => ({ id, cluster, ...tasks.get(id) }));
}

/** A log that holds no samples though it ended, or nobody knows, says nothing of its attempts: none are invented. */
function plannedTasks(run: LoggedRun, taskId: (logged: string) => string): string[] | null {
  const ended = run.status === "success" || run.status === "unknown";
  if (run.dataset.sampleIds === null || (run.attempts.length === 0 && ended)) return null;
  return run.dataset.sampleIds.map(taskId);
}

/** Runs of one benchmark, which they find, make or let grow together. */
function benchmarks(session: OpenSession, runs: readonly RunToRecord[]): Map<string, BenchmarkMatch> {
  const tasks = new Map<string, Map<string, LoggedTask>>();
  for (const read of runs) {
    const key = benchmarkKey(read.run);
    const known = tasks.get(key) ?? new Map<string, LoggedTask>();
    for (const task of tasksOf(read)) if (!known.has(task.id)) known.set(task.id, task);
    tasks.set(key, known);
  }
  const found = new Map<string, BenchmarkMatch>();
  for (const { run } of runs) {
    const key = benchmarkKey(run);
    if (found.has(key)) continue;
    const logged = { task: run.task, taskVersion: run.taskVersion, tasks: [...(tasks.get(key)?.values() ?? [])] };
    found.set(key, benchmarkOfLog(session.model, logged, newId));
  }
  return found;
}

function benchmarkKey({ task, taskVersion }: LoggedRun): string {
  return JSON.stringify([packIdOfTask(task), taskVersion]);
}

function epochsOf(run: LoggedRun, attempts: readonly AttemptRecord[]): number {
  return attempts.reduce((most, { epoch }) => Math.max(most, epoch), Math.max(1, run.epochs));
}

/** What recording the runs of one file, or of one evaluation, comes to. */
export function recordingOf(
  session: OpenSession,
  runs: readonly RunToRecord[],
  { importId, campaignId }: ImportPlace,
): Draft[] {
  const preferred = campaignId === null ? [] : campaignModelVersionIds(session.model, campaignId);
  const found = benchmarks(session, runs);
  const versions = new Map<string, ReturnType<typeof modelVersionOfLog>>();
  for (const { run } of runs) {
    if (!versions.has(run.model))
      versions.set(run.model, modelVersionOfLog(session.model, run.model, preferred, newId));
  }
  const prepared = [...versions.values(), ...found.values()].flatMap(({ drafts }) => drafts);
  const imported = runs.map((read): Draft => {
    const { id, run } = read;
    const match = found.get(benchmarkKey(run));
    const version = versions.get(run.model);
    if (match === undefined || version === undefined) throw new Error("a run lost its benchmark");
    const attempts = run.attempts.map((attempt) => ({ ...attempt, task: match.taskId(attempt.task) }));
    return runImported.draft({
      id,
      modelVersionId: version.versionId,
      benchmarkId: match.benchmarkId,
      campaignId,
      epochs: epochsOf(run, attempts),
      log: loggedFile(read, match.note),
      plannedTasks: plannedTasks(run, match.taskId),
      metrics: run.metrics,
      tags: run.tags.slice(0, tagsKept).map((tag) => tag.slice(0, 500)),
      importId,
      attempts: toColumns(attempts),
    });
  });
  return [...prepared, ...imported];
}
