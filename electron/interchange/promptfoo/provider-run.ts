import type { AttemptRecord, RecomputedMetric } from "../../contract/attempt.ts";
import { agrees } from "../agreement.ts";
import { field, isObject, listField, numberField, textField, wellFormed } from "../json/fields.ts";
import { plainJson } from "../json/plain-json.ts";
import type { JsonValue, LoggedRun, Loss } from "../logged-run.ts";
import type { ReadRun } from "../reader.ts";
import { attemptOf, endedInError } from "./result-attempt.ts";
import type { ResultCollection, ResultColumn } from "./result-collection.ts";
import type { ResultRow } from "./result-row.ts";

/** A provider's column of results as a run. */

/** What the file says beside its rows; a JSON Lines file says nothing. */
export interface EvalHead {
  readonly evalId: string | null;
  readonly timestamp: string | null;
  readonly version: number | null;
  readonly prompts: readonly unknown[];
  readonly config: unknown;
  readonly metadata: unknown;
}

const mostEpochs = 10_000;

/** A test that was repeated has several indices: in their order they are its epochs. */
function attemptsOf(column: ResultColumn, collection: ResultCollection): AttemptRecord[] {
  const epochs = new Map<string, number>();
  const rows = [...column.rows].sort((a, b) => (a.testIdx ?? 0) - (b.testIdx ?? 0));
  return rows.map((row) => {
    const hash = collection.hashOf(row);
    const epoch = (epochs.get(hash) ?? 0) + 1;
    epochs.set(hash, epoch);
    return attemptOf(row, collection.taskId(hash), epoch);
  });
}

const totals: readonly (readonly [string, (rows: readonly ResultRow[]) => number])[] = [
  ["testPassCount", (rows) => rows.filter((row) => row.success === true).length],
  ["testErrorCount", (rows) => rows.filter(endedInError).length],
  ["testFailCount", (rows) => rows.filter((row) => row.success !== true && !endedInError(row)).length],
  ["score", (rows) => sum(rows.map((row) => row.score))],
  ["totalLatencyMs", (rows) => sum(rows.map((row) => row.latencyMs))],
  ["cost", (rows) => sum(rows.map((row) => row.cost))],
];

function sum(values: readonly (number | null | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}

function metric(name: string, logged: number, recomputed: number): RecomputedMetric {
  const same = agrees(logged, recomputed, 1e-9);
  return {
    scorer: "promptfoo",
    reducer: null,
    metric: wellFormed(name).slice(0, 500),
    logged,
    recomputed: Number.isFinite(recomputed) ? recomputed : null,
    verdict: same ? "matches" : "differs",
    reason: same ? null : "The results in this file do not add up to the number that it states.",
  };
}

/** The sums that promptfoo states for a prompt at a provider, added up again from its rows. */
function metricsOf(column: ResultColumn, head: EvalHead): RecomputedMetric[] {
  const stated = column.promptIdx === null ? null : field(head.prompts[column.promptIdx], "metrics");
  const metrics = totals.flatMap(([name, add]) => {
    const logged = numberField(stated, name);
    return logged === null ? [] : [metric(name, logged, add(column.rows))];
  });
  const named = field(stated, "namedScores");
  for (const name of Object.keys(isObject(named) ? named : {}).slice(0, 200)) {
    const logged = numberField(named, name);
    const total = sum(column.rows.map((row) => row.namedScores.get(name)));
    if (logged !== null) metrics.push(metric(`namedScores.${name}`, logged, total));
  }
  return metrics;
}

function timeOf(text: string | null): number | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

const secret = /key|token|secret|password|auth|header/i;

/** The provider's own settings as the configuration gives them, without keys that somebody put there. */
function providerConfig(head: EvalHead, column: ResultColumn): JsonValue {
  const { id, label } = column.provider;
  for (const provider of listField(head.config, "providers")) {
    if (field(provider, "id") !== id || (textField(provider, "label") ?? "") !== label) continue;
    const config = plainJson(field(provider, "config") ?? null);
    if (config === null || typeof config !== "object" || Array.isArray(config)) return null;
    return Object.fromEntries(
      Object.entries(config).filter(([name]) => !secret.test(name) || name === "max_tokens" || name === "maxTokens"),
    );
  }
  return null;
}

function settingsOf(head: EvalHead, column: ResultColumn): JsonValue {
  return {
    provider: { id: column.provider.id, label: column.provider.label, config: providerConfig(head, column) },
    prompt: column.promptLabel,
    evaluateOptions: plainJson(field(head.config, "evaluateOptions") ?? null),
  };
}

/** What the run is called: by the description of the evaluation, else by the file. */
function taskOf(head: EvalHead, fileName: string): string {
  const description = textField(head.config, "description", 500)?.trim() ?? "";
  return description === "" ? wellFormed(fileName.replace(/\.jsonl?$/i, "").slice(0, 500)) : description;
}

function statedTests(head: EvalHead, column: ResultColumn): number | null {
  const stated = column.promptIdx === null ? null : field(head.prompts[column.promptIdx], "metrics");
  const counts = ["testPassCount", "testFailCount", "testErrorCount"].map((name) => numberField(stated, name));
  const tests = sum(counts);
  return counts.every((count) => count === null) || !Number.isSafeInteger(tests) || tests < 0 ? null : tests;
}

function runOf(column: ResultColumn, collection: ResultCollection, head: EvalHead, fileName: string): LoggedRun {
  const attempts = attemptsOf(column, collection).filter((attempt) => attempt.epoch <= mostEpochs);
  const epochs = attempts.reduce((most, attempt) => Math.max(most, attempt.epoch), 1);
  const { id, label } = column.provider;
  const twins = [...collection.columns.values()].filter((one) => one.provider.id === id);
  const labels = new Set(twins.map((one) => one.provider.label));
  return {
    format: "promptfoo",
    formatVersion: head.version,
    status: "success",
    complete: true,
    task: taskOf(head, fileName),
    taskVersion: null,
    taskId: null,
    evalId: head.evalId,
    runId: null,
    evalSetId: null,
    model: labels.size > 1 && label !== "" ? `${id} (${label})`.slice(0, 500) : id,
    createdAt: timeOf(head.timestamp),
    harness: { name: "promptfoo", version: textField(head.metadata, "promptfooVersion", 200) },
    dataset: { name: null, samples: null, sampleIds: null },
    epochs,
    reducers: [],
    limits: {},
    settings: settingsOf(head, column),
    tags: [],
    planned: statedTests(head, column),
    attempts,
    metrics: metricsOf(column, head),
    scorers: [...new Set(attempts.flatMap(({ scores }) => scores.map(({ scorer }) => scorer)))]
      .slice(0, 200)
      .map((name) => ({ name, direction: "unknown", metrics: [] })),
    lost: [],
    notes: ["An attempt's score is whether its test passed; promptfoo's own score stands beside it."],
  };
}

/** Every column of a file as a run: one a provider, and with several prompts one a provider and prompt. */
export function runsOf(
  collection: ResultCollection,
  head: EvalHead,
  fileName: string,
  lost: readonly Loss[],
): ReadRun[] {
  const prompts = new Map<string, number>();
  return [...collection.columns.values()].map((column) => {
    const { id, label } = column.provider;
    const provider = JSON.stringify([id, label]);
    const prompt = (prompts.get(provider) ?? 0) + 1;
    prompts.set(provider, prompt);
    const run = runOf(column, collection, head, fileName);
    const missing = (run.planned ?? 0) - run.attempts.length;
    run.lost = [...lost];
    if (missing > 0) run.lost.push({ what: "result", count: missing, reason: "it was counted and is not in the file" });
    if (collection.duplicates > 0) {
      run.notes.push(`${String(collection.duplicates)} results stood in the file twice; the first of each counts.`);
    }
    if (prompt > 1 || column.promptLabel !== "")
      run.notes.push(`Prompt: ${wellFormed(column.promptLabel).slice(0, 200)}`);
    run.complete = run.lost.length === 0;
    const name = label === "" || label === id ? id : `${id} (${label})`;
    const part = prompt === 1 ? name : `${name}, prompt ${String(prompt)}`;
    return { part: wellFormed(part), files: [fileName], run, salvaged: run.lost.length > 0 };
  });
}
