import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { ImportedFile, ImportReport } from "../contract/importing.ts";
import { toColumns } from "../domain/attempts/columns.ts";
import { benchmarkOfLog } from "../domain/benchmarks/commands.ts";
import { sharedCompartment } from "../domain/compartments/queries.ts";
import { campaignCompartment, campaignModelVersionIds } from "../domain/campaigns/queries.ts";
import type { Draft } from "../domain/event.ts";
import type { ReadModel } from "../domain/read-model.ts";
import { modelVersionOfLog } from "../domain/models/commands.ts";
import { Refusal } from "../domain/refusal.ts";
import { runImported } from "../domain/runs/events.ts";
import { type LoggedFile } from "../domain/runs/logged-file.ts";
import { runOfLog } from "../domain/runs/queries.ts";
import { openFileSource } from "../interchange/byte-source.ts";
import { readLog } from "../interchange/inspect/index.ts";
import type { LoggedRun } from "../interchange/logged-run.ts";
import type { StagedBlob } from "../vault/index.ts";
import { fileChunks, sha256OfFile } from "./evidence.ts";
import { toFailure } from "./failures.ts";
import { failureLine } from "../contract/words.ts";
import type { RequestContext } from "./handlers.ts";
import type { OpenSession } from "./open-session.ts";
import { newId } from "./new-id.ts";
import { reportOf } from "./importing/report.ts";

const settingsLimit = 1_000_000;

/** Every file in a folder and its subfolders but hidden ones, in order of name; a file stands for itself. */
function logFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) return logFiles(inner);
    return entry.isFile() && !entry.name.startsWith(".") ? [inner] : [];
  });
}

/**
 * Takes logs in, one after the other: each is imported whole or refused with a reason, and what came before a
 * cancellation stays. The original bytes are kept once, as evidence.
 */
export async function importLogs(
  context: RequestContext,
  handles: readonly string[],
  campaignId: string | null,
): Promise<ImportReport> {
  const { host, signal } = context;
  const paths = handles
    .flatMap((handle) => logFiles(host.files.path(handle)))
    .filter((path) => !host.isOpenVault(path));
  const reports: ImportedFile[] = [];
  for (const [place, path] of paths.entries()) {
    const step =
      paths.length === 1 ? basename(path) : `${basename(path)}, ${String(place + 1)} of ${String(paths.length)}`;
    reports.push(await importLog(context, path, campaignId, step));
    if (signal.aborted) break;
  }
  host.changed();
  return reportOf(null, context.host.now(), reports, signal.aborted);
}

/** Where the runs of a campaign are kept, and those of none. */
function compartmentOfRuns(model: ReadModel, campaignId: string | null): number {
  return (campaignId === null ? null : campaignCompartment(model, campaignId)) ?? sharedCompartment(model);
}

const place = { folder: "", part: "", into: null, handle: null };
const nothing = { ...place, run: null, task: null, model: null, attempts: 0, lost: [], metrics: [] };

async function importLog(
  context: RequestContext,
  path: string,
  campaignId: string | null,
  step: string,
): Promise<ImportedFile> {
  const { host, signal } = context;
  const file = basename(path);
  let sha256 = "";
  try {
    sha256 = await sha256OfFile(path, signal);
    const known = runOfLog(host.session, sha256);
    if (known !== null) {
      return { ...nothing, file, sha256, status: "duplicate", run: known, reason: "This log was imported before." };
    }
    const source = await openFileSource(path);
    try {
      const read = await readLog(source, {
        signal,
        progress: (done, total) => {
          context.progress({ step: `Reading ${step}`, done, total, unit: "bytes" });
        },
      });
      if (read.kind !== "run") return { ...nothing, file, sha256, status: "refused", reason: read.reason };
      const compartment = compartmentOfRuns(host.session.model, campaignId);
      const blob = await keepOriginal(context, path, { sha256, compartment }, step);
      return record(host.session, { file, sha256, campaignId, run: read.run, salvaged: read.salvaged, blob });
    } finally {
      await source.close();
    }
  } catch (error) {
    const failure = toFailure(error, "imports.logs", file);
    return { ...nothing, file, sha256, status: "refused", reason: failureLine(failure) };
  }
}

async function keepOriginal(
  context: RequestContext,
  path: string,
  known: { sha256: string; compartment: number },
  step: string,
): Promise<StagedBlob> {
  const { host, signal } = context;
  const { sha256, compartment } = known;
  const total = statSync(path).size;
  const blob = await host.session.vault.stageBlob(fileChunks(path, signal), {
    signal,
    compartment,
    progress: (done) => {
      context.progress({ step: `Keeping ${step}`, done, total, unit: "bytes" });
    },
  });
  if (blob.sha256 !== sha256) throw new Refusal("file-unreadable", basename(path), "It changed while it was read.");
  return blob;
}

interface ReadLogFile {
  readonly file: string;
  readonly sha256: string;
  readonly campaignId: string | null;
  readonly run: LoggedRun;
  readonly salvaged: boolean;
  readonly blob: StagedBlob;
}

function loggedFile({ file, sha256, run, salvaged, blob }: ReadLogFile, note: string | null): LoggedFile {
  const settings = JSON.stringify({
    limits: run.limits,
    reducers: run.reducers,
    tags: run.tags,
    settings: run.settings,
  });
  const tooLong = settings.length > settingsLimit;
  const notes = [
    ...run.notes,
    ...(note === null ? [] : [note]),
    ...(tooLong ? ["Its settings are too long to be shown; they are in the stored log."] : []),
  ];
  return {
    fileName: file.slice(0, 1_000),
    sha256,
    bytes: blob.size,
    blob: blob.id,
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
    lost: run.lost.slice(0, 10_000).map(({ what, count, reason }) => ({ what, count, reason })),
    notes: notes.slice(0, 1_000),
  };
}

/** The tasks that a log ran or planned, each once, with the cluster that its attempts name. */
function tasksOf(run: LoggedRun): { id: string; cluster: string | null }[] {
  const tasks = new Map<string, string | null>((run.dataset.sampleIds ?? []).map((id) => [id, null]));
  for (const attempt of run.attempts) tasks.set(attempt.task, tasks.get(attempt.task) ?? attempt.cluster);
  return [...tasks].map(([id, cluster]) => ({ id, cluster }));
}

/** A log that holds no samples though it ended, or nobody knows, says nothing of its attempts: none are invented. */
function plannedTasks(run: LoggedRun, taskId: (logged: string) => string): string[] | null {
  if (
    run.dataset.sampleIds === null ||
    (run.attempts.length === 0 && (run.status === "success" || run.status === "unknown"))
  )
    return null;
  return run.dataset.sampleIds.map(taskId);
}

function record(session: OpenSession, read: ReadLogFile): ImportedFile {
  const { run, campaignId } = read;
  const preferred = campaignId === null ? [] : campaignModelVersionIds(session.model, campaignId);
  const version = modelVersionOfLog(session.model, run.model, preferred, newId);
  const logged = { task: run.task, taskVersion: run.taskVersion, tasks: tasksOf(run) };
  const match = benchmarkOfLog(session.model, logged, newId);
  const attempts = run.attempts.map((attempt) => ({ ...attempt, task: match.taskId(attempt.task) }));
  const runId = newId();
  const drafts: Draft[] = [
    ...version.drafts,
    ...match.drafts,
    runImported.draft({
      id: runId,
      modelVersionId: version.versionId,
      benchmarkId: match.benchmarkId,
      campaignId,
      epochs: attempts.reduce((most, attempt) => Math.max(most, attempt.epoch), Math.max(1, run.epochs)),
      log: loggedFile(read, match.note),
      plannedTasks: plannedTasks(run, match.taskId),
      metrics: run.metrics,
      tags: run.tags.slice(0, 200).map((tag) => tag.slice(0, 500)),
      attempts: toColumns(attempts),
    }),
  ];
  session.commit(drafts, { blobs: [read.blob] });
  return {
    ...place,
    file: read.file,
    sha256: read.sha256,
    status: read.salvaged ? "salvaged" : "imported",
    run: runId,
    task: run.task,
    model: run.model,
    attempts: attempts.length,
    lost: run.lost.map(({ what, count, reason }) => ({ what, count, reason })),
    reason: null,
    metrics: run.metrics,
  };
}
