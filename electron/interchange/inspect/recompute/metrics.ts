import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { isUnscored, toFloat } from "../score-value.ts";
import type { Reduced } from "./population.ts";

/**
 * Inspect's built-in metrics over reduced samples.
 * Sources: inspect_ai scorer/_metrics; clustered errors after arXiv:2411.00640, with Inspect's factor C/(C−1).
 */

export interface MetricDefinition {
  /** Name without package, e.g. "stderr". */
  readonly name: string;
  /** The key in the results, for metrics that write several. */
  readonly key: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What a metric came to: a number (NaN where Inspect has NaN), or the word for why there is none. */
export type MetricValue = number | "custom" | "random";

export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample variance with n − 1; 0 below two values. */
export function varianceOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

function standardError(values: readonly number[]): number {
  return values.length < 2 ? 0 : Math.sqrt(varianceOf(values) / values.length);
}

function floats(samples: readonly Reduced[]): number[] {
  return samples.map((sample) => toFloat(sample.value));
}

interface Clustered {
  readonly error: number;
  readonly clusters: number;
}

/** √( C/(C−1) · Σ_c (Σ_{i∈c} (x_i − m))² ) / n; 0 below two clusters. Null where a sample has no cluster. */
function clusteredError(samples: readonly Reduced[], key: string): Clustered | null {
  const values = samples.map((sample) => toFloat(sample.value));
  const mean = meanOf(values);
  const sums = new Map<string, number>();
  for (const [index, sample] of samples.entries()) {
    const cluster = sample.metadata.get(key);
    if (cluster === undefined) return null;
    sums.set(cluster, (sums.get(cluster) ?? 0) + (values[index] ?? 0) - mean);
  }
  const clusters = sums.size;
  if (clusters < 2) return { error: 0, clusters };
  const total = [...sums.values()].reduce((sum, part) => sum + part * part, 0);
  return { error: Math.sqrt((total * clusters) / (clusters - 1)) / samples.length, clusters };
}

function textParam(definition: MetricDefinition, name: string): string | null {
  const value = Object.hasOwn(definition.params, name) ? definition.params[name] : undefined;
  return typeof value === "string" ? value : null;
}

function stderrMetric(samples: readonly Reduced[], definition: MetricDefinition): MetricValue {
  const cluster = textParam(definition, "cluster");
  if (cluster !== null) return clusteredError(samples, cluster)?.error ?? "custom";
  return standardError(samples.map((sample) => toFloat(sample.value)));
}

/** Standard error and degrees of freedom of the mean, over clusters where the metric names them; null: unknowable. */
function spreadOf(samples: readonly Reduced[], cluster: string | null): { error: number; freedom: number } | null {
  if (cluster === null) return { error: standardError(floats(samples)), freedom: samples.length - 1 };
  const clustered = clusteredError(samples, cluster);
  return clustered === null ? null : { error: clustered.error, freedom: clustered.clusters - 1 };
}

/** mean ± t(1 − α/2, n − 1) · stderr; clusters − 1 degrees of freedom where clustered. */
function intervalBound(samples: readonly Reduced[], definition: MetricDefinition): MetricValue {
  const { key, params } = definition;
  const method = textParam(definition, "method") ?? "t";
  if (method === "bootstrap") return "random";
  const spread = spreadOf(samples, textParam(definition, "cluster"));
  if (spread === null || method !== "t" || (key !== "lower" && key !== "upper")) return "custom";
  const level = levelOf(params);
  const mean = meanOf(floats(samples));
  if (spread.freedom < 1 || spread.error === 0) return mean;
  const margin = tQuantile(1 - (1 - level) / 2, spread.freedom) * spread.error;
  return key === "lower" ? mean - margin : mean + margin;
}

/**
 * Wilson's score interval of the mean. Clustered: at the effective sample size p(1−p)/SE² (at most n) with the critical
 * value of t at clusters − 1 (Korn & Graubard 1998; Franco et al. 2019, PMC6690503).
 */
function wilsonBound(samples: readonly Reduced[], definition: MetricDefinition): MetricValue {
  const { key, params } = definition;
  const cluster = textParam(definition, "cluster");
  const clustered = cluster === null ? null : clusteredError(samples, cluster);
  if ((key !== "lower" && key !== "upper") || (cluster !== null && clustered === null)) return "custom";
  if (samples.length === 0) return 0;
  const upperTail = 1 - (1 - levelOf(params)) / 2;
  const rate = meanOf(floats(samples));
  const n = clustered === null ? samples.length : effectiveSize(rate, clustered.error, samples.length);
  const z = clustered === null ? normalQuantile(upperTail, 0, 1) : tQuantile(upperTail, clustered.clusters - 1);
  return wilson(rate, n, z)[key];
}

/** How many independent samples would give this standard error of a rate; never more than there are. */
function effectiveSize(rate: number, error: number, samples: number): number {
  const spread = rate * (1 - rate);
  return spread > 0 && error > 0 ? Math.min(spread / error ** 2, samples) : samples;
}

function levelOf(params: MetricDefinition["params"]): number {
  return typeof params.level === "number" ? params.level : 0.95;
}

function wilson(rate: number, n: number, z: number): { lower: number; upper: number } {
  const denominator = 1 + (z * z) / n;
  const center = (rate + (z * z) / (2 * n)) / denominator;
  const half = (z * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n))) / denominator;
  return { lower: Math.max(center - half, 0), upper: Math.min(center + half, 1) };
}

/** 3CB: a challenge counts as solved if any of its prompts was; √(p(1−p)/n) over challenges. */
function bestPerChallenge(samples: readonly Reduced[], definition: MetricDefinition): MetricValue {
  const best = new Map<string, number>();
  for (const sample of samples) {
    const challenge = sample.metadata.get("challenge") ?? sample.metadata.get("challenge_id") ?? sample.sample;
    best.set(challenge, Math.max(best.get(challenge) ?? 0, toFloat(sample.value)));
  }
  const n = best.size;
  const rate = meanOf([...best.values()]);
  if (/(?:stderr|error)$/.test(definition.key)) return n === 0 ? 0 : Math.sqrt((rate * (1 - rate)) / n);
  return definition.key === "accuracy" || definition.key === "best_per_challenge" || definition.key.endsWith("rate")
    ? rate
    : "custom";
}

/** A value as Python prints it; numbers that JSON cannot tell apart (1 and 1.0) have both spellings. */
function labelsOf(value: unknown): readonly string[] {
  if (typeof value === "boolean") return [value ? "True" : "False"];
  if (typeof value === "number")
    return Number.isInteger(value) ? [String(value), `${String(value)}.0`] : [String(value)];
  return typeof value === "string" ? [value] : [];
}

function share(samples: readonly Reduced[], label: string, normalize: boolean): MetricValue {
  const kinds = new Set(
    samples.filter(({ value }) => labelsOf(value).includes(label)).map(({ value }) => typeof value),
  );
  // The text "2" beside the number 2, or 2.0: Python counts them under one label or two, JSON does not say which.
  if (kinds.size > 1) return "custom";
  const count = samples.filter((sample) => labelsOf(sample.value).includes(label)).length;
  return normalize && samples.length > 0 ? count / samples.length : count;
}

type Compute = (samples: readonly Reduced[], definition: MetricDefinition) => MetricValue;

const computations: ReadonlyMap<string, Compute> = new Map<string, Compute>([
  ["accuracy", (samples) => meanOf(floats(samples))],
  ["mean", (samples) => meanOf(floats(samples))],
  ["var", (samples) => varianceOf(floats(samples))],
  ["std", (samples) => Math.sqrt(varianceOf(floats(samples)))],
  ["stderr", stderrMetric],
  ["ci", intervalBound],
  ["ci_wilson", wilsonBound],
  ["aggregate", aggregateMetric],
  ["grouped", groupedMetric],
  ["best_per_challenge", bestPerChallenge],
  ["frequency", (samples, { key, params }) => share(samples, key, params.normalize !== false)],
  ["category_rate", (samples, { key }) => share(samples, key, true)],
  ["bootstrap_stderr", () => "random"],
  ["bootstrap_std", () => "random"],
]);

/** Metrics that look at every epoch by itself. */
export const unreducedMetrics: ReadonlySet<string> = new Set(["frequency", "category_rate", "categorical"]);

/** The metric that `grouped` or `aggregate` applies: its name, however the log spells the object. */
function innerMetric(inner: unknown): MetricDefinition | null {
  const named: unknown = typeof inner === "object" && inner !== null && "name" in inner ? inner.name : inner;
  if (typeof named !== "string") return null;
  const own: unknown = typeof inner === "object" && inner !== null && "params" in inner ? inner.params : {};
  const name = bareName(named);
  return { name, key: name, params: typeof own === "object" && own !== null ? { ...own } : {} };
}

/** Samples by the value of a metadata key; null where one has none, or no key is known. */
function groupsBy(samples: readonly Reduced[], key: string | null): Map<string, Reduced[]> | null {
  if (key === null) return null;
  const groups = new Map<string, Reduced[]>();
  for (const sample of samples) {
    const name = sample.metadata.get(key);
    if (name === undefined) return null;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [sample]);
    else group.push(sample);
  }
  return groups;
}

/** A metric over one key of dict-valued scores; NaN is left out, a key that is not there as the metric was told. */
function aggregateMetric(samples: readonly Reduced[], definition: MetricDefinition): MetricValue {
  const inner = innerMetric(definition.params.agg);
  const key = textParam(definition, "key");
  const onMissing = textParam(definition, "on_missing") ?? "error";
  // Nothing nested deeper: what a log says of its metrics is not trusted to end.
  if (inner === null || key === null || ["aggregate", "grouped"].includes(inner.name)) return "custom";
  const parts = partsOf(samples, key, onMissing);
  if (parts === null) return "custom";
  return parts.length === 0 ? Number.NaN : computeMetric(parts, inner);
}

/** The samples with what stands under the key; null where a sample has nothing there and that is an error. */
function partsOf(samples: readonly Reduced[], key: string, onMissing: string): Reduced[] | null {
  const parts: Reduced[] = [];
  for (const sample of samples) {
    if (!(sample.value instanceof Map)) return null;
    const value: unknown = sample.value.get(key) ?? null;
    if (isUnscored(value)) continue;
    if (value !== null) parts.push({ ...sample, value });
    else if (onMissing === "zero") parts.push({ ...sample, value: 0 });
    else if (onMissing !== "skip") return null;
  }
  return parts;
}

/** True where a group is written under this label. JSON cannot tell 2 and 2.0 apart; Python names groups after either. */
function isLabelOf(label: string, group: string, template: string): boolean {
  const spellings = /^-?\d+$/.test(group) ? [group, `${group}.0`] : [group];
  return spellings.some((spelling) => template.replaceAll("{group_name}", () => spelling) === label);
}

/** A metric per value of a metadata key, and one for all (over samples, or the mean of the groups). */
function groupedMetric(samples: readonly Reduced[], definition: MetricDefinition): MetricValue {
  const inner = innerMetric(definition.params.metric);
  const groups = groupsBy(samples, textParam(definition, "group_key") ?? textParam(definition, "key"));
  if (inner === null || groups === null || inner.name === "grouped") return "custom";
  const wanted = definition.key;
  const template = textParam(definition, "name_template") ?? "{group_name}";
  const suffix = `_${inner.name}`;
  const [, group] =
    [...groups].find(([name]) => isLabelOf(wanted, name, template)) ??
    [...groups].find(([name]) => `${name}${suffix}` === wanted) ??
    [];
  if (group !== undefined) return computeMetric(group, inner);
  if (wanted !== (textParam(definition, "all_label") ?? "all")) return "custom";
  if (textParam(definition, "all") !== "groups") return computeMetric(samples, inner);
  return meanOfMetrics([...groups.values()].map((members) => computeMetric(members, inner)));
}

function meanOfMetrics(values: readonly MetricValue[]): MetricValue {
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length === values.length ? meanOf(numbers) : "custom";
}

/** A metric's or reducer's name without the package that it is registered under. */
export function bareName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

export function isBuiltIn(name: string): boolean {
  return computations.has(name);
}

/** Computes one metric over the scored samples. */
export function computeMetric(samples: readonly Reduced[], definition: MetricDefinition): MetricValue {
  return computations.get(definition.name)?.(samples, definition) ?? "custom";
}
