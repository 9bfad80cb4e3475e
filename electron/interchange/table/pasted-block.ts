import { parse } from "csv-parse/sync";
import type { LoggedAttempt } from "../../contract/evaluation.ts";
import type { PastedBlock } from "../../contract/hand-logging.ts";
import { outcomeWords, plainWord, type Meaning } from "./outcome-words.ts";

/** Where a block is pasted: a cell of the grid, and what lies below and beside it. */
export interface PasteTarget {
  /** From the cell downwards. */
  readonly tasks: readonly string[];
  readonly epoch: number;
  readonly epochs: number;
  /** The task that a text names, by its id or its title; null where none is called so. */
  readonly taskOf: (text: string) => string | null;
}

type Field = "task" | "epoch" | "outcome" | "score" | "minutes" | "tokens" | "note";

const fieldNames: ReadonlyMap<string, Field> = new Map(
  (
    [
      ["task", ["task", "id", "sample", "challenge", "problem", "name"]],
      ["epoch", ["epoch", "attempt", "try", "run"]],
      ["outcome", ["outcome", "state", "status", "result", "solved"]],
      ["score", ["score", "value", "points"]],
      ["minutes", ["minutes", "min", "mins", "time", "duration"]],
      ["tokens", ["tokens", "total tokens"]],
      ["note", ["note", "notes", "comment", "comments", "remark"]],
    ] as const
  ).flatMap(([field, names]) => names.map((name): [string, Field] => [name, field])),
);

const meaningOf = outcomeWords([]);
const blank = { minutes: null, tokens: null, note: "" };

/** What a cell says: a word for an outcome, or a number, which is the score. */
function cellMeaning(text: string): Meaning | null {
  const score = numberOf(text);
  return score === null ? meaningOf(text) : { outcome: "scored", score };
}

/** A number as spreadsheets write it: "0.5", "0,5", "1 200". */
function numberOf(text: string): number | null {
  const plain = text.trim().replace(/[\s\u00a0\u202f](?=\d{3}(?:\D|$))/g, "");
  if (!/^[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)$/.test(plain)) return null;
  const value = Number(plain.replace(",", "."));
  return Number.isFinite(value) ? value : null;
}

class Lines {
  readonly attempts = new Map<string, LoggedAttempt>();
  readonly refused: PastedBlock["refused"] = [];

  refuse(line: number, text: string, reason: string): void {
    this.refused.push({ line, text: text.slice(0, 200), reason });
  }

  add(line: number, text: string, attempt: LoggedAttempt): void {
    const key = JSON.stringify([attempt.task, attempt.epoch]);
    if (this.attempts.has(key)) this.refuse(line, text, "This attempt stands in the block already.");
    else this.attempts.set(key, attempt);
  }
}

function readCells(rows: readonly (readonly string[])[], target: PasteTarget): Lines {
  const lines = new Lines();
  for (const [down, row] of rows.entries()) {
    const task = target.tasks[down];
    for (const [right, text] of row.entries()) {
      if (text.trim() === "") continue;
      const epoch = target.epoch + right;
      const meaning = cellMeaning(text);
      if (task === undefined) lines.refuse(down + 1, text, "The grid has no more rows.");
      else if (epoch > target.epochs) lines.refuse(down + 1, text, `The run has no epoch ${String(epoch)}.`);
      else if (meaning === null) lines.refuse(down + 1, text, "It is no outcome and no score.");
      else lines.add(down + 1, text, { task, epoch, ...meaning, ...blank });
    }
  }
  return lines;
}

type Named = Readonly<Partial<Record<Field, string>>>;

/** Why a line says nothing that can be logged. */
class Unread extends Error {}

function given(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== "";
}

/** A number that a line may give; null where it gives none. */
function optionalNumber(text: string | undefined, fits: (value: number) => boolean, wrong: string): number | null {
  if (!given(text)) return null;
  const value = numberOf(text);
  if (value === null || !fits(value)) throw new Unread(wrong);
  return value;
}

function attemptOf(named: Named, target: PasteTarget): LoggedAttempt {
  const name = (named.task ?? "").trim();
  const task = target.taskOf(name);
  if (task === null) throw new Unread(`No task is called “${name.slice(0, 100)}”.`);
  const isEpoch = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= target.epochs;
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;
  return {
    task,
    epoch: optionalNumber(named.epoch, isEpoch, `The run has no epoch ${String(named.epoch)}.`) ?? 1,
    ...meaningOfLine(named),
    minutes: optionalNumber(named.minutes, (value) => value >= 0 && value <= 1e7, "Its minutes are no number."),
    tokens: optionalNumber(named.tokens, isCount, "Its tokens are no whole number."),
    note: (named.note ?? "").slice(0, 20_000),
  };
}

function meaningOfLine({ outcome, score }: Named): Meaning {
  const said = saidOutcome(outcome);
  if (!given(score)) {
    if (said === null) throw new Unread("It says neither an outcome nor a score.");
    return said;
  }
  const value = numberOf(score) ?? meaningOf(score)?.score ?? null;
  if (value === null) throw new Unread("Its score is no number.");
  const own = said?.outcome ?? "scored";
  if (own === "not-run") throw new Unread("It is called not run and has a score.");
  return { outcome: own, score: value };
}

function saidOutcome(outcome: string | undefined): Meaning | null {
  if (!given(outcome)) return null;
  const said = cellMeaning(outcome);
  if (said === null) throw new Unread(`“${outcome.trim().slice(0, 100)}” is no outcome.`);
  return said;
}

function readColumns(
  fields: readonly (Field | null)[],
  rows: readonly (readonly string[])[],
  target: PasteTarget,
): Lines {
  const lines = new Lines();
  for (const [down, row] of rows.entries()) {
    const named = Object.fromEntries(fields.flatMap((field, at) => (field === null ? [] : [[field, row[at] ?? ""]])));
    const text = row.join(" ");
    try {
      lines.add(down + 2, text, attemptOf(named, target));
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      lines.refuse(down + 2, text, error.message);
    }
  }
  return lines;
}

/** The fields that a first line names; null where it is none: a task and what became of it must be among them. */
function headOf(row: readonly string[]): readonly (Field | null)[] | null {
  const fields = row.map((name) => fieldNames.get(plainWord(name)) ?? null);
  const isHead = fields.includes("task") && (fields.includes("outcome") || fields.includes("score"));
  return isHead && new Set(fields.filter((field) => field !== null)).size === fields.filter(Boolean).length
    ? fields
    : null;
}

/** Tabs, as spreadsheets copy; without one a comma or a semicolon. */
function delimiterOf(text: string): string {
  return ["\t", ";", ","].find((sign) => text.includes(sign)) ?? "\t";
}

/**
 * Reads what was copied from a spreadsheet: columns with a first line that names them (task, epoch, outcome, score, minutes,
 * tokens, note), or outcomes alone, which go into the grid from a cell down and to the right. Empty cells say nothing.
 * What cannot be read is refused with its line; the rest stands.
 */
export function readPastedBlock(text: string, target: PasteTarget): PastedBlock {
  const delimiter = delimiterOf(text);
  let rows: string[][];
  try {
    rows = parse(text, { bom: true, delimiter, relax_column_count: true, relax_quotes: true });
  } catch {
    return { layout: "cells", attempts: [], refused: [{ line: 1, text: "", reason: "The block is no table." }] };
  }
  const [first = [], ...rest] = rows;
  const head = headOf(first);
  const lines = head === null ? readCells(rows, target) : readColumns(head, rest, target);
  return {
    layout: head === null ? "cells" : "columns",
    attempts: [...lines.attempts.values()],
    refused: lines.refused,
  };
}
