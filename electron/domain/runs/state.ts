import { runStates, type RunState } from "../../contract/evaluation.ts";
import type { SolveRule } from "../../statistics/denominator.ts";
import { codePrefix } from "../compartments/queries.ts";
import { count, number, oneOf, text, textOrNull, type ReadModel } from "../read-model.ts";

/** What other nouns need to know of a run. */
export interface RunFacts {
  readonly id: string;
  readonly number: number;
  readonly code: string;
  readonly compartment: number;
  readonly modelVersionId: string;
  readonly benchmarkId: string;
  readonly campaignId: string | null;
  readonly state: RunState;
  /** Whether it was accepted at any time, also when it was taken back into review since. */
  readonly wasAccepted: boolean;
  readonly origin: "hand" | "log";
  readonly startedBy: string;
  readonly epochs: number;
  readonly seq: number;
  readonly index: number;
  readonly rule: SolveRule;
}

export function runFacts(model: ReadModel, id: string): RunFacts | null {
  // "+?": a bare one SQLite would carry over into the join, and make the whole plan anew for each run.
  const row = model.get(
    `SELECT r.number, r.code, r.compartment, r.model_version_id, r.benchmark_id, r.campaign_id, r.state, r.was_accepted,
       r.origin, r.started_by, r.epochs, r.seq, r.place, b.direction, b.threshold
     FROM run r JOIN benchmark b ON b.id = r.benchmark_id WHERE r.id = +?`,
    id,
  );
  if (row === undefined) return null;
  return {
    id,
    number: number(row, "number"),
    code: text(row, "code"),
    compartment: number(row, "compartment"),
    modelVersionId: text(row, "model_version_id"),
    benchmarkId: text(row, "benchmark_id"),
    campaignId: textOrNull(row, "campaign_id"),
    state: oneOf(row, "state", runStates),
    wasAccepted: number(row, "was_accepted") === 1,
    origin: oneOf(row, "origin", ["hand", "log"]),
    startedBy: text(row, "started_by"),
    epochs: number(row, "epochs"),
    seq: number(row, "seq"),
    index: number(row, "place"),
    rule: { direction: oneOf(row, "direction", ["higher", "lower"]), threshold: number(row, "threshold") },
  };
}

/**
 * "R-0017": its number among the runs of its compartment, so that everyone who reads it knows it by the same code; with
 * the compartment's number, "C3-R-0001", where that is a separate one.
 */
export function newRunCode(model: ReadModel, compartment: number): string {
  const place = count(model, "SELECT count(*) + 1 AS n FROM run WHERE compartment = ?", compartment);
  return `${codePrefix(model, compartment)}R-${String(place).padStart(4, "0")}`;
}

export function runCode(model: ReadModel, id: string): string {
  const row = model.get("SELECT code FROM run WHERE id = ?", id);
  return row === undefined ? id : text(row, "code");
}

/** The compartment that a run is in; null where there is no such run. */
export function runCompartment(model: ReadModel, id: string): number | null {
  const row = model.get("SELECT compartment FROM run WHERE id = ?", id);
  return row === undefined ? null : number(row, "compartment");
}

/** Why what others did to a run is not taken: it was decided on what is here. Null where it was not. */
export function decidedHere(run: RunFacts): string | null {
  const isDecided = run.state === "accepted" || run.state === "rejected";
  return isDecided ? `the run was ${run.state} here: take it back into review first` : null;
}

/** Its attempts changed: what was summed up of them no longer holds; a planned run that is logged to is running. */
export function touchRun(model: ReadModel, run: RunFacts, logged: boolean): void {
  model.run("DELETE FROM run_summary WHERE run = ?", run.number);
  if (logged && run.state === "planned") model.run("UPDATE run SET state = 'running' WHERE id = ?", run.id);
}
