import type { ParsedInput } from "../../contract/index.ts";
import { benchmarkOrigin, listTasks } from "../benchmarks/queries.ts";
import type { Draft } from "../event.ts";
import type { ReadModel } from "../read-model.ts";
import { runStarted } from "./events.ts";

/** Starts a run that is logged by hand. Of a benchmark that grows it plans the tasks that are known now, by name. */
export function startRun(model: ReadModel, input: ParsedInput<"runs.start">, id: string): Draft {
  const { modelVersionId, benchmarkId, campaignId, epochs } = input;
  const cell = { id, modelVersionId, benchmarkId, campaignId, epochs };
  if (benchmarkOrigin(model, benchmarkId) !== "log") return runStarted.draft(cell);
  const tasks = listTasks(model, benchmarkId).map((task) => ({ id: task.id, cluster: task.cluster }));
  return runStarted.draft({ ...cell, tasks });
}
