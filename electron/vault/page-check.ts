import { BtreePage, type Span } from "./btree-page.ts";
import {
  checkRecord,
  isZero,
  PageFault,
  readLeafCell,
  readUint32,
  readVarint,
  varintLength,
  view,
  type LeafCell,
} from "./page-format.ts";
import { applicationId, formatVersion, pageSize, schemaCookie, tables, type TableShape } from "./schema.ts";

/** Reads page `number`, counted from 1, of a closed vault: {@link pageSize} bytes, not written to afterwards. */
export type ReadPage = (number: number) => Uint8Array;

/** What is wrong on which page. */
export interface PageProblem {
  readonly where: string;
  readonly what: string;
}

/** What {@link checkPages} found. */
export interface PageReport {
  /** Anything that is not as SQLite writes it. */
  readonly problems: readonly PageProblem[];
  /**
   * Bytes that nobody reads and that are not zero, free pages, and keys of interior pages that are not the largest of
   * their left child: harmless, but some changes of them could not be seen. A tidy file has none.
   */
  readonly unused: readonly UnusedBytes[];
  /** Those of them that could be zeros: no free page, no key. */
  readonly leftovers: readonly UnusedBytes[];
}

/** Bytes `from` up to but without `to` of a page. */
export interface UnusedBytes {
  readonly page: number;
  readonly from: number;
  readonly to: number;
}

type ColumnTypes = readonly TableShape["columns"][number]["type"][];

/** The columns of `sqlite_schema`; its first column is no rowid alias. */
const schemaColumns = ["type", "name", "tbl_name", "rootpage", "sql"] as const;

/** Checks the page of a child whose rows lie above `low` and up to `high`; gives back the largest. */
type Walk = (page: number, low: number, high: number) => number;

/** Number of the page in which SQLite's lock bytes lie, 2^30 bytes into the file: it is never used, and not read. */
const lockPage = 2 ** 30 / pageSize + 1;

/** SQLite's own trees have at most 20 levels. */
const deepestTree = 20;

class PageChecker {
  readonly problems: PageProblem[] = [];
  readonly unused: UnusedBytes[] = [];
  readonly leftovers: UnusedBytes[] = [];
  readonly #read: ReadPage;
  readonly #pageCount: number;
  readonly #seen: Uint8Array;
  #count = 0;

  constructor(read: ReadPage, pageCount: number) {
    this.#read = read;
    this.#pageCount = pageCount;
    this.#seen = new Uint8Array(pageCount + 1);
  }

  run(): void {
    this.#guard("file", () => {
      this.#checkAll(this.#take(1));
    });
  }

  #checkAll(first: Uint8Array): void {
    this.#guard("header", () => {
      this.#checkHeader(first);
    });
    this.#guard("freelist", () => {
      this.#checkFreelist(view(first).getUint32(32), view(first).getUint32(36));
    });
    const roots = this.#readSchema(first);
    for (const [index, shape] of tables.entries()) {
      const root = roots[index];
      const types = shape.columns.map((column) => column.type);
      if (root !== undefined) this.#checkTree(root, shape.name, types);
    }
    const usable = this.#pageCount >= lockPage ? this.#pageCount - 1 : this.#pageCount;
    const orphans = usable - this.#count;
    if (orphans > 0) this.problems.push({ where: "file", what: `${String(orphans)} pages belong to nothing` });
  }

  #guard(where: string, check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof PageFault)) throw error;
      this.problems.push({ where, what: error.message });
    }
  }

  /** Reads a page that nothing else may use. */
  #take(number: number): Uint8Array {
    if (number < 1 || number > this.#pageCount || number === lockPage)
      throw new PageFault(`there is no page ${String(number)}`);
    if (this.#seen[number] === 1) throw new PageFault(`page ${String(number)} is used twice`);
    this.#seen[number] = 1;
    this.#count += 1;
    const page = this.#read(number);
    if (page.length !== pageSize) throw new PageFault(`page ${String(number)} is cut off`);
    return page;
  }

  #noteLeftovers(page: number, spans: readonly Span[]): void {
    this.#noteUnused(page, spans);
    for (const [from, to] of spans) this.leftovers.push({ page, from, to });
  }

  #noteUnused(page: number, spans: readonly Span[]): void {
    for (const [from, to] of spans) this.unused.push({ page, from, to });
  }

  #checkHeader(page: Uint8Array): void {
    const header = view(page);
    const fixed: readonly (readonly [number, number, string])[] = [
      [28, this.#pageCount, "number of pages"],
      [40, schemaCookie, "schema cookie"],
      [44, 4, "schema format"],
      [48, 0, "cache size"],
      [52, 0, "vacuum mode"],
      [56, 1, "text encoding"],
      [60, formatVersion, "format"],
      [64, 0, "vacuum mode"],
      [68, applicationId, "application id"],
      [92, header.getUint32(24), "change counter"],
    ];
    for (const [offset, value, name] of fixed) {
      if (header.getUint32(offset) !== value) throw new PageFault(`the ${name} is not what it must be`);
    }
    const start = [...Buffer.from("SQLite format 3\0", "latin1"), pageSize >> 8, pageSize & 0xff, 2, 2, 0, 64, 32, 32];
    if (Buffer.compare(page.subarray(0, 24), Uint8Array.from(start)) !== 0)
      throw new PageFault("it does not begin as it must");
    if (!isZero(page, 72, 92)) throw new PageFault("its reserved bytes are not zero");
  }

  /** Trunk pages name free pages. */
  #checkFreelist(first: number, total: number): void {
    let free = 0;
    for (let number = first; number !== 0;) {
      const trunk = this.#take(number);
      const leaves = view(trunk).getUint32(4);
      if (leaves > pageSize / 4 - 2) throw new PageFault(`page ${String(number)} names too many free pages`);
      this.#noteUnused(number, [[0, pageSize]]);
      for (let index = 0; index < leaves; index += 1) {
        const leaf = view(trunk).getUint32(8 + 4 * index);
        this.#take(leaf);
        this.#noteUnused(leaf, [[0, pageSize]]);
      }
      free += 1 + leaves;
      number = view(trunk).getUint32(0);
    }
    if (free !== total) throw new PageFault("the number of free pages is not the stated one");
  }

  /** The tables' root pages, in the order of the format. */
  #readSchema(first: Uint8Array): readonly (number | undefined)[] {
    const rows: Uint8Array[] = [];
    this.#guard("schema", () => {
      const page = new BtreePage(first, 100);
      this.#noteLeftovers(1, page.unused);
      for (const { offset } of page.leafCells()) {
        const cell = readLeafCell(first, offset);
        rows.push(cell.local);
        if (cell.rowid !== rows.length || cell.overflow !== 0) throw new PageFault("its rows are not the format's");
      }
      if (rows.length !== tables.length) throw new PageFault("it does not have the format's tables");
    });
    return tables.map((shape, index) => {
      let root: number | undefined;
      this.#guard(`schema of ${shape.name}`, () => {
        root = readSchemaRow(rows[index] ?? new Uint8Array(), shape);
      });
      return root;
    });
  }

  #checkTree(root: number, name: string, types: ColumnTypes): void {
    const walk = (number: number, low: number, high: number, depth: number): number => {
      let last = low;
      this.#guard(`page ${String(number)} (${name})`, () => {
        if (depth > deepestTree) throw new PageFault("its tree is too deep");
        const page = new BtreePage(this.#take(number), 0);
        this.#noteLeftovers(number, page.unused);
        const below: Walk = (child, least, most) => walk(child, least, most, depth + 1);
        last = page.isLeaf ? this.#checkLeaf(page, low, types) : this.#checkInterior(page, number, low, below);
        if (last > high) throw new PageFault("its rows are out of order");
      });
      return last;
    };
    walk(root, -1, Number.MAX_SAFE_INTEGER, 1);
  }

  #checkLeaf(page: BtreePage, low: number, types: ColumnTypes): number {
    let last = low;
    for (const { offset } of page.leafCells()) {
      const cell = readLeafCell(page.bytes, offset);
      if (cell.rowid <= last) throw new PageFault("its rows are out of order");
      last = cell.rowid;
      checkRecord(cell.local, cell.payload, types);
      this.#checkOverflow(cell);
    }
    return last;
  }

  #checkInterior(page: BtreePage, number: number, low: number, walk: Walk): number {
    let last = low;
    for (const { offset, child, key } of page.interiorCells()) {
      const reached = walk(child, last, key);
      if (key <= last) throw new PageFault("its keys are out of order");
      if (key !== reached) this.#noteUnused(number, [[offset + 4, offset + 4 + varintLength(key)]]);
      last = key;
    }
    return walk(page.rightmost, last, Number.MAX_SAFE_INTEGER);
  }

  #checkOverflow(cell: LeafCell): void {
    let rest = cell.payload - cell.local.length;
    let number = cell.overflow;
    while (rest > 0) {
      const page = this.#take(number);
      const used = Math.min(rest, pageSize - 4);
      if (used < pageSize - 4 && !isZero(page, 4 + used)) this.#noteLeftovers(number, [[4 + used, pageSize]]);
      rest -= used;
      number = readUint32(page, 0);
    }
    if (cell.overflow !== 0 && number !== 0) throw new PageFault("a row goes on after its end");
  }
}

/** The root page that a row of `sqlite_schema` gives to a table. */
function readSchemaRow(record: Uint8Array, shape: TableShape): number {
  let at = readVarint(record, 0);
  const headerLength = at.value;
  let position = at.length;
  const lengths: number[] = [];
  for (const column of schemaColumns) {
    at = readVarint(record, position);
    position += at.length;
    if (column === "rootpage" ? at.value < 1 || at.value > 2 : at.value < 13 || at.value % 2 === 0) {
      throw new PageFault(`its ${column} is of the wrong kind`);
    }
    lengths.push(column === "rootpage" ? at.value : (at.value - 13) / 2);
  }
  if (position !== headerLength) throw new PageFault("its row is not of the stated length");
  const values = lengths.map((length) => {
    const value = Buffer.from(record.subarray(position, position + length));
    position += length;
    return value;
  });
  if (position !== record.length) throw new PageFault("its row is not of the stated length");
  const [type, name, tableName, rootpage, sql] = values;
  const texts = [type, name, tableName, sql].map((value) => value?.toString("utf8"));
  if (texts.join("\n") !== ["table", shape.name, shape.name, shape.sql].join("\n")) {
    throw new PageFault("it is not the format's");
  }
  return rootpage === undefined ? 0 : rootpage.readUIntBE(0, rootpage.length);
}

/**
 * Reads every page of a closed vault and says what is not in the one form that SQLite writes: file header, free pages,
 * schema text, each b-tree page with all its bytes accounted for, each row's encoding, each overflow page. What rows say
 * is not looked at: signatures cover that. Never throws, whatever the bytes are, unless `read` does.
 */
export function checkPages(read: ReadPage, pageCount: number): PageReport {
  const checker = new PageChecker(read, pageCount);
  checker.run();
  return { problems: checker.problems, unused: checker.unused, leftovers: checker.leftovers };
}
