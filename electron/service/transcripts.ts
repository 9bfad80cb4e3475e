import type { ParsedInput, RequestOutput } from "../contract/index.ts";
import { Refusal } from "../domain/refusal.ts";
import type { RunFacts } from "../domain/runs/state.ts";
import { transcriptPlace } from "../domain/runs/transcript-place.ts";
import type { ByteSource } from "../interchange/byte-source.ts";
import type { BlobReader } from "../vault/index.ts";
import type { RequestContext } from "./handlers.ts";
import { storedBlob } from "./handover/stored-blob.ts";
import type { LogForThread, ThreadAnswers, ThreadWork } from "./searching/thread-messages.ts";
import { threadsOf, type TranscriptThreads } from "./searching/transcript-threads.ts";

/** Transcripts are read in a thread of their own, from the stored log: nothing of them is ever on disk in the clear. */

/** A stored blob as something that a log reader can read from. */
export function blobSource(blob: BlobReader): ByteSource {
  return { size: blob.size, read: (offset, length) => Promise.resolve(blob.read(offset, length)) };
}

type Address = Pick<ParsedInput<"transcripts.outline">, "task" | "epoch">;

/** Where an attempt's sample lies, for the thread. */
function sampleOf(
  context: RequestContext,
  threads: TranscriptThreads,
  run: RunFacts,
  { task, epoch }: Address,
): { log: LogForThread; member: string } {
  const { session } = context.host;
  const place = transcriptPlace(session, run, task, epoch);
  if (place === null) throw new Refusal("not-found", "the transcript", "This attempt has none.");
  if (place.format !== "inspect") {
    throw new Refusal("not-found", "the transcript", "Transcripts of this format cannot be read.");
  }
  const blob = storedBlob(session, place.blob, place.sha256);
  if (blob.sha256 !== place.sha256) {
    throw new Refusal("vault-damaged", place.fileName, "The stored log is not the one that was imported.");
  }
  return { log: threads.logs.get(place.sha256, () => blob.sealed()), member: place.member };
}

/** Asks the reading thread about an attempt's sample. */
async function ask<K extends "outline" | "window" | "item">(
  context: RequestContext,
  run: RunFacts,
  [work, address, more]: [K, Address, Omit<ThreadWork[K], "log" | "member">],
): Promise<ThreadAnswers[K]> {
  const threads = threadsOf(context.host);
  const sample = sampleOf(context, threads, run, address);
  const step = `Reading the transcript of ${address.task}`.slice(0, 200);
  // What a kind of work takes is the sample and what is said beside it.
  const input = { ...sample, ...more } as ThreadWork[K];
  return threads.reader.call(work, input, {
    signal: context.signal,
    progress: (done, total) => {
      context.progress({ step, done, total, unit: "bytes" });
    },
  });
}

/** A page of an attempt's transcript. */
export function transcriptPage(
  context: RequestContext,
  run: RunFacts,
  { offset, limit, ...address }: Omit<ParsedInput<"attempts.transcript">, "runId">,
): Promise<RequestOutput<"attempts.transcript">> {
  return ask(context, run, ["window", address, { offset, limit }]);
}

export function transcriptOutline(
  context: RequestContext,
  run: RunFacts,
  address: Address,
): Promise<RequestOutput<"transcripts.outline">> {
  return ask(context, run, ["outline", address, {}]);
}

/** One item whole. @throws Refusal "not-found" beyond the end */
export async function transcriptItem(
  context: RequestContext,
  run: RunFacts,
  { index, textOffset, rawOffset, ...address }: ParsedInput<"transcripts.item">,
): Promise<RequestOutput<"transcripts.item">> {
  const found = await ask(context, run, ["item", address, { index, textOffset, rawOffset }]);
  if (found === null) throw new Refusal("not-found", `item ${String(index)}`, "The transcript ends before it.");
  return found;
}

/** The reader left: lets go of what is held of it. */
export async function closeTranscript(
  context: RequestContext,
  run: RunFacts,
  address: Address,
): Promise<Record<string, never>> {
  const threads = threadsOf(context.host);
  if (!threads.reader.isRunning) return {};
  await threads.reader.call("close", sampleOf(context, threads, run, address), { signal: context.signal });
  return {};
}
