import { copyFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schemaCookie } from "../../../electron/vault/schema.ts";
import { temporaryFolder } from "../vault/small-vault.ts";
import { disagreement, makeRichVault } from "./agreement.ts";

/** Rows changed, moved or taken from elsewhere with an SQLite shell: both verifiers refuse the same files. */

const folder = temporaryFolder();
let vault = "";
let other = "";

beforeAll(async () => {
  vault = join(folder.path, "a.evault");
  other = join(folder.path, "b.evault");
  await makeRichVault(vault);
  await makeRichVault(other);
});
afterAll(() => {
  folder.remove();
});

/** The vault after some SQL, as tidy as one that was closed (or left as it then is). */
function tampered(statements: readonly string[], tidy = true): Buffer {
  const path = join(folder.path, "tampered.evault");
  for (const end of ["", "-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
  copyFileSync(vault, path);
  const database = new Database(path);
  database.pragma("secure_delete = ON");
  database.exec(`ATTACH '${other}' AS other`);
  for (const statement of statements) database.exec(statement);
  database.exec("DETACH other");
  if (tidy) {
    database.exec("VACUUM");
    database.unsafeMode(true);
    database.pragma(`schema_version = ${String(schemaCookie)}`);
  }
  database.close();
  return readFileSync(path);
}

const copied = (table: string, key: string, to: string, columns: readonly string[], from: string): string =>
  `UPDATE ${table} SET (${columns.join(", ")}) = (SELECT ${columns.join(", ")} FROM ${from}) WHERE ${key} = ${to}`;

const tamperings: readonly (readonly [string, ...string[]])[] = [
  ["the last entry removed", "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)"],
  ["the first entry removed", "DELETE FROM entry WHERE seq = 0"],
  [
    "an entry removed, the rest moved up",
    "DELETE FROM entry WHERE seq = 2",
    "UPDATE entry SET seq = seq - 1 WHERE seq > 2",
  ],
  ["all entries removed", "DELETE FROM entry"],
  ["an entry over another", copied("entry", "seq", "3", ["nonce", "ciphertext"], "entry WHERE seq = 1")],
  ["another vault's entry", copied("main.entry", "seq", "3", ["nonce", "ciphertext"], "other.entry WHERE seq = 3")],
  ["an entry more", "INSERT INTO entry SELECT max(seq) + 1, compartment, epoch, nonce, ciphertext FROM entry"],
  ["an entry far away", "INSERT INTO entry SELECT 1000 + max(seq), compartment, epoch, nonce, ciphertext FROM entry"],
  [
    "an entry very far away",
    "INSERT INTO entry SELECT 1000000000000, compartment, epoch, nonce, ciphertext FROM entry WHERE seq = 1",
  ],
  [
    "an entry of the largest number",
    "INSERT INTO entry SELECT 9223372036854775807, compartment, epoch, nonce, ciphertext FROM entry WHERE seq = 1",
  ],
  ["an entry below 0", "INSERT INTO entry SELECT -1, compartment, epoch, nonce, ciphertext FROM entry WHERE seq = 1"],
  [
    "a checkpoint very far away",
    "INSERT INTO checkpoint SELECT 1000000000000, size, root, signer, note FROM checkpoint WHERE number = 2",
  ],
  ["an entry in another compartment", "UPDATE entry SET compartment = 3 WHERE seq = (SELECT max(seq) FROM entry)"],
  ["an entry of another epoch", "UPDATE entry SET epoch = 2 WHERE seq = 1"],
  ["a nonce cut short", "UPDATE entry SET nonce = substr(nonce, 1, 23) WHERE seq = 1"],
  ["the newest checkpoint removed", "DELETE FROM checkpoint WHERE number = (SELECT max(number) FROM checkpoint)"],
  ["the first checkpoint removed", "DELETE FROM checkpoint WHERE number = 1"],
  [
    "a checkpoint removed, the rest moved up",
    "DELETE FROM checkpoint WHERE number = 3",
    "UPDATE checkpoint SET number = number - 1 WHERE number > 3",
  ],
  ["all checkpoints removed", "DELETE FROM checkpoint"],
  [
    "a checkpoint over another",
    copied("checkpoint", "number", "3", ["size", "root", "signer", "note"], "checkpoint WHERE number = 4"),
  ],
  [
    "another vault's checkpoint",
    copied("main.checkpoint", "number", "3", ["root", "signer", "note"], "other.checkpoint WHERE number = 3"),
  ],
  ["a checkpoint's row at odds with its note", "UPDATE checkpoint SET size = size + 1 WHERE number = 3"],
  [
    "a checkpoint's signer changed",
    "UPDATE checkpoint SET signer = (SELECT id FROM member WHERE number = 2) WHERE number = 3",
  ],
  ["a note with a line more", "UPDATE checkpoint SET note = note || x'0a' WHERE number = 3"],
  [
    "a note with a signature more",
    "UPDATE checkpoint SET note = note || '— a' || substr(note, instr(note, '— ') + 3) WHERE number = 3",
  ],
  ["a member removed", "DELETE FROM member WHERE number = 2"],
  ["members swapped", "UPDATE member SET number = 9 - number"],
  ["a member's box key", copied("main.member", "number", "2", ["x25519"], "other.member WHERE number = 2")],
  [
    "a member of another vault",
    "INSERT INTO main.member SELECT 3, id, ed25519, x25519, added_by, signature FROM other.member WHERE number = 2",
  ],
  [
    "a founder added by another",
    "UPDATE member SET added_by = (SELECT id FROM member WHERE number = 2) WHERE number = 1",
  ],
  ["a slot removed", "DELETE FROM slot"],
  [
    "a slot for who was removed",
    "INSERT INTO slot SELECT 9, (SELECT id FROM member WHERE number = 2), label, name_tag, ops, memory, salt, key_file, nonce, wrapped FROM slot",
  ],
  ["a slot made cheaper", "UPDATE slot SET ops = 2"],
  ["a slot of odd memory", "UPDATE slot SET memory = memory + 1"],
  ["a slot that wants a key file", "UPDATE slot SET key_file = 1 - key_file"],
  ["a compartment key removed", "DELETE FROM compartment_key WHERE number = (SELECT max(number) FROM compartment_key)"],
  [
    "a compartment key for who was removed",
    "INSERT INTO compartment_key SELECT 99, compartment, epoch, (SELECT id FROM member WHERE number = 2), sealed FROM compartment_key WHERE number = 1",
  ],
  ["a compartment's epoch put back", "UPDATE compartment SET epoch = 1"],
  ["a compartment removed", "DELETE FROM compartment WHERE id = 3"],
  ["a compartment's label", "UPDATE compartment SET label = 'Another' WHERE id = 2"],
  ["the vault's label", "UPDATE vault SET label = 'Another'"],
  ["the vault's row twice", "INSERT INTO vault SELECT 2, id, nonce, label FROM vault"],
  ["the vault's row under another number", "UPDATE vault SET one = 2"],
  ["no vault row", "DELETE FROM vault"],
  ["another vault's id", copied("main.vault", "one", "1", ["id", "nonce"], "other.vault")],
  ["a blob's head", copied("blob", "position", "1", ["nonce", "head"], "blob WHERE position = 0")],
  ["a blob moved", "UPDATE blob SET position = 7 WHERE position = 0"],
  ["a blob removed", "DELETE FROM blob WHERE position = (SELECT max(position) FROM blob)"],
  [
    "a blob more",
    "INSERT INTO blob SELECT store + 1000, position + 5, id, compartment, epoch, chunks, digest, nonce, head FROM blob WHERE position = 0",
  ],
  ["a chunk removed", "DELETE FROM blob_chunk WHERE chunk = (SELECT min(chunk) FROM blob_chunk)"],
  [
    "a chunk over another",
    copied(
      "blob_chunk",
      "chunk",
      "(SELECT min(chunk) FROM blob_chunk)",
      ["nonce", "ciphertext"],
      "blob_chunk WHERE chunk = (SELECT max(chunk) FROM blob_chunk)",
    ),
  ],
  ["a chunk of nothing", "INSERT INTO blob_chunk SELECT max(chunk) + 5000000, nonce, ciphertext FROM blob_chunk"],
  ["a chunk after the last", "INSERT INTO blob_chunk SELECT max(chunk) + 1, nonce, ciphertext FROM blob_chunk"],
  ["a blob left half written", "INSERT INTO staged VALUES (77)"],
  ["another frontier", copied("main.frontier", "one", "1", ["entries", "blobs"], "other.frontier")],
  ["no frontier", "DELETE FROM frontier"],
  ["two frontiers", "INSERT INTO frontier SELECT 2, entries, blobs FROM frontier"],
  ["a snapshot's size", "UPDATE snapshot SET size = size - 1"],
  ["a snapshot of nobody", "UPDATE snapshot SET member = zeroblob(16)"],
  ["a table more", "CREATE TABLE more (one INTEGER PRIMARY KEY) STRICT"],
  ["an index", "CREATE INDEX by_epoch ON entry (epoch)"],
  ["a trigger", "CREATE TRIGGER later AFTER INSERT ON entry BEGIN DELETE FROM entry; END"],
];

describe("rows tampered with", () => {
  it("nothing: both find the same handling in order", async () => {
    expect(await disagreement(folder.path, tampered([]), true)).toBeNull();
  });

  it("snapshots deleted: a cache less, and both find it in order", async () => {
    expect(await disagreement(folder.path, tampered(["DELETE FROM snapshot"]), true)).toBeNull();
  });

  it.each(tamperings)("%s: refused by both", async (_, ...statements) => {
    expect(await disagreement(folder.path, tampered(statements), false)).toBeNull();
  });

  it("what was deleted without tidying up leaves free pages: refused by both", async () => {
    expect(await disagreement(folder.path, tampered(["DELETE FROM snapshot"], false), false)).toBeNull();
  });
});
