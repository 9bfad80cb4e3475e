import { sameBytes, toHex } from "./canonical.ts";
import { formatCheckpoint, parseCheckpoint, type CheckpointText } from "./checkpoint.ts";
import { damaged } from "./errors.ts";
import { CompactRange } from "./merkle.ts";
import { memberIdLength, type OuterRows } from "./outer.ts";
import { Row } from "./row.ts";
import { sha256 } from "./sodium.ts";
import { formatNote, parseNote, verifyNote } from "./signed-note.ts";
import type { SqliteDatabase } from "./sqlite.ts";
import type { Checkpoint } from "./vault-types.ts";

const utf8 = new TextEncoder();

/** A checkpoint whose signature was checked, with what its note says. */
export interface CheckedCheckpoint extends Checkpoint {
  readonly body: CheckpointText;
}

/** SHA-256 of a whole note: what the next checkpoint's `previous` line says. */
export function noteDigest(note: string): Uint8Array {
  return sha256(utf8.encode(note));
}

/** Reads checkpoints out of a vault; everything that it gives out bears a good signature of a member. */
export class CheckpointReader {
  readonly #database: SqliteDatabase;
  readonly #vaultId: Uint8Array;
  readonly #row: ReturnType<SqliteDatabase["prepare"]>;
  readonly #signers = new Map<string, Uint8Array>();
  readonly #isSigned: typeof verifyNote;

  /** @param isSigned checks a signature; a caller that gives another one checks those that it let pass */
  constructor(database: SqliteDatabase, outer: OuterRows, isSigned: typeof verifyNote = verifyNote) {
    this.#database = database;
    this.#isSigned = isSigned;
    this.#vaultId = outer.vaultId;
    this.#row = database.prepare("SELECT * FROM checkpoint WHERE number = ?");
    this.know(outer);
  }

  /** Takes in the members' keys, again after one was added. */
  know(outer: OuterRows): void {
    for (const member of outer.members) this.#signers.set(toHex(member.id), member.ed25519);
  }

  /** @throws VaultError "damaged" where there is no such checkpoint or it is not as it was signed. */
  read(number: number): CheckedCheckpoint {
    return this.check(this.#row.get(number), number);
  }

  /** Those with the numbers `first` to `last`. @throws VaultError "damaged" at the first that is not there or not whole */
  range(first: number, last: number): CheckedCheckpoint[] {
    const found: CheckedCheckpoint[] = [];
    for (let number = first; number <= last; number += 1) found.push(this.read(number));
    return found;
  }

  /** Checks a row of `checkpoint`. */
  check(raw: unknown, number: number): CheckedCheckpoint {
    const where = `checkpoint ${String(number)}`;
    const row = new Row(raw, where);
    const text = row.text("note");
    const signer = toHex(row.bytes("signer", memberIdLength));
    const body = this.#openNote(text, signer, where);
    if (!sameBytes(body.vaultId, this.#vaultId)) throw damaged(where, "it belongs to another vault");
    if (
      body.size !== row.integer("size") ||
      !sameBytes(body.root, row.bytes("root", 32)) ||
      row.integer("number") !== number
    ) {
      throw damaged(where, "its row does not say what its note says");
    }
    return { number, size: body.size, rootHex: toHex(body.root), signer, note: text, body };
  }

  #openNote(text: string, signer: string, where: string): CheckpointText {
    const note = parseNote(text);
    const body = note === null ? null : parseCheckpoint(note.text);
    if (note?.signatures.length !== 1 || body === null || formatNote(note) !== text) {
      throw damaged(where, "its note is not well formed");
    }
    const publicKey = this.#signers.get(signer);
    if (publicKey === undefined || !this.#isSigned(note, { name: signer, publicKey })) {
      throw damaged(where, "its signature is not a member's");
    }
    if (formatCheckpoint(body) !== note.text) throw damaged(where, "its note is not well formed");
    return body;
  }

  /** Number of the newest. */
  count(): number {
    const newest: unknown = this.#database.prepare("SELECT max(number) FROM checkpoint").pluck().get();
    return typeof newest === "number" ? newest : 0;
  }

  /** The first checkpoint that covers an entry; sizes never fall, so it is found by halving. */
  covering(seq: number): CheckedCheckpoint {
    return this.read(this.#firstNumber((size) => size > seq));
  }

  /** A checkpoint of exactly this size, or null. */
  ofSize(size: number): CheckedCheckpoint | null {
    const number = this.#firstNumber((found) => found >= size);
    if (number > this.count()) return null;
    const checkpoint = this.read(number);
    return checkpoint.size === size ? checkpoint : null;
  }

  #firstNumber(holds: (size: number) => boolean): number {
    const sizeOf = this.#database.prepare("SELECT size FROM checkpoint WHERE number = ?").pluck();
    let low = 1;
    let high = this.count() + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const size: unknown = sizeOf.get(middle);
      if (typeof size !== "number") throw damaged(`checkpoint ${String(middle)}`, "the row is not there");
      if (holds(size)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** The newest checkpoint and the trees under it. */
export interface Tip {
  readonly checkpoint: CheckedCheckpoint;
  readonly entries: CompactRange;
  readonly blobs: CompactRange;
}

/**
 * Reads the newest checkpoint and checks all that it says of the file without reading entries again: the signature, the
 * link to the checkpoint before, both trees' frontiers, the number of entries.
 */
export function readTip(database: SqliteDatabase, reader: CheckpointReader): Tip {
  const count = reader.count();
  const checkpoint = reader.read(count);
  const { body } = checkpoint;
  const where = `checkpoint ${String(count)}`;
  const previous = count === 1 ? new Uint8Array(32) : noteDigest(reader.read(count - 1).note);
  if (!sameBytes(previous, body.previous)) throw damaged(where, "it does not follow the checkpoint before it");
  const row = new Row(database.prepare("SELECT * FROM frontier").get(), "frontier");
  const entries = CompactRange.decode(body.size, row.bytes("entries"));
  const blobs = CompactRange.decode(body.blobs, row.bytes("blobs"));
  if (entries === null || blobs === null) throw damaged("frontier", "it does not fit the newest checkpoint");
  if (!sameBytes(entries.root(), body.root) || !sameBytes(blobs.root(), body.blobRoot)) {
    throw damaged("frontier", "it does not lead to the newest checkpoint's roots");
  }
  const newest: unknown = database.prepare("SELECT max(seq) FROM entry").pluck().get();
  if ((typeof newest === "number" ? newest + 1 : 0) !== body.size) {
    throw damaged(where, `it covers ${String(body.size)} entries, the file does not end there`);
  }
  return { checkpoint, entries, blobs };
}
