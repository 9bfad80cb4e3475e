import { z } from "zod";
import { recomputedMetricSchema } from "../../contract/attempt.ts";
import type { ImportedFile, ImportStatus, ImportSums, RecentImport } from "../../contract/importing.ts";
import type { Draft } from "../event.ts";
import { memberName } from "../members/queries.ts";
import { number, text, type ReadModel, type Row } from "../read-model.ts";
import { Refusal } from "../refusal.ts";
import { runImportUndone } from "./events.ts";
import { keptBecause } from "./known.ts";
import type { LoggedFile } from "./logged-file.ts";
import { logOfRow } from "./queries.ts";
import { runFacts, type RunFacts } from "./state.ts";
import { storedSummary } from "./summary.ts";

/** What imports left in the vault, and how one is undone. */

/** Files by what became of them. Of a file with several runs the first row says what became of the file. */
export function sumsOf(files: readonly ImportedFile[]): ImportSums {
  const byFile = new Map<string, ImportStatus>();
  for (const { folder, file, sha256, status } of files) {
    const key = JSON.stringify([folder, file, sha256]);
    if (!byFile.has(key)) byFile.set(key, status);
  }
  const statuses = [...byFile.values()];
  const count = (status: ImportStatus): number => statuses.filter((one) => one === status).length;
  const taken = files.filter(({ status }) => status === "imported" || status === "salvaged" || status === "merged");
  return {
    files: byFile.size,
    byStatus: {
      imported: count("imported"),
      salvaged: count("salvaged"),
      duplicate: count("duplicate"),
      merged: count("merged"),
      "part-of": count("part-of"),
      table: count("table"),
      "not-a-log": count("not-a-log"),
      refused: count("refused"),
    },
    runs: new Set(taken.map(({ run }) => run)).size,
    attempts: taken.reduce((sum, { attempts }) => sum + attempts, 0),
  };
}

/** How many attempts of the run came from the file that it is named after; entries of one file do not say. */
function attemptsOf(model: ReadModel, row: Row, log: LoggedFile): number {
  if (log.attempts !== undefined) return log.attempts;
  const ledger = storedSummary(model, number(row, "number"))?.ledger;
  return ledger === undefined ? 0 : ledger.planned - ledger.notRun;
}

/** The files of a run as its import reported them: the one that it is named after first. */
function filesOfRun(model: ReadModel, row: Row): ImportedFile[] {
  const log = logOfRow(row);
  if (log === null) return [];
  const shared = { folder: "", run: text(row, "id"), task: log.task, model: log.model, reason: null, handle: null };
  const main: ImportedFile = {
    ...shared,
    file: log.fileName,
    sha256: log.sha256,
    status: log.salvaged ? "salvaged" : "imported",
    part: log.part ?? "",
    attempts: attemptsOf(model, row, log),
    lost: log.lost,
    metrics: z.array(recomputedMetricSchema).parse(JSON.parse(text(row, "metrics"))),
    into: null,
  };
  const others = (log.others ?? []).map((other): ImportedFile => {
    const status = other.kind === "log" ? "merged" : "part-of";
    const { fileName: file, sha256, attempts } = other;
    return { ...shared, file, sha256, status, part: "", attempts, lost: [], metrics: [], into: log.fileName };
  });
  return [main, ...others];
}

/** The newest runs that came with files, as their import reported them. */
export function recentFiles(model: ReadModel, limit: number): (ImportedFile & { at: number })[] {
  return model
    .all("SELECT * FROM run WHERE origin = 'log' AND undone = 0 ORDER BY number DESC LIMIT ?", limit)
    .flatMap((row) => {
      const at = number(row, "started_at");
      return filesOfRun(model, row)
        .slice(0, 1)
        .map((file) => ({ ...file, at }));
    });
}

function factsOf(model: ReadModel, rows: readonly Row[]): RunFacts[] {
  return rows.flatMap((row) => runFacts(model, text(row, "id")) ?? []);
}

/** Runs of an import that were not undone. */
function standing(model: ReadModel, importId: string): RunFacts[] {
  return factsOf(model, model.all("SELECT id FROM run WHERE import_id = ? AND undone = 0 ORDER BY number", importId));
}

/** A companion file stands at each of its runs; it is one file. */
function eachOnce(files: readonly ImportedFile[]): ImportedFile[] {
  const seen = new Set<string>();
  return files.filter(({ sha256, file, part, status }) => {
    const key = JSON.stringify([sha256, file, part]);
    if (status === "part-of" && seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function recentImport(model: ReadModel, importId: string): RecentImport[] {
  const rows = model.all("SELECT * FROM run WHERE import_id = ? ORDER BY number", importId);
  const [first] = rows;
  if (first === undefined) return [];
  const files = eachOnce(rows.flatMap((row) => filesOfRun(model, row)));
  const runs = standing(model, importId);
  const kept = runs.map((run) => keptBecause(model, run)).find((reason) => reason !== null);
  return [
    {
      id: importId,
      at: number(first, "started_at"),
      byName: memberName(model, text(first, "started_by")),
      files,
      sums: sumsOf(files),
      undone: runs.length === 0,
      keptBecause: runs.length === 0 ? "it was undone" : (kept ?? null),
    },
  ];
}

/** The newest imports, the newest first. */
export function recentImports(model: ReadModel, limit: number): RecentImport[] {
  return model
    .all(
      `SELECT import_id FROM run WHERE import_id IS NOT NULL GROUP BY import_id
       ORDER BY max(number) DESC LIMIT ?`,
      limit,
    )
    .flatMap((row) => recentImport(model, text(row, "import_id")));
}

/**
 * Undoes an import: all its runs or none.
 * @throws Refusal `not-found`; `conflict` where somebody looked into one of the runs, or changed it, or it was undone
 */
export function undoImport(model: ReadModel, importId: string): { drafts: Draft[]; runs: RunFacts[] } {
  const known = model.get("SELECT 1 AS n FROM run WHERE import_id = ?", importId) !== undefined;
  if (!known) throw new Refusal("not-found", "the import");
  const runs = standing(model, importId);
  if (runs.length === 0) throw new Refusal("conflict", "the import", "It was undone already.");
  const kept = runs.map((run) => keptBecause(model, run)).find((reason) => reason !== null);
  if (kept !== undefined) throw new Refusal("conflict", "the import", `${kept}.`);
  return { drafts: runs.map((run) => runImportUndone.draft({ runId: run.id, importId })), runs };
}
