import type { PassPoint, Reliability } from "../../electron/contract/comparing.ts";
import {
  formatCount,
  formatCounted,
  formatDecimal,
  formatInterval,
  formatRate,
} from "../../electron/contract/number-text.ts";
import {
  intervalCells,
  intervalColumns,
  intervalWords,
  methodsOf,
  numberCell,
  wordsCell,
  type DrawnChart,
} from "./drawn-chart.ts";
import { rateAxis } from "./plot-axis.ts";
import type { ChartRow } from "./row-chart.tsx";
import { seriesLook } from "./series-look.tsx";

/** How often k attempts at a task solve it: every one of them, one alone, at least one. */
const parts = ["all", "one", "at-least-one"] as const;
type Part = (typeof parts)[number];

/** Names the mark of a version's row. */
export function reliabilityMarkId(versionId: string, part: Part | (typeof sources)[number]): string {
  return `${versionId} ${part}`;
}

/** Every k above 1 that some of the versions has an estimate for. */
export function reliabilitySteps(versions: readonly Pick<Reliability, "all">[]): number[] {
  const steps = versions.flatMap(({ all }) => all.flatMap(({ k, value }) => (k > 1 && value !== null ? [k] : [])));
  return [...new Set(steps)].toSorted((a, b) => a - b);
}

/** The k that says most of all versions alike: the largest that each of those with several attempts has. */
export function usualStep(versions: readonly Pick<Reliability, "all">[]): number | null {
  const last = versions.map((one) => reliabilitySteps([one]).at(-1) ?? null).filter((k) => k !== null);
  return last.length === 0 ? null : Math.min(...last);
}

interface Row {
  readonly id: string;
  readonly version: Reliability["version"];
  readonly part: Part;
  readonly point: PassPoint | null;
}

function partWords(part: Part, k: number): string {
  if (part === "one") return "One attempt (solve rate)";
  return part === "all" ? `All of ${String(k)}` : `At least one of ${String(k)}`;
}

/** The share of tasks that all of k attempts solve, beside what one does and what at least one of k does. */
export function reliabilityRows(versions: readonly Reliability[], k: number, benchmark: string): DrawnChart {
  const rows = versions.flatMap((one): Row[] =>
    parts.map((part) => {
      const { version } = one;
      const points = part === "at-least-one" ? one.atLeastOne : one.all;
      const point = points.find((each) => each.k === (part === "one" ? 1 : k)) ?? null;
      return { id: reliabilityMarkId(version.id, part), version, part, point };
    }),
  );
  const tasks = Math.max(0, ...rows.map(({ point }) => point?.tasks ?? 0));
  return {
    slug: "reliability",
    title: `Solved every time, of ${String(k)} attempts, on ${benchmark}`,
    summary: reliabilitySummary(rows, k),
    method: `pass^k and pass@k by their unbiased estimators, mean over up to ${formatCounted(tasks, "task")}; interval ${methodsOf(rows.map(({ point }) => point?.interval ?? null))}.`,
    twin: reliabilityTwin(rows, k),
    body: {
      kind: "rows",
      plan: {
        axis: rateAxis("Tasks solved"),
        origin: null,
        labelWidth: 212,
        columns: [
          { header: "Value", width: 62 },
          { header: "Interval", width: 108 },
          { header: "Tasks", width: 56 },
        ],
        rows: rows.map((row) => chartRow(row, k)),
      },
    },
  };
}

function chartRow({ id, version, part, point }: Row, k: number): ChartRow {
  const label = partWords(part, k);
  const value = point?.value ?? null;
  const numbers =
    point === null || value === null
      ? ["too few attempts"]
      : [formatRate(value), formatInterval(point.interval), formatCount(point.tasks)];
  return {
    id,
    label,
    group: version.words,
    value,
    interval: point?.interval ?? null,
    look: seriesLook(parts.indexOf(part)),
    isFaint: false,
    numbers,
    spoken: `${version.words}, ${label}: ${point === null || value === null ? "a task has fewer attempts" : `${formatRate(value)}, ${intervalWords(point.interval)}, ${formatCounted(point.tasks, "task")}`}`,
  };
}

function reliabilitySummary(rows: readonly Row[], k: number): string {
  const valueOf = (id: string, part: Part): number | null =>
    rows.find((row) => row.version.id === id && row.part === part)?.point?.value ?? null;
  const known = rows.flatMap(({ version, part, point }) =>
    part === "all" && point !== null && point.value !== null ? [{ version, value: point.value }] : [],
  );
  const [best] = known.toSorted((a, b) => b.value - a.value);
  if (best === undefined) return "There is nothing to estimate yet.";
  const { version, value } = best;
  const some = valueOf(version.id, "at-least-one");
  const among = known.length === 1 ? "" : `, the most of ${formatCounted(known.length, "model version")}`;
  return `${version.words} solves ${formatRate(value)} of the tasks in all of ${String(k)} attempts${among}; ${formatRate(valueOf(version.id, "one"))} in one attempt, ${formatRate(some)} in at least one of ${String(k)}.`;
}

function reliabilityTwin(rows: readonly Row[], k: number): DrawnChart["twin"] {
  return {
    columns: [
      { key: "model_version", label: "Model version", numeric: false },
      { key: "measure", label: "Solved by", numeric: false },
      { key: "k", label: "k", numeric: true },
      { key: "value", label: "Value", numeric: true },
      ...intervalColumns,
      { key: "tasks", label: "Tasks", numeric: true },
    ],
    rows: rows.map(({ id, version, part, point }) => ({
      id,
      cells: [
        wordsCell(version.words),
        wordsCell(partWords(part, k)),
        numberCell(part === "one" ? 1 : k, String),
        numberCell(point?.value ?? null, formatRate),
        ...intervalCells(point?.interval ?? null),
        numberCell(point?.tasks ?? null, String),
      ],
    })),
  };
}

/** What makes a rate uncertain: which tasks there are, or what is answered to them. */
const sources = ["tasks", "answers"] as const;

const sourceWords = { tasks: "Other tasks of the kind", answers: "These tasks alone" } as const;

const errorText = (value: number | null): string => formatDecimal(value, 4);

/** Where the uncertainty of each rate comes from: other tasks of the kind, or other answers to these. */
export function uncertaintyRows(versions: readonly Reliability[], halfWidth: number, benchmark: string): DrawnChart {
  const errors = versions.flatMap(({ overTasks, theseTasks }) => [overTasks ?? 0, theseTasks ?? 0]);
  const high = Math.max(0.02, Math.ceil(Math.max(...errors, 0) * 50) / 50);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => ({
    value: share * high,
    words: share === 0 ? "0" : formatDecimal(share * high, 3),
  }));
  const rows = versions.flatMap((one): ChartRow[] =>
    sources.map((part) => {
      const value = part === "tasks" ? one.overTasks : one.theseTasks;
      const label = sourceWords[part];
      const needed = part === "tasks" ? formatCount(one.tasksForHalfWidth) : "";
      return {
        id: reliabilityMarkId(one.version.id, part),
        label,
        group: one.version.words,
        value,
        interval: null,
        look: seriesLook(part === "tasks" ? 0 : 2),
        isFaint: false,
        numbers: value === null ? ["not known"] : [errorText(value), needed],
        spoken: `${one.version.words}, ${label}: standard error ${errorText(value)}${part === "tasks" ? `, ${needed} tasks for ± ${String(halfWidth)}` : ""}`,
      };
    }),
  );
  const unit = versions.some(({ version }) => version.rate.interval?.unit === "cluster") ? "cluster" : "task";
  return {
    slug: "uncertainty",
    title: `Where the uncertainty of the solve rate comes from, on ${benchmark}`,
    summary: uncertaintySummary(versions, halfWidth),
    method: `Standard errors of the solve rate, resampled by ${unit}; within a task by the variance of its attempts, which takes two. Tasks for ± ${String(halfWidth)} at 95 %: with as many attempts at each as now.`,
    twin: uncertaintyTwin(versions),
    body: {
      kind: "rows",
      plan: {
        axis: { kind: "linear", low: 0, high, ticks, label: "Standard error of the solve rate" },
        origin: null,
        labelWidth: 212,
        columns: [
          { header: "SE", width: 72 },
          { header: `Tasks for ± ${String(halfWidth)}`, width: 108 },
        ],
        rows,
      },
    },
  };
}

function uncertaintySummary(versions: readonly Reliability[], halfWidth: number): string {
  const known = versions.flatMap(({ version, overTasks, theseTasks, tasksForHalfWidth }) =>
    overTasks === null ? [] : [{ version, overTasks, theseTasks, tasksForHalfWidth }],
  );
  const [widest] = known.toSorted((a, b) => b.overTasks - a.overTasks);
  if (widest === undefined) return "It is not known yet where the uncertainty comes from.";
  const these = widest.theseTasks === null ? "" : `; over these very tasks alone it is ${errorText(widest.theseTasks)}`;
  const among = known.length === 1 ? "" : `, the largest of ${formatCounted(known.length, "model version")}`;
  const needed =
    widest.tasksForHalfWidth === null
      ? ""
      : ` An interval of ± ${String(halfWidth)} takes ${formatCounted(widest.tasksForHalfWidth, "task")}.`;
  return `The solve rate of ${widest.version.words} has a standard error of ${errorText(widest.overTasks)}${among}${these}.${needed}`;
}

function uncertaintyTwin(versions: readonly Reliability[]): DrawnChart["twin"] {
  return {
    columns: [
      { key: "model_version", label: "Model version", numeric: false },
      { key: "source", label: "Over", numeric: false },
      { key: "standard_error", label: "SE", numeric: true },
      { key: "variance", label: "Variance", numeric: true },
      { key: "tasks_needed", label: "Tasks needed", numeric: true },
      { key: "rate", label: "Rate", numeric: true },
      { key: "tasks", label: "Tasks", numeric: true },
      { key: "n", label: "n", numeric: true },
    ],
    rows: versions.flatMap(({ version, ...one }) =>
      sources.map((part) => ({
        id: reliabilityMarkId(version.id, part),
        cells: [
          wordsCell(version.words),
          wordsCell(sourceWords[part]),
          numberCell(part === "tasks" ? one.overTasks : one.theseTasks, errorText),
          numberCell(part === "tasks" ? one.betweenTasks : one.withinTask, errorText),
          numberCell(part === "tasks" ? one.tasksForHalfWidth : null, formatCount),
          numberCell(version.rate.rate, formatRate),
          numberCell(version.rate.tasks, String),
          numberCell(version.rate.n, String),
        ],
      })),
    ),
  };
}
