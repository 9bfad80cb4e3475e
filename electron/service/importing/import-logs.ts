import type { ImportedFile, ImportReport } from "../../contract/importing.ts";
import { failureLine } from "../../contract/words.ts";
import type { Draft } from "../../domain/event.ts";
import { runOfLogKey, runsOfFile } from "../../domain/runs/known.ts";
import { logKey } from "../../domain/runs/logged-file.ts";
import { openFileSource } from "../../interchange/byte-source.ts";
import { mergeLogs, type LogOfEvaluation } from "../../interchange/merge-logs.ts";
import { headBytes, type ReadFileResult, type ReadRun } from "../../interchange/reader.ts";
import { readerFor, readLogFile } from "../../interchange/readers.ts";
import type { TableTask } from "../../interchange/table/index.ts";
import { toFailure } from "../failures.ts";
import type { RequestContext } from "../handlers.ts";
import { newId } from "../new-id.ts";
import { chosenFiles, Surroundings, type ChosenFile } from "./chosen-files.ts";
import { compartmentOfRuns } from "./compartment.ts";
import { Originals, type Original } from "./originals.ts";
import { recordingOf, type RunToRecord } from "./record-runs.ts";
import { reportOf, rowOf, takenRow } from "./report.ts";
import { earlierLogs, type EarlierLogs } from "./earlier-logs.ts";

/**
 * Takes files in, one after the other, logs of one evaluation together: each is imported whole or refused with a reason,
 * and what came before a cancellation stays. The original bytes are kept once, as evidence.
 */
export async function importLogs(
  context: RequestContext,
  handles: readonly string[],
  campaignId: string | null,
): Promise<ImportReport> {
  const { host, signal } = context;
  const job = new ImportJob(context, chosenFiles(host, handles), campaignId);
  const rows = await job.run();
  host.changed();
  return reportOf(job.importId, host.now(), rows, signal.aborted);
}

const noTasks: ReadonlyMap<string, TableTask> = new Map();

/** A log that was read and waits to be taken in with others of its evaluation. */
interface HeldLog extends LogOfEvaluation {
  readonly file: ChosenFile | null;
  readonly format: string;
  /** Kept already: a log of a run that this import takes up. */
  readonly kept: Original | null;
}

class ImportJob {
  readonly importId = newId();
  readonly #context: RequestContext;
  readonly #files: readonly ChosenFile[];
  readonly #surroundings: Surroundings;
  readonly #campaignId: string | null;
  readonly #compartment: number;
  readonly #originals: Originals;
  /** Files that were read with another one of this import, by their paths: the name of that one. */
  readonly #readWith = new Map<string, string>();
  #begun = 0;

  constructor(context: RequestContext, files: readonly ChosenFile[], campaignId: string | null) {
    this.#context = context;
    this.#files = files;
    this.#surroundings = new Surroundings(files);
    this.#campaignId = campaignId;
    this.#compartment = compartmentOfRuns(context.host.session.model, campaignId);
    this.#originals = new Originals(context, this.#compartment);
  }

  async run(): Promise<ImportedFile[]> {
    const rows: ImportedFile[] = [];
    for (const group of await this.#groups()) {
      rows.push(...(await this.#group(group)));
      if (this.#context.signal.aborted) break;
    }
    return rows;
  }

  /** Files by evaluation; what is of none stands by itself. In the order in which each begins. */
  async #groups(): Promise<ChosenFile[][]> {
    if (this.#files.length < 2) return this.#files.map((file) => [file]);
    const groups = new Map<string, ChosenFile[]>();
    for (const [place, file] of this.#files.entries()) {
      if (this.#context.signal.aborted) break;
      const total = this.#files.length;
      this.#context.progress({ step: "Looking at the files", done: place, total, unit: "files" });
      const key = (await this.#evaluationOf(file)) ?? file.path;
      groups.set(key, [...(groups.get(key) ?? []), file]);
    }
    return [...groups.values()];
  }

  async #evaluationOf(file: ChosenFile): Promise<string | null> {
    try {
      const source = await openFileSource(file.path);
      try {
        const reader = readerFor(await source.read(0, headBytes), file.name);
        return (await reader?.evaluation?.(source, this.#context.signal)) ?? null;
      } finally {
        await source.close();
      }
    } catch {
      // Whoever reads the file says what is wrong with it.
      return null;
    }
  }

  /** Takes files of one evaluation in, all of them or none, but for those that are known or no logs. */
  async #group(files: readonly ChosenFile[]): Promise<ImportedFile[]> {
    const rows: ImportedFile[] = [];
    const held: HeldLog[] = [];
    const step = (file: ChosenFile): string => this.#stepOf(file);
    try {
      for (const file of files) {
        this.#begun += 1;
        const known = runsOfFile(this.#context.host.session.model, await this.#originals.sha256(file));
        if (known.length > 0 && !this.#readWith.has(file.path))
          rows.push(...known.map((run) => this.#duplicate(file, run, "")));
        else rows.push(...(await this.#file(file, held, step(file))));
      }
      if (held.length > 0) rows.push(...(await this.#evaluation(held)));
      return rows;
    } catch (error) {
      return [...rows, ...this.#refusals(files, rows, error)];
    } finally {
      this.#originals.discard();
    }
  }

  #stepOf(file: ChosenFile): string {
    const total = this.#files.length;
    return total === 1 ? file.name : `${file.name}, ${String(this.#begun)} of ${String(total)}`;
  }

  /** Reads a file. A log of an evaluation is added to `held`; anything else is dealt with. */
  async #file(file: ChosenFile, held: HeldLog[], step: string): Promise<ImportedFile[]> {
    const into = this.#readWith.get(file.path);
    if (into !== undefined) {
      return [{ ...this.#row(file), status: "part-of", into, reason: `It is read together with ${into}.` }];
    }
    const result = await this.#read(file, step);
    if (result.kind !== "runs") return [this.#rowOfResult(file, result)];
    const [only, ...more] = result.runs;
    if (only === undefined) return [];
    if (more.length > 0 || only.part !== "" || only.files.length > 1) return this.#several(file, result.runs, step);
    const sha256 = await this.#originals.sha256(file);
    const { run, salvaged } = only;
    held.push({ name: file.name, sha256, run, salvaged, file, format: run.format, kept: null });
    return [];
  }

  async #read(file: ChosenFile, step: string): Promise<ReadFileResult> {
    const bytes = await openFileSource(file.path);
    try {
      return await readLogFile(
        { name: file.name, bytes, neighbours: this.#surroundings.of(file) },
        {
          signal: this.#context.signal,
          progress: (done, total) => {
            this.#context.progress({ step: `Reading ${step}`, done, total, unit: "bytes" });
          },
        },
      );
    } finally {
      await bytes.close();
    }
  }

  #rowOfResult(file: ChosenFile, result: Exclude<ReadFileResult, { kind: "runs" }>): ImportedFile {
    const row = { ...this.#row(file), reason: result.reason };
    switch (result.kind) {
      case "table":
        return { ...row, status: "table", handle: this.#context.host.files.adopt(file.path) };
      case "part-of":
        return { ...row, status: "part-of", into: result.file };
      case "not-a-log":
      case "refused":
        return { ...row, status: result.kind };
    }
  }

  /** The runs of a file that holds several, or that is read with others; those that are known are left out. */
  async #several(file: ChosenFile, runs: readonly ReadRun[], step: string): Promise<ImportedFile[]> {
    const rows: ImportedFile[] = [];
    const fresh: RunToRecord[] = [];
    for (const read of runs) {
      const { main, others } = this.#filesOf(file, read);
      for (const { path } of [main, ...others]) if (path !== file.path) this.#readWith.set(path, file.name);
      const known = runOfLogKey(
        this.#context.host.session.model,
        logKey(await this.#originals.sha256(main), read.part),
      );
      if (known !== null) {
        rows.push(this.#duplicate(file, known, read.part));
        continue;
      }
      const original = await this.#originals.keep(main, step);
      const companions: RunToRecord["others"][number][] = [];
      for (const other of others) {
        const { name: fileName, ...kept } = await this.#originals.keep(other, step);
        companions.push({ ...kept, fileName, kind: "companion", format: read.run.format, status: "", attempts: 0 });
      }
      const { part, run, salvaged } = read;
      fresh.push({ id: newId(), part, run, salvaged, original, others: companions, tasks: noTasks });
    }
    this.#commit(fresh, []);
    return [...rows, ...fresh.map((read) => takenRow(file, this.#originals.known(file), read))];
  }

  #filesOf(file: ChosenFile, { files }: ReadRun): { main: ChosenFile; others: ChosenFile[] } {
    const found = files.flatMap((name) => this.#surroundings.beside(file, name) ?? []);
    const [main = file, ...others] = found;
    return { main, others };
  }

  /** One log, or several of one evaluation with those that a standing run was made of, as one run. */
  async #evaluation(held: readonly HeldLog[]): Promise<ImportedFile[]> {
    const earlier = await this.#earlier(held);
    const merged = mergeLogs([...held, ...earlier.logs.map((log): HeldLog => ({ ...log, file: null }))]);
    const originals: Original[] = [];
    for (const log of merged.logs) {
      if (log.kept !== null) originals.push(log.kept);
      else if (log.file !== null) originals.push(await this.#originals.keep(log.file, log.name));
    }
    const [original, ...rest] = originals;
    if (original === undefined) return [];
    const others = rest.map(({ name, ...kept }, place): RunToRecord["others"][number] => {
      const log = merged.logs[place + 1];
      const attempts = merged.attempts[place + 1] ?? 0;
      return {
        ...kept,
        fileName: name.slice(0, 1_000),
        kind: "log",
        format: log?.format ?? "",
        status: log?.run.status ?? "",
        attempts,
      };
    });
    const run = others.length === 0 ? (held[0]?.run ?? merged.run) : merged.run;
    if (earlier.note !== null) run.notes.push(earlier.note);
    const read: RunToRecord = {
      id: newId(),
      part: "",
      run,
      salvaged: merged.salvaged,
      original,
      others,
      tasks: noTasks,
    };
    this.#commit([read], earlier.withdrawing(read.id));
    return merged.logs.flatMap((log, place) => {
      if (log.file === null) return [];
      if (place === 0) return [{ ...takenRow(log.file, log.sha256, read), attempts: merged.attempts[0] ?? 0 }];
      return [
        this.#mergedRow(log.file, log, { run: read.id, into: original.name, attempts: merged.attempts[place] ?? 0 }),
      ];
    });
  }

  #earlier(held: readonly HeldLog[]): Promise<EarlierLogs> {
    const place = { campaignId: this.#campaignId, compartment: this.#compartment };
    return earlierLogs(this.#context, held[0]?.run ?? null, place);
  }

  #commit(runs: readonly RunToRecord[], before: readonly Draft[]): void {
    if (runs.length === 0) return;
    const { session } = this.#context.host;
    const place = { importId: this.importId, campaignId: this.#campaignId };
    const drafts = recordingOf(session, runs, place);
    session.commit([...before, ...drafts], { blobs: this.#originals.staged });
    this.#originals.committed();
  }

  #row(file: ChosenFile): ImportedFile {
    return rowOf(file, this.#originals.known(file));
  }

  #duplicate(file: ChosenFile, run: string, part: string): ImportedFile {
    return { ...this.#row(file), status: "duplicate", run, part, reason: "This log was imported before." };
  }

  #mergedRow(
    file: ChosenFile,
    { run }: HeldLog,
    place: { readonly run: string; readonly into: string; readonly attempts: number },
  ): ImportedFile {
    const lost = run.lost.map(({ what, count, reason }) => ({ what, count, reason }));
    const about = { ...place, task: run.task, model: run.model, lost };
    return { ...this.#row(file), ...about, status: "merged", reason: "It is a log of the same evaluation." };
  }

  /** A failure is one of all files of a group that were not dealt with by themselves. */
  #refusals(files: readonly ChosenFile[], rows: readonly ImportedFile[], error: unknown): ImportedFile[] {
    const done = new Set(rows.map(({ folder, file }) => `${folder}/${file}`));
    return files
      .filter(({ folder, name }) => !done.has(`${folder}/${name}`))
      .map((file) => ({ ...this.#row(file), reason: failureLine(toFailure(error, "imports.logs", file.name)) }));
  }
}
