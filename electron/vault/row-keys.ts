import type { Verification } from "./verification.ts";

/** Keys that are read together. */
const keysInLot = 1_000;

/**
 * The keys of a table's rows, in order, as they are there: a key far off costs no more than the next. Where rows cannot be read
 * that is named once, and it goes on with the next that can be, found in steps that double.
 */
export function* rowKeys(run: Verification, table: "entry" | "checkpoint", column: string): Generator<number> {
  const query = run.database.prepare(`SELECT ${column} FROM ${table} WHERE ${column} >= ? ORDER BY 1 LIMIT ?`).pluck();
  const read = (from: number, limit: number) => run.try(`${table} ${String(from)}`, () => query.all(from, limit));
  for (let from = 0; Number.isSafeInteger(from);) {
    let found = read(from, keysInLot);
    // One row behind that cannot be read keeps the whole lot back.
    if (found.problem !== null) found = read(from, 1);
    if (found.problem !== null) run.problem(found.problem.where, found.problem.what);
    for (let step = 1; found.problem !== null && Number.isSafeInteger(from + step); step *= 2) {
      found = read(from + step, 1);
    }
    if (found.problem !== null || found.value.length === 0) return;
    for (const key of found.value) {
      if (typeof key !== "number" || !Number.isSafeInteger(key)) {
        run.problem(`${table} ${String(key)}`, "its number is too large");
        return;
      }
      yield key;
      from = key + 1;
    }
  }
}

/** Names the rows that are not there between two. */
export function nameGap(run: Verification, things: "entry" | "checkpoint", first: number, last: number): void {
  if (first === last) {
    run.problem(`${things} ${String(first)}`, "it is missing, or cannot be read");
    return;
  }
  const many = things === "entry" ? "entries" : "checkpoints";
  run.problem(`${many} ${String(first)} to ${String(last)}`, "they are missing, or cannot be read");
}
