import { entryPlace, type Place } from "./associated-data.ts";
import { fromHex, sameBytes, toHex } from "./canonical.ts";
import { CheckpointReader, noteDigest, readTip, type Tip } from "./checkpoints.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { asVaultError, damaged, VaultError } from "./errors.ts";
import { frame, unframe } from "./framing.ts";
import type { KeyRing } from "./keys.ts";
import { blobLeaf, entryLeaf, readEntry, type BlobRow, type EntryRow } from "./leaves.ts";
import { KnownJournal } from "./known-journal.ts";
import type { CompactRange } from "./merkle.ts";
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
  /** Where the entries go. Default {@link mainCompartment}. */
  readonly compartment?: number | undefined;
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

interface Written {
  readonly tip: Tip;
  readonly outerDigest: Uint8Array;
  readonly leaves: readonly Uint8Array[];
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
  readonly known: KnownJournal;

  constructor(database: SqliteDatabase, path: string, author: Author) {
    this.#database = database;
    this.#path = path;
    this.#author = author;
    this.#sqlite = sqliteVersionNumber(database);
    this.#outer = readOuter(database);
    this.#outerDigest = outerDigest(database);
    this.reader = new CheckpointReader(database, this.#outer);
    this.#tip = readTip(database, this.reader);
    const read = database.prepare("SELECT * FROM entry WHERE seq = ?");
    this.known = new KnownJournal(this.reader, (seq) => {
      const raw: unknown = read.get(seq);
      if (raw === undefined) throw damaged(`entry ${String(seq)}`, "the row is not there");
      return readEntry(raw, seq);
    });
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
      this.known.extend(before.checkpoint, done.tip.checkpoint, done.leaves);
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

  #write(change: Change, plaintexts: readonly Uint8Array[]): Written {
    change.before?.();
    const digest = change.outer === true ? outerDigest(this.#database) : this.#outerDigest;
    const entries = this.#tip.entries.copy();
    const insertEntry = this.#database.prepare("INSERT INTO entry VALUES (?, ?, ?, ?, ?)");
    const leaves = plaintexts.map((plaintext) => {
      const row = this.#seal(entries.size, plaintext);
      insertEntry.run(row.seq, row.compartment, row.epoch, row.nonce, row.ciphertext);
      const leaf = entryLeaf(row);
      entries.append(leaf);
      return leaf;
    });
    const blobs = this.#tip.blobs.copy();
    for (const blob of change.blobs ?? []) {
      const row = { ...blob, position: blobs.size };
      this.#insertBlob(row);
      blobs.append(blobLeaf(row));
    }
    return { tip: { checkpoint: this.#sign(entries, blobs, digest), entries, blobs }, outerDigest: digest, leaves };
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

  /** One entry, as it was signed, with its author. */
  entry(seq: number): JournalEntry {
    if (!Number.isInteger(seq) || seq < 0 || seq >= this.size) {
      throw new VaultError("no-such-entry", `The journal has no entry ${String(seq)}.`, { seq });
    }
    const [entry] = this.entries(seq, seq + 1);
    if (entry === undefined) throw damaged(`entry ${String(seq)}`, "the row is not there");
    return entry;
  }

  /**
   * Entries from `from` up to but without `to`. None is given out before the checkpoint that covers it was checked: its
   * signature, its link to the one before, its root over all entries under it.
   */
  *entries(from: number, to: number): Generator<JournalEntry> {
    if (from >= to) return;
    let older: Tip["checkpoint"] | null = null;
    for (let seq = from; seq < to; seq += 1) {
      const row = this.known.row(seq);
      let author = this.known.authorOf(seq);
      if (author === null) {
        older = older !== null && older.size > seq ? older : this.#covering(seq);
        author = older.signer;
      }
      const { keys } = this.#author;
      const plaintext = keys.has(row.compartment, row.epoch) ? openEntryRow(row, this.#outer.vaultId, keys) : null;
      yield { seq, compartment: row.compartment, epoch: row.epoch, author, plaintext };
    }
  }

  /** The covering checkpoint: the author is its signer, so none before it may have been taken out. */
  #covering(seq: number): Tip["checkpoint"] {
    const checkpoint = this.reader.covering(seq);
    const { number } = checkpoint;
    const previous = number === 1 ? new Uint8Array(32) : noteDigest(this.reader.read(number - 1).note);
    if (!sameBytes(checkpoint.body.previous, previous)) {
      throw damaged(`checkpoint ${String(number)}`, "it does not follow the checkpoint before it");
    }
    return checkpoint;
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
