import type { ReadOptions } from "../logged-run.ts";
import { LossLedger } from "../loss-ledger.ts";
import { asObject, field } from "../json/fields.ts";
import { visitJsonLines } from "../json/json-lines.ts";
import {
  headBytes,
  type Confidence,
  type LogReader,
  type LogSource,
  type Neighbours,
  type ReadFileResult,
  type ReadRun,
} from "../reader.ts";
import { filtersOf, readResultsFile, tasksOf, type ResultsFile } from "./results-file.ts";
import { RecordProjection, recordLimits, SampleCollection } from "./sample-collection.ts";
import { runOfTask, type TaskSamples } from "./task-run.ts";

/**
 * EleutherAI's lm-evaluation-harness (0.3 to 0.4.x): `results_<time>.json` with the numbers of all tasks of a call, and
 * beside it, where samples were logged, one `samples_<task>_<time>.jsonl` a task. One run a task.
 */

/** More than anybody evaluates in one call. */
const mostTasks = 5_000;

const time = /\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(?:[.-]\d+)?/;

/** The time in a file's name, by which results and samples of one call belong together. */
function timeIn(name: string): string | null {
  return time.exec(name)?.[0] ?? null;
}

function isSamplesName(name: string): boolean {
  return /^samples_.*\.jsonl$/s.test(name);
}

function recognise(head: Uint8Array, fileName: string): Confidence {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("latin1");
  const json = /^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(text);
  if (!json) return 0;
  if (/"doc_id"\s*:/.test(text) && /"(?:filtered_resps|resps|doc_hash)"\s*:/.test(text)) return 0.95;
  if (isSamplesName(fileName) && /"doc_id"\s*:/.test(text)) return 0.9;
  if (!/"results"\s*:\s*\{/.test(text)) return 0;
  if (/"(?:lm_eval_version|n-shot|n-samples|group_subtasks|task_hashes)"\s*:/.test(text)) return 0.95;
  if (/"[\w@.-]+,[\w -]+"\s*:\s*(?:-?\d|NaN|"N\/A")/.test(text)) return 0.9;
  return /"[\w@.-]+_stderr"\s*:/.test(text) ? 0.7 : 0;
}

/** The names that the harness may have given to a task's samples. */
function samplesNames(task: string, results: string): string[] {
  const at = timeIn(results);
  const tasks = [task, task.replace(/\W/g, "_")];
  return tasks.map((name) => (at === null ? `samples_${name}.jsonl` : `samples_${name}_${at}.jsonl`));
}

async function samplesOf(
  task: string,
  source: LogSource,
  results: ResultsFile,
  options: ReadOptions,
): Promise<{ samples: TaskSamples; file: string } | null> {
  const inside = results.samples.get(task);
  if (inside !== undefined) return { samples: inside, file: source.name };
  const { neighbours } = source;
  const file = samplesNames(task, source.name).find((name) => neighbours?.names.includes(name) === true);
  if (neighbours === undefined || file === undefined) return null;
  const filters = filtersOf(asObject(field(field(results.head, "results"), task)));
  return { samples: await readSamples(neighbours, file, filters, options), file };
}

async function readSamples(
  neighbours: Neighbours,
  file: string,
  filters: readonly string[],
  options: ReadOptions,
): Promise<TaskSamples> {
  const losses = new LossLedger();
  const collection = new SampleCollection(losses);
  const record = new RecordProjection(0);
  const bytes = await neighbours.open(file);
  try {
    await visitJsonLines(
      bytes,
      {
        begin: () => {
          record.reset();
          return record;
        },
        end: (_line, fault) => {
          if (fault === null) collection.add(record, filters);
          else losses.add("sample", fault);
        },
      },
      options,
      recordLimits,
    );
  } finally {
    await bytes.close();
  }
  return { collection, losses };
}

/** What to say of a file of samples on its own: its model, version and numbers stand in the results beside it. */
function aloneOrPart(source: LogSource): ReadFileResult {
  const at = timeIn(source.name);
  const results = source.neighbours?.names.find(
    (name) => name.endsWith(".json") && (at === null ? name.startsWith("results") : timeIn(name) === at),
  );
  if (results !== undefined) {
    return { kind: "part-of", file: results, reason: `It is read together with ${results}.` };
  }
  const reason =
    "These are samples of lm-evaluation-harness without their results_….json, which names the model: import both.";
  return { kind: "refused", code: "log-unsupported", reason };
}

/** Why a file without tasks is no log. */
function withoutTasks(results: ResultsFile): ReadFileResult {
  if (results.fault === null && results.unread.length === 0) {
    return { kind: "not-a-log", reason: "The JSON holds no results of a task." };
  }
  const why = results.fault ?? "they are too large or malformed";
  return { kind: "refused", code: "log-damaged", reason: `The results cannot be read: ${why}.` };
}

async function readTask(task: string, source: LogSource, results: ResultsFile, options: ReadOptions): Promise<ReadRun> {
  const found = await samplesOf(task, source, results, options);
  const run = runOfTask(results.head, task, found?.samples ?? null);
  for (const part of results.unread) {
    run.lost.push({ what: `“${part}” of the results`, count: 0, reason: "it is malformed or too large" });
  }
  if (results.fault !== null) run.lost.push({ what: "rest of the file", count: 0, reason: results.fault });
  run.complete &&= run.lost.length === 0;
  const files = found === null || found.file === source.name ? [source.name] : [found.file, source.name];
  return { part: run.task, files, run, salvaged: found !== null && run.lost.length > 0 };
}

async function read(source: LogSource, options: ReadOptions): Promise<ReadFileResult> {
  const start = Buffer.from(await source.bytes.read(0, headBytes)).toString("latin1");
  if (/"doc_id"\s*:/.test(start) && !/"results"\s*:\s*\{/.test(start)) return aloneOrPart(source);
  const results = await readResultsFile(source.bytes, options);
  const tasks = tasksOf(results.head);
  if (tasks.length === 0) return withoutTasks(results);
  if (tasks.length > mostTasks) {
    const reason = `The file holds results of more than ${String(mostTasks)} tasks.`;
    return { kind: "refused", code: "log-unsupported", reason };
  }
  const runs: ReadRun[] = [];
  for (const task of tasks) {
    options.signal?.throwIfAborted();
    runs.push(await readTask(task, source, results, options));
  }
  return { kind: "runs", runs };
}

/** Reads the results of lm-evaluation-harness. */
export const lmEvaluationHarnessReader: LogReader = {
  id: "lm-evaluation-harness",
  title: "lm-evaluation-harness results",
  recognise,
  read,
};
