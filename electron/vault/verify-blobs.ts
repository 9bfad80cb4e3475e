import { createHash } from "node:crypto";

import { BlobContent, chunksPerStore } from "./blobs.ts";
import { sameBytes, toHex } from "./canonical.ts";
import { blobLeaf, chunkDigest, readBlob, type BlobRow } from "./leaves.ts";
import { CompactRange } from "./merkle.ts";
import type { OuterRows } from "./outer.ts";
import { Row } from "./row.ts";
import { nonceLength } from "./sodium.ts";
import { blobName, type Checked, type Verification } from "./verification.ts";

/** Every blob under the roots of all checkpoints, every chunk, and opened where there are keys. Gives back how many. */
export async function verifyBlobs(run: Verification, outer: OuterRows, checked: Checked): Promise<number> {
  const stores = run.attempt("blob", () => run.database.prepare("SELECT store FROM blob").pluck().all()) ?? [];
  const read = run.database.prepare("SELECT * FROM blob WHERE store = ?");
  const rows: BlobRow[] = [];
  let chunks = 0;
  for (const store of stores) {
    const where = `blob ${String(store)}`;
    const row = run.attempt(where, () => readBlob(read.get(store), where));
    if (row === null) continue;
    rows.push(row);
    chunks += row.chunks;
    await verifyChunks(run, row);
    if (run.keys !== undefined) await openBlob(run, outer, row);
  }
  verifyTree(run, rows, checked);
  run.attempt("blob", () => {
    const kept: unknown = run.database.prepare("SELECT count(*) FROM blob_chunk").pluck().get();
    const staged: unknown = run.database.prepare("SELECT count(*) FROM staged").pluck().get();
    if (staged !== 0 && run.keys === undefined) {
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

async function verifyChunks(run: Verification, row: BlobRow): Promise<void> {
  const hash = createHash("sha256");
  const read = run.database.prepare("SELECT nonce, ciphertext FROM blob_chunk WHERE chunk = ?");
  for (let index = 0; index < row.chunks; index += 1) {
    const where = `${blobName(row.id)} chunk ${String(index)}`;
    const bytes = run.attempt(where, () => {
      const chunk = new Row(read.get(BigInt(row.store) * chunksPerStore + BigInt(index)), where);
      const ciphertext = chunk.bytes("ciphertext");
      hash.update(chunkDigest({ index, nonce: chunk.bytes("nonce", nonceLength), ciphertext }));
      return ciphertext.length;
    });
    if (bytes === null) return;
    await run.step(bytes);
  }
  if (!sameBytes(hash.digest(), row.digest)) run.problem(blobName(row.id), "its chunks are not what was written there");
}

async function openBlob(run: Verification, outer: OuterRows, row: BlobRow): Promise<void> {
  const { keys } = run;
  if (keys === undefined) return;
  const content = run.attempt(blobName(row.id), () => new BlobContent(run.database, row, outer.vaultId, keys));
  if (content === null) return;
  const hash = createHash("sha256");
  const step = 1024 * 1024;
  for (let at = 0; at < content.size; at += step) {
    const bytes = run.attempt(blobName(row.id), () => content.read(at, step));
    if (bytes === null) return;
    hash.update(bytes);
    await run.step(0);
  }
  if (toHex(hash.digest()) !== content.sha256) {
    run.problem(blobName(row.id), "its content does not have the hash that was written");
  }
}
