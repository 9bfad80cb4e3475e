import { field, numberField } from "../json/fields.ts";
import type { LoggedRun } from "../logged-run.ts";
import type { EvalHeader } from "./eval-header.ts";
import { scorersOf } from "./eval-header.ts";
import type { RecordContext } from "./attempt-record.ts";
import { groupingKeys } from "./recompute/recompute.ts";
import { clusterKeys } from "./sample-facts.ts";

/** What the header says about reading samples: whose score leads, and which metadata is needed. */
export function readingContext(header: EvalHeader): { context: RecordContext; metadataKeys: Set<string> } {
  const keys = groupingKeys(header);
  return {
    context: { scorers: scorersOf(header).map((scorer) => scorer.name), clusterBy: keys.clusterBy },
    metadataKeys: new Set([...clusterKeys, ...challengeKeys, ...keys.all]),
  };
}

/** Metadata by which 3CB's own metric groups. */
const challengeKeys = ["challenge_id", "task_name"];

/** Samples of a run that ended well and are not in its log: it was written without them, or only some were kept. */
export function noteAbsent(run: LoggedRun, header: EvalHeader): void {
  const results = field(header, "results");
  const total = numberField(results, "total_samples");
  // What was stopped early on purpose was never run.
  const stopped = field(results, "early_stopping") ?? null;
  const lost = run.lost.some(({ what }) => what === "sample");
  if (run.status !== "success" || total === null || stopped !== null || lost) return;
  const held = run.attempts.length;
  if (held < total)
    run.notes.push(`The log's results are of ${String(total)} samples; the file holds ${String(held)}.`);
}

/** A score of several parts (a dict, a list) says neither solved nor not solved: nobody shall wonder where they went. */
export function noteParts(run: LoggedRun): void {
  const parted = run.attempts.filter(({ outcome, score }) => outcome === "scored" && score === null).length;
  if (parted === 0) return;
  const those = parted === 1 ? "1 attempt has" : `${String(parted)} attempts have`;
  run.notes.push(`${those} a score that is no single number; it is kept as it is, and counts as unscored.`);
}
