import { toFloat } from "../score-value.ts";
import { bySample, isDictionary, isMissing, type Observation, type Reduced } from "./population.ts";

/**
 * Inspect's epoch reducers: many values of one sample become one.
 * Sources: inspect_ai scorer/_reducer; pass@k arXiv:2107.03374; pass^k arXiv:2406.12045.
 */

/**
 * Reduces the scored values of one sample (never empty, no NaN); `epochs` counts the unscored ones too. NaN: the
 * estimator is undefined here.
 */
type Reduce = (values: readonly unknown[], epochs: number) => unknown;

/** From which score on an epoch counts as solved, where the reducer was not told another: no log records that. */
const usualThreshold = 1;

function mean(values: readonly unknown[]): number {
  return values.reduce<number>((sum, value) => sum + toFloat(value), 0) / values.length;
}

function median(values: readonly unknown[]): number {
  const sorted = values.map(toFloat).sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** The most frequent raw value and how often it is there; of two as frequent, the one seen first. As in Python True is 1. */
function mostFrequent(values: readonly unknown[]): { value: unknown; count: number } {
  const counts = new Map<unknown, { value: unknown; count: number }>();
  for (const value of values) {
    const key = typeof value === "boolean" ? Number(value) : value;
    const seen = counts.get(key);
    if (seen === undefined) counts.set(key, { value, count: 1 });
    else seen.count += 1;
  }
  let best: { value: unknown; count: number } = { value: Number.NaN, count: 0 };
  for (const seen of counts.values()) if (seen.count > best.count) best = seen;
  return best;
}

function mode(values: readonly unknown[]): unknown {
  return mostFrequent(values).value;
}

/** The value that more than half of all epochs have, unscored ones counted: NaN where none has. */
function majority(values: readonly unknown[], epochs: number): unknown {
  const { value, count } = mostFrequent(values);
  return count * 2 > epochs ? value : Number.NaN;
}

function max(values: readonly unknown[]): unknown {
  return values.reduce((best, value) => (toFloat(value) > toFloat(best) ? value : best));
}

function solved(values: readonly unknown[], threshold: number): number {
  return values.filter((value) => toFloat(value) >= threshold).length;
}

function atLeast(k: number, threshold: number): Reduce {
  return (values) => (solved(values, threshold) >= k ? 1 : 0);
}

/** 1 − ∏ (1 − k/i) for i from n−c+1 to n: the chance that one of k drawn attempts solves it. */
function passAt(k: number, threshold: number): Reduce {
  return (values) => {
    const n = values.length;
    const c = solved(values, threshold);
    if (n < k) return Number.NaN;
    if (n - c < k) return 1;
    let none = 1;
    for (let i = n - c + 1; i <= n; i += 1) none *= 1 - k / i;
    return 1 - none;
  };
}

/** C(c,k) / C(n,k): the chance that all of k drawn attempts solve it. */
function passAll(k: number, threshold: number): Reduce {
  return (values) => {
    const n = values.length;
    const c = solved(values, threshold);
    if (n < k) return Number.NaN;
    let all = 1;
    for (let i = 0; i < k; i += 1) all *= Math.max(0, c - i) / (n - i);
    return all;
  };
}

const plain: ReadonlyMap<string, Reduce> = new Map<string, Reduce>([
  ["mean", mean],
  ["median", median],
  ["mode", mode],
  ["majority", majority],
  ["max", max],
  ["collect", (values) => [...values]],
]);
const counted: ReadonlyMap<string, (k: number, threshold: number) => Reduce> = new Map([
  ["at_least", atLeast],
  ["pass_at", passAt],
  ["pass_k", passAll],
]);

const countedName = /^(at_least|pass_at|pass_k)_(\d{1,6})$/;

function withoutPackage(name: string): string {
  return name.replace(/^inspect_ai\//, "");
}

/** True where the reducer counts the epochs from a threshold on, which the log does not record. */
export function countsFromThreshold(name: string): boolean {
  return countedName.test(withoutPackage(name));
}

/** The reducer that a log names, null where the name is somebody's own. */
export function reducerNamed(name: string, threshold = usualThreshold): Reduce | null {
  const bare = withoutPackage(name);
  const simple = plain.get(bare);
  if (simple !== undefined) return simple;
  const [, family, digits] = countedName.exec(bare) ?? [];
  if (family === undefined || digits === undefined || Number(digits) < 1) return null;
  return counted.get(family)?.(Number(digits), threshold) ?? null;
}

/** How a null inside a dict or list is read: as unscored, or as the 0 that Inspect made of it until August 2026. */
export type NullReading = "unscored" | "zero";

function reduceLeaves(values: readonly unknown[], reduce: (scored: readonly unknown[]) => unknown, nulls: NullReading) {
  const read = values.map((value) => (value === null && nulls === "zero" ? 0 : value));
  const scored = read.filter((value) => !isMissing(value));
  return scored.length === 0 ? Number.NaN : reduce(scored);
}

/**
 * One value for one sample. Dicts are reduced key by key and lists item by item, in the shape of the first scored one.
 * NaN values are left out first; nothing left is NaN.
 */
function reduceValues(values: readonly unknown[], reducer: Reduce, nulls: NullReading): unknown {
  const reduce = (some: readonly unknown[]): unknown => reducer(some, values.length);
  const scored = values.filter((value) => !isMissing(value));
  const [first] = scored;
  if (first === undefined) return Number.NaN;
  if (Array.isArray(first)) {
    const lists = scored.filter((value) => Array.isArray(value));
    return first.map((_item, index) =>
      reduceLeaves(
        lists.map((list: readonly unknown[]) => list[index]),
        reduce,
        nulls,
      ),
    );
  }
  if (isDictionary(first)) {
    const dictionaries = scored.filter(isDictionary);
    const keys = Object.keys(first);
    const entries = keys.map((key): [string, unknown] => {
      const leaves = dictionaries.map((dictionary) => (Object.hasOwn(dictionary, key) ? dictionary[key] : undefined));
      return [key, reduceLeaves(leaves, reduce, nulls)];
    });
    return new Map(entries);
  }
  return reduce(scored);
}

/** One value a sample, in a fixed order. `reduce` null: no reduction, every epoch stands for itself. */
export function reduceEpochs(
  observations: readonly Observation[],
  reduce: Reduce | null,
  nulls: NullReading,
): Reduced[] {
  const reduced: Reduced[] = [];
  for (const [sample, group] of bySample(observations)) {
    const metadata = group[0]?.metadata ?? new Map<string, string>();
    if (reduce !== null) {
      const value = reduceValues(
        group.map((one) => one.value),
        reduce,
        nulls,
      );
      reduced.push({ sample, value, metadata });
    } else {
      for (const one of group) {
        reduced.push({
          sample,
          value: isDictionary(one.value) ? new Map(Object.entries(one.value)) : one.value,
          metadata,
        });
      }
    }
  }
  return reduced;
}
