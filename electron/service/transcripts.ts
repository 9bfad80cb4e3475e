import type { ParsedInput, RequestOutput } from "../contract/index.ts";
import { itemKinds, transcriptLimits, type TranscriptItem, type TranscriptOutline } from "../contract/transcripts.ts";
import { transcriptMember } from "../domain/attempts/queries.ts";
import { Refusal } from "../domain/refusal.ts";
import type { RunFacts } from "../domain/runs/state.ts";
import { transcriptPlace } from "../domain/runs/transcript-place.ts";
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
  const log = transcriptPlace(host.session, run, task, epoch);
  if (log === null) throw new Refusal("not-found", "the transcript", "This attempt has none.");
  const blob = storedBlob(host.session, log.blob, log.sha256);
  if (blob.sha256 !== log.sha256) {
    throw new Refusal("vault-damaged", log.fileName, "The stored log is not the one that was imported.");
  }
  const source = blobSource(blob);
  return readTranscript(source, log.format, { task, epoch, member: log.member }, { signal, offset, limit });
}

type Address = ParsedInput<"transcripts.outline">;

export async function transcriptOutline(
  context: RequestContext,
  run: RunFacts,
  address: Address,
): Promise<TranscriptOutline> {
  const items: TranscriptItem[] = [];
  let notes: string[] = [];
  for (let total = 1; items.length < total;) {
    const page = await transcriptPage(context, run, { ...address, offset: items.length, limit: 1_000 });
    if (page.items.length === 0) break;
    items.push(...page.items);
    ({ total, notes } = page);
  }
  const none = new Int32Array(0);
  const counts = itemKinds.map((kind) => ({ kind, count: items.filter((one) => one.kind === kind).length, failed: 0 }));
  return {
    total: items.length,
    messages: items.filter((one) => one.role !== null).length,
    events: items.filter((one) => one.role === null && one.at !== null).length,
    startedAt: null,
    bytes: 0,
    kindOf: Uint8Array.from(items, (one) => itemKinds.indexOf(one.kind)),
    flagOf: new Uint8Array(items.length),
    atOf: Int32Array.from(items, (one) => one.at ?? -1),
    spanOf: new Int32Array(items.length).fill(-1),
    kinds: counts.filter(({ count }) => count > 0),
    spans: { words: [], name: none, type: none, parent: none, depth: none, first: none, last: none },
    notes,
  };
}

export async function transcriptItem(
  context: RequestContext,
  run: RunFacts,
  input: ParsedInput<"transcripts.item">,
): Promise<RequestOutput<"transcripts.item">> {
  const { items } = await transcriptPage(context, run, { ...input, offset: input.index, limit: 1 });
  const [item] = items;
  if (item === undefined) throw new Refusal("not-found", "the item");
  const paged = (text: string, from: number) => ({
    page: text.slice(from, from + transcriptLimits.itemText),
    total: text.length,
  });
  return {
    item,
    text: paged(item.text, input.textOffset),
    detail: paged(item.detail ?? "", input.textOffset),
    raw: paged(JSON.stringify(item), input.rawOffset),
  };
}

export function closeTranscript(context: RequestContext, run: RunFacts, address: Address): Record<string, never> {
  if (transcriptMember(context.host.session, run, address.task, address.epoch) === null) {
    throw new Refusal("not-found", "the transcript");
  }
  return {};
}
