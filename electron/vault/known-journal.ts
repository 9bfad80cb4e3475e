import { sameBytes, toHex } from "./canonical.ts";
import { noteDigest, type CheckedCheckpoint, type CheckpointReader } from "./checkpoints.ts";
import { damaged } from "./errors.ts";
import { LeafList } from "./leaf-list.ts";
import { entryLeaf, type EntryRow } from "./leaves.ts";
import { CompactRange } from "./merkle.ts";

/** What an own snapshot vouches for. */
export interface Vouched {
  readonly leaves: LeafList;
  readonly range: CompactRange;
  /** Number of the checkpoint over just these leaves, and SHA-256 of its note. */
  readonly number: number;
  readonly digest: Uint8Array;
}

/**
 * The part of a journal whose rows are known by their leaf hashes to be what was signed: every checkpoint up to there was
 * checked in turn for its signature, its link to the one before and its root. It only grows.
 */
export class KnownJournal {
  readonly #reader: CheckpointReader;
  readonly #row: (seq: number) => EntryRow;
  #leaves = new LeafList();
  #range = new CompactRange();
  #number = 0;
  #digest: Uint8Array = new Uint8Array(32);
  /** Entries below this are a snapshot's word: their checkpoints were not read in this session. */
  #readFrom = 0;
  /** The checkpoints that were read, for the author of each entry: those that cover new ones, in order. */
  #spans: { readonly size: number; readonly signer: string }[] = [];

  constructor(reader: CheckpointReader, row: (seq: number) => EntryRow) {
    this.#reader = reader;
    this.#row = row;
  }

  /** Starts from a snapshot, where the journal still has its checkpoint. */
  start(vouched: Vouched): boolean {
    if (vouched.leaves.length !== vouched.range.size || vouched.number > this.#reader.count()) return false;
    const checkpoint = this.#reader.read(vouched.number);
    if (!sameBytes(noteDigest(checkpoint.note), vouched.digest) || checkpoint.size !== vouched.range.size) return false;
    if (vouched.number < this.#number) return true;
    this.#leaves = vouched.leaves;
    this.#range = vouched.range;
    this.#number = vouched.number;
    this.#digest = vouched.digest;
    this.#readFrom = vouched.range.size;
    this.#spans = [];
    return true;
  }

  /** All that is known, for a snapshot at the newest checkpoint. */
  vouch(newest: CheckedCheckpoint): Vouched {
    this.reach(newest.size);
    while (this.#number < newest.number) this.#take();
    return { leaves: this.#leaves, range: this.#range.copy(), number: this.#number, digest: this.#digest };
  }

  /** Goes on after an own commit, whose rows need not be read again. */
  extend(before: CheckedCheckpoint, after: CheckedCheckpoint, leaves: readonly Uint8Array[]): void {
    if (this.#number !== before.number || this.#range.size !== before.size) return;
    for (const leaf of leaves) {
      this.#leaves.append(leaf);
      this.#range.append(leaf);
    }
    this.#settle(after);
  }

  /** Checks the journal up to at least `size` entries. @throws VaultError "damaged" */
  reach(size: number): void {
    while (this.#range.size < size) this.#take();
  }

  /** The row of an entry, which is what was signed. @throws VaultError "damaged" */
  row(seq: number): EntryRow {
    this.reach(seq + 1);
    const row = this.#row(seq);
    if (row.seq !== seq || !sameBytes(entryLeaf(row), this.#leaves.at(seq))) {
      throw damaged(`entry ${String(seq)}`, "it is not what was signed");
    }
    return row;
  }

  /** Id of the signer of the first checkpoint that covers an entry; null where that was not read in this session. */
  authorOf(seq: number): string | null {
    this.reach(seq + 1);
    if (seq < this.#readFrom) return null;
    let low = 0;
    let high = this.#spans.length - 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#spans[middle]?.size ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    return this.#spans[low]?.signer ?? null;
  }

  /** Leaf hash of one entry. */
  leaf(seq: number): Uint8Array {
    this.reach(seq + 1);
    return this.#leaves.at(seq).slice();
  }

  /** Leaf hashes of the first `size` entries. */
  leaves(size: number): Uint8Array[] {
    this.reach(size);
    return this.#leaves.first(size);
  }

  /** Checks one more checkpoint and the entries that it adds. Nothing is known of them where anything is wrong. */
  #take(): void {
    const next = this.#reader.read(this.#number + 1);
    const where = `checkpoint ${String(next.number)}`;
    if (!sameBytes(next.body.previous, this.#digest))
      throw damaged(where, "it does not follow the checkpoint before it");
    if (next.size < this.#range.size) throw damaged(where, "it covers less than the one before it");
    const range = this.#range.copy();
    const added: Uint8Array[] = [];
    for (let seq = range.size; seq < next.size; seq += 1) {
      const leaf = entryLeaf(this.#row(seq));
      range.append(leaf);
      added.push(leaf);
    }
    if (toHex(range.root()) !== next.rootHex) throw damaged(where, "its root does not fit the entries under it");
    for (const leaf of added) this.#leaves.append(leaf);
    this.#range = range;
    this.#settle(next);
  }

  #settle(checkpoint: CheckedCheckpoint): void {
    this.#number = checkpoint.number;
    this.#digest = noteDigest(checkpoint.note);
    if (checkpoint.size > (this.#spans.at(-1)?.size ?? this.#readFrom))
      this.#spans.push({ size: checkpoint.size, signer: checkpoint.signer });
  }
}
