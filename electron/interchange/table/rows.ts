import { type CsvError, parse, type Parser } from "csv-parse";
import { piecesOf, type ByteSource } from "../byte-source.ts";
import { isObject, wellFormed } from "../json/fields.ts";
import { visitJsonLines } from "../json/json-lines.ts";
import type { Handling, JsonPath, JsonProjection } from "../json/json-projector.ts";
import { parseLenientJsonBytes } from "../json/lenient-json.ts";
import type { ReadOptions } from "../logged-run.ts";
import type { TableMapping } from "../../contract/importing.ts";
import { TableError, tableLimits } from "./table-error.ts";

/** Rows of a table, one after the other, in memory for one row. */

export type BrokenRow = "row-malformed" | "row-too-long" | "row-not-an-object" | "too-many-cells";

export interface RowVisitor {
  /** A row's cells in the order of the mapping's columns, "" where there is nothing. Lines count from 1. */
  row(line: number, cells: readonly string[]): void;
  /** A row that has no cells to speak of. */
  broken(line: number, why: BrokenRow): void;
}

/** What csv-parse is told for any table: quotes that stand astray are text, records may be short. */
export const csvOptions = {
  bom: true,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  record_delimiter: ["\r\n", "\n", "\r"],
  max_record_size: tableLimits.recordBytes,
};

function newlinesIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf("\n"); at >= 0; at = cell.indexOf("\n", at + 1)) count += 1;
  }
  return count;
}

class CsvRows {
  readonly #mapping: TableMapping;
  readonly #visitor: RowVisitor;
  /** Columns of the file: cells beyond them belong to nothing. */
  readonly #width: number;
  #awaitsHeader: boolean;
  /** The first line that no record has ended on yet. */
  nextLine = 1;

  constructor(mapping: TableMapping, visitor: RowVisitor) {
    this.#mapping = mapping;
    this.#visitor = visitor;
    this.#awaitsHeader = mapping.header;
    this.#width = mapping.columns.reduce((most, { index }) => Math.max(most, index + 1), 0);
  }

  /** What the visitor threw; thrown inside the parser it would come back as the parser's own failure. */
  #failure: Error | null = null;

  throwFailure(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  take(record: readonly string[], endLine: number): void {
    if (this.#failure !== null) return;
    try {
      this.#hand(record, endLine);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error("A row could not be taken.", { cause: error });
    }
  }

  #hand(record: readonly string[], endLine: number): void {
    const line = Math.max(1, endLine - newlinesIn(record));
    this.nextLine = endLine + 1;
    if (this.#awaitsHeader) {
      this.#awaitsHeader = false;
      return;
    }
    if (record.length > this.#width && record.slice(this.#width).some((cell) => cell !== "")) {
      this.#visitor.broken(line, "too-many-cells");
      return;
    }
    this.#visitor.row(
      line,
      this.#mapping.columns.map(({ index }) => record[index] ?? ""),
    );
  }
}

/** Hands bytes to the parser; its errors come back as rejections. */
function write(parser: Parser, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(bytes, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

function end(parser: Parser): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once("error", reject);
    parser.once("end", resolve);
    parser.resume();
    parser.end();
  });
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("CSV_");
}

function parserFor(mapping: TableMapping, rows: CsvRows): Parser {
  const parser = parse({
    ...csvOptions,
    delimiter: mapping.delimiter ?? ",",
    on_record: (record: string[], context) => {
      rows.take(record, context.lines);
      return null;
    },
  });
  // Errors reach the writes; without a listener they would be uncaught as well.
  parser.on("error", () => undefined);
  return parser;
}

async function visitCsv(source: ByteSource, mapping: TableMapping, visitor: RowVisitor, options: ReadOptions) {
  const rows = new CsvRows(mapping, visitor);
  const parser = parserFor(mapping, rows);
  let done = 0;
  try {
    for await (const piece of piecesOf(source, 0, source.size)) {
      options.signal?.throwIfAborted();
      await write(parser, piece);
      rows.throwFailure();
      done += piece.length;
      options.progress?.(done, source.size);
    }
    await end(parser);
    rows.throwFailure();
  } catch (error) {
    parser.destroy();
    rows.throwFailure();
    if (!isCsvError(error)) throw error;
    brokenCsv(error, rows.nextLine, visitor);
  }
}

/** What the parser gave up on: a quote that is never closed is one broken row, and what came before stands. */
function brokenCsv(error: CsvError, line: number, visitor: RowVisitor): void {
  if (error.code === "CSV_QUOTE_NOT_CLOSED") {
    visitor.broken(line, "row-malformed");
    return;
  }
  if (error.code !== "CSV_MAX_RECORD_SIZE")
    throw new TableError("no-table", "The file cannot be read as CSV.", { line });
  const message = "A row is larger than 4 MiB: perhaps a quote was opened and never closed.";
  throw new TableError("record-too-long", message, { line });
}

const longInteger = /^-?\d{16,}$/;

/** A JSON value as a cell of text: integers keep all their digits, lists and objects stay JSON. */
export function cellOf(json: Uint8Array): string {
  const text = Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString("utf8");
  if (longInteger.test(text)) return text;
  return cellText(parseLenientJsonBytes(json));
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return wellFormed(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : JSON.stringify(value);
}

/** The keys of a row, and of objects inside it down to the third level: "usage.total". */
const deepest = 3;
/** Taken as one cell: what is in it goes among the metadata of the attempt as it is. */
const wholeKey = "metadata";

/** Cells of one line under the keys of its object; cells that nobody asks for are passed over. */
export class LineCells implements JsonProjection {
  readonly cells = new Map<string, string>();
  isObject = false;
  broken: BrokenRow | null = null;
  readonly #wanted: ReadonlyMap<string, boolean> | null;

  /** `wanted`: keys that are kept, and the keys that they stand inside of; null: everything is. */
  constructor(wanted: ReadonlySet<string> | null) {
    if (wanted === null) this.#wanted = null;
    else {
      const paths = new Map<string, boolean>();
      for (const key of wanted) {
        for (let dot = key.indexOf("."); dot >= 0; dot = key.indexOf(".", dot + 1)) {
          if (!paths.has(key.slice(0, dot))) paths.set(key.slice(0, dot), false);
        }
        paths.set(key, true);
      }
      this.#wanted = paths;
    }
  }

  reset(): void {
    this.cells.clear();
    this.isObject = false;
    this.broken = null;
  }

  choose(path: JsonPath): Handling {
    if (path.length === 0) return "enter";
    if (typeof path[0] !== "string") return "skip";
    this.isObject = true;
    if (this.#wanted !== null && !this.#wanted.has(path.join("."))) return "skip";
    return this.cells.size < tableLimits.columns ? "keep" : "skip";
  }

  kept(path: JsonPath, json: Uint8Array): void {
    const key = path.join(".");
    try {
      if (json[0] !== 0x7b || key === wholeKey || this.#wanted?.get(key) === true) this.cells.set(key, cellOf(json));
      else this.#flatten(key, parseLenientJsonBytes(json), 1);
    } catch {
      this.broken = "row-malformed";
    }
  }

  refused(): void {
    this.broken = "row-too-long";
  }

  #flatten(key: string, value: unknown, depth: number): void {
    if (!isObject(value) || depth >= deepest || this.#wanted?.get(key) === true) {
      if (this.cells.size < tableLimits.columns) this.cells.set(key, cellText(value));
      return;
    }
    for (const [name, inner] of Object.entries(value)) this.#flatten(`${key}.${name}`, inner, depth + 1);
  }
}

async function visitLines(source: ByteSource, mapping: TableMapping, visitor: RowVisitor, options: ReadOptions) {
  const names = mapping.columns.map(({ name }) => name);
  const mapped = mapping.columns.filter(({ field }) => field !== null);
  const cells = new LineCells(new Set(mapped.map(({ name }) => name)));
  await visitJsonLines(
    source,
    {
      begin: () => {
        cells.reset();
        return cells;
      },
      end: (line, fault) => {
        if (fault !== null) visitor.broken(line, "row-malformed");
        else if (cells.broken !== null) visitor.broken(line, cells.broken);
        else if (!cells.isObject) visitor.broken(line, "row-not-an-object");
        else {
          visitor.row(
            line,
            names.map((name) => cells.cells.get(name) ?? ""),
          );
        }
      },
    },
    options,
    { keepBytes: tableLimits.recordBytes, keepDepth: 60 },
  );
}

/**
 * Visits every row of a table.
 * @throws TableError `record-too-long`, `no-table`; the signal's reason; whatever the source or the visitor throws
 */
export function visitRows(
  source: ByteSource,
  mapping: TableMapping,
  visitor: RowVisitor,
  options: ReadOptions = {},
): Promise<void> {
  const visit = mapping.format === "csv" ? visitCsv : visitLines;
  return visit(source, mapping, visitor, options);
}
