import { copyFileSync, readFileSync } from "node:fs";
import type Database from "better-sqlite3";
import { fromHex } from "../../../electron/vault/canonical.ts";
import { formatCheckpoint } from "../../../electron/vault/checkpoint.ts";
import { noteDigest } from "../../../electron/vault/checkpoints.ts";
import { insertCheckpoint, writeFrontier } from "../../../electron/vault/journal.ts";
import { memberKeyPairs } from "../../../electron/vault/keys.ts";
import { blobLeaf, entryLeaf } from "../../../electron/vault/leaves.ts";
import { CompactRange } from "../../../electron/vault/merkle.ts";
import { outerDigest } from "../../../electron/vault/outer.ts";
import { Row } from "../../../electron/vault/row.ts";
import { formatNote, signNote } from "../../../electron/vault/signed-note.ts";
import { closeWriter, openForWriting, sqliteVersionNumber } from "../../../electron/vault/sqlite.ts";
import { rebuild } from "../../../electron/vault/tidy.ts";
import { countedRandom, makeSmallVault, noise, type SmallVault } from "../vault/small-vault.ts";

/** A member with a changed program, which signs whatever the rows are, without the vault's own checks. */

/** What the forger claims, where it is not what the rows are. */
export interface Claim {
  /** A number of entries; the tree over them is made up. */
  readonly size?: number;
}

/** Writes to `path` a vault that was changed with these statements, under one more checkpoint with a good signature. */
export type Forge = (path: string, statements: readonly string[], claim?: Claim) => Buffer;

/** Makes a small vault at `path` whose founder forges copies of it. */
export async function makeForger(path: string): Promise<{ readonly small: SmallVault; readonly forge: Forge }> {
  const small = await makeSmallVault(path);
  return { small, forge: (to, statements, claim = {}) => forged(small, to, statements, claim) };
}

function forged(small: SmallVault, path: string, statements: readonly string[], claim: Claim): Buffer {
  copyFileSync(small.path, path);
  const random = countedRandom(small.path);
  const { signing } = memberKeyPairs(random(32), random(32)).secrets;
  const database: Database.Database = openForWriting(path);
  for (const sql of statements) database.exec(sql);
  signOver(database, { memberId: small.founderId, signing }, claim);
  rebuild(database);
  closeWriter(database);
  return readFileSync(path);
}

function signOver(
  database: Database.Database,
  { memberId, signing }: { readonly memberId: string; readonly signing: Uint8Array },
  claim: Claim,
): void {
  const rows = (sql: string): Row[] =>
    database
      .prepare(sql)
      .all()
      .map((raw) => new Row(raw, sql));
  const entries =
    claim.size === undefined ? treeOf(rows("SELECT * FROM entry ORDER BY seq"), leafOfEntry) : madeUp(claim.size);
  const blobs = treeOf(rows("SELECT * FROM blob ORDER BY position"), leafOfBlob);
  const [vault] = rows("SELECT id FROM vault");
  const [newest] = rows("SELECT number, note FROM checkpoint ORDER BY number DESC LIMIT 1");
  if (vault === undefined || newest === undefined) throw new Error("the vault has no row or no checkpoint");
  const body = {
    vaultId: vault.bytes("id"),
    size: entries.size,
    root: entries.root(),
    outer: outerDigest(database),
    blobs: blobs.size,
    blobRoot: blobs.root(),
    previous: noteDigest(newest.text("note")),
    sqlite: sqliteVersionNumber(database),
  };
  const key = { name: memberId, publicKey: signing.subarray(32) };
  const note = formatNote(signNote(formatCheckpoint(body), key, signing));
  const number = newest.integer("number") + 1;
  insertCheckpoint(database, { number, size: body.size, root: body.root, signer: fromHex(memberId), note });
  writeFrontier(database, entries, blobs);
}

function treeOf(rows: readonly Row[], leafOf: (row: Row) => Uint8Array): CompactRange {
  const range = new CompactRange();
  for (const row of rows) range.append(leafOf(row));
  return range;
}

/** A tree of so many leaves that nobody ever saw. */
function madeUp(size: number): CompactRange {
  const peaks = size.toString(2).replaceAll("0", "").length;
  const range = CompactRange.decode(size, noise(32 * peaks, "made up"));
  if (range === null) throw new Error("no such tree");
  return range;
}

function leafOfEntry(row: Row): Uint8Array {
  const [seq, compartment, epoch] = [row.integer("seq"), row.integer("compartment"), row.integer("epoch")];
  return entryLeaf({ seq, compartment, epoch, nonce: row.bytes("nonce"), ciphertext: row.bytes("ciphertext") });
}

function leafOfBlob(row: Row): Uint8Array {
  return blobLeaf({
    store: row.integer("store"),
    position: row.integer("position"),
    id: row.bytes("id"),
    compartment: row.integer("compartment"),
    epoch: row.integer("epoch"),
    chunks: row.integer("chunks"),
    digest: row.bytes("digest"),
    nonce: row.bytes("nonce"),
    head: row.bytes("head"),
  });
}
