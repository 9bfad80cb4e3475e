import type { ComparisonTable, noHorizonReasons } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import { formatCount, formatLevel } from "../../contract/number-text.ts";
import {
  column,
  figure,
  intervalCells,
  intervalColumns,
  minutes,
  share,
  whole,
  words,
  type Row,
} from "./table-cells.ts";

/** Why a version has no time horizon. */
export const noHorizonWords: Readonly<Record<(typeof noHorizonReasons)[number], string>> = {
  "no-human-times": "no task attempted has a human time",
  "too-few-tasks": "too few tasks have a human time",
  "none-solved": "nothing was solved",
  "all-solved": "everything was solved",
  "one-length": "all tasks take a person the same time",
  "not-decreasing": "longer tasks were not solved less often",
};

/** A row a version and chance of success; a version without a horizon has one row that says why. */
export function horizonsTable(answer: RequestOutput<"comparisons.horizons">): ComparisonTable {
  const drawn =
    answer.draws === 0 ? "" : ` Intervals: ${formatCount(answer.draws)} resamples, seed ${String(answer.seed)}.`;
  return {
    id: "horizons",
    title: "Time horizon",
    caption: `Human working time of tasks that are solved with this chance, by a logistic fit on its logarithm (weights: ${answer.weighting}, penalty ${String(answer.penalty)}).${drawn}`,
    columns: [
      column("model", "Model version"),
      figure("tasks", "Tasks with a human time"),
      figure("attempts", "Attempts", "n"),
      figure("leftOut", "Left out", "tasks without"),
      column("share", "Chance"),
      figure("horizon", "Horizon", "min"),
      ...intervalColumns(),
      column("note", "Note"),
      figure("r2", "R²"),
    ],
    rows: answer.horizons.flatMap(({ version, tasks, attempts, tasksWithoutTime, reason, fit, horizons }): Row[] => {
      const basis = {
        model: words(version.words),
        tasks: whole(tasks),
        attempts: whole(attempts),
        leftOut: whole(tasksWithoutTime),
        r2: share(fit?.r2 ?? null),
      };
      if (reason !== null) {
        const nothing = { share: words(null), horizon: minutes(null), ...intervalCells(null, minutes) };
        return [{ ...basis, ...nothing, note: words(noHorizonWords[reason]) }];
      }
      return horizons.map((one): Row => ({
        ...basis,
        share: { value: one.share, text: formatLevel(one.share) },
        horizon: minutes(one.minutes),
        ...intervalCells(one.interval, minutes),
        note: words(one.extrapolated ? "beyond the tasks attempted" : ""),
      }));
    }),
  };
}
