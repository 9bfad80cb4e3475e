import { chunksPerStore } from "./blobs.ts";
import { sameBytes } from "./canonical.ts";
import { blobLeaf, blobName, readBlob, type BlobRow, type ChunkRow } from "./leaves.ts";
import { CompactRange } from "./merkle.ts";
import { hasEpoch, type OuterRows } from "./outer.ts";
import { packRows } from "./packed-rows.ts";
import { Row } from "./row.ts";
import { nonceLength } from "./sodium.ts";
import { InOrder, type Checked, type Verification } from "./verification.ts";
import type { ChunkWork } from "./verify-work.ts";

/** Bytes of one blob that are worked on together. */
const bytesInLot = 1024 * 1024;

/** Every blob under the roots of all checkpoints, every chunk, and opened where there are keys. Gives back how many. */
export async function verifyBlobs(run: Verification, outer: OuterRows, checked: Checked): Promise<number> {
  const stores = run.attempt("blob", () => run.database.prepare("SELECT store FROM blob").pluck().all()) ?? [];
  const read = run.database.prepare("SELECT * FROM blob WHERE store = ?");
  const results = new InOrder();
  const rows: BlobRow[] = [];
  let chunks = 0;
  for (const store of stores) {
    const where = `blob ${String(store)}`;
    const tried = run.try(where, () => readBlob(read.get(store), where));
    if (tried.problem !== null) {
      const { problem } = tried;
      await results.add(
        Promise.resolve(() => {
          run.problem(problem.where, problem.what);
        }),
      );
      continue;
    }
    const row = tried.value;
    rows.push(row);
    chunks += row.chunks;
    await verifyChunks(run, outer, row, results);
  }
  await results.drain();
  for (const row of rows) {
    if (!hasEpoch(outer, row))
      run.problem(blobName(row.id), "it is in no compartment, or under a key that was never made");
  }
  verifyTree(run, rows, checked);
  run.attempt("blob", () => {
    const kept: unknown = run.database.prepare("SELECT count(*) FROM blob_chunk").pluck().get();
    const staged: unknown = run.database.prepare("SELECT count(*) FROM staged").pluck().get();
    if (staged !== 0 && run.keys === null) {
      run.problem("staged blob", "it was left half written: unlock and lock the vault to clear it away");
    } else if (staged === 0 && kept !== chunks) {
      run.problem("blob chunks", `there are ${String(kept)}, the blobs have ${String(chunks)}`);
    }
  });
  return stores.length;
}

function verifyTree(run: Verification, rows: readonly BlobRow[], checked: Checked): void {
  const ordered = [...rows].sort((left, right) => left.position - right.position);
  const range = new CompactRange();
  const pending = [...checked.checkpoints];
  const settle = (): boolean => {
    for (let next = pending[0]; next?.body.blobs === range.size; next = pending[0]) {
      pending.shift();
      if (sameBytes(range.root(), next.body.blobRoot)) continue;
      run.problem(
        `blobs up to ${String(range.size)}`,
        `they are not what checkpoint ${String(next.number)} was signed over`,
      );
      return false;
    }
    return true;
  };
  if (!settle()) return;
  for (const [position, row] of ordered.entries()) {
    if (row.position !== position) {
      run.problem(`blob at position ${String(position)}`, "it is missing");
      return;
    }
    range.append(blobLeaf(row));
    if (!settle()) return;
  }
  if (pending.length > 0) run.problem(`blob at position ${String(range.size)}`, "it and those after it are missing");
  const covered = checked.checkpoints.at(-1)?.body.blobs ?? 0;
  if (range.size > covered) run.problem(`blob at position ${String(covered)}`, "it is under no checkpoint");
}

/** Reads a blob's chunks and has them worked on, in one lane; what is wrong enters the results. */
async function verifyChunks(run: Verification, outer: OuterRows, row: BlobRow, results: InOrder): Promise<void> {
  const read = run.database.prepare("SELECT nonce, ciphertext FROM blob_chunk WHERE chunk = ?");
  const blob = ownCopy(row);
  const key = run.keys === null ? null : (run.keys.get(row.compartment, row.epoch)?.key ?? null);
  let lot: ChunkRow[] = [];
  let bytes = 0;
  for (let index = 0; index <= row.chunks; index += 1) {
    const last = index === row.chunks;
    if (last || bytes >= bytesInLot) {
      const packed = { index: index - lot.length, rows: packRows(lot) };
      const work = { kind: "chunks", vaultId: outer.vaultId, blob, key, last, ...packed } as const;
      await results.add(settled(run, row, work));
      lot = [];
      bytes = 0;
    }
    if (last) return;
    const where = `${blobName(row.id)} chunk ${String(index)}`;
    const chunk = run.try(where, () =>
      readChunk(read.get(BigInt(row.store) * chunksPerStore + BigInt(index)), index, where),
    );
    if (chunk.problem !== null) {
      const { problem } = chunk;
      await results.add(
        Promise.resolve(() => {
          run.problem(problem.where, problem.what);
        }),
      );
      return;
    }
    lot.push(chunk.value);
    bytes += chunk.value.ciphertext.length;
    await run.step(chunk.value.ciphertext.length);
  }
}

async function settled(run: Verification, row: BlobRow, work: ChunkWork): Promise<() => void> {
  const { hashes, problem } = await run.workers.do(work, row.store);
  return () => {
    if (!work.last) return;
    if (!sameBytes(hashes, row.digest)) run.problem(blobName(row.id), "its chunks are not what was written there");
    if (problem !== null) run.problem(problem.where, problem.what);
  };
}

function readChunk(raw: unknown, index: number, where: string): ChunkRow {
  const row = new Row(raw, where);
  return { index, nonce: row.bytes("nonce", nonceLength), ciphertext: row.bytes("ciphertext") };
}

/** A row whose bytes are not part of something larger, which would go to the worker with them. */
function ownCopy(row: BlobRow): BlobRow {
  const { id, digest, nonce, head } = row;
  return {
    ...row,
    id: Uint8Array.from(id),
    digest: Uint8Array.from(digest),
    nonce: Uint8Array.from(nonce),
    head: Uint8Array.from(head),
  };
}
