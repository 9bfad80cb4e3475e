import {
  attemptMetadataLimits,
  loggedScoreSchema,
  type AttemptMetadata,
  type AttemptRecord,
  type LoggedScore,
  type OutcomeState,
  type ScoreValue,
} from "../../contract/attempt.ts";
import type {
  RefusedRow,
  RowRefusalReason,
  TableField,
  TableMapping,
  TakenRow,
  TimeUnit,
} from "../../contract/importing.ts";
import { z } from "zod";
import { isObject, type JsonObject } from "../json/fields.ts";
import { MetadataCollection } from "../metadata.ts";
import { amountOf, durationOf, numberOf, plainText, shareOf, timeOf } from "./cells.ts";
import { outcomeWords, type Meaning } from "./outcome-words.ts";
import type { BrokenRow } from "./rows.ts";
import { tableLimits } from "./table-error.ts";

/** Rows of a table as attempts, or the one reason why not. */

/** What a row says of its task, as against the attempt. */
export type TableTask = TakenRow["task"];

class Refused extends Error {
  readonly reason: RowRefusalReason;
  readonly field: TableField | null;
  constructor(reason: RowRefusalReason, field: TableField | null) {
    super(reason);
    this.reason = reason;
    this.field = field;
  }
}

const scoresSchema = z.array(loggedScoreSchema).max(200);
const shownText = 100;

/** Nothing is scored without a score. */
function withoutScore(state: OutcomeState, score: number | null): OutcomeState {
  return state === "scored" && score === null ? "unscored" : state;
}

/** Reads the rows of one table: it remembers which attempts there were. */
export class RowReader {
  readonly #mapping: TableMapping;
  readonly #places: ReadonlyMap<TableField, number>;
  readonly #meaningOf: (text: string) => Meaning | null;
  /** Epochs that were taken, by model, benchmark and task; or how many, where nothing names them. */
  readonly #epochs = new Map<string, Set<number>>();
  #cells: readonly string[] = [];
  #cut = 0;

  constructor(mapping: TableMapping) {
    this.#mapping = mapping;
    this.#places = new Map(
      mapping.columns.flatMap(({ field }, place) => (field === null ? [] : [[field, place] as const])),
    );
    this.#meaningOf = outcomeWords(mapping.outcomes);
  }

  broken(line: number, reason: BrokenRow): RefusedRow {
    return { line, reason, column: null, text: "" };
  }

  read(line: number, cells: readonly string[]): TakenRow | RefusedRow {
    this.#cells = cells;
    this.#cut = 0;
    try {
      return this.#take(line);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const place = error.field === null ? undefined : this.#places.get(error.field);
      const column = place === undefined ? null : (this.#mapping.columns[place]?.name ?? null);
      const text = error.field === null ? "" : this.#text(error.field).slice(0, shownText);
      return { line, reason: error.reason, column, text };
    }
  }

  #take(line: number): TakenRow {
    const task = this.#taskId();
    const model = this.#text("model").trim().slice(0, 500) || this.#mapping.model;
    const benchmark = this.#text("benchmark").trim().slice(0, 500) || this.#mapping.benchmark;
    const attempt = this.#attempt(task);
    const about: TableTask = {
      category: this.#label("category", 500),
      difficulty: this.#label("difficulty", 500),
      humanMinutes: this.#amount("humanMinutes"),
    };
    // Last, so that a row that is refused for something else does not stand in the way of another.
    const epoch = this.#epoch(`${model}\0${benchmark}\0${task}`);
    return { line, model, benchmark, attempt: { ...attempt, epoch }, task: about, cut: this.#cut };
  }

  #text(field: TableField): string {
    const place = this.#places.get(field);
    return place === undefined ? "" : plainText(this.#cells[place] ?? "", this.#mapping.format === "csv");
  }

  #limited(field: TableField, limit: number): string {
    const text = this.#text(field);
    if (text.length > limit) this.#cut += 1;
    return text.slice(0, limit);
  }

  #label(field: TableField, limit: number): string | null {
    const text = this.#limited(field, limit);
    return text === "" ? null : text;
  }

  #taskId(): string {
    const task = this.#text("task");
    if (task.trim() === "") throw new Refused("task-missing", "task");
    if (task.length > tableLimits.taskLength) throw new Refused("task-too-long", "task");
    return task;
  }

  #epoch(key: string): number {
    const seen = this.#epochs.get(key) ?? new Set<number>();
    const text = this.#text("epoch").trim();
    const epoch = text === "" ? this.#nextEpoch(seen) : this.#namedEpoch(text);
    if (!Number.isInteger(epoch) || epoch < 1 || epoch > tableLimits.epochs)
      throw new Refused("epoch-invalid", "epoch");
    if (seen.has(epoch)) throw new Refused("duplicate-attempt", "task");
    seen.add(epoch);
    this.#epochs.set(key, seen);
    return epoch;
  }

  #nextEpoch(seen: ReadonlySet<number>): number {
    let epoch = seen.size + 1;
    while (seen.has(epoch)) epoch += 1;
    return epoch;
  }

  #namedEpoch(text: string): number {
    const value = numberOf(text, this.#mapping.decimal);
    return value === null ? Number.NaN : value + 1 - this.#mapping.firstEpoch;
  }

  #amount(field: TableField): number | null {
    const text = this.#text(field);
    if (text.trim() === "") return null;
    const value = amountOf(text, this.#mapping.decimal);
    if (value === null) throw new Refused("number-invalid", field);
    return value;
  }

  #count(field: TableField): number | null {
    const value = this.#amount(field);
    if (value !== null && !Number.isInteger(value)) throw new Refused("number-invalid", field);
    return value;
  }

  #duration(field: TableField): number | null {
    const text = this.#text(field);
    if (text.trim() === "") return null;
    const value = durationOf(text, this.#unit(field), this.#mapping.decimal);
    if (value === null) throw new Refused("duration-invalid", field);
    return value;
  }

  #unit(field: TableField): TimeUnit {
    const place = this.#places.get(field);
    return (place === undefined ? null : this.#mapping.columns[place]?.unit) ?? "s";
  }

  #time(field: TableField): number | null {
    const text = this.#text(field);
    if (text.trim() === "") return null;
    const value = timeOf(text);
    if (value === null) throw new Refused("date-invalid", field);
    return value;
  }

  /** What a word means; null for an empty cell. */
  #meaning(field: TableField): Meaning | null {
    const text = this.#text(field);
    if (text.trim() === "") return null;
    const meaning = this.#meaningOf(text) ?? this.#numericMeaning(text);
    if (meaning === null) throw new Refused("outcome-unknown", field);
    return meaning;
  }

  /** 1 and 0 where a word could stand. */
  #numericMeaning(text: string): Meaning | null {
    const value = numberOf(text, this.#mapping.decimal);
    return value === 0 || value === 1 ? { outcome: "scored", score: value } : null;
  }

  /** The score column: a number or share, or a word. */
  #scoreCell(): { number: number | null; meaning: Meaning | null } {
    const text = this.#text("score");
    if (text.trim() === "") return { number: null, meaning: null };
    const number = shareOf(text, this.#mapping.decimal);
    if (number !== null) return { number, meaning: null };
    const meaning = this.#meaningOf(text);
    if (meaning === null) throw new Refused("score-invalid", "score");
    return { number: null, meaning };
  }

  #judged(): { outcome: OutcomeState; score: number | null; given: LoggedScore[] } {
    const outcome = this.#meaning("outcome");
    const solved = this.#meaning("solved");
    const { number, meaning } = this.#scoreCell();
    const own = number ?? meaning?.score ?? null;
    // A verdict of its own column stands over a score that is only a part of it.
    const verdict = solved?.score ?? null;
    const score = verdict ?? own ?? outcome?.score ?? null;
    const said = [outcome, solved, meaning].find((one) => one !== null);
    const state = said?.outcome ?? this.#stateWithout(score);
    const given = [...this.#given("solved", verdict), ...this.#given("score", own)];
    return { outcome: withoutScore(state, score), score, given };
  }

  /** The state of a row that no column names: its score, or what else is said of it. */
  #stateWithout(score: number | null): OutcomeState {
    if (this.#text("invalidation").trim() !== "") return "invalidated";
    if (score !== null) return "scored";
    if (this.#text("error").trim() !== "") return "infrastructure-fault";
    return this.#text("limit").trim() === "" ? "unscored" : "limit-reached";
  }

  /** The cell as a score, named after its column. */
  #given(field: "solved" | "score", number: number | null): LoggedScore[] {
    const place = this.#places.get(field);
    const text = this.#text(field).trim();
    if (place === undefined || text === "") return [];
    const numeric = numberOf(text, this.#mapping.decimal);
    const value: ScoreValue = numeric ?? text.slice(0, 1_000);
    return [{ scorer: (this.#mapping.columns[place]?.name ?? field).slice(0, 500), value, number }];
  }

  /** A column of scores as our own exports write it: a JSON list. */
  #scores(given: LoggedScore[]): LoggedScore[] {
    const text = this.#text("scores").trim();
    if (text === "") return given;
    try {
      return scoresSchema.parse(JSON.parse(text));
    } catch {
      throw new Refused("scores-invalid", "scores");
    }
  }

  /** Its metadata columns, typed as they look; a column of JSON objects, as our own exports write it, is taken apart. */
  #metadata(): AttemptMetadata {
    const collection = new MetadataCollection();
    for (const [place, { field, key, name }] of this.#mapping.columns.entries()) {
      if (field !== "metadata") continue;
      const text = plainText(this.#cells[place] ?? "", this.#mapping.format === "csv");
      const nested = text.startsWith("{") ? objectFrom(text) : null;
      if (nested !== null) collection.addAll(nested);
      else if (text.trim() !== "") collection.add(key ?? name, this.#typed(text));
    }
    return collection.values;
  }

  #typed(text: string): AttemptMetadata[string] {
    const word = text.trim().toLowerCase();
    if (word === "true" || word === "false") return word === "true";
    if (text.length > attemptMetadataLimits.text) this.#cut += 1;
    // "007" and other texts that a number would not give back stay texts.
    const value = /^-?(?:0|[1-9]\d{0,14})(?:[.,]\d+)?$/.test(text) ? numberOf(text, this.#mapping.decimal) : null;
    return value ?? text;
  }

  #attempt(task: string): Omit<AttemptRecord, "epoch"> {
    const { outcome, score, given } = this.#judged();
    return {
      task,
      outcome,
      score,
      scores: this.#scores(given),
      inputTokens: this.#amount("inputTokens"),
      outputTokens: this.#amount("outputTokens"),
      totalTokens: this.#amount("totalTokens"),
      cost: this.#amount("cost"),
      totalMs: this.#duration("duration"),
      workingMs: this.#duration("workingTime"),
      startedAt: this.#time("startedAt"),
      limit: this.#label("limit", 100),
      error: this.#label("error", 4_000),
      invalidation: this.#label("invalidation", 4_000),
      messages: this.#count("messages"),
      retries: this.#count("retries") ?? 0,
      member: null,
      cluster: this.#label("cluster", 2_000),
      note: this.#limited("note", 20_000),
      metadata: this.#metadata(),
      file: 0,
    };
  }
}

function objectFrom(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isTaken(row: TakenRow | RefusedRow): row is TakenRow {
  return "attempt" in row;
}
