import { latestStamp } from "../contract/handover-package.ts";
import { count, type ReadModel } from "./read-model.ts";

/**
 * Logical time (a hybrid logical clock: Kulkarni and others, 2014). Each event is stamped later than everything that its
 * compartment held before, and not earlier than its author's wall clock says. The stamp travels with the event, so that
 * what several vaults did to one attempt comes into one order in all of them, in whatever order it arrives.
 */
export const logicalTables = [
  "CREATE TABLE logical_time (compartment INTEGER PRIMARY KEY, latest INTEGER NOT NULL) STRICT",
];

/** The stamp of an event that is made now; `at` is its author's wall clock. */
export function nextStamp(model: ReadModel, compartment: number, at: number): number {
  const latest = count(model, "SELECT latest AS n FROM logical_time WHERE compartment = ?", compartment);
  // A wall clock beyond all reason does not use up the numbers of everyone after it.
  return Math.max(Math.min(at, latestStamp / 2), latest + 1);
}

/** Time went on to this stamp. */
export function passStamp(model: ReadModel, compartment: number, stamp: number): void {
  model.run(
    `INSERT INTO logical_time VALUES (?, ?)
     ON CONFLICT (compartment) DO UPDATE SET latest = max(latest, excluded.latest)`,
    compartment,
    stamp,
  );
}
