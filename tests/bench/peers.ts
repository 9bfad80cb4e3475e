import Database from "better-sqlite3";
import { createRequire } from "node:module";
import { z } from "zod";

/** SQLite itself, and SQLite with page encryption: what somebody would use who needs none of the vault's proofs. */

export interface Peer {
  readonly name: string;
  readonly open: (path: string) => Database.Database;
}

// It has better-sqlite3's own interface and brings no types that Node's resolution finds under this name.
const Ciphers = z
  .custom<typeof Database>((value) => typeof value === "function")
  .parse(createRequire(import.meta.url)("better-sqlite3-multiple-ciphers"));

/** A raw key: deriving one from a passphrase is measured nowhere here, for nobody. */
const rawKey = "2b".repeat(32);

function settle(database: Database.Database): Database.Database {
  database.pragma("page_size = 4096");
  database.pragma("locking_mode = EXCLUSIVE");
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  return database;
}

function encrypted(path: string, cipher: string, key: string): Database.Database {
  const database = new Ciphers(path);
  database.pragma(`cipher = '${cipher}'`);
  if (cipher === "sqlcipher") database.pragma("legacy = 4");
  database.pragma(`key = "${key}"`);
  return settle(database);
}

export const peers: readonly Peer[] = [
  { name: "bare", open: (path) => settle(new Database(path)) },
  { name: "SQLCipher mode", open: (path) => encrypted(path, "sqlcipher", `x'${rawKey}'`) },
  { name: "ChaCha20 mode", open: (path) => encrypted(path, "chacha20", `raw:${rawKey}`) },
];

/** The rows that a commit of the vault makes durable: an entry, its signed checkpoint, the tree's frontier. */
export const sameRows = [
  "CREATE TABLE entry (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)",
  "CREATE TABLE checkpoint (number INTEGER PRIMARY KEY, note TEXT NOT NULL)",
  "CREATE TABLE frontier (one INTEGER PRIMARY KEY, hashes BLOB NOT NULL)",
];
