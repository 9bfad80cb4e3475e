import type { AttemptRecord } from "../../contract/attempt.ts";
import type { LossLedger } from "../loss-ledger.ts";
import { attemptFrom, unusableBecause, type RecordContext } from "./attempt-record.ts";
import type { Observation, Population } from "./recompute/population.ts";
import type { SampleFacts } from "./sample-facts.ts";
import { isUnscored } from "./score-value.ts";

interface Held {
  readonly attempt: AttemptRecord;
  readonly scores: ReadonlyMap<string, { value: unknown; original: unknown }>;
  readonly errored: boolean;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Takes samples as they are read and keeps what attempts and metrics need of each: the last of two with one key. */
export class SampleCollection {
  readonly #held = new Map<string, Held>();
  readonly #losses: LossLedger;
  #context: RecordContext;
  /** What version 1's `sample.score` is called: the header's first scorer. */
  #unnamed: string;

  constructor(context: RecordContext, losses: LossLedger) {
    this.#context = context;
    this.#losses = losses;
    this.#unnamed = context.scorers[0] ?? "score";
  }

  /** For documents that put their samples before their head. */
  setContext(context: RecordContext): void {
    this.#context = context;
    this.#unnamed = context.scorers[0] ?? "score";
  }

  get size(): number {
    return this.#held.size;
  }

  add(facts: SampleFacts, member: string | null): void {
    const reason = unusableBecause(facts);
    if (reason !== null) {
      this.#losses.add("sample", reason);
      return;
    }
    for (const part of facts.unread) this.#losses.add(`“${part}” of a sample`, "it is malformed or too large");
    if (facts.unnamedScore !== null && facts.scores.size === 0) facts.scores.set(this.#unnamed, facts.unnamedScore);
    const attempt = attemptFrom(facts, member, this.#context);
    const key = JSON.stringify([attempt.task, attempt.epoch]);
    if (this.#held.has(key)) this.#losses.add("older sample", "the log holds a newer one with the same id and epoch");
    const scores = [...facts.scores].map(
      ([name, score]) => [name, { value: score.value, original: originalOf(score) }] as const,
    );
    this.#held.set(key, {
      attempt,
      scores: new Map(scores),
      errored: facts.error !== null,
      metadata: facts.metadata,
    });
  }

  /** Attempts in the order in which their samples were read. */
  get attempts(): AttemptRecord[] {
    return [...this.#held.values()].map((held) => held.attempt);
  }

  get population(): Population {
    const byScorer = new Map<string, Observation[]>();
    const errored: Observation[] = [];
    for (const { attempt, scores, errored: hasError, metadata } of this.#held.values()) {
      const base = {
        sample: attempt.task,
        epoch: attempt.epoch,
        errored: hasError,
        invalidated: attempt.invalidation !== null,
        metadata,
      };
      if (hasError && scores.size === 0) errored.push({ ...base, value: 0, original: 0 });
      for (const [scorer, score] of scores) {
        const observation = { ...base, ...score };
        const list = byScorer.get(scorer);
        if (list === undefined) byScorer.set(scorer, [observation]);
        else list.push(observation);
      }
    }
    return { byScorer, errored };
  }
}

function originalOf(score: { value: unknown; original?: unknown }): unknown {
  if (score.original === undefined) return score.value;
  return isUnscored(score.original) ? Number.NaN : score.original;
}
