import { z } from "zod";
import type { Benchmark, BenchmarkTask } from "../../contract/planning.ts";
import type { SolveRule } from "../../statistics/denominator.ts";
import { number, numberOrNull, oneOf, text, textOrNull, type ReadModel, type Row } from "../read-model.ts";

const origins = ["catalog", "file", "log"] as const;

export function benchmarkOrigin(model: ReadModel, id: string): (typeof origins)[number] | null {
  const row = model.get("SELECT origin FROM benchmark WHERE id = ?", id);
  return row === undefined ? null : oneOf(row, "origin", origins);
}

export function benchmarkTitle(model: ReadModel, id: string): string {
  const row = model.get("SELECT title FROM benchmark WHERE id = ?", id);
  return row === undefined ? id : text(row, "title");
}

/** What a run says of its benchmark. */
export function benchmarkWords(model: ReadModel, id: string): { title: string; version: string; tasks: number } {
  const row = model.get("SELECT title, version FROM benchmark WHERE id = ?", id);
  if (row === undefined) return { title: id, version: "", tasks: 0 };
  return { title: text(row, "title"), version: text(row, "version"), tasks: taskCount(model, id) };
}

export function solveRule(model: ReadModel, benchmarkId: string): SolveRule {
  const row = model.get("SELECT direction, threshold FROM benchmark WHERE id = ?", benchmarkId);
  if (row === undefined) return { direction: "higher", threshold: 1 };
  return { direction: oneOf(row, "direction", ["higher", "lower"]), threshold: number(row, "threshold") };
}

export function taskIds(model: ReadModel, benchmarkId: string): Set<string> {
  return new Set(model.all("SELECT id FROM task WHERE benchmark_id = ?", benchmarkId).map((row) => text(row, "id")));
}

export function taskCount(model: ReadModel, benchmarkId: string): number {
  const row = model.get("SELECT count(*) AS n FROM task WHERE benchmark_id = ?", benchmarkId);
  return row === undefined ? 0 : number(row, "n");
}

function benchmark(model: ReadModel, row: Row): Benchmark {
  const id = text(row, "id");
  const categories = model.all(
    `SELECT coalesce(category, 'not stated') AS name, count(*) AS n FROM task WHERE benchmark_id = ?
     GROUP BY 1 ORDER BY n DESC, name`,
    id,
  );
  return {
    id,
    pack: text(row, "pack"),
    title: text(row, "title"),
    version: text(row, "version"),
    digest: text(row, "digest"),
    origin: oneOf(row, "origin", origins),
    licence: textOrNull(row, "licence"),
    source: textOrNull(row, "source"),
    scoring: textOrNull(row, "scoring"),
    notes: z.array(z.string()).parse(JSON.parse(text(row, "notes"))),
    tasks: number(row, "tasks"),
    categories: categories.map((one) => ({ name: text(one, "name"), tasks: number(one, "n") })),
    withHumanMinutes: number(row, "with_minutes"),
    runs: number(row, "runs"),
  };
}

const select = `SELECT b.*,
    (SELECT count(*) FROM task t WHERE t.benchmark_id = b.id) AS tasks,
    (SELECT count(human_minutes) FROM task t WHERE t.benchmark_id = b.id) AS with_minutes,
    (SELECT count(*) FROM run r WHERE r.benchmark_id = b.id) AS runs
  FROM benchmark b`;

export function listBenchmarks(model: ReadModel): Benchmark[] {
  return model.all(`${select} ORDER BY b.title COLLATE NOCASE, b.version`).map((row) => benchmark(model, row));
}

export function getBenchmark(model: ReadModel, id: string): Benchmark | null {
  const row = model.get(`${select} WHERE b.id = ?`, id);
  return row === undefined ? null : benchmark(model, row);
}

export function taskOf(row: Row): BenchmarkTask {
  return {
    id: text(row, "id"),
    title: text(row, "title"),
    category: textOrNull(row, "category"),
    difficulty: textOrNull(row, "difficulty"),
    humanMinutes: numberOrNull(row, "human_minutes"),
    cve: textOrNull(row, "cve"),
    points: numberOrNull(row, "points"),
    cluster: textOrNull(row, "cluster"),
  };
}

export function listTasks(model: ReadModel, benchmarkId: string): BenchmarkTask[] {
  return model.all("SELECT * FROM task WHERE benchmark_id = ? ORDER BY position", benchmarkId).map(taskOf);
}

export function getTask(model: ReadModel, benchmarkId: string, id: string): BenchmarkTask | null {
  const row = model.get("SELECT * FROM task WHERE benchmark_id = ? AND id = ?", benchmarkId, id);
  return row === undefined ? null : taskOf(row);
}

/** Benchmarks of a pack id, packs before those known from logs alone. */
export function benchmarksOfPack(model: ReadModel, pack: string): { id: string; version: string; origin: string }[] {
  return model
    .all("SELECT id, version, origin FROM benchmark WHERE pack = ? ORDER BY origin = 'log', rowid DESC", pack)
    .map((row) => ({ id: text(row, "id"), version: text(row, "version"), origin: text(row, "origin") }));
}
