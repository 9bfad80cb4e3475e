import type { AttemptRecord } from "../../contract/attempt.ts";
import type {
  RefusedRow,
  RowRefusalReason,
  TableCounts,
  TableMapping,
  TablePreview,
  TakenRow,
} from "../../contract/importing.ts";
import { wellFormed } from "../json/fields.ts";
import type { LoggedRun, ReadOptions } from "../logged-run.ts";
import type { LogSource, ReadRun } from "../reader.ts";
import { describeTable } from "./detect.ts";
import { outcomeWords, plainWord, type Meaning } from "./outcome-words.ts";
import { isTaken, RowReader, type TableTask } from "./row-reader.ts";
import { visitRows } from "./rows.ts";
import { TableError, tableLimits } from "./table-error.ts";

/** A table by its mapping: as a dry run, and as runs. Both go the same way over all rows. */

/** A dry run as the contract carries it, but for what only the vault knows. */
export type DryRun = Omit<TablePreview, "known">;
type OutcomeWord = TablePreview["words"][number];

const previewRows = 50;
const refusedRows = 500;
const wordsShown = 200;

/** Why a mapping does not fit its own columns; null: it does. */
function unfitBecause(mapping: TableMapping): string | null {
  const fields = mapping.columns.flatMap(({ field }) => (field === null ? [] : [field]));
  if (!fields.includes("task")) return "No column names the tasks: choose one.";
  const once = fields.filter((field) => field !== "metadata");
  if (new Set(once).size !== once.length) {
    return "Two columns are mapped to the same field: each can be there once.";
  }
  if (mapping.format === "csv" && mapping.delimiter === null) {
    return "A CSV needs a delimiter.";
  }
  return null;
}

/** What is counted of a table on the way over its rows. */
class Tally {
  readonly #byReason = new Map<RowRefusalReason, number>();
  readonly #tasks = new Set<string>();
  readonly refusedRows: RefusedRow[] = [];
  #taken = 0;
  #refused = 0;
  #cut = 0;
  #epochs = 0;

  refuse(row: RefusedRow): void {
    this.#refused += 1;
    this.#byReason.set(row.reason, (this.#byReason.get(row.reason) ?? 0) + 1);
    if (this.refusedRows.length < refusedRows) this.refusedRows.push(row);
  }

  take(row: TakenRow): void {
    this.#taken += 1;
    this.#cut += row.cut;
    this.#tasks.add(row.attempt.task);
    this.#epochs = Math.max(this.#epochs, row.attempt.epoch);
  }

  get counts(): TableCounts {
    return {
      rows: this.#taken + this.#refused,
      taken: this.#taken,
      refused: this.#refused,
      byReason: Object.fromEntries(this.#byReason),
      cut: this.#cut,
      tasks: this.#tasks.size,
      epochs: this.#epochs,
    };
  }
}

async function eachRow(
  source: LogSource,
  mapping: TableMapping,
  options: ReadOptions,
  each: { take: (row: TakenRow) => void; cells?: (cells: readonly string[]) => void },
): Promise<Tally> {
  const unfit = unfitBecause(mapping);
  if (unfit !== null) throw new TableError("mapping-unfit", unfit);
  const reader = new RowReader(mapping);
  const tally = new Tally();
  let rows = 0;
  const count = (): void => {
    rows += 1;
    if (rows > tableLimits.rows) {
      throw new TableError("too-many-rows", `The table has more than ${String(tableLimits.rows)} rows.`);
    }
  };
  await visitRows(
    source.bytes,
    mapping,
    {
      row: (line, cells) => {
        count();
        each.cells?.(cells);
        const row = reader.read(line, cells);
        if (isTaken(row)) {
          tally.take(row);
          each.take(row);
        } else tally.refuse(row);
      },
      broken: (line, why) => {
        count();
        tally.refuse(reader.broken(line, why));
      },
    },
    options,
  );
  return tally;
}

function groupOf<Group>(groups: Map<string, Group>, row: TakenRow, make: () => Group): Group {
  const key = `${row.model}\0${row.benchmark}`;
  const known = groups.get(key);
  if (known !== undefined) return known;
  if (groups.size >= tableLimits.runs) {
    const message = `The table names more than ${String(tableLimits.runs)} pairs of model and benchmark.`;
    throw new TableError("too-many-runs", message, { line: row.line });
  }
  const made = make();
  groups.set(key, made);
  return made;
}

/** Counts the words of the columns that say what came of an attempt. */
function wordCounter(mapping: TableMapping): { count: (cells: readonly string[]) => void; list: () => OutcomeWord[] } {
  const places = mapping.columns.flatMap(({ field }, place) =>
    field === "outcome" || field === "solved" ? [place] : [],
  );
  const words = new Map<string, number>();
  const meaningOf = outcomeWords(mapping.outcomes);
  return {
    count: (cells) => {
      for (const place of places) {
        const word = plainWord((cells[place] ?? "").slice(0, 200));
        const known = words.get(word);
        if (word !== "" && (known !== undefined || words.size < wordsShown)) words.set(word, (known ?? 0) + 1);
      }
    },
    list: () =>
      [...words]
        .sort(([, a], [, b]) => b - a)
        .map(([text, rows]) => ({ text: wellFormed(text), rows, meaning: meaningOf(text) ?? binary(text) })),
  };
}

function binary(text: string): Meaning | null {
  return text === "0" || text === "1" ? { outcome: "scored", score: Number(text) } : null;
}

/**
 * A dry run over the whole table: what would be taken, what would be refused and why. `mapping` null: as proposed.
 * Nothing of the table is kept but the first rows. Where the mapping does not fit there are none, and `unfit` says why.
 *
 * @throws TableError where the file is no table; the signal's reason where it is aborted
 */
export async function previewTable(
  source: LogSource,
  mapping: TableMapping | null,
  options: ReadOptions = {},
): Promise<DryRun> {
  const described = await describeTable(source);
  const used = mapping ?? described.mapping;
  const unfit = unfitBecause(used);
  const columns = [...described.columns];
  if (unfit !== null) {
    return { columns, mapping: used, unfit, rows: [], refused: [], counts: new Tally().counts, words: [], runs: [] };
  }
  const words = wordCounter(used);
  const groups = new Map<string, { model: string; benchmark: string; attempts: number }>();
  const rows: TakenRow[] = [];
  const tally = await eachRow(source, used, options, {
    cells: words.count,
    take: (row) => {
      if (rows.length < previewRows) rows.push(row);
      groupOf(groups, row, () => ({ model: row.model, benchmark: row.benchmark, attempts: 0 })).attempts += 1;
    },
  });
  return {
    columns,
    mapping: used,
    unfit,
    rows,
    refused: tally.refusedRows,
    counts: tally.counts,
    words: words.list(),
    runs: [...groups.values()],
  };
}

/** A run of a table, and what the table says of its tasks. */
export interface TableRun extends ReadRun {
  readonly tasks: ReadonlyMap<string, TableTask>;
}

export interface TableReadResult {
  readonly runs: readonly TableRun[];
  readonly refused: readonly RefusedRow[];
  readonly counts: TableCounts;
}

interface Gathered {
  readonly model: string;
  readonly benchmark: string;
  readonly attempts: AttemptRecord[];
  readonly tasks: Map<string, TableTask>;
}

function runOf(gathered: Gathered, mapping: TableMapping, counts: TableCounts): LoggedRun {
  const { attempts, model, benchmark } = gathered;
  const started = attempts.reduce((first, one) => Math.min(first, one.startedAt ?? Infinity), Infinity);
  return {
    format: "table",
    formatVersion: 1,
    status: "success",
    complete: counts.refused === 0,
    task: benchmark,
    ...{ taskVersion: null, taskId: null, evalId: null, runId: null, evalSetId: null },
    model,
    createdAt: Number.isFinite(started) ? started : null,
    harness: { name: mapping.format === "csv" ? "CSV table" : "JSON Lines table", version: null },
    dataset: { name: null, samples: gathered.tasks.size, sampleIds: null },
    epochs: attempts.reduce((most, { epoch }) => Math.max(most, epoch), 1),
    reducers: [],
    limits: {},
    settings: { mapping: mappingShown(mapping) },
    tags: [],
    planned: null,
    attempts,
    metrics: [],
    scorers: [],
    lost: Object.entries(counts.byReason).map(([reason, count]) => ({ what: "row", count, reason })),
    notes: counts.cut > 0 ? [`${String(counts.cut)} texts were longer than an attempt keeps, and were cut.`] : [],
  };
}

/** The mapping as the run keeps it: what each column of the stored file was taken for. */
function mappingShown(mapping: TableMapping): Record<string, string> {
  const used = mapping.columns.filter(({ field }) => field !== null);
  return Object.fromEntries(
    used.map(({ name, field, unit }) => [field ?? "", unit === null ? name : `${name} (${unit})`]),
  );
}

function mergedTask(before: TableTask | undefined, now: TableTask): TableTask {
  return {
    category: before?.category ?? now.category,
    difficulty: before?.difficulty ?? now.difficulty,
    humanMinutes: before?.humanMinutes ?? now.humanMinutes,
  };
}

/**
 * Takes a table in: one run a pair of model and benchmark that its rows name. Refused rows are left out and counted;
 * whether that is acceptable is for a person to say, after the dry run.
 *
 * @throws TableError where the mapping does not fit, nothing could be taken, or the table is too large
 */
export async function readTable(
  source: LogSource,
  mapping: TableMapping,
  options: ReadOptions = {},
): Promise<TableReadResult> {
  const groups = new Map<string, Gathered>();
  const tally = await eachRow(source, mapping, options, {
    take: (row) => {
      const { model, benchmark } = row;
      const group = groupOf(groups, row, () => ({ model, benchmark, attempts: [], tasks: new Map() }));
      group.attempts.push(row.attempt);
      group.tasks.set(row.attempt.task, mergedTask(group.tasks.get(row.attempt.task), row.task));
    },
  });
  const { counts } = tally;
  if (counts.rows === 0) throw new TableError("empty", "The table has no rows.");
  const runs = [...groups.values()].map((group): TableRun => {
    const run = runOf(group, mapping, counts);
    const part = groups.size === 1 ? "" : `${group.model} on ${group.benchmark}`;
    return { part, files: [source.name], run, salvaged: false, tasks: group.tasks };
  });
  return { runs, refused: tally.refusedRows, counts };
}
