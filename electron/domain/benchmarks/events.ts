import { z } from "zod";
import { formatCounted } from "../../contract/number-text.ts";
import { benchmarkTaskSchema } from "../../contract/planning.ts";
import { idSchema } from "../../contract/values.ts";
import { defineEvent, denied } from "../event.ts";
import { insertBenchmark, insertTasks, mergeTasks } from "./fold.ts";
import { memberRole } from "../members/queries.ts";
import { benchmarkOrigin, benchmarkTitle, taskIds } from "./queries.ts";

const tasksSchema = z.array(benchmarkTaskSchema).max(200_000);

export const benchmarkAdded = defineEvent({
  type: "benchmark.added",
  v: 1,
  body: z.strictObject({
    id: idSchema,
    pack: z.string().min(1).max(2_000),
    title: z.string().min(1).max(2_000),
    version: z.string().max(500),
    digest: z.string().max(128),
    origin: z.enum(["catalog", "file", "log"]),
    licence: z.string().max(500).nullable(),
    source: z.string().max(2_000).nullable(),
    scoring: z.string().max(10_000).nullable(),
    notes: z.array(z.string().max(10_000)).max(200),
    /** A score counts as solved at this value or beyond it, in this direction. */
    rule: z.strictObject({ direction: z.enum(["higher", "lower"]), threshold: z.number() }),
    tasks: tasksSchema,
  }),
  roles: ["lead", "evaluator"],
  home: "shared",
  refusal: ({ model, actor }, body) => {
    if (benchmarkOrigin(model, body.id) !== null) return "a benchmark with this id is there already";
    if (body.tasks.length === 0 && body.origin !== "log") return "it has no task";
    if (new Set(body.tasks.map((task) => task.id)).size !== body.tasks.length) return "it names a task twice";
    return body.origin === "log" || memberRole(model, actor) === "lead" ? null : denied("only a lead adds packs");
  },
  fold: ({ model }, body) => {
    insertBenchmark(model, body);
    insertTasks(model, body.id, body.tasks, { firstPosition: 0, stamp: 0, event: "" });
  },
  words: (_, body) =>
    `Benchmark ${body.title} added${body.origin === "log" ? " from a log" : ""}, ${formatCounted(body.tasks.length, "task")}`,
  about: (body) => body.id,
});

/** Tasks that a later log of the same benchmark named; only for benchmarks known from logs alone. */
export const benchmarkTasksFound = defineEvent({
  type: "benchmark.tasks-found",
  v: 1,
  body: z.strictObject({ benchmarkId: idSchema, tasks: tasksSchema }),
  roles: ["lead", "evaluator"],
  home: "shared",
  refusal: ({ model, received }, body) => {
    if (benchmarkOrigin(model, body.benchmarkId) !== "log") return "only a benchmark known from logs grows";
    const known = received ? new Set<string>() : taskIds(model, body.benchmarkId);
    const ids = body.tasks.map((task) => task.id);
    return new Set(ids).size !== ids.length || ids.some((id) => known.has(id)) ? "it names a task twice" : null;
  },
  fold: ({ model, event, stamp }, body) => {
    mergeTasks(model, body.benchmarkId, body.tasks, { stamp, event: event.id });
  },
  words: ({ model }, body) =>
    `${String(body.tasks.length)} more tasks of ${benchmarkTitle(model, body.benchmarkId)} found in a log`,
  about: (body) => body.benchmarkId,
});

export const benchmarkEvents = [benchmarkAdded, benchmarkTasksFound];
