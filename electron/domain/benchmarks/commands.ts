import type { BenchmarkTask } from "../../contract/planning.ts";
import type { Draft } from "../event.ts";
import type { ReadModel } from "../read-model.ts";
import { Refusal } from "../refusal.ts";
import { benchmarkAdded, benchmarkTasksFound } from "./events.ts";
import type { BenchmarkFacts } from "./fold.ts";
import { benchmarksOfPack, taskIds } from "./queries.ts";

export type NewBenchmark = Omit<BenchmarkFacts, "id"> & { readonly tasks: readonly BenchmarkTask[] };

/** Adds a pack from the catalog or a file. The same pack in the same version twice is refused. */
export function addBenchmark(
  model: ReadModel,
  pack: NewBenchmark,
  newId: () => string,
): { benchmarkId: string; drafts: Draft[] } {
  const same = benchmarksOfPack(model, pack.pack).find((one) => one.version === pack.version && one.origin !== "log");
  if (same !== undefined) throw new Refusal("conflict", pack.title, "This version of the benchmark is there already.");
  const id = newId();
  return {
    benchmarkId: id,
    drafts: [benchmarkAdded.draft({ ...pack, id, notes: [...pack.notes], tasks: [...pack.tasks] })],
  };
}

/** What a log or a table says of a task. */
export interface LoggedTask {
  readonly id: string;
  readonly cluster: string | null;
  readonly category?: string | null;
  readonly difficulty?: string | null;
  readonly humanMinutes?: number | null;
}

/** What a log says of the benchmark that it ran. */
export interface LoggedBenchmark {
  readonly task: string;
  readonly taskVersion: string | null;
  readonly tasks: readonly LoggedTask[];
}

/** The benchmark of a log, and how the log's sample ids translate to its task ids (identity where absent). */
export interface BenchmarkMatch {
  readonly benchmarkId: string;
  readonly taskId: (logged: string) => string;
  readonly drafts: Draft[];
  readonly note: string | null;
}

/** "inspect_evals/cybench" → "cybench": the last part, lower case, words joined by "-". */
export function packIdOfTask(task: string): string {
  const last = task.slice(task.lastIndexOf("/") + 1);
  return (
    last
      .toLowerCase()
      .replace(/[^a-z0-9.]+/g, "-")
      .replace(/^-|-$/g, "") || "not-stated"
  );
}

/** Packs that harnesses run under other names. */
const harnessNames: Readonly<Record<string, string>> = {
  threecb: "3cb",
  "gdm-intercode-ctf": "intercode-ctf",
  "cve-bench": "cve-bench",
  cybergym: "cybergym",
};

function withoutVariant(id: string): { id: string; variant: string | null } {
  const match = /^(.*) \(([^()]+)\)$/.exec(id);
  return match?.[1] === undefined || match[2] === undefined
    ? { id, variant: null }
    : { id: match[1], variant: match[2] };
}

/**
 * Finds the benchmark that a log ran: a pack of that name all of whose logged ids are tasks of it (as they stand, or
 * without one common " (variant)" suffix), else a benchmark known from logs, which grows by ids not met before.
 */
export function benchmarkOfLog(model: ReadModel, logged: LoggedBenchmark, newId: () => string): BenchmarkMatch {
  const name = packIdOfTask(logged.task);
  const pack = harnessNames[name] ?? name;
  const candidates = benchmarksOfPack(model, pack);
  for (const candidate of candidates.filter((one) => one.origin !== "log")) {
    const match = matchPack(model, candidate.id, logged.tasks);
    if (match !== null) return match;
  }
  const version = logged.taskVersion ?? "unversioned";
  const tasks = logged.tasks.map(taskFromLog);
  const same = candidates.find((one) => one.origin === "log" && one.version === version);
  if (same === undefined) return newFromLog(logged, pack, version, tasks, newId());
  const known = taskIds(model, same.id);
  const found = tasks.filter((task) => !known.has(task.id));
  const drafts = found.length === 0 ? [] : [benchmarkTasksFound.draft({ benchmarkId: same.id, tasks: found })];
  return { benchmarkId: same.id, taskId: (id) => id, drafts, note: null };
}

function matchPack(model: ReadModel, benchmarkId: string, logged: LoggedBenchmark["tasks"]): BenchmarkMatch | null {
  if (logged.length === 0) return null;
  const known = taskIds(model, benchmarkId);
  if (logged.every(({ id }) => known.has(id))) return { benchmarkId, taskId: (id) => id, drafts: [], note: null };
  const parts = logged.map(({ id }) => withoutVariant(id));
  const variant = parts[0]?.variant ?? null;
  const common = variant !== null && parts.every((part) => part.variant === variant && known.has(part.id));
  if (!common) return null;
  return { benchmarkId, taskId: (id) => withoutVariant(id).id, drafts: [], note: `Variant: ${variant}` };
}

function taskFromLog(task: LoggedTask): BenchmarkTask {
  const { id, cluster, category = null, difficulty = null, humanMinutes = null } = task;
  return { id, title: id, category, difficulty, humanMinutes, cve: null, points: null, cluster };
}

function newFromLog(
  logged: LoggedBenchmark,
  pack: string,
  version: string,
  tasks: BenchmarkTask[],
  id: string,
): BenchmarkMatch {
  const draft = benchmarkAdded.draft({
    id,
    pack,
    title: logged.task.slice(0, 2_000) || "not stated",
    version,
    digest: "",
    origin: "log",
    licence: null,
    source: null,
    scoring: null,
    notes: ["Known from logs only: nobody has added its pack."],
    rule: { direction: "higher", threshold: 1 },
    tasks,
  });
  return { benchmarkId: id, taskId: (one) => one, drafts: [draft], note: null };
}
