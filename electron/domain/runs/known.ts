import { count, text, type ReadModel } from "../read-model.ts";
import type { RunFacts } from "./state.ts";

/** Which logs the vault knows, and which imports are still as they came. */

/** The run that a log was taken in as, null where it never was, or its import was undone. */
export function runOfLogKey(model: ReadModel, key: string): string | null {
  const row = model.get(
    "SELECT run.id FROM run_log JOIN run ON run.id = run_log.run WHERE log_key = ? AND undone = 0 ORDER BY number LIMIT 1",
    key,
  );
  return row === undefined ? null : text(row, "id");
}

/** The runs that were made of a file of this SHA-256, but for those that were undone. */
export function runsOfFile(model: ReadModel, sha256: string): string[] {
  return model
    .all(
      `SELECT DISTINCT run.id, run.number FROM run_log JOIN run ON run.id = run_log.run
       WHERE sha256 = ? AND undone = 0 ORDER BY run.number`,
      sha256,
    )
    .map((row) => text(row, "id"));
}

/** The standing run of an evaluation among the runs of a campaign or of none, null where there is none. */
export function runOfEvaluation(
  model: ReadModel,
  evaluation: string,
  at: { readonly campaignId: string | null; readonly compartment: number },
): string | null {
  const row = model.get(
    `SELECT id FROM run WHERE evaluation = ? AND campaign_id IS ? AND compartment = ? AND undone = 0
       AND state NOT IN ('withdrawn', 'rejected') ORDER BY number DESC LIMIT 1`,
    evaluation,
    at.campaignId,
    at.compartment,
  );
  return row === undefined ? null : text(row, "id");
}

/** Why the import of a run cannot be undone any more; null: nobody has looked into it or changed it since. */
export function keptBecause(model: ReadModel, run: RunFacts): string | null {
  if (run.origin !== "log") return `${run.code} was not imported`;
  if (run.wasAccepted) return `${run.code} was accepted since`;
  if (run.state !== "logged") return `${run.code} is ${run.state.replace("-", " ")}`;
  const reviews = count(model, "SELECT count(*) AS n FROM review_item WHERE run = ?", run.number);
  if (reviews > 0) return `${run.code} is under review`;
  const evidence = count(model, "SELECT count(*) AS n FROM evidence WHERE run = ?", run.number);
  const changes = count(model, "SELECT count(*) AS n FROM attempt_change WHERE run = ?", run.number);
  const events = count(model, "SELECT count(*) AS n FROM journal WHERE about = ? AND refused IS NULL", run.id);
  // The one event is its import.
  return evidence > 0 || changes > 0 || events > 1 ? `${run.code} was changed since` : null;
}
