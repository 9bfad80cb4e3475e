import { parse } from "csv-parse/sync";
import type { MappedColumn, TableColumn, TableMapping } from "../../contract/importing.ts";
import { wellFormed } from "../json/fields.ts";
import { JsonProjector } from "../json/json-projector.ts";
import type { LogSource } from "../reader.ts";
import { numberOf, plainText } from "./cells.ts";
import { proposeField } from "./field-names.ts";
import { csvOptions, LineCells } from "./rows.ts";
import { TableError, tableLimits } from "./table-error.ts";

/** What a table looks like from its beginning: format, columns, and a first proposal of what they are. */

const beginning = 256 * 1024;
const rowsLookedAt = 200;
const examplesShown = 3;
const exampleLength = 100;

function text(head: Uint8Array): string {
  return new TextDecoder("utf-8").decode(head);
}

function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

/** Whether a file looks like a table, by its first bytes and its name; null where it does not. Never throws. */
export function recogniseTable(head: Uint8Array, fileName: string): "csv" | "jsonl" | null {
  if (head.length === 0) return null;
  const start = text(head).trimStart();
  const lines = start.split("\n", 3).map((line) => line.trim());
  if (start.startsWith("{")) {
    if (/\.(?:jsonl|ndjson)$/i.test(fileName)) return "jsonl";
    const [first = "", second = ""] = lines;
    return first.endsWith("}") && second.startsWith("{") ? "jsonl" : null;
  }
  if (/\.(?:csv|tsv)$/i.test(fileName)) return isUtf16(head) || !head.includes(0) ? "csv" : null;
  return null;
}

const delimiters = [",", ";", "\t", "|"] as const;
type Delimiter = (typeof delimiters)[number];

/** The first records with one delimiter, as far as they can be parsed. */
function recordsWith(delimiter: Delimiter, start: string): string[][] {
  const records: string[][] = [];
  const keep = (record: string[]): null => {
    records.push(record);
    return null;
  };
  try {
    parse(start, { ...csvOptions, delimiter, to: rowsLookedAt, on_record: keep });
  } catch {
    // A quote that is never closed: what came before it says enough.
  }
  return records;
}

/** Whole records only: what the beginning cuts off is left out, unless it is all there is. */
function wholeRecords(start: string, isWhole: boolean): string {
  if (isWhole) return start;
  const end = start.lastIndexOf("\n");
  return end < 0 ? start : start.slice(0, end + 1);
}

/** How much speaks for a delimiter: columns that most records agree on. */
function evidenceFor(records: readonly string[][]): number {
  const width = records[0]?.length ?? 0;
  if (width < 2) return 0;
  const alike = records.filter((record) => record.length === width).length / records.length;
  return alike * alike * Math.log2(width);
}

function csvBeginning(start: string): { delimiter: Delimiter; records: string[][] } {
  let best: { delimiter: Delimiter; records: string[][]; evidence: number } | null = null;
  for (const delimiter of delimiters) {
    const records = recordsWith(delimiter, start);
    const evidence = evidenceFor(records);
    if (records.length > 0 && evidence > (best?.evidence ?? -1)) best = { delimiter, records, evidence };
  }
  if (best === null) throw new TableError("no-table", "The beginning of the file cannot be read as CSV.");
  return best;
}

/** The first record names the columns unless one of its cells is a number or nothing, and no name is known. */
function hasHeader(records: readonly string[][]): boolean {
  const [first = []] = records;
  if (first.some((cell) => proposeField(cell) !== null)) return true;
  return first.every((cell) => cell.trim() !== "" && numberOf(cell, ".") === null);
}

interface Beginning {
  readonly format: "csv" | "jsonl";
  readonly delimiter: Delimiter | null;
  readonly header: boolean;
  readonly names: readonly string[];
  /** The first rows' cells in the order of the names. */
  readonly rows: readonly (readonly string[])[];
}

function beginningOfCsv(start: string): Beginning {
  const { delimiter, records } = csvBeginning(start);
  const header = hasHeader(records);
  const width = records.reduce((most, record) => Math.max(most, record.length), 0);
  const [first = []] = records;
  const names = header
    ? first.map((name) => plainText(name, true).trim())
    : Array.from({ length: width }, (_, place) => `Column ${String(place + 1)}`);
  return { format: "csv", delimiter, header, names, rows: header ? records.slice(1) : records };
}

function beginningOfLines(start: string): Beginning {
  const cells = new LineCells(null);
  const rows: Map<string, string>[] = [];
  const names = new Set<string>();
  for (const line of start.split("\n").slice(0, rowsLookedAt)) {
    cells.reset();
    try {
      const projector = new JsonProjector(cells, { keepBytes: tableLimits.recordBytes, keepDepth: 60 });
      projector.push(new TextEncoder().encode(line));
    } catch {
      continue;
    }
    rows.push(new Map(cells.cells));
    for (const name of cells.cells.keys()) names.add(name);
  }
  const ordered = [...names];
  return {
    format: "jsonl",
    delimiter: null,
    header: true,
    names: ordered.map((name) => wellFormed(name)),
    rows: rows.map((row) => ordered.map((name) => row.get(name) ?? "")),
  };
}

/** "0,5" in a table that is parted by something else than commas. */
function decimalOf({ delimiter, rows }: Beginning): "." | "," {
  if (delimiter === null || delimiter === ",") return ".";
  return rows.some((row) => row.some((cell) => /^-?\d+,\d+$/.test(cell.trim()))) ? "," : ".";
}

function examplesOf(rows: Beginning["rows"], place: number): string[] {
  const filled = rows.map((row) => row[place] ?? "").filter((cell) => cell.trim() !== "");
  return [...new Set(filled)].slice(0, examplesShown).map((cell) => wellFormed(cell.slice(0, exampleLength)));
}

export interface TableDescription {
  readonly columns: readonly TableColumn[];
  /** The proposal: a person may change any of it. */
  readonly mapping: TableMapping;
}

/** Fields to columns, the surest first; each field and each column once. */
function propose({ names, rows }: Beginning): { columns: MappedColumn[]; confidence: Map<number, number> } {
  const found = names.flatMap((name, place) => {
    const proposal = proposeField(name);
    return proposal === null ? [] : [{ place, ...proposal }];
  });
  const taken = new Set<string>();
  const chosen = new Map<number, (typeof found)[number]>();
  for (const proposal of found.sort((a, b) => b.confidence - a.confidence)) {
    if (taken.has(proposal.field)) continue;
    taken.add(proposal.field);
    chosen.set(proposal.place, proposal);
  }
  const columns = names.map((name, index): MappedColumn => {
    const proposal = chosen.get(index);
    const isClock = examplesOf(rows, index).some((cell) => /^\d+:\d\d/.test(cell));
    const unit = proposal?.unit ?? null;
    return {
      index,
      name: name.slice(0, 1_000),
      field: proposal?.field ?? null,
      unit: unit !== null && isClock ? "clock" : unit,
    };
  });
  return { columns, confidence: new Map([...chosen].map(([place, { confidence }]) => [place, confidence])) };
}

async function beginningOf(source: LogSource): Promise<Beginning> {
  const head = await source.bytes.read(0, beginning);
  if (isUtf16(head)) {
    throw new TableError("encoding-unsupported", "The file is written in UTF-16: save it as CSV in UTF-8.");
  }
  const format = recogniseTable(head, source.name);
  const whole = wholeRecords(text(head), head.length === source.bytes.size);
  if (whole.trim() === "") throw new TableError("empty", "The file is empty.");
  return format === "jsonl" ? beginningOfLines(whole) : beginningOfCsv(whole);
}

/**
 * Describes a table from its beginning and proposes what its columns are.
 * @throws TableError `empty`, `encoding-unsupported`, `no-table`, `too-many-columns`; whatever the source throws
 */
export async function describeTable(source: LogSource): Promise<TableDescription> {
  const start = await beginningOf(source);
  if (start.names.length === 0) throw new TableError("no-table", "The file has no columns.");
  if (start.names.length > tableLimits.columns) {
    throw new TableError("too-many-columns", `The table has more than ${String(tableLimits.columns)} columns.`);
  }
  const { columns, confidence } = propose(start);
  const epochs = columns.find(({ field }) => field === "epoch");
  const firstEpoch = epochs !== undefined && start.rows.some((row) => row[epochs.index]?.trim() === "0") ? 0 : 1;
  return {
    columns: columns.map(({ index, name }) => ({
      index,
      name,
      examples: examplesOf(start.rows, index),
      confidence: confidence.get(index) ?? 0,
    })),
    mapping: {
      format: start.format,
      delimiter: start.delimiter,
      header: start.header,
      decimal: decimalOf(start),
      columns,
      outcomes: [],
      firstEpoch,
      model: "",
      benchmark: wellFormed(source.name.replace(/\.[^.]*$/, "").slice(0, 500)),
    },
  };
}
