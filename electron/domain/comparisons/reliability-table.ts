import type { ComparisonTable, PassPoint } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import {
  column,
  decimal,
  figure,
  intervalCells,
  intervalColumns,
  share,
  whole,
  words,
  type Row,
} from "./table-cells.ts";

/** The last point of a curve: the most attempts that every task has. */
function lastPoint(points: readonly PassPoint[]): PassPoint | null {
  return points.findLast(({ value }) => value !== null) ?? null;
}

/** A row a version: how often it solves a task every time, and where the uncertainty of its rate comes from. */
export function reliabilityTable({ versions }: RequestOutput<"comparisons.reliability">): ComparisonTable {
  return {
    id: "reliability",
    title: "Reliability, and where the uncertainty comes from",
    caption:
      "All of k: the tasks solved by every one of k attempts (pass^k, unbiased estimate, k as many as every task has). Standard errors of the solve rate: as if other such tasks had been chosen, and of these very tasks with other answers.",
    columns: [
      column("model", "Model version"),
      figure("tasks", "Tasks"),
      figure("n", "Attempts", "n"),
      figure("rate", "Solve rate"),
      figure("k", "k"),
      figure("all", "All of k"),
      ...intervalColumns("All of k", "all"),
      figure("atLeastOne", "At least one of k"),
      ...intervalColumns("At least one", "atLeastOne"),
      figure("overTasks", "SE, other tasks"),
      figure("theseTasks", "SE, these tasks"),
      figure("betweenTasks", "Variance between tasks"),
      figure("withinTask", "Variance within a task"),
      figure("tasksNeeded", "Tasks needed"),
    ],
    rows: versions.map(({ version, all, atLeastOne, ...parts }): Row => {
      const [every, some] = [lastPoint(all), lastPoint(atLeastOne)];
      return {
        model: words(version.words),
        tasks: whole(version.rate.tasks),
        n: whole(version.rate.n),
        rate: share(version.rate.rate),
        k: whole(every?.k ?? null),
        all: share(every?.value ?? null),
        ...intervalCells(every?.interval ?? null, share, "all"),
        atLeastOne: share(some?.value ?? null),
        ...intervalCells(some?.interval ?? null, share, "atLeastOne"),
        overTasks: decimal(parts.overTasks, 4),
        theseTasks: decimal(parts.theseTasks, 4),
        betweenTasks: decimal(parts.betweenTasks, 4),
        withinTask: decimal(parts.withinTask, 4),
        tasksNeeded: whole(parts.tasksForHalfWidth),
      };
    }),
  };
}
