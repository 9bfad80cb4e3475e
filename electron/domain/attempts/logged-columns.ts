import { outcomeStates } from "../../contract/attempt.ts";
import { meetsRule, type SolveRule } from "../../statistics/denominator.ts";
import { ledgerState, type LedgerState } from "../../statistics/ledger.ts";
import type { ReadModel, SqlValue } from "../read-model.ts";
import type { AttemptField, CheckedColumns } from "./columns.ts";

/**
 * All attempts of a log as rows of the read model: the rows that `putAttempt` writes, by whole columns. What all attempts
 * have is bound once for many rows, because each value that goes into SQLite costs as much as a good part of a row does there.
 */

/** Rows that go in together. */
const rowsTogether = 32;

const ledgerWords = [
  "solved",
  "notSolved",
  "unscored",
  "refused",
  "limitReached",
  "modelError",
  "infrastructureFault",
  "invalidated",
  "withheld",
  "notRun",
] as const satisfies readonly LedgerState[];

/** Fields that stand in the table as they are. */
const asTheyAre = [
  "task",
  "epoch",
  "score",
  "limit",
  "error",
  "invalidation",
  "inputTokens",
  "outputTokens",
  "totalTokens",
  "cost",
  "totalMs",
  "workingMs",
  "startedAt",
  "retries",
  "member",
  "cluster",
  "note",
  "file",
] as const satisfies readonly AttemptField[];

/** The table's columns in their order, each by the value that it holds. */
const tableColumns = [
  ...["run", "task", "epoch", "outcome", "ledger", "solved", "score", "scores", "limit", "error", "invalidation"],
  ...["inputTokens", "outputTokens", "totalTokens", "cost", "totalMs", "workingMs", "startedAt", "retries", "member"],
  ...["cluster", "note", "logged", "metadata", "file", "outcome", "score", "nothing", "nothing"],
];

/** One of a row's values. */
interface Part {
  /** Whether all rows have the same. */
  readonly isAlike: boolean;
  /** In the row of the attempt at a place. */
  readonly value: (place: number) => SqlValue;
  /** Words of which `value` gives the place: a number goes in faster than a word. */
  readonly words?: readonly string[];
}

function partsOf({ n, alike, values }: CheckedColumns, run: number, rule: SolveRule): Map<string, Part> {
  const placeIn = (field: AttemptField, place: number): number => (alike.has(field) ? 0 : place);
  const outcome = (place: number) => values.outcome[placeIn("outcome", place)] ?? "not-run";
  const score = (place: number) => values.score[placeIn("score", place)] ?? null;
  const json = (field: "scores" | "metadata"): Part => ({
    isAlike: alike.has(field),
    value: (place) => JSON.stringify(values[field][placeIn(field, place)]),
  });
  const parts = new Map<string, Part>();
  for (const field of asTheyAre) {
    const column = values[field];
    const isAlike = alike.has(field);
    // Names of rows always go in by row, so that there is something that does.
    const isName = field === "task" || field === "epoch";
    parts.set(field, { isAlike: isAlike && !isName, value: (place) => column[isAlike ? 0 : place] ?? null });
  }
  const ledger = (place: number): number =>
    ledgerWords.indexOf(ledgerState({ outcome: outcome(place), score: score(place) }, rule));
  const solved = (place: number): SqlValue => {
    const own = score(place);
    return own === null ? null : Number(meetsRule(own, rule));
  };
  const isJudgedAlike = n > 0 && alike.has("outcome") && alike.has("score");
  return parts
    .set("run", { isAlike: true, value: () => run })
    .set("outcome", {
      isAlike: alike.has("outcome"),
      value: (place) => outcomeStates.indexOf(outcome(place)),
      words: outcomeStates,
    })
    .set("ledger", { isAlike: isJudgedAlike, value: ledger, words: ledgerWords })
    .set("solved", { isAlike: alike.has("score"), value: solved })
    .set("scores", json("scores"))
    .set("metadata", json("metadata"))
    .set("logged", { isAlike: true, value: () => 1 })
    .set("nothing", { isAlike: true, value: () => null });
}

/** A statement that puts a number of rows in: bound are what they have alike, then what each has of its own. */
function statement(parts: ReadonlyMap<string, Part>, own: readonly string[], same: readonly string[], rows: number) {
  const said = tableColumns.map((name) => {
    const value = own.includes(name)
      ? `own.column${String(own.indexOf(name) + 1)}`
      : `same.s${String(same.indexOf(name))}`;
    const words = parts.get(name)?.words;
    if (words === undefined) return value;
    return `CASE ${value} ${words.map((word, place) => `WHEN ${String(place)} THEN '${word}'`).join(" ")} END`;
  });
  const row = `(${own.map(() => "?").join(", ")})`;
  return `INSERT OR REPLACE INTO attempt SELECT ${said.join(", ")}
    FROM (SELECT ${same.map((_, place) => `? AS s${String(place)}`).join(", ")}) same,
    (VALUES ${Array.from({ length: rows }, () => row).join(", ")}) own`;
}

/**
 * Places of attempts in the order of their keys, so that rows go in one behind the other; of two with the same key, which
 * only an odd log has, the later one stays the later.
 */
function inKeyOrder({ n, alike, values }: CheckedColumns): Int32Array {
  const order = Int32Array.from({ length: n }, (_, place) => place);
  const epochs = alike.has("epoch") ? order : sortedBy(order, Int32Array.from(values.epoch));
  if (alike.has("task")) return epochs;
  const ranks = new Map([...new Set(values.task)].sort().map((task, rank) => [task, rank]));
  return sortedBy(
    epochs,
    Int32Array.from(values.task, (task) => ranks.get(task) ?? 0),
  );
}

/** Places sorted by small whole numbers that each of them has, by counting these; stable. */
function sortedBy(order: Int32Array, numbers: Int32Array): Int32Array {
  const most = numbers.reduce((so, number) => Math.max(so, number), 0);
  const starts = new Int32Array(most + 2);
  for (const number of numbers) starts[number + 1] = (starts[number + 1] ?? 0) + 1;
  for (let at = 1; at < starts.length; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const sorted = new Int32Array(order.length);
  for (const place of order) {
    const number = numbers[place] ?? 0;
    const at = starts[number] ?? 0;
    sorted[at] = place;
    starts[number] = at + 1;
  }
  return sorted;
}

/** Puts the attempts of a log in as rows; one that is there under the same name gives way. */
export function putLoggedColumns(model: ReadModel, run: number, columns: CheckedColumns, rule: SolveRule): void {
  if (columns.n === 0) return;
  const parts = partsOf(columns, run, rule);
  const own = [...parts.keys()].filter((name) => parts.get(name)?.isAlike === false);
  const same = [...parts.keys()].filter((name) => !own.includes(name));
  const shared = same.map((name) => parts.get(name)?.value(0) ?? null);
  const ofRow = own.flatMap((name) => parts.get(name)?.value ?? []);
  const many = statement(parts, own, same, rowsTogether);
  const one = statement(parts, own, same, 1);
  const order = inKeyOrder(columns);
  for (let at = 0; at < order.length;) {
    const together = order.length - at >= rowsTogether ? rowsTogether : 1;
    const bound = [...shared];
    for (const place of order.subarray(at, at + together)) for (const value of ofRow) bound.push(value(place));
    model.run(together === 1 ? one : many, ...bound);
    at += together;
  }
}
