import type { RecomputedMetric } from "../../contract/attempt.ts";
import { agrees } from "../agreement.ts";
import { wellFormed, type JsonObject } from "../json/fields.ts";
import { aggregationOf, loggedNumbers, type LoggedNumber } from "./results-file.ts";
import { valueOf, type SampleCollection } from "./sample-collection.ts";

/**
 * A task's numbers, computed again from its samples: one value a document, in one step (nothing is reduced first).
 * Source: lm-evaluation-harness, api/metrics.py: mean, its standard error s/√n with n − 1, perplexities over log-likelihoods;
 * errors of anything but the mean are bootstrapped.
 */

type Outcome = Pick<RecomputedMetric, "recomputed" | "verdict" | "reason">;

/** How metrics are aggregated unless the task says otherwise (the harness' own registry). */
const defaults: ReadonlyMap<string, string> = new Map([
  ...["acc", "acc_norm", "acc_bytes", "acc_mutual_info", "exact_match"].map((metric) => [metric, "mean"] as const),
  ["perplexity", "perplexity"],
  ["word_perplexity", "weighted_perplexity"],
  ["byte_perplexity", "weighted_perplexity"],
  ["bits_per_byte", "bits_per_byte"],
]);

interface Values {
  readonly numbers: readonly number[];
  /** Log-likelihoods with the words or bytes that they are of. */
  readonly pairs: readonly (readonly [likelihood: number, weight: number])[];
  /** Documents whose value is a list, a text or an object: the harness' own code makes one number of them. */
  readonly others: number;
}

function valuesOf(samples: SampleCollection, metric: string, filter: string): Values {
  const numbers: number[] = [];
  const pairs: [number, number][] = [];
  let others = 0;
  for (const values of samples.documents.values()) {
    const value = valueOf(values, { metric, filter });
    if (typeof value === "number") numbers.push(value);
    else if (typeof value === "boolean") numbers.push(value ? 1 : 0);
    else if (isPair(value)) pairs.push(value);
    else if (value !== undefined && value !== null) others += 1;
  }
  return { numbers, pairs, others };
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "number");
}

/** Σ log-likelihood / Σ words or bytes. */
function weightedMeanOf(pairs: Values["pairs"]): number {
  const weight = pairs.reduce((sum, [, one]) => sum + one, 0);
  return pairs.reduce((sum, [likelihood]) => sum + likelihood, 0) / weight;
}

/** The same over pairs, by the harness' names for them. */
const pairAggregations: ReadonlyMap<string, (pairs: Values["pairs"]) => number> = new Map([
  ["weighted_perplexity", (pairs) => Math.exp(-weightedMeanOf(pairs))],
  ["bits_per_byte", (pairs) => -weightedMeanOf(pairs) / Math.LN2],
]);

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** s/√n with n − 1. */
function standardErrorOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

function noiseOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, 8 * Number.EPSILON * Math.abs(value)), 0);
}

/** The aggregations that are computed here, by the harness' names for them. */
const aggregations: ReadonlyMap<string, (values: readonly number[]) => number> = new Map([
  ["mean", meanOf],
  ["nanmean", (values) => meanOf(values.filter((value) => !Number.isNaN(value)))],
  ["perplexity", (values) => Math.exp(-meanOf(values))],
]);

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function notRecomputable(reason: string): Outcome {
  return { recomputed: null, verdict: "not-recomputable", reason: wellFormed(reason).slice(0, 1_000) };
}

function compared(logged: number, value: number, noise: number, sureOfRule: boolean): Outcome {
  const recomputed = finite(value);
  if (agrees(logged, value, noise)) return { recomputed, verdict: "matches", reason: null };
  if (!sureOfRule) {
    return notRecomputable("The file does not say how the samples' values were aggregated, and it is not their mean.");
  }
  return { recomputed, verdict: "differs", reason: "The samples in this log do not give the logged number." };
}

const bootstrapped: Outcome = {
  recomputed: null,
  verdict: "random",
  reason: "This error is bootstrapped and cannot be repeated.",
};

function outcomeOf(logged: LoggedNumber, declared: string | null, samples: SampleCollection | null): Outcome {
  if (samples === null) {
    return { recomputed: null, verdict: "no-scores", reason: "The file holds only totals, no samples." };
  }
  const values = valuesOf(samples, logged.metric, logged.filter);
  if (values.numbers.length + values.pairs.length + values.others === 0) {
    return { recomputed: null, verdict: "no-scores", reason: "The samples hold no values of this metric." };
  }
  const known = declared ?? defaults.get(logged.metric) ?? null;
  return aggregated(logged, known, values);
}

function aggregated(logged: LoggedNumber, known: string | null, { numbers, pairs, others }: Values): Outcome {
  const overPairs = pairAggregations.get(known ?? "");
  if (overPairs !== undefined && numbers.length + others === 0) {
    return logged.isError ? bootstrapped : compared(logged.value, overPairs(pairs), 0, true);
  }
  if (others + pairs.length > 0) {
    return notRecomputable("Each sample has several values, which the harness' own code makes one of.");
  }
  const aggregate = aggregations.get(known ?? "mean");
  if (aggregate === undefined) return notRecomputable(`The aggregation “${known ?? ""}” is the harness' own code.`);
  if (!logged.isError) return compared(logged.value, aggregate(numbers), noiseOf(numbers), known !== null);
  return aggregate === meanOf
    ? compared(logged.value, standardErrorOf(numbers), noiseOf(numbers), known !== null)
    : bootstrapped;
}

/** "exact_match", "exact_match (strict-match)": a metric after a filter, as people say it. */
export function scorerName(metric: string, filter: string): string {
  const name = filter === "" || filter === "none" ? metric : `${metric} (${filter})`;
  return wellFormed(name).slice(0, 500);
}

/** Recomputes every number of a task. `samples` null: the file holds only totals. */
export function recomputeTask(
  head: JsonObject,
  task: string,
  result: JsonObject,
  samples: SampleCollection | null,
): RecomputedMetric[] {
  return loggedNumbers(result).map((logged) => ({
    scorer: scorerName(logged.metric, logged.filter),
    reducer: null,
    metric: wellFormed(logged.key).slice(0, 500),
    logged: finite(logged.value),
    ...outcomeOf(logged, aggregationOf(head, task, logged.metric), samples),
  }));
}
