import type { ComparisonTable, PassPoint } from "../../contract/comparing.ts";
import type { RequestOutput } from "../../contract/index.ts";
import {
  change,
  column,
  figure,
  intervalCells,
  intervalColumns,
  share,
  whole,
  words,
  type Row,
} from "./table-cells.ts";

/** Comparison tables that are made of solve rates: pass@k, groups, trend, reliability. */

export function passTable({ curves }: RequestOutput<"comparisons.passCurves">): ComparisonTable {
  const row = (version: string, estimator: string, point: PassPoint): Row => ({
    model: words(version),
    estimator: words(estimator),
    k: whole(point.k),
    value: share(point.value),
    ...intervalCells(point.interval, share),
    tasks: whole(point.tasks),
    leftOut: whole(point.tasksLeftOut),
  });
  return {
    id: "pass-at-k",
    title: "pass@k and pass^k",
    caption: "pass@k: at least one of k attempts solves; pass^k: all k do. Unbiased estimates, means over tasks.",
    columns: [
      column("model", "Model version"),
      column("estimator", "Estimate"),
      figure("k", "k"),
      figure("value", "Value"),
      ...intervalColumns(),
      figure("tasks", "Tasks"),
      figure("leftOut", "Left out", "tasks with fewer attempts"),
    ],
    rows: curves.flatMap(({ version, atLeastOne, all }) => [
      ...atLeastOne.map((point) => row(version.words, "pass@k", point)),
      ...all.map((point) => row(version.words, "pass^k", point)),
    ]),
  };
}

export function groupsTable({ groups, versions }: RequestOutput<"comparisons.groups">): ComparisonTable {
  return {
    id: "groups",
    title: "Solve rates by group of tasks",
    caption: "Tasks without a value stand together as not stated. The level of each interval stands beside it.",
    columns: [
      column("group", "Group"),
      column("model", "Model version"),
      figure("tasks", "Tasks"),
      figure("n", "Attempts", "n"),
      figure("solved", "Solved"),
      figure("rate", "Solve rate"),
      ...intervalColumns(),
    ],
    rows: groups.flatMap(({ name, rates }) =>
      rates.map((rate, place): Row => ({
        group: words(name ?? "not stated"),
        model: words(versions[place]?.words ?? null),
        tasks: whole(rate.tasks),
        n: whole(rate.n),
        solved: whole(rate.solved),
        rate: share(rate.rate),
        ...intervalCells(rate.interval, share),
      })),
    ),
  };
}

export function trendTable({ versions, line, reason }: RequestOutput<"comparisons.trend">): ComparisonTable {
  const fitted = new Map(line?.ends.map(({ on, value }) => [on, value]));
  return {
    id: "trend",
    title: "Solve rate by release",
    caption:
      line === null
        ? `No line through the versions: ${noTrendWords[reason ?? "no-dates"]}.`
        : `Least squares on the release date, each version counting the same: ${change(line.perYear).text} a year.`,
    columns: [
      column("released", "Released"),
      column("model", "Model version"),
      figure("tasks", "Tasks"),
      figure("n", "Attempts", "n"),
      figure("rate", "Solve rate"),
      ...intervalColumns(),
      figure("fitted", "Line"),
    ],
    rows: versions.map(({ releasedOn, words: name, rate }): Row => ({
      released: words(releasedOn),
      model: words(name),
      tasks: whole(rate.tasks),
      n: whole(rate.n),
      rate: share(rate.rate),
      ...intervalCells(rate.interval, share),
      fitted: share(releasedOn === null ? null : (fitted.get(releasedOn) ?? null)),
    })),
  };
}

/** Why there is no line through versions. */
export const noTrendWords: Readonly<Record<NonNullable<RequestOutput<"comparisons.trend">["reason"]>, string>> = {
  "no-dates": "not all of them have a release date",
  "too-few": "it takes three of them",
  "one-time": "all were released on one day",
  "not-growing": "it does not grow",
};
