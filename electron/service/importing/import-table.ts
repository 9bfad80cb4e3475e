import type { ImportedFile, ImportReport, TableMapping, TablePreview } from "../../contract/importing.ts";
import type { ParsedInput } from "../../contract/index.ts";
import { runsOfFile } from "../../domain/runs/known.ts";
import { openFileSource } from "../../interchange/byte-source.ts";
import { previewTable, readTable, TableError } from "../../interchange/table/index.ts";
import { sha256OfFile } from "../evidence.ts";
import type { RequestContext } from "../handlers.ts";
import { newId } from "../new-id.ts";
import type { ChosenFile } from "./chosen-files.ts";
import { compartmentOfRuns } from "./compartment.ts";
import { Originals } from "./originals.ts";
import { recordingOf, type RunToRecord } from "./record-runs.ts";
import { reportOf, rowOf, takenRow } from "./report.ts";

function chosen({ host }: RequestContext, handle: string): ChosenFile {
  return { path: host.outsidePath(handle), name: host.files.name(handle), folder: "" };
}

function readingOptions({ signal, progress }: RequestContext, name: string) {
  return {
    signal,
    progress: (done: number, total: number) => {
      progress({ step: `Reading ${name}`, done, total, unit: "bytes" });
    },
  };
}

/** A dry run over the whole of a table. @throws TableError where the file is none */
export async function preview(
  context: RequestContext,
  { file, mapping }: ParsedInput<"imports.previewTable">,
): Promise<TablePreview> {
  const { path, name } = chosen(context, file);
  const [known = null] = runsOfFile(context.host.session.model, await sha256OfFile(path, context.signal));
  const bytes = await openFileSource(path);
  try {
    const dryRun = await previewTable({ name, bytes }, mapping, readingOptions(context, name));
    const unnamed = dryRun.runs.some(({ model }) => model === "");
    return { ...dryRun, unfit: dryRun.unfit ?? (unnamed ? nameless : null), known };
  } finally {
    await bytes.close();
  }
}

const nameless = "Rows name no model: say which one it was.";

/** Runs of a table with their original; nothing is kept yet where it throws. */
async function readRuns(
  context: RequestContext,
  file: ChosenFile,
  mapping: TableMapping,
  originals: Originals,
): Promise<RunToRecord[]> {
  const bytes = await openFileSource(file.path);
  try {
    const { runs, counts } = await readTable({ name: file.name, bytes }, mapping, readingOptions(context, file.name));
    if (runs.length === 0) throw new TableError("mapping-unfit", "Every row of it is refused.");
    if (runs.some(({ run }) => run.model === "")) throw new TableError("mapping-unfit", nameless);
    const original = await originals.keep(file, file.name);
    return runs.map(({ part, run, tasks }) => ({
      ...{ id: newId(), part, run, original, others: [], tasks },
      salvaged: counts.refused > 0,
    }));
  } finally {
    await bytes.close();
  }
}

/**
 * Takes a table in by its mapping: all its runs or none.
 * @throws TableError where the mapping does not fit it; Refusal where its runs may not stand
 */
export async function importTable(
  context: RequestContext,
  { file: handle, mapping, campaignId }: ParsedInput<"imports.table">,
): Promise<ImportReport> {
  const { host } = context;
  const { session } = host;
  const file = chosen(context, handle);
  const originals = new Originals(context, compartmentOfRuns(session.model, campaignId));
  const importId = newId();
  const sha256 = await originals.sha256(file);
  const known = runsOfFile(session.model, sha256);
  if (known.length > 0) {
    const reason = "This table was imported before.";
    const rows = known.map((run): ImportedFile => ({ ...rowOf(file, sha256), status: "duplicate", run, reason }));
    return reportOf(importId, host.now(), rows, false);
  }
  try {
    const runs = await readRuns(context, file, mapping, originals);
    context.signal.throwIfAborted();
    session.commit(recordingOf(session, runs, { importId, campaignId }), { blobs: originals.staged });
    originals.committed();
    host.changed();
    const rows = runs.map((read) => takenRow(file, sha256, read));
    return reportOf(importId, host.now(), rows, false);
  } finally {
    originals.discard();
  }
}
