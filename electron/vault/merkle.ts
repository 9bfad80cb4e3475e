import { sha256 } from "./sodium.ts";

const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);

/** Leaf hash of RFC 6962 §2.1: SHA-256(0x00 ‖ data), the data in one or several parts. */
export function leafHash(...data: readonly Uint8Array[]): Uint8Array {
  return sha256(leafPrefix, ...data);
}

/** Node hash of RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(nodePrefix, left, right);
}

/**
 * A Merkle tree that only remembers the roots of its complete subtrees, widest first: enough to append and to give the
 * root without reading any leaf again. One hash for each set bit of `size`.
 */
export class CompactRange {
  #size: number;
  readonly #hashes: Uint8Array[];

  constructor(size = 0, hashes: readonly Uint8Array[] = []) {
    if (!Number.isSafeInteger(size) || size < 0 || hashes.length !== bitCount(size)) {
      throw new RangeError("a compact range needs one hash for each set bit of its size");
    }
    this.#size = size;
    this.#hashes = [...hashes];
  }

  get size(): number {
    return this.#size;
  }

  append(leaf: Uint8Array): void {
    this.#hashes.push(leaf);
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const [left, right] = this.#hashes.splice(-2);
      if (left === undefined || right === undefined) throw new RangeError("compact range out of step");
      this.#hashes.push(nodeHash(left, right));
    }
    this.#size += 1;
  }

  root(): Uint8Array {
    return (
      this.#hashes.reduceRight<Uint8Array | null>(
        (right, left) => (right === null ? left : nodeHash(left, right)),
        null,
      ) ?? sha256()
    );
  }

  copy(): CompactRange {
    return new CompactRange(this.#size, this.#hashes);
  }

  /** The hashes, widest subtree first, 32 bytes each. */
  encode(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#hashes));
  }

  /** The range of `size` leaves from {@link encode}'s bytes; null where the length does not fit the size. */
  static decode(size: number, bytes: Uint8Array): CompactRange | null {
    if (!Number.isSafeInteger(size) || size < 0 || bytes.length !== 32 * bitCount(size)) return null;
    const hashes = Array.from({ length: bytes.length / 32 }, (_, index) => bytes.slice(32 * index, 32 * index + 32));
    return new CompactRange(size, hashes);
  }
}

function bitCount(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}

/** Merkle tree hash of RFC 6962 §2.1 over leaf hashes; SHA-256 of nothing for no leaves. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const range = new CompactRange();
  for (const leaf of leaves) range.append(leaf);
  return range.root();
}

/** Largest power of two smaller than `size` (size ≥ 2). */
function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/**
 * Audit path of RFC 6962 §2.1.1 for one leaf in the tree over all given leaf hashes.
 * @throws RangeError where there is no such leaf.
 */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError("no such leaf");
  const path: Uint8Array[] = [];
  let low = 0;
  let high = leaves.length;
  while (high - low > 1) {
    const middle = low + splitPoint(high - low);
    if (index < middle) {
      path.push(merkleRoot(leaves.slice(middle, high)));
      high = middle;
    } else {
      path.push(merkleRoot(leaves.slice(low, middle)));
      low = middle;
    }
  }
  return path.reverse();
}

/**
 * Consistency proof of RFC 6962 §2.1.2 from the tree over the first `size` leaves to the tree over all of them.
 * Empty where `size` is 0 or all leaves.
 */
export function consistencyProof(leaves: readonly Uint8Array[], size: number): Uint8Array[] {
  if (!Number.isInteger(size) || size < 0 || size > leaves.length) throw new RangeError("no such tree size");
  const path: Uint8Array[] = [];
  let low = 0;
  let high = leaves.length;
  let whole = true;
  if (size === 0 || size === leaves.length) return path;
  while (size !== high) {
    const middle = low + splitPoint(high - low);
    if (size <= middle) {
      path.push(merkleRoot(leaves.slice(middle, high)));
      high = middle;
    } else {
      path.push(merkleRoot(leaves.slice(low, middle)));
      low = middle;
      whole = false;
    }
  }
  if (!whole) path.push(merkleRoot(leaves.slice(low, high)));
  return path.reverse();
}

/** What is to be checked by {@link verifyInclusion}. */
export interface InclusionClaim {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether an audit path leads from a leaf to a root (RFC 6962 §2.1.1 read backwards). Never throws. */
export function verifyInclusion(claim: InclusionClaim, proof: readonly Uint8Array[]): boolean {
  const { leaf, index, size, root } = claim;
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  if (proof.some((hash) => hash.length !== 32)) return false;
  const rest = [...proof];
  const climb = (at: number, width: number): Uint8Array | null => {
    if (width === 1) return leaf;
    const split = splitPoint(width);
    const sibling = rest.pop();
    const below = at < split ? climb(at, split) : climb(at - split, width - split);
    if (sibling === undefined || below === null) return null;
    return at < split ? nodeHash(below, sibling) : nodeHash(sibling, below);
  };
  const reached = climb(index, size);
  return reached !== null && rest.length === 0 && Buffer.compare(reached, root) === 0;
}

/** A tree head: how many leaves, and the root over them. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

interface BothHashes {
  readonly old: Uint8Array;
  readonly new: Uint8Array;
}

/** The hashes of both trees over one range, by RFC 6962's SUBPROOF(m, D[n], whole) read backwards. */
function bothHashes(
  sizes: { readonly old: number; readonly new: number; readonly whole: boolean },
  oldRoot: Uint8Array,
  rest: Uint8Array[],
): BothHashes | null {
  if (sizes.old === sizes.new) {
    const hash = sizes.whole ? oldRoot : rest.pop();
    return hash === undefined ? null : { old: hash, new: hash };
  }
  const split = splitPoint(sizes.new);
  const sibling = rest.pop();
  if (sibling === undefined) return null;
  if (sizes.old <= split) {
    const left = bothHashes({ ...sizes, new: split }, oldRoot, rest);
    return left === null ? null : { old: left.old, new: nodeHash(left.new, sibling) };
  }
  const right = bothHashes({ old: sizes.old - split, new: sizes.new - split, whole: false }, oldRoot, rest);
  return right === null ? null : { old: nodeHash(sibling, right.old), new: nodeHash(sibling, right.new) };
}

/** Whether the later tree has the earlier as its beginning (RFC 6962 §2.1.2 read backwards). Never throws. */
export function verifyConsistency(earlier: TreeHead, later: TreeHead, proof: readonly Uint8Array[]): boolean {
  const sizes = [earlier.size, later.size];
  if (!sizes.every(Number.isSafeInteger) || earlier.size < 0 || earlier.size > later.size) return false;
  if (proof.some((hash) => hash.length !== 32)) return false;
  if (earlier.size === 0) return proof.length === 0 && Buffer.compare(earlier.root, sha256()) === 0;
  const rest = [...proof];
  const both = bothHashes({ old: earlier.size, new: later.size, whole: true }, earlier.root, rest);
  if (both === null || rest.length > 0) return false;
  return Buffer.compare(both.old, earlier.root) === 0 && Buffer.compare(both.new, later.root) === 0;
}
