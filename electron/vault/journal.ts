import { entryPlace, type Place } from "./associated-data.ts";
import { fromHex, sameBytes, toHex } from "./canonical.ts";
import { CheckpointReader, noteDigest, readTip, type Tip } from "./checkpoints.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { asVaultError, damaged, VaultError } from "./errors.ts";
import { frame, unframe } from "./framing.ts";
import type { KeyRing } from "./keys.ts";
import { blobLeaf, entryLeaf, readEntry, type BlobRow, type EntryRow } from "./leaves.ts";
import { CompactRange } from "./merkle.ts";
import { outerDigest, readOuter, type OuterRows } from "./outer.ts";
import { formatVersion } from "./schema.ts";
import { formatNote, signNote } from "./signed-note.ts";
import { aeadOpen, aeadSeal, nonceLength, type RandomBytes } from "./sodium.ts";
import { sqliteVersionNumber, type SqliteDatabase } from "./sqlite.ts";
import type { JournalEntry, Receipt } from "./vault-types.ts";

/** The most bytes that one entry may have. */
export const largestEntry = 256 * 1024 * 1024;

/** The compartment that is used now; the format allows more. */
export const mainCompartment = 1;

/** What one transaction puts in. */
export interface Change {
  readonly entries?: readonly Uint8Array[] | undefined;
  /** Blob rows but for their position; their chunks are in the file or are put there by `before`. */
  readonly blobs?: readonly Omit<BlobRow, "position">[] | undefined;
  /** Further statements of the same transaction. */
  readonly before?: (() => void) | undefined;
  /** Whether `before` touches the outer tables. */
  readonly outer?: boolean | undefined;
}

/** Who writes, where, with which keys. */
export interface Author {
  readonly memberId: string;
  readonly keys: KeyRing;
  readonly random: RandomBytes;
}

/** The entries of an open vault and the checkpoints over them. */
export class Journal {
  readonly #database: SqliteDatabase;
  readonly #path: string;
  readonly #author: Author;
  readonly #sqlite: number;
  readonly reader: CheckpointReader;
  #outer: OuterRows;
  #outerDigest: Uint8Array;
  #tip: Tip;
  /** The tree over the entries that were read or written in this session, in order: they are known to be whole. */
  #trusted = new CompactRange();

  constructor(database: SqliteDatabase, path: string, author: Author) {
    this.#database = database;
    this.#path = path;
    this.#author = author;
    this.#sqlite = sqliteVersionNumber(database);
    this.#outer = readOuter(database);
    this.#outerDigest = outerDigest(database);
    this.reader = new CheckpointReader(database, this.#outer);
    this.#tip = readTip(database, this.reader);
    if (!sameBytes(this.#tip.checkpoint.body.outer, this.#outerDigest)) {
      throw damaged("members and slots", "they are not what the newest checkpoint was signed over");
    }
  }

  get tip(): Tip {
    return this.#tip;
  }

  get size(): number {
    return this.#tip.checkpoint.size;
  }

  get outer(): OuterRows {
    return this.#outer;
  }

  /** Where new things go. */
  get place(): Place {
    const epoch = this.#outer.compartments.find((one) => one.id === mainCompartment)?.epoch;
    if (epoch === undefined) throw damaged("compartment 1", "the row is not there");
    return { vaultId: this.#outer.vaultId, compartment: mainCompartment, epoch };
  }

  /** Takes a tree that an own snapshot vouches for as the beginning of what is known. */
  trust(range: CompactRange): void {
    if (range.size <= this.size) this.#trusted = range.copy();
  }

  /**
   * One transaction: the statements of `before`, entries, blobs and a signed checkpoint over all.
   * @throws VaultError "disk-full", "read-only", "invalid-argument" (an entry too large), "io"; nothing was changed then.
   */
  commit(change: Change): Receipt {
    const plaintexts = change.entries ?? [];
    if (plaintexts.some((one) => one.length > largestEntry)) {
      throw new VaultError("invalid-argument", `An entry may have at most ${String(largestEntry)} bytes.`, {
        limit: largestEntry,
      });
    }
    const before = this.#tip;
    try {
      const done = this.#database.transaction(() => this.#write(change, plaintexts)).immediate();
      if (this.#trusted.size === before.checkpoint.size) this.#trusted = done.tip.entries.copy();
      this.#tip = done.tip;
      this.#outerDigest = done.outerDigest;
      if (change.outer === true) {
        this.#outer = readOuter(this.#database);
        this.reader.know(this.#outer);
      }
    } catch (error) {
      throw asVaultError(error, this.#path);
    }
    const { size, rootHex } = this.#tip.checkpoint;
    return { firstSeq: before.checkpoint.size, lastSeq: size - 1, root: rootHex };
  }

  /**
   * Makes sure that the newest checkpoint names the SQLite that writes from now on; its number stands in the file's header
   * and is checked against the note. Called before anything is written outside of a commit.
   */
  announceWriter(): void {
    if (this.#tip.checkpoint.body.sqlite !== this.#sqlite) this.commit({});
  }

  #write(change: Change, plaintexts: readonly Uint8Array[]): { tip: Tip; outerDigest: Uint8Array } {
    change.before?.();
    const digest = change.outer === true ? outerDigest(this.#database) : this.#outerDigest;
    const entries = this.#tip.entries.copy();
    const insertEntry = this.#database.prepare("INSERT INTO entry VALUES (?, ?, ?, ?, ?)");
    for (const plaintext of plaintexts) {
      const row = this.#seal(entries.size, plaintext);
      insertEntry.run(row.seq, row.compartment, row.epoch, row.nonce, row.ciphertext);
      entries.append(entryLeaf(row));
    }
    const blobs = this.#tip.blobs.copy();
    for (const blob of change.blobs ?? []) {
      const row = { ...blob, position: blobs.size };
      this.#insertBlob(row);
      blobs.append(blobLeaf(row));
    }
    return { tip: { checkpoint: this.#sign(entries, blobs, digest), entries, blobs }, outerDigest: digest };
  }

  #insertBlob(row: BlobRow): void {
    this.#database
      .prepare("INSERT INTO blob VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .run(row.store, row.position, row.id, row.compartment, row.epoch, row.chunks, row.digest, row.nonce, row.head);
    this.#database.prepare("DELETE FROM staged WHERE store = ?").run(row.store);
  }

  #sign(entries: CompactRange, blobs: CompactRange, outer: Uint8Array): Tip["checkpoint"] {
    const { memberId, keys } = this.#author;
    const body = {
      vaultId: this.#outer.vaultId,
      size: entries.size,
      root: entries.root(),
      outer,
      blobs: blobs.size,
      blobRoot: blobs.root(),
      previous: noteDigest(this.#tip.checkpoint.note),
      sqlite: this.#sqlite,
    };
    const number = this.#tip.checkpoint.number + 1;
    const key = { name: memberId, publicKey: keys.member.signing.subarray(32) };
    const note = formatNote(signNote(formatCheckpoint(body), key, keys.member.signing));
    insertCheckpoint(this.#database, { number, size: body.size, root: body.root, signer: fromHex(memberId), note });
    writeFrontier(this.#database, entries, blobs);
    return { number, size: body.size, rootHex: toHex(body.root), signer: memberId, note, body };
  }

  #seal(seq: number, plaintext: Uint8Array): EntryRow {
    const { place } = this;
    const nonce = this.#author.random(nonceLength);
    const key = this.#author.keys.compartment(place.compartment, place.epoch);
    const ciphertext = aeadSeal(frame(plaintext, "to-64"), entryPlace(place, seq), nonce, key);
    return { seq, compartment: place.compartment, epoch: place.epoch, nonce, ciphertext };
  }

  /** The ciphertext row of one entry. */
  row(seq: number): EntryRow {
    const raw: unknown = this.#database.prepare("SELECT * FROM entry WHERE seq = ?").get(seq);
    if (raw === undefined) throw damaged(`entry ${String(seq)}`, "the row is not there");
    return readEntry(raw, seq);
  }

  /** Decrypts a row. */
  open(row: EntryRow): Uint8Array {
    return openEntryRow(row, this.#outer.vaultId, this.#author.keys);
  }

  /** One entry: its checkpoint's signature is checked, the tree above it is not. */
  entry(seq: number): JournalEntry {
    if (!Number.isInteger(seq) || seq < 0 || seq >= this.size) {
      throw new VaultError("no-such-entry", `The journal has no entry ${String(seq)}.`, { seq });
    }
    const row = this.row(seq);
    return { ...where(row), author: this.reader.covering(seq).signer, plaintext: this.open(row) };
  }

  /**
   * Entries from `from` up to but without `to`. Each covering checkpoint's signature and its link to the one before are
   * checked; where the reading goes on from what is known already (or from 0), so is its root.
   */
  *entries(from: number, to: number): Generator<JournalEntry> {
    if (from >= to) return;
    const known = from === 0 ? new CompactRange() : from === this.#trusted.size ? this.#trusted.copy() : null;
    let checkpoint = this.reader.covering(from);
    for (let seq = from; seq < to; seq += 1) {
      while (checkpoint.size <= seq) checkpoint = this.#next(checkpoint);
      const row = this.row(seq);
      known?.append(entryLeaf(row));
      if (known !== null && known.size === checkpoint.size) this.#checkRoot(known, checkpoint);
      yield { ...where(row), author: checkpoint.signer, plaintext: this.open(row) };
    }
  }

  #next(checkpoint: Tip["checkpoint"]): Tip["checkpoint"] {
    const next = this.reader.read(checkpoint.number + 1);
    if (!sameBytes(next.body.previous, noteDigest(checkpoint.note))) {
      throw damaged(`checkpoint ${String(next.number)}`, "it does not follow the checkpoint before it");
    }
    return next;
  }

  #checkRoot(known: CompactRange, checkpoint: Tip["checkpoint"]): void {
    if (toHex(known.root()) !== checkpoint.rootHex) {
      throw damaged(`checkpoint ${String(checkpoint.number)}`, "its root does not fit the entries under it");
    }
    if (known.size > this.#trusted.size) this.#trusted = known.copy();
  }

  /** Leaf hashes of the first `size` entries, read anew. */
  leaves(size: number): Uint8Array[] {
    return Array.from({ length: size }, (_, seq) => entryLeaf(this.row(seq)));
  }
}

/** The plaintext of a row of `entry`. @throws VaultError "damaged" */
export function openEntryRow(row: EntryRow, vaultId: Uint8Array, keys: KeyRing): Uint8Array {
  const place = { vaultId, compartment: row.compartment, epoch: row.epoch };
  const key = keys.compartment(row.compartment, row.epoch);
  const padded = aeadOpen(row.ciphertext, entryPlace(place, row.seq), row.nonce, key);
  const plaintext = padded === null ? null : unframe(padded);
  if (plaintext === null) throw damaged(`entry ${String(row.seq)}`, "it is not what was written there");
  return plaintext;
}

function where(row: EntryRow): { seq: number; compartment: number; epoch: number } {
  return { seq: row.seq, compartment: row.compartment, epoch: row.epoch };
}

/** Adds a row to `checkpoint`. Writes page 1 too, so that the header names the SQLite that the note names. */
export function insertCheckpoint(
  database: SqliteDatabase,
  row: {
    readonly number: number;
    readonly size: number;
    readonly root: Uint8Array;
    readonly signer: Uint8Array;
    readonly note: string;
  },
): void {
  database
    .prepare("INSERT INTO checkpoint VALUES (?, ?, ?, ?, ?)")
    .run(row.number, row.size, row.root, row.signer, row.note);
  database.pragma(`user_version = ${String(formatVersion)}`);
}

/** Replaces the one row of `frontier`. */
export function writeFrontier(database: SqliteDatabase, entries: CompactRange, blobs: CompactRange): void {
  database.prepare("INSERT OR REPLACE INTO frontier VALUES (1, ?, ?)").run(entries.encode(), blobs.encode());
}
