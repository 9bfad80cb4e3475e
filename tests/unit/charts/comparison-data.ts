import type { ComparedPair, ComparedVersion, Horizon } from "../../../electron/contract/comparing.ts";
import type { Rate } from "../../../electron/contract/values.ts";
import type { Plot, PlotPoint } from "../../../renderer/charts/plot.ts";
import { dayAxis, minutesAxis, rateAxis } from "../../../renderer/charts/plot-axis.ts";
import { seriesLook } from "../../../renderer/charts/series-look.tsx";

const interval = { level: 0.95, method: "cluster-t", unit: "task" } as const;

export function rateWith(rate: number, n = 40): Rate {
  const solved = Math.round(rate * n);
  const [low, high] = [Math.max(0, rate - 0.1), Math.min(1, rate + 0.1)];
  return { n, solved, tasks: n, solvedTasks: solved, rate, interval: { low, high, ...interval } };
}

export function versionWith(
  id: string,
  words: string,
  rate: number,
  releasedOn: string | null = null,
): ComparedVersion {
  return { id, words, releasedOn, runs: [{ id: "run-1", code: "R-0001" }], rate: rateWith(rate) };
}

/** b − a over 40 tasks, with the adjusted p of a sign-flip test counted out. */
export function pairWith(a: string, b: string, difference: number, adjustedP: number): ComparedPair {
  return {
    a,
    b,
    tasks: 40,
    onlyTasksOfA: 0,
    onlyTasksOfB: 0,
    units: 40,
    unit: "task",
    rateA: rateWith(0.5),
    rateB: rateWith(0.5 + difference),
    difference,
    standardError: 0.04,
    interval: { low: difference - 0.08, high: difference + 0.08, ...interval },
    correlation: 0.4,
    test: { method: "sign-flip-exact", p: adjustedP / 2, adjustedP, drawn: null },
    flips: { onlyA: 3, onlyB: 7, both: 20, neither: 10 },
  };
}

export function horizonWith(version: ComparedVersion, minutes: number): Horizon {
  return {
    version,
    tasks: 40,
    attempts: 120,
    tasksWithoutTime: 2,
    shortest: 1,
    longest: 480,
    reason: null,
    fit: { slope: -0.6, intercept: 3, loss: 0.5, r2: 0.3 },
    horizons: [
      {
        share: 0.5,
        minutes,
        extrapolated: false,
        interval: { low: minutes / 2, high: null, level: 0.95, method: "hierarchical-bootstrap", unit: "task" },
      },
    ],
    curve: [1, 10, 100].map((at, place) => ({ minutes: at, chance: 0.9 - place * 0.3, band: null })),
    bins: [],
    points: [{ task: "t1", minutes: 4, n: 3, solved: 2, rate: 2 / 3 }],
    resamples: { falling: 1_000, notFalling: 0, noneSolved: 0, allSolved: 0, oneLength: 0, absent: 0 },
  };
}

/** A plot of so many series with so many points each, anywhere from 0 to 1 and over any time. */
export function plotWith(
  series: readonly { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] }[],
  kind: "minutes" | "days",
): Plot {
  const values = series.flatMap(({ points }) => points.map(([x]) => x));
  return {
    x: kind === "minutes" ? minutesAxis(values, "Minutes") : dayAxis(values, "Day"),
    y: rateAxis("Rate"),
    drops: [],
    series: series.map(({ name, points }, place) => ({
      id: String(place),
      name,
      look: seriesLook(place),
      line: points,
      curve: "straight",
      isDashed: false,
      band: [],
      points: points.map(([x, y], index): PlotPoint => ({
        id: `${String(place)} ${String(index)}`,
        x,
        y,
        yInterval: null,
        xInterval: null,
        size: "regular",
        label: `${name} ${String(index)}`,
      })),
    })),
  };
}
