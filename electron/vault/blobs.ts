import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";

import { openChunk, openHead, type BlobHead } from "./blob-chunks.ts";
import { fromHex, sameBytes, toHex } from "./canonical.ts";
import { asVaultError, damaged, lockedMeanwhile, VaultError } from "./errors.ts";
import type { KeyRing } from "./keys.ts";
import { blobIdLength, readBlob, type BlobRow, type ChunkRow } from "./leaves.ts";
import { Row } from "./row.ts";
import { nonceLength } from "./sodium.ts";
import type { SqliteDatabase } from "./sqlite.ts";
import { sealBlob, type SealedBlob } from "./sealed-blob.ts";
import type { BlobReader } from "./vault-types.ts";

/** Chunks are numbered in their table by store number × 2^20 + index. */
export const chunksPerStore = 2n ** 20n;

/** Reads and decrypts the chunks of one blob. */
export class BlobContent implements BlobReader {
  readonly #chunkRow: ReturnType<SqliteDatabase["prepare"]>;
  readonly #row: BlobRow;
  readonly #head: BlobHead;
  readonly #vaultId: Uint8Array;
  readonly #key: () => Uint8Array;
  #cached: { readonly index: number; readonly bytes: Uint8Array } | null = null;

  constructor(database: SqliteDatabase, row: BlobRow, vaultId: Uint8Array, keys: KeyRing) {
    this.#chunkRow = database.prepare("SELECT nonce, ciphertext FROM blob_chunk WHERE chunk = ?");
    this.#row = row;
    this.#head = openHead(row, vaultId, keys);
    this.#vaultId = vaultId;
    this.#key = () => keys.compartment(row.compartment, row.epoch);
  }

  get size(): number {
    return this.#head.size;
  }

  get sha256(): string {
    return toHex(this.#head.sha256);
  }

  read(offset: number, length: number): Uint8Array {
    if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
      throw new VaultError("invalid-argument", "A range of a blob needs whole numbers from 0.");
    }
    const end = Math.min(offset + length, this.size);
    if (offset >= end) return new Uint8Array();
    const out = new Uint8Array(end - offset);
    const { chunkSize } = this.#head;
    for (let index = Math.floor(offset / chunkSize); index * chunkSize < end; index += 1) {
      const start = index * chunkSize;
      const bytes = this.#chunk(index);
      const from = Math.max(offset - start, 0);
      out.set(bytes.subarray(from, Math.min(end - start, bytes.length)), start + from - offset);
    }
    return out;
  }

  async *stream(): AsyncGenerator<Uint8Array> {
    const hash = createHash("sha256");
    for (let index = 0; index < this.#row.chunks; index += 1) {
      const bytes = this.#chunk(index);
      hash.update(bytes);
      yield bytes;
      if (index % 16 === 15) await nextTurn();
    }
    if (!sameBytes(hash.digest(), this.#head.sha256)) {
      throw damaged(`blob ${toHex(this.#row.id)}`, "its content does not have the hash that was written");
    }
  }

  sealed(): SealedBlob {
    const place = { vaultId: this.#vaultId, key: this.#key() };
    return sealBlob(this.#row, this.#head, place, (index) => this.#sealedChunk(index));
  }

  #chunk(index: number): Uint8Array {
    if (this.#cached?.index === index && this.#chunkRow.database.open) return this.#cached.bytes;
    const chunk = this.#sealedChunk(index);
    const bytes = openChunk(this.#row, this.#head, chunk, { vaultId: this.#vaultId, key: this.#key() });
    this.#cached = { index, bytes };
    return bytes;
  }

  #sealedChunk(index: number): ChunkRow {
    if (!this.#chunkRow.database.open) throw lockedMeanwhile();
    const { id, store } = this.#row;
    const where = `blob ${toHex(id)} chunk ${String(index)}`;
    const row = this.#read(BigInt(store) * chunksPerStore + BigInt(index), where);
    return { index, nonce: row.bytes("nonce", nonceLength), ciphertext: row.bytes("ciphertext") };
  }

  #read(number: bigint, where: string): Row {
    try {
      return new Row(this.#chunkRow.get(number), where);
    } catch (error) {
      throw asVaultError(error, where);
    }
  }
}

/** The row of a committed blob, by its id in hex. @throws VaultError "no-such-blob" */
export function findBlob(database: SqliteDatabase, id: string): BlobRow {
  const bytes = fromHex(id);
  const raw: unknown =
    bytes.length === blobIdLength
      ? database.prepare("SELECT * FROM blob WHERE store = ?").get(Buffer.from(bytes).readUIntBE(0, 6))
      : undefined;
  const row = raw === undefined ? null : readBlob(raw, `blob ${id}`);
  if (row === null || !sameBytes(row.id, bytes)) {
    throw new VaultError("no-such-blob", "The vault has no such blob.", { id: id.slice(0, 64) });
  }
  return row;
}
