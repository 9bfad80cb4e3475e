import type { AttemptMetadata, AttemptRecord, LoggedScore } from "../../contract/attempt.ts";
import { asObject, field, numberField, textField, wellFormed, type JsonObject } from "../json/fields.ts";
import { plainJson, scoreValue } from "../json/plain-json.ts";
import type { JsonValue, LoggedRun } from "../logged-run.ts";
import { noMetadata } from "../metadata.ts";
import type { LossLedger } from "../loss-ledger.ts";
import { modelArguments, modelOf } from "./model.ts";
import { recomputeTask, scorerName } from "./recompute.ts";
import { higherIsBetter, loggedNumbers, type LoggedNumber } from "./results-file.ts";
import { metricKey, valueOf, type DocumentValues, type Measured, type SampleCollection } from "./sample-collection.ts";

/** One task of a results file as a run. */

const scoresKept = 200;

export interface TaskSamples {
  readonly collection: SampleCollection;
  readonly losses: LossLedger;
}

function numberOf(value: unknown): number | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/**
 * The metric whose value is an attempt's headline score: the first of the results of which more is better and whose
 * values all lie between 0 and 1, so that 1 means solved. Null where there is none: a perplexity solves nothing.
 */
function headlineOf(numbers: readonly LoggedNumber[], head: JsonObject, task: string, samples: SampleCollection) {
  const documents = [...samples.documents.values()];
  const judges = (one: LoggedNumber): boolean => {
    if (one.isError || higherIsBetter(head, task, one.metric) === false) return false;
    const values = documents.map((values) => valueOf(values, one)).filter((value) => value !== undefined);
    const rated = values.map(numberOf);
    const unscored = (place: number): boolean => values[place] === null || Number.isNaN(values[place]);
    return (
      rated.some((value) => value !== null) &&
      rated.every((value, place) => (value === null ? unscored(place) : value >= 0 && value <= 1))
    );
  };
  return numbers.find(judges) ?? null;
}

interface Document {
  readonly id: string;
  readonly values: DocumentValues;
  readonly metadata: AttemptMetadata;
}

function attemptOf({ id, values, metadata }: Document, measured: readonly Measured[], headline: Measured | null) {
  const scores = measured.slice(0, scoresKept).flatMap((one): LoggedScore[] => {
    const value = valueOf(values, one);
    if (value === undefined) return [];
    return [{ scorer: scorerName(one.metric, one.filter), value: scoreValue(value), number: numberOf(value) }];
  });
  const score = headline === null ? null : numberOf(valueOf(values, headline));
  const attempt: AttemptRecord = {
    task: id,
    epoch: 1,
    outcome: score === null ? "unscored" : "scored",
    score,
    scores,
    ...{ inputTokens: null, outputTokens: null, totalTokens: null, cost: null },
    ...{ totalMs: null, workingMs: null, startedAt: null, limit: null, error: null, invalidation: null },
    ...{ messages: null, retries: 0, member: null, cluster: null, note: "", file: 0 },
    metadata,
  };
  return attempt;
}

/** What is measured of each document: the metrics of the results first, then what only samples have. */
function measuredOf(numbers: readonly LoggedNumber[], samples: SampleCollection): Measured[] {
  const measured = new Map<string, Measured>();
  for (const { metric, filter, isError } of numbers) {
    if (!isError) measured.set(metricKey(metric, filter || "none"), { metric, filter });
  }
  for (const values of samples.documents.values()) {
    for (const key of values.keys()) {
      const comma = key.lastIndexOf(",");
      const one =
        comma < 0 ? { metric: key, filter: "" } : { metric: key.slice(0, comma), filter: key.slice(comma + 1) };
      const name = metricKey(one.metric, one.filter || "none");
      if (!measured.has(name) && measured.size < scoresKept) measured.set(name, one);
    }
  }
  return [...measured.values()];
}

function settingsOf(head: JsonObject, task: string): JsonValue {
  const config = field(head, "config");
  const taskConfig = asObject(field(field(head, "configs"), task));
  const of = (source: unknown, names: readonly string[]): [string, JsonValue][] =>
    names.flatMap((name): [string, JsonValue][] => {
      const value = field(source, name);
      return value === undefined || value === null ? [] : [[name, plainJson(value)]];
    });
  return Object.fromEntries([
    ...of(config, ["model", "batch_size", "device", "limit", "gen_kwargs", "bootstrap_iters", "random_seed"]),
    ...of(config, ["numpy_seed", "torch_seed", "fewshot_seed"]),
    ["model_args", modelArguments(head)],
    ["num_fewshot", numberField(field(head, "n-shot"), task)],
    ...of(head, ["git_hash", "transformers_version", "system_instruction_sha", "chat_template_sha"]),
    ["task", Object.fromEntries(of(taskConfig, taskFields))],
  ]);
}

/** Of a task's configuration what says how it was run; prompts and few-shot examples stay in the stored file. */
const taskFields = [
  ...["dataset_path", "dataset_name", "test_split", "validation_split", "fewshot_split", "output_type", "repeats"],
  ...["num_fewshot", "generation_kwargs", "metric_list", "metadata"],
];

function versionOf(head: JsonObject, task: string): string | null {
  const version = field(field(head, "versions"), task);
  if (typeof version === "string") return wellFormed(version.slice(0, 200));
  return typeof version === "number" && Number.isFinite(version) ? String(version) : null;
}

/** `date` is in seconds since 1970. */
function createdAtOf(head: JsonObject): number | null {
  const seconds = numberField(head, "date");
  const time = seconds === null ? Number.NaN : Math.round(seconds * 1_000);
  return Number.isSafeInteger(time) && time > 0 && time < 8.64e15 ? time : null;
}

function noteMissing(samples: TaskSamples, planned: number | null): void {
  const lost = samples.losses.list.reduce((sum, loss) => sum + loss.count, 0);
  const missing = (planned ?? 0) - samples.collection.documents.size - lost;
  if (missing > 0) samples.losses.add("sample", "it was evaluated and is not in the file of samples", missing);
}

/** Documents in the order of their numbers, so that the same samples give the same run whatever their order. */
function inOrder(samples: SampleCollection): [string, DocumentValues][] {
  return [...samples.documents].sort(([a], [b]) => {
    const difference = Number(a) - Number(b);
    return Number.isNaN(difference) || difference === 0 ? Number(a > b) - Number(a < b) : difference;
  });
}

function withoutSamples(run: LoggedRun): LoggedRun {
  run.notes.push("The file holds only totals: its attempts cannot be listed. Run the harness with --log_samples.");
  if (run.planned !== null && run.planned > 0) {
    run.lost = [{ what: "sample", count: run.planned, reason: "the harness was run without --log_samples" }];
  }
  return run;
}

/** A task of a results file as a run. `samples` null: nothing but its totals is there. */
export function runOfTask(head: JsonObject, task: string, samples: TaskSamples | null): LoggedRun {
  const result = asObject(field(field(head, "results"), task));
  const numbers = loggedNumbers(result);
  const effective = numberField(field(field(head, "n-samples"), task), "effective");
  const planned = effective !== null && Number.isSafeInteger(effective) && effective >= 0 ? effective : null;
  const original = numberField(field(field(head, "n-samples"), task), "original");
  const taskConfig = field(field(head, "configs"), task);
  const run: LoggedRun = {
    format: "lm-evaluation-harness",
    formatVersion: null,
    status: "success",
    complete: false,
    task: wellFormed(task.slice(0, 500)),
    taskVersion: versionOf(head, task),
    taskId: textField(field(head, "task_hashes"), task, 200),
    evalId: null,
    runId: null,
    evalSetId: null,
    model: modelOf(head),
    createdAt: createdAtOf(head),
    harness: { name: "lm_eval", version: textField(head, "lm_eval_version", 200) },
    dataset: { name: textField(taskConfig, "dataset_path", 500), samples: original, sampleIds: null },
    epochs: 1,
    reducers: [],
    limits: {},
    settings: settingsOf(head, task),
    tags: [],
    planned,
    attempts: [],
    metrics: recomputeTask(head, task, result, samples?.collection ?? null),
    scorers: [],
    lost: [],
    notes: [],
  };
  if (samples === null) return withoutSamples(run);
  const { collection } = samples;
  const headline = headlineOf(numbers, head, task, collection);
  const measured = measuredOf(numbers, collection);
  run.attempts = inOrder(collection).map(([id, values]) => {
    const metadata = collection.labels.get(id) ?? noMetadata;
    return attemptOf({ id, values, metadata }, measured, headline);
  });
  run.scorers = measured.map((one) => ({
    name: scorerName(one.metric, one.filter),
    direction: "unknown",
    metrics: numbers.filter((it) => it.metric === one.metric && it.filter === one.filter).map(({ key }) => key),
  }));
  noteMissing(samples, planned);
  describe(run, samples, headline, numberField(taskConfig, "repeats"));
  return run;
}

function describe(run: LoggedRun, samples: TaskSamples, headline: Measured | null, repeats: number | null): void {
  if (headline === null) {
    run.notes.push(
      "None of its metrics says which samples were solved (0 to 1, more is better): no attempt is scored.",
    );
  } else run.notes.push(`An attempt's score is its ${scorerName(headline.metric, headline.filter)}.`);
  if (repeats !== null && repeats > 1) {
    run.notes.push(`Each sample was asked ${String(repeats)} times; the harness logs one value for all of them.`);
  }
  const { replaced } = samples.collection;
  if (replaced > 0) run.notes.push(`${String(replaced)} records were replaced by later ones of the same sample.`);
  run.lost = samples.losses.list;
  run.complete = run.lost.length === 0;
}
