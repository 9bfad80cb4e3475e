import { z } from "zod";
import { recomputedMetricSchema } from "../../contract/attempt.ts";
import { type ImportedFile, type ImportStatus, type ImportSums, type RecentImport } from "../../contract/importing.ts";
import { memberName } from "../members/queries.ts";
import { number, text, type ReadModel, type Row } from "../read-model.ts";
import { logOfRow } from "./queries.ts";
import { storedSummary } from "./summary.ts";

/** What imports left in the vault. */

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

function importedFile(model: ReadModel, row: Row): ImportedFile | null {
  const log = logOfRow(row);
  if (log === null) return null;
  return {
    file: log.fileName,
    folder: "",
    sha256: log.sha256,
    status: log.salvaged ? "salvaged" : "imported",
    part: "",
    run: text(row, "id"),
    task: log.task,
    model: log.model,
    attempts: storedSummary(model, number(row, "number"))?.ledger.planned ?? 0,
    lost: log.lost,
    reason: null,
    metrics: z.array(recomputedMetricSchema).parse(JSON.parse(text(row, "metrics"))),
    into: null,
    handle: null,
  };
}

/** The newest runs that came with files, as their import reported them. */
export function recentFiles(model: ReadModel, limit: number): (ImportedFile & { at: number })[] {
  return model.all("SELECT * FROM run WHERE origin = 'log' ORDER BY number DESC LIMIT ?", limit).flatMap((row) => {
    const file = importedFile(model, row);
    return file === null ? [] : [{ ...file, at: number(row, "started_at") }];
  });
}

/** The newest imports, the newest first. */
export function recentImports(model: ReadModel, limit: number): RecentImport[] {
  return model.all("SELECT * FROM run WHERE origin = 'log' ORDER BY number DESC LIMIT ?", limit).flatMap((row) => {
    const file = importedFile(model, row);
    if (file === null) return [];
    const files = [file];
    return [
      {
        id: text(row, "id"),
        at: number(row, "started_at"),
        byName: memberName(model, text(row, "started_by")),
        files,
        sums: sumsOf(files),
        undone: false,
        keptBecause: null,
      },
    ];
  });
}
