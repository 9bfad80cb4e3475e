import type { ImportedFile, ImportReport } from "../../contract/importing.ts";
import { sumsOf } from "../../domain/runs/imports.ts";

/** What an import came to. */
export function reportOf(id: string | null, at: number, files: ImportedFile[], cancelled: boolean): ImportReport {
  return { id, at, cancelled, files, sums: sumsOf(files) };
}
