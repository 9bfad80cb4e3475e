import type { RequestInput, RequestOutput } from "../../../electron/contract/index.ts";
import type { Failure, Result } from "../../../electron/contract/result.ts";
import { searchLimits, type SearchHit, type SearchState } from "../../../electron/contract/searching.ts";
import {
  itemFlags,
  itemKinds,
  type ItemKind,
  type TranscriptItem,
  type TranscriptOutline,
} from "../../../electron/contract/transcripts.ts";
import type { RequestOptions } from "../../state/connection.ts";
import { connection } from "../../state/service.ts";
import type { FindText, FoundHits, TranscriptSource, WholeItem } from "../../transcript/source.ts";
import type { ItemPlace } from "./judgement-draft.ts";

type Page = RequestOutput<"reviews.transcript">;
type Ask = (input: RequestInput<"reviews.transcript">) => Promise<Result<Page>>;

const pageSize = 500;
const cancelled: Failure = { code: "cancelled" };

/** Reads a transcript page by page and hands each on. @returns why it stopped before its end; null where it did not. */
async function readAll(
  read: (offset: number, limit: number) => Promise<Result<Page>>,
  { signal, onProgress }: RequestOptions,
  take: (page: Page) => void,
): Promise<Failure | null> {
  for (let offset = 0; ;) {
    if (signal?.aborted === true) return cancelled;
    const result = await read(offset, pageSize);
    if (!result.ok) return result.error;
    const { items, total } = result.value;
    take(result.value);
    offset += items.length;
    onProgress?.({ step: "Reading the transcript", done: offset, total, unit: "steps" });
    if (items.length === 0 || offset >= total) return null;
  }
}

type Outlined = Pick<TranscriptItem, "kind" | "at" | "calls" | "bytes">;

const messageKinds: readonly ItemKind[] = ["system", "user", "assistant", "tool-output", "message"];

function flagOf({ kind, calls }: Outlined): number {
  return (kind === "error" ? itemFlags.failed : 0) | (calls.length > 0 ? itemFlags.callsTools : 0);
}

/** What a transcript is made of, by its items alone: its spans stay out, their names are the log's. */
export function outlineOf(items: readonly Outlined[], notes: readonly string[]): TranscriptOutline {
  const firstEvent = items.findIndex(({ kind }) => !messageKinds.includes(kind));
  const messages = firstEvent === -1 ? items.length : firstEvent;
  const counts = new Map<ItemKind, { count: number; failed: number }>();
  for (const item of items) {
    const { count, failed } = counts.get(item.kind) ?? { count: 0, failed: 0 };
    counts.set(item.kind, { count: count + 1, failed: failed + (flagOf(item) & itemFlags.failed) });
  }
  const none = new Int32Array(0);
  return {
    total: items.length,
    messages,
    events: items.length - messages,
    startedAt: null,
    bytes: items.reduce((sum, { bytes }) => sum + bytes, 0),
    kindOf: Uint8Array.from(items, ({ kind }) => itemKinds.indexOf(kind)),
    flagOf: Uint8Array.from(items, flagOf),
    atOf: Int32Array.from(items, ({ at }) => at ?? -1),
    spanOf: new Int32Array(items.length).fill(-1),
    kinds: itemKinds.flatMap((kind) => {
      const count = counts.get(kind);
      return count === undefined ? [] : [{ kind, ...count }];
    }),
    spans: { words: [], name: none, type: none, parent: none, depth: none, first: none, last: none },
    notes: [...notes],
  };
}

const letter = /[\p{L}\p{N}_]/u;

/** Where a text stands in another, from the left, not overlapping. */
export function placesOf(within: string, { text, caseSensitive, wholeWord }: FindText): readonly number[] {
  const pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), caseSensitive ? "g" : "gi");
  const places = [...within.matchAll(pattern)].map(({ index }) => index);
  if (!wholeWord) return places;
  return places.filter((at) => {
    const [before, after] = [within[at - 1] ?? "", within[at + text.length] ?? ""];
    return !letter.test(before) && !letter.test(after);
  });
}

const fields = ["title", "text", "detail"] as const;

/** What is found in one item; of its attempt nothing is told. */
function hitsOf(item: TranscriptItem, find: FindText): readonly Omit<SearchHit, "place">[] {
  return fields.flatMap((field) => {
    const within = item[field] ?? "";
    return placesOf(within, find).map((offset) => {
      const end = offset + find.text.length;
      return {
        attempt: 0,
        runId: "hidden",
        runCode: "",
        task: "",
        epoch: 1,
        index: item.index,
        kind: item.kind,
        title: item.title,
        field,
        offset,
        before: within.slice(Math.max(0, offset - searchLimits.context), offset),
        match: within.slice(offset, end),
        after: within.slice(end, end + searchLimits.context),
      };
    });
  });
}

const rawWords = "The JSON of an item is not shown while it is judged blind.";

function wholeOf(item: TranscriptItem): WholeItem {
  const page = (text: string) => ({ page: text, total: text.length });
  return { item, text: page(item.text), detail: page(item.detail ?? ""), raw: page(rawWords) };
}

interface Found {
  readonly state: SearchState;
  readonly hits: readonly SearchHit[];
}

function foundOf(hits: readonly SearchHit[], bytes: number, failure: Failure | null): Found {
  const kept = hits.slice(0, searchLimits.hits);
  const state = failure === null ? "done" : "stopped";
  const attempts = { attemptsWithHits: hits.length === 0 ? 0 : 1, attempts: 1 };
  return {
    hits: kept,
    state: { state, hits: hits.length, kept: kept.length, ...attempts, bytes, notSearched: [] },
  };
}

function pageOf(found: Found | undefined, offset: number, limit: number): Result<FoundHits> {
  if (found === undefined) return { ok: false, error: { code: "not-found", subject: "the search" } };
  const { state, hits } = found;
  return { ok: true, value: { search: state, total: hits.length, hits: hits.slice(offset, offset + limit) } };
}

/**
 * The transcript of an item that is judged blind. It is asked for by the item's place in its round, masked by the service;
 * outline and search are made here of what it answers, so that neither asks which attempt it is.
 */
export function blindTranscript(
  place: ItemPlace,
  ask: Ask = (input) => connection.request("reviews.transcript", input),
): TranscriptSource {
  const found = new Map<string, Found>();
  const read = (offset: number, limit: number): Promise<Result<Page>> =>
    ask({ roundId: place.roundId, item: place.item, offset, limit });
  return {
    outline: async (options) => {
      const items: Outlined[] = [];
      let notes: readonly string[] = [];
      const failure = await readAll(read, options, (page) => {
        items.push(...page.items.map(({ kind, at, calls, bytes }) => ({ kind, at, calls, bytes })));
        notes = page.notes;
      });
      return failure === null ? { ok: true, value: outlineOf(items, notes) } : { ok: false, error: failure };
    },
    items: read,
    item: async (index) => {
      const result = await read(index, 1);
      if (!result.ok) return result;
      const [item] = result.value.items;
      return item === undefined
        ? { ok: false, error: { code: "not-found", subject: "the item" } }
        : { ok: true, value: wholeOf(item) };
    },
    find: async (id, text, options) => {
      const hits: SearchHit[] = [];
      let bytes = 0;
      const failure = await readAll(read, options, (page) => {
        for (const item of page.items) {
          bytes += item.bytes;
          for (const hit of hitsOf(item, text)) hits.push({ ...hit, place: hits.length });
        }
      });
      const answer = foundOf(hits, bytes, failure);
      found.set(id, answer);
      return failure === null ? { ok: true, value: answer.state } : { ok: false, error: failure };
    },
    hits: (id, offset, limit) => Promise.resolve(pageOf(found.get(id), offset, limit)),
    dropFind: (id) => {
      found.delete(id);
    },
    close: () => {
      found.clear();
    },
  };
}
