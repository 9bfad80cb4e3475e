import { accessSync, closeSync, constants, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

import Database from "better-sqlite3";

import { asVaultError, damaged, inUse, VaultError } from "./errors.ts";
import { applicationId, formatVersion, pageSize } from "./schema.ts";

export type SqliteDatabase = Database.Database;

let nativeBinding: string | undefined;

/** Sets where SQLite's native binding is (null or absent: the one that better-sqlite3 brings). Call before anything else. */
export function configureSqlite(options: { readonly nativeBinding?: string | null }): void {
  nativeBinding = options.nativeBinding ?? undefined;
}

/** The option under which better-sqlite3 takes {@link configureSqlite}'s binding. */
export function bindingOption(): { nativeBinding?: string } {
  return nativeBinding === undefined ? {} : { nativeBinding };
}

const statements = new WeakMap<SqliteDatabase, Map<string, Database.Statement>>();

/** A statement that comes up at every commit: prepared once for each database. */
export function keptStatement(database: SqliteDatabase, sql: string): Database.Statement {
  const kept = statements.get(database) ?? new Map<string, Database.Statement>();
  statements.set(database, kept);
  const statement = kept.get(sql) ?? database.prepare(sql);
  kept.set(sql, statement);
  return statement;
}

/** A new database in memory, or one with the content of a `serialize()` image. Nothing of it touches a disk. */
export function openMemoryDatabase(image?: Uint8Array): SqliteDatabase {
  const source = image === undefined ? ":memory:" : Buffer.from(image.buffer, image.byteOffset, image.byteLength);
  const database = new Database(source, bindingOption());
  database.pragma("temp_store = MEMORY");
  database.pragma("trusted_schema = OFF");
  return database;
}

/** SQLITE_VERSION_NUMBER of the library in use, as it writes it into a file's header. */
export function sqliteVersionNumber(database: SqliteDatabase): number {
  const text: unknown = database.prepare("SELECT sqlite_version()").pluck().get();
  const [major = 0, minor = 0, patch = 0] = String(text).split(".").map(Number);
  return major * 1_000_000 + minor * 1_000 + patch;
}

/** Files that this process has open as vaults: opening one again would drop the lock that keeps others out. */
const openFiles = new Map<SqliteDatabase, string>();

function fileIdentity(path: string): string {
  const stat = statSync(path, { bigint: true });
  return `${String(stat.dev)}:${String(stat.ino)}`;
}

/** Opens a vault for reading and writing, alone: a second opener gets "in-use", in this process or another. */
export function openForWriting(path: string): SqliteDatabase {
  checkFile(path);
  checkWritable(path);
  let database: SqliteDatabase | undefined;
  try {
    database = new Database(path, { fileMustExist: true, timeout: 0, ...bindingOption() });
    database.pragma("locking_mode = EXCLUSIVE");
    setSafePragmas(database);
    database.pragma("synchronous = FULL");
    if (database.pragma("journal_mode", { simple: true }) !== "wal")
      throw damaged("header", "the journal mode is not WAL");
    database.exec("BEGIN IMMEDIATE; COMMIT");
    openFiles.set(database, fileIdentity(path));
    return database;
  } catch (error) {
    database?.close();
    throw asVaultError(error, path);
  }
}

/**
 * Makes sure that a vault's path still leads to the file that is open, and its log is there: what was written to a file that was
 * deleted or replaced would be acknowledged and gone. @throws VaultError "missing"
 */
export function checkInPlace(database: SqliteDatabase, path: string): void {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  const identity = stat === undefined ? "" : `${String(stat.dev)}:${String(stat.ino)}`;
  if (identity === openFiles.get(database) && hasLog(path)) return;
  throw new VaultError(
    "missing",
    `The vault ${path} or its log was deleted, moved or replaced while it was open: nothing was written. Put it back, or lock it now.`,
    { path },
  );
}

/** Closes what {@link openForWriting} opened. */
export function closeWriter(database: SqliteDatabase): void {
  database.close();
  openFiles.delete(database);
}

/** Closed vaults up to this size are read whole to be verified, so that looking at one touches nothing around it. */
const readWholeLimit = 64 * 1024 * 1024;
/** The same where the vault or its folder cannot be written: SQLite could not open it otherwise. */
const readOnlyLimit = 1024 * 1024 * 1024;

/**
 * Opens a vault that was closed properly, to look at it: in memory, or where it is large in place. Close it with
 * {@link closeWriter}. @throws VaultError as {@link openForWriting}; "read-only" only for more than 1 GiB
 * @param wholeLimit up to how many bytes the file is read whole
 */
export function openClosed(path: string, wholeLimit: number = readWholeLimit): SqliteDatabase {
  checkFile(path);
  const { size } = statSync(path);
  if (size > wholeLimit && (size > readOnlyLimit || isWritable(path))) return openForWriting(path);
  try {
    const image = readFileSync(path);
    // A database in memory has no log: the two header bytes that ask for one are the only ones changed.
    image.fill(1, 18, 20);
    const database = new Database(image, { readonly: true, ...bindingOption() });
    setSafePragmas(database);
    return database;
  } catch (error) {
    throw asVaultError(error, path);
  }
}

/** Whether there is a write-ahead log beside the vault: it is in use, or was not closed properly. */
export function hasLog(path: string): boolean {
  return existsSync(`${path}-wal`);
}

/** Settings of every connection: nothing of a vault file is trusted, nothing is mapped or written elsewhere. */
export function setSafePragmas(database: SqliteDatabase): void {
  database.pragma("trusted_schema = OFF");
  database.pragma("cell_size_check = ON");
  database.pragma("secure_delete = ON");
  database.pragma("temp_store = MEMORY");
  database.pragma("mmap_size = 0");
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(resolve(path)), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function checkWritable(path: string): void {
  if (!isWritable(path)) {
    throw new VaultError(
      "read-only",
      `The vault or its folder cannot be written: ${path}. Copy the vault to a folder that you may write to.`,
      { path },
    );
  }
}

/** Says what a file is before SQLite sees it. Reads the header only, and never where this process has the vault open. */
function checkFile(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new VaultError("missing", `There is no file ${path}. Check the name.`, { path });
  if (!stat.isFile()) throw notAVault(path);
  if ([...openFiles.values()].includes(fileIdentity(path))) throw inUse(path);
  const header = readHeader(path);
  if (header.length < 100 || header.toString("latin1", 0, 16) !== "SQLite format 3\0") throw notAVault(path);
  if (header.readUInt32BE(68) !== applicationId) throw notAVault(path);
  const format = header.readUInt32BE(60);
  if (format > formatVersion) {
    throw new VaultError(
      "future-format",
      `The vault ${path} has format ${String(format)}; this version of EvalVault reads format ${String(formatVersion)}. Use a newer EvalVault.`,
      { path, format },
    );
  }
  if (format !== formatVersion) throw damaged("header", "the format number is not one that exists");
  if (header.readUInt16BE(16) !== pageSize) throw damaged("header", "the page size is not the format's");
  if (!hasLog(path) && stat.size !== header.readUInt32BE(28) * pageSize) {
    throw damaged(
      "file",
      `it is ${String(stat.size)} bytes long, its header says ${String(header.readUInt32BE(28))} pages`,
    );
  }
}

function readHeader(path: string): Buffer {
  const bytes = Buffer.alloc(100);
  try {
    const file = openSync(path, "r");
    try {
      return bytes.subarray(0, readSync(file, bytes, 0, 100, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw asVaultError(error, path);
  }
}

function notAVault(path: string): VaultError {
  return new VaultError("not-a-vault", `${path} is not an EvalVault vault. Check the name.`, { path });
}
