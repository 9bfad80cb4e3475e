import { readFileSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { checkPages, type PageReport } from "../../../electron/vault/page-check.ts";
import { checkRecord, PageFault, readVarint } from "../../../electron/vault/page-format.ts";
import { applicationId, formatVersion, pageSize, schemaCookie, tables } from "../../../electron/vault/schema.ts";

const folder = mkdtempSync(join(tmpdir(), "evalvault-pages-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A number that stands nowhere else in the test's file. */
const largest = 117;

let made = 0;

/** A file with the format's tables, filled by `fill`, closed, as bytes. */
function fileOf(fill: (database: Database.Database) => void): Buffer {
  made += 1;
  const path = join(folder, `${String(made)}.db`);
  const database = new Database(path);
  database.pragma(`page_size = ${String(pageSize)}`);
  database.pragma("secure_delete = ON");
  database.pragma("locking_mode = EXCLUSIVE");
  database.pragma("journal_mode = WAL");
  database.pragma(`application_id = ${String(applicationId)}`);
  database.pragma(`user_version = ${String(formatVersion)}`);
  for (const table of tables) database.exec(table.sql);
  fill(database);
  database.unsafeMode(true);
  database.pragma(`schema_version = ${String(schemaCookie)}`);
  database.unsafeMode(false);
  database.close();
  return readFileSync(path);
}

function check(file: Uint8Array): PageReport {
  const read = (number: number): Uint8Array => file.subarray((number - 1) * pageSize, number * pageSize);
  return checkPages(read, file.length / pageSize);
}

const addEntries = (database: Database.Database, from: number, sizes: readonly number[]): void => {
  const insert = database.prepare("INSERT INTO entry VALUES (?, 1, 1, ?, ?)");
  for (const [index, size] of sizes.entries()) insert.run(from + index, Buffer.alloc(24, 7), Buffer.alloc(size, 255));
};

describe("the page check", () => {
  it("has nothing to say about an empty file of the format", () => {
    expect(check(fileOf(() => undefined))).toEqual({ problems: [], unused: [], leftovers: [] });
  });

  it("has nothing to say about rows of any size, also over many pages", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 }), (sizes) => {
        const file = fileOf((database) => {
          addEntries(database, 0, sizes);
        });
        expect(check(file)).toEqual({ problems: [], unused: [], leftovers: [] });
      }),
      { numRuns: 25 },
    );
  });

  it("finds no fault after many deletes and inserts", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 0, max: 9000 })), { maxLength: 200 }), (steps) => {
        const file = fileOf((database) => {
          const insert = database.prepare("INSERT OR REPLACE INTO blob_chunk VALUES (?, ?, ?)");
          const remove = database.prepare("DELETE FROM blob_chunk WHERE chunk = ?");
          for (const [key, size] of steps) {
            if (size % 3 === 0) remove.run(key);
            else insert.run(key, Buffer.alloc(24, 1), Buffer.alloc(size, 255));
          }
        });
        expect(check(file).problems).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("names every single changed byte that no signature covers: headers, pointers, free space, encodings", () => {
    const file = fileOf((database) => {
      addEntries(database, largest - 6, [10, 300, 5000, 80, 2000, 1500, 1200]);
      database.prepare("INSERT INTO staged VALUES (?)").run(largest);
    });
    const missed: string[] = [];
    for (let at = 0; at < file.length; at += 1) {
      const old = file[at] ?? 0;
      // The library's number in the header and what rows say (7, 255, the first and the largest rowid) are signed, not the form.
      if (old === 7 || old === 255 || old === largest || old === largest - 6 || (at >= 96 && at < 100)) continue;
      for (const value of [old ^ 1, old ^ 0x80]) {
        // Serial types 8 and 9 are the numbers 0 and 1: a value again.
        if ((old === 8 && value === 9) || (old === 9 && value === 8)) continue;
        file[at] = value;
        const report = check(file);
        if (report.problems.length + report.unused.length === 0)
          missed.push(`${String(at)}: ${String(old)} -> ${String(value)}`);
      }
      file[at] = old;
    }
    expect(missed).toEqual([]);
  }, 120_000);
});

describe("the page of SQLite's lock bytes", () => {
  const lockPage = 2 ** 30 / pageSize + 1;
  const free = Buffer.alloc(pageSize);

  /** A file of more than 1 GiB that is not there: an empty one with free pages behind it, all but those of `unused`. */
  function largeFile(pageCount: number, unused: readonly number[]): ReturnType<typeof checkPages> {
    const small = fileOf(() => undefined);
    const base = small.length / pageSize;
    const rest = Array.from({ length: pageCount - base }, (_, index) => base + 1 + index);
    const numbers = rest.filter((number) => !unused.includes(number));
    const trunks = new Map<number, Buffer>();
    for (let at = 0, before = 0; at < numbers.length; at += 1023) {
      const [number = 0, ...leaves] = numbers.slice(at, at + 1023);
      const trunk = Buffer.alloc(pageSize);
      [before, leaves.length, ...leaves].forEach((value, place) => trunk.writeUInt32BE(value, 4 * place));
      trunks.set(number, trunk);
      small.writeUInt32BE(number, 32);
      before = number;
    }
    small.writeUInt32BE(pageCount, 28);
    small.writeUInt32BE(numbers.length, 36);
    const read = (number: number): Uint8Array =>
      number <= base ? small.subarray((number - 1) * pageSize, number * pageSize) : (trunks.get(number) ?? free);
    return checkPages(read, pageCount);
  }

  it("belongs to nothing, and is no fault in a file that reaches so far", () => {
    expect(largeFile(lockPage + 7, [lockPage]).problems).toEqual([]);
    expect(largeFile(lockPage, [lockPage]).problems).toEqual([]);
  });

  it("must not be used, and no other page may be left out", () => {
    const used = largeFile(lockPage + 7, []).problems;
    expect(used[0]).toEqual({ where: "freelist", what: `there is no page ${String(lockPage)}` });
    const other = largeFile(lockPage + 7, [lockPage, lockPage + 1]).problems;
    expect(other).toEqual([{ where: "file", what: "1 pages belong to nothing" }]);
    const shorter = largeFile(lockPage - 1, [lockPage - 1]).problems;
    expect(shorter).toEqual([{ where: "file", what: "1 pages belong to nothing" }]);
    expect(largeFile(lockPage - 1, []).problems).toEqual([]);
  });
});

describe("records", () => {
  const shape = ["INTEGER", "INTEGER", "BLOB"] as const;

  it("are taken in SQLite's shortest form alone", () => {
    expect(() => {
      checkRecord(Uint8Array.of(4, 0, 1, 14, 5, 9), 6, shape);
    }).not.toThrow();
    for (const [why, record] of [
      ["1 in a byte", [4, 0, 1, 14, 1, 9]],
      ["5 in two bytes", [4, 0, 2, 14, 0, 5, 9]],
      ["a rowid that is not null", [4, 9, 1, 14, 5, 9]],
      ["text for bytes", [4, 0, 1, 15, 5, 9]],
      ["a body too long", [4, 0, 1, 14, 5, 9, 9]],
      ["a floating-point number", [4, 0, 7, 12, 0, 0, 0, 0, 0, 0, 0, 0]],
    ] as const) {
      expect(() => {
        checkRecord(Uint8Array.from(record), record.length, shape);
      }, why).toThrow(PageFault);
    }
  });

  it("read their numbers as they were written, and no other way", () => {
    expect(readVarint(Uint8Array.of(0x81, 0x00), 0)).toEqual({ value: 128, length: 2 });
    expect(() => readVarint(Uint8Array.of(0x80, 0x01), 0)).toThrow(PageFault);
    expect(() => readVarint(Uint8Array.of(0x81), 0)).toThrow(PageFault);
  });
});
