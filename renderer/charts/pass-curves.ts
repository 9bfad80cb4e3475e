import type { ComparedVersion, PassCurves, PassPoint } from "../../electron/contract/comparing.ts";
import { formatCounted, formatRate } from "../../electron/contract/number-text.ts";
import {
  intervalCells,
  intervalColumns,
  intervalWords,
  methodsOf,
  numberCell,
  wordsCell,
  type DrawnChart,
} from "./drawn-chart.ts";
import { countAxis, rateAxis } from "./plot-axis.ts";
import type { PlotSeries } from "./plot.ts";
import { seriesLook } from "./series-look.tsx";

/** at-least-one: pass@k; all: pass^k. */
export type PassKind = "at-least-one" | "all";

const kindWords: Readonly<Record<PassKind, string>> = { "at-least-one": "pass@k", all: "pass^k" };

interface Curve {
  readonly version: ComparedVersion;
  readonly kind: PassKind;
  readonly place: number;
  readonly points: readonly PassPoint[];
}

/** Names the mark of a curve's point. */
export function passPointId(versionId: string, kind: PassKind, k: number): string {
  return `${versionId} ${kind} ${String(k)}`;
}

/** Whether some version has two attempts at every task: then there is more to a curve than its first point. */
export function hasCurve(curves: readonly PassCurves[]): boolean {
  return curves.some(({ atLeastOne }) => atLeastOne.some(({ k, value }) => k > 1 && value !== null));
}

/** pass@k (at least one of k attempts solves) and pass^k (all do) over k, each with its band. */
export function passCurves(all: readonly PassCurves[], kinds: readonly PassKind[], benchmark: string): DrawnChart {
  const curves = all.flatMap(({ version, atLeastOne, all: every }, place): Curve[] =>
    kinds.map((kind) => ({ version, kind, place, points: kind === "all" ? every : atLeastOne })),
  );
  const last = Math.max(1, ...curves.flatMap(({ points }) => points.map(({ k }) => k)));
  const intervals = curves.flatMap(({ points }) => points.map(({ interval }) => interval));
  const tasks = curves.flatMap(({ points }) => points.map((point) => point.tasks));
  return {
    slug: "pass-at-k",
    title: `${kinds.map((kind) => kindWords[kind]).join(" and ")} on ${benchmark}`,
    summary: passSummary(curves),
    method: `Unbiased estimators, mean over up to ${formatCounted(Math.max(0, ...tasks), "task")}; pointwise interval ${methodsOf(intervals)}.`,
    twin: passTwin(curves),
    body: {
      kind: "plot",
      plot: {
        x: countAxis(last, "Attempts k"),
        y: rateAxis(kinds.length === 1 && kinds[0] === "all" ? "Tasks solved every time" : "Tasks solved"),
        series: curves.map((curve) => seriesOf(curve, kinds.length > 1)),
        drops: [],
      },
    },
  };
}

function seriesOf({ version, kind, place, points }: Curve, isNamed: boolean): PlotSeries {
  const known = points.flatMap((point) => (point.value === null ? [] : [{ ...point, value: point.value }]));
  return {
    id: `${version.id} ${kind}`,
    name: isNamed ? `${kindWords[kind]} ${version.words}` : version.words,
    look: seriesLook(place),
    curve: "straight",
    isDashed: kind === "all",
    line: known.map(({ k, value }) => [k, value] as const),
    band: known.flatMap(({ k, interval }) =>
      interval === null ? [] : [{ x: k, low: interval.low, high: interval.high }],
    ),
    points: known.map((point) => ({
      id: passPointId(version.id, kind, point.k),
      x: point.k,
      y: point.value,
      yInterval: known.length === 1 ? point.interval : null,
      xInterval: null,
      size: "regular",
      label: `${version.words}, ${kindWords[kind]}, k ${String(point.k)}: ${pointWords(point)}`,
    })),
  };
}

function pointWords({ value, interval, tasks, tasksLeftOut }: PassPoint): string {
  const left = tasksLeftOut === 0 ? "" : `, ${formatCounted(tasksLeftOut, "task")} left out`;
  return `${formatRate(value)}, ${intervalWords(interval)}, ${formatCounted(tasks, "task")}${left}`;
}

function passSummary(curves: readonly Curve[]): string {
  const sentence = (kind: PassKind, verb: string): string[] => {
    const ends = curves
      .filter((curve) => curve.kind === kind)
      .flatMap(({ version, points }) => {
        const [first, end] = [points[0], points.findLast(({ value }) => value !== null)];
        return first === undefined || end === undefined ? [] : [{ version, first, end }];
      })
      .toSorted((a, b) => (b.end.value ?? 0) - (a.end.value ?? 0));
    const [best] = ends;
    if (best === undefined) return [];
    const { version, first, end } = best;
    const words = `${kindWords[kind]} of ${version.words} ${verb} from ${formatRate(first.value)} at k 1 to ${formatRate(end.value)} at k ${String(end.k)}`;
    return [ends.length === 1 ? `${words}.` : `${words}, the highest of ${String(ends.length)}.`];
  };
  const said = [...sentence("at-least-one", "rises"), ...sentence("all", "falls")];
  return said.length === 0 ? "There is nothing to estimate yet." : said.join(" ");
}

function passTwin(curves: readonly Curve[]): DrawnChart["twin"] {
  return {
    columns: [
      { key: "model_version", label: "Model version", numeric: false },
      { key: "measure", label: "Measure", numeric: false },
      { key: "k", label: "k", numeric: true },
      { key: "value", label: "Value", numeric: true },
      ...intervalColumns,
      { key: "tasks", label: "Tasks", numeric: true },
      { key: "tasks_left_out", label: "Left out", numeric: true },
    ],
    rows: curves.flatMap(({ version, kind, points }) =>
      points.map((point) => ({
        id: passPointId(version.id, kind, point.k),
        cells: [
          wordsCell(version.words),
          wordsCell(kindWords[kind]),
          numberCell(point.k, String),
          numberCell(point.value, formatRate),
          ...intervalCells(point.interval),
          numberCell(point.tasks, String),
          numberCell(point.tasksLeftOut, String),
        ],
      })),
    ),
  };
}
