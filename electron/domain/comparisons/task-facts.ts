import type { BenchmarkTask } from "../../contract/planning.ts";
import { listTasks } from "../benchmarks/queries.ts";
import type { ReadModel } from "../read-model.ts";

export type TaskFacts = Pick<BenchmarkTask, "title" | "category" | "difficulty" | "humanMinutes"> & {
  /** Its place in the benchmark; a task that the benchmark does not know comes last. */
  readonly position: number;
};

/** What the benchmark says of a task; of one that it does not know, that alone. */
export function taskFacts(model: ReadModel, benchmarkId: string): (task: string) => TaskFacts {
  const tasks = listTasks(model, benchmarkId);
  const known = new Map(tasks.map((task, position) => [task.id, { ...task, position }]));
  return (task) =>
    known.get(task) ?? {
      title: task,
      category: null,
      difficulty: null,
      humanMinutes: null,
      position: tasks.length,
    };
}
