import { entryPlace, type Place } from "./associated-data.ts";
import { fromHex, sameBytes, toHex } from "./canonical.ts";
import { CheckpointReader, noteDigest, readTip, type Tip } from "./checkpoints.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { asVaultError, damaged, noCompartment, VaultError } from "./errors.ts";
import { frame, unframe } from "./framing.ts";
import type { KeyRing } from "./keys.ts";
import { blobLeaf, entryLeaf, readEntry, type BlobRow, type EntryRow } from "./leaves.ts";
import { KnownJournal } from "./known-journal.ts";
import type { CompactRange } from "./merkle.ts";
import { hasEpoch, outerDigest, readOuter, type OuterRows } from "./outer.ts";
import { formatVersion } from "./schema.ts";
import { formatNote, signNote } from "./signed-note.ts";
import { aeadOpen, aeadSeal, nonceLength, type RandomBytes } from "./sodium.ts";
import { checkInPlace, keptStatement, sqliteVersionNumber, type SqliteDatabase } from "./sqlite.ts";
import type { JournalEntry, Receipt } from "./vault-types.ts";

/** The most bytes that one entry may have. */
export const largestEntry = 256 * 1024 * 1024;

/** The roster: the compartment that every member holds. */
export const mainCompartment = 1;

/** A compartment key that is made in a change. Whoever makes it wipes it. */
export interface FreshKey {
  readonly compartment: number;
  readonly epoch: number;
  readonly key: Uint8Array;
}

/** What one transaction puts in. */
export interface Change {
  readonly entries?: readonly Uint8Array[] | undefined;
  /** Where the entries go, all of them or each. Default {@link mainCompartment}. */
  readonly compartment?: number | readonly number[] | undefined;
  /** Blob rows but for their position; their chunks are in the file or are put there by `before`. */
  readonly blobs?: readonly Omit<BlobRow, "position">[] | undefined;
  /** Further statements of the same transaction. */
  readonly before?: (() => void) | undefined;
  /** Whether `before` touches the outer tables. */
  readonly outer?: boolean | undefined;
  /** Keys of epochs that `before` starts: entries of the same change are under them already. */
  readonly freshKeys?: readonly FreshKey[] | undefined;
}

/** Who signs a checkpoint, and so is the author of what it adds. */
export interface Signer {
  readonly memberId: string;
  /** libsodium's 64-byte Ed25519 secret key. */
  readonly signing: Uint8Array;
}

/** Who writes, where, with which keys. */
export interface Author {
  readonly memberId: string;
  readonly keys: KeyRing;
  readonly random: RandomBytes;
}

interface Written {
  readonly tip: Tip;
  readonly outer: OuterRows;
  readonly outerDigest: Uint8Array;
  readonly leaves: readonly Uint8Array[];
}

interface Target {
  readonly place: Place;
  readonly key: Uint8Array;
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

  /** Where new things of a compartment go: its newest epoch. @throws VaultError "no-such-compartment" */
  place(compartment: number = mainCompartment): Place {
    return this.#target(this.#outer, { compartment }, 0).place;
  }

  /**
   * One transaction: the statements of `before`, entries, blobs and a signed checkpoint over all.
   * @param signer who signs it; default who opened the vault
   * @throws VaultError "disk-full", "read-only", "invalid-argument" (an entry too large, a blob under a retired key),
   *   "no-such-compartment", "io"; nothing was changed then.
   */
  commit(change: Change, signer: Signer = this.#self): Receipt {
    const plaintexts = change.entries ?? [];
    if (plaintexts.some((one) => one.length > largestEntry)) {
      throw new VaultError("invalid-argument", `An entry may have at most ${String(largestEntry)} bytes.`, {
        limit: largestEntry,
      });
    }
    const before = this.#tip;
    try {
      checkInPlace(this.#database, this.#path);
      const done = this.#database.transaction(() => this.#write(change, plaintexts, signer)).immediate();
      // Only now is it in the file: what was thrown above leaves everything here as it was.
      this.#tip = done.tip;
      this.#outer = done.outer;
      this.#outerDigest = done.outerDigest;
      this.reader.know(done.outer);
      this.known.extend(before.checkpoint, done.tip.checkpoint, done.leaves);
    } catch (error) {
      throw asVaultError(error, this.#path);
    }
    const { size, rootHex } = this.#tip.checkpoint;
    return { firstSeq: before.checkpoint.size, lastSeq: size - 1, root: rootHex };
  }

  /** Called before anything is written outside of a commit. @throws VaultError "missing" where the file is not in its place */
  beforeWriting(): void {
    checkInPlace(this.#database, this.#path);
    this.announceWriter();
  }

  /**
   * Makes sure that the newest checkpoint names the SQLite that writes from now on; its number stands in the file's header
   * and is checked against the note.
   */
  announceWriter(): void {
    if (this.#tip.checkpoint.body.sqlite !== this.#sqlite) this.commit({});
  }

  get #self(): Signer {
    return { memberId: this.#author.memberId, signing: this.#author.keys.member.signing };
  }

  /** The newest epoch of the compartment that a change goes to, and its key. */
  #target(outer: OuterRows, { compartment: wanted, freshKeys }: Change, place: number): Target {
    const compartment = (typeof wanted === "object" ? wanted[place] : wanted) ?? mainCompartment;
    const epoch = outer.compartments.find((one) => one.id === compartment)?.epoch;
    const fresh = freshKeys?.find((one) => one.compartment === compartment && one.epoch === epoch);
    const { keys } = this.#author;
    if (epoch === undefined || (fresh === undefined && !keys.has(compartment, epoch))) throw noCompartment(compartment);
    const where = { vaultId: outer.vaultId, compartment, epoch };
    return { place: where, key: fresh?.key ?? keys.compartment(compartment, epoch) };
  }

  #write(change: Change, plaintexts: readonly Uint8Array[], signer: Signer): Written {
    change.before?.();
    const outer = change.outer === true ? readOuter(this.#database) : this.#outer;
    const digest = change.outer === true ? outerDigest(this.#database) : this.#outerDigest;
    const entries = this.#tip.entries.copy();
    const insertEntry = keptStatement(this.#database, "INSERT INTO entry VALUES (?, ?, ?, ?, ?)");
    const leaves = plaintexts.map((plaintext, place) => {
      const row = this.#seal(entries.size, plaintext, this.#target(outer, change, place));
      insertEntry.run(row.seq, row.compartment, row.epoch, row.nonce, row.ciphertext);
      const leaf = entryLeaf(row);
      entries.append(leaf);
      return leaf;
    });
    const blobs = this.#tip.blobs.copy();
    for (const blob of change.blobs ?? []) {
      mustBeNewest(outer, blob);
      const row = { ...blob, position: blobs.size };
      this.#insertBlob(row);
      blobs.append(blobLeaf(row));
    }
    const checkpoint = this.#sign(entries, blobs, digest, signer);
    return { tip: { checkpoint, entries, blobs }, outer, outerDigest: digest, leaves };
  }

  #insertBlob(row: BlobRow): void {
    const { store, position, id, compartment, epoch, chunks, digest, nonce, head } = row;
    const insert = keptStatement(this.#database, "INSERT INTO blob VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.run(store, position, id, compartment, epoch, chunks, digest, nonce, head);
    keptStatement(this.#database, "DELETE FROM staged WHERE store = ?").run(store);
  }

  #sign(entries: CompactRange, blobs: CompactRange, outer: Uint8Array, signer: Signer): Tip["checkpoint"] {
    const { memberId, signing } = signer;
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
    const key = { name: memberId, publicKey: signing.subarray(32) };
    const note = formatNote(signNote(formatCheckpoint(body), key, signing));
    insertCheckpoint(this.#database, { number, size: body.size, root: body.root, signer: fromHex(memberId), note });
    writeFrontier(this.#database, entries, blobs);
    // Writes page 1, where SQLite puts the number of the version that does so: it must be the one that the note names.
    if (this.#tip.checkpoint.body.sqlite !== this.#sqlite) {
      this.#database.pragma(`user_version = ${String(formatVersion)}`);
    }
    return { number, size: body.size, rootHex: toHex(body.root), signer: memberId, note, body };
  }

  #seal(seq: number, plaintext: Uint8Array, { place, key }: Target): EntryRow {
    const nonce = this.#author.random(nonceLength);
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
   * signature, its link to the one before, its root over all entries under it. Without a key for it, an entry is given out sealed.
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
      const plaintext = this.#open(row);
      yield { seq, compartment: row.compartment, epoch: row.epoch, author, plaintext };
    }
  }

  #open(row: EntryRow): Uint8Array | null {
    const { keys } = this.#author;
    if (keys.has(row.compartment, row.epoch)) return openEntryRow(row, this.#outer.vaultId, keys);
    if (!hasEpoch(this.#outer, row)) throw damaged(`entry ${String(row.seq)}`, "it is in no compartment");
    return null;
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

/** A key may be retired between the staging of a blob and its commit: what it protects must not come in after that. */
function mustBeNewest(outer: OuterRows, blob: Pick<BlobRow, "compartment" | "epoch">): void {
  if (outer.compartments.some((one) => one.id === blob.compartment && one.epoch === blob.epoch)) return;
  throw new VaultError(
    "invalid-argument",
    "An attachment was encrypted before the key of its compartment was changed. Add it again.",
    { compartment: blob.compartment },
  );
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

/** Adds a row to `checkpoint`. */
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
  const insert = keptStatement(database, "INSERT INTO checkpoint VALUES (?, ?, ?, ?, ?)");
  insert.run(row.number, row.size, row.root, row.signer, row.note);
}

/** Replaces the one row of `frontier`. */
export function writeFrontier(database: SqliteDatabase, entries: CompactRange, blobs: CompactRange): void {
  const replace = keptStatement(database, "INSERT OR REPLACE INTO frontier VALUES (1, ?, ?)");
  replace.run(entries.encode(), blobs.encode());
}
