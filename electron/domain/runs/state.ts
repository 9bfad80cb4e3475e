import { runStates, type RunState } from "../../contract/evaluation.ts";
import type { SolveRule } from "../../statistics/denominator.ts";
import { number, oneOf, text, textOrNull, type ReadModel } from "../read-model.ts";

/** What other nouns need to know of a run. */
export interface RunFacts {
  readonly id: string;
  readonly number: number;
  readonly modelVersionId: string;
  readonly benchmarkId: string;
  readonly campaignId: string | null;
  readonly state: RunState;
  readonly origin: "hand" | "log";
  readonly epochs: number;
  readonly seq: number;
  readonly index: number;
  readonly rule: SolveRule;
}

export function runFacts(model: ReadModel, id: string): RunFacts | null {
  const row = model.get(
    "SELECT r.*, b.direction, b.threshold FROM run r JOIN benchmark b ON b.id = r.benchmark_id WHERE r.id = ?",
    id,
  );
  if (row === undefined) return null;
  return {
    id,
    number: number(row, "number"),
    modelVersionId: text(row, "model_version_id"),
    benchmarkId: text(row, "benchmark_id"),
    campaignId: textOrNull(row, "campaign_id"),
    state: oneOf(row, "state", runStates),
    origin: oneOf(row, "origin", ["hand", "log"]),
    epochs: number(row, "epochs"),
    seq: number(row, "seq"),
    index: number(row, "place"),
    rule: { direction: oneOf(row, "direction", ["higher", "lower"]), threshold: number(row, "threshold") },
  };
}

/** "R-0017". */
export function codeOfNumber(runNumber: number): string {
  return `R-${String(runNumber).padStart(4, "0")}`;
}

export function runCode(model: ReadModel, id: string): string {
  const row = model.get("SELECT number FROM run WHERE id = ?", id);
  return row === undefined ? id : codeOfNumber(number(row, "number"));
}

/** Its attempts changed: what was summed up of them no longer holds; a planned run that is logged to is running. */
export function touchRun(model: ReadModel, run: RunFacts, logged: boolean): void {
  model.run("DELETE FROM run_summary WHERE run = ?", run.number);
  if (logged && run.state === "planned") model.run("UPDATE run SET state = 'running' WHERE id = ?", run.id);
}
