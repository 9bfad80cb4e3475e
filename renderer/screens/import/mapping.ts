import type { OutcomeState } from "../../../electron/contract/attempt.ts";
import type {
  RowRefusalReason,
  TableField,
  TableMapping,
  TablePreview,
  TimeUnit,
} from "../../../electron/contract/importing.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";

/** How a person changes what the columns of a table are, and what it then says. Pure: the service does the reading. */

/** What our fields are called on the screen. */
export const fieldWords: Readonly<Record<TableField, string>> = {
  task: "Task",
  epoch: "Epoch",
  outcome: "Outcome",
  solved: "Solved",
  score: "Score",
  scores: "Scores (list)",
  inputTokens: "Input tokens",
  outputTokens: "Output tokens",
  totalTokens: "Total tokens",
  cost: "Cost, US dollars",
  duration: "Time",
  workingTime: "Working time",
  startedAt: "Started at",
  limit: "Limit",
  error: "Error",
  invalidation: "Invalidated because",
  messages: "Messages",
  retries: "Retries",
  category: "Category",
  difficulty: "Difficulty",
  humanMinutes: "Human minutes",
  cluster: "Cluster",
  note: "Note",
  model: "Model",
  benchmark: "Benchmark",
  metadata: "Metadata",
};

export const unitWords: Readonly<Record<TimeUnit, string>> = {
  ms: "milliseconds",
  s: "seconds",
  min: "minutes",
  h: "hours",
  clock: "clock, 1:04:09",
};

function isTimed(field: TableField | null): boolean {
  return field === "duration" || field === "workingTime";
}

/** Makes a column another field. Every field but metadata stands once: the column that had it is left out. */
export function withField(mapping: TableMapping, place: number, field: TableField | null): TableMapping {
  const columns = mapping.columns.map((column, at) => {
    if (at === place) return { ...column, field, unit: isTimed(field) ? (column.unit ?? ("s" as const)) : null };
    const isTaken = field !== null && field !== "metadata" && column.field === field;
    return isTaken ? { ...column, field: null, unit: null } : column;
  });
  return { ...mapping, columns };
}

export function withUnit(mapping: TableMapping, place: number, unit: TimeUnit): TableMapping {
  return { ...mapping, columns: mapping.columns.map((column, at) => (at === place ? { ...column, unit } : column)) };
}

/** Keeps every column that is left out as metadata of its attempts. */
export function withOthersAsMetadata(mapping: TableMapping): TableMapping {
  const columns = mapping.columns.map((column) =>
    column.field === null ? { ...column, field: "metadata" as const, unit: null } : column,
  );
  return { ...mapping, columns };
}

/** What a word of the table can mean: a state, and the score that goes with it. */
export interface MeaningChoice {
  readonly id: string;
  readonly words: string;
  readonly outcome: OutcomeState;
  readonly score: number | null;
}

export const meaningChoices: readonly MeaningChoice[] = [
  { id: "solved", words: "solved", outcome: "scored", score: 1 },
  { id: "not-solved", words: "not solved", outcome: "scored", score: 0 },
  { id: "half", words: "half solved (0.5)", outcome: "scored", score: 0.5 },
  { id: "scored", words: "scored, as the score column says", outcome: "scored", score: null },
  { id: "unscored", words: "unscored", outcome: "unscored", score: null },
  { id: "refused", words: "refused by the model", outcome: "refused", score: 0 },
  { id: "limit-reached", words: "limit reached", outcome: "limit-reached", score: null },
  { id: "model-error", words: "model error", outcome: "model-error", score: null },
  { id: "infrastructure-fault", words: "infrastructure fault", outcome: "infrastructure-fault", score: null },
  { id: "invalidated", words: "invalidated", outcome: "invalidated", score: null },
  { id: "withheld", words: "withheld", outcome: "withheld", score: null },
  { id: "not-run", words: "not run", outcome: "not-run", score: null },
];

/** The choice that a meaning is; null where nobody knows what the word means. */
export function choiceOf(meaning: TablePreview["words"][number]["meaning"]): MeaningChoice | null {
  if (meaning === null) return null;
  const sameState = meaningChoices.filter(({ outcome }) => outcome === meaning.outcome);
  return (
    sameState.find(({ score }) => score === meaning.score) ?? sameState.find(({ score }) => score === null) ?? null
  );
}

/** Says what a word means, in place of what was known of it. */
export function withMeaning(mapping: TableMapping, text: string, choice: MeaningChoice): TableMapping {
  const others = mapping.outcomes.filter((one) => one.text !== text);
  return { ...mapping, outcomes: [...others, { text, outcome: choice.outcome, score: choice.score }] };
}

/** What goes for rows whose cells, or whose columns, are not there. */
export function silentRules(mapping: TableMapping): readonly string[] {
  const has = (field: TableField): boolean => mapping.columns.some((column) => column.field === field);
  const isJudged = has("outcome") || has("solved");
  const rules: string[] = [];
  if (!isJudged && !has("score")) {
    rules.push(
      "No column says what came of an attempt: every row is unscored, but for what its error, limit or invalidation says.",
    );
  } else if (!isJudged) {
    rules.push("A row with a score is scored; one without is unscored, or what its error, limit or invalidation says.");
  } else if (has("score")) {
    rules.push(
      "A row is scored where either column gives a score, unscored where none does. A verdict stands over a score.",
    );
  } else {
    rules.push("Solved counts as 1, not solved as 0; a row whose cell is empty is unscored.");
  }
  if (!has("epoch")) rules.push("No column is the epoch: rows of one task are its epochs, in the order of the file.");
  return rules;
}

export const refusalWords: Readonly<Record<RowRefusalReason, string>> = {
  "row-malformed": "not readable as a row",
  "row-too-long": "row too long",
  "row-not-an-object": "no JSON object",
  "too-many-cells": "more cells than columns",
  "task-missing": "names no task",
  "task-too-long": "task name too long",
  "epoch-invalid": "epoch no whole number",
  "duplicate-attempt": "attempt was there already",
  "outcome-unknown": "outcome that nobody knows",
  "score-invalid": "score no number",
  "scores-invalid": "list of scores unreadable",
  "number-invalid": "no number",
  "duration-invalid": "no time",
  "date-invalid": "no date",
};

/** "1,204 attempts of 40 tasks × 3 epochs would be taken in as 2 runs; 17 of 1,221 rows would be refused." */
export function countsWords({ counts, runs }: Pick<TablePreview, "counts" | "runs">): string {
  const size = `${formatCounted(counts.tasks, "task")} × ${formatCounted(counts.epochs, "epoch")}`;
  const taken = `${formatCounted(counts.taken, "attempt")} of ${size} would be taken in as ${formatCounted(runs.length, "run")}`;
  if (counts.rows === 0) return "The table has no rows.";
  const rows = `${formatCount(counts.refused)} of ${formatCounted(counts.rows, "row")}`;
  return `${taken}; ${counts.refused === 0 ? "no row" : rows} would be refused.`;
}

/** "CSV, separated by semicolons, with a header". */
export function formatWords({ format, delimiter, header }: TableMapping): string {
  if (format === "jsonl") return "JSON Lines";
  const by = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars" }[delimiter ?? ","];
  return `CSV, separated by ${by}, ${header ? "with" : "without"} a header`;
}
