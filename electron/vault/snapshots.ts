import { snapshotPlace } from "./associated-data.ts";
import { fromHex, pack, packBefore, sameBytes, toHex } from "./canonical.ts";
import { frameStored, unframe } from "./framing.ts";
import type { Journal } from "./journal.ts";
import type { KeyRing } from "./keys.ts";
import { LeafList } from "./leaf-list.ts";
import { CompactRange } from "./merkle.ts";
import { Row } from "./row.ts";
import { aeadOpen, aeadSeal, blake2b, nonceLength, sha256, wipe, type RandomBytes } from "./sodium.ts";
import type { SqliteDatabase } from "./sqlite.ts";
import type { Snapshot, SnapshotPart } from "./vault-types.ts";

/** Plaintext bytes in one piece. */
const pieceSize = 1024 * 1024;
/** The part that the vault itself puts in first: the leaves of the tree that the snapshot vouches for. */
const leavesPart = "leaves";
/** Bytes of a snapshot's random id. */
export const snapshotIdLength = 16;

/** A row of `snapshot` without its number and digest. */
export interface SnapshotRow {
  readonly member: Uint8Array;
  readonly size: number;
  readonly snapshot: Uint8Array;
  readonly piece: number;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** The digest in a snapshot's row: a cache needs no signature, but damage must be seen without a key. */
export function snapshotDigest(row: SnapshotRow): Uint8Array {
  const { member, size, snapshot, piece, nonce, ciphertext } = row;
  const before = packBefore(ciphertext.length, "evalvault/1/snapshot-row", member, size, snapshot, piece, nonce);
  return sha256(before, ciphertext);
}

/** Reads a row of `snapshot` and checks its digest. Null where they differ. */
export function readSnapshotRow(raw: unknown, where: string): SnapshotRow | null {
  const source = new Row(raw, where);
  const row = {
    member: source.bytes("member", 16),
    size: source.integer("size"),
    snapshot: source.bytes("snapshot", snapshotIdLength),
    piece: source.integer("piece"),
    nonce: source.bytes("nonce", nonceLength),
    ciphertext: source.bytes("ciphertext"),
  };
  return sameBytes(snapshotDigest(row), source.bytes("digest", 32)) ? row : null;
}

interface Manifest {
  /** Number of the checkpoint that the snapshot was made at, SHA-256 of its note, the tree's frontier: hex. */
  readonly checkpoint: number;
  readonly note: string;
  readonly frontier: string;
  readonly parts: readonly { readonly name: string; readonly length: number }[];
}

/** One member's snapshots: made from and for that member's keys alone. */
export class Snapshots {
  readonly #database: SqliteDatabase;
  readonly #journal: Journal;
  readonly #member: Uint8Array;
  readonly #keys: KeyRing;
  readonly #random: RandomBytes;

  constructor(
    database: SqliteDatabase,
    journal: Journal,
    author: { readonly memberId: string; readonly keys: KeyRing; readonly random: RandomBytes },
  ) {
    this.#database = database;
    this.#journal = journal;
    this.#member = fromHex(author.memberId);
    this.#keys = author.keys;
    this.#random = author.random;
  }

  /** Replaces this member's snapshot, in one transaction. */
  save(parts: readonly SnapshotPart[]): void {
    this.#journal.beforeWriting();
    const { entries, checkpoint } = this.#journal.tip;
    const vouched = this.#journal.known.vouch(checkpoint);
    const all = [{ name: leavesPart, bytes: vouched.leaves.encode() }, ...parts];
    const manifest: Manifest = {
      checkpoint: vouched.number,
      note: toHex(vouched.digest),
      frontier: toHex(vouched.range.encode()),
      parts: all.map((part) => ({ name: part.name, length: part.bytes.length })),
    };
    const id = this.#random(snapshotIdLength);
    const key = this.#key();
    const insert = this.#database.prepare("INSERT INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    this.#database
      .transaction(() => {
        const last: unknown = this.#database.prepare("SELECT max(number) FROM snapshot").pluck().get();
        const first = typeof last === "number" ? last + 1 : 1;
        let piece = 0;
        for (const bytes of pieces(manifest, all)) {
          const nonce = this.#random(nonceLength);
          const where = {
            vaultId: this.#journal.outer.vaultId,
            memberId: this.#member,
            size: entries.size,
            snapshot: id,
          };
          const place = snapshotPlace({ ...where, piece });
          const ciphertext = aeadSeal(frameStored(bytes, "padme"), place, nonce, key);
          const row = { member: this.#member, size: entries.size, snapshot: id, piece, nonce, ciphertext };
          insert.run(first + piece, row.member, row.size, id, piece, nonce, ciphertext, snapshotDigest(row));
          piece += 1;
        }
        this.#database.prepare("DELETE FROM snapshot WHERE member = ? AND number < ?").run(this.#member, first);
      })
      .immediate();
    wipe(key);
  }

  /**
   * The newest snapshot that opens and belongs to this journal; null where there is none. Its tree becomes trusted.
   * @param left names of parts that are read only when they are asked for
   */
  load(left: ReadonlySet<string> = new Set()): Snapshot | null {
    const newest: unknown = this.#database
      .prepare("SELECT max(number) FROM snapshot WHERE member = ? AND piece = 0")
      .pluck()
      .get(this.#member);
    if (typeof newest !== "number") return null;
    return this.#withKey((key) => this.#open(newest, key, left));
  }

  /** A cache: whatever is wrong with it, the journal says the same again. */
  #withKey<T>(read: (key: Uint8Array) => T | null): T | null {
    const key = this.#key();
    try {
      return read(key);
    } catch {
      return null;
    } finally {
      wipe(key);
    }
  }

  #open(first: number, key: Uint8Array, left: ReadonlySet<string>): Snapshot | null {
    const head = this.#piece(first, 0, key);
    const manifest = head === null ? null : parseManifest(head.bytes);
    if (head === null || manifest === null) return null;
    const range = CompactRange.decode(head.row.size, fromHex(manifest.frontier));
    if (range === null) return null;
    const places = partPlaces(manifest, first, head.row.snapshot);
    const parts: SnapshotPart[] = [];
    for (const place of places) {
      if (left.has(place.name)) continue;
      const bytes = this.#part(place, key);
      if (bytes === null) return null;
      parts.push({ name: place.name, bytes });
    }
    const [leaves, ...own] = parts;
    if (leaves?.name !== leavesPart) return null;
    const vouched = { leaves: new LeafList(leaves.bytes), range, number: manifest.checkpoint };
    if (!this.#journal.known.start({ ...vouched, digest: fromHex(manifest.note) })) return null;
    const later = (name: string): Uint8Array | null => {
      const place = places.find((one) => one.name === name);
      return place === undefined ? null : this.#withKey((again) => this.#part(place, again));
    };
    return { size: head.row.size, parts: own, later };
  }

  #part({ row, piece, length, snapshot }: PartPlace, key: Uint8Array): Uint8Array | null {
    const bytes = new Uint8Array(length);
    for (let at = 0, next = 0; at < length; next += 1) {
      const read = this.#piece(row + next, piece + next, key);
      if (read === null || !sameBytes(read.row.snapshot, snapshot)) return null;
      bytes.set(read.bytes, at);
      at += read.bytes.length;
    }
    return bytes;
  }

  #piece(number: number, piece: number, key: Uint8Array): { row: SnapshotRow; bytes: Uint8Array } | null {
    const raw: unknown = this.#database.prepare("SELECT * FROM snapshot WHERE number = ?").get(number);
    const row = readSnapshotRow(raw, `snapshot ${String(number)}`);
    if (row?.piece !== piece || !sameBytes(row.member, this.#member)) return null;
    const { vaultId } = this.#journal.outer;
    const place = snapshotPlace({ vaultId, memberId: row.member, size: row.size, snapshot: row.snapshot, piece });
    const padded = aeadOpen(row.ciphertext, place, row.nonce, key);
    const bytes = padded === null ? null : unframe(padded);
    return bytes === null || bytes.length === 0 ? null : { row, bytes };
  }

  /** Only this member can make or open a snapshot: the key comes from the secret X25519 key. */
  #key(): Uint8Array {
    return blake2b(32, pack("evalvault/1/snapshot-key", this.#journal.outer.vaultId), this.#keys.member.box);
  }
}

/** Where a part begins: its row, its piece, and how many bytes it has. */
interface PartPlace {
  readonly name: string;
  readonly row: number;
  readonly piece: number;
  readonly length: number;
  readonly snapshot: Uint8Array;
}

/** Each part begins with a piece of its own, behind the manifest's. */
function partPlaces({ parts }: Manifest, first: number, snapshot: Uint8Array): PartPlace[] {
  let piece = 1;
  return parts.map(({ name, length }) => {
    const place = { name, row: first + piece, piece, length, snapshot };
    piece += Math.ceil(length / pieceSize);
    return place;
  });
}

function* pieces(manifest: Manifest, parts: readonly SnapshotPart[]): Generator<Uint8Array> {
  yield new TextEncoder().encode(JSON.stringify(manifest));
  for (const { bytes } of parts) {
    for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
  }
}

function parseManifest(bytes: Uint8Array): Manifest | null {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (typeof value !== "object" || value === null) return null;
  if (!("checkpoint" in value && "note" in value && "frontier" in value && "parts" in value)) return null;
  const { checkpoint, note, frontier, parts } = value;
  if (typeof checkpoint !== "number" || typeof note !== "string" || typeof frontier !== "string") return null;
  return Array.isArray(parts) && parts.every(isPart) ? { checkpoint, note, frontier, parts } : null;
}

function isPart(part: unknown): part is Manifest["parts"][number] {
  if (typeof part !== "object" || part === null || !("name" in part && "length" in part)) return false;
  return typeof part.name === "string" && Number.isSafeInteger(part.length);
}
