import type { ComparisonTable } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import { formatCount, formatDays } from "../../contract/number-text.ts";
import { column, figure, intervalCells, intervalColumns, minutes, words, type Cell, type Row } from "./table-cells.ts";

const days = (value: number | null): Cell => ({ value, text: formatDays(value) });

/** Why there is no doubling time. */
export const noDoublingWords: Readonly<
  Record<NonNullable<RequestOutput<"comparisons.horizons">["doubling"]["reason"]>, string>
> = {
  "no-dates": "no version with a time horizon has a release day",
  "too-few": "it takes three versions that were the best when they came out",
  "one-time": "all were released on one day",
  "not-growing": "the horizon does not grow",
};

/** A row a version with its 50 % horizon and its release day, and a last one with the doubling time through the best. */
export function doublingTable(answer: RequestOutput<"comparisons.horizons">): ComparisonTable {
  const { doubling, draws, seed } = answer;
  const drawn = draws === 0 ? "" : ` Intervals: ${formatCount(draws)} resamples, seed ${String(seed)}.`;
  const none = doubling.reason === null ? "" : ` No doubling time: ${noDoublingWords[doubling.reason]}.`;
  return {
    id: "doubling",
    title: "Doubling time of the 50 % time horizon",
    caption: `Least squares of the logarithm of the horizon on the release day, over the versions that no earlier one exceeds, each counting the same.${drawn}${none}`,
    columns: [
      column("model", "Model version"),
      column("released", "Released"),
      figure("horizon", "50 % horizon", "min"),
      ...intervalColumns(),
      column("counted", "In the line"),
      figure("days", "Doubles in", "days"),
      ...intervalColumns("Doubles in", "days"),
    ],
    rows: [
      ...answer.horizons.map(({ version, horizons }): Row => {
        const half = horizons.find(({ share }) => share === 0.5) ?? null;
        return {
          model: words(version.words),
          released: words(version.releasedOn),
          horizon: minutes(half?.minutes ?? null),
          ...intervalCells(half?.interval ?? null, minutes),
          counted: words(doubling.modelVersionIds.includes(version.id) ? "yes" : "no"),
          days: days(null),
          ...intervalCells(null, days, "days"),
        };
      }),
      {
        model: words("The line"),
        released: words(null),
        horizon: minutes(null),
        ...intervalCells(null, minutes),
        counted: words(null),
        days: days(doubling.days),
        ...intervalCells(doubling.interval, days, "days"),
      },
    ],
  };
}
