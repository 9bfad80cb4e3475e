import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { number, text } from "../domain/read-model.ts";
import { Refusal } from "../domain/refusal.ts";
import { writeNewFile } from "../sealing/new-file.ts";
import type { StagedBlob } from "../vault/index.ts";
import type { RequestContext } from "./handlers.ts";
import { storedBlob } from "./handover/stored-blob.ts";

const readChunkBytes = 1024 * 1024;

/** A file's bytes, a chunk at a time; stops when cancelled. */
export async function* fileChunks(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: readChunkBytes })) {
    if (signal.aborted) throw new Refusal("cancelled", basename(path));
    if (chunk instanceof Uint8Array) yield chunk;
  }
}

export interface StagedEvidence {
  readonly blob: StagedBlob;
  readonly evidence: { id: string; name: string; bytes: number; sha256: string };
}

/** Encrypts a file into the vault; it becomes part of it with the commit that names it. */
export async function stageFile(context: RequestContext, handle: string, compartment: number): Promise<StagedEvidence> {
  const { host, signal } = context;
  const path = host.outsidePath(handle);
  const name = basename(path).slice(0, 500);
  const total = statSync(path).size;
  const blob = await host.session.vault.stageBlob(fileChunks(path, signal), {
    signal,
    compartment,
    progress: (done) => {
      context.progress({ step: `Keeping ${name}`, done, total, unit: "bytes" });
    },
  });
  return { blob, evidence: { id: blob.id, name, bytes: blob.size, sha256: blob.sha256 } };
}

/** SHA-256 of a file, hex. */
export async function sha256OfFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of fileChunks(path, signal)) hash.update(chunk);
  return hash.digest("hex");
}

/** Writes kept evidence to a place outside of the vault that a person chose; what was there is never replaced. */
export async function saveEvidence(
  context: RequestContext,
  evidenceId: string,
  destination: string,
): Promise<{ bytes: number }> {
  const { host } = context;
  const row = host.session.model.get(
    `SELECT name, bytes, sha256 FROM evidence WHERE id = ?
     UNION ALL SELECT name, bytes, sha256 FROM finding_evidence WHERE id = ?`,
    evidenceId,
    evidenceId,
  );
  if (row === undefined) throw new Refusal("not-found", "the evidence");
  const bytes = number(row, "bytes");
  const path = host.destinationPath(destination);
  const blob = storedBlob(host.session, evidenceId, text(row, "sha256"));
  if (blob.sha256 !== text(row, "sha256")) throw new Refusal("vault-damaged", text(row, "name"));
  await writeNewFile(path, blob.stream());
  host.produced(path);
  context.progress({ step: `Saved ${text(row, "name")}`, done: bytes, total: bytes, unit: "bytes" });
  return { bytes };
}
