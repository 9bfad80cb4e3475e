import type { BenchmarkTask } from "../../contract/planning.ts";
import type { ReadModel } from "../read-model.ts";

export const benchmarkTables = [
  `CREATE TABLE benchmark (id TEXT PRIMARY KEY, pack TEXT NOT NULL, title TEXT NOT NULL, version TEXT NOT NULL,
     digest TEXT NOT NULL, origin TEXT NOT NULL, licence TEXT, source TEXT, scoring TEXT, notes TEXT NOT NULL,
     direction TEXT NOT NULL, threshold REAL NOT NULL) STRICT`,
  `CREATE TABLE task (benchmark_id TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL,
     category TEXT, difficulty TEXT, human_minutes REAL, cve TEXT, points REAL, cluster TEXT,
     PRIMARY KEY (benchmark_id, id)) STRICT, WITHOUT ROWID`,
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
  firstPosition: number,
): void {
  tasks.forEach((task, place) => {
    model.run(
      "INSERT INTO task VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      benchmarkId,
      task.id,
      firstPosition + place,
      task.title,
      task.category,
      task.difficulty,
      task.humanMinutes,
      task.cve,
      task.points,
      task.cluster,
    );
  });
}
