import type { BenchmarkTask } from "../../contract/planning.ts";
import { text, type ReadModel } from "../read-model.ts";

export const benchmarkTables = [
  `CREATE TABLE benchmark (id TEXT PRIMARY KEY, pack TEXT NOT NULL, title TEXT NOT NULL, version TEXT NOT NULL,
     digest TEXT NOT NULL, origin TEXT NOT NULL, licence TEXT, source TEXT, scoring TEXT, notes TEXT NOT NULL,
     direction TEXT NOT NULL, threshold REAL NOT NULL) STRICT`,
  `CREATE TABLE task (benchmark_id TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL,
     category TEXT, difficulty TEXT, human_minutes REAL, cve TEXT, points REAL, cluster TEXT,
     found_stamp INTEGER NOT NULL, found_in TEXT NOT NULL, PRIMARY KEY (benchmark_id, id)) STRICT, WITHOUT ROWID`,
];

export interface BenchmarkFacts {
  readonly id: string;
  readonly pack: string;
  readonly title: string;
  readonly version: string;
  readonly digest: string;
  readonly origin: "catalog" | "file" | "log";
  readonly licence: string | null;
  readonly source: string | null;
  readonly scoring: string | null;
  readonly notes: readonly string[];
  readonly rule: { readonly direction: "higher" | "lower"; readonly threshold: number };
}

export function insertBenchmark(model: ReadModel, facts: BenchmarkFacts): void {
  model.run(
    "INSERT INTO benchmark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    facts.id,
    facts.pack,
    facts.title,
    facts.version,
    facts.digest,
    facts.origin,
    facts.licence,
    facts.source,
    facts.scoring,
    JSON.stringify(facts.notes),
    facts.rule.direction,
    facts.rule.threshold,
  );
}

export function insertTasks(
  model: ReadModel,
  benchmarkId: string,
  tasks: readonly BenchmarkTask[],
  found: { readonly firstPosition: number; readonly stamp: number; readonly event: string },
): void {
  tasks.forEach((task, place) => {
    model.run(
      "INSERT OR REPLACE INTO task VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      benchmarkId,
      task.id,
      found.firstPosition + place,
      task.title,
      task.category,
      task.difficulty,
      task.humanMinutes,
      task.cve,
      task.points,
      task.cluster,
      found.stamp,
      found.event,
    );
  });
}

/**
 * Tasks that were found in several vaults: what the earliest finding says of each counts, and they stand in the order in
 * which they were found, whichever of them arrived first.
 */
export function mergeTasks(
  model: ReadModel,
  benchmarkId: string,
  tasks: readonly BenchmarkTask[],
  found: { readonly stamp: number; readonly event: string },
): void {
  const earlier = `SELECT 1 AS n FROM task WHERE benchmark_id = ? AND id = ? AND (found_stamp, found_in) < (?, ?)`;
  tasks.forEach((task, place) => {
    if (model.get(earlier, benchmarkId, task.id, found.stamp, found.event) !== undefined) return;
    insertTasks(model, benchmarkId, [task], { ...found, firstPosition: place });
  });
  const others = model.all(
    "SELECT id FROM task WHERE benchmark_id = ? ORDER BY found_stamp, found_in, position, id",
    benchmarkId,
  );
  others.forEach((row, position) => {
    model.run("UPDATE task SET position = ? WHERE benchmark_id = ? AND id = ?", position, benchmarkId, text(row, "id"));
  });
}
