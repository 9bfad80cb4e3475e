import type { ImportedFile, ImportReport } from "../../contract/importing.ts";
import { sumsOf } from "../../domain/runs/imports.ts";
import type { ChosenFile } from "./chosen-files.ts";
import type { RunToRecord } from "./record-runs.ts";

/** What became of a file, as the report of an import says it. */

/** A file of which nothing was taken in (yet). */
export function rowOf({ name, folder }: ChosenFile, sha256: string): ImportedFile {
  return {
    ...{ file: name, folder, sha256, status: "refused", part: "", run: null, task: null, model: null },
    ...{ attempts: 0, lost: [], reason: null, metrics: [], into: null, handle: null },
  };
}

/** A file that became a run. */
export function takenRow(file: ChosenFile, sha256: string, { id, run, part, salvaged }: RunToRecord): ImportedFile {
  return {
    ...rowOf(file, sha256),
    status: salvaged ? "salvaged" : "imported",
    part,
    run: id,
    task: run.task,
    model: run.model,
    attempts: run.attempts.length,
    lost: run.lost.map(({ what, count, reason }) => ({ what, count, reason })),
    metrics: run.metrics,
  };
}

/** What an import came to. `importId` is told only where there is something to undo. */
export function reportOf(importId: string, at: number, files: ImportedFile[], cancelled: boolean): ImportReport {
  const sums = sumsOf(files);
  return { id: sums.runs === 0 ? null : importId, at, cancelled, files, sums };
}
