import type { OutcomeState, ScoreValue } from "../../contract/attempt.ts";
import type { AttemptExportRow } from "../attempt-export.ts";

export interface PrecomputedScores {
  /** JSON Lines, UTF-8: one record a scored attempt. Its file must be named `….jsonl`. */
  readonly text: string;
  readonly written: number;
  /** Attempts without a record, by their state: Inspect leaves their samples unscored. */
  readonly leftOut: Readonly<Partial<Record<OutcomeState, number>>>;
}

/** States whose score counts; of the others a record would turn a fault or a withheld attempt into a failure. */
const judged: ReadonlySet<OutcomeState> = new Set<OutcomeState>(["scored", "limit-reached", "refused"]);

/**
 * What Inspect shall score the sample with: the scorer's own value ("C", a dict) where it is still the score that counts,
 * else the number that a person corrected it to. A refusal without a score is "N".
 */
function valueOf(row: AttemptExportRow): ScoreValue {
  if (!judged.has(row.outcome)) return null;
  if (row.score === null || !Number.isFinite(row.score)) return row.outcome === "refused" ? "N" : null;
  const [first] = row.scores;
  return first?.number === row.score && first.value !== null ? first.value : row.score;
}

/**
 * The attempts of one run as the file that Inspect's `precomputed_scores()` reads, so that the owner of the log can score
 * it again with these judgements: {id, epoch, value, explanation?, metadata}. Ids are text; Inspect compares them as such.
 * Where a review corrected the score the metadata holds both: what the scorer gave, and what the review came to.
 * Of two attempts with one id and epoch, which Inspect would refuse, the first is written.
 *
 * @source inspect_ai, scorer/_precomputed.py (August 2026)
 */
export function attemptsToPrecomputedScores(rows: readonly AttemptExportRow[]): PrecomputedScores {
  const lines: string[] = [];
  const seen = new Set<string>();
  const leftOut: Partial<Record<OutcomeState, number>> = {};
  for (const row of rows) {
    const value = valueOf(row);
    const key = JSON.stringify([row.task, row.epoch]);
    if (value === null || seen.has(key)) {
      leftOut[row.outcome] = (leftOut[row.outcome] ?? 0) + 1;
      continue;
    }
    seen.add(key);
    lines.push(JSON.stringify(recordOf(row, value)));
  }
  return { text: lines.map((line) => `${line}\n`).join(""), written: lines.length, leftOut };
}

function recordOf(row: AttemptExportRow, value: ScoreValue) {
  return {
    id: row.task,
    epoch: row.epoch,
    value,
    ...(row.note === "" ? {} : { explanation: row.note }),
    metadata: {
      source: "EvalVault",
      run: row.run,
      outcome: row.outcome,
      ...(row.limit === null ? {} : { limit: row.limit }),
      ...(row.reviewed_score === null ? {} : { scorer_score: row.scorer_score, reviewed_score: row.reviewed_score }),
      ...(row.flags.length === 0 ? {} : { flags: row.flags }),
    },
  };
}
