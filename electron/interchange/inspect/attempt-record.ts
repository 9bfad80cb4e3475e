import type { AttemptRecord, LoggedScore } from "../../contract/attempt.ts";
import { scoreValue } from "../json/plain-json.ts";
import { outcomeOf, wasTornDown } from "./attempt-outcome.ts";
import { mostEpochs } from "./eval-header.ts";
import { clusterKeys, usageOf, type SampleFacts, type SampleScore } from "./sample-facts.ts";
import { scoreNumber } from "./score-value.ts";

export interface RecordContext {
  /** Scorers in the order of the header; the first that a sample has gives its headline. */
  readonly scorers: readonly string[];
  /** Metadata keys by which the log's own metrics cluster. */
  readonly clusterBy: readonly string[];
}

const scoresKept = 200;

function loggedScore(scorer: string, score: SampleScore): LoggedScore {
  const logged = { scorer, value: scoreValue(score.value), number: scoreNumber(score.value) };
  return score.original === undefined ? logged : { ...logged, original: scoreValue(score.original) };
}

/** The score that counts for the attempt: of the first scorer in the header's order, else of the sample's first. */
function headlineOf(facts: SampleFacts, scorers: readonly string[]): SampleScore | null {
  const named = scorers.find((name) => facts.scores.has(name));
  const [first] = facts.scores.values();
  return (named === undefined ? first : facts.scores.get(named)) ?? null;
}

function clusterOf(facts: SampleFacts, clusterBy: readonly string[]): string | null {
  for (const key of [...clusterBy, ...clusterKeys]) {
    const value = facts.metadata.get(key);
    if (value !== undefined && value !== "") return value;
  }
  return null;
}

function milliseconds(seconds: number | null): number | null {
  const rounded = seconds === null ? Number.NaN : Math.round(seconds * 1_000);
  return Number.isSafeInteger(rounded) && rounded >= 0 ? rounded : null;
}

function totalMsOf(facts: SampleFacts): number | null {
  const measured = milliseconds(facts.totalSeconds);
  if (measured !== null || facts.startedAt === null || facts.completedAt === null) return measured;
  return Math.max(0, facts.completedAt - facts.startedAt);
}

/** Why a sample cannot be an attempt, null where it can. */
export function unusableBecause(facts: SampleFacts): string | null {
  if (facts.id === null || facts.id === "") return "the sample has no id";
  if (facts.id.length > 2_000) return "the sample's id is longer than 2,000 characters";
  const epoch = Number.isInteger(facts.epoch) && facts.epoch >= 1 && facts.epoch <= mostEpochs;
  return epoch ? null : "the sample's epoch is no whole number from 1 to 10,000";
}

/** A sample's facts as an attempt. `member` is where its transcript lies in the log. */
export function attemptFrom(facts: SampleFacts, member: string | null, context: RecordContext): AttemptRecord {
  const headline = headlineOf(facts, context.scorers);
  const order = [...facts.scores].sort(([a], [b]) => rank(context.scorers, a) - rank(context.scorers, b));
  return {
    task: facts.id ?? "",
    epoch: facts.epoch,
    outcome: outcomeOf(facts, headline?.value),
    score: scoreNumber(headline?.value),
    scores: order.slice(0, scoresKept).map(([name, score]) => loggedScore(name, score)),
    ...usageOf(facts),
    totalMs: totalMsOf(facts),
    workingMs: milliseconds(facts.workingSeconds),
    startedAt: facts.startedAt ?? facts.firstEventAt,
    limit: facts.limit,
    ...endOf(facts),
    messages: facts.messages,
    retries: facts.retries,
    member: member !== null && member.length <= 4_000 ? member : null,
    cluster: clusterOf(facts, context.clusterBy),
    metadata: facts.named,
    file: 0,
  };
}

/** Error and invalidation, and a note where the attempt was ended from outside. */
function endOf({ error, invalidation }: SampleFacts): Pick<AttemptRecord, "error" | "invalidation" | "note"> {
  return {
    error: error?.message ?? null,
    invalidation: invalidation?.slice(0, 4_000) ?? null,
    note: error !== null && wasTornDown(error.message) ? "Ended from outside before it was finished." : "",
  };
}

function rank(scorers: readonly string[], name: string): number {
  const place = scorers.indexOf(name);
  return place < 0 ? scorers.length : place;
}
