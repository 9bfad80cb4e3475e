import type { AttemptRecord } from "../contract/attempt.ts";
import type { LoggedRun, LogStatus, Loss } from "./logged-run.ts";

/** Several logs of one evaluation (cut short, retried, scored again, written in parts) as one run. */

/**
 * A text that logs of one evaluation share: its task id, which survives retries, with the set, task and model. Null where
 * the log has no task id (those of early 2024).
 */
export function evaluationKey({
  taskId,
  evalSetId,
  task,
  model,
}: Pick<LoggedRun, "taskId" | "evalSetId" | "task" | "model">): string | null {
  // Anything shorter is a placeholder that somebody put there.
  if (taskId === null || taskId.length < 8) return null;
  const key = JSON.stringify([evalSetId, taskId, task, model]);
  return key.length <= 2_000 ? key : null;
}

export interface LogOfEvaluation {
  readonly name: string;
  readonly sha256: string;
  readonly run: LoggedRun;
  readonly salvaged: boolean;
}

export interface MergedLogs<L extends LogOfEvaluation> {
  readonly run: LoggedRun;
  readonly salvaged: boolean;
  /** The log that leads first, then the others from new to old: `AttemptRecord.file` counts in this order. */
  readonly logs: readonly L[];
  /** How many attempts came from each, in the same order. */
  readonly attempts: readonly number[];
}

const finished: Readonly<Record<LogStatus, number>> = { success: 3, error: 2, cancelled: 2, unknown: 1, started: 0 };

/** When anything last happened in a log, as far as its attempts say. */
function lastActivity({ attempts }: LoggedRun): number {
  return attempts.reduce((last, { startedAt, totalMs }) => Math.max(last, (startedAt ?? 0) + (totalMs ?? 0)), 0);
}

function scoreCount({ attempts }: LoggedRun): number {
  return attempts.reduce((sum, { scores }) => sum + scores.length, 0);
}

/** Edits and invalidations: of two logs of one process the one that people worked on is the newer. */
function editCount({ attempts }: LoggedRun): number {
  const edited = ({ scores, invalidation }: AttemptRecord): number =>
    scores.filter(({ original }) => original !== undefined).length + (invalidation === null ? 0 : 1);
  return attempts.reduce((sum, attempt) => sum + edited(attempt), 0);
}

/** Newest first, by what the logs say and never by where they were found, so that their order changes nothing. */
function newestFirst<L extends LogOfEvaluation>(logs: readonly L[]): L[] {
  const weights = ({ run }: L): number[] => [
    run.createdAt ?? 0,
    finished[run.status],
    lastActivity(run),
    run.attempts.length,
    scoreCount(run),
    editCount(run),
  ];
  const weighed = logs.map((log) => ({ log, weights: weights(log) }));
  weighed.sort((a, b) => {
    for (const [place, weight] of a.weights.entries()) {
      const difference = (b.weights[place] ?? 0) - weight;
      if (difference !== 0) return difference;
    }
    return a.log.sha256 < b.log.sha256 ? -1 : 1;
  });
  return weighed.map(({ log }) => log);
}

/** An attempt that a retry makes anew. */
function failed({ outcome, error }: AttemptRecord): boolean {
  return outcome === "model-error" || outcome === "infrastructure-fault" || (outcome === "unscored" && error !== null);
}

function mergedAttempts(logs: readonly LogOfEvaluation[]): AttemptRecord[] {
  const merged = new Map<string, AttemptRecord>();
  for (const [file, { run }] of logs.entries()) {
    for (const attempt of run.attempts) {
      const key = JSON.stringify([attempt.task, attempt.epoch]);
      const newer = merged.get(key);
      if (newer === undefined || (failed(newer) && !failed(attempt))) merged.set(key, { ...attempt, file });
    }
  }
  return [...merged.values()];
}

function plannedIds(logs: readonly LogOfEvaluation[]): string[] | null {
  const known = logs.flatMap(({ run }) => (run.dataset.sampleIds === null ? [] : [run.dataset.sampleIds]));
  return known.length === 0 ? null : [...new Set(known.flat())];
}

/** What other logs lost is lost to the run only where attempts are missing from it. */
function lossesOf(logs: readonly LogOfEvaluation[], isWhole: boolean): Loss[] {
  const [leading, ...others] = logs;
  const own = leading?.run.lost ?? [];
  if (isWhole) return [...own];
  return [
    ...own,
    ...others.flatMap(({ name, run }) => run.lost.map((loss) => ({ ...loss, reason: `${loss.reason} (${name})` }))),
  ];
}

function counted(attempts: number): string {
  return attempts === 1 ? "1 attempt" : `${String(attempts)} attempts`;
}

function accountOf(logs: readonly LogOfEvaluation[], attempts: readonly number[]): string[] {
  return [
    `Made from ${String(logs.length)} logs of one evaluation.`,
    ...logs.slice(0, 200).map(({ name, run }, place) => {
      const own = run.attempts.length;
      const used = attempts[place] ?? 0;
      const superseded = own === used ? "" : `, ${counted(own - used)} stand in another log`;
      const lost = place === 0 || run.lost.length === 0 ? "" : "; parts of it could not be read";
      return `${name.slice(0, 500)} (${run.status}): ${counted(used)} from it${superseded}${lost}.`;
    }),
  ];
}

/**
 * Merges logs of one evaluation. The newest leads: status, settings and metrics are its own, the last by its creation;
 * of two of one time the one that finished, went on longer, or was scored and edited more. Of an attempt that several
 * hold the newest stands, unless it failed and an older did not: that is what the harness itself does with retries.
 * The order in which they are given changes nothing.
 */
export function mergeLogs<L extends LogOfEvaluation>(given: readonly L[]): MergedLogs<L> {
  const logs = newestFirst(given);
  const [leading] = logs;
  if (leading === undefined) throw new Error("nothing to merge");
  const attempts = mergedAttempts(logs);
  const used = logs.map((_, file) => attempts.filter((attempt) => attempt.file === file).length);
  const sampleIds = plannedIds(logs);
  const epochs = logs.reduce((most, { run }) => Math.max(most, run.epochs), 1);
  const planned =
    sampleIds === null
      ? logs.reduce<number | null>(
          (most, { run }) => (run.planned === null ? most : Math.max(most ?? 0, run.planned)),
          null,
        )
      : sampleIds.length * epochs;
  const isWhole = planned !== null && attempts.length >= planned;
  const lost = lossesOf(logs, isWhole);
  const { run } = leading;
  return {
    run: {
      ...run,
      ...{ attempts, epochs, planned, lost },
      complete: run.complete || (isWhole && lost.length === 0),
      dataset: { ...run.dataset, sampleIds },
      notes: [...accountOf(logs, used), ...run.notes],
    },
    salvaged: leading.salvaged || (!isWhole && logs.some(({ salvaged }) => salvaged)),
    logs,
    attempts: used,
  };
}
