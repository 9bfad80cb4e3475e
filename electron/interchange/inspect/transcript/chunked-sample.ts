import { asList, asObject, field } from "../../json/fields.ts";
import { parseLenientJsonBytes } from "../../json/lenient-json.ts";
import { timeOf } from "../eval-header.ts";
import {
  collectReferences,
  emptyPage,
  lastReferenced,
  tailFields,
  within,
  type PageRange,
  type SamplePage,
} from "./sample-page.ts";

/**
 * One page of a chunked sample: a folder of members, each an array named after the index of its first item
 * (inspect_ai, July 2026). Attachment references are indices here.
 */
export interface ChunkedSample {
  /** Names of all members of the log that lie in the sample's folder, without the folder. */
  readonly names: readonly string[];
  /** The bytes of one of them. */
  readonly read: (name: string) => Promise<Uint8Array>;
}

/** Starts of the chunks of one kind, in order. */
function chunkStarts(sample: ChunkedSample, kind: string): number[] {
  const starts: number[] = [];
  for (const name of sample.names) {
    const digits = new RegExp(`^${kind}/(\\d{1,12})\\.json$`).exec(name)?.[1];
    if (digits !== undefined) starts.push(Number(digits));
  }
  return starts.sort((a, b) => a - b);
}

async function readChunk(sample: ChunkedSample, kind: string, start: number): Promise<readonly unknown[]> {
  return asList(parseLenientJsonBytes(await sample.read(`${kind}/${String(start)}.json`)));
}

/** Reads the items with the wanted indices; each chunk is opened once. */
async function readIndices(
  sample: ChunkedSample,
  kind: string,
  wanted: Iterable<number>,
): Promise<Map<number, unknown>> {
  const starts = chunkStarts(sample, kind);
  const byChunk = new Map<number, number[]>();
  for (const index of wanted) {
    const start = starts.findLast((candidate) => candidate <= index);
    if (start !== undefined) byChunk.set(start, [...(byChunk.get(start) ?? []), index]);
  }
  const found = new Map<number, unknown>();
  for (const [start, indices] of byChunk) {
    const items = await readChunk(sample, kind, start);
    for (const index of indices) if (index - start < items.length) found.set(index, items[index - start]);
  }
  return found;
}

async function countItems(sample: ChunkedSample, kind: string): Promise<number> {
  const last = chunkStarts(sample, kind).at(-1);
  return last === undefined ? 0 : last + (await readChunk(sample, kind, last)).length;
}

/** Indices into the message pool that make up the final conversation, between two places of it. */
function conversationIndices(refs: unknown, from: number, to: number): { total: number; indices: Map<number, number> } {
  const indices = new Map<number, number>();
  let total = 0;
  for (const range of asList(refs)) {
    const [start, end] = asList(range);
    if (typeof start !== "number" || typeof end !== "number" || !(end > start) || end - start > 10_000_000) continue;
    for (let place = Math.max(from, total); place < Math.min(to, total + end - start); place += 1) {
      indices.set(place, start + place - total);
    }
    total += end - start;
  }
  return { total, indices };
}

function span(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_unused, index) => from + index);
}

async function attachmentsFor(sample: ChunkedSample, page: SamplePage): Promise<void> {
  const wanted = new Set<string>();
  for (const part of [page.messages, page.events, page.pool, page.tail]) {
    for (const value of part.values()) collectReferences(value, wanted);
  }
  const numbers = [...wanted].filter((name) => /^\d{1,12}$/.test(name)).map(Number);
  for (const [index, text] of await readIndices(sample, "attachments", numbers)) {
    if (typeof text === "string") page.attachments.set(String(index), text);
  }
}

export async function readChunkedSample(sample: ChunkedSample, range: PageRange): Promise<SamplePage> {
  const page = emptyPage();
  const shell = asObject(parseLenientJsonBytes(await sample.read("sample.json")));
  for (const name of tailFields) {
    const value = field(shell, name);
    if (value !== undefined) page.tail.set(name, value);
  }
  const messagesWanted = within(range, 0);
  const conversation = conversationIndices(field(shell, "message_refs"), messagesWanted.from, messagesWanted.to);
  const pool = await readIndices(sample, "messages", conversation.indices.values());
  for (const [place, index] of conversation.indices) page.messages.set(place, pool.get(index) ?? null);

  page.totals = { messages: conversation.total, events: await countItems(sample, "events") };
  const eventsWanted = within(range, page.totals.messages);
  const indices = span(eventsWanted.from, Math.min(eventsWanted.to, page.totals.events));
  const events = await readIndices(sample, "events", [0, ...indices]);
  for (const index of indices) page.events.set(index, events.get(index) ?? null);

  const started = field(shell, "started_at") ?? field(events.get(0), "timestamp");
  page.startedAt = typeof started === "string" ? timeOf(started) : null;
  const referenced = [...page.events.values()].map((event) => lastReferenced(field(event, "input_refs")));
  page.pool = await readIndices(
    sample,
    "messages",
    referenced.filter((index) => index !== null),
  );
  await attachmentsFor(sample, page);
  return page;
}
