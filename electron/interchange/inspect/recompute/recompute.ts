import type { MetricVerdict, RecomputedMetric } from "../../../contract/attempt.ts";
import { agrees } from "../../agreement.ts";
import { asObject, field, listField, textField, wellFormed, type JsonObject } from "../../json/fields.ts";
import { reducersOf, resultRows, type EvalHeader } from "../eval-header.ts";
import {
  bareName,
  computeMetric,
  isBuiltIn,
  unreducedMetrics,
  type MetricDefinition,
  type MetricValue,
} from "./metrics.ts";
import { toFloat } from "../score-value.ts";
import { isDictionary, isMissing, type Observation, type Population, type Reduced } from "./population.ts";
import { countsFromThreshold, reduceEpochs, reducerNamed, type NullReading } from "./reducers.ts";

/**
 * A log's own metrics, computed again from its samples.
 *
 * Inspect's rule: scores of all samples that have one (errored samples without a score vanish, invalidated ones stay),
 * grouped by id, epochs reduced, NaN dropped, then the metric. Where that does not give the logged number the likely
 * other populations are tried, so that the reason for a difference can be named.
 */

/** What differently rounded sums of these values may differ by, where all but their rounding cancels out. */
function noiseOf(samples: readonly Reduced[]): number {
  return samples.reduce((most, { value }) => Math.max(most, 8 * Number.EPSILON * Math.abs(toFloat(value))), 0);
}

interface Row {
  readonly scorer: string;
  /** Key of a dict-valued score that this row is about. */
  readonly part: string | null;
  readonly reducer: string | null;
  readonly metrics: JsonObject;
}

/** One way of choosing what counts. */
interface Variant {
  readonly reason: string | null;
  readonly verdict: MetricVerdict;
  readonly nulls: NullReading;
  readonly choose: (observations: readonly Observation[], population: Population) => readonly Observation[];
}

const editedReason = "The logged number fits the scores as they were before they were edited.";

const variants: readonly Variant[] = [
  { reason: null, verdict: "matches", nulls: "unscored", choose: (all) => all },
  {
    reason: "A null inside a dict or list score was counted as 0, as Inspect did until August 2026.",
    verdict: "matches",
    nulls: "zero",
    choose: (all) => all,
  },
  {
    reason: "The logged number leaves the invalidated samples out.",
    verdict: "matches-if-excluded",
    nulls: "unscored",
    choose: (all) => all.filter((one) => !one.invalidated),
  },
  {
    reason: "The logged number leaves the errored samples out.",
    verdict: "matches-if-excluded",
    nulls: "unscored",
    choose: (all) => all.filter((one) => !one.errored),
  },
  {
    reason: "The logged number leaves the errored and the invalidated samples out.",
    verdict: "matches-if-excluded",
    nulls: "unscored",
    choose: (all) => all.filter((one) => !one.errored && !one.invalidated),
  },
  {
    reason: "The logged number counts the errored samples that have no score as 0.",
    verdict: "matches-if-excluded",
    nulls: "unscored",
    choose: (all, population) => [...all, ...population.errored],
  },
  {
    reason: editedReason,
    verdict: "differs",
    nulls: "unscored",
    choose: (all) => all.map((one) => ({ ...one, value: one.original })),
  },
];

/** A definition, and whether its metric is registered by somebody else than Inspect: then its name proves nothing. */
type Defined = MetricDefinition & { readonly own: boolean };

/** Rows of a dict-valued score name the ends of an interval after the metric. */
function boundOf(key: string): string | null {
  return /^(?:inspect_ai\/)?ci_(lower|upper)$/.exec(key)?.[1] ?? null;
}

function defineMetric(name: string, key: string, metric: JsonObject, declared: Declared | undefined): Defined {
  const logged = asObject(field(metric, "params") ?? field(metric, "options"));
  // Declared twice, only what the result itself says tells which of the two it is.
  const told = Object.keys(logged).length > 0 || declared?.often === true;
  const params = told ? logged : asObject(declared?.params);
  return { name, key, params, own: declared?.own ?? false };
}

/** The row's metric as a definition: its own name and parameters, and those of the group that wrote it. */
function definitionOf(key: string, metric: JsonObject, row: Row, header: EvalHeader): Defined {
  const group = textField(metric, "group", 500);
  const named = bareName(group ?? textField(metric, "name", 500) ?? key);
  const declared = declaredMetrics(header, row);
  const defined = (name: string, label: string): Defined => defineMetric(name, label, metric, declared.get(name));
  // Metrics that write a dict name each entry after its key, which may be another metric's name: where such a metric
  // was declared and this one was not, it is the writer.
  const writer = writers.find((name) => declared.has(name)) ?? null;
  if (isBuiltIn(named) && (group !== null || writer === null || declared.has(named))) {
    return defined(named, group === null ? bareName(key) : labelOf(metric, key));
  }
  const bound = boundOf(key);
  if (row.part !== null && bound !== null) return defined("ci", bound);
  return defined(writer ?? named, bareKey(key));
}

/** Of two metrics with one label the second's key ends in a number; in a row of a part the key begins with its metric. */
function labelOf(metric: JsonObject, key: string): string {
  return textField(metric, "name", 500) ?? bareKey(key);
}

/** Keys of results are labels, not registered names: a label may hold a slash. */
function bareKey(key: string): string {
  return key.replace(/^inspect_ai\//, "");
}

const writers = ["grouped", "best_per_challenge", "frequency", "category_rate"] as const;

interface Declared {
  readonly params: unknown;
  /** True where the metric is registered by another package than Inspect: its name proves nothing. */
  readonly own: boolean;
  /** True where it is declared again with other parameters. */
  readonly often: boolean;
}

const harmlessPackages = /^(?:inspect_ai\/)?[^/]+$/;

function declaredMetrics(header: EvalHeader, row: Row): Map<string, Declared> {
  const found = new Map<string, Declared>();
  const take = (metric: unknown): void => {
    const name = textField(metric, "name", 500);
    if (name === null) {
      for (const nested of Object.values(asObject(metric))) if (Array.isArray(nested)) nested.forEach(take);
      return;
    }
    const own = !harmlessPackages.test(name) && !name.endsWith("/best_per_challenge");
    const params = field(metric, "params") ?? field(metric, "options");
    const before = found.get(bareName(name));
    const often = before !== undefined && (before.often || JSON.stringify(before.params) !== JSON.stringify(params));
    found.set(bareName(name), { params, own, often });
  };
  for (const scorer of listField(field(header, "eval"), "scorers")) {
    const name = textField(scorer, "name", 500);
    if (name !== null && bareName(name) !== bareName(row.scorer)) continue;
    const metrics = field(scorer, "metrics");
    if (Array.isArray(metrics)) metrics.forEach(take);
    else for (const list of Object.values(asObject(metrics))) if (Array.isArray(list)) list.forEach(take);
  }
  return found;
}

/** The values that a metric sees: reduced, of the wanted key, without NaN. */
function scoredSamples(
  observations: readonly Observation[],
  row: Row,
  reduce: ReturnType<typeof reducerNamed>,
  nulls: NullReading,
): Reduced[] {
  const reduced = reduceEpochs(observations, reduce, nulls);
  const { part } = row;
  const parts =
    part === null
      ? reduced
      : reduced.map((one) => ({
          ...one,
          value: one.value instanceof Map ? readPart(one.value.get(part), nulls) : Number.NaN,
        }));
  return parts.filter((one) => !isMissing(one.value));
}

function readPart(value: unknown, nulls: NullReading): unknown {
  return value === null && nulls === "zero" ? 0 : value;
}

/** The reducer of a row: its own, else the log's only one, else the mean; "none" where reduction is switched off. */
function reducerOf(row: Row, header: EvalHeader): string {
  if (row.reducer !== null) return row.reducer;
  const configured = reducersOf(header);
  if (configured?.length === 0) return "none";
  const [only] = configured ?? [];
  return configured?.length === 1 && only !== undefined ? only : "mean";
}

/** Recomputes every metric of a log. `population` holds its samples' scores by scorer. */
export function recomputeMetrics(header: EvalHeader, population: Population): RecomputedMetric[] {
  const verdicts: RecomputedMetric[] = [];
  for (const result of resultRows(header)) {
    const name = textField(result, "name", 500) ?? "";
    const scorer = textField(result, "scorer", 500) ?? name;
    const row: Row = {
      scorer,
      part: name === scorer || name === "" ? null : name,
      reducer: textField(result, "reducer", 200),
      metrics: asObject(result.metrics),
    };
    for (const [key, metric] of Object.entries(row.metrics)) {
      verdicts.push(recomputeOne(row, key.slice(0, 500), asObject(metric), header, population));
    }
  }
  return verdicts;
}

type Outcome = Pick<RecomputedMetric, "recomputed" | "verdict" | "reason">;

function recomputeOne(
  row: Row,
  key: string,
  metric: JsonObject,
  header: EvalHeader,
  population: Population,
): RecomputedMetric {
  const value = field(metric, "value");
  const logged = typeof value === "number" ? value : Number.NaN;
  return {
    scorer: wellFormed(row.part === null ? row.scorer : `${row.scorer}/${row.part}`).slice(0, 500),
    reducer: row.reducer,
    metric: wellFormed(key),
    logged: Number.isFinite(logged) ? logged : null,
    ...outcomeOf(row, definitionOf(key, metric, row, header), logged, header, population),
  };
}

/** Metrics that look at every epoch by themselves have no reducer, unless their row names one. */
function reducerFor(row: Row, { name }: Defined, header: EvalHeader): string {
  return unreducedMetrics.has(name) && row.reducer === null ? "none" : reducerOf(row, header);
}

function unknownMetric({ name, own }: Defined): Outcome | null {
  if (!own && notComputedHere.has(name)) {
    return notRecomputable(`The metric “${name}” is Inspect's, but is not computed again here.`);
  }
  return own || !isBuiltIn(name) ? notRecomputable(`The metric “${name}” is the evaluation's own code.`) : null;
}

function outcomeOf(row: Row, definition: Defined, logged: number, header: EvalHeader, population: Population): Outcome {
  const observations = population.byScorer.get(row.scorer) ?? [];
  if (observations.length === 0) {
    return { recomputed: null, verdict: "no-scores", reason: "The log holds no scores of this scorer." };
  }
  const unknown = unknownMetric(definition);
  if (unknown !== null) return unknown;
  const reducer = reducerFor(row, definition, header);
  const reduce = reducer === "none" ? null : reducerNamed(reducer);
  if (reducer !== "none" && reduce === null) {
    return notRecomputable(`The reducer “${reducer}” is the evaluation's own code.`);
  }
  const outcomeWith = (reducing: typeof reduce): Outcome =>
    compared(row, definition, logged, (variant) =>
      scoredSamples(variant.choose(observations, population), row, reducing, variant.nulls),
    );
  const outcome = outcomeWith(reduce);
  const isUnexplained = outcome.verdict === "differs" && outcome.reason !== editedReason;
  return isUnexplained && countsFromThreshold(reducer)
    ? (outcomeOfThreshold(reducer, observations, outcomeWith) ?? outcome)
    : outcome;
}

/** Where a reducer would have given the logged number from another threshold, nobody can say; null where none does. */
function outcomeOfThreshold(
  reducer: string,
  observations: readonly Observation[],
  outcomeWith: (reduce: ReturnType<typeof reducerNamed>) => Outcome,
): Outcome | null {
  const fits = (value: number): boolean => outcomeWith(reducerNamed(reducer, value)).verdict === "matches";
  const threshold = thresholdsOf(observations).find(fits);
  if (threshold === undefined) return null;
  return notRecomputable(
    `“${reducer}” counts scores from a threshold that the log does not record; from ${String(threshold)} on it would fit.`,
  );
}

const thresholdsTried = 50;

/** Scores from which a reducer could have counted: the positive ones that there are. */
function thresholdsOf(observations: readonly Observation[]): number[] {
  const found = new Set<number>();
  const take = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(take);
    else if (isDictionary(value)) Object.values(value).forEach(take);
    else if (toFloat(value) > 0 && found.size < thresholdsTried) found.add(toFloat(value));
  };
  for (const { value } of observations) take(value);
  return [...found].sort((a, b) => a - b);
}

const notComputedHere = new Set(["krippendorff_alpha", "perplexity_per_seq", "perplexity_per_token"]);

function notRecomputable(reason: string): Outcome {
  return { recomputed: null, verdict: "not-recomputable", reason: wellFormed(reason).slice(0, 1_000) };
}

/** With nothing scored some versions wrote NaN and others 0: either is right, so what the log has is the answer. */
function metricOver(samples: readonly Reduced[], definition: MetricDefinition, logged: number): MetricValue {
  const value = computeMetric(samples, definition);
  const isEmpty = samples.length === 0 && typeof value === "number";
  return isEmpty && (Number.isNaN(logged) || logged === 0) ? logged : value;
}

function compared(
  row: Row,
  definition: MetricDefinition,
  logged: number,
  samplesOf: (variant: Variant) => Reduced[],
): Outcome {
  let byTheRule: number | null = null;
  for (const variant of variants) {
    const samples = samplesOf(variant);
    const value = metricOver(samples, definition, logged);
    if (value === "random") {
      return { recomputed: null, verdict: "random", reason: "The metric draws random samples and cannot be repeated." };
    }
    if (value === "custom") return notRecomputable(`“${definition.key}” cannot be told from what the log records.`);
    if (variant.reason === null) byTheRule = value;
    const matches = agrees(logged, value, noiseOf(samples));
    if (matches) return { recomputed: finite(byTheRule), verdict: variant.verdict, reason: variant.reason };
  }
  if (definition.name === "best_per_challenge") {
    return notRecomputable("best_per_challenge is the evaluation's own code, and its usual formula does not fit.");
  }
  const where = row.part === null ? "" : ` of “${row.part}”`;
  return {
    recomputed: finite(byTheRule),
    verdict: "differs",
    reason: wellFormed(`The samples in this log do not give the logged number${where}.`).slice(0, 1_000),
  };
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

/** Metrics that apply metrics: no more of them inside each other are looked into, however deep a log claims to go. */
const deepestNesting = 4;

/** Metadata keys that a log's metrics cluster or group by. */
export function groupingKeys(header: EvalHeader): { clusterBy: string[]; all: string[] } {
  const clusterBy = new Set<string>();
  const all = new Set<string>();
  const take = (params: unknown, depth = 0): void => {
    const cluster = textField(params, "cluster", 500);
    if (cluster !== null) clusterBy.add(cluster);
    for (const name of ["cluster", "group_key", "key"]) {
      const key = textField(params, name, 500);
      if (key !== null) all.add(key);
    }
    for (const inner of [field(params, "metric"), field(params, "agg")]) {
      if (inner !== undefined && depth < deepestNesting) take(field(inner, "params"), depth + 1);
    }
  };
  const walk = (metric: unknown): void => {
    take(field(metric, "params") ?? field(metric, "options"));
    for (const nested of Object.values(asObject(metric))) if (Array.isArray(nested)) nested.forEach(walk);
  };
  for (const row of resultRows(header)) Object.values(asObject(row.metrics)).forEach(walk);
  for (const scorer of listField(field(header, "eval"), "scorers")) {
    const metrics = field(scorer, "metrics");
    if (Array.isArray(metrics)) metrics.forEach(walk);
    else for (const list of Object.values(asObject(metrics))) if (Array.isArray(list)) list.forEach(walk);
  }
  return { clusterBy: [...clusterBy], all: [...all] };
}
