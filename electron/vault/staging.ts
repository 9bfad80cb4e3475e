import { createHash } from "node:crypto";

import { blobChunkPlace, blobHeadPlace, type Place } from "./associated-data.ts";
import { toHex } from "./canonical.ts";
import { asVaultError, lockedMeanwhile, throwIfCancelled, VaultError } from "./errors.ts";
import { frameInPool, frameStored } from "./framing.ts";
import type { KeyRing } from "./keys.ts";
import { blobIdLength, chunkDigest, type BlobRow, type ChunkRow } from "./leaves.ts";
import { encodeHead } from "./blob-chunks.ts";
import { chunksPerStore } from "./blobs.ts";
import { aeadSeal, nonceLength, type RandomBytes } from "./sodium.ts";
import type { SqliteDatabase } from "./sqlite.ts";
import type { StagedBlob, StageOptions } from "./vault-types.ts";

/** Plaintext bytes in a chunk: a small range of a large blob costs one chunk or two. */
export const chunkSize = 256 * 1024;
/** Ciphertext that is gathered before it is written; smaller blobs are written with the commit that names them. */
const gatherBytes = 8 * 1024 * 1024;
/** Chunks compressed at the same time. */
const inFlight = 4;

interface Staged {
  readonly row: Omit<BlobRow, "position">;
  /** Chunks that are not in the file yet. */
  readonly pending: readonly ChunkRow[];
}

/** What the stage needs of the vault around it. */
export interface StageHost {
  readonly database: SqliteDatabase;
  readonly path: string;
  readonly keys: KeyRing;
  readonly random: RandomBytes;
  /** Where new blobs of a compartment go. */
  readonly place: (compartment: number | undefined) => Place;
  /** Called before anything is written outside of a commit. */
  readonly beforeWriting: () => void;
}

/** Blobs on their way into a vault: in the file or in memory, but invisible until a commit names them. */
export class BlobStage {
  readonly #host: StageHost;
  readonly #ready = new Map<string, Staged>();
  #nextStore: number;

  constructor(host: StageHost) {
    this.#host = host;
    this.#nextStore = highestStore(host.database) + 1;
  }

  /** Drops everything that was staged and not committed. */
  clear(): void {
    this.#ready.clear();
    sweepStaged(this.#host.database);
  }

  async stage(source: AsyncIterable<Uint8Array>, options: StageOptions): Promise<StagedBlob> {
    const store = this.#nextStore;
    this.#nextStore += 1;
    try {
      return await this.#write(store, source, options);
    } catch (error) {
      if (!this.#host.database.open) throw lockedMeanwhile();
      this.#remove(store);
      throw isSqliteError(error) ? asVaultError(error, this.#host.path) : error;
    }
  }

  /** Drops a staged blob. Does nothing where it was committed or dropped already. */
  discard(blob: StagedBlob): void {
    const staged = this.#ready.get(blob.id);
    if (staged === undefined) return;
    this.#ready.delete(blob.id);
    this.#remove(staged.row.store);
  }

  /** What a commit puts into the file for these blobs: their rows, and the statements for chunks held in memory. */
  take(blobs: readonly StagedBlob[]): { rows: Staged["row"][]; before: () => void; done: () => void } {
    const staged = blobs.map((blob) => {
      const one = this.#ready.get(blob.id);
      if (one === undefined) throw new VaultError("no-such-blob", "A blob was not staged here, or was used already.");
      return one;
    });
    if (new Set(staged).size !== staged.length) {
      throw new VaultError("invalid-argument", "A staged blob can be committed once.");
    }
    return {
      rows: staged.map((one) => one.row),
      before: () => {
        for (const one of staged) this.#insertChunks(one.row.store, one.pending);
      },
      done: () => {
        for (const one of blobs) this.#ready.delete(one.id);
      },
    };
  }

  async #write(store: number, source: AsyncIterable<Uint8Array>, options: StageOptions): Promise<StagedBlob> {
    const { random, keys } = this.#host;
    const id = new Uint8Array(blobIdLength);
    Buffer.from(id.buffer).writeUIntBE(store, 0, 6);
    id.set(random(blobIdLength - 6), 6);
    const place = this.#host.place(options.compartment);
    const writer = new ChunkWriter(
      { place, id, key: keys.compartment(place.compartment, place.epoch), random },
      (rows) => {
        this.#spill(store, rows);
      },
    );
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of inChunks(source)) {
      throwIfCancelled(options.signal);
      hash.update(chunk);
      size += chunk.length;
      await writer.add(chunk);
      options.progress?.(size);
    }
    const written = await writer.finish();
    throwIfCancelled(options.signal);
    if (!this.#host.database.open) throw lockedMeanwhile();
    const sha256 = new Uint8Array(hash.digest());
    const nonce = random(nonceLength);
    const key = keys.compartment(place.compartment, place.epoch);
    const head = aeadSeal(encodeHead({ size, sha256, chunkSize }), blobHeadPlace(place, id), nonce, key);
    const { compartment, epoch } = place;
    const row = { store, id, compartment, epoch, chunks: written.chunks, digest: written.digest, nonce, head };
    this.#ready.set(toHex(id), { row, pending: written.pending });
    return { id: toHex(id), sha256: toHex(sha256), size };
  }

  #spill(store: number, rows: readonly ChunkRow[]): void {
    this.#host.beforeWriting();
    this.#host.database
      .transaction(() => {
        this.#host.database.prepare("INSERT OR IGNORE INTO staged VALUES (?)").run(store);
        this.#insertChunks(store, rows);
      })
      .immediate();
  }

  #insertChunks(store: number, rows: readonly ChunkRow[]): void {
    const insert = this.#host.database.prepare("INSERT INTO blob_chunk VALUES (?, ?, ?)");
    for (const row of rows) {
      insert.run(BigInt(store) * chunksPerStore + BigInt(row.index), row.nonce, row.ciphertext);
    }
  }

  #remove(store: number): void {
    const { database } = this.#host;
    if (database.prepare("SELECT 1 FROM staged WHERE store = ?").get(store) === undefined) return;
    this.#host.beforeWriting();
    removeStore(database, store);
  }
}

/** The source's own errors (a Refusal, a file that cannot be read) pass as they are. */
function isSqliteError(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_");
}

function removeStore(database: SqliteDatabase, store: number): void {
  database
    .transaction(() => {
      const first = BigInt(store) * chunksPerStore;
      database.prepare("DELETE FROM blob_chunk WHERE chunk >= ? AND chunk < ?").run(first, first + chunksPerStore);
      database.prepare("DELETE FROM staged WHERE store = ?").run(store);
    })
    .immediate();
}

/** Removes blobs that no commit has named: nobody can, once their session is over. */
export function sweepStaged(database: SqliteDatabase): void {
  const stores: unknown[] = database.prepare("SELECT store FROM staged").pluck().all();
  for (const store of stores) if (typeof store === "number") removeStore(database, store);
}

interface ChunkTarget {
  readonly place: Place;
  readonly id: Uint8Array;
  readonly key: Uint8Array;
  readonly random: RandomBytes;
}

/** Compresses chunks in the thread pool, seals them in order and hands them on in gathered lots. */
class ChunkWriter {
  readonly #target: ChunkTarget;
  readonly #spill: (rows: readonly ChunkRow[]) => void;
  readonly #digest = createHash("sha256");
  readonly #framing: { readonly length: number; readonly framed: Promise<Uint8Array> }[] = [];
  #gathered: ChunkRow[] = [];
  #gatheredBytes = 0;
  #chunks = 0;
  #notShrunk = 0;

  constructor(target: ChunkTarget, spill: (rows: readonly ChunkRow[]) => void) {
    this.#target = target;
    this.#spill = spill;
  }

  async add(chunk: Uint8Array): Promise<void> {
    // What is compressed already (a zip) is not worth trying again, but for a look now and then.
    const tryIt = this.#notShrunk < 2 || (this.#chunks + this.#framing.length) % 16 === 0;
    const framed = tryIt ? frameInPool(chunk, "padme") : Promise.resolve(frameStored(chunk, "padme"));
    this.#framing.push({ length: chunk.length, framed });
    // The newest stays back: whether it is the last is only known when the source ends.
    if (this.#framing.length > inFlight) await this.#sealFirst(false);
  }

  async finish(): Promise<{ chunks: number; digest: Uint8Array; pending: readonly ChunkRow[] }> {
    while (this.#framing.length > 0) await this.#sealFirst(this.#framing.length === 1);
    return { chunks: this.#chunks, digest: new Uint8Array(this.#digest.digest()), pending: this.#gathered };
  }

  async #sealFirst(last: boolean): Promise<void> {
    const first = this.#framing.shift();
    if (first === undefined) return;
    const framed = await first.framed;
    this.#notShrunk = framed.length > 0.97 * first.length ? this.#notShrunk + 1 : 0;
    const { place, id, key, random } = this.#target;
    const index = this.#chunks;
    if (BigInt(index) >= chunksPerStore) throw new VaultError("invalid-argument", "A blob may have at most 256 GiB.");
    const nonce = random(nonceLength);
    const row = { index, nonce, ciphertext: aeadSeal(framed, blobChunkPlace(place, id, index, last), nonce, key) };
    this.#digest.update(chunkDigest(row));
    this.#chunks += 1;
    this.#gathered.push(row);
    this.#gatheredBytes += row.ciphertext.length;
    if (this.#gatheredBytes >= gatherBytes) {
      this.#spill(this.#gathered);
      this.#gathered = [];
      this.#gatheredBytes = 0;
    }
  }
}

/** The source's bytes in chunks of {@link chunkSize}, copied, the last one shorter. */
async function* inChunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let buffer = new Uint8Array(chunkSize);
  let filled = 0;
  for await (const piece of source) {
    for (let at = 0; at < piece.length;) {
      const take = Math.min(piece.length - at, chunkSize - filled);
      buffer.set(piece.subarray(at, at + take), filled);
      filled += take;
      at += take;
      if (filled < chunkSize) continue;
      yield buffer;
      buffer = new Uint8Array(chunkSize);
      filled = 0;
    }
  }
  if (filled > 0) yield buffer.slice(0, filled);
}

function highestStore(database: SqliteDatabase): number {
  const read = (sql: string): number => {
    const value: unknown = database.prepare(sql).pluck().safeIntegers().get();
    return typeof value === "bigint" ? Number(value) : 0;
  };
  return Math.max(
    read("SELECT max(store) FROM blob"),
    read("SELECT max(store) FROM staged"),
    read(`SELECT max(chunk) / ${String(chunksPerStore)} FROM blob_chunk`),
  );
}
