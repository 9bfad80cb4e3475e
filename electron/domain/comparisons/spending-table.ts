import type { ComparisonTable } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import { formatCost, formatCount, formatDuration } from "../../contract/number-text.ts";
import type { SpendingMeasure } from "../runs/details.ts";
import { column, figure, intervalCells, intervalColumns, whole, words, type Cell, type Row } from "./table-cells.ts";

const measureWords: Readonly<Record<SpendingMeasure, string>> = { cost: "cost", tokens: "tokens", time: "time" };

const amount: Readonly<Record<SpendingMeasure, (value: number | null) => Cell>> = {
  cost: (value) => ({ value, text: formatCost(value) }),
  tokens: (value) => ({ value, text: formatCount(value) }),
  time: (value) => ({ value, text: formatDuration(value) }),
};

/** A row a version and measure. */
export function spendingTable({ versions }: RequestOutput<"comparisons.spending">): ComparisonTable {
  const measures: readonly SpendingMeasure[] = ["cost", "tokens", "time"];
  return {
    id: "spending",
    title: "What attempts used up, against what they solved",
    caption:
      "All attempts that were made, failed ones included. Per solve: the total divided by the tasks solved at least once, not given while an attempt is unknown.",
    columns: [
      column("model", "Model version"),
      column("measure", "Of"),
      figure("attempts", "Attempts made"),
      figure("unknown", "Not known", "attempts"),
      figure("total", "Total"),
      figure("perAttempt", "Per attempt"),
      figure("perTask", "Per task"),
      ...intervalColumns("Per task", "perTask"),
      figure("solvedTasks", "Solved", "tasks"),
      figure("perSolve", "Per solve"),
      ...intervalColumns("Per solve", "perSolve"),
    ],
    rows: versions.flatMap(({ version, ...spent }) =>
      measures.map((measure): Row => {
        const one = spent[measure];
        const cell = amount[measure];
        return {
          model: words(version.words),
          measure: words(measureWords[measure]),
          attempts: whole(one.attempts),
          unknown: whole(one.unknown),
          total: cell(one.total),
          perAttempt: cell(one.perAttempt),
          perTask: cell(one.perTask),
          ...intervalCells(one.perTaskInterval, cell, "perTask"),
          solvedTasks: whole(one.solvedTasks),
          perSolve: cell(one.perSolve),
          ...intervalCells(one.perSolveInterval, cell, "perSolve"),
        };
      }),
    ),
  };
}
