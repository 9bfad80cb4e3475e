import type { QueryContext } from "../query-context.ts";
import { number, textOrNull } from "../read-model.ts";
import { logOfRun } from "./queries.ts";
import type { LoggedFile } from "./logged-file.ts";
import type { RunFacts } from "./state.ts";
import { unfoldRun } from "./unfold.ts";

/** Where the transcript of an attempt lies: in which of the run's stored logs, and in which member of it. */
export interface TranscriptPlace {
  readonly member: string;
  readonly fileName: string;
  readonly blob: string;
  readonly sha256: string;
  readonly format: string;
}

/** The stored log of a run that `AttemptRecord.file` counts to; null where the run has no such log. */
export function storedLog(log: LoggedFile, file: number): Omit<TranscriptPlace, "member"> | null {
  const { fileName, blob, sha256, format } = log;
  if (file === 0) return { fileName, blob, sha256, format };
  const other = (log.others ?? []).filter(({ kind }) => kind === "log")[file - 1];
  return other === undefined
    ? null
    : { fileName: other.fileName, blob: other.blob, sha256: other.sha256, format: other.format };
}

/** Null where the attempt has no transcript. */
export function transcriptPlace(
  context: QueryContext,
  run: RunFacts,
  task: string,
  epoch: number,
): TranscriptPlace | null {
  unfoldRun(context, run);
  const row = context.model.get(
    "SELECT member, file FROM attempt WHERE run = ? AND task = ? AND epoch = ?",
    run.number,
    task,
    epoch,
  );
  const member = row === undefined ? null : textOrNull(row, "member");
  const log = logOfRun(context, run.id);
  if (row === undefined || member === null || log === null) return null;
  const stored = storedLog(log, number(row, "file"));
  return stored === null ? null : { ...stored, member };
}
