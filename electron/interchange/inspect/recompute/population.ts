import { isUnscored } from "../score-value.ts";

/** One score of one sample, as the recomputation sees it. */
export interface Observation {
  readonly sample: string;
  readonly epoch: number;
  readonly value: unknown;
  /** The value before it was edited; the same as `value` where it never was. */
  readonly original: unknown;
  readonly errored: boolean;
  readonly invalidated: boolean;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Everything of a log's samples that metrics are computed from, by scorer. */
export interface Population {
  readonly byScorer: ReadonlyMap<string, readonly Observation[]>;
  /** Samples that ended with an error and have no score: Inspect's metrics never see them. */
  readonly errored: readonly Observation[];
}

/** One sample after its epochs were reduced to one value. */
export interface Reduced {
  readonly sample: string;
  readonly value: unknown;
  readonly metadata: ReadonlyMap<string, string>;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The same order whatever the order of the log, so that a sum is the same to the last bit. */
export function inOrder(observations: readonly Observation[]): Observation[] {
  return [...observations].sort((a, b) => compareText(a.sample, b.sample) || a.epoch - b.epoch);
}

/** Observations by sample, in order. */
export function bySample(observations: readonly Observation[]): Map<string, Observation[]> {
  const groups = new Map<string, Observation[]>();
  for (const observation of inOrder(observations)) {
    const group = groups.get(observation.sample);
    if (group === undefined) groups.set(observation.sample, [observation]);
    else group.push(observation);
  }
  return groups;
}

export function isDictionary(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A null inside a dict or list stood for NaN before August 2026. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || isUnscored(value);
}
