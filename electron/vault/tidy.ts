import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";

import { asVaultError } from "./errors.ts";
import { checkPages, type ReadPage, type UnusedBytes } from "./page-check.ts";
import { pageSize, schemaCookie } from "./schema.ts";
import { closeWriter, openForWriting, type SqliteDatabase } from "./sqlite.ts";
import { sweepStaged } from "./staging.ts";

/**
 * Up to this size a closed vault holds nothing but zeros in the bytes that nobody reads, so that any flipped byte is seen.
 * Larger files are not rewritten for it.
 */
export const tidyLimit = 32 * 1024 * 1024;

/**
 * The vault file read page by page, beside SQLite. While SQLite has the file open in this process, closing this reader
 * would drop SQLite's lock (POSIX), so it must be closed after the database.
 */
export class PageFile {
  readonly #file: number;
  readonly size: number;

  /** @param mode "r+" for {@link PageFile.clear} */
  constructor(path: string, mode: "r" | "r+" = "r") {
    this.#file = openSync(path, mode);
    this.size = fstatSync(this.#file).size;
  }

  get pageCount(): number {
    return Math.floor(fstatSync(this.#file).size / pageSize);
  }

  /** Page `number`, from 1; zeros where the file ends before. */
  readonly read = (number: number): Uint8Array => {
    const page = Buffer.alloc(pageSize);
    readSync(this.#file, page, 0, pageSize, (number - 1) * pageSize);
    return page;
  };

  /**
   * {@link PageFile.read} for one pass over a file that nobody writes to meanwhile: pages that follow one another are read
   * in one go.
   */
  inOnePass(): ReadPage {
    let runs: readonly PageRun[] = [];
    return (number) => {
      const known = runs.find((run) => number >= run.first && number < run.first + run.pages);
      const run = known ?? this.#readRun(number, runs.find((one) => one.first + one.pages === number)?.pages ?? 0);
      // The pass goes down a tree: a few places are read on from in turns.
      if (run !== runs[0]) runs = [run, ...runs.filter((one) => one !== run)].slice(0, runsKept);
      const at = (number - run.first) * pageSize;
      return run.bytes.subarray(at, at + pageSize);
    };
  }

  #readRun(first: number, pagesBefore: number): PageRun {
    const pages = Math.min(2 * pagesBefore + 1, longestRun);
    const bytes = Buffer.allocUnsafeSlow(pages * pageSize);
    const length = readSync(this.#file, bytes, 0, bytes.length, (first - 1) * pageSize);
    return { first, pages, bytes: bytes.fill(0, length) };
  }

  /** Overwrites bytes that nobody reads with zeros. Only before closing: SQLite may still have the page as it was. */
  clear(unused: readonly UnusedBytes[]): void {
    if (unused.length === 0) return;
    for (const { page, from, to } of unused) {
      writeSync(this.#file, new Uint8Array(to - from), 0, to - from, (page - 1) * pageSize + from);
    }
    fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Pages that follow one another, read in one go. */
interface PageRun {
  readonly first: number;
  readonly pages: number;
  readonly bytes: Buffer;
}

/** Pages in the longest run, and how many runs are remembered: 4 MiB in all. */
const longestRun = 256;
const runsKept = 4;

/** Moves everything from the write-ahead log into the file. */
export function foldLog(database: SqliteDatabase): void {
  database.pragma("wal_checkpoint(TRUNCATE)");
}

/**
 * Brings a vault of up to {@link tidyLimit} into the form in which every byte is accounted for, where it is not. Called
 * with the log folded, before closing. A failure (a full disk) leaves a vault that is whole but not tidy.
 */
export function tidy(database: SqliteDatabase, pages: PageFile): void {
  const { pageCount } = pages;
  try {
    if (pageCount * pageSize > tidyLimit || checkPages(pages.inOnePass(), pageCount).unused.length === 0) {
      // Left by a rebuild that was cut off in the middle.
      if (database.pragma("schema_version", { simple: true }) !== schemaCookie) putCookieBack(database);
      return;
    }
    rebuild(database);
    // Where it splits interior pages, SQLite leaves copies of their cells behind, also when rebuilding.
    pages.clear(checkPages(pages.inOnePass(), pages.pageCount).leftovers);
  } catch {
    // Verifying will name the unused bytes; nothing is lost.
  }
}

/** Rewrites the whole file densely, with the schema cookie that every closed vault has. */
export function rebuild(database: SqliteDatabase): void {
  database.exec("VACUUM");
  putCookieBack(database);
}

/** Rebuilding raises the schema cookie; every closed vault has the same one. */
function putCookieBack(database: SqliteDatabase): void {
  // Setting it is refused in SQLite's defensive mode.
  database.unsafeMode(true);
  database.pragma(`schema_version = ${String(schemaCookie)}`);
  database.unsafeMode(false);
  foldLog(database);
}

/**
 * Ends properly what an earlier session did not: takes in its log, clears blobs that were never committed, closes.
 * Needs no keys. @throws VaultError "in-use", "read-only", "damaged", "disk-full"
 */
export function recoverVault(path: string): void {
  const database = openForWriting(path);
  let pages: PageFile | null = null;
  try {
    foldLog(database);
    sweepStaged(database);
    foldLog(database);
    pages = new PageFile(path, "r+");
    tidy(database, pages);
  } catch (error) {
    throw asVaultError(error, path);
  } finally {
    closeWriter(database);
    pages?.close();
  }
}
