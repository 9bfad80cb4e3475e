import type { RequestOutput } from "../contract/index.ts";
import { transcriptMember } from "../domain/attempts/queries.ts";
import { Refusal } from "../domain/refusal.ts";
import { logOfRun } from "../domain/runs/queries.ts";
import type { RunFacts } from "../domain/runs/state.ts";
import type { ByteSource } from "../interchange/byte-source.ts";
import { readTranscript } from "../interchange/inspect/index.ts";
import type { BlobReader } from "../vault/index.ts";
import type { RequestContext } from "./handlers.ts";
import { storedBlob } from "./handover/stored-blob.ts";

/** A stored blob as something that a log reader can read from: nothing of it is ever on disk in the clear. */
export function blobSource(blob: BlobReader): ByteSource {
  return { size: blob.size, read: (offset, length) => Promise.resolve(blob.read(offset, length)) };
}

/** A page of an attempt's transcript, read from its member of the stored log. */
export async function transcriptPage(
  context: RequestContext,
  run: RunFacts,
  page: { task: string; epoch: number; offset: number; limit: number },
): Promise<RequestOutput<"attempts.transcript">> {
  const { host, signal } = context;
  const { task, epoch, offset, limit } = page;
  const member = transcriptMember(host.session, run, task, epoch);
  const log = logOfRun(host.session, run.id);
  if (member === null || log === null) throw new Refusal("not-found", "the transcript", "This attempt has none.");
  const blob = storedBlob(host.session, log.blob, log.sha256);
  if (blob.sha256 !== log.sha256) {
    throw new Refusal("vault-damaged", log.fileName, "The stored log is not the one that was imported.");
  }
  const source = blobSource(blob);
  return readTranscript(source, log.format, { task, epoch, member }, { signal, offset, limit });
}
