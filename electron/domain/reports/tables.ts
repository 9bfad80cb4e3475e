import type { FrozenTable } from "../../contract/frozen-report.ts";
import type { Matrix } from "../../contract/evaluation.ts";
import { formatCount, formatMinutes, ledgerOrder, ledgerWords } from "../../contract/number-text.ts";
import type { QueryContext } from "../query-context.ts";
import { number, numberOrNull, text, textOrNull, type Row as SqlRow } from "../read-model.ts";
import { runFacts } from "../runs/state.ts";
import { unfoldRun } from "../runs/unfold.ts";
import type { ReportMaterial } from "./material.ts";
import {
  column,
  figure,
  over,
  overColumns,
  precise,
  rateCells,
  rateColumns,
  table,
  whole,
  words,
  type Row,
} from "./table-cells.ts";

function named(matrix: Matrix, cell: Matrix["cells"][number]): Row {
  const version = matrix.modelVersions.find((one) => one.id === cell.modelVersionId)?.words ?? "";
  const benchmark = matrix.benchmarks.find((one) => one.id === cell.benchmarkId);
  return { model: words(version), benchmark: words(benchmark?.title ?? "") };
}

/** Said wherever it is so: scores that people changed are in the rates. */
function reviewedNote({ runs }: ReportMaterial): string {
  const reviewed = runs.reduce((sum, run) => sum + run.reviewed, 0);
  if (reviewed === 0) return "";
  const attempts = reviewed === 1 ? "1 attempt counts" : `${formatCount(reviewed)} attempts count`;
  return ` ${attempts} with a score that a review corrected.`;
}

export function resultsTable(made: ReportMaterial): FrozenTable {
  const { matrix } = made;
  return table("results", made, {
    caption: `Errors count as failures; invalidated attempts are left out. A rate is the mean over tasks.${reviewedNote(made)}`,
    columns: [
      ...overColumns,
      figure("tasks", "Tasks"),
      figure("solvedTasks", "Solved at least once", "tasks"),
      ...rateColumns,
    ],
    rows: matrix.cells.map((cell) => ({
      ...named(matrix, cell),
      tasks: whole(cell.rate.tasks),
      solvedTasks: whole(cell.rate.solvedTasks),
      ...rateCells(cell.rate),
    })),
  });
}

export function ledgerTable(made: ReportMaterial): FrozenTable {
  return table("ledger", made, {
    caption: "Planned attempts by the one state that each ended in. Withheld attempts are counted as withheld.",
    columns: [
      ...overColumns,
      figure("planned", "Planned"),
      ...ledgerOrder.map((key) =>
        figure(
          key,
          ledgerWords[key].replace(/^./, (first) => first.toUpperCase()),
        ),
      ),
    ],
    rows: made.pooled.map(({ model, benchmark, ledger }) => ({
      ...over(model, benchmark),
      planned: whole(ledger.planned),
      ...Object.fromEntries(ledgerOrder.map((key) => [key, whole(ledger[key])])),
    })),
  });
}

export function runsTable(made: ReportMaterial): FrozenTable {
  return table("runs", made, {
    caption: "Every run of the scope, how it was taken in, and its own result.",
    columns: [
      column("run", "Run"),
      column("model", "Model version"),
      column("benchmark", "Benchmark"),
      figure("epochs", "Epochs"),
      column("origin", "Taken in"),
      column("state", "State"),
      figure("reviewed", "Corrected by review", "attempts"),
      ...rateColumns,
    ],
    rows: made.runs.map((run) => ({
      run: words(run.code),
      model: words(run.modelVersion.words),
      benchmark: words(`${run.benchmark.title} ${run.benchmark.version}`),
      epochs: whole(run.epochs),
      origin: words(run.origin === "log" ? "from a log" : "by hand"),
      state: words(run.state.replace("-", " ")),
      reviewed: whole(run.reviewed),
      ...rateCells(run.rate),
    })),
  });
}

export function metricsTable(made: ReportMaterial): FrozenTable {
  return table("metrics", made, {
    caption: "Metrics that imported logs state, computed again from their samples.",
    columns: [
      column("run", "Run"),
      column("scorer", "Scorer"),
      column("metric", "Metric"),
      figure("logged", "Logged"),
      figure("recomputed", "Recomputed"),
      column("verdict", "Verdict"),
    ],
    rows: made.runs.flatMap((run) =>
      run.metrics.map((metric) => ({
        run: words(run.code),
        scorer: words(metric.reducer === null ? metric.scorer : `${metric.scorer}, ${metric.reducer}`),
        metric: words(metric.metric),
        logged: precise(metric.logged),
        recomputed: precise(metric.recomputed),
        verdict: words(metric.verdict.replaceAll("-", " ")),
      })),
    ),
  });
}

function taskRow(run: string, row: SqlRow): Row {
  return {
    run: words(run),
    task: words(textOrNull(row, "title") ?? text(row, "task")),
    category: words(textOrNull(row, "category")),
    minutes: { value: numberOrNull(row, "human_minutes"), text: formatMinutes(numberOrNull(row, "human_minutes")) },
    attempts: whole(number(row, "attempts")),
    solved: whole(number(row, "solved")),
  };
}

/** The tasks of the scope's runs; at most 5,000 rows, and the caption says so when it is cut. */
export function tasksTable(context: QueryContext, made: ReportMaterial): FrozenTable {
  const limit = 5_000;
  const rows = made.runs.flatMap((run) => {
    const facts = runFacts(context.model, run.id);
    if (facts === null) return [];
    unfoldRun(context, facts);
    return context.model
      .all(
        `SELECT a.task, t.title, t.category, t.human_minutes, count(*) AS attempts, sum(a.ledger = 'solved') AS solved
         FROM attempt a LEFT JOIN task t ON t.benchmark_id = ? AND t.id = a.task
         WHERE a.run = ? GROUP BY a.task ORDER BY coalesce(t.position, 1e9), a.task LIMIT ?`,
        facts.benchmarkId,
        facts.number,
        limit + 1,
      )
      .map((row) => taskRow(run.code, row));
  });
  const cut = rows.length > limit ? ` The first ${formatCount(limit)} of them are listed.` : "";
  return table("tasks", made, {
    caption: `Each task of each run, with how many of its planned attempts were solved.${cut}`,
    columns: [
      column("run", "Run"),
      column("task", "Task"),
      column("category", "Category"),
      figure("minutes", "Human time", "min"),
      figure("attempts", "Planned", "attempts"),
      figure("solved", "Solved"),
    ],
    rows: rows.slice(0, limit),
  });
}
